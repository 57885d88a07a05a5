#include "train/optimizer.h"
#include "base/checked.h"
#include "base/error.h"
#include "base/memory.h"

#include <string.h>

enum { COUNT = 11 };

static const mlpi_optimizer *const table[COUNT] = {&mlpi_sgd,
                                                   &mlpi_adam,
                                                   &mlpi_rmsprop,
                                                   &mlpi_adagrad,
                                                   &mlpi_nadam,
                                                   &mlpi_rprop,
                                                   &mlpi_lbfgs,
                                                   &mlpi_levenberg_marquardt,
                                                   &mlpi_bayesian_regularization,
                                                   &mlpi_kalman,
                                                   &mlpi_bfgs};

int32_t mlpi_optimizer_count(void)
{
    return COUNT;
}

const mlpi_optimizer *mlpi_optimizer_at(int32_t index)
{
    return table[index];
}

const mlpi_optimizer *mlpi_optimizer_of(int32_t id)
{
    for (int32_t i = 0; i < mlpi_optimizer_count(); i++)
        if (table[i]->id == id)
            return table[i];
    return NULL;
}

const mlpi_optimizer *mlpi_optimizer_find(const char *name)
{
    for (int32_t i = 0; i < mlpi_optimizer_count(); i++)
        if (strcmp(table[i]->name, name) == 0)
            return table[i];
    return NULL;
}

mlp_status mlpi_optimizer_state_create(int32_t count, int64_t bytes, int64_t kept,
                                       mlpi_optimizer_state *state)
{
    int64_t kept_bytes;
    *state = (mlpi_optimizer_state){.bytes = bytes, .kept_count = kept};
    if (kept < 0 || !mlpi_checked_mul(kept, sizeof *state->kept, &kept_bytes))
        return mlpi_fail(MLP_ERR_SIZE, "optimizer: its state would not fit the address space");
    if (kept > 0 && !(state->kept = mlpi_zalloc(kept_bytes)))
        return mlpi_fail_memory("optimizer state", kept_bytes);
    for (; state->count < count; state->count++) {
        state->vectors[state->count] = mlpi_zalloc(bytes);
        if (!state->vectors[state->count]) {
            mlpi_optimizer_state_release(state);
            return mlpi_fail_memory("optimizer state", bytes);
        }
    }
    return MLP_OK;
}

void mlpi_optimizer_state_release(mlpi_optimizer_state *state)
{
    for (int32_t i = 0; i < state->count; i++)
        mlpi_free(state->vectors[i]);
    mlpi_free(state->kept);
    *state = (mlpi_optimizer_state){0};
}

double mlpi_optimizer_plain_rate(const mlpi_optimizer *optimizer, const mlpi_options *options)
{
    const int decays = mlpi_options_real(options, MLP_TRAINER_WEIGHT_DECAY) != 0;
    return optimizer->plain_rate && !decays ? optimizer->plain_rate(options) : 0;
}

void mlpi_optimizer_begin(const mlpi_optimizer *optimizer, const mlpi_options *options, int64_t step,
                          mlpi_update *update)
{
    const double rate = mlpi_options_real(options, MLP_TRAINER_LEARNING_RATE);
    *update =
        (mlpi_update){.rate = rate, .shrink = rate * mlpi_options_real(options, MLP_TRAINER_WEIGHT_DECAY)};
    optimizer->begin(options, step, update);
}
