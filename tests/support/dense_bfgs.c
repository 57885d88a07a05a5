#include "support/dense_bfgs.h"

#include <string.h>

static double dot(int64_t n, const double *x, const double *y)
{
    double sum = 0;
    for (int64_t i = 0; i < n; i++)
        sum += x[i] * y[i];
    return sum;
}

static void multiply(const dense_bfgs *b, const double *x, double *y)
{
    for (int64_t i = 0; i < b->n; i++)
        y[i] = dot(b->n, b->H[i], x);
}

/* H <- H - rho (s u^T + u s^T) + rho (1 + rho y^T u) s s^T, u = H y: the product written out */
static void update(dense_bfgs *b, const double *s, const double *y)
{
    double u[DENSE_BFGS_MOST];
    const double rho = 1 / dot(b->n, s, y);
    multiply(b, y, u);
    const double last = rho * (1 + rho * dot(b->n, y, u));
    for (int64_t i = 0; i < b->n; i++)
        for (int64_t j = 0; j < b->n; j++)
            b->H[i][j] += last * s[i] * s[j] - rho * (s[i] * u[j] + u[i] * s[j]);
}

void dense_bfgs_limited(dense_bfgs *b, int64_t pairs, const double *g, double *p)
{
    const int64_t first = b->count > pairs ? b->count - pairs : 0;
    const double *s = b->s[b->count - (b->count > 0)], *y = b->y[b->count - (b->count > 0)];
    memset(b->H, 0, sizeof b->H);
    for (int64_t i = 0; i < b->n; i++)
        b->H[i][i] = b->count > 0 ? dot(b->n, s, y) / dot(b->n, y, y) : 1;
    for (int64_t k = first; k < b->count; k++)
        update(b, b->s[k], b->y[k]);
    multiply(b, g, p);
    for (int64_t i = 0; i < b->n; i++)
        p[i] = -p[i];
}
