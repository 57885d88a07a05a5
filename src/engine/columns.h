/*
 * The path for narrow networks and many samples: a tile of samples goes through the whole network, with the samples along
 * the vectors. Every element of a vector works whatever the widths are, weights are read one by one as they lie, and what
 * is between the layers stays in the nearest cache.
 */
#ifndef MLPI_ENGINE_COLUMNS_H
#define MLPI_ENGINE_COLUMNS_H

#include "engine/border.h"
#include "engine/chain.h"

enum {
    MLPI_COLUMNS_WIDEST = 512, /* two tiles of such a layer fill a quarter of the second cache */
    MLPI_COLUMNS_FEW = 4,      /* samples below which a vector is mostly empty */
};

#include "base/real32.h"
#include "engine/columns_decl_tmpl.h"
#include "base/real64.h"
#include "engine/columns_decl_tmpl.h"

/*
 * Takes plan->tiles, two for each thread, for passes over a chain of these widths (0..layers); NULL where the path is never
 * taken, and while the arena only measures.
 */
void *mlpi_columns_take(mlpi_arena *arena, mlp_dtype dtype, int32_t layers, const int64_t *widths,
                        int64_t max_batch, int32_t threads);

/* Whether no layer is too wide for the path. */
int mlpi_columns_fit(int32_t layers, const int64_t *widths);

#endif
