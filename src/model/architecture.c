#include "model/architecture.h"

#include <string.h>

static int same_activation(const mlpi_activation *a, const mlpi_activation *b)
{
    return a->kind == b->kind && a->custom == b->custom && a->parameter == b->parameter;
}

int mlpi_architecture_equal(const mlpi_architecture *a, const mlpi_architecture *b)
{
    if (a->id == b->id)
        return 1;
    if (a->dtype != b->dtype || a->layers != b->layers ||
        memcmp(a->widths, b->widths, (size_t)(a->layers + 1) * sizeof *a->widths) != 0)
        return 0;
    for (int32_t l = 0; l < a->layers; l++)
        if (!same_activation(&a->activations[l], &b->activations[l]))
            return 0;
    return 1;
}

void mlpi_architecture_copy(const mlpi_architecture *source, int64_t *widths, mlpi_activation *activations,
                            mlpi_architecture *copy)
{
    memcpy(widths, source->widths, (size_t)(source->layers + 1) * sizeof *widths);
    for (int32_t l = 0; l < source->layers; l++)
        activations[l] = mlpi_activation_share(&source->activations[l]);
    *copy = *source;
    copy->widths = widths;
    copy->activations = activations;
}

void mlpi_architecture_release(mlpi_architecture *architecture)
{
    for (int32_t l = 0; l < architecture->layers; l++)
        mlpi_activation_release(&architecture->activations[l]);
}
