/*
 * What one writes with a BLAS: a product per layer, loops around it, the update by the product itself (alpha = -rate,
 * beta = 1). With activate_libm.c it is a C programmer's; with activate_mlp.c libmlp's activations beside a BLAS.
 */
#include "activate.h"
#include "memory.h"
#include "net.h"
#include "run.h"

#include <cblas.h>
#include <stdlib.h>
#include <string.h>

struct run {
    struct net net;
    const struct activate *activate;
};

const double run_tolerance_factor = 1;

/* OpenBLAS tells what it is; another BLAS does not have to. */
char *openblas_get_config(void) __attribute__((weak));

const char *run_library(void)
{
    return openblas_get_config ? openblas_get_config() : "BLAS";
}

struct run *run_create(const struct problem *problem, const struct inputs *inputs, const char **why)
{
    const struct activate *activate = activate_find(problem->activation);
    struct run *run;

    if (!net_accepts(problem, why))
        return NULL;
    *why = "no such activation";
    if (!activate)
        return NULL;
    run = memory_new(1, sizeof *run);
    run->activate = activate;
    net_create(problem, inputs, &run->net);
    return run;
}

void run_destroy(struct run *run)
{
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

/* z = A_l y_{l-1} + b_l, n x batch */
static void product(const struct net *net, int l, float *z)
{
    int n = (int)net->n[l], k = (int)net->n[l - 1], batch = (int)net->batch;

    for (int64_t s = 0; s < batch; s++)
        memcpy(z + s * n, net->b[l], (size_t)n * sizeof *z);
    if (batch == 1)
        cblas_sgemv(CblasColMajor, CblasNoTrans, n, k, 1, net->A[l], n, net->y[l - 1], 1, 1, z, 1);
    else
        cblas_sgemm(CblasColMajor, CblasNoTrans, CblasNoTrans, n, batch, k, 1, net->A[l], n, net->y[l - 1], k,
                    1, z, n);
}

static void forward(struct run *run)
{
    struct net *net = &run->net;
    bool keep = net->training && activate_needs_z(run->activate);

    for (int l = 1; l < net->layers; l++) {
        float *z = keep ? net->z[l] : net->y[l];

        product(net, l, z);
        activate_value(run->activate, net->n[l] * net->batch, z, net->y[l]);
    }
    product(net, net->layers, net->y[net->layers]);
}

/* delta_{l-1} = (A_l^T delta_l) sigma'(z_{l-1}) */
static void pull(struct run *run, int l)
{
    struct net *net = &run->net;
    int n = (int)net->n[l], k = (int)net->n[l - 1], batch = (int)net->batch;

    if (batch == 1)
        cblas_sgemv(CblasColMajor, CblasTrans, n, k, 1, net->A[l], n, net->delta[l], 1, 0, net->delta[l - 1],
                    1);
    else
        cblas_sgemm(CblasColMajor, CblasTrans, CblasNoTrans, k, batch, n, 1, net->A[l], n, net->delta[l], n,
                    0, net->delta[l - 1], k);
    activate_pull(run->activate, (int64_t)k * batch, net->z[l - 1], net->y[l - 1], net->delta[l - 1]);
}

/* A_l -= rate delta_l y_{l-1}^T, b_l -= rate delta_l 1 */
static void update(struct net *net, int l)
{
    int n = (int)net->n[l], k = (int)net->n[l - 1], batch = (int)net->batch;
    const float *delta = net->delta[l];

    if (batch == 1)
        cblas_sger(CblasColMajor, n, k, -net->rate, delta, 1, net->y[l - 1], 1, net->A[l], n);
    else
        cblas_sgemm(CblasColMajor, CblasNoTrans, CblasTrans, n, k, batch, -net->rate, delta, n, net->y[l - 1],
                    k, 1, net->A[l], n);
    for (int64_t s = 0; s < batch; s++) {
        for (int i = 0; i < n; i++)
            net->b[l][i] -= net->rate * delta[s * n + i];
    }
}

void run_once(struct run *run)
{
    struct net *net = &run->net;

    forward(run);
    if (!net->training)
        return;
    net_loss_gradient(net, 1 / (float)net->batch);
    for (int l = net->layers; l >= 1; l--) {
        if (l > 1)
            pull(run, l);
        update(net, l);
    }
}
