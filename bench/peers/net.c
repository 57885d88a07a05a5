#include "net.h"

#include "memory.h"

#include <stdlib.h>

bool net_accepts(const struct problem *problem, const char **why)
{
    if (problem->f64)
        *why = "f32 only";
    else if (problem->work != WORK_INFER && problem->work != WORK_TRAIN)
        *why = "infer and train only";
    else
        return true;
    return false;
}

void net_create(const struct problem *problem, const struct inputs *inputs, struct net *net)
{
    const double *theta = inputs->theta;

    *net = (struct net){
        .layers = problem->layers, .batch = problem->batch, .training = problem->work == WORK_TRAIN};
    for (int l = 0; l <= net->layers; l++) {
        int64_t n = net->n[l] = problem->width[l], count = n * net->batch;

        if (l == 0) {
            net->y[0] = inputs_spread_f32(inputs->x, n, inputs->period, net->batch);
            continue;
        }
        net->A[l] = inputs_narrow(theta, n * net->n[l - 1]);
        theta += n * net->n[l - 1];
        net->b[l] = inputs_narrow(theta, n);
        theta += n;
        net->y[l] = memory_new(count, sizeof(float));
        if (net->training) {
            net->z[l] = l < net->layers ? memory_new(count, sizeof(float)) : NULL;
            net->delta[l] = memory_new(count, sizeof(float));
        }
    }
    net->t = inputs_spread_f32(inputs->t, net->n[net->layers], inputs->period, net->batch);
}

void net_destroy(struct net *net)
{
    for (int l = 0; l <= net->layers; l++) {
        free(net->A[l]);
        free(net->b[l]);
        free(net->y[l]);
        free(net->z[l]);
        free(net->delta[l]);
    }
    free(net->t);
}

void net_answer(const struct net *net, struct answer *answer)
{
    double *theta = answer->theta;

    for (int64_t i = 0; answer->columns && i < answer->rows * answer->samples; i++)
        answer->columns[i] = net->y[net->layers][i];
    for (int l = 1; theta && l <= net->layers; l++) {
        for (int64_t i = 0; i < net->n[l] * net->n[l - 1]; i++)
            *theta++ = net->A[l][i];
        for (int64_t i = 0; i < net->n[l]; i++)
            *theta++ = net->b[l][i];
    }
}

void net_loss_gradient(struct net *net, float scale)
{
    const float *y = net->y[net->layers], *t = net->t;
    float *delta = net->delta[net->layers];

    for (int64_t i = 0; i < net->n[net->layers] * net->batch; i++)
        delta[i] = scale * (y[i] - t[i]);
}
