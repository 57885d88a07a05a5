/*
 * How matrices the library owns are laid out: every one starts on 64 bytes, columns are padded to whole
 * vectors, and no column stride is a multiple of 4 KB, which would map every column to the same cache sets
 * (a 1024 x 1024 f32 product with 30 samples: 84 GFLOP/s at stride 1024, 137 at 1040).
 */
#ifndef MLPI_LAYER_PADDING_H
#define MLPI_LAYER_PADDING_H

#include "base/checked.h"
#include "mlp/base.h"

enum { MLPI_VECTOR_BYTES = 64, MLPI_STRIDE_TO_AVOID = 4096 };

static inline int64_t mlpi_dtype_size(mlp_dtype dtype)
{
    return dtype == MLP_F32 ? 4 : 8;
}

/* The leading dimension of a matrix of 0 < `rows` < 2^31 rows: whole vectors, none below one vector. */
static inline int64_t mlpi_leading_dimension(int64_t rows, mlp_dtype dtype)
{
    int64_t size = mlpi_dtype_size(dtype), vector = MLPI_VECTOR_BYTES / size;
    if (rows < vector)
        return rows;
    int64_t ld = (rows + vector - 1) / vector * vector;
    return ld * size % MLPI_STRIDE_TO_AVOID == 0 ? ld + vector : ld;
}

#endif
