#include "train/options.h"
#include "base/error.h"
#include "base/number.h"

#include <stddef.h>
#include <string.h>

#define LARGEST_INT      2147483647.0       /* 2^31 - 1 */
#define LARGEST_SEED     9007199254740991.0 /* 2^53 - 1: larger integers do not round to it */
#define BELOW_ONE        0x1.fffffep-1      /* 1 - 2^-24: the largest f32 below 1 */
#define LARGEST_RATE     1e6
#define LARGEST_DECAY    1e6
#define LARGEST_CLIP     1e30
#define LARGEST_DIVISOR  1e12
#define LARGEST_DAMPING  1e30
#define SMALLEST_EPSILON 1e-30 /* a normal f32: 0 / (0 + epsilon) is 0 */

/* The option with id i is at [i - 1]. */
static const mlpi_option table[MLPI_OPTION_COUNT] = {
    {MLP_TRAINER_OPTIMIZER, MLP_OPTION_INT, 1, "optimizer", MLP_SGD, MLP_SGD, MLP_KALMAN},
    {MLP_TRAINER_LOSS, MLP_OPTION_INT, 1, "loss", MLP_SQUARED_ERROR, MLP_SQUARED_ERROR, LARGEST_INT},
    {MLP_TRAINER_BATCH, MLP_OPTION_INT, 0, "batch", 0, 0, LARGEST_INT},
    {MLP_TRAINER_EPOCHS, MLP_OPTION_INT, 0, "epochs", 10, 1, LARGEST_INT},
    {MLP_TRAINER_SEED, MLP_OPTION_INT, 0, "seed", 0, 0, LARGEST_SEED},
    {MLP_TRAINER_SHUFFLE, MLP_OPTION_INT, 0, "shuffle", 1, 0, 1},
    {MLP_TRAINER_LEARNING_RATE, MLP_OPTION_REAL, 0, "learning_rate", 0.01, 0, LARGEST_RATE},
    {MLP_TRAINER_MOMENTUM, MLP_OPTION_REAL, 1, "momentum", 0, 0, BELOW_ONE},
    {MLP_TRAINER_BETA1, MLP_OPTION_REAL, 0, "beta1", 0.9, 0, BELOW_ONE},
    {MLP_TRAINER_BETA2, MLP_OPTION_REAL, 0, "beta2", 0.999, 0, BELOW_ONE},
    {MLP_TRAINER_EPSILON, MLP_OPTION_REAL, 0, "epsilon", 1e-8, SMALLEST_EPSILON, 1},
    {MLP_TRAINER_ENGINE, MLP_OPTION_INT, 2, "engine", MLP_ENGINE_AUTO, MLP_ENGINE_AUTO, MLP_ENGINE_BLAS},
    {MLP_TRAINER_CPU, MLP_OPTION_INT, 2, "cpu", MLP_CPU_AUTO, MLP_CPU_AUTO, MLP_CPU_AVX512},
    {MLP_TRAINER_STREAMS, MLP_OPTION_INT, 2, "streams", 0, 0, 32767},
    {MLP_TRAINER_NESTEROV, MLP_OPTION_INT, 1, "nesterov", 0, 0, 1},
    {MLP_TRAINER_WEIGHT_DECAY, MLP_OPTION_REAL, 0, "weight_decay", 0, 0, LARGEST_DECAY},
    {MLP_TRAINER_RHO, MLP_OPTION_REAL, 0, "rho", 0.9, 0, BELOW_ONE},
    {MLP_TRAINER_PAIRS, MLP_OPTION_INT, 1, "pairs", 20, 1, 1000},
    {MLP_TRAINER_SKIP_NONFINITE, MLP_OPTION_INT, 0, "skip_nonfinite", 0, 0, 1},
    {MLP_TRAINER_SCHEDULE, MLP_OPTION_INT, 1, "schedule", MLP_SCHEDULE_CONSTANT, MLP_SCHEDULE_CONSTANT,
     MLP_SCHEDULE_PLATEAU},
    {MLP_TRAINER_SCHEDULE_BY_STEP, MLP_OPTION_INT, 1, "schedule_by_step", 0, 0, 1},
    {MLP_TRAINER_WARMUP, MLP_OPTION_INT, 0, "warmup", 0, 0, LARGEST_INT},
    {MLP_TRAINER_PERIOD, MLP_OPTION_INT, 0, "period", 0, 0, LARGEST_INT},
    {MLP_TRAINER_PERIOD_FACTOR, MLP_OPTION_INT, 0, "period_factor", 1, 1, 1000},
    {MLP_TRAINER_DECAY_FACTOR, MLP_OPTION_REAL, 0, "decay_factor", 0.1, 0, 1},
    {MLP_TRAINER_MIN_LEARNING_RATE, MLP_OPTION_REAL, 0, "min_learning_rate", 0, 0, LARGEST_RATE},
    {MLP_TRAINER_CYCLE_RISE, MLP_OPTION_REAL, 0, "cycle_rise", 0.3, 0, 1},
    {MLP_TRAINER_CYCLE_START, MLP_OPTION_REAL, 0, "cycle_start", 25, 1, LARGEST_DIVISOR},
    {MLP_TRAINER_CYCLE_END, MLP_OPTION_REAL, 0, "cycle_end", 1e4, 1, LARGEST_DIVISOR},
    {MLP_TRAINER_PLATEAU_PATIENCE, MLP_OPTION_INT, 0, "plateau_patience", 10, 0, LARGEST_INT},
    {MLP_TRAINER_PLATEAU_THRESHOLD, MLP_OPTION_REAL, 0, "plateau_threshold", 1e-4, 0, 1},
    {MLP_TRAINER_L1, MLP_OPTION_REAL, 0, "l1", 0, 0, LARGEST_DECAY},
    {MLP_TRAINER_L2, MLP_OPTION_REAL, 0, "l2", 0, 0, LARGEST_DECAY},
    {MLP_TRAINER_CLIP_NORM, MLP_OPTION_REAL, 0, "clip_norm", 0, 0, LARGEST_CLIP},
    {MLP_TRAINER_CLIP_VALUE, MLP_OPTION_REAL, 0, "clip_value", 0, 0, LARGEST_CLIP},
    {MLP_TRAINER_AVERAGE_DECAY, MLP_OPTION_REAL, 1, "average_decay", 0, 0, BELOW_ONE},
    {MLP_TRAINER_PATIENCE, MLP_OPTION_INT, 0, "patience", 0, 0, LARGEST_INT},
    {MLP_TRAINER_MIN_DELTA, MLP_OPTION_REAL, 0, "min_delta", 0, 0, LARGEST_CLIP},
    {MLP_TRAINER_KEEP_BEST, MLP_OPTION_INT, 0, "keep_best", 1, 0, 1},
    {MLP_TRAINER_GRADIENT_NORM, MLP_OPTION_INT, 0, "gradient_norm", 0, 0, 1},
    {MLP_TRAINER_DROPOUT, MLP_OPTION_REAL, 1, "dropout", 0, 0, BELOW_ONE},
    {MLP_TRAINER_INPUT_DROPOUT, MLP_OPTION_REAL, 1, "input_dropout", 0, 0, BELOW_ONE},
    {MLP_TRAINER_DAMPING, MLP_OPTION_REAL, 0, "damping", 1e-3, 1e-20, LARGEST_DAMPING},
    {MLP_TRAINER_DAMPING_DECREASE, MLP_OPTION_REAL, 0, "damping_decrease", 0.1, 1e-6, 1},
    {MLP_TRAINER_DAMPING_INCREASE, MLP_OPTION_REAL, 0, "damping_increase", 10, 1.5, 1e6},
    {MLP_TRAINER_DAMPING_MAXIMUM, MLP_OPTION_REAL, 0, "damping_maximum", 1e10, 1e-20, LARGEST_DAMPING},
    {MLP_TRAINER_SOLVER, MLP_OPTION_INT, 1, "solver", MLP_SOLVER_AUTO, MLP_SOLVER_AUTO, MLP_SOLVER_CG},
    {MLP_TRAINER_ACCELERATION, MLP_OPTION_INT, 1, "acceleration", 0, 0, 2},
    {MLP_TRAINER_DIRECT_LIMIT, MLP_OPTION_INT, 1, "direct_limit", 8000, 0, LARGEST_INT},
    {MLP_TRAINER_SOLVER_ITERATIONS, MLP_OPTION_INT, 0, "solver_iterations", 200, 1, LARGEST_INT},
    {MLP_TRAINER_SOLVER_TOLERANCE, MLP_OPTION_REAL, 0, "solver_tolerance", 1e-3, 1e-15, BELOW_ONE},
    {MLP_TRAINER_COVARIANCE, MLP_OPTION_REAL, 0, "covariance", 100, 1e-12, 1e12},
    {MLP_TRAINER_MEASUREMENT_NOISE, MLP_OPTION_REAL, 0, "measurement_noise", 1, 1e-12, 1e12},
    {MLP_TRAINER_PROCESS_NOISE, MLP_OPTION_REAL, 0, "process_noise", 1e-6, 0, 1e12},
};

const mlpi_option *mlpi_option_of(int32_t id)
{
    return id >= 1 && id <= MLPI_OPTION_COUNT ? &table[id - 1] : NULL;
}

const mlpi_option *mlpi_option_at(int32_t index)
{
    return &table[index];
}

const mlpi_option *mlpi_option_find(const char *name)
{
    for (int32_t i = 0; i < MLPI_OPTION_COUNT; i++)
        if (strcmp(table[i].name, name) == 0)
            return &table[i];
    return NULL;
}

void mlpi_options_reset(mlpi_options *options)
{
    for (int32_t i = 0; i < MLPI_OPTION_COUNT; i++)
        options->values[i] = table[i].default_value;
}

static mlp_status refuse(const mlpi_option *option, double value)
{
    char given[MLPI_NUMBER_SIZE], least[MLPI_NUMBER_SIZE], most[MLPI_NUMBER_SIZE];
    mlpi_format_f64(value, given);
    mlpi_format_f64(option->minimum, least);
    mlpi_format_f64(option->maximum, most);
    return mlpi_fail(MLP_ERR_ARGUMENT, "value = %s: %s must be within %s .. %s", given, option->name, least,
                     most);
}

mlp_status mlpi_options_set(mlpi_options *options, int32_t id, double value)
{
    const mlpi_option *option = mlpi_option_of(id);
    if (!(value >= option->minimum && value <= option->maximum))
        return refuse(option, value);
    options->values[id - 1] = value;
    return MLP_OK;
}
