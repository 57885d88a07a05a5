/*
 * Methods that look at all of their data in every step, and choose the step's length themselves: an epoch is one of their
 * steps, and a step on a batch takes the batch for all the data there are. They are rows of the table of optimizers.
 */
#ifndef MLPI_TRAIN_METHOD_H
#define MLPI_TRAIN_METHOD_H

#include "base/arena.h"
#include "mlp/trainer.h"

typedef struct mlpi_objective mlpi_objective; /* train/objective.h */
typedef struct mlpi_residuals mlpi_residuals; /* train/residuals.h */

typedef struct mlpi_method {
    int32_t
        uses; /* of the trainer's workspace, MLP_USE_...; without MLP_USE_DERIVATIVES steps' gradients are there */
    int32_t (*uses_for)(const mlp_trainer *trainer); /* the same where it depends on options; else NULL */
    /* Refuses options and losses it has nothing for; NULL where it takes all. */
    mlp_status (*check)(const mlp_trainer *trainer);
    /*
     * How many doubles it keeps from step to step, in trainer->state.kept: zero before the first step, and with the
     * parameters and counters all its state. -1 where they would not fit the address space.
     */
    int64_t (*kept)(const mlp_trainer *trainer);
    /* Whether trainer->state.kept, out of a file, may be used by a step; NULL where any doubles may. */
    int32_t (*is_sound)(const mlp_trainer *trainer);
    /*
     * Takes what its steps need besides, which look at max_batch samples at a time; NULL while the arena only measures.
     * Found again at trainer->buffers.method.
     */
    void *(*take)(mlpi_arena *arena, const mlp_trainer *trainer, int64_t max_batch);
    /*
     * One step, of the first or, where it looks at samples one by one, of the second kind; the other is NULL. It tells the mean
     * loss before it, and trainer->steps is one more. On failure no parameter, state or counter has changed. Where no step
     * makes the loss smaller the parameters stay, which is no failure.
     */
    mlp_status (*minimize)(const mlpi_objective *objective, double *loss);
    mlp_status (*fit)(const mlpi_residuals *residuals, double *loss);
    /* Where a number of what it keeps is; NULL where it has no such number. May be NULL itself. */
    const double *(*statistic)(const mlp_trainer *trainer, mlp_statistic which);
} mlpi_method;

#endif
