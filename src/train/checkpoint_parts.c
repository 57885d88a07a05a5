#include "train/checkpoint_parts.h"

#include <assert.h>
#include <math.h>
#include <stddef.h>

#define MOST 9007199254740991.0 /* 2^53 - 1 */

const char *mlpi_checkpoint_version(void)
{
    return "1";
}

/* ---- Numbers ---- */

const mlpi_checkpoint_number mlpi_checkpoint_numbers[MLPI_CHECKPOINT_NUMBERS] = {
    {"steps", offsetof(mlp_trainer, steps), 1, 0, MOST},
    {"epochs", offsetof(mlp_trainer, epochs), 1, 0, MOST},
    {"skipped", offsetof(mlp_trainer, skipped), 1, 0, MOST},
    {"plateau.best", offsetof(mlp_trainer, course.plateau.best), 0, -INFINITY, INFINITY},
    {"plateau.scale", offsetof(mlp_trainer, course.plateau.scale), 0, 0, 1},
    {"plateau.waited", offsetof(mlp_trainer, course.plateau.waited), 1, 0, MOST},
    {"best.loss", offsetof(mlp_trainer, course.best_loss), 0, -INFINITY, INFINITY},
    {"best.epoch", offsetof(mlp_trainer, course.best_epoch), 1, -1, MOST},
    {"best.waited", offsetof(mlp_trainer, course.waited), 1, 0, MOST},
    {"best.kept", offsetof(mlp_trainer, course.kept), 1, 0, 1},
    {"history.count", offsetof(mlp_trainer, history.count), 1, 0, MOST},
    {"gradient_norm", offsetof(mlp_trainer, gradient_norm), 0, 0, INFINITY},
    {"position.samples", offsetof(mlp_trainer, position.samples), 1, 0, MOST},
    {"position.seen", offsetof(mlp_trainer, position.seen), 1, 0, MOST},
    {"position.used", offsetof(mlp_trainer, position.used), 1, 0, MOST},
    {"position.weight", offsetof(mlp_trainer, position.weight), 0, 0, INFINITY},
    {"position.sum", offsetof(mlp_trainer, position.sum), 0, -INFINITY, INFINITY},
};

static_assert(sizeof(int64_t) == MLPI_CHECKPOINT_NUMBER_SIZE, "a whole number");
static_assert(sizeof(double) == MLPI_CHECKPOINT_NUMBER_SIZE, "any other");

void *mlpi_checkpoint_number_in(const mlpi_checkpoint_number *number, mlp_trainer *trainer)
{
    return (char *)trainer + number->offset;
}

int mlpi_checkpoint_numbers_agree(const mlp_trainer *trainer)
{
    return trainer->position.used <= trainer->position.seen &&
           trainer->position.seen <= trainer->position.samples && trainer->history.count <= trainer->epochs;
}

/* ---- Vectors in the layout of the parameters ---- */

static void *find_state(const mlp_trainer *trainer, int32_t index)
{
    return index < trainer->state.count ? trainer->state.vectors[index] : NULL;
}

static void *find_average(const mlp_trainer *trainer, int32_t index)
{
    (void)index;
    return trainer->course.average;
}

static void *find_best(const mlp_trainer *trainer, int32_t index)
{
    (void)index;
    return trainer->course.kept ? trainer->course.best : NULL;
}

static_assert(MLPI_MAX_STATES == 2, "a row for every vector an optimizer may keep");

const mlpi_checkpoint_vector mlpi_checkpoint_vectors[MLPI_CHECKPOINT_VECTORS] = {
    {"state.0.", find_state, 0},
    {"state.1.", find_state, 1},
    {"average.", find_average, 0},
    {"best.", find_best, 0},
};

/* ---- Arrays of doubles ---- */

static double *find_kept(const mlp_trainer *trainer, int64_t *count)
{
    *count = trainer->state.kept_count;
    return trainer->state.kept;
}

static double *find_layer_rates(const mlp_trainer *trainer, int64_t *count)
{
    *count = trainer->course.layers;
    return trainer->course.layer_rates;
}

static double *find_history(const mlp_trainer *trainer, int64_t *count)
{
    *count = MLPI_HISTORY_COUNT * trainer->history.count;
    return *count > 0 ? trainer->history.records->values : NULL;
}

const mlpi_checkpoint_array mlpi_checkpoint_arrays[MLPI_CHECKPOINT_ARRAYS] = {
    {"kept", find_kept},
    {"layer_rates", find_layer_rates},
    {"history", find_history},
};

int64_t mlpi_checkpoint_batch(const mlp_trainer *trainer)
{
    const int64_t batch = mlpi_options_int(&trainer->options, MLP_TRAINER_BATCH);
    return batch ? batch : trainer->buffers.max_batch;
}
