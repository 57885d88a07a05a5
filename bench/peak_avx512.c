/* 32 registers. */
#define PEAK_TABLE        peak_kernels_avx512
#define PEAK_SET          "avx512"
#define PEAK_VECTOR_BYTES 64
#define PEAK_CHAINS       24
#include "peak_tmpl.h"
