#include "mlp/model.h"

#include "api/check.h"
#include "base/error.h"
#include "model/head.h"
#include "model/initialize.h"

#include <stdio.h>

const char *mlp_head_name(mlp_head head)
{
    const mlpi_head_kind *kind = mlpi_head_of(head);
    return kind ? kind->name : NULL;
}

mlp_head mlp_head_from_name(const char *name)
{
    const mlpi_head_kind *kind = name ? mlpi_head_find(name) : NULL;
    return kind ? kind->id : 0;
}

/* ---- Life ---- */

static mlp_status check_widths(int32_t layers, const int64_t *widths)
{
    char name[32];
    mlp_status status = mlpi_check_size("layers", layers, 1, MLPI_MAX_LAYERS);
    if (status == MLP_OK)
        status = mlpi_check_pointer("widths", widths);
    for (int32_t l = 0; l <= layers && status == MLP_OK; l++) {
        snprintf(name, sizeof name, "widths[%d]", (int)l);
        status = mlpi_check_size(name, widths[l], 1, INT32_MAX);
    }
    return status;
}

static mlp_status check_activation(const char *name, mlp_activation activation)
{
    return mlpi_activation_name_of(activation)
               ? MLP_OK
               : mlpi_fail(MLP_ERR_ARGUMENT, "%s = %d: neither a constant nor a registered id", name,
                           (int)activation);
}

mlp_status mlp_model_create(mlp_dtype dtype, int32_t layers, const int64_t *widths, mlp_activation hidden,
                            mlp_model **model)
{
    mlp_status status = mlpi_check_pointer("model", model);
    if (status != MLP_OK)
        return status;
    *model = NULL;
    status = mlpi_check_argument("dtype", dtype, MLP_F32, MLP_F64);
    if (status == MLP_OK)
        status = check_widths(layers, widths);
    if (status == MLP_OK)
        status = check_activation("hidden", hidden);
    return status == MLP_OK ? mlpi_model_create(dtype, layers, widths, hidden, model) : status;
}

void mlp_model_destroy(mlp_model *model)
{
    mlpi_model_destroy(model);
}

mlp_status mlp_model_clone(const mlp_model *source, mlp_model **model)
{
    mlp_status status = mlpi_check_pointer("model", model);
    if (status != MLP_OK)
        return status;
    *model = NULL;
    status = mlpi_check_pointer("source", source);
    return status == MLP_OK ? mlpi_model_clone(source, model) : status;
}

mlp_status mlp_model_copy_params(mlp_model *model, const mlp_model *source)
{
    mlp_status status = mlpi_check_pointer("model", model);
    if (status == MLP_OK)
        status = mlpi_check_pointer("source", source);
    if (status != MLP_OK)
        return status;
    if (source->architecture.dtype != model->architecture.dtype)
        return mlpi_fail(MLP_ERR_DTYPE, "source is %s: the model is %s",
                         mlp_dtype_name(source->architecture.dtype),
                         mlp_dtype_name(model->architecture.dtype));
    if (!mlpi_architecture_equal(&model->architecture, &source->architecture))
        return mlpi_fail(MLP_ERR_ARGUMENT, "source: its widths or activations are not those of the model");
    mlpi_model_copy_params(model, source);
    return MLP_OK;
}

/* ---- Shape ---- */

mlp_dtype mlp_model_dtype(const mlp_model *model)
{
    return model ? model->architecture.dtype : 0;
}

int32_t mlp_model_layer_count(const mlp_model *model)
{
    return model ? model->architecture.layers : 0;
}

int64_t mlp_model_width(const mlp_model *model, int32_t layer)
{
    return model && layer >= 0 && layer <= model->architecture.layers ? model->architecture.widths[layer] : 0;
}

int64_t mlp_model_param_count(const mlp_model *model)
{
    return model ? model->param_count : 0;
}

static int has_layer(const mlp_model *model, int32_t layer)
{
    return model && layer >= 1 && layer <= model->architecture.layers;
}

int64_t mlp_model_weight_offset(const mlp_model *model, int32_t layer)
{
    return has_layer(model, layer) ? model->layout[layer - 1].compact_A : -1;
}

int64_t mlp_model_bias_offset(const mlp_model *model, int32_t layer)
{
    return has_layer(model, layer) ? model->layout[layer - 1].compact_b : -1;
}

uint64_t mlp_model_generation(const mlp_model *model)
{
    return model ? model->generation : 0;
}

/* ---- Activations ---- */

static mlp_status check_layer(const mlp_model *model, int32_t layer)
{
    const mlp_status status = mlpi_check_pointer("model", model);
    return status == MLP_OK ? mlpi_check_argument("layer", layer, 1, model->architecture.layers) : status;
}

static mlp_status check_open(const mlp_model *model)
{
    return model->sealed ? mlpi_fail(MLP_ERR_STATE, "model: its parameters have been set, which fixes the "
                                                    "activations; choose them first")
                         : MLP_OK;
}

mlp_status mlp_model_set_activation(mlp_model *model, int32_t layer, mlp_activation activation)
{
    mlp_status status = check_layer(model, layer);
    if (status == MLP_OK)
        status = check_activation("activation", activation);
    if (status == MLP_OK)
        status = check_open(model);
    return status == MLP_OK ? mlpi_model_set_activation(model, layer, activation) : status;
}

static mlp_status check_parameter(const mlpi_activation *activation, int32_t layer, double value)
{
    const mlpi_activation_kind *kind = activation->kind;
    if (!kind || !kind->parameter)
        return mlpi_fail(MLP_ERR_ARGUMENT, "layer = %d: its activation, %s, has no parameter", (int)layer,
                         mlpi_activation_name(activation));
    if (!(value >= kind->parameter_minimum && value <= kind->parameter_maximum))
        return mlpi_fail(MLP_ERR_ARGUMENT, "value = %g: the %s of %s must be from %g to %g", value,
                         kind->parameter, kind->name, kind->parameter_minimum, kind->parameter_maximum);
    return MLP_OK;
}

mlp_status mlp_model_set_activation_parameter(mlp_model *model, int32_t layer, double value)
{
    mlp_status status = check_layer(model, layer);
    if (status == MLP_OK)
        status = check_parameter(&model->architecture.activations[layer - 1], layer, value);
    if (status == MLP_OK)
        status = check_open(model);
    if (status == MLP_OK)
        mlpi_model_set_activation_parameter(model, layer, value);
    return status;
}

mlp_activation mlp_model_activation(const mlp_model *model, int32_t layer)
{
    return has_layer(model, layer) ? mlpi_activation_id(&model->architecture.activations[layer - 1]) : 0;
}

double mlp_model_activation_parameter(const mlp_model *model, int32_t layer)
{
    if (!has_layer(model, layer))
        return 0;
    const mlpi_activation *activation = &model->architecture.activations[layer - 1];
    return activation->kind && activation->kind->parameter ? activation->parameter : 0;
}

/* ---- Initialisation ---- */

static mlp_status find_initializer(mlp_initializer id, const mlpi_initializer **kind)
{
    *kind = mlpi_initializer_of(id);
    return *kind ? MLP_OK
                 : mlpi_fail(MLP_ERR_ARGUMENT, "initializer = %d: must be one of the MLP_INIT_... constants",
                             (int)id);
}

mlp_status mlp_model_initialize(mlp_model *model, mlp_initializer initializer, uint64_t seed)
{
    const mlpi_initializer *kind;
    mlp_status status = mlpi_check_pointer("model", model);
    if (status == MLP_OK)
        status = find_initializer(initializer, &kind);
    return status == MLP_OK ? mlpi_model_initialize(model, kind, seed) : status;
}

mlp_status mlp_model_initialize_layer(mlp_model *model, int32_t layer, mlp_initializer initializer,
                                      double parameter, uint64_t seed)
{
    const mlpi_initializer *kind;
    mlp_status status = check_layer(model, layer);
    if (status == MLP_OK)
        status = find_initializer(initializer, &kind);
    if (status != MLP_OK)
        return status;
    if (kind->parameter && !(parameter >= kind->parameter_minimum && parameter <= kind->parameter_maximum))
        return mlpi_fail(MLP_ERR_ARGUMENT, "parameter = %g: the %s of %s must be from %g to %g", parameter,
                         kind->parameter, kind->name, kind->parameter_minimum, kind->parameter_maximum);
    return mlpi_model_initialize_layer(model, layer, kind, parameter, seed);
}

/* ---- Head ---- */

mlp_status mlp_model_set_head(mlp_model *model, mlp_head head)
{
    mlp_status status = mlpi_check_pointer("model", model);
    if (status == MLP_OK && !mlpi_head_of(head))
        status =
            mlpi_fail(MLP_ERR_ARGUMENT, "head = %d: must be one of the MLP_HEAD_... constants", (int)head);
    if (status == MLP_OK)
        model->head = head;
    return status;
}

mlp_head mlp_model_head(const mlp_model *model)
{
    return model ? model->head : 0;
}
