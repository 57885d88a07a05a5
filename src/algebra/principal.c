/*
 * Principal components (Pearson 1901; Jolliffe, Principal Component Analysis, 2002): with the mean m and the covariance
 *
 *     C = sum_s w_s (x_s - m)(x_s - m)^T / sum_s w_s = V diag(lambda) V^T
 *
 * in double, the rows of W are columns of V by descending lambda, for whitening divided by sqrt(lambda). The sign of an
 * eigenvector is arbitrary: its largest element is made positive.
 */
#include "algebra/principal.h"
#include "algebra/eigen.h"
#include "base/error.h"
#include "engine/blas.h"

#include <float.h>
#include <math.h>

enum { BLOCK = 256 }; /* samples that are centred at a time */

/* m; V and lambda. */
typedef struct principal {
    mlpi_matrix mean;
    mlpi_eigen eigen;
} principal;

static void principal_release(principal *p)
{
    mlpi_matrix_release(&p->mean);
    mlpi_eigen_release(&p->eigen);
}

static mlp_status principal_create(int64_t n, principal *p)
{
    const mlp_status status = mlpi_eigen_create("n_in", n, &p->eigen);
    return status == MLP_OK ? mlpi_matrix_create("mean", n, 1, &p->mean) : status;
}

/* Component k from the largest: its place, its variance, and the sign that makes its largest element positive. */
static int64_t place_of(const principal *p, int64_t k)
{
    return p->eigen.vectors.rows - 1 - k;
}

static double variance_of(const principal *p, int64_t k)
{
    return p->eigen.values.values[place_of(p, k)];
}

static double sign_of(const principal *p, int64_t k)
{
    const double *v = p->eigen.vectors.values + place_of(p, k) * p->eigen.vectors.rows;
    int64_t largest = 0;
    for (int64_t i = 1; i < p->eigen.vectors.rows; i++)
        if (fabs(v[i]) > fabs(v[largest]))
            largest = i;
    return v[largest] < 0 ? -1 : 1;
}

/* The least number of components with the fraction of the variance, at most `most` */
static int64_t count_components(const principal *p, int64_t most, double fraction)
{
    double total = 0, sum = 0;
    int64_t k = 0;
    for (int64_t i = 0; i < p->eigen.vectors.rows; i++)
        total += variance_of(p, i);
    while (k < most && (k == 0 || fraction == 1 || sum < fraction * total))
        sum += variance_of(p, k++);
    return k;
}

#include "base/real32.h"
#include "algebra/principal_tmpl.h"
#include "base/real64.h"
#include "algebra/principal_tmpl.h"
