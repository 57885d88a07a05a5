/* The masks of dropout for the instruction set this is compiled for: included by dropout_avx512.c and its siblings. */
#include "engine/dropout.h"
#include "simd/simd.h"

enum { LANES = 16, WORDS = 4 };

/* Philox 4x32-10 (base/random.c) of sixteen counters (c0, c1, stream) side by side. */
static void draw(const mlpi_dropout_layer *at, const uint32_t c0[LANES], const uint32_t c1[LANES],
                 uint32_t out[WORDS][LANES])
{
    uint32_t k0 = at->key[0], k1 = at->key[1];
    for (int k = 0; k < LANES; k++) {
        out[0][k] = c0[k];
        out[1][k] = c1[k];
        out[2][k] = at->stream[0];
        out[3][k] = at->stream[1];
    }
    for (int round = 0; round < 10; round++) {
        for (int k = 0; k < LANES; k++) {
            const uint64_t p0 = (uint64_t)0xd2511f53 * out[0][k];
            const uint64_t p1 = (uint64_t)0xcd9e8d57 * out[2][k];
            out[0][k] = (uint32_t)(p1 >> 32) ^ out[1][k] ^ k0;
            out[2][k] = (uint32_t)(p0 >> 32) ^ out[3][k] ^ k1;
            out[1][k] = (uint32_t)p1;
            out[3][k] = (uint32_t)p0;
        }
        k0 += 0x9e3779b9;
        k1 += 0xbb67ae85;
    }
}

#include "base/real32.h"
#include "engine/dropout_tmpl.h"
#include "base/real64.h"
#include "engine/dropout_tmpl.h"

const mlpi_dropout_kernels MLPI_SIMD_NAME(mlpi_dropout_kernels) = {
    .by_rows_f32 = by_rows_f32,
    .by_rows_f64 = by_rows_f64,
    .by_columns_f32 = by_columns_f32,
    .by_columns_f64 = by_columns_f64,
    .multiply_f32 = multiply_f32,
    .multiply_f64 = multiply_f64,
};
