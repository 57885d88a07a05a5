/*
 * How one step moves the parameters. Between the gradient and the optimizer stand, in this order, the penalties, clipping by
 * norm (R. Pascanu, T. Mikolov and Y. Bengio, "On the difficulty of training recurrent neural networks", ICML 2013), clipping
 * by value, and the rates of the layers; all but the norm work on any part of a gradient, so that steps of the engine's own
 * need not store it. Where none of them is asked for, a step is what it would be without them.
 */
#ifndef MLPI_TRAIN_MOVE_H
#define MLPI_TRAIN_MOVE_H

#include "train/trainer.h"

typedef struct mlpi_move {
    mlpi_update update;
    mlpi_transform transform; /* of weights: biases have no penalties */
    int32_t transforms;       /* gradients are transformed */
    int32_t by_layer;         /* layers have rates of their own */
    double clip_norm;         /* 0: none */
    int32_t wants_norm;       /* of the gradient, for this or to be told */
    double fresh;             /* 1 - d of the average; 0: there is none */
    double plain_rate;        /* the step is theta -= plain_rate g; 0: it is something else */
} mlpi_move;

/* Whether anything stands between the gradient and the optimizer; a method refuses it. */
int mlpi_move_is_changed(const mlp_trainer *trainer);

/* 1 - d of the average; 0 where there is none. */
double mlpi_move_fresh(const mlp_trainer *trainer);

/* What step `trainer->steps + 1` does. */
void mlpi_move_begin(const mlp_trainer *trainer, mlpi_move *move);

#include "base/real32.h"
#include "train/move_decl_tmpl.h"
#include "base/real64.h"
#include "train/move_decl_tmpl.h"

#endif
