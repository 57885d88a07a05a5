#include "train/checkpoint_read.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/number.h"
#include "io/json.h"
#include "model/layer_tensors.h"
#include "train/checkpoint_parts.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { NAME_SIZE = 80, SHOWN = 80 };

/* ---- Numbers ---- */

static mlp_status refuse_number(const char *key, const char *text)
{
    char shown[SHOWN];
    mlpi_json_show(text, shown, sizeof shown);
    return mlpi_fail(MLP_ERR_FORMAT, "checkpoint: %s = '%s': not a number it can be", key, shown);
}

static mlp_status read_number(const mlpi_safetensors *file, const mlpi_checkpoint_number *number,
                              mlp_trainer *next)
{
    char key[NAME_SIZE];
    double value;
    void *at = mlpi_checkpoint_number_in(number, next);
    snprintf(key, sizeof key, MLPI_CHECKPOINT_KEY "%s", number->name);
    const char *text = mlpi_safetensors_metadata(file, key);
    if (!text)
        return mlpi_fail(MLP_ERR_FORMAT, "checkpoint: %s is missing", key);
    if (!mlpi_parse_f64(text, (int64_t)strlen(text), &value) || value < number->minimum ||
        value > number->maximum || (number->whole && value != trunc(value)))
        return refuse_number(key, text);
    if (number->whole)
        *(int64_t *)at = (int64_t)value;
    else
        *(double *)at = value;
    return MLP_OK;
}

static mlp_status read_numbers(const mlpi_safetensors *file, mlp_trainer *next)
{
    mlp_status status = MLP_OK;
    for (int32_t i = 0; i < MLPI_CHECKPOINT_NUMBERS && status == MLP_OK; i++)
        status = read_number(file, &mlpi_checkpoint_numbers[i], next);
    if (status == MLP_OK && !mlpi_checkpoint_numbers_agree(next))
        status = mlpi_fail(MLP_ERR_FORMAT, "checkpoint: its position has seen more samples than there are");
    return status;
}

/* ---- Tensors ---- */

static mlp_status read_vector(const mlpi_safetensors *file, const mlpi_checkpoint_vector *vector,
                              mlpi_layer *layers, const mlp_trainer *next)
{
    const mlp_model *model = next->model;
    const mlpi_architecture *a = &model->architecture;
    char prefix[MLPI_TENSOR_NAME / 2];
    void *values = vector->find(next, vector->index);
    if (!values)
        return MLP_OK;
    mlpi_model_link(model, values, layers);
    snprintf(prefix, sizeof prefix, MLPI_CHECKPOINT_TENSOR "%s", vector->name);
    const mlp_status status = mlpi_layer_tensors_check(file, prefix, a->dtype, a->layers, a->widths);
    return status == MLP_OK ? mlpi_layer_tensors_read(file, prefix, a->dtype, a->layers, layers) : status;
}

static mlp_status read_vectors(const mlpi_safetensors *file, const mlp_trainer *next)
{
    const int32_t layers = next->model->architecture.layers;
    mlp_status status = MLP_OK;
    mlpi_layer *chain = mlpi_calloc(layers, sizeof *chain);
    if (!chain)
        return mlpi_fail_memory("checkpoint", layers * (int64_t)sizeof *chain);
    for (int32_t i = 0; i < MLPI_CHECKPOINT_VECTORS && status == MLP_OK; i++)
        status = read_vector(file, &mlpi_checkpoint_vectors[i], chain, next);
    mlpi_free(chain);
    return status;
}

static mlp_status read_array(const mlpi_safetensors *file, const mlpi_checkpoint_array *array,
                             const mlp_trainer *next)
{
    mlpi_model_tensor expected = {.rank = 1};
    double *values = array->find(next, &expected.shape[0]);
    if (!values)
        return MLP_OK;
    snprintf(expected.name, sizeof expected.name, MLPI_CHECKPOINT_TENSOR "%s", array->name);
    const mlp_status status = mlpi_tensor_check(file, &expected, MLP_F64);
    return status == MLP_OK ? mlpi_safetensors_read_f64(mlpi_safetensors_find(file, expected.name), 0,
                                                        expected.shape[0], values)
                            : status;
}

/* For what the numbers say there is: the best parameters, and the records of epochs. */
static mlp_status make_room(const mlpi_safetensors *file, mlp_trainer *next)
{
    static const char name[] = MLPI_CHECKPOINT_TENSOR "history";
    const mlpi_safetensors_tensor *found = mlpi_safetensors_find(file, name);
    const int64_t elements = found ? found->count : 0, count = next->history.count;
    if (elements % MLPI_HISTORY_COUNT != 0 || elements / MLPI_HISTORY_COUNT != count)
        return mlpi_fail(MLP_ERR_FORMAT,
                         "checkpoint: tensor '%s' has %lld elements: %lld epochs have %d each", name,
                         (long long)elements, (long long)count, MLPI_HISTORY_COUNT);
    next->history.count = 0; /* what there is to be copied while the room grows */
    mlp_status status = mlpi_history_reserve(&next->history, count + 1);
    next->history.count = count;
    if (status == MLP_OK && next->course.kept)
        status = mlpi_trainer_new_vector(next, &next->course.best);
    return status;
}

/* ---- Which tensors there are ---- */

/* Whether a trainer of this state has a tensor of this name behind the common prefix. */
static int has_tensor(const mlp_trainer *trainer, const char *name)
{
    int64_t count;
    for (int32_t i = 0; i < MLPI_CHECKPOINT_ARRAYS; i++)
        if (mlpi_checkpoint_arrays[i].find(trainer, &count) &&
            strcmp(name, mlpi_checkpoint_arrays[i].name) == 0)
            return 1;
    for (int32_t i = 0; i < MLPI_CHECKPOINT_VECTORS; i++) {
        const mlpi_checkpoint_vector *vector = &mlpi_checkpoint_vectors[i];
        const size_t length = strlen(vector->name);
        if (vector->find(trainer, vector->index) && strncmp(name, vector->name, length) == 0)
            return mlpi_model_has_layer(trainer->model->architecture.layers, name + length);
    }
    return 0;
}

static mlp_status check_no_others(const mlpi_safetensors *file, const mlp_trainer *next)
{
    char shown[SHOWN];
    for (int64_t i = 0; i < mlpi_safetensors_tensor_count(file); i++) {
        const char *name = mlpi_safetensors_tensor_at(file, i)->name;
        if (!mlpi_is_trainers_tensor(name) || has_tensor(next, name + sizeof MLPI_CHECKPOINT_TENSOR - 1))
            continue;
        mlpi_json_show(name, shown, sizeof shown);
        return mlpi_fail(MLP_ERR_FORMAT,
                         "checkpoint: tensor '%s' is none of a trainer with %s and its options", shown,
                         next->optimizer->name);
    }
    return MLP_OK;
}

mlp_status mlpi_checkpoint_check_kept(const mlpi_safetensors *file, const mlp_trainer *next)
{
    static const char name[] = MLPI_CHECKPOINT_TENSOR "kept";
    const mlpi_optimizer *optimizer =
        mlpi_optimizer_of((int32_t)mlpi_options_int(&next->options, MLP_TRAINER_OPTIMIZER));
    const mlpi_safetensors_tensor *found = mlpi_safetensors_find(file, name);
    const int64_t expected = optimizer->method ? optimizer->method->kept(next) : 0;
    if (expected <= 0 || (found && found->count == expected))
        return MLP_OK;
    return mlpi_fail(MLP_ERR_FORMAT, "checkpoint: tensor '%s' has %lld elements: %s keeps %lld", name,
                     (long long)(found ? found->count : 0), optimizer->name, (long long)expected);
}

static mlp_status check_sound(const mlp_trainer *next)
{
    const mlpi_method *method = next->optimizer->method;
    if (!method || !method->is_sound || method->is_sound(next))
        return MLP_OK;
    return mlpi_fail(MLP_ERR_FORMAT, "checkpoint: tensor '" MLPI_CHECKPOINT_TENSOR "kept': not what %s keeps",
                     next->optimizer->name);
}

mlp_status mlpi_checkpoint_read_parts(const mlpi_safetensors *file, mlp_trainer *next)
{
    mlp_status status = read_numbers(file, next);
    if (status == MLP_OK)
        status = make_room(file, next);
    for (int32_t i = 0; i < MLPI_CHECKPOINT_ARRAYS && status == MLP_OK; i++)
        status = read_array(file, &mlpi_checkpoint_arrays[i], next);
    if (status == MLP_OK)
        status = read_vectors(file, next);
    if (status == MLP_OK)
        status = check_no_others(file, next);
    return status == MLP_OK ? check_sound(next) : status;
}
