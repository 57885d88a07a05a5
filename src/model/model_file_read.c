#include "base/error.h"
#include "base/memory.h"
#include "io/file.h"
#include "io/json.h"
#include "model/model_file.h"
#include "model/model_schema.h"

#include <math.h>

enum { SHOWN = 80, CHUNK = 512 };

#include "base/real32.h"
#include "model/model_file_read_tmpl.h"
#include "base/real64.h"
#include "model/model_file_read_tmpl.h"

/* ---- Which tensors there are ---- */

static mlp_status check_tensor(const mlpi_safetensors_tensor *found, const mlpi_model_tensor *expected,
                               mlp_dtype dtype)
{
    const int32_t type = mlpi_model_element_type(dtype);
    if (found->dtype != type)
        return mlpi_fail(MLP_ERR_FORMAT, "model file: tensor '%s' has dtype %s: must be %s", expected->name,
                         mlpi_safetensors_dtype_name(found->dtype), mlpi_safetensors_dtype_name(type));
    if (found->rank != expected->rank)
        return mlpi_fail(MLP_ERR_FORMAT, "model file: tensor '%s' has %d dimensions: must be %d",
                         expected->name, (int)found->rank, (int)expected->rank);
    for (int32_t i = 0; i < expected->rank; i++)
        if (found->shape[i] != expected->shape[i])
            return mlpi_fail(MLP_ERR_FORMAT, "model file: tensor '%s' has %lld in dimension %d: must be %lld",
                             expected->name, (long long)found->shape[i], (int)i,
                             (long long)expected->shape[i]);
    return MLP_OK;
}

static mlp_status check_present(const mlpi_safetensors *file, const mlpi_model_tensor *expected,
                                mlp_dtype dtype)
{
    const mlpi_safetensors_tensor *found = mlpi_safetensors_find(file, expected->name);
    return found ? check_tensor(found, expected, dtype)
                 : mlpi_fail(MLP_ERR_FORMAT, "model file: tensor '%s' is missing", expected->name);
}

static mlp_status check_layers(const mlpi_safetensors *file, const mlpi_model_header *header)
{
    mlp_status status = MLP_OK;
    for (int32_t l = 1; l <= header->layers && status == MLP_OK; l++) {
        const int64_t n_in = header->widths[l - 1], n_out = header->widths[l];
        const mlpi_model_tensor weight = mlpi_weight_tensor(l, n_out, n_in),
                                bias = mlpi_bias_tensor(l, n_out);
        status = check_present(file, &weight, header->dtype);
        if (status == MLP_OK)
            status = check_present(file, &bias, header->dtype);
    }
    return status;
}

/* A scale and its shift come together or not at all. */
static mlp_status check_scalings(const mlpi_safetensors *file, const mlpi_model_header *header)
{
    mlp_status status = MLP_OK;
    for (int i = 0; i < MLPI_SCALING_TENSORS && status == MLP_OK; i++) {
        const mlpi_model_tensor tensor = mlpi_scaling_tensor(i, header->layers, header->widths);
        const mlpi_model_tensor partner = mlpi_scaling_tensor(i ^ 1, header->layers, header->widths);
        if (mlpi_safetensors_find(file, tensor.name) || mlpi_safetensors_find(file, partner.name))
            status = check_present(file, &tensor, header->dtype);
    }
    return status;
}

static mlp_status check_no_others(const mlpi_safetensors *file, const mlpi_model_header *header)
{
    char shown[SHOWN];
    for (int64_t i = 0; i < mlpi_safetensors_tensor_count(file); i++) {
        const char *name = mlpi_safetensors_tensor_at(file, i)->name;
        if (mlpi_model_has_tensor(header->layers, name))
            continue;
        mlpi_json_show(name, shown, sizeof shown);
        return mlpi_fail(MLP_ERR_FORMAT, "model file: tensor '%s' is none of a model with %d layers", shown,
                         (int)header->layers);
    }
    return MLP_OK;
}

/* ---- Their contents ---- */

static mlp_status read_layers(const mlpi_safetensors *file, mlp_model *model)
{
    for (int32_t l = 1; l <= model->architecture.layers; l++) {
        const mlpi_layer *at = &model->layers[l - 1];
        const mlpi_model_tensor weight = mlpi_weight_tensor(l, at->n_out, at->n_in);
        const mlpi_model_tensor bias = mlpi_bias_tensor(l, at->n_out);
        const mlpi_safetensors_tensor *A = mlpi_safetensors_find(file, weight.name);
        const mlpi_safetensors_tensor *b = mlpi_safetensors_find(file, bias.name);
        const mlp_status status =
            model->architecture.dtype == MLP_F32 ? read_layer_f32(A, b, at) : read_layer_f64(A, b, at);
        if (status != MLP_OK)
            return status;
    }
    return MLP_OK;
}

static mlp_status read_scalings(const mlpi_safetensors *file, mlp_model *model)
{
    const mlpi_architecture *architecture = &model->architecture;
    void **const places[MLPI_SCALING_TENSORS] = {&model->input_scale, &model->input_shift,
                                                 &model->output_scale, &model->output_shift};
    void *const rooms[2] = {model->input_room, model->output_room};
    mlp_status status = MLP_OK;
    for (int i = 0; i < MLPI_SCALING_TENSORS && status == MLP_OK; i++) {
        const mlpi_model_tensor expected = mlpi_scaling_tensor(i, architecture->layers, architecture->widths);
        const mlpi_safetensors_tensor *found = mlpi_safetensors_find(file, expected.name);
        if (!found)
            continue;
        *places[i] = (char *)rooms[i / 2] + i % 2 * found->count * mlpi_dtype_size(architecture->dtype);
        status = architecture->dtype == MLP_F32 ? read_finite_f32(found, *places[i])
                                                : read_finite_f64(found, *places[i]);
    }
    return status;
}

/* A model of the header's shape, from tensors known to be there. */
static mlp_status build(const mlpi_safetensors *file, const mlpi_model_header *header, mlp_model **out)
{
    mlp_model *model;
    mlp_status status =
        mlpi_model_create(header->dtype, header->layers, header->widths, MLP_IDENTITY, &model);
    if (status != MLP_OK)
        return status;
    model->head = header->head;
    status = mlpi_model_header_read_activations(file, model);
    if (status == MLP_OK)
        status = read_layers(file, model);
    if (status == MLP_OK)
        status = read_scalings(file, model);
    if (status == MLP_OK)
        status = mlpi_model_header_read_metadata(file, model);
    if (status != MLP_OK) {
        mlpi_model_destroy(model);
        return status;
    }
    mlpi_model_touch_params(model);
    *out = model;
    return MLP_OK;
}

static mlp_status read_model(const mlpi_safetensors *file, mlp_model **out)
{
    mlpi_model_header header;
    mlp_status status = mlpi_model_header_read(file, &header);
    if (status != MLP_OK)
        return status;
    status = check_layers(file, &header);
    if (status == MLP_OK)
        status = check_scalings(file, &header);
    if (status == MLP_OK)
        status = check_no_others(file, &header);
    if (status == MLP_OK)
        status = build(file, &header, out);
    mlpi_free(header.widths);
    return status;
}

mlp_status mlpi_model_load_memory(int64_t size, const void *buffer, mlp_model **out)
{
    mlpi_safetensors *file;
    mlp_status status = mlpi_safetensors_parse(buffer, size, &file);
    if (status != MLP_OK)
        return status;
    status = read_model(file, out);
    mlpi_safetensors_free(file);
    return status;
}

mlp_status mlpi_model_load(const char *path, mlp_model **out)
{
    void *bytes;
    int64_t size;
    mlp_status status = mlpi_file_read(path, &bytes, &size);
    if (status != MLP_OK)
        return status;
    status = mlpi_model_load_memory(size, bytes, out);
    mlpi_free(bytes);
    return status;
}
