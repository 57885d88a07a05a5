/*
 * Checkpoints never crash the trainer they are restored into, nor the steps after it, and one that is refused changes nothing. Seeds are
 * those of every optimizer there is, in both number types.
 */
#include "fuzz/fuzz.h"
#include "mlp/mlp.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { N_IN = 2, N_OUT = 1, MOST_OPTIMIZERS = 32, LARGEST = 1 << 16 };

int64_t fuzz_accepted;

static void require(int condition, const char *what)
{
    if (!condition) {
        fprintf(stderr, "broken: %s (%s)\n", what, mlp_last_error());
        abort();
    }
}

static mlp_trainer *create(mlp_dtype dtype, mlp_optimizer optimizer)
{
    static const int64_t widths[] = {N_IN, 3, N_OUT};
    mlp_model *model;
    mlp_trainer *trainer;
    require(mlp_model_create(dtype, 2, widths, MLP_TANH, &model) == MLP_OK, "a model");
    require(mlp_model_initialize(model, MLP_INIT_GLOROT_UNIFORM, 1) == MLP_OK, "its parameters");
    require(mlp_trainer_create(model, &trainer) == MLP_OK, "a trainer");
    require(mlp_trainer_set_int(trainer, MLP_TRAINER_OPTIMIZER, optimizer) == MLP_OK, "an optimizer");
    mlp_model_destroy(model);
    return trainer;
}

/* What the data allow of steps: taken, or refused for numbers a checkpoint may well hold. */
static void train(mlp_trainer *trainer, mlp_dtype dtype)
{
    static const float x32[N_IN * 2] = {1, -0.5f, 0.25f, 1}, t32[2] = {0.5f, -1};
    static const double x64[N_IN * 2] = {1, -0.5, 0.25, 1}, t64[2] = {0.5, -1};
    for (int step = 0; step < 2; step++) {
        const mlp_status status = dtype == MLP_F32
                                      ? mlp_trainer_step_f32(trainer, 2, x32, N_IN, t32, N_OUT, NULL, NULL)
                                      : mlp_trainer_step_f64(trainer, 2, x64, N_IN, t64, N_OUT, NULL, NULL);
        require(status == MLP_OK || status == MLP_ERR_NUMERIC || status == MLP_ERR_UNSUPPORTED,
                "a step is taken, or its numbers or options refused");
    }
}

static int64_t save(const mlp_trainer *trainer, uint8_t *out, int64_t capacity)
{
    int64_t size = 0;
    require(mlp_trainer_save_size(trainer, &size) == MLP_OK && size <= capacity, "a checkpoint fits");
    require(mlp_trainer_save_memory(trainer, size, out) == MLP_OK, "and is written");
    return size;
}

static void require_documented(mlp_status status)
{
    require(status == MLP_OK || status == MLP_ERR_FORMAT || status == MLP_ERR_UNSUPPORTED ||
                status == MLP_ERR_ARGUMENT || status == MLP_ERR_DTYPE || status == MLP_ERR_STATE ||
                status == MLP_ERR_SIZE,
            "accepted, or refused as documented");
}

/* Into a trainer that takes over all options; what was read can be written and read again. */
static void try_new(mlp_dtype dtype, const uint8_t *data, int64_t size)
{
    static uint8_t again[LARGEST];
    mlp_trainer *trainer = create(dtype, MLP_SGD);
    const mlp_status status = mlp_trainer_restore_memory(trainer, size, data);
    require_documented(status);
    if (status == MLP_OK) {
        const int64_t length = save(trainer, again, LARGEST);
        require(mlp_trainer_restore_memory(trainer, length, again) == MLP_OK,
                "what was read can be written and read");
        fuzz_accepted++;
        if (mlp_trainer_prepare(trainer, 64, 1) == MLP_OK)
            train(trainer, dtype);
    }
    mlp_trainer_destroy(trainer);
}

/* Into one prepared trainer after another, which live as long as the program. */
static void try_prepared(const uint8_t *data, int64_t size)
{
    static mlp_trainer *prepared[MOST_OPTIMIZERS];
    static uint8_t before[LARGEST], after[LARGEST];
    static int32_t next;
    const mlp_optimizer id = mlp_optimizer_name(next + 1) ? ++next : (next = 1);
    mlp_trainer **trainer = &prepared[id];
    require(id < MOST_OPTIMIZERS, "a place for every optimizer");
    if (!*trainer) {
        *trainer = create(MLP_F32, id);
        require(mlp_trainer_prepare(*trainer, 2, 1) == MLP_OK, "it can be prepared");
    }
    const int64_t length = save(*trainer, before, LARGEST);
    const mlp_status status = mlp_trainer_restore_memory(*trainer, size, data);
    require_documented(status);
    if (status != MLP_OK)
        require(save(*trainer, after, LARGEST) == length && memcmp(before, after, (size_t)length) == 0,
                "nothing has changed");
    else
        train(*trainer, MLP_F32);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    try_new(MLP_F32, data, (int64_t)size);
    try_new(MLP_F64, data, (int64_t)size);
    try_prepared(data, (int64_t)size);
    return 0;
}

size_t fuzz_seed(int index, uint8_t *out, size_t capacity)
{
    const mlp_optimizer id = index / 2 + 1;
    const mlp_dtype dtype = index % 2 ? MLP_F64 : MLP_F32;
    if (!mlp_optimizer_name(id))
        return 0;
    mlp_trainer *trainer = create(dtype, id);
    require(mlp_trainer_prepare(trainer, 2, 1) == MLP_OK, "a seed's trainer");
    train(trainer, dtype);
    const int64_t size = save(trainer, out, (int64_t)capacity);
    mlp_trainer_destroy(trainer);
    return (size_t)size;
}

/* The header ends where the data begin, at the last brace that is followed by spaces or the padding's end. */
void fuzz_mend(uint8_t *bytes, size_t size)
{
    size_t end = size;
    while (end > 10 && !(bytes[end - 1] == '}' && bytes[end - 2] == '}'))
        end--;
    while (end < size && bytes[end] == ' ')
        end++;
    for (size_t i = 0; i < 8 && size >= 8; i++)
        bytes[i] = (uint8_t)((end - 8) >> 8 * i);
}

const char *const fuzz_words[] = {"\"mlp.trainer.format\":\"1\",",
                                  "\"mlp.trainer.steps\":\"9007199254740991\",",
                                  "\"mlp.trainer.position.seen\":\"1\",",
                                  "\"mlp.trainer.position.samples\":\"2\",",
                                  "\"mlp.trainer.option.optimizer\":\"adam\",",
                                  "\"mlp.trainer.option.loss\":\"huber\",",
                                  "\"mlp.trainer.loss_parameter\":\"1\",",
                                  "trainer.state.0.layers.0.weight",
                                  "trainer.kept",
                                  "adam",
                                  "sgd",
                                  "gaussian_nll",
                                  "1e308",
                                  "nan",
                                  "-1",
                                  "0.5",
                                  NULL};
