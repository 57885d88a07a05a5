/* Validation of what comes with a batch or data set: labels and weights. Contract as in api/check.h. */
#ifndef MLPI_API_CHECK_SAMPLES_H
#define MLPI_API_CHECK_SAMPLES_H

#include "api/check.h"

/* `labels` is not NULL and holds `count` values 0 .. classes - 1. */
mlp_status mlpi_check_labels(int64_t count, const int32_t *labels, int64_t classes);

/* `weights` is NULL, or holds `count` finite values >= 0 whose sum is finite and > 0. */
mlp_status mlpi_check_weights_f32(int64_t count, const float *weights);
mlp_status mlpi_check_weights_f64(int64_t count, const double *weights);

#endif
