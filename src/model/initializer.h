/* Initialisers: one table of kinds that feeds names, parameters and the filling of a layer. */
#ifndef MLPI_MODEL_INITIALIZER_H
#define MLPI_MODEL_INITIALIZER_H

#include "base/random.h"
#include "mlp/model.h"

/* The layer to fill: y_l = sigma_l(A_l y_{l-1} + b_l), A_l of shape n_out x n_in. */
typedef struct mlpi_initializer_layer {
    int32_t index; /* l = 1 .. L: also the stream of random numbers */
    int64_t n_out, n_in;
    double omega; /* frequency by which SIREN divides: see mlpi_initializer_fill_f32() */
} mlpi_initializer_layer;

typedef struct mlpi_initializer {
    int32_t id;
    const char *name;
    const char *parameter; /* name of the parameter, NULL if the kind has none */
    double parameter_default, parameter_minimum, parameter_maximum;
    /*
     * Element (i, j) of A_l is scale(layer, parameter) * variate(stream, i + j n_out). Without a variate, A_l is
     * the scale times a random matrix with orthonormal columns or rows, whichever are fewer.
     */
    double (*variate)(const mlpi_random *stream, uint64_t position);
    double (*scale)(const mlpi_initializer_layer *layer, double parameter);
    /* b_l is uniform in [-bias_bound(layer), bias_bound(layer)), or zero if this is NULL. */
    double (*bias_bound)(const mlpi_initializer_layer *layer);
} mlpi_initializer;

/* The kind with this id or name; NULL if there is none. */
const mlpi_initializer *mlpi_initializer_of(int32_t id);
const mlpi_initializer *mlpi_initializer_find(const char *name);

/* The kinds in the order of their ids: index 0 .. count - 1. */
const mlpi_initializer *mlpi_initializer_at(int32_t index);
int32_t mlpi_initializer_count(void);

/*
 * Fills A (n_out x n_in, column-major, lda >= n_out, widths in 1 .. 2^31-1; padding untouched) and b (n_out values). The values depend
 * on the arguments alone, on no machine, BLAS, thread or leading dimension; they are computed in double and rounded
 * once, so those in f32 are those in f64 rounded.
 *
 * `omega`, read by SIREN only, is the frequency of the layer's own sine; for a layer with another activation, such
 * as a linear output, that of the nearest sine before it; 1 if there is none.
 *
 * Only the orthogonal kind can fail (MLP_ERR_MEMORY), before it has written anything.
 */
mlp_status mlpi_initializer_fill_f32(const mlpi_initializer *kind, double parameter, uint64_t seed,
                                     int32_t layer, double omega, int64_t n_out, int64_t n_in, float *A,
                                     int64_t lda, float *b);
mlp_status mlpi_initializer_fill_f64(const mlpi_initializer *kind, double parameter, uint64_t seed,
                                     int32_t layer, double omega, int64_t n_out, int64_t n_in, double *A,
                                     int64_t lda, double *b);

#endif
