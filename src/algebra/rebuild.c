#include "algebra/rebuild.h"
#include "base/error.h"
#include "base/memory.h"

#include <string.h>

/* A built-in activation, which is what the new model has so far, needs no release. */
static void take_layer(const mlp_model *source, int32_t from, mlp_model *model, int32_t layer)
{
    const mlpi_layer *old = &source->layers[from - 1], *at = &model->layers[layer - 1];
    const int64_t element = mlpi_dtype_size(model->architecture.dtype);
    model->architecture.activations[layer - 1] =
        mlpi_activation_share(&source->architecture.activations[from - 1]);
    if (old->n_out != at->n_out)
        return;
    memcpy(at->b, old->b, (size_t)(at->n_out * element));
    if (old->n_in == at->n_in)
        memcpy(at->A, old->A, (size_t)(at->lda * at->n_in * element));
}

static void take_scaling(const mlp_model *source, mlp_model *model)
{
    const int32_t dtype = model->architecture.dtype;
    const int same = model->architecture.widths[0] == source->architecture.widths[0];
    if (dtype == MLP_F32) {
        mlpi_model_set_input_scaling_f32(model, same ? source->input_scale : NULL,
                                         same ? source->input_shift : NULL);
        mlpi_model_set_output_scaling_f32(model, source->output_scale, source->output_shift);
    } else {
        mlpi_model_set_input_scaling_f64(model, same ? source->input_scale : NULL,
                                         same ? source->input_shift : NULL);
        mlpi_model_set_output_scaling_f64(model, source->output_scale, source->output_shift);
    }
}

/* Zeros and identities, of the right widths. */
static mlp_status create(const mlp_model *source, mlpi_rebuild_plan plan, mlp_model **out)
{
    const mlpi_architecture *architecture = &source->architecture;
    const int32_t layers = architecture->layers + (plan.split > 0);
    int64_t *widths = mlpi_calloc(layers + 1, sizeof *widths);
    if (!widths)
        return mlpi_fail_memory("widths", (int64_t)(layers + 1) * (int64_t)sizeof *widths);
    for (int32_t l = 1; l <= layers; l++)
        widths[l] =
            plan.split == l ? plan.rank : architecture->widths[plan.split && l > plan.split ? l - 1 : l];
    widths[0] = plan.n_in;
    const mlp_status status = mlpi_model_create(architecture->dtype, layers, widths, MLP_IDENTITY, out);
    mlpi_free(widths);
    return status;
}

mlp_status mlpi_rebuild(const mlp_model *source, mlpi_rebuild_plan plan, mlp_model **out)
{
    mlp_model *model = NULL;
    mlp_status status = create(source, plan, &model);
    if (!model)
        return status;
    for (int32_t l = 1; l <= source->architecture.layers; l++)
        take_layer(source, l, model, plan.split && l >= plan.split ? l + 1 : l);
    take_scaling(source, model);
    model->head = source->head;
    status = mlpi_metadata_copy(&source->metadata, &model->metadata);
    if (status == MLP_OK)
        *out = model;
    else
        mlpi_model_destroy(model);
    return status;
}
