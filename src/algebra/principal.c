/*
 * Principal components (Pearson 1901; Jolliffe, Principal Component Analysis, 2002): with the mean m and the covariance
 *
 *     C = sum_s w_s (x_s - m)(x_s - m)^T / sum_s w_s = V diag(lambda) V^T
 *
 * in double, the rows of W are columns of V by descending lambda, for whitening divided by sqrt(lambda). The sign of an
 * eigenvector is arbitrary: its largest element is made positive.
 */
#include "algebra/principal.h"
#include "base/error.h"
#include "base/memory.h"
#include "engine/blas.h"

#include <float.h>
#include <math.h>

enum { BLOCK = 256 }; /* samples that are centred at a time */

/* m, the columns of V, lambda; and what the eigenvalues take. */
typedef struct principal {
    mlpi_matrix mean, vectors, variances;
    int64_t work_count, iwork_count;
} principal;

static void principal_release(principal *p)
{
    mlpi_matrix_release(&p->mean);
    mlpi_matrix_release(&p->vectors);
    mlpi_matrix_release(&p->variances);
}

static mlp_status principal_create(int64_t n, principal *p)
{
    if (mlpi_syevd_work_f64(n, &p->work_count, &p->iwork_count))
        return mlpi_fail(MLP_ERR_SIZE, "n_in = %lld: too large for the eigenvalues of LAPACK", (long long)n);
    mlp_status status = mlpi_matrix_create("mean", n, 1, &p->mean);
    if (status == MLP_OK)
        status = mlpi_matrix_create("covariance", n, n, &p->vectors);
    if (status == MLP_OK)
        status = mlpi_matrix_create("variances", n, 1, &p->variances);
    return status;
}

/* V and lambda in place of C, whose lower triangle is given; lambda ascending, and not below 0. */
static mlp_status diagonalise(principal *p)
{
    const int64_t n = p->vectors.rows;
    mlpi_matrix work;
    mlp_status status = mlpi_matrix_create("work of syevd", p->work_count, 1, &work);
    int32_t *iwork = status == MLP_OK ? mlpi_calloc(p->iwork_count, sizeof *iwork) : NULL;
    if (status == MLP_OK && !iwork)
        status = mlpi_fail_memory("work of syevd", p->iwork_count * (int64_t)sizeof *iwork);
    if (status == MLP_OK) {
        const int info =
            mlpi_syevd_f64(n, p->vectors.values, n, p->variances.values, work.values, p->work_count, iwork);
        if (info)
            status = mlpi_fail(info < 0 ? MLP_ERR_INTERNAL : MLP_ERR_NUMERIC, "x: eigenvalues failed with %d",
                               info);
    }
    for (int64_t i = 0; i < n && status == MLP_OK; i++)
        p->variances.values[i] = fmax(p->variances.values[i], 0);
    mlpi_matrix_release(&work);
    mlpi_free(iwork);
    return status;
}

/* Component k from the largest: its place, its variance, and the sign that makes its largest element positive. */
static int64_t place_of(const principal *p, int64_t k)
{
    return p->vectors.rows - 1 - k;
}

static double variance_of(const principal *p, int64_t k)
{
    return p->variances.values[place_of(p, k)];
}

static double sign_of(const principal *p, int64_t k)
{
    const double *v = p->vectors.values + place_of(p, k) * p->vectors.rows;
    int64_t largest = 0;
    for (int64_t i = 1; i < p->vectors.rows; i++)
        if (fabs(v[i]) > fabs(v[largest]))
            largest = i;
    return v[largest] < 0 ? -1 : 1;
}

/* The least number of components with the fraction of the variance, at most `most` */
static int64_t count_components(const principal *p, int64_t most, double fraction)
{
    double total = 0, sum = 0;
    int64_t k = 0;
    for (int64_t i = 0; i < p->vectors.rows; i++)
        total += variance_of(p, i);
    while (k < most && (k == 0 || fraction == 1 || sum < fraction * total))
        sum += variance_of(p, k++);
    return k;
}

#include "base/real32.h"
#include "algebra/principal_tmpl.h"
#include "base/real64.h"
#include "algebra/principal_tmpl.h"
