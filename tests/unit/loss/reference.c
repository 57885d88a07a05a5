#include "reference.h"

#include "mlp/loss.h"

static long double complex squared_error(int64_t n, const long double complex *y, const long double *t,
                                         long double unused)
{
    long double complex sum = 0;
    (void)unused;
    for (int64_t p = 0; p < n; p++)
        sum += (y[p] - t[p]) * (y[p] - t[p]);
    return sum / 2;
}

/* -sum_p t_p log softmax(y)_p with smoothed targets, shifted by the largest y */
static long double complex softmax_cross_entropy(int64_t n, const long double complex *y,
                                                 const long double *t, long double smoothing)
{
    long double complex Z = 0, sum = 0;
    long double largest = creall(y[0]), total = 0;
    for (int64_t p = 0; p < n; p++) {
        largest = creall(y[p]) > largest ? creall(y[p]) : largest;
        total += t[p];
    }
    for (int64_t p = 0; p < n; p++)
        Z += cexpl(y[p] - largest);
    for (int64_t p = 0; p < n; p++)
        sum -= ((1 - smoothing) * t[p] + smoothing * total / (long double)n) * (y[p] - largest - clogl(Z));
    return sum;
}

/* |z| and max(z, 0) of what is real, analytic away from 0 */
static long double complex magnitude(long double complex z)
{
    return creall(z) < 0 ? -z : z;
}

static long double complex ramp(long double complex z)
{
    return creall(z) < 0 ? 0 : z;
}

static long double complex absolute_error(int64_t n, const long double complex *y, const long double *t,
                                          long double unused)
{
    long double complex sum = 0;
    (void)unused;
    for (int64_t p = 0; p < n; p++)
        sum += magnitude(y[p] - t[p]);
    return sum;
}

static long double complex huber(int64_t n, const long double complex *y, const long double *t,
                                 long double delta)
{
    long double complex sum = 0;
    for (int64_t p = 0; p < n; p++) {
        const long double complex r = magnitude(y[p] - t[p]);
        sum += creall(r) <= delta ? r * r / 2 : delta * r - delta * delta / 2;
    }
    return sum;
}

static long double complex log_cosh(int64_t n, const long double complex *y, const long double *t,
                                    long double unused)
{
    long double complex sum = 0;
    (void)unused;
    for (int64_t p = 0; p < n; p++)
        sum += clogl(ccoshl(y[p] - t[p]));
    return sum;
}

static long double complex quantile(int64_t n, const long double complex *y, const long double *t,
                                    long double tau)
{
    long double complex sum = 0;
    for (int64_t p = 0; p < n; p++)
        sum += tau * ramp(t[p] - y[p]) + (1 - tau) * ramp(y[p] - t[p]);
    return sum;
}

static long double complex poisson(int64_t n, const long double complex *y, const long double *t,
                                   long double unused)
{
    long double complex sum = 0;
    (void)unused;
    for (int64_t p = 0; p < n; p++)
        sum += cexpl(y[p]) - t[p] * y[p];
    return sum;
}

static long double complex gaussian_nll(int64_t n, const long double complex *y, const long double *t,
                                        long double unused)
{
    long double complex sum = 0;
    (void)unused;
    for (int64_t p = 0; p < n / 2; p++) {
        const long double complex variance = cexpl(y[p + n / 2]);
        sum += clogl(variance) / 2 + (y[p] - t[p]) * (y[p] - t[p]) / (2 * variance);
    }
    return sum;
}

/* -t log sigmoid(y) - (1 - t) log(1 - sigmoid(y)) */
static long double complex binary_cross_entropy(int64_t n, const long double complex *y, const long double *t,
                                                long double unused)
{
    long double complex sum = 0;
    (void)unused;
    for (int64_t p = 0; p < n; p++)
        sum += t[p] * clogl(1 + cexpl(-y[p])) + (1 - t[p]) * clogl(1 + cexpl(y[p]));
    return sum;
}

static long double complex hinge(int64_t n, const long double complex *y, const long double *t,
                                 long double unused)
{
    long double complex sum = 0;
    (void)unused;
    for (int64_t p = 0; p < n; p++)
        sum += ramp(1 - (2 * t[p] - 1) * y[p]);
    return sum;
}

static long double complex multiclass_hinge(int64_t n, const long double complex *y, const long double *t,
                                            long double unused)
{
    long double complex largest = y[0] + 1 - t[0], sum = 0;
    (void)unused;
    for (int64_t p = 0; p < n; p++) {
        const long double complex margin = y[p] + 1 - t[p];
        largest = creall(margin) > creall(largest) ? margin : largest;
        sum += t[p] * y[p];
    }
    return largest - sum;
}

const reference references[REFERENCES] = {
    {MLP_SQUARED_ERROR, 1, 0, 0, squared_error},
    {MLP_SOFTMAX_CROSS_ENTROPY, 1, 0, 0.2, softmax_cross_entropy},
    {MLP_ABSOLUTE_ERROR, 1, 0, 0, absolute_error},
    {MLP_HUBER, 3, 0, 2.75, huber},
    {MLP_LOG_COSH, 1, 0, 0, log_cosh},
    {MLP_QUANTILE, 1, 0, 0.9, quantile},
    {MLP_POISSON, 60, 1, 0, poisson},
    {MLP_GAUSSIAN_NLL, 2000, 1, 0, gaussian_nll},
    {MLP_BINARY_CROSS_ENTROPY, 1, 0, 0, binary_cross_entropy},
    {MLP_HINGE, 1, 0, 0, hinge},
    {MLP_MULTICLASS_HINGE, 3, 1, 0, multiclass_hinge},
};

long double reference_value(const reference *loss, int64_t n, const long double *y, const long double *t,
                            double parameter)
{
    long double complex at[REFERENCE_MOST];
    for (int64_t p = 0; p < n; p++)
        at[p] = y[p];
    return creall(loss->value(n, at, t, parameter));
}

/* dl/dy_p at y + h v */
static long double slope_along(const reference *loss, int64_t n, const long double *y, const long double *t,
                               double parameter, long double h, const long double *v, int64_t p)
{
    const long double step = 1e-30L;
    long double complex at[REFERENCE_MOST];
    for (int64_t q = 0; q < n; q++)
        at[q] = y[q] + h * v[q];
    at[p] += step * I;
    return cimagl(loss->value(n, at, t, parameter)) / step;
}

long double reference_slope(const reference *loss, int64_t n, const long double *y, const long double *t,
                            double parameter, int64_t p)
{
    return slope_along(loss, n, y, t, parameter, 0, y, p);
}

long double reference_hvp(const reference *loss, int64_t n, const long double *y, const long double *t,
                          double parameter, const long double *v, int64_t p)
{
    const long double h = 1e-5L;
    return (slope_along(loss, n, y, t, parameter, h, v, p) -
            slope_along(loss, n, y, t, parameter, -h, v, p)) /
           (2 * h);
}
