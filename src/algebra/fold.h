/* A linear map of the inputs becomes part of the first layer. */
#ifndef MLPI_ALGEBRA_FOLD_H
#define MLPI_ALGEBRA_FOLD_H

#include "model/model.h"

/*
 * *out reads n_in inputs x as `model` reads W (x - mean), W n_0 x n_in; mean NULL is 0. Without scaling of the inputs, which
 * is folded too. On failure nothing is written.
 */
mlp_status mlpi_fold_inputs_f32(const mlp_model *model, int64_t n_in, const float *W, int64_t ldw,
                                const float *mean, mlp_model **out);
mlp_status mlpi_fold_inputs_f64(const mlp_model *model, int64_t n_in, const double *W, int64_t ldw,
                                const double *mean, mlp_model **out);

#endif
