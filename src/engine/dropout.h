/*
 * Dropout: N. Srivastava, G. Hinton, A. Krizhevsky, I. Sutskever and R. Salakhutdinov, "Dropout: a simple way to prevent
 * neural networks from overfitting", JMLR 15, 2014; inverted, so that evaluation needs nothing. In a step, unit i of y_l in
 * sample s of the batch is multiplied by
 *
 *     m = 0 with probability p_l, else 1 / (1 - p_l)
 *
 * which is a function of (seed, step, l, s, i) and nothing else: stream (dropout, 2^13 step + l) of base/random.h, position
 * 2^32 s + q, word w, where i = 64 (q div 16) + 16 w + q mod 16. So vectors along the units and vectors along the samples
 * both find their words side by side.
 */
#ifndef MLPI_ENGINE_DROPOUT_H
#define MLPI_ENGINE_DROPOUT_H

#include "simd/cpu.h"

#include <stdint.h>

typedef struct mlpi_dropout {
    uint64_t seed, step;
    const double *rates; /* p_l of y_0 .. y_{L-1} */
} mlpi_dropout;

/* What decides over the units of one layer in one step. */
typedef struct mlpi_dropout_layer {
    uint32_t key[2], stream[2];
    uint32_t threshold; /* words below it drop */
    double factor;      /* of the others */
} mlpi_dropout_layer;

mlpi_dropout_layer mlpi_dropout_of(const mlpi_dropout *dropout, int32_t layer);

typedef struct mlpi_dropout_kernels {
    /* M of `count` samples from `first` on, n units each: of sample s at M + s ldm */
    void (*by_rows_f32)(const mlpi_dropout_layer *at, int64_t first, int64_t count, int64_t n, float *M,
                        int64_t ldm);
    void (*by_rows_f64)(const mlpi_dropout_layer *at, int64_t first, int64_t count, int64_t n, double *M,
                        int64_t ldm);
    /* of unit i at M + i ldm */
    void (*by_columns_f32)(const mlpi_dropout_layer *at, int64_t first, int64_t count, int64_t n, float *M,
                           int64_t ldm);
    void (*by_columns_f64)(const mlpi_dropout_layer *at, int64_t first, int64_t count, int64_t n, double *M,
                           int64_t ldm);
    /* X = M o X, `rows` runs of n */
    void (*multiply_f32)(int64_t rows, int64_t n, const float *M, int64_t ldm, float *X, int64_t ldx);
    void (*multiply_f64)(int64_t rows, int64_t n, const double *M, int64_t ldm, double *X, int64_t ldx);
} mlpi_dropout_kernels;

/* All sets make the same masks; these are of the best one this processor has. */
const mlpi_dropout_kernels *mlpi_dropout_kernels_best(void);
const mlpi_dropout_kernels *mlpi_dropout_kernels_for(enum mlpi_vector_level level);

#endif
