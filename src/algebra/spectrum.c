/*
 * With |y_0| measured as the user's |x| is, and |y| as |y_L| is,
 *
 *     |f(x) - f(x')| <= prod_l max |sigma_l'| |M_l|_2 |x - x'|,   M_l = S_out A_L for l = L, A_1 S_in for l = 1
 *
 * as diagonal matrices commute: S_out D_L A_L = D_L M_L. Szegedy et al., "Intriguing properties of neural networks",
 * 2014, sec. 4.3.
 */
#include "algebra/spectrum.h"
#include "base/error.h"
#include "base/memory.h"
#include "engine/blas.h"

#include <float.h>
#include <math.h>

/* What gesdd needs beside its arguments; one allocation each. */
typedef struct room {
    mlpi_matrix work;
    int32_t *iwork;
} svd_room;

static void room_release(svd_room *room)
{
    mlpi_matrix_release(&room->work);
    mlpi_free(room->iwork);
}

static mlp_status room_create(const mlpi_matrix *A, int vectors, svd_room *room)
{
    int64_t count = 0, icount = 0;
    if (mlpi_gesdd_work_f64(A->rows, A->columns, vectors, &count, &icount))
        return mlpi_fail(MLP_ERR_SIZE, "model: a layer of %lld x %lld is too large for LAPACK",
                         (long long)A->rows, (long long)A->columns);
    mlp_status status = mlpi_matrix_create("work of gesdd", count, 1, &room->work);
    if (status != MLP_OK)
        return status;
    room->iwork = mlpi_calloc(icount, sizeof *room->iwork);
    if (room->iwork)
        return MLP_OK;
    room_release(room);
    return mlpi_fail_memory("work of gesdd", icount * (int64_t)sizeof *room->iwork);
}

/* A = U diag(s) V^T; U and VT without values: s alone. */
static mlp_status factor(mlpi_matrix *A, mlpi_matrix *U, double *s, mlpi_matrix *VT)
{
    svd_room room = {0};
    mlp_status status = room_create(A, U->values != NULL, &room);
    if (status != MLP_OK)
        return status;
    const int info = mlpi_gesdd_f64(A->rows, A->columns, A->values, A->rows, s, U->values, A->rows,
                                    VT->values, VT->rows, room.work.values, room.work.rows, room.iwork);
    room_release(&room);
    if (info == 0)
        return MLP_OK;
    return info < 0 ? mlpi_fail(MLP_ERR_INTERNAL, "singular values: LAPACK refused argument %d", -info)
                    : mlpi_fail(MLP_ERR_NUMERIC, "singular values: did not converge");
}

void mlpi_svd_release(mlpi_svd *svd)
{
    mlpi_matrix_release(&svd->U);
    mlpi_matrix_release(&svd->s);
    mlpi_matrix_release(&svd->VT);
}

mlp_status mlpi_svd_create(mlpi_matrix *A, mlpi_svd *svd)
{
    const int64_t q = A->rows < A->columns ? A->rows : A->columns;
    *svd = (mlpi_svd){0};
    mlp_status status = mlpi_matrix_create("singular vectors", A->rows, q, &svd->U);
    if (status == MLP_OK)
        status = mlpi_matrix_create("singular values", q, 1, &svd->s);
    if (status == MLP_OK)
        status = mlpi_matrix_create("singular vectors", q, A->columns, &svd->VT);
    if (status == MLP_OK)
        status = factor(A, &svd->U, svd->s.values, &svd->VT);
    if (status != MLP_OK)
        mlpi_svd_release(svd);
    return status;
}

mlp_status mlpi_spectral_norm(const mlp_model *model, int32_t layer, int units, double *norm)
{
    mlpi_matrix A, s = {0}, none = {0};
    mlp_status status = mlpi_matrix_of_layer(model, layer, units, &A);
    if (status == MLP_OK)
        status = mlpi_matrix_create("singular values", A.rows < A.columns ? A.rows : A.columns, 1, &s);
    if (status == MLP_OK)
        status = factor(&A, &none, s.values, &none);
    if (status == MLP_OK)
        *norm = s.values[0];
    mlpi_matrix_release(&A);
    mlpi_matrix_release(&s);
    return status;
}

mlp_status mlpi_spectral_bound(const mlp_model *model, int32_t layer, int units, double *bound)
{
    const mlpi_layer *at = &model->layers[layer - 1];
    const mlp_status status = mlpi_spectral_norm(model, layer, units, bound);
    if (status == MLP_OK)
        *bound *= 1 + (double)(at->n_in + at->n_out) * DBL_EPSILON;
    return status;
}

/* A parameter acts as the number type holds it. */
double mlpi_steepest_of(const mlp_model *model, int32_t layer)
{
    mlpi_activation activation = model->architecture.activations[layer - 1];
    if (model->architecture.dtype == MLP_F32)
        activation.parameter = (double)(float)activation.parameter;
    return mlpi_activation_steepest(&activation);
}

mlp_status mlpi_check_bounded_slopes(const mlp_model *model)
{
    for (int32_t l = 1; l <= model->architecture.layers; l++)
        if (!isfinite(mlpi_steepest_of(model, l)))
            return mlpi_fail(MLP_ERR_UNSUPPORTED,
                             "model: nothing bounds the slope of %s, the activation of layer %d",
                             mlpi_activation_name(&model->architecture.activations[l - 1]), (int)l);
    return MLP_OK;
}

mlp_status mlpi_lipschitz(const mlp_model *model, double *bound)
{
    const int32_t L = model->architecture.layers;
    mlp_status status = MLP_OK;
    double product = 1;
    for (int32_t l = 1; l <= L && status == MLP_OK; l++) {
        double norm = 0;
        status = mlpi_spectral_bound(model, l, MLPI_OF_USER, &norm);
        product *= mlpi_steepest_of(model, l) * norm;
    }
    if (status == MLP_OK)
        *bound = product * (1 + 2 * (double)L * DBL_EPSILON);
    return status;
}
