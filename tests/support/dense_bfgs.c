#include "support/dense_bfgs.h"

#include <math.h>
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

/* H = (s^T y / y^T y) I of one step; I where there is none */
static void begin(dense_bfgs *b, int64_t step)
{
    const double *s = b->s[step], *y = b->y[step];
    memset(b->H, 0, sizeof b->H);
    for (int64_t i = 0; i < b->n; i++)
        b->H[i][i] = b->count > 0 ? dot(b->n, s, y) / dot(b->n, y, y) : 1;
}

static void descend(const dense_bfgs *b, const double *g, double *p)
{
    multiply(b, g, p);
    for (int64_t i = 0; i < b->n; i++)
        p[i] = -p[i];
}

void dense_bfgs_limited(dense_bfgs *b, int64_t pairs, const double *g, double *p)
{
    begin(b, b->count > 0 ? b->count - 1 : 0);
    for (int64_t k = b->count > pairs ? b->count - pairs : 0; k < b->count; k++)
        update(b, b->s[k], b->y[k]);
    descend(b, g, p);
}

/* H <- (H - H y y^T H / y^T H y + phi y^T H y v v^T) / tau + s s^T / y^T s, from s^T H^-1 s */
static void update_scaled(dense_bfgs *b, const double *s, const double *y, double sBs)
{
    double Hy[DENSE_BFGS_MOST], v[DENSE_BFGS_MOST];
    multiply(b, y, Hy);
    const double ys = dot(b->n, y, s), yHy = dot(b->n, y, Hy);
    const double bk = sBs / ys, hk = yHy / ys, ak = bk * hk - 1, ck = sqrt(ak / (ak + 1));
    const double rho_minus = fmin(1, hk * (1 - ck)), theta_minus = (rho_minus - 1) / ak,
                 theta_plus = 1 / rho_minus;
    const double theta = fmax(theta_minus, fmin(theta_plus, (1 - bk) / bk));
    const double sigma = 1 + theta * ak, root = pow(sigma, 1 / (1 - (double)b->n)), rho = fmin(1, 1 / bk);
    const double tau = theta > 0 ? rho * fmin(root, 1 / theta) : fmin(rho * root, sigma);
    const double phi = (1 - theta) / (1 + ak * theta);
    for (int64_t i = 0; i < b->n; i++)
        v[i] = s[i] / ys - Hy[i] / yHy;
    for (int64_t i = 0; i < b->n; i++)
        for (int64_t j = 0; j < b->n; j++)
            b->H[i][j] =
                (b->H[i][j] - Hy[i] * Hy[j] / yHy + phi * yHy * v[i] * v[j]) / tau + s[i] * s[j] / ys;
}

void dense_bfgs_scaled(dense_bfgs *b, int64_t pairs, const double *g, double *p)
{
    (void)pairs;
    begin(b, 0);
    for (int64_t k = 0; k < b->count; k++) {
        descend(b, b->g[k], p);
        const double alpha = dot(b->n, b->s[k], p) / dot(b->n, p, p);
        const double first =
            dot(b->n, b->s[0], b->s[0]) * dot(b->n, b->y[0], b->y[0]) / dot(b->n, b->s[0], b->y[0]);
        update_scaled(b, b->s[k], b->y[k], k > 0 ? -alpha * dot(b->n, b->s[k], b->g[k]) : first);
    }
    descend(b, g, p);
}
