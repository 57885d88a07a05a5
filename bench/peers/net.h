/**
 * @file
 * A network in plain arrays, as the peers keep it: column-major, samples as columns, f32.
 */
#ifndef PEERS_NET_H
#define PEERS_NET_H

#include "reference.h"

/** Layer l has A[l], n[l] x n[l-1], and b[l]; y[0] is x. */
struct net {
    int layers;
    int64_t n[PROBLEM_MOST_LAYERS + 1], batch;
    float *A[PROBLEM_MOST_LAYERS + 1], *b[PROBLEM_MOST_LAYERS + 1];
    float *y[PROBLEM_MOST_LAYERS + 1];     /**< n_l x batch */
    float *z[PROBLEM_MOST_LAYERS + 1];     /**< n_l x batch; hidden layers of a training step, else NULL */
    float *delta[PROBLEM_MOST_LAYERS + 1]; /**< n_l x batch; of a training step, else NULL */
    float *t;                              /**< n_L x batch */
    bool training;
    float rate;
};

/** Whether a peer that is f32 and does infer and train can do a problem; says why it cannot. */
bool net_accepts(const struct problem *problem, const char **why);

/** Make the arrays of a problem. */
void net_create(const struct problem *problem, const struct inputs *inputs, struct net *net);

/** Free them. */
void net_destroy(struct net *net);

/** Copy the outputs, or after a training step the parameters, into an answer. */
void net_answer(const struct net *net, struct answer *answer);

/** delta_L = scale (y_L - t) */
void net_loss_gradient(struct net *net, float scale);

#endif
