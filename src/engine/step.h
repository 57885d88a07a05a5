/*
 * The gradient of a loss over a batch, and where a step of plain descent wants nothing else, the update itself.
 *
 * The batch is taken in chunks that fit the second cache. Each has two phases:
 *
 *     samples   forward, loss and backward for groups of samples; leaves y_l and Delta_l of every layer
 *     weights   dA_l = Delta_l Y_{l-1}^T and db_l = Delta_l 1, a part of the columns of every A_l at a time
 *
 * Few samples of plain descent update on the way down instead, in one pass over every A_l (step_descent_tmpl.h).
 *
 * Threads share the groups in the first phase and the columns in the second. An element of dA_l is one chain over the
 * samples in order, whoever computes it and wherever a chunk ends: its bits do not depend on the number of threads.
 */
#ifndef MLPI_ENGINE_STEP_H
#define MLPI_ENGINE_STEP_H

#include "engine/columns.h"
#include "engine/dropout.h"

enum {
    MLPI_STEP_GROUP = 16, /* threads take whole groups of samples */
    MLPI_STEP_ROWS = 512, /* samples that go by rows at a time */
    MLPI_STEP_PART = 30,  /* columns of a gradient that go to the optimizer at a time, at most */
};

/* What the samples phase leaves of one layer. */
typedef struct mlpi_step_layer {
    void *y, *z;   /* units x samples by columns, or samples x units by rows; z NULL where sigma' reads y */
    void *mask;    /* of y under dropout, laid out as it is; NULL without */
    void *kept;    /* y before dropout, likewise, where sigma' reads it */
    void *delta;   /* samples x units, row s at s ld */
    int64_t ld;    /* of delta, and of y and z by rows */
    double weight; /* no |A_l| or |b_l| is larger, if `looked` */
    double input;  /* of y_{l-1}, at least 1, in a descent */
} mlpi_step_layer;

/* What one thread needs besides. */
typedef struct mlpi_step_room {
    void *
        tiles[2]; /* by columns widest layer x panel each; [0]: also a bias; [1]: also a part of a gradient */
    void *panel;  /* as in a plan */
    double bound; /* no |Delta_l y_{l-1}| of a sample is larger; infinity where one is not finite */
} mlpi_step_room;

typedef struct mlpi_step_memory {
    int64_t chunk; /* samples at a time, a multiple of the group */
    int64_t ld;    /* of y and z by columns */
    int32_t threads;
    mlpi_step_layer *layers; /* 0..L */
    mlpi_step_room *rooms;   /* one for each thread */
    double *sums;            /* of the loss, one for each group */
    int32_t descends;        /* this step updates on the way down */
    int32_t looked;          /* the weights' bounds hold; whoever else changes the parameters sets it to 0 */
    int64_t age;             /* of the bounds, in steps */
} mlpi_step_memory;

/* What became of a step. */
typedef enum mlpi_step_result {
    MLPI_STEP_STORED,       /* the gradients are there */
    MLPI_STEP_UPDATED,      /* the parameters have moved */
    MLPI_STEP_BAD_LOSS,     /* the loss is not finite: nothing has changed, and the gradients mean nothing */
    MLPI_STEP_BAD_GRADIENT, /* a cotangent, input or activation is not: likewise */
} mlpi_step_result;

/*
 * Takes what a chain of these layers needs for batches up to max_batch; NULL while the arena only measures. `dropout` has the
 * rates of y_0 .. y_{L-1}, or is NULL: all steps have dropout where it is not 0, or none has.
 */
mlpi_step_memory *mlpi_step_take(mlpi_arena *arena, mlp_dtype dtype, int32_t layers, const int64_t *widths,
                                 const mlpi_activation *activations, const double *dropout, int64_t max_batch,
                                 int32_t threads);

#include "base/real32.h"
#include "engine/step_decl_tmpl.h"
#include "base/real64.h"
#include "engine/step_decl_tmpl.h"

#endif
