/*
 * The trainer: its own model, options, optimizer state, and all the memory steps need.
 *
 *     epoch: order, gather -> step: check, forward, loss, vjp, check, update -> callback, cancel
 */
#ifndef MLPI_TRAIN_TRAINER_H
#define MLPI_TRAIN_TRAINER_H

#include "diff/jet.h"
#include "engine/step.h"
#include "loss/loss.h"
#include "loss/metric.h"
#include "mlp/objective.h"
#include "model/workspace.h"
#include "train/course.h"
#include "train/data.h"
#include "train/history.h"
#include "train/optimizer.h"

#include <stdatomic.h>

/* What prepare allocates for a maximum batch; all NULL before. */
typedef struct mlpi_trainer_buffers {
    int64_t max_batch;
    mlp_workspace *workspace;
    double *dropout;                   /* rates of y_0 .. y_{L-1}; NULL where all are 0 */
    void *step_block;                  /* memory of */
    mlpi_step_memory *step;            /* the native engine's steps; NULL where it cannot take them */
    void *method_block;                /* memory of */
    void *method;                      /* the optimizer's method, where it is one */
    mlpi_gradient *gradients, *params; /* one per layer: parts of `gradient` and of the model's parameters */
    void *gradient;                    /* padded layout; its padding is zero and stays zero */
    double *loss_scratch;              /* for a loss that calls back, else NULL */
    void *y;                           /* n_L x max_batch: outputs, then their cotangents */
    void *jet;       /* y1, y2 and cotangents of a step on derivatives; NULL without streams */
    void *x, *t;     /* n_0 and n_L x max_batch: a gathered batch */
    int32_t *labels; /* max_batch, gathered like the weights */
    void *weights;
} mlpi_trainer_buffers;

typedef struct mlpi_trainer_callback {
    mlp_trainer_fn function;
    void *context;
    mlp_release_fn release;
} mlpi_trainer_callback;

/* How far the epoch is that is under way or was ended early; all zero between epochs. */
typedef struct mlpi_position {
    int64_t samples;    /* of its data set */
    int64_t seen;       /* the first so many of the epoch's order */
    int64_t used;       /* of those: in steps; the others were skipped */
    double seconds;     /* taken by calls that were ended early */
    double weight, sum; /* of those used: their weights, and their losses, weighted, each before its step */
} mlpi_position;

/* What a step took of its batch. */
typedef struct mlpi_taken {
    int64_t count;      /* samples: the others were skipped; 0: there was no step */
    double weight, sum; /* of those: their weights, and their losses, weighted, before the step */
} mlpi_taken;

struct mlp_trainer {
    mlp_model *model;
    mlpi_options options;
    int32_t settled;       /* the options that decide the state are fixed, and what follows is there */
    const mlpi_loss *loss; /* a reference; may be there before */
    const mlpi_optimizer *optimizer;
    mlpi_optimizer_state state;
    int32_t prepared; /* all structural options are fixed, and what follows is there */
    mlpi_trainer_buffers buffers;
    int64_t *order; /* of the samples in this epoch */
    int64_t order_capacity;
    int64_t steps, epochs;
    int64_t skipped; /* samples left out of steps */
    mlpi_position position;
    mlpi_course course;
    const mlp_data *validation; /* borrowed; NULL for none */
    mlpi_history history;
    double gradient_norm; /* of the last step; NaN where it was not taken */
    mlpi_trainer_callback callback;
    atomic_int cancelled;
    int32_t
        running; /* an epoch is under way, or an own objective called: callbacks may not change the trainer */
    int32_t repeats; /* the epoch before was of the same data, in the same call */
    char *error;     /* MLPI_TRAINER_ERROR_SIZE bytes, written by calls on a const trainer too */
};

enum { MLPI_TRAINER_ERROR_SIZE = 512 };

mlp_status mlpi_trainer_create(const mlp_model *model, mlp_trainer **out);
void mlpi_trainer_destroy(mlp_trainer *trainer);

/* An option the trainer's state allows to be set; MLP_ERR_ARGUMENT for a value out of bounds. */
mlp_status mlpi_trainer_set_option(mlp_trainer *trainer, int32_t id, double value);

mlp_status mlpi_trainer_prepare(mlp_trainer *trainer, int64_t max_batch, int32_t threads);

/* The two halves of settling: the loss the options name, and then the optimizer with its state, all zero. */
mlp_status mlpi_trainer_choose_loss(mlp_trainer *trainer);
mlp_status mlpi_trainer_choose_state(mlp_trainer *trainer);
/* A new vector in the parameters' layout, at first the parameters themselves. */
mlp_status mlpi_trainer_new_vector(const mlp_trainer *trainer, void **vector);

/* A vector in the parameters' layout, and the scaling, into a model of the same architecture. */
void mlpi_trainer_copy_params(const mlp_trainer *trainer, const void *vector, mlp_model *model);

/* The learning rate of the next step. */
double mlpi_trainer_rate(const mlp_trainer *trainer);

void mlpi_trainer_set_callback(mlp_trainer *trainer, mlp_trainer_fn function, void *context,
                               mlp_release_fn release);

/* MLP_STOPPED where the callback says so. */
mlp_status mlpi_trainer_tell(const mlp_trainer *trainer, int32_t event, int64_t epoch, int64_t samples,
                             double loss);

/* MLP_STOPPED where cancellation was asked for, which is honoured once. */
mlp_status mlpi_trainer_check_cancelled(mlp_trainer *trainer);

/* To be called after every change of the parameters that is not the engine's own. */
void mlpi_trainer_touch(mlp_trainer *trainer);

/* Fails, naming the step that is not taken because `what` is not finite. */
mlp_status mlpi_trainer_refuse_step(const mlp_trainer *trainer, const char *what);

#include "base/real32.h"
#include "train/trainer_decl_tmpl.h"
#include "base/real64.h"
#include "train/trainer_decl_tmpl.h"

#endif
