#include "base/number.h"
#include "base/error.h"
#include "io/buffer.h"
#include "model/head.h"
#include "model/layer_tensors.h"
#include "model/model_file.h"

#include <string.h>

/* ---- Metadata ---- */

typedef void item_fn(const mlp_model *model, int32_t index, mlpi_buffer *text);

static void write_width(const mlp_model *model, int32_t index, mlpi_buffer *text)
{
    mlpi_buffer_append_i64(text, model->architecture.widths[index]);
}

static void write_activation(const mlp_model *model, int32_t index, mlpi_buffer *text)
{
    mlpi_buffer_append_text(text, mlpi_activation_name(&model->architecture.activations[index]));
}

/* Nothing where the activation has no parameter. */
static void write_parameter(const mlp_model *model, int32_t index, mlpi_buffer *text)
{
    const mlpi_activation *activation = &model->architecture.activations[index];
    char number[MLPI_NUMBER_SIZE];
    if (!activation->kind || !activation->kind->parameter)
        return;
    mlpi_format_f64(activation->parameter, number);
    mlpi_buffer_append_text(text, number);
}

/* Items 0 .. count - 1 with commas between them. */
static mlp_status add_list(mlpi_safetensors_writer *writer, const mlp_model *model, int key, int32_t count,
                           item_fn *write_item)
{
    mlpi_buffer text = {0};
    for (int32_t i = 0; i < count; i++) {
        mlpi_buffer_append_text(&text, i > 0 ? "," : "");
        write_item(model, i, &text);
    }
    mlpi_buffer_fill(&text, '\0', 1);
    mlp_status status = mlpi_buffer_status(&text, mlpi_model_key(key));
    if (status == MLP_OK)
        status = mlpi_safetensors_writer_metadata(writer, mlpi_model_key(key), text.bytes);
    mlpi_buffer_free(&text);
    return status;
}

static mlp_status add_user_metadata(mlpi_safetensors_writer *writer, const mlpi_metadata *metadata)
{
    mlp_status status = MLP_OK;
    if (!mlpi_metadata_find(metadata, mlpi_model_framework_key()))
        status = mlpi_safetensors_writer_metadata(writer, mlpi_model_framework_key(), mlpi_model_framework());
    for (int32_t i = 0; i < metadata->count && status == MLP_OK; i++)
        status = mlpi_safetensors_writer_metadata(writer, metadata->keys[i], metadata->values[i]);
    return status;
}

static mlp_status add_metadata(mlpi_safetensors_writer *writer, const mlp_model *model)
{
    const int32_t L = model->architecture.layers;
    mlp_status status = mlpi_safetensors_writer_metadata(writer, mlpi_model_key(MLPI_KEY_FORMAT),
                                                         mlpi_model_schema_version());
    if (status == MLP_OK)
        status = mlpi_safetensors_writer_metadata(writer, mlpi_model_key(MLPI_KEY_DTYPE),
                                                  mlp_dtype_name(model->architecture.dtype));
    if (status == MLP_OK)
        status = add_list(writer, model, MLPI_KEY_WIDTHS, L + 1, write_width);
    if (status == MLP_OK)
        status = add_list(writer, model, MLPI_KEY_ACTIVATIONS, L, write_activation);
    if (status == MLP_OK)
        status = add_list(writer, model, MLPI_KEY_PARAMETERS, L, write_parameter);
    if (status == MLP_OK)
        status = mlpi_safetensors_writer_metadata(writer, mlpi_model_key(MLPI_KEY_HEAD),
                                                  mlpi_head_of(model->head)->name);
    return status == MLP_OK ? add_user_metadata(writer, &model->metadata) : status;
}

/* ---- Tensors ---- */

static mlp_status add_scalings(mlpi_safetensors_writer *writer, const mlp_model *model)
{
    const void *const values[MLPI_SCALING_TENSORS] = {model->input_scale, model->input_shift,
                                                      model->output_scale, model->output_shift};
    const mlpi_architecture *architecture = &model->architecture;
    mlp_status status = MLP_OK;
    for (int i = 0; i < MLPI_SCALING_TENSORS && status == MLP_OK; i++) {
        const mlpi_model_tensor tensor = mlpi_scaling_tensor(i, architecture->layers, architecture->widths);
        if (values[i])
            status = mlpi_safetensors_writer_array(writer, tensor.name,
                                                   mlpi_model_element_type(architecture->dtype), tensor.rank,
                                                   tensor.shape, values[i]);
    }
    return status;
}

mlp_status mlpi_model_add(mlpi_safetensors_writer *writer, const mlp_model *model)
{
    mlp_status status = add_metadata(writer, model);
    if (status == MLP_OK)
        status = mlpi_layer_tensors_add(writer, "", model->architecture.dtype, model->architecture.layers,
                                        model->layers);
    return status == MLP_OK ? add_scalings(writer, model) : status;
}

/* A finished writer of the model, and the size of what it will write. */
static mlp_status prepare(const mlp_model *model, mlpi_safetensors_writer **writer, int64_t *size)
{
    mlp_status status = mlpi_safetensors_writer_create(writer);
    if (status != MLP_OK)
        return status;
    status = mlpi_model_add(*writer, model);
    if (status == MLP_OK)
        status = mlpi_safetensors_writer_finish(*writer, size);
    if (status != MLP_OK)
        mlpi_safetensors_writer_free(*writer);
    return status;
}

/* ---- Destinations ---- */

mlp_status mlpi_model_save(const mlp_model *model, const char *path)
{
    mlpi_safetensors_writer *writer;
    int64_t size;
    mlp_status status = prepare(model, &writer, &size);
    if (status != MLP_OK)
        return status;
    status = mlpi_safetensors_writer_save(writer, path);
    mlpi_safetensors_writer_free(writer);
    return status;
}

mlp_status mlpi_model_save_size(const mlp_model *model, int64_t *bytes)
{
    mlpi_safetensors_writer *writer;
    int64_t size;
    const mlp_status status = prepare(model, &writer, &size);
    if (status != MLP_OK)
        return status;
    mlpi_safetensors_writer_free(writer);
    *bytes = size;
    return MLP_OK;
}

mlp_status mlpi_model_save_memory(const mlp_model *model, int64_t size, void *buffer)
{
    mlpi_safetensors_writer *writer;
    int64_t needed;
    mlp_status status = prepare(model, &writer, &needed);
    if (status != MLP_OK)
        return status;
    if (size < needed)
        status =
            mlpi_fail(MLP_ERR_SIZE, "size = %lld: must be at least %lld, what mlp_model_save_size() tells",
                      (long long)size, (long long)needed);
    else
        status = mlpi_safetensors_writer_write_memory(writer, buffer, size);
    mlpi_safetensors_writer_free(writer);
    return status;
}
