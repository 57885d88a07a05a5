/*
 * With A = U S V^T, the matrix of rank r nearest to A is U_r S_r V_r^T, at the distance sigma_{r+1} in the spectral norm
 * (Eckart and Young 1936; Mirsky 1960). As layers, Denil et al. 2013 and Sainath et al. 2013:
 *
 *     z = A y + b   ~   z = C (B y) + b,    C = U_r S_r^1/2 (n_l x r),   B = S_r^1/2 V_r^T (r x n_{l-1})
 *
 * The root is shared out evenly, so that gradients of B and C are of one size where training goes on.
 */
#include "algebra/compress.h"
#include "algebra/rebuild.h"
#include "algebra/spectrum.h"

#include <math.h>

static int64_t choose_rank(const mlpi_matrix *s, int64_t max_rank, double tolerance)
{
    int64_t rank = 1;
    while (rank < s->rows && rank < max_rank && s->values[rank] > tolerance * s->values[0])
        rank++;
    return rank;
}

/* Layer l = B, layer l + 1 = C; scales the singular vectors */
static mlp_status store_factors(const mlpi_svd *svd, int64_t rank, mlp_model *model, int32_t layer)
{
    const int64_t m = svd->U.rows, n = svd->VT.columns, q = svd->s.rows;
    mlpi_matrix B, C = {m, rank, svd->U.values};
    mlp_status status = mlpi_matrix_create("a factor of a layer", rank, n, &B);
    if (status != MLP_OK)
        return status;
    for (int64_t k = 0; k < rank; k++) {
        const double root = sqrt(svd->s.values[k]);
        for (int64_t i = 0; i < m; i++)
            C.values[i + k * m] *= root;
        for (int64_t j = 0; j < n; j++)
            B.values[k + j * rank] = root * svd->VT.values[k + j * q];
    }
    status = mlpi_matrix_to_layer(&B, MLPI_OF_LAYER, model, layer);
    if (status == MLP_OK)
        status = mlpi_matrix_to_layer(&C, MLPI_OF_LAYER, model, layer + 1);
    mlpi_matrix_release(&B);
    return status;
}

static mlp_status build(const mlp_model *model, int32_t layer, const mlpi_svd *svd, int64_t rank,
                        mlp_model **out)
{
    mlp_model *made = NULL;
    const mlpi_rebuild_plan plan = {model->architecture.widths[0], layer, rank};
    mlp_status status = mlpi_rebuild(model, plan, &made);
    if (status == MLP_OK)
        status = store_factors(svd, rank, made, layer);
    if (status != MLP_OK) {
        mlpi_model_destroy(made);
        return status;
    }
    mlpi_model_touch_params(made);
    *out = made;
    return MLP_OK;
}

mlp_status mlpi_compress(const mlp_model *model, int32_t layer, int64_t max_rank, double tolerance,
                         mlp_model **out, int64_t *rank, double *error)
{
    mlpi_matrix A;
    mlpi_svd svd = {0};
    mlp_status status = mlpi_matrix_of_layer(model, layer, MLPI_OF_LAYER, &A);
    if (status == MLP_OK)
        status = mlpi_svd_create(&A, &svd);
    if (status == MLP_OK) {
        const int64_t chosen = choose_rank(&svd.s, max_rank, tolerance);
        status = build(model, layer, &svd, chosen, out);
        if (status == MLP_OK && rank)
            *rank = chosen;
        if (status == MLP_OK && error)
            *error = chosen < svd.s.rows ? svd.s.values[chosen] : 0;
    }
    mlpi_matrix_release(&A);
    mlpi_svd_release(&svd);
    return status;
}
