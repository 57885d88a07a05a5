/*
 * libxsmm with libmlp's activations: generated products in blocks of the sizes it is made for. Deltas carry the factor
 * -rate / batch, so that a product with beta = 1 is the update; the transposes of the weights are kept for the
 * backward sweep.
 */
#include "activate.h"
#include "memory.h"
#include "net.h"
#include "run.h"

#include <libxsmm.h>
#include <stdlib.h>

/* Rows, columns and depth of the largest product that is generated. */
enum { ROWS = 64, COLUMNS = 48, DEPTH = 256, KERNELS = 64 };

struct shape {
    int m, n, k, lda, ldb, ldc, beta, transposed;
};

/* A product C = A B + beta C, B transposed or not, cut into generated ones. */
struct kernel {
    struct shape shape;
    libxsmm_smmfunction function;
};

struct run {
    struct net net;
    const struct activate *activate;
    float *At[PROBLEM_MOST_LAYERS + 1]; /* n_{l-1} x n_l */
    struct kernel kernel[KERNELS];      /* most recent last */
    int kernels;
};

const double run_tolerance_factor = 1;

const char *run_library(void)
{
    return "libxsmm " LIBXSMM_VERSION;
}

static libxsmm_smmfunction generate(const struct shape *shape)
{
    float alpha = 1, beta = (float)shape->beta;
    int flags = shape->transposed ? LIBXSMM_GEMM_FLAG_TRANS_B : LIBXSMM_GEMM_FLAG_NONE;

    return libxsmm_smmdispatch(shape->m, shape->n, shape->k, &shape->lda, &shape->ldb, &shape->ldc, &alpha,
                               &beta, &flags, NULL);
}

static bool same(const struct shape *a, const struct shape *b)
{
    return a->m == b->m && a->n == b->n && a->k == b->k && a->lda == b->lda && a->ldb == b->ldb &&
           a->ldc == b->ldc && a->beta == b->beta && a->transposed == b->transposed;
}

/* The generated product of a shape, made at its first use. */
static libxsmm_smmfunction find(struct run *run, const struct shape *shape)
{
    for (int i = run->kernels - 1; i >= 0; i--) {
        if (same(&run->kernel[i].shape, shape))
            return run->kernel[i].function;
    }
    if (run->kernels == KERNELS)
        return generate(shape); /* libxsmm has a registry of its own */
    run->kernel[run->kernels] = (struct kernel){*shape, generate(shape)};
    return run->kernel[run->kernels++].function;
}

static int least(int64_t a, int b)
{
    return a < b ? (int)a : b;
}

/* One tile of C, m x n at most: over the depth. */
static void tile(struct run *run, struct shape shape, int64_t depth, const float *A, const float *B, float *C)
{
    for (int64_t k = 0; k < depth; k += DEPTH) {
        shape.k = least(depth - k, DEPTH);
        find(run, &shape)(A + k * shape.lda, B + (shape.transposed ? k * shape.ldb : k), C);
        shape.beta = 1;
    }
}

/* C = A B + beta C with C m x n, A m x k, B k x n or, transposed, n x k; no padding */
static void multiply(struct run *run, int64_t m, int64_t n, int64_t k, const float *A, const float *B,
                     int transposed, int beta, float *C)
{
    struct shape shape = {.lda = (int)m,
                          .ldb = (int)(transposed ? n : k),
                          .ldc = (int)m,
                          .beta = beta,
                          .transposed = transposed};

    for (int64_t j = 0; j < n; j += COLUMNS) {
        shape.n = least(n - j, COLUMNS);
        for (int64_t i = 0; i < m; i += ROWS) {
            shape.m = least(m - i, ROWS);
            tile(run, shape, k, A + i, B + (transposed ? j : j * k), C + i + j * m);
        }
    }
}

struct run *run_create(const struct problem *problem, const struct inputs *inputs, const char **why)
{
    const struct activate *activate = activate_find(problem->activation);
    struct run *run;

    if (!net_accepts(problem, why))
        return NULL;
    *why = activate ? "one thread only" : "no such activation";
    if (!activate || problem->threads > 1)
        return NULL;
    libxsmm_init();
    run = memory_new(1, sizeof *run);
    run->activate = activate;
    net_create(problem, inputs, &run->net);
    for (int l = 1; run->net.training && l <= run->net.layers; l++) {
        int n = (int)run->net.n[l], k = (int)run->net.n[l - 1];

        run->At[l] = memory_new((int64_t)n * k, sizeof(float));
        libxsmm_otrans(run->At[l], run->net.A[l], sizeof(float), n, k, n, k);
    }
    return run;
}

void run_destroy(struct run *run)
{
    for (int l = 1; l <= run->net.layers; l++)
        free(run->At[l]);
    net_destroy(&run->net);
    free(run);
}

void run_set_rate(struct run *run, double rate)
{
    run->net.rate = (float)rate;
}

void run_answer(struct run *run, struct answer *answer)
{
    net_answer(&run->net, answer);
}

/* y_l = sigma(A_l y_{l-1} + b_l), a few samples at a time through the whole net while they are in the nearest cache */
static void forward(struct run *run, int64_t first, int64_t count)
{
    struct net *net = &run->net;

    for (int l = 1; l <= net->layers; l++) {
        int64_t n = net->n[l];
        bool hidden = l < net->layers, keep = hidden && net->training && activate_needs_z(run->activate);
        float *y = net->y[l] + first * n, *z = keep ? net->z[l] + first * n : y;

        for (int64_t s = 0; s < count; s++) {
            for (int64_t i = 0; i < n; i++)
                z[s * n + i] = net->b[l][i];
        }
        multiply(run, n, count, net->n[l - 1], net->A[l], net->y[l - 1] + first * net->n[l - 1], 0, 1, z);
        if (hidden)
            activate_value(run->activate, n * count, z, y);
    }
}

/* delta_{l-1} = (A_l^T delta_l) sigma', A_l += delta_l y_{l-1}^T, b_l += delta_l 1 */
static void backward(struct run *run, int l)
{
    struct net *net = &run->net;
    int64_t n = net->n[l], k = net->n[l - 1];
    const float *delta = net->delta[l];

    if (l > 1) {
        multiply(run, k, net->batch, n, run->At[l], delta, 0, 0, net->delta[l - 1]);
        activate_pull(run->activate, k * net->batch, net->z[l - 1], net->y[l - 1], net->delta[l - 1]);
    }
    multiply(run, n, k, net->batch, delta, net->y[l - 1], 1, 1, net->A[l]);
    for (int64_t s = 0; s < net->batch; s++) {
        for (int64_t i = 0; i < n; i++)
            net->b[l][i] += delta[s * n + i];
    }
    if (l > 1)
        libxsmm_otrans(run->At[l], net->A[l], sizeof(float), (int)n, (int)k, (int)n, (int)k);
}

void run_once(struct run *run)
{
    struct net *net = &run->net;

    for (int64_t s = 0; s < net->batch; s += COLUMNS)
        forward(run, s, least(net->batch - s, COLUMNS));
    if (!net->training)
        return;
    net_loss_gradient(net, -net->rate / (float)net->batch);
    for (int l = net->layers; l >= 1; l--)
        backward(run, l);
}
