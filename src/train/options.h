/* The options of a trainer: one table with name, kind, bounds and default. */
#ifndef MLPI_TRAIN_OPTIONS_H
#define MLPI_TRAIN_OPTIONS_H

#include "mlp/loop.h"

enum { MLPI_OPTION_COUNT = 54 };

/* What structural options decide: the state of training (1), or where and by what its steps are computed (2). */
enum { MLPI_OPTION_OF_STATE = 1, MLPI_OPTION_OF_PLACE = 2 };

typedef struct mlpi_option {
    int32_t id;
    int32_t kind;       /* MLP_OPTION_INT or MLP_OPTION_REAL */
    int32_t structural; /* 0, or what it decides: fixed once that is there */
    const char *name;
    double default_value, minimum, maximum; /* bounds inclusive; those of an int are whole and below 2^53 */
} mlpi_option;

/* A value for every option, ints included: a double holds them exactly. */
typedef struct mlpi_options {
    double values[MLPI_OPTION_COUNT];
} mlpi_options;

/* The option with this id or name; NULL if there is none. */
const mlpi_option *mlpi_option_of(int32_t id);
const mlpi_option *mlpi_option_find(const char *name);

/* The options in the order of their ids: index 0 .. MLPI_OPTION_COUNT - 1. */
const mlpi_option *mlpi_option_at(int32_t index);

void mlpi_options_reset(mlpi_options *options);

/* By id; the option exists. mlpi_options_set() refuses a value out of bounds, NaN among them. */
mlp_status mlpi_options_set(mlpi_options *options, int32_t id, double value);

static inline double mlpi_options_real(const mlpi_options *options, int32_t id)
{
    return options->values[id - 1];
}

static inline int64_t mlpi_options_int(const mlpi_options *options, int32_t id)
{
    return (int64_t)options->values[id - 1];
}

#endif
