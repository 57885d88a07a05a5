#include "model/model.h"
#include "base/arena.h"
#include "base/error.h"
#include "base/generation.h"
#include "base/memory.h"

#include <string.h>

/* The shape of a model to be allocated. */
typedef struct shape {
    mlp_dtype dtype;
    int32_t layers;
    const int64_t *widths;
    mlpi_layout_size size;
} shape;

/* Lays the block out; returns the model where the arena has (zeroed) memory, NULL where it only measures. */
static mlp_model *carve(mlpi_arena *arena, const shape *wanted)
{
    const int64_t L = wanted->layers, element = mlpi_dtype_size(wanted->dtype);
    mlp_model *model = mlpi_arena_take(arena, 1, sizeof *model);
    int64_t *widths = mlpi_arena_take(arena, L + 1, sizeof *widths);
    mlpi_activation *activations = mlpi_arena_take(arena, L, sizeof *activations);
    mlpi_layout *layout = mlpi_arena_take(arena, L, sizeof *layout);
    mlpi_layer *layers = mlpi_arena_take(arena, L, sizeof *layers);
    void *params = mlpi_arena_take(arena, wanted->size.padded, element);
    void *input_room = mlpi_arena_take(arena, wanted->widths[0], 2 * element);
    void *output_room = mlpi_arena_take(arena, wanted->widths[L], 2 * element);
    if (!model)
        return NULL;
    *model = (mlp_model){.architecture = {.dtype = wanted->dtype,
                                          .layers = wanted->layers,
                                          .widths = widths,
                                          .activations = activations},
                         .layout = layout,
                         .layers = layers,
                         .params = params,
                         .padded_count = wanted->size.padded,
                         .param_count = wanted->size.compact,
                         .input_room = input_room,
                         .output_room = output_room,
                         .head = MLP_HEAD_NONE};
    return model;
}

void mlpi_model_link(const mlp_model *model, void *vector, mlpi_layer *layers)
{
    const int64_t size = mlpi_dtype_size(model->architecture.dtype);
    for (int32_t l = 0; l < model->architecture.layers; l++) {
        const mlpi_layout *at = &model->layout[l];
        layers[l] = (mlpi_layer){.n_in = at->n_in,
                                 .n_out = at->n_out,
                                 .lda = at->lda,
                                 .A = (char *)vector + at->A * size,
                                 .b = (char *)vector + at->b * size,
                                 .activation = &model->architecture.activations[l]};
    }
}

/* A model with zero parameters and no activations yet. */
static mlp_status allocate(mlp_dtype dtype, int32_t layers, const int64_t *widths, mlp_model **out)
{
    shape wanted = {dtype, layers, widths, {0, 0}};
    mlpi_arena arena = {0};
    if (mlpi_layout_place(dtype, layers, widths, NULL, &wanted.size))
        carve(&arena, &wanted);
    else
        arena.overflowed = 1;
    if (arena.overflowed)
        return mlpi_fail(MLP_ERR_SIZE, "widths: the parameters would not fit the address space");
    const int64_t bytes = arena.used;
    arena = (mlpi_arena){.memory = mlpi_zalloc(bytes)};
    if (!arena.memory)
        return mlpi_fail_memory("model", bytes);
    mlp_model *model = carve(&arena, &wanted);
    memcpy(model->architecture.widths, widths, (size_t)(layers + 1) * sizeof *widths);
    mlpi_layout_place(dtype, layers, widths, model->layout, &wanted.size);
    mlpi_model_link(model, model->params, model->layers);
    *out = model;
    return MLP_OK;
}

mlp_status mlpi_model_create(mlp_dtype dtype, int32_t layers, const int64_t *widths, mlp_activation hidden,
                             mlp_model **out)
{
    mlp_model *model = NULL;
    mlp_status status = allocate(dtype, layers, widths, &model);
    if (!model)
        return status;
    mlpi_activation *activations = model->architecture.activations;
    for (int32_t l = 0; l < layers && status == MLP_OK; l++)
        status = mlpi_activation_acquire(l < layers - 1 ? hidden : MLP_IDENTITY, &activations[l]);
    if (status != MLP_OK) {
        mlpi_model_destroy(model);
        return status;
    }
    model->architecture.id = mlpi_next_generation();
    mlpi_model_touch(model);
    *out = model;
    return MLP_OK;
}

void mlpi_model_destroy(mlp_model *model)
{
    if (!model)
        return;
    mlpi_architecture_release(&model->architecture);
    mlpi_metadata_clear(&model->metadata);
    mlpi_free(model);
}

/* Parameters and scaling, whose padding is zero on both sides. */
static void copy_values(mlp_model *model, const mlp_model *source)
{
    const int64_t element = mlpi_dtype_size(model->architecture.dtype), *widths = model->architecture.widths;
    const int64_t n_in = widths[0], n_out = widths[model->architecture.layers];
    memcpy(model->params, source->params, (size_t)(model->padded_count * element));
    memcpy(model->input_room, source->input_room, (size_t)(2 * n_in * element));
    memcpy(model->output_room, source->output_room, (size_t)(2 * n_out * element));
    model->input_scale = source->input_scale ? model->input_room : NULL;
    model->input_shift = source->input_shift ? (char *)model->input_room + n_in * element : NULL;
    model->output_scale = source->output_scale ? model->output_room : NULL;
    model->output_shift = source->output_shift ? (char *)model->output_room + n_out * element : NULL;
}

mlp_status mlpi_model_clone(const mlp_model *source, mlp_model **out)
{
    const mlpi_architecture *architecture = &source->architecture;
    mlp_model *model = NULL;
    mlp_status status = allocate(architecture->dtype, architecture->layers, architecture->widths, &model);
    if (!model)
        return status;
    mlpi_architecture_copy(architecture, model->architecture.widths, model->architecture.activations,
                           &model->architecture);
    copy_values(model, source);
    model->head = source->head;
    model->sealed = source->sealed;
    model->generation = source->generation;
    status = mlpi_metadata_copy(&source->metadata, &model->metadata);
    if (status == MLP_OK)
        *out = model;
    else
        mlpi_model_destroy(model);
    return status;
}

void mlpi_model_copy_params(mlp_model *model, const mlp_model *source)
{
    if (model != source)
        copy_values(model, source);
    mlpi_model_touch_params(model);
}

int64_t mlpi_model_params_bytes(const mlp_model *model)
{
    return model->padded_count * mlpi_dtype_size(model->architecture.dtype);
}

void mlpi_model_touch(mlp_model *model)
{
    model->generation = mlpi_next_generation();
}

void mlpi_model_touch_params(mlp_model *model)
{
    model->sealed = 1;
    mlpi_model_touch(model);
}

mlp_status mlpi_model_set_activation(mlp_model *model, int32_t layer, mlp_activation id)
{
    mlpi_activation *activation = &model->architecture.activations[layer - 1], chosen;
    const mlp_status status = mlpi_activation_acquire(id, &chosen);
    if (status != MLP_OK)
        return status;
    mlpi_activation_release(activation);
    *activation = chosen;
    model->architecture.id = mlpi_next_generation();
    return MLP_OK;
}

void mlpi_model_set_activation_parameter(mlp_model *model, int32_t layer, double value)
{
    model->architecture.activations[layer - 1].parameter = value;
    model->architecture.id = mlpi_next_generation();
}
