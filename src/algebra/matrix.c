#include "algebra/matrix.h"
#include "base/checked.h"
#include "base/error.h"
#include "base/memory.h"

#include <math.h>

mlp_status mlpi_matrix_create(const char *what, int64_t rows, int64_t columns, mlpi_matrix *matrix)
{
    int64_t bytes;
    *matrix = (mlpi_matrix){.rows = rows, .columns = columns};
    if (!mlpi_checked_mul(rows, columns, &bytes) || !mlpi_checked_mul(bytes, sizeof *matrix->values, &bytes))
        return mlpi_fail(MLP_ERR_SIZE, "%s: would not fit the address space", what);
    matrix->values = mlpi_alloc(bytes ? bytes : 1);
    return matrix->values ? MLP_OK : mlpi_fail_memory(what, bytes);
}

void mlpi_matrix_release(mlpi_matrix *matrix)
{
    mlpi_free(matrix->values);
    *matrix = (mlpi_matrix){0};
}

/* The scales beside A_l, each NULL where it is 1. */
typedef struct beside {
    const void *left, *right;
} beside;

static beside scales_beside(const mlp_model *model, int32_t layer, int units)
{
    const int32_t L = model->architecture.layers;
    return (beside){units == MLPI_OF_USER && layer == L ? model->output_scale : NULL,
                    units == MLPI_OF_USER && layer == 1 ? model->input_scale : NULL};
}

#include "base/real32.h"
#include "algebra/matrix_tmpl.h"
#include "base/real64.h"
#include "algebra/matrix_tmpl.h"

mlp_status mlpi_matrix_of_layer(const mlp_model *model, int32_t layer, int units, mlpi_matrix *matrix)
{
    const mlpi_layer *at = &model->layers[layer - 1];
    const beside scales = scales_beside(model, layer, units);
    const mlp_status status = mlpi_matrix_create("weights in double", at->n_out, at->n_in, matrix);
    if (status != MLP_OK)
        return status;
    if ((model->architecture.dtype == MLP_F32 ? widen_f32 : widen_f64)(at, scales, matrix->values))
        return MLP_OK;
    return mlpi_fail(MLP_ERR_NUMERIC, "model: A_%d, scaled, holds a value that is not finite", (int)layer);
}

mlp_status mlpi_matrix_to_layer(const mlpi_matrix *matrix, int units, mlp_model *model, int32_t layer)
{
    const int finite = (model->architecture.dtype == MLP_F32 ? narrow_f32 : narrow_f64)(
        matrix->values, scales_beside(model, layer, units), &model->layers[layer - 1]);
    return finite ? MLP_OK
                  : mlpi_fail(MLP_ERR_NUMERIC, "model: A_%d would overflow its number type", (int)layer);
}
