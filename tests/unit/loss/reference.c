#include "reference.h"

#include "mlp/loss.h"

static long double complex squared_error(int64_t n, const long double complex *y, const long double *t)
{
    long double complex sum = 0;
    for (int64_t p = 0; p < n; p++)
        sum += (y[p] - t[p]) * (y[p] - t[p]);
    return sum / 2;
}

/* -sum_p t_p log softmax(y)_p, shifted by the largest y */
static long double complex softmax_cross_entropy(int64_t n, const long double complex *y,
                                                 const long double *t)
{
    long double complex Z = 0, sum = 0;
    long double largest = creall(y[0]);
    for (int64_t p = 1; p < n; p++)
        largest = creall(y[p]) > largest ? creall(y[p]) : largest;
    for (int64_t p = 0; p < n; p++)
        Z += cexpl(y[p] - largest);
    for (int64_t p = 0; p < n; p++)
        sum -= t[p] * (y[p] - largest - clogl(Z));
    return sum;
}

const reference references[REFERENCES] = {
    {MLP_SQUARED_ERROR, squared_error},
    {MLP_SOFTMAX_CROSS_ENTROPY, softmax_cross_entropy},
};

long double reference_value(const reference *loss, int64_t n, const long double *y, const long double *t)
{
    long double complex at[REFERENCE_MOST];
    for (int64_t p = 0; p < n; p++)
        at[p] = y[p];
    return creall(loss->value(n, at, t));
}

/* dl/dy_p at y + h v */
static long double slope_along(const reference *loss, int64_t n, const long double *y, const long double *t,
                               long double h, const long double *v, int64_t p)
{
    const long double step = 1e-30L;
    long double complex at[REFERENCE_MOST];
    for (int64_t q = 0; q < n; q++)
        at[q] = y[q] + h * v[q];
    at[p] += step * I;
    return cimagl(loss->value(n, at, t)) / step;
}

long double reference_slope(const reference *loss, int64_t n, const long double *y, const long double *t,
                            int64_t p)
{
    return slope_along(loss, n, y, t, 0, y, p);
}

long double reference_hvp(const reference *loss, int64_t n, const long double *y, const long double *t,
                          const long double *v, int64_t p)
{
    const long double h = 1e-5L;
    return (slope_along(loss, n, y, t, h, v, p) - slope_along(loss, n, y, t, -h, v, p)) / (2 * h);
}
