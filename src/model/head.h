/* Heads: what prediction applies to the output of a sample. One table feeds names, files and dispatch. */
#ifndef MLPI_MODEL_HEAD_H
#define MLPI_MODEL_HEAD_H

#include "mlp/model.h"

typedef struct mlpi_head_kind {
    int32_t id;
    const char *name;
    /* y <- head(y) for the n outputs of one sample; NaN gives NaN. NULL: leave them as they are. */
    void (*apply_f32)(int64_t n, float *y);
    void (*apply_f64)(int64_t n, double *y);
} mlpi_head_kind;

/* The kind with this id or name; NULL if there is none. */
const mlpi_head_kind *mlpi_head_of(int32_t id);
const mlpi_head_kind *mlpi_head_find(const char *name);

/* The kinds in the order of their ids: index 0 .. count - 1. */
const mlpi_head_kind *mlpi_head_at(int32_t index);
int32_t mlpi_head_count(void);

#endif
