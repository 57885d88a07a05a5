#include "build_model.h"

#include "heap.h"
#include "report.h"
#include "typed.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The initialiser that keeps an activation's signals in scale; glorot_uniform for those not listed. */
static const struct {
    mlp_activation activation;
    mlp_initializer initializer;
} suited[] = {
    {MLP_RELU, MLP_INIT_HE_NORMAL}, {MLP_LEAKY_RELU, MLP_INIT_HE_NORMAL}, {MLP_ELU, MLP_INIT_HE_NORMAL},
    {MLP_GELU, MLP_INIT_HE_NORMAL}, {MLP_GELU_TANH, MLP_INIT_HE_NORMAL},  {MLP_SILU, MLP_INIT_HE_NORMAL},
    {MLP_MISH, MLP_INIT_HE_NORMAL}, {MLP_SELU, MLP_INIT_LECUN_NORMAL},    {MLP_SINE, MLP_INIT_SIREN},
};

static mlp_initializer initializer_for(const struct train_options *options)
{
    if (options->init)
        return options->init;
    for (size_t i = 0; i < sizeof suited / sizeof *suited; i++) {
        if (suited[i].activation == options->activation)
            return suited[i].initializer;
    }
    return MLP_INIT_GLOROT_UNIFORM;
}

mlp_loss build_model_loss(const struct train_options *options, const struct task *task)
{
    if (options->loss.constant)
        return options->loss.constant;
    return task->train.labelled ? MLP_SOFTMAX_CROSS_ENTROPY : MLP_SQUARED_ERROR;
}

static mlp_status create(const struct train_options *options, const struct task *task, mlp_model **model)
{
    int32_t layers = options->hidden_count + 1;
    int64_t *widths = heap_new(layers + 1, sizeof *widths);
    mlp_status status;

    widths[0] = task->train.features;
    memcpy(widths + 1, options->hidden, (size_t)options->hidden_count * sizeof *widths);
    widths[layers] = task->train.labelled ? task->schema.classes.count : task->train.targets;
    status = mlp_model_create(options->dtype, layers, widths, options->activation, model);
    for (int32_t l = 1; l < layers && status >= 0 && !isnan(options->activation_parameter); l++)
        status = mlp_model_set_activation_parameter(*model, l, options->activation_parameter);
    free(widths);
    return status;
}

/* Bytes become 0 to 1 inside the model, so that it takes bytes for ever after. */
static mlp_status scale_bytes(const struct dataset *set, mlp_model *model)
{
    void *scale = heap_new(set->features, typed_size(set->dtype));
    void *shift = heap_new(set->features, typed_size(set->dtype));
    mlp_status status;

    for (int64_t i = 0; i < set->features; i++)
        typed_put(set->dtype, scale, i, 1.0 / 255);
    status = typed_set_input_scaling(model, scale, shift);
    free(scale);
    free(shift);
    return status;
}

static mlp_status set_scaling(const struct train_options *options, const struct task *task, mlp_model *model)
{
    mlp_status status = MLP_OK;

    if (options->standardize)
        status = mlp_model_fit_input_scaling(model, task->train.data, MLP_SCALING_STANDARD);
    else if (task->bytes)
        status = scale_bytes(&task->train, model);
    if (status >= 0 && options->standardize && task->train.targets)
        status = mlp_model_fit_output_scaling(model, task->train.data, MLP_SCALING_STANDARD);
    return status;
}

static mlp_status finish(const struct train_options *options, const struct task *task, mlp_model *model)
{
    mlp_status status = mlp_model_initialize(model, initializer_for(options), (uint64_t)options->data.seed);

    if (status >= 0)
        status = set_scaling(options, task, model);
    if (status >= 0 && build_model_loss(options, task) == MLP_SOFTMAX_CROSS_ENTROPY)
        status = mlp_model_set_head(model, MLP_HEAD_SOFTMAX);
    if (status >= 0)
        status = mlp_model_set_metadata(model, "data", task->name);
    if (status >= 0)
        status = mlp_model_set_metadata(model, "loss",
                                        options->text.loss ? options->text.loss
                                                           : mlp_loss_name(build_model_loss(options, task)));
    return status;
}

int build_model(const struct train_options *options, const struct task *task, mlp_model **model)
{
    mlp_status status = create(options, task, model);
    int result;

    if (status >= 0)
        status = finish(options, task, *model);
    result = report_status(status, "model");
    if (result == CLI_OK)
        result = schema_store(&task->schema, *model);
    if (result != CLI_OK) {
        mlp_model_destroy(*model);
        *model = NULL;
    }
    return result;
}
