/*
 * With an identity output and squared errors the loss is quadratic in the last layer, and the posterior of row p of
 * [A_L b_L] is normal with its mean there and, for noise of variance sigma_p^2 and a prior of precision alpha,
 *
 *     S_p = (sum_s w_s h_s h_s^T / sigma_p^2 + alpha I)^-1,    h = [y_{L-1}; 1]
 *
 * (Bishop, Pattern Recognition and Machine Learning, 2006, sec. 3.3; Daxberger et al., "Laplace redux", 2021, for the last
 * layer of networks). The predictive variance is h^T S_p h + sigma_p^2. One decomposition sum_s w_s h_s h_s^T = V diag(d)
 * V^T serves every p:
 *
 *     h^T S_p h = sum_i (V^T h)_i^2 / (d_i / sigma_p^2 + alpha)
 *
 * Noise that is not given solves sigma^2 = sum_s w_s r_s^2 / (sum_s w_s - gamma), gamma = sum_i d_i / (d_i + alpha sigma^2)
 * (MacKay, "Bayesian interpolation", 1992): gamma parameters are determined by the data. sigma^2 (N - gamma) rises with
 * sigma^2, so the solution is found by bisection.
 */
#include "algebra/laplace.h"
#include "base/error.h"
#include "base/memory.h"
#include "engine/blas.h"

#include <math.h>

enum { TILE = 128 }; /* samples at a time */

void mlpi_laplace_destroy(mlp_laplace *laplace)
{
    if (!laplace)
        return;
    mlpi_eigen_release(&laplace->eigen);
    mlpi_matrix_release(&laplace->noise);
    mlpi_matrix_release(&laplace->squares);
    mlpi_matrix_release(&laplace->spread);
    mlpi_matrix_release(&laplace->H);
    mlpi_matrix_release(&laplace->Q);
    mlpi_matrix_release(&laplace->R);
    mlpi_free(laplace);
}

/* All of its memory, with nothing in it yet. */
static mlp_status allocate(const mlp_model *model, mlp_laplace *laplace)
{
    const int32_t L = model->architecture.layers;
    const int64_t n = model->architecture.widths[L - 1] + 1, outputs = model->architecture.widths[L];
    laplace->dtype = model->architecture.dtype;
    laplace->generation = model->generation;
    laplace->outputs = outputs;
    mlp_status status = mlpi_eigen_create("unknowns of an output", n, &laplace->eigen);
    if (status == MLP_OK)
        status = mlpi_matrix_create("noise", outputs, 1, &laplace->noise);
    if (status == MLP_OK)
        status = mlpi_matrix_create("scales", outputs, 1, &laplace->squares);
    if (status == MLP_OK)
        status = mlpi_matrix_create("variances", n, outputs, &laplace->spread);
    if (status == MLP_OK)
        status = mlpi_matrix_create("hidden outputs", n, TILE, &laplace->H);
    if (status == MLP_OK)
        status = mlpi_matrix_create("hidden outputs", n, TILE, &laplace->Q);
    return status == MLP_OK ? mlpi_matrix_create("residuals", outputs, TILE, &laplace->R) : status;
}

static double determined(const mlpi_matrix *d, double prior, double noise)
{
    double gamma = 0;
    for (int64_t i = 0; i < d->rows; i++)
        gamma += d->values[i] > 0 ? d->values[i] / (d->values[i] + prior * noise) : 0;
    return gamma;
}

/* sigma^2 from N = the sum of weights and the weighted sum of squares > 0 */
static double estimate_noise(const mlpi_matrix *d, double prior, double count, double squares)
{
    double low = squares / count, high = low;
    while (high * (count - determined(d, prior, high)) < squares && isfinite(high))
        high *= 2;
    for (int i = 0; i < 100 && low < high; i++) {
        const double middle = low + (high - low) / 2;
        if (middle * (count - determined(d, prior, middle)) < squares)
            low = middle;
        else
            high = middle;
    }
    return high;
}

/* For output p with noise in the units of y_L */
static void fill_spread(mlp_laplace *laplace, int64_t p, double noise, double prior)
{
    const int64_t n = laplace->eigen.values.rows;
    for (int64_t i = 0; i < n; i++)
        laplace->spread.values[i + p * n] = 1 / (laplace->eigen.values.values[i] / noise + prior);
}

/* sum_s w_s h_s h_s^T is in the lower triangle where V will be: finite where its trace is */
static mlp_status diagonalise(mlp_laplace *laplace)
{
    const int64_t n = laplace->eigen.vectors.rows;
    double trace = 0;
    for (int64_t i = 0; i < n; i++)
        trace += laplace->eigen.vectors.values[i + i * n];
    return isfinite(trace) ? mlpi_eigen_solve(&laplace->eigen)
                           : mlpi_fail(MLP_ERR_NUMERIC, "x: gives a hidden output that is not finite");
}

#include "base/real32.h"
#include "algebra/laplace_tmpl.h"
#include "base/real64.h"
#include "algebra/laplace_tmpl.h"
