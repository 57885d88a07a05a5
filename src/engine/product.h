/*
 * The kernels of the native engine: products, written once (product_tmpl.h, single_tmpl.h) and compiled for each
 * instruction set, and reached through a table.
 *
 *     C (m x n) = start + A (m x k) V (k x n)
 *
 * V and C have contiguous rows: n runs along the vectors. Elements of A are taken one by one, from any two strides, so
 * A may be a matrix or its transpose. Samples as rows with weights as V make forward passes and weight gradients of
 * column-major storage as it is; units as rows with samples along the vectors take whole networks over a tile of
 * samples.
 *
 * Each element of C is one chain of multiply-adds over k ascending, begun at its start, whatever the tiles: its bits do
 * not depend on m, n, the place in C or how the work is divided.
 */
#ifndef MLPI_ENGINE_PRODUCT_H
#define MLPI_ENGINE_PRODUCT_H

#include "simd/cpu.h"

#include <stdint.h>

/* Where the chains begin. */
enum {
    MLPI_START_ZERO,
    MLPI_START_ROW,      /* bias[j]: the same for every row of C */
    MLPI_START_COLUMN,   /* bias[i] in row i */
    MLPI_START_CONTINUE, /* C itself */
};

/* What becomes of them. */
enum {
    MLPI_FINISH_STORE,
    MLPI_FINISH_RELU,   /* max(., 0), NaN kept */
    MLPI_FINISH_UPDATE, /* C += alpha chain; begun at zero */
};

enum {
    MLPI_SEVERAL = 4, /* samples from which pull is as fast as dots where columns are short */
    MLPI_FEW = 8,     /* samples that can go down through a layer and update it in one pass */
};

#include "base/real32.h"
#include "engine/product_decl_tmpl.h"
#include "base/real64.h"
#include "engine/product_decl_tmpl.h"

/* The kernels of one instruction set. */
typedef struct mlpi_kernels {
    const char *name;
    enum mlpi_vector_level level;
    mlpi_kernels_f32 f32;
    mlpi_kernels_f64 f64;
} mlpi_kernels;

/* The kernels for a processor of this level. */
const mlpi_kernels *mlpi_kernels_for(enum mlpi_vector_level level);

#endif
