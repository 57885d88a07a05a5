/*
 * The network of the tests of evaluation, 3 - 5 - 2, and what it computes by plain loops in double:
 *
 *     y_0 = s_0 o x + t_0,   y_1 = tanh(A_1 y_0 + b_1),   y_2 = A_2 y_1 + b_2,   y = s_2 o y_2 + t_2
 */
#ifndef MLP_TESTS_API_NETWORK_H
#define MLP_TESTS_API_NETWORK_H

#include "mlp/mlp.h"
#include "api/refusal.h"
#include "support/draw.h"
#include "support/failing_allocator.h"

#include <math.h>

enum {
    N_IN = 3,
    HIDDEN = 5,
    N_OUT = 2,
    BATCH = 4,
    LDX = 5, /* both leading dimensions leave rows no call may touch */
    LDY = 4,
    PARAMS = HIDDEN * (N_IN + 1) + N_OUT * (HIDDEN + 1),
    SENTINEL = 77 /* what every output is filled with before a call */
};

/* for every derivative */
static const int32_t every_use = MLP_USE_DERIVATIVES + MLP_USE_SAMPLES + MLP_USE_LEAST_SQUARES;

static const int64_t network_widths[] = {N_IN, HIDDEN, N_OUT};

/* Everything the network is made of, as the library holds it: theta = [A_1 | b_1 | A_2 | b_2]. */
typedef struct plain_network {
    double theta[PARAMS];
    double s_0[N_IN], t_0[N_IN], s_2[N_OUT], t_2[N_OUT];
} plain_network;

/* One sample: y[l] is y_l, D_1 = diag(slope). */
typedef struct plain_point {
    double y[3][HIDDEN], slope[HIDDEN], output[N_OUT];
} plain_point;

static inline double plain_A(const plain_network *net, int layer, int64_t i, int64_t j)
{
    return layer == 1 ? net->theta[i + j * HIDDEN] : net->theta[HIDDEN * (N_IN + 1) + i + j * N_OUT];
}

static inline double plain_b(const plain_network *net, int layer, int64_t i)
{
    return net->theta[layer == 1 ? HIDDEN * N_IN + i : PARAMS - N_OUT + i];
}

static inline plain_point plain_evaluate(const plain_network *net, const double x[N_IN])
{
    plain_point point = {0};
    for (int j = 0; j < N_IN; j++)
        point.y[0][j] = net->s_0[j] * x[j] + net->t_0[j];
    for (int i = 0; i < HIDDEN; i++) {
        double z = plain_b(net, 1, i);
        for (int j = 0; j < N_IN; j++)
            z += plain_A(net, 1, i, j) * point.y[0][j];
        point.y[1][i] = tanh(z);
        point.slope[i] = 1 - tanh(z) * tanh(z);
    }
    for (int p = 0; p < N_OUT; p++) {
        point.y[2][p] = plain_b(net, 2, p);
        for (int i = 0; i < HIDDEN; i++)
            point.y[2][p] += plain_A(net, 2, p, i) * point.y[1][i];
        point.output[p] = net->s_2[p] * point.y[2][p] + net->t_2[p];
    }
    return point;
}

/* (dy_to/db_layer)_pi */
static inline double plain_by_bias(const plain_network *net, const plain_point *point, int to, int layer,
                                   int64_t p, int64_t i)
{
    if (to != layer)
        return plain_A(net, 2, p, i) * point->slope[i];
    return p != i ? 0 : to == 1 ? point->slope[i] : 1;
}

/* (dy_to/dy_from)_pj = sum_i (dy_to/db_{from+1})_pi (A_{from+1})_ij */
static inline double plain_by_output(const plain_network *net, const plain_point *point, int to, int from,
                                     int64_t p, int64_t j)
{
    double sum = 0;
    for (int64_t i = 0; i < network_widths[from + 1]; i++)
        sum += plain_by_bias(net, point, to, from + 1, p, i) * plain_A(net, from + 1, i, j);
    return sum;
}

/* d(y_2)_p/dtheta_k */
static inline double plain_by_parameter(const plain_network *net, const plain_point *point, int64_t p,
                                        int64_t k)
{
    const int layer = k < HIDDEN * (N_IN + 1) ? 1 : 2;
    const int64_t n = network_widths[layer], below = network_widths[layer - 1];
    const int64_t at = layer == 1 ? k : k - HIDDEN * (N_IN + 1);
    const double factor = at < n * below ? point->y[layer - 1][at / n] : 1;
    return plain_by_bias(net, point, 2, layer, p, at % n) * factor;
}

/* Counts its calls; computes tanh and its derivative, and returns `value` in place of the call number `fail_at`. */
typedef struct fickle {
    int calls, fail_at, value, released;
} fickle;

static inline int32_t fickle_tanh(int32_t order, int64_t n, const double *z, double *out, void *context)
{
    fickle *f = context;
    if (f->calls++ == f->fail_at)
        return f->value;
    for (int64_t i = 0; i < n; i++)
        out[i] = order == 0 ? tanh(z[i]) : 1 - tanh(z[i]) * tanh(z[i]);
    return 0;
}

static inline void fickle_release(void *context)
{
    ((fickle *)context)->released++;
}

#endif
