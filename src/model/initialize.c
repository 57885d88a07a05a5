#include "model/initialize.h"
#include "base/error.h"
#include "base/memory.h"

#include <string.h>

/* The frequency SIREN divides by: of the layer's own sine, else of the nearest before it, else 1; never 0. */
static double omega_of(const mlp_model *model, int32_t layer)
{
    for (int32_t l = layer; l >= 1; l--) {
        const mlpi_activation *activation = &model->architecture.activations[l - 1];
        if (mlpi_activation_id(activation) == MLP_SINE && activation->parameter != 0)
            return activation->parameter;
    }
    return 1;
}

/* Fills the place of layer l in a block laid out as the parameters; the padding is left alone. */
static mlp_status fill_layer(const mlp_model *model, int32_t layer, const mlpi_initializer *kind,
                             double parameter, uint64_t seed, void *block)
{
    const mlpi_layout *at = &model->layout[layer - 1];
    const double omega = omega_of(model, layer);
    if (model->architecture.dtype == MLP_F32)
        return mlpi_initializer_fill_f32(kind, parameter, seed, layer, omega, at->n_out, at->n_in,
                                         (float *)block + at->A, at->lda, (float *)block + at->b);
    return mlpi_initializer_fill_f64(kind, parameter, seed, layer, omega, at->n_out, at->n_in,
                                     (double *)block + at->A, at->lda, (double *)block + at->b);
}

static mlp_status fill_all(const mlp_model *model, const mlpi_initializer *kind, uint64_t seed, void *block)
{
    mlp_status status = MLP_OK;
    for (int32_t l = 1; l <= model->architecture.layers && status == MLP_OK; l++)
        status = fill_layer(model, l, kind, kind->parameter_default, seed, block);
    return status;
}

/* A kind that may fail in a later layer fills a block of its own first. */
static mlp_status fill_aside(mlp_model *model, const mlpi_initializer *kind, uint64_t seed)
{
    const int64_t bytes = mlpi_model_params_bytes(model);
    void *block = mlpi_zalloc(bytes);
    if (!block)
        return mlpi_fail_memory("initialised parameters", bytes);
    const mlp_status status = fill_all(model, kind, seed, block);
    if (status == MLP_OK)
        memcpy(model->params, block, (size_t)bytes);
    mlpi_free(block);
    return status;
}

mlp_status mlpi_model_initialize(mlp_model *model, const mlpi_initializer *kind, uint64_t seed)
{
    const mlp_status status =
        kind->variate ? fill_all(model, kind, seed, model->params) : fill_aside(model, kind, seed);
    if (status == MLP_OK)
        mlpi_model_touch_params(model);
    return status;
}

mlp_status mlpi_model_initialize_layer(mlp_model *model, int32_t layer, const mlpi_initializer *kind,
                                       double parameter, uint64_t seed)
{
    const mlp_status status = fill_layer(model, layer, kind, parameter, seed, model->params);
    if (status == MLP_OK)
        mlpi_model_touch_params(model);
    return status;
}
