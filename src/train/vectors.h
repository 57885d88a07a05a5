/* Vectors in double, summed in one order on every machine and by every number of threads. */
#ifndef MLPI_TRAIN_VECTORS_H
#define MLPI_TRAIN_VECTORS_H

#include <stdint.h>

/* x^T y */
double mlpi_vector_dot(int64_t n, const double *x, const double *y);

/* |x|, which may overflow where an element is beyond 1e154 */
double mlpi_vector_norm(int64_t n, const double *x);

/* y += alpha x */
void mlpi_vector_add(int64_t n, double alpha, const double *x, double *y);

/* x *= alpha */
void mlpi_vector_scale(int64_t n, double alpha, double *x);

#endif
