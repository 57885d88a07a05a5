#include "base/error.h"
#include "base/memory.h"
#include "io/file.h"
#include "io/json.h"
#include "model/layer_tensors.h"
#include "model/model_file.h"

#include <math.h>

enum { SHOWN = 80 };

#include "base/real32.h"
#include "model/model_file_read_tmpl.h"
#include "base/real64.h"
#include "model/model_file_read_tmpl.h"

/* ---- Which tensors there are ---- */

/* A scale and its shift come together or not at all. */
static mlp_status check_scalings(const mlpi_safetensors *file, const mlpi_model_header *header)
{
    mlp_status status = MLP_OK;
    for (int i = 0; i < MLPI_SCALING_TENSORS && status == MLP_OK; i++) {
        const mlpi_model_tensor tensor = mlpi_scaling_tensor(i, header->layers, header->widths);
        const mlpi_model_tensor partner = mlpi_scaling_tensor(i ^ 1, header->layers, header->widths);
        if (mlpi_safetensors_find(file, tensor.name) || mlpi_safetensors_find(file, partner.name))
            status = mlpi_tensor_check(file, &tensor, header->dtype);
    }
    return status;
}

static mlp_status check_no_others(const mlpi_safetensors *file, const mlpi_model_header *header)
{
    const int trained = mlpi_is_checkpoint(file);
    char shown[SHOWN];
    for (int64_t i = 0; i < mlpi_safetensors_tensor_count(file); i++) {
        const char *name = mlpi_safetensors_tensor_at(file, i)->name;
        if (mlpi_model_has_tensor(header->layers, name) || (trained && mlpi_is_trainers_tensor(name)))
            continue;
        mlpi_json_show(name, shown, sizeof shown);
        return mlpi_fail(MLP_ERR_FORMAT, "model file: tensor '%s' is none of a model with %d layers", shown,
                         (int)header->layers);
    }
    return MLP_OK;
}

/* ---- Their contents ---- */

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
        status = mlpi_layer_tensors_read(file, "", header->dtype, header->layers, model->layers);
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

mlp_status mlpi_model_read(const mlpi_safetensors *file, mlp_model **out)
{
    mlpi_model_header header;
    mlp_status status = mlpi_model_header_read(file, &header);
    if (status != MLP_OK)
        return status;
    status = mlpi_layer_tensors_check(file, "", header.dtype, header.layers, header.widths);
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
    status = mlpi_model_read(file, out);
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
