#include "support/dense_kalman.h"

#include <string.h>

enum { OUTPUTS = 4 };

void dense_kalman_begin(dense_kalman *k)
{
    memset(k->P, 0, sizeof k->P);
    for (int64_t i = 0; i < k->m.n; i++)
        k->P[i][i] = k->covariance;
}

/* S <- S^-1 by elimination */
static void invert(int64_t n, double S[OUTPUTS][OUTPUTS])
{
    double X[OUTPUTS][OUTPUTS] = {{0}};
    for (int64_t i = 0; i < n; i++)
        X[i][i] = 1;
    for (int64_t p = 0; p < n; p++) {
        const double pivot = S[p][p];
        for (int64_t j = 0; j < n; j++) {
            S[p][j] /= pivot;
            X[p][j] /= pivot;
        }
        for (int64_t i = 0; i < n; i++) {
            const double factor = S[i][p];
            for (int64_t j = 0; j < n && i != p; j++) {
                S[i][j] -= factor * S[p][j];
                X[i][j] -= factor * X[p][j];
            }
        }
    }
    memcpy(S, X, sizeof X);
}

/* One sample of weight w, with H (outputs x n) and r = y - t. */
static void learn(dense_kalman *k, double w, const double *H, const double *r)
{
    const int64_t n = k->m.n, outputs = k->m.widths[k->m.layers];
    double PHt[DENSE_PARAMS][OUTPUTS] = {{0}}, K[DENSE_PARAMS][OUTPUTS] = {{0}}, S[OUTPUTS][OUTPUTS] = {{0}};
    for (int64_t i = 0; i < n; i++)
        for (int64_t p = 0; p < outputs; p++)
            for (int64_t j = 0; j < n; j++)
                PHt[i][p] += k->P[i][j] * H[p * n + j];
    for (int64_t p = 0; p < outputs; p++)
        for (int64_t q = 0; q < outputs; q++) {
            S[p][q] = p == q ? k->measurement / w : 0;
            for (int64_t j = 0; j < n; j++)
                S[p][q] += H[p * n + j] * PHt[j][q];
        }
    invert(outputs, S);
    for (int64_t i = 0; i < n; i++)
        for (int64_t p = 0; p < outputs; p++) {
            for (int64_t q = 0; q < outputs; q++)
                K[i][p] += PHt[i][q] * S[q][p];
            k->m.theta[i] -= K[i][p] * r[p];
        }
    for (int64_t i = 0; i < n; i++)
        for (int64_t j = 0; j < n; j++) {
            for (int64_t p = 0; p < outputs; p++)
                k->P[i][j] -= K[i][p] * PHt[j][p];
            k->P[i][j] += i == j ? k->process : 0;
        }
}

double dense_kalman_pass(dense_kalman *k)
{
    double H[OUTPUTS * DENSE_PARAMS], r[OUTPUTS], sum = 0, weight = 0;
    for (int64_t s = 0; s < k->m.samples; s++) {
        dense_marquardt one = k->m;
        const double w = k->m.weights ? k->m.weights[s] : 1;
        one.samples = 1;
        one.weights = NULL;
        one.x += s * one.widths[0];
        one.t += s * one.widths[one.layers];
        sum += w * dense_marquardt_sum(&one, k->m.theta, H, r);
        weight += w;
        if (w > 0)
            learn(k, w, H, r);
    }
    return sum / weight;
}
