/* The tables of kernels, one for each instruction set that was compiled. */
#ifndef MLPI_ENGINE_KERNELS_H
#define MLPI_ENGINE_KERNELS_H

#include "engine/product.h"

extern const mlpi_kernels mlpi_kernels_generic;
#if defined(__x86_64__)
extern const mlpi_kernels mlpi_kernels_avx2, mlpi_kernels_avx512;
#endif

#endif
