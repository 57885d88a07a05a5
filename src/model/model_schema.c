#include "model/model_schema.h"

#include <stdio.h>
#include <string.h>

static const char *const keys[MLPI_KEY_COUNT] = {
    [MLPI_KEY_FORMAT] = "mlp.format",
    [MLPI_KEY_DTYPE] = "mlp.dtype",
    [MLPI_KEY_WIDTHS] = "mlp.widths",
    [MLPI_KEY_ACTIVATIONS] = "mlp.activations",
    [MLPI_KEY_PARAMETERS] = "mlp.activation_parameters",
    [MLPI_KEY_HEAD] = "mlp.head",
};

const char *mlpi_model_key(int key)
{
    return keys[key];
}

const char *mlpi_model_schema_version(void)
{
    return "1";
}

const char *mlpi_model_framework_key(void)
{
    return "format";
}

const char *mlpi_model_framework(void)
{
    return "pt";
}

mlpi_model_tensor mlpi_weight_tensor(const char *prefix, int32_t layer, int64_t n_out, int64_t n_in)
{
    mlpi_model_tensor tensor = {.rank = 2, .shape = {n_out, n_in}};
    snprintf(tensor.name, sizeof tensor.name, "%slayers.%d.weight", prefix, (int)layer - 1);
    return tensor;
}

mlpi_model_tensor mlpi_bias_tensor(const char *prefix, int32_t layer, int64_t n_out)
{
    mlpi_model_tensor tensor = {.rank = 1, .shape = {n_out}};
    snprintf(tensor.name, sizeof tensor.name, "%slayers.%d.bias", prefix, (int)layer - 1);
    return tensor;
}

static const struct {
    char name[16];
    int output;
} scalings[MLPI_SCALING_TENSORS] = {
    {"input_scale", 0}, {"input_shift", 0}, {"output_scale", 1}, {"output_shift", 1}};

mlpi_model_tensor mlpi_scaling_tensor(int index, int32_t layers, const int64_t *widths)
{
    mlpi_model_tensor tensor = {.rank = 1, .shape = {widths[scalings[index].output ? layers : 0]}};
    memcpy(tensor.name, scalings[index].name, sizeof scalings[index].name);
    return tensor;
}

int mlpi_model_has_tensor(int32_t layers, const char *name)
{
    for (int i = 0; i < MLPI_SCALING_TENSORS; i++)
        if (strcmp(name, scalings[i].name) == 0)
            return 1;
    return mlpi_model_has_layer(layers, name);
}

int mlpi_model_has_layer(int32_t layers, const char *name)
{
    int layer;
    /* more digits than a layer's number has are not read, and a name is compared as a whole */
    if (sscanf(name, "layers.%5d.", &layer) != 1 || layer < 0 || layer >= layers)
        return 0;
    return strcmp(name, mlpi_weight_tensor("", layer + 1, 1, 1).name) == 0 ||
           strcmp(name, mlpi_bias_tensor("", layer + 1, 1).name) == 0;
}

const char *mlpi_checkpoint_version_key(void)
{
    return "mlp.trainer.format";
}

int mlpi_is_checkpoint(const mlpi_safetensors *file)
{
    return mlpi_safetensors_metadata(file, mlpi_checkpoint_version_key()) != NULL;
}

int mlpi_is_trainers_key(const char *key)
{
    static const char prefix[] = "mlp.trainer.";
    return strncmp(key, prefix, sizeof prefix - 1) == 0;
}

int mlpi_is_trainers_tensor(const char *name)
{
    static const char prefix[] = "trainer.";
    return strncmp(name, prefix, sizeof prefix - 1) == 0;
}

int32_t mlpi_model_element_type(mlp_dtype dtype)
{
    return dtype == MLP_F32 ? MLPI_ST_F32 : MLPI_ST_F64;
}
