/*
 * What two models must share for one workspace to fit both: number type, widths, activations and their
 * parameters.
 */
#ifndef MLPI_MODEL_ARCHITECTURE_H
#define MLPI_MODEL_ARCHITECTURE_H

#include "layer/activation.h"

enum { MLPI_MAX_LAYERS = 4096 };

typedef struct mlpi_architecture {
    mlp_dtype dtype;
    int32_t layers;               /* L */
    int64_t *widths;              /* n_0 .. n_L */
    mlpi_activation *activations; /* of layer l at [l - 1] */
    uint64_t id;                  /* process-unique: equal ids are equal architectures, not the converse */
} mlpi_architecture;

int mlpi_architecture_equal(const mlpi_architecture *a, const mlpi_architecture *b);

/* Adopt the contents of `source` into arrays the caller provides; activations are shared, the id is kept. */
void mlpi_architecture_copy(const mlpi_architecture *source, int64_t *widths, mlpi_activation *activations,
                            mlpi_architecture *copy);

/* Gives the activations back; the arrays are the caller's. */
void mlpi_architecture_release(mlpi_architecture *architecture);

#endif
