/* 16 registers: 12 chains beside two constants. */
#define PEAK_TABLE        peak_kernels_avx2
#define PEAK_SET          "avx2"
#define PEAK_VECTOR_BYTES 32
#define PEAK_CHAINS       12
#include "peak_tmpl.h"
