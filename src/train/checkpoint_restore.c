#include "base/error.h"
#include "base/memory.h"
#include "io/file.h"
#include "model/model_file.h"
#include "train/checkpoint.h"
#include "train/checkpoint_parts.h"
#include "train/checkpoint_read.h"

#include <string.h>

/* ---- The model ---- */

static mlp_status compare_activations(const mlpi_activation *its, const mlpi_activation *ours, int32_t layer)
{
    if (strcmp(mlpi_activation_name(its), mlpi_activation_name(ours)) != 0)
        return mlpi_fail(MLP_ERR_ARGUMENT, "checkpoint: activation of layer %d is %s: the trainer's is %s",
                         (int)layer, mlpi_activation_name(its), mlpi_activation_name(ours));
    if (its->parameter != ours->parameter)
        return mlpi_fail(MLP_ERR_ARGUMENT,
                         "checkpoint: parameter of the activation of layer %d is %g: the trainer's is %g",
                         (int)layer, its->parameter, ours->parameter);
    return MLP_OK;
}

/* Names the first thing in which architectures differ. */
static mlp_status compare(const mlpi_architecture *its, const mlpi_architecture *ours)
{
    mlp_status status = MLP_OK;
    if (its->dtype != ours->dtype)
        return mlpi_fail(MLP_ERR_DTYPE, "checkpoint is %s: the trainer's model is %s",
                         mlp_dtype_name(its->dtype), mlp_dtype_name(ours->dtype));
    if (its->layers != ours->layers)
        return mlpi_fail(MLP_ERR_ARGUMENT, "checkpoint: has %d layers: the trainer's model has %d",
                         (int)its->layers, (int)ours->layers);
    for (int32_t l = 0; l <= ours->layers; l++)
        if (its->widths[l] != ours->widths[l])
            return mlpi_fail(MLP_ERR_ARGUMENT,
                             "checkpoint: width %d is %lld: that of the trainer's model is %lld", (int)l,
                             (long long)its->widths[l], (long long)ours->widths[l]);
    for (int32_t l = 1; l <= ours->layers && status == MLP_OK; l++)
        status = compare_activations(&its->activations[l - 1], &ours->activations[l - 1], l);
    if (status == MLP_OK && !mlpi_architecture_equal(its, ours))
        status = mlpi_fail(MLP_ERR_ARGUMENT,
                           "checkpoint: an activation of the trainer's model is no longer registered");
    return status;
}

/* ---- The trainer ---- */

/* What the trainer will be, beside it: `next` shares its model, and its loss where that stays. */
static mlp_status read_next(const mlpi_safetensors *file, const mlp_trainer *trainer, mlp_trainer *next)
{
    mlp_status status = mlpi_course_create(next->model->architecture.layers, &next->course);
    if (status == MLP_OK)
        status = mlpi_checkpoint_read_options(file, trainer, next);
    if (status == MLP_OK)
        status = mlpi_checkpoint_check_kept(file, next);
    if (status == MLP_OK)
        status = mlpi_trainer_choose_state(next);
    return status == MLP_OK ? mlpi_checkpoint_read_parts(file, next) : status;
}

/* Nothing here can fail. */
static void adopt(mlp_trainer *trainer, mlp_trainer *next, const mlp_model *model)
{
    mlpi_model_copy_params(trainer->model, model);
    mlpi_trainer_touch(trainer);
    mlpi_optimizer_state_release(&trainer->state);
    trainer->state = next->state;
    mlpi_course_release(&trainer->course);
    trainer->course = next->course;
    mlpi_history_release(&trainer->history);
    trainer->history = next->history;
    trainer->options = next->options;
    trainer->optimizer = next->optimizer;
    if (!trainer->settled) {
        mlpi_loss_release(trainer->loss);
        trainer->loss = next->loss;
        trainer->settled = 1;
    }
    for (int32_t i = 0; i < MLPI_CHECKPOINT_NUMBERS; i++) {
        const mlpi_checkpoint_number *number = &mlpi_checkpoint_numbers[i];
        memcpy(mlpi_checkpoint_number_in(number, trainer), mlpi_checkpoint_number_in(number, next),
               MLPI_CHECKPOINT_NUMBER_SIZE);
    }
}

static void discard(const mlp_trainer *trainer, mlp_trainer *next)
{
    mlpi_optimizer_state_release(&next->state);
    mlpi_course_release(&next->course);
    mlpi_history_release(&next->history);
    if (!trainer->settled)
        mlpi_loss_release(next->loss);
}

static mlp_status restore(const mlpi_safetensors *file, mlp_trainer *trainer)
{
    mlp_model *model = NULL;
    mlp_trainer next = {.model = trainer->model, .loss = trainer->settled ? trainer->loss : NULL};
    mlp_status status = mlpi_checkpoint_check_keys(file);
    if (status == MLP_OK)
        status = mlpi_model_read(file, &model);
    if (status == MLP_OK)
        status = compare(&model->architecture, &trainer->model->architecture);
    if (status == MLP_OK)
        status = read_next(file, trainer, &next);
    if (status == MLP_OK)
        adopt(trainer, &next, model);
    else
        discard(trainer, &next);
    mlpi_model_destroy(model);
    return status;
}

/* ---- Sources ---- */

mlp_status mlpi_checkpoint_restore_memory(mlp_trainer *trainer, int64_t size, const void *buffer)
{
    mlpi_safetensors *file;
    mlp_status status = mlpi_safetensors_parse(buffer, size, &file);
    if (status != MLP_OK)
        return status;
    status = restore(file, trainer);
    mlpi_safetensors_free(file);
    return status;
}

mlp_status mlpi_checkpoint_restore(mlp_trainer *trainer, const char *path)
{
    void *bytes;
    int64_t size;
    mlp_status status = mlpi_file_read(path, &bytes, &size);
    if (status != MLP_OK)
        return status;
    status = mlpi_checkpoint_restore_memory(trainer, size, bytes);
    mlpi_free(bytes);
    return status;
}
