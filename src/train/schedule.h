/*
 * The schedules of the learning rate: one table that feeds names and dispatch; one file each, with its paper at the top.
 *
 * The rate of a step is a function of the options and the time, and of a plateau's state, of nothing else. A linear
 * warm-up (P. Goyal et al., "Accurate, large minibatch SGD: training ImageNet in 1 hour", 2017) goes before all of them.
 */
#ifndef MLPI_TRAIN_SCHEDULE_H
#define MLPI_TRAIN_SCHEDULE_H

#include "mlp/loop.h"
#include "train/options.h"

/* What a plateau remembers from epoch to epoch. */
typedef struct mlpi_plateau {
    double best;    /* loss so far; infinity before the first */
    double scale;   /* of the rate: a decay factor for every plateau */
    int64_t waited; /* epochs since the best one */
} mlpi_plateau;

/* What the rates depend on besides the time. */
typedef struct mlpi_schedule_numbers {
    double rate, floor, decay_factor;
    double rise, start, end; /* of one cycle: a part of the period, and two divisors */
    double plateau;          /* its scale */
    int64_t period, period_factor;
} mlpi_schedule_numbers;

typedef struct mlpi_schedule {
    int32_t id;
    const char *name;
    int32_t needs_period;
    double (*rate)(const mlpi_schedule_numbers *numbers,
                   int64_t time); /* time >= 0; the floor is not its matter */
} mlpi_schedule;

extern const mlpi_schedule mlpi_schedule_constant, mlpi_schedule_step, mlpi_schedule_exponential,
    mlpi_schedule_cosine, mlpi_schedule_one_cycle, mlpi_schedule_plateau;

/* The schedule with this id or name; NULL if there is none. */
const mlpi_schedule *mlpi_schedule_of(int32_t id);
const mlpi_schedule *mlpi_schedule_find(const char *name);

/* The schedules in the order of their ids: index 0 .. count - 1. */
const mlpi_schedule *mlpi_schedule_at(int32_t index);
int32_t mlpi_schedule_count(void);

/* Whether these options name a schedule by step that must be given a period. */
int mlpi_schedule_needs_period(const mlpi_options *options);

/* The rate after so many steps and epochs. */
double mlpi_schedule_rate(const mlpi_options *options, const mlpi_plateau *plateau, int64_t steps,
                          int64_t epochs);

void mlpi_plateau_reset(mlpi_plateau *plateau);

/* An epoch ended with this loss. */
void mlpi_plateau_watch(const mlpi_options *options, double loss, mlpi_plateau *plateau);

#endif
