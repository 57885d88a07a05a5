/* Matrices in double, whatever the model's number type is: what the linear algebra on models works with. */
#ifndef MLPI_ALGEBRA_MATRIX_H
#define MLPI_ALGEBRA_MATRIX_H

#include "model/model.h"

/* Column-major without gaps: the leading dimension is the number of rows. */
typedef struct mlpi_matrix {
    int64_t rows, columns;
    double *values; /* NULL: not there */
} mlpi_matrix;

/* Uninitialised; `what` is for the message of a failure. */
mlp_status mlpi_matrix_create(const char *what, int64_t rows, int64_t columns, mlpi_matrix *matrix);
void mlpi_matrix_release(mlpi_matrix *matrix);

/* What stands to the left and right of A_l: nothing, or the scaling of outputs if l = L and of inputs if l = 1. */
enum { MLPI_OF_LAYER = 0, MLPI_OF_USER = 1 };

/* A_l (n_l x n_{l-1}), or with MLPI_OF_USER diag(scale) A_l diag(scale). Refuses what is not finite. */
mlp_status mlpi_matrix_of_layer(const mlp_model *model, int32_t layer, int units, mlpi_matrix *matrix);

/*
 * Makes A_l what the above would give back as `matrix`, but for rounding to the number type. Elements that a scale of 0
 * hides stay as they are. Fails where an element overflows; A_l is written nevertheless. The caller touches the model.
 */
mlp_status mlpi_matrix_to_layer(const mlpi_matrix *matrix, int units, mlp_model *model, int32_t layer);

#endif
