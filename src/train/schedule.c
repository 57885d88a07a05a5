#include "train/schedule.h"

#include <math.h>
#include <string.h>

enum { COUNT = 6 };

static const mlpi_schedule *const table[COUNT] = {&mlpi_schedule_constant,    &mlpi_schedule_step,
                                                  &mlpi_schedule_exponential, &mlpi_schedule_cosine,
                                                  &mlpi_schedule_one_cycle,   &mlpi_schedule_plateau};

int32_t mlpi_schedule_count(void)
{
    return COUNT;
}

const mlpi_schedule *mlpi_schedule_at(int32_t index)
{
    return table[index];
}

const mlpi_schedule *mlpi_schedule_of(int32_t id)
{
    return id >= 1 && id <= COUNT ? table[id - 1] : NULL;
}

const mlpi_schedule *mlpi_schedule_find(const char *name)
{
    for (int32_t i = 0; i < COUNT; i++)
        if (strcmp(table[i]->name, name) == 0)
            return table[i];
    return NULL;
}

static const mlpi_schedule *chosen(const mlpi_options *options)
{
    return mlpi_schedule_of((int32_t)mlpi_options_int(options, MLP_TRAINER_SCHEDULE));
}

int mlpi_schedule_needs_period(const mlpi_options *options)
{
    return chosen(options)->needs_period && mlpi_options_int(options, MLP_TRAINER_SCHEDULE_BY_STEP);
}

static int64_t period_of(const mlpi_options *options)
{
    const int64_t given = mlpi_options_int(options, MLP_TRAINER_PERIOD);
    const int64_t left =
        mlpi_options_int(options, MLP_TRAINER_EPOCHS) - mlpi_options_int(options, MLP_TRAINER_WARMUP);
    return given > 0 ? given : left > 1 ? left : 1;
}

static mlpi_schedule_numbers numbers_of(const mlpi_options *options, const mlpi_plateau *plateau)
{
    return (mlpi_schedule_numbers){
        .rate = mlpi_options_real(options, MLP_TRAINER_LEARNING_RATE),
        .floor = mlpi_options_real(options, MLP_TRAINER_MIN_LEARNING_RATE),
        .decay_factor = mlpi_options_real(options, MLP_TRAINER_DECAY_FACTOR),
        .rise = mlpi_options_real(options, MLP_TRAINER_CYCLE_RISE),
        .start = mlpi_options_real(options, MLP_TRAINER_CYCLE_START),
        .end = mlpi_options_real(options, MLP_TRAINER_CYCLE_END),
        .plateau = plateau->scale,
        .period = period_of(options),
        .period_factor = mlpi_options_int(options, MLP_TRAINER_PERIOD_FACTOR),
    };
}

double mlpi_schedule_rate(const mlpi_options *options, const mlpi_plateau *plateau, int64_t steps,
                          int64_t epochs)
{
    const int64_t time = mlpi_options_int(options, MLP_TRAINER_SCHEDULE_BY_STEP) ? steps : epochs;
    const int64_t warmup = mlpi_options_int(options, MLP_TRAINER_WARMUP);
    const mlpi_schedule_numbers numbers = numbers_of(options, plateau);
    const double rate = chosen(options)->rate(&numbers, time < warmup ? 0 : time - warmup);
    const double scheduled = rate < numbers.floor ? numbers.floor : rate;
    return time < warmup ? scheduled * ((double)(time + 1) / (double)warmup) : scheduled;
}
