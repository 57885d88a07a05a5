/* A layer of low rank becomes two. */
#ifndef MLPI_ALGEBRA_COMPRESS_H
#define MLPI_ALGEBRA_COMPRESS_H

#include "model/model.h"

/*
 * *out has layer `layer` replaced by two of rank r: the largest of 1 .. max_rank with sigma_r > tolerance sigma_1, or 1. *error
 * is sigma_{r+1}, 0 if there is none. On failure nothing is written.
 */
mlp_status mlpi_compress(const mlp_model *model, int32_t layer, int64_t max_rank, double tolerance,
                         mlp_model **out, int64_t *rank, double *error);

#endif
