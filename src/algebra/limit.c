/*
 * The matrix nearest to M in the Frobenius norm among those with |M|_2 <= cap has M's singular vectors and its singular
 * values clipped to cap (Sedghi, Gupta and Long, "The singular values of convolutional layers", 2019, from
 * Lefkimmiatis, Ward and Unser 2013).
 *
 * A network's bound prod_l m_l, m_l = max |sigma_l'| |M_l|, is brought to a given one by one cap c for all m_l, with
 * prod_l min(m_l, c) = bound: layers below it stay as they are.
 */
#include "algebra/spectrum.h"
#include "base/error.h"
#include "engine/blas.h"

#include <float.h>
#include <math.h>

enum { TRIES = 24 }; /* at what rounding leaves above a bound; more than enough */

/* M = U min(S, cap) V^T; scales columns of U. Its error is that of cap, not of the values that were larger. */
static void clip(mlpi_svd *svd, double cap, mlpi_matrix *M)
{
    const int64_t q = svd->s.rows;
    for (int64_t k = 0; k < q; k++)
        for (int64_t i = 0; i < M->rows; i++)
            svd->U.values[i + k * M->rows] *= fmin(svd->s.values[k], cap);
    /* M = U V^T,  (rows x columns) = (rows x q)(q x columns) */
    mlpi_gemm_f64(0, 0, M->rows, M->columns, q, 1, svd->U.values, M->rows, svd->VT.values, q, 0, M->values,
                  M->rows);
}

static mlp_status clip_layer(mlp_model *model, int32_t layer, int units, double cap)
{
    mlpi_matrix M;
    mlpi_svd svd = {0};
    mlp_status status = mlpi_matrix_of_layer(model, layer, units, &M);
    if (status == MLP_OK)
        status = mlpi_svd_create(&M, &svd);
    if (status == MLP_OK) {
        clip(&svd, cap, &M);
        status = mlpi_matrix_to_layer(&M, units, model, layer);
    }
    mlpi_matrix_release(&M);
    mlpi_svd_release(&svd);
    return status;
}

static mlp_status shrink_layer(mlp_model *model, int32_t layer, int units, double factor)
{
    mlpi_matrix M;
    mlp_status status = mlpi_matrix_of_layer(model, layer, units, &M);
    for (int64_t i = 0; i < M.rows * M.columns && status == MLP_OK; i++)
        M.values[i] *= factor;
    if (status == MLP_OK)
        status = mlpi_matrix_to_layer(&M, units, model, layer);
    mlpi_matrix_release(&M);
    return status;
}

/*
 * Clips, and then shrinks by what rounding to the number type, or the rounding up of the norm, leaves above the bound;
 * each time by more, as shrinking rounds too; in the end by halves, which make an end of subnormal numbers. The model is one
 * to be given up on failure.
 */
static mlp_status limit_layer(mlp_model *model, int32_t layer, int units, double cap)
{
    const double epsilon = model->architecture.dtype == MLP_F32 ? (double)FLT_EPSILON : DBL_EPSILON;
    double norm = 0;
    mlp_status status = mlpi_spectral_bound(model, layer, units, &norm);
    if (status != MLP_OK || norm <= cap)
        return status;
    status = clip_layer(model, layer, units, cap);
    for (int i = 0; i < TRIES && status == MLP_OK; i++) {
        status = mlpi_spectral_bound(model, layer, units, &norm);
        if (status == MLP_OK && norm <= cap)
            return status;
        if (status == MLP_OK)
            status = shrink_layer(model, layer, units, cap / norm * (1 - fmin(0.5, ldexp(epsilon, 4 * i))));
    }
    return status == MLP_OK
               ? mlpi_fail(MLP_ERR_INTERNAL, "bound: A_%d cannot be brought to %g", (int)layer, cap)
               : status;
}

/*
 * The cap c for m (L values whose product exceeds the bound): prod_l min(m_l, c) = bound. From below: the values within c
 * leave the others more than their share, so that each round finds at least as many. But for rounding, which may find all
 * of them within; then c is the largest.
 */
static double common_cap(const mlpi_matrix *m, double bound)
{
    double cap = exp(log(bound) / (double)m->rows);
    int64_t before = -1, within = 0;
    for (int64_t i = 0; i <= m->rows && within != before; i++) {
        double rest = log(bound), largest = 0;
        before = within;
        within = 0;
        for (int64_t l = 0; l < m->rows; l++) {
            largest = fmax(largest, m->values[l]);
            if (m->values[l] < cap) {
                rest -= log(m->values[l]);
                within++;
            }
        }
        if (within == m->rows)
            return largest;
        cap = exp(rest / (double)(m->rows - within));
    }
    return cap;
}

static mlp_status limit_layers(mlp_model *model, double cap)
{
    mlp_status status = MLP_OK;
    for (int32_t l = 1; l <= model->architecture.layers && status == MLP_OK; l++)
        status = limit_layer(model, l, MLPI_OF_USER, cap / mlpi_steepest_of(model, l));
    return status;
}

static mlp_status find_cap(const mlp_model *model, double bound, double *cap)
{
    mlpi_matrix m;
    mlp_status status = mlpi_matrix_create("norms", model->architecture.layers, 1, &m);
    for (int32_t l = 1; l <= model->architecture.layers && status == MLP_OK; l++) {
        status = mlpi_spectral_bound(model, l, MLPI_OF_USER, &m.values[l - 1]);
        m.values[l - 1] *= mlpi_steepest_of(model, l);
    }
    if (status == MLP_OK)
        *cap = common_cap(&m, bound);
    mlpi_matrix_release(&m);
    return status;
}

/* The cap is found by logarithms, and is lowered where these have rounded it up. */
static mlp_status limit_product(mlp_model *model, double bound)
{
    double cap = 0, product = 0;
    mlp_status status = find_cap(model, bound, &cap);
    for (int i = 0; i < TRIES && status == MLP_OK; i++) {
        status = limit_layers(model, cap);
        if (status == MLP_OK)
            status = mlpi_lipschitz(model, &product);
        if (status == MLP_OK && product <= bound)
            return status;
        cap *= bound / product * (1 - ldexp(DBL_EPSILON, 2 * i));
    }
    return status == MLP_OK ? mlpi_fail(MLP_ERR_INTERNAL, "bound: the layers cannot be brought to %g", bound)
                            : status;
}

/* Takes the parameters of a changed copy, which is freed. */
static mlp_status adopt(mlp_model *model, mlp_model *changed, mlp_status status)
{
    if (status == MLP_OK)
        mlpi_model_copy_params(model, changed);
    mlpi_model_destroy(changed);
    return status;
}

mlp_status mlpi_limit_spectral_norm(mlp_model *model, int32_t layer, double bound)
{
    double norm = 0;
    mlp_model *changed = NULL;
    mlp_status status = mlpi_spectral_bound(model, layer, MLPI_OF_LAYER, &norm);
    if (status != MLP_OK || norm <= bound)
        return status;
    status = mlpi_model_clone(model, &changed);
    return status == MLP_OK ? adopt(model, changed, limit_layer(changed, layer, MLPI_OF_LAYER, bound))
                            : status;
}

mlp_status mlpi_limit_lipschitz(mlp_model *model, double bound)
{
    double product = 0;
    mlp_model *changed = NULL;
    mlp_status status = mlpi_lipschitz(model, &product);
    if (status != MLP_OK || product <= bound)
        return status;
    status = mlpi_model_clone(model, &changed);
    return status == MLP_OK ? adopt(model, changed, limit_product(changed, bound)) : status;
}
