/*
 * What a layer's activation does to the streams of a jet (jet.h), unit by unit, compiled for each instruction set.
 */
#ifndef MLPI_ENGINE_JET_KERNELS_H
#define MLPI_ENGINE_JET_KERNELS_H

#include "simd/cpu.h"

#include <stdint.h>

#include "base/real32.h"
#include "engine/jet_kernels_decl_tmpl.h"
#include "base/real64.h"
#include "engine/jet_kernels_decl_tmpl.h"

typedef struct mlpi_jet_kernels {
    mlpi_jet_functions_f32 f32;
    mlpi_jet_functions_f64 f64;
} mlpi_jet_kernels;

/* The kernels for a processor of this level. */
const mlpi_jet_kernels *mlpi_jet_kernels_for(enum mlpi_vector_level level);

#endif
