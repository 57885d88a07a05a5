/*
 * All loops of one instruction set: defines the table PEAK_TABLE. Included once, after PEAK_TABLE, PEAK_SET (its name),
 * PEAK_VECTOR_BYTES and PEAK_CHAINS have been defined.
 */
#include "peak_kernels.h"

#define REAL     float
#define FMA_NAME fma_f32
#include "peak_fma_tmpl.h"
#define REAL     double
#define FMA_NAME fma_f64
#include "peak_fma_tmpl.h"

enum { LOADS = 8, LANES = PEAK_VECTOR_BYTES / sizeof(float) };

typedef uint32_t words __attribute__((vector_size(PEAK_VECTOR_BYTES), may_alias));
typedef float floats __attribute__((vector_size(PEAK_VECTOR_BYTES), may_alias));

static uint32_t read_all(const float *values, int64_t count)
{
    words sum[LOADS] = {{0}};

    for (int64_t i = 0; i < count; i += (int64_t)LOADS * LANES) {
        const words *next = (const words *)(values + i);

#pragma GCC unroll 8
        for (int j = 0; j < LOADS; j++)
            sum[j] ^= next[j];
    }
    for (int j = 1; j < LOADS; j++)
        sum[0] ^= sum[j];
    return sum[0][0] ^ sum[0][LANES - 1];
}

static void update_all(float *w, const float *g, float rate, int64_t count)
{
    for (int64_t i = 0; i < count; i += (int64_t)LOADS * LANES) {
        floats *to = (floats *)(w + i);
        const floats *from = (const floats *)(g + i);

#pragma GCC unroll 8
        for (int j = 0; j < LOADS; j++)
            to[j] -= rate * from[j];
    }
}

const struct peak_kernels PEAK_TABLE = {PEAK_SET, fma_f32, fma_f64, read_all, update_all};
