/*
 * The sum over layers of a tangent kernel, a panel of rows at a time:
 *
 *     K_ts += (Delta_t . Delta_s) (Y_t . Y_s + 1)    for the samples t of a panel and all s up to its end
 *
 * Samples t run along the vectors: the panel's Delta and Y are transposed once, and meet the other samples as they are,
 * in tiles of a few samples s.
 */
#ifndef MLPI_ENGINE_GRAM_H
#define MLPI_ENGINE_GRAM_H

#include "engine/plan.h"

/* Working memory, the same for every layer. */
typedef struct mlpi_gram {
    void *panel[2]; /* transposes: the widest of y_0 .. y_L rows of one panel's samples */
    void *tile[2];  /* inner products of a panel with a tile of samples */
} mlpi_gram;

/* Takes the memory for layers of these widths (0..layers); an arena without memory only measures. */
mlpi_gram mlpi_gram_take(mlpi_arena *arena, mlp_dtype dtype, int32_t layers, const int64_t *widths);

#include "base/real32.h"
#include "engine/gram_decl_tmpl.h"
#include "base/real64.h"
#include "engine/gram_decl_tmpl.h"

#endif
