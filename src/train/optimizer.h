/*
 * The optimizers: one table that feeds names, dispatch and the tests; one file each, with its paper at the top.
 *
 * Everything an update touches has the padded layout of the model's parameters, so that it is one loop over one
 * block. A zero gradient with zero state must leave a zero parameter zero: padding then stays zero.
 *
 * Weight decay is the same for all of them, decoupled from the gradient: I. Loshchilov and F. Hutter, "Decoupled weight
 * decay regularization", ICLR 2019, in the form in use today, where the rate scales the decay. Every update also takes
 * rate decay theta_{t-1} off, from weights and biases alike.
 */
#ifndef MLPI_TRAIN_OPTIMIZER_H
#define MLPI_TRAIN_OPTIMIZER_H

#include "train/method.h"
#include "train/options.h"
#include "train/updates.h"

enum { MLPI_MAX_STATES = 2 };

/* Vectors an optimizer keeps from step to step, zero before the first. */
typedef struct mlpi_optimizer_state {
    int32_t count;
    int64_t bytes;                  /* of each vector */
    void *vectors[MLPI_MAX_STATES]; /* padded layout */
    int64_t kept_count;
    double *kept; /* of a method */
} mlpi_optimizer_state;

/* theta after the step along the gradient g, `count` elements; vectors are the optimizer's, at the same elements. */
typedef void (*mlpi_update_f32)(const mlpi_update *update, int64_t count, const float *g,
                                float *const vectors[MLPI_MAX_STATES], float *theta);
typedef void (*mlpi_update_f64)(const mlpi_update *update, int64_t count, const double *g,
                                double *const vectors[MLPI_MAX_STATES], double *theta);

typedef struct mlpi_optimizer {
    int32_t id;
    const char *name;
    int32_t (*states)(const mlpi_options *options); /* number of vectors it keeps */
    double (*plain_rate)(
        const mlpi_options *options); /* r where a step is theta -= r g; NULL or 0 where it is not */
    void (*begin)(const mlpi_options *options, int64_t step, mlpi_update *update); /* step >= 1 */
    mlpi_update_f32 update_f32;
    mlpi_update_f64 update_f64;
    const mlpi_method *method; /* where it is one, and all from states on is NULL */
} mlpi_optimizer;

extern const mlpi_optimizer mlpi_sgd, mlpi_adam, mlpi_rmsprop, mlpi_adagrad, mlpi_nadam, mlpi_rprop,
    mlpi_lbfgs, mlpi_levenberg_marquardt, mlpi_bayesian_regularization, mlpi_kalman, mlpi_bfgs;

/* r where a step with these options is theta -= r g, else 0. */
double mlpi_optimizer_plain_rate(const mlpi_optimizer *optimizer, const mlpi_options *options);

/* What step `step` >= 1 needs: rate and weight decay, and what the optimizer adds. */
void mlpi_optimizer_begin(const mlpi_optimizer *optimizer, const mlpi_options *options, int64_t step,
                          mlpi_update *update);

/* The optimizer with this id or name; NULL if there is none. */
const mlpi_optimizer *mlpi_optimizer_of(int32_t id);
const mlpi_optimizer *mlpi_optimizer_find(const char *name);

/* The optimizers in the order of their ids: index 0 .. count - 1. */
const mlpi_optimizer *mlpi_optimizer_at(int32_t index);
int32_t mlpi_optimizer_count(void);

/* State of `count` vectors of `bytes` bytes and `kept` doubles, zeroed; on failure `state` is empty. */
mlp_status mlpi_optimizer_state_create(int32_t count, int64_t bytes, int64_t kept,
                                       mlpi_optimizer_state *state);
void mlpi_optimizer_state_release(mlpi_optimizer_state *state);

#endif
