/* 16-byte vectors: SSE2, NEON. */
#define PEAK_TABLE        peak_kernels_generic
#define PEAK_SET          "generic"
#define PEAK_VECTOR_BYTES 16
#define PEAK_CHAINS       12
#include "peak_tmpl.h"
