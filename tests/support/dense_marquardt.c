#include "support/dense_marquardt.h"

#include <math.h>
#include <string.h>

static const double *weights_of(const dense_marquardt *m, const double *theta, int layer)
{
    for (int l = 1; l < layer; l++)
        theta += m->widths[l] * (m->widths[l - 1] + 1);
    return theta;
}

/* y[l] of one sample */
static void evaluate(const dense_marquardt *m, const double *theta, const double *x,
                     double y[DENSE_LAYERS + 1][DENSE_WIDTH])
{
    memcpy(y[0], x, (size_t)m->widths[0] * sizeof *x);
    for (int l = 1; l <= m->layers; l++) {
        const int64_t rows = m->widths[l], columns = m->widths[l - 1];
        const double *A = weights_of(m, theta, l);
        for (int64_t i = 0; i < rows; i++) {
            double z = A[rows * columns + i];
            for (int64_t j = 0; j < columns; j++)
                z += A[i + j * rows] * y[l - 1][j];
            y[l][i] = l < m->layers ? tanh(z) : z;
        }
    }
}

/* The row of output p, times a factor. */
static void differentiate(const dense_marquardt *m, const double *theta,
                          double y[DENSE_LAYERS + 1][DENSE_WIDTH], int64_t p, double factor, double *row)
{
    double delta[DENSE_WIDTH] = {0}, below[DENSE_WIDTH];
    delta[p] = factor;
    for (int l = m->layers; l >= 1; l--) {
        const int64_t rows = m->widths[l], columns = m->widths[l - 1];
        const double *A = weights_of(m, theta, l);
        double *to = row + (A - theta);
        for (int64_t i = 0; i < rows; i++) {
            for (int64_t j = 0; j < columns; j++)
                to[i + j * rows] = delta[i] * y[l - 1][j];
            to[rows * columns + i] = delta[i];
        }
        for (int64_t j = 0; j < columns; j++) {
            below[j] = 0;
            for (int64_t i = 0; i < rows; i++)
                below[j] += A[i + j * rows] * delta[i];
            below[j] *= 1 - y[l - 1][j] * y[l - 1][j];
        }
        memcpy(delta, below, sizeof delta);
    }
}

double dense_marquardt_sum(const dense_marquardt *m, const double *theta, double *J, double *r)
{
    const int64_t n_in = m->widths[0], n_out = m->widths[m->layers];
    double y[DENSE_LAYERS + 1][DENSE_WIDTH], sum = 0;
    for (int64_t s = 0; s < m->samples; s++) {
        const double weight = m->weights ? m->weights[s] : 1;
        evaluate(m, theta, m->x + s * n_in, y);
        for (int64_t p = 0; p < n_out; p++) {
            const double residual = y[m->layers][p] - m->t[s * n_out + p];
            sum += weight * residual * residual / 2;
            if (J)
                differentiate(m, theta, y, p, sqrt(weight), J + (s * n_out + p) * m->n);
            if (r)
                r[s * n_out + p] = sqrt(weight) * residual;
        }
    }
    return sum;
}

/* d = -(J^T J + mu I)^-1 J^T r by elimination in long double */
static void solve(const dense_marquardt *m, const double *J, const double *r, double *d)
{
    static long double A[DENSE_PARAMS][DENSE_PARAMS + 1];
    const int64_t n = m->n, rows = m->samples * m->widths[m->layers];
    for (int64_t i = 0; i < n; i++)
        for (int64_t j = 0; j <= n; j++) {
            A[i][j] = i == j ? (long double)m->damping : 0;
            for (int64_t k = 0; k < rows; k++)
                A[i][j] +=
                    (long double)J[k * n + i] * (j < n ? (long double)J[k * n + j] : -(long double)r[k]);
        }
    for (int64_t k = 0; k < n; k++)
        for (int64_t i = k + 1; i < n; i++) {
            const long double factor = A[i][k] / A[k][k];
            for (int64_t j = k; j <= n; j++)
                A[i][j] -= factor * A[k][j];
        }
    for (int64_t i = n - 1; i >= 0; i--) {
        long double sum = A[i][n];
        for (int64_t j = i + 1; j < n; j++)
            sum -= A[i][j] * (long double)d[j];
        d[i] = (double)(sum / A[i][i]);
    }
}

int dense_marquardt_step(dense_marquardt *m)
{
    static double J[DENSE_ROWS * DENSE_PARAMS], r[DENSE_ROWS];
    double d[DENSE_PARAMS], trial[DENSE_PARAMS];
    const double sum = dense_marquardt_sum(m, m->theta, J, r);
    for (int tried = 1; m->damping <= m->maximum; tried++) {
        solve(m, J, r, d);
        for (int64_t i = 0; i < m->n; i++)
            trial[i] = m->theta[i] + d[i];
        if (dense_marquardt_sum(m, trial, NULL, NULL) < sum) {
            memcpy(m->theta, trial, sizeof trial);
            m->damping *= m->decrease;
            return tried;
        }
        m->damping *= m->increase;
    }
    return 0;
}

static double square(const dense_marquardt *m, const double *theta)
{
    double sum = 0;
    for (int64_t i = 0; i < m->n; i++)
        sum += theta[i] * theta[i];
    return sum;
}

static double count_residuals(const dense_marquardt *m)
{
    double count = 0;
    for (int64_t s = 0; s < m->samples; s++)
        count += (double)m->widths[m->layers] * (m->weights ? m->weights[s] : 1);
    return count;
}

/* X (n x sides) = (beta J^T J + lambda I)^-1 X by elimination in long double */
static void eliminate(const dense_bayes *b, const double *J, double lambda, int64_t sides, long double *X)
{
    static long double A[DENSE_PARAMS][DENSE_PARAMS];
    const int64_t n = b->m.n, rows = b->m.samples * b->m.widths[b->m.layers];
    for (int64_t i = 0; i < n; i++)
        for (int64_t j = 0; j < n; j++) {
            A[i][j] = i == j ? (long double)lambda : 0;
            for (int64_t k = 0; k < rows; k++)
                A[i][j] += (long double)b->beta * (long double)J[k * n + i] * (long double)J[k * n + j];
        }
    for (int64_t k = 0; k < n; k++)
        for (int64_t i = 0; i < n; i++) {
            const long double factor = i == k ? 0 : A[i][k] / A[k][k];
            for (int64_t j = k; j < n; j++)
                A[i][j] -= factor * A[k][j];
            for (int64_t s = 0; s < sides; s++)
                X[i + s * n] -= factor * X[k + s * n];
        }
    for (int64_t i = 0; i < n; i++)
        for (int64_t s = 0; s < sides; s++)
            X[i + s * n] /= A[i][i];
}

static void set_evidence(dense_bayes *b, double gamma, double E_D)
{
    b->gamma = gamma;
    b->alpha = gamma / (2 * square(&b->m, b->m.theta));
    b->beta = (count_residuals(&b->m) - gamma) / (2 * E_D);
}

static double count_determined(const dense_bayes *b, const double *J)
{
    static long double X[DENSE_PARAMS * DENSE_PARAMS];
    const int64_t n = b->m.n;
    double trace = 0;
    memset(X, 0, sizeof X);
    for (int64_t i = 0; i < n; i++)
        X[i + i * n] = 1;
    eliminate(b, J, b->alpha, n, X);
    for (int64_t i = 0; i < n; i++)
        trace += (double)X[i + i * n];
    return (double)n - b->alpha * trace;
}

void dense_bayes_step(dense_bayes *b)
{
    static double J[DENSE_ROWS * DENSE_PARAMS], r[DENSE_ROWS];
    dense_marquardt *m = &b->m;
    const int64_t n = m->n, rows = m->samples * m->widths[m->layers];
    const double E_D = 2 * dense_marquardt_sum(m, m->theta, J, r);
    const double before = b->beta * E_D + b->alpha * square(m, m->theta);
    for (; m->damping <= m->maximum; m->damping *= m->increase) {
        long double d[DENSE_PARAMS];
        double trial[DENSE_PARAMS];
        for (int64_t i = 0; i < n; i++) {
            d[i] = -(long double)b->alpha * (long double)m->theta[i];
            for (int64_t k = 0; k < rows; k++)
                d[i] -= (long double)b->beta * (long double)J[k * n + i] * (long double)r[k];
        }
        eliminate(b, J, b->alpha + m->damping, 1, d);
        for (int64_t i = 0; i < n; i++)
            trial[i] = m->theta[i] + (double)d[i];
        const double there = 2 * dense_marquardt_sum(m, trial, NULL, NULL);
        if (b->beta * there + b->alpha * square(m, trial) < before) {
            const double gamma = count_determined(b, J);
            memcpy(m->theta, trial, (size_t)n * sizeof *trial);
            m->damping *= m->decrease;
            set_evidence(b, gamma, there);
            return;
        }
    }
}
