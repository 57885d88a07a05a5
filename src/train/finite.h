/* Whether numbers are finite: one pass over the bits, without branches, so that it costs no more than reading. */
#ifndef MLPI_TRAIN_FINITE_H
#define MLPI_TRAIN_FINITE_H

#include <stdint.h>

/* Every element of X (rows x columns) is finite. */
int mlpi_all_finite_f32(int64_t rows, int64_t columns, const float *X, int64_t ld);
int mlpi_all_finite_f64(int64_t rows, int64_t columns, const double *X, int64_t ld);

/* The first element in column order that is not finite; 0 if there is none. */
int mlpi_find_not_finite_f32(int64_t rows, int64_t columns, const float *X, int64_t ld, int64_t *row,
                             int64_t *column);
int mlpi_find_not_finite_f64(int64_t rows, int64_t columns, const double *X, int64_t ld, int64_t *row,
                             int64_t *column);

#endif
