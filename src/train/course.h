/*
 * What the training loop keeps from step to step and epoch to epoch: with the parameters, the optimizer's state, the options
 * and the counters all that a trainer's future depends on. Plain numbers, and vectors in the parameters' layout.
 */
#ifndef MLPI_TRAIN_COURSE_H
#define MLPI_TRAIN_COURSE_H

#include "train/schedule.h"

typedef struct mlpi_course {
    mlpi_plateau plateau;
    int32_t layers;
    double *layer_rates; /* scales of the learning rate, one for each layer */
    void *average;       /* of the parameters, in their layout; NULL without */
    void *best;          /* parameters of the best epoch, likewise */
    double best_loss;    /* infinity before the first epoch */
    int64_t best_epoch;  /* from 0; -1 before the first */
    int64_t waited;      /* epochs since it, or since patience last ended */
    int64_t kept;        /* 1: `best` is that epoch's */
} mlpi_course;

mlp_status mlpi_course_create(int32_t layers, mlpi_course *course);
void mlpi_course_release(mlpi_course *course);

/* Whether the layers have different rates, or one that is not the trainer's. */
int mlpi_course_has_layer_rates(const mlpi_course *course);

#endif
