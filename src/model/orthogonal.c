#include "model/orthogonal.h"
#include "base/error.h"
#include "base/memory.h"

#include <math.h>
#include <string.h>

enum {
    LANES = 8, /* partial sums of a dot product: part of the definition of its bits */
    BLOCK = 8  /* columns that share one pass over the reflectors; does not affect the bits */
};

static double dot(int64_t n, const double *restrict x, const double *restrict y)
{
    double sum[LANES] = {0};
    int64_t i = 0;
    for (; i + LANES <= n; i += LANES)
        for (int lane = 0; lane < LANES; lane++)
            sum[lane] += x[i + lane] * y[i + lane];
    for (int lane = 0; i + lane < n; lane++)
        sum[lane] += x[i + lane] * y[i + lane];
    return ((sum[0] + sum[4]) + (sum[2] + sum[6])) + ((sum[1] + sum[5]) + (sum[3] + sum[7]));
}

/* x -= (v . x) v, with v . v = 2 (or v = 0): the reflection H = I - v v^T. */
static void reflect(int64_t n, const double *restrict v, double *restrict x)
{
    const double projection = dot(n, v, x);
    for (int64_t i = 0; i < n; i++)
        x[i] -= projection * v[i];
}

/* Replaces x by the v whose reflection takes x to r e_1; returns the sign of r. */
static double make_reflector(int64_t n, double *x)
{
    const double norm = sqrt(dot(n, x, x));
    if (norm == 0)
        return 1;
    const double scale = 1 / sqrt(norm * (norm + fabs(x[0])));
    const double sign = x[0] < 0 ? -1 : 1;
    x[0] += sign * norm; /* no cancellation: |r| = norm with the sign opposite to x[0] */
    for (int64_t i = 0; i < n; i++)
        x[i] *= scale;
    return -sign;
}

/*
 * H_{n-1} ... H_0 A = R. Leaves v_k in A(k:m, k) and the sign of R(k, k) in signs[k]; R itself is not kept.
 * Each block of columns catches up with all earlier reflectors in one pass over them.
 */
static void factor(int64_t m, int64_t n, double *A, double *signs)
{
    for (int64_t first = 0; first < n; first += BLOCK) {
        const int64_t end = first + BLOCK < n ? first + BLOCK : n;
        for (int64_t k = 0; k < end; k++) {
            double *v = A + k * m + k;
            if (k >= first)
                signs[k] = make_reflector(m - k, v);
            for (int64_t j = k < first ? first : k + 1; j < end; j++)
                reflect(m - k, v, A + j * m + k);
        }
    }
}

/*
 * Column j of Q = H_0 ... H_{n-1} I(:, 0:n) is signs[j] H_0 ... H_j e_j: it reads only reflectors 0 .. j, so
 * the last columns go first and overwrite theirs. `columns` holds a block of them in the making.
 */
static void form(int64_t m, int64_t n, double *A, const double *signs, double *columns)
{
    for (int64_t first = (n - 1) / BLOCK * BLOCK; first >= 0; first -= BLOCK) {
        const int64_t end = first + BLOCK < n ? first + BLOCK : n;
        memset(columns, 0, (size_t)(m * (end - first)) * sizeof *columns);
        for (int64_t j = first; j < end; j++)
            columns[(j - first) * m + j] = signs[j];
        for (int64_t k = end - 1; k >= 0; k--)
            for (int64_t j = k < first ? first : k; j < end; j++)
                reflect(m - k, A + k * m + k, columns + (j - first) * m + k);
        memcpy(A + first * m, columns, (size_t)(m * (end - first)) * sizeof *columns);
    }
}

mlp_status mlpi_orthonormalize(int64_t m, int64_t n, double *A)
{
    const int64_t bytes = (m * BLOCK + n) * (int64_t)sizeof(double);
    double *columns = mlpi_alloc(bytes);
    if (!columns)
        return mlpi_fail_memory("orthogonal matrix", bytes);
    double *signs = columns + m * BLOCK;
    factor(m, n, A, signs);
    form(m, n, A, signs, columns);
    mlpi_free(columns);
    return MLP_OK;
}
