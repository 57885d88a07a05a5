#include "base/error.h"
#include "base/memory.h"
#include "base/number.h"
#include "io/safetensors.h"
#include "model/layer_tensors.h"
#include "model/model_file.h"
#include "train/checkpoint.h"
#include "train/checkpoint_parts.h"

#include <stdio.h>

enum { NAME_SIZE = 80 };

/* A file being made, and what its writer looks at until it is written. */
typedef struct job {
    const mlp_trainer *trainer;
    mlpi_safetensors_writer *writer;
    mlpi_layer *layers; /* of all vectors there can be, one after another */
} job;

/* ---- Metadata ---- */

static mlp_status add_text(const job *j, const char *prefix, const char *name, const char *value)
{
    char key[NAME_SIZE];
    snprintf(key, sizeof key, "%s%s", prefix, name);
    return mlpi_safetensors_writer_metadata(j->writer, key, value);
}

static mlp_status add_real(const job *j, const char *prefix, const char *name, double value)
{
    char text[MLPI_NUMBER_SIZE];
    mlpi_format_f64(value, text);
    return add_text(j, prefix, name, text);
}

/* Ids become names, and no batch the one it stands for. */
static mlp_status add_option(const job *j, const mlpi_option *option)
{
    const mlp_trainer *trainer = j->trainer;
    if (option->id == MLP_TRAINER_OPTIMIZER)
        return add_text(j, MLPI_CHECKPOINT_OPTION, option->name, trainer->optimizer->name);
    if (option->id == MLP_TRAINER_LOSS)
        return add_text(j, MLPI_CHECKPOINT_OPTION, option->name, trainer->loss->name);
    const double value = option->id == MLP_TRAINER_BATCH ? (double)mlpi_checkpoint_batch(trainer)
                                                         : mlpi_options_real(&trainer->options, option->id);
    return add_real(j, MLPI_CHECKPOINT_OPTION, option->name, value);
}

static mlp_status add_number(const job *j, const mlpi_checkpoint_number *number)
{
    const void *at = (const char *)j->trainer + number->offset;
    const double value = number->whole ? (double)*(const int64_t *)at : *(const double *)at;
    return add_real(j, MLPI_CHECKPOINT_KEY, number->name, value);
}

static mlp_status add_metadata(const job *j)
{
    const mlpi_loss *loss = j->trainer->loss;
    mlp_status status =
        mlpi_safetensors_writer_metadata(j->writer, mlpi_checkpoint_version_key(), mlpi_checkpoint_version());
    for (int32_t i = 0; i < MLPI_OPTION_COUNT && status == MLP_OK; i++)
        status = add_option(j, mlpi_option_at(i));
    if (status == MLP_OK && loss->parameter)
        status = add_real(j, MLPI_CHECKPOINT_KEY, "loss_parameter", loss->parameter_value);
    for (int32_t i = 0; i < MLPI_CHECKPOINT_NUMBERS && status == MLP_OK; i++)
        status = add_number(j, &mlpi_checkpoint_numbers[i]);
    return status;
}

/* ---- Tensors ---- */

static mlp_status add_array(const job *j, const mlpi_checkpoint_array *array)
{
    char name[NAME_SIZE];
    int64_t count = 0;
    const double *values = array->find(j->trainer, &count);
    snprintf(name, sizeof name, MLPI_CHECKPOINT_TENSOR "%s", array->name);
    return values ? mlpi_safetensors_writer_array(j->writer, name, MLPI_ST_F64, 1, &count, values) : MLP_OK;
}

static mlp_status add_vector(const job *j, const mlpi_checkpoint_vector *vector, mlpi_layer *layers)
{
    const mlp_model *model = j->trainer->model;
    char prefix[MLPI_TENSOR_NAME / 2];
    void *values = vector->find(j->trainer, vector->index);
    if (!values)
        return MLP_OK;
    mlpi_model_link(model, values, layers);
    snprintf(prefix, sizeof prefix, MLPI_CHECKPOINT_TENSOR "%s", vector->name);
    return mlpi_layer_tensors_add(j->writer, prefix, model->architecture.dtype, model->architecture.layers,
                                  layers);
}

/* Doubles first, so that every tensor is aligned for its type. */
static mlp_status fill(const job *j)
{
    const mlp_model *model = j->trainer->model;
    mlp_status status = add_metadata(j);
    for (int32_t i = 0; i < MLPI_CHECKPOINT_ARRAYS && status == MLP_OK; i++)
        status = add_array(j, &mlpi_checkpoint_arrays[i]);
    if (status == MLP_OK)
        status = mlpi_model_add(j->writer, model);
    for (int32_t i = 0; i < MLPI_CHECKPOINT_VECTORS && status == MLP_OK; i++)
        status =
            add_vector(j, &mlpi_checkpoint_vectors[i], j->layers + (int64_t)i * model->architecture.layers);
    return status;
}

static void finish(const job *j)
{
    mlpi_safetensors_writer_free(j->writer);
    mlpi_free(j->layers);
}

/* A finished writer of the checkpoint, and the size of what it will write; to be finished in any case. */
static mlp_status prepare(job *j, int64_t *size)
{
    const int64_t count = (int64_t)MLPI_CHECKPOINT_VECTORS * j->trainer->model->architecture.layers;
    j->layers = mlpi_calloc(count, sizeof *j->layers);
    if (!j->layers)
        return mlpi_fail_memory("checkpoint", count * (int64_t)sizeof *j->layers);
    mlp_status status = mlpi_safetensors_writer_create(&j->writer);
    if (status == MLP_OK)
        status = fill(j);
    return status == MLP_OK ? mlpi_safetensors_writer_finish(j->writer, size) : status;
}

/* ---- Destinations ---- */

mlp_status mlpi_checkpoint_save(const mlp_trainer *trainer, const char *path)
{
    job j = {.trainer = trainer};
    int64_t size = 0;
    mlp_status status = prepare(&j, &size);
    if (status == MLP_OK)
        status = mlpi_safetensors_writer_save(j.writer, path);
    finish(&j);
    return status;
}

mlp_status mlpi_checkpoint_save_size(const mlp_trainer *trainer, int64_t *bytes)
{
    job j = {.trainer = trainer};
    int64_t size = 0;
    const mlp_status status = prepare(&j, &size);
    finish(&j);
    if (status == MLP_OK)
        *bytes = size;
    return status;
}

mlp_status mlpi_checkpoint_save_memory(const mlp_trainer *trainer, int64_t size, void *buffer)
{
    job j = {.trainer = trainer};
    int64_t needed = 0;
    mlp_status status = prepare(&j, &needed);
    if (status == MLP_OK && size < needed)
        status =
            mlpi_fail(MLP_ERR_SIZE, "size = %lld: must be at least %lld, what mlp_trainer_save_size() tells",
                      (long long)size, (long long)needed);
    if (status == MLP_OK)
        status = mlpi_safetensors_writer_write_memory(j.writer, buffer, size);
    finish(&j);
    return status;
}
