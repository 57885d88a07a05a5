/*
 * The kernels of the instruction set this is compiled for: included by kernels_avx512.c and its siblings.
 *
 * A tile of C is as many chains as there are registers, less a few for the operands: `limit` rows of 1 to MAX_VECTORS
 * vectors, the widest of which is a panel. DEPTH is how many rows of a panel of V stay in the second cache while
 * BLOCK_ROWS rows of A go over it. AHEAD vectors of V are asked for early: a wide matrix has its rows in different pages,
 * which no prefetcher follows. A V of LARGE_V elements is not in the second cache, one of HUGE_V in none, and how much of it is
 * on its way decides (2048 x 5, 8 samples, memory at 57 GB/s: 4.9 ms with nothing ahead, 1.9 so; 32 samples: 5.2 of 6.2).
 *
 * One sample's Delta_l of up to NEAR vectors stays in registers while a pass goes over A_l; several samples' columns of up
 * to SPREAD vectors are gone through twice, as they are near. Up to PAIRED samples have registers for two columns. A sum of up
 * to SHORT outer products has them for ABREAST rows of C.
 */
#include "engine/kernels.h"
#include "engine/product.h"
#include "simd/fold.h"

#include <math.h>

#if defined(__AVX512F__)
enum { LIMIT_1 = 12, LIMIT_2 = 12, LIMIT_3 = 8, LIMIT_4 = 6, MAX_VECTORS = 4, LIMIT_WIDEST = LIMIT_4 };
enum { PAIRED = 8, NEAR = 8, ABREAST = 2 };
#else
enum { LIMIT_1 = 12, LIMIT_2 = 6, LIMIT_3 = 4, LIMIT_4 = 3, MAX_VECTORS = 2, LIMIT_WIDEST = LIMIT_2 };
enum { PAIRED = 3, NEAR = 4, ABREAST = 1 };
#endif
enum { MAX_ROWS = 12, DEPTH = 512, BLOCK_ROWS = 192, AHEAD = 192, SHORT = 8, SPREAD = 4 };
enum { SMALL_V = 1 << 13, LARGE_V = 1 << 18, HUGE_V = 2 << 20 };

#define V(name)  T(v_##name)
#define VECTOR   T(vec)
#define ELEMENTS T(LANES)
#define PANEL    (MAX_VECTORS * ELEMENTS)

#include "base/real32.h"
#include "engine/product_tmpl.h"
#include "engine/single_tmpl.h"
#include "engine/samples_tmpl.h"
#include "engine/descend_tmpl.h"
#include "base/real64.h"
#include "engine/product_tmpl.h"
#include "engine/single_tmpl.h"
#include "engine/samples_tmpl.h"
#include "engine/descend_tmpl.h"

#define STRING(name)      #name
#define STRING_LATE(name) STRING(name)

const mlpi_kernels MLPI_SIMD_NAME(mlpi_kernels) = {
    .name = STRING_LATE(MLPI_SIMD_SET),
    .level = MLPI_SIMD_LEVEL,
    .f32 = {LANES_f32, MAX_VECTORS *LANES_f32, product_f32, single_f32, dots_f32, pull_f32, descend_f32,
            sum_rows_f32, add_f32, largest_f32, transpose_f32, squares_f32, scale_columns_f32, add_gram_f32},
    .f64 = {LANES_f64, MAX_VECTORS *LANES_f64, product_f64, single_f64, dots_f64, pull_f64, descend_f64,
            sum_rows_f64, add_f64, largest_f64, transpose_f64, squares_f64, scale_columns_f64, add_gram_f64},
};
