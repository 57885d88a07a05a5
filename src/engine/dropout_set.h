/* The masks of dropout for the instruction set this is compiled for: included by dropout_avx512.c and its siblings. */
#include "engine/dropout.h"
#include "simd/simd.h"

enum { LANES = 16, WORDS = 4 };

/* Philox 4x32-10 (base/random.c) of as many counters (c0, c1, stream) as there are lanes: what lies above 32 bits does not matter. */
static void draw_lanes(const mlpi_dropout_layer *at, const uint32_t *c0, const uint32_t *c1,
                       uint32_t out[WORDS][LANES], int from)
{
    const vec_u64 m0 = v_set1_u64(0xd2511f53), m1 = v_set1_u64(0xcd9e8d57);
    vec_u64 w0 = v_load_half_u64(c0 + from), w1 = v_load_half_u64(c1 + from);
    vec_u64 w2 = v_set1_u64(at->stream[0]), w3 = v_set1_u64(at->stream[1]);
    uint32_t k0 = at->key[0], k1 = at->key[1];
    for (int round = 0; round < 10; round++) {
        const vec_u64 p0 = v_product_u64(m0, w0), p1 = v_product_u64(m1, w2);
        w0 = (p1 >> 32) ^ w1 ^ v_set1_u64(k0);
        w2 = (p0 >> 32) ^ w3 ^ v_set1_u64(k1);
        w1 = p1;
        w3 = p0;
        k0 += 0x9e3779b9;
        k1 += 0xbb67ae85;
    }
    v_store_half_u64(out[0] + from, w0);
    v_store_half_u64(out[1] + from, w1);
    v_store_half_u64(out[2] + from, w2);
    v_store_half_u64(out[3] + from, w3);
}

static void draw(const mlpi_dropout_layer *at, const uint32_t c0[LANES], const uint32_t c1[LANES],
                 uint32_t out[WORDS][LANES])
{
    for (int from = 0; from < LANES; from += LANES_u64)
        draw_lanes(at, c0, c1, out, from);
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
