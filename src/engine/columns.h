/*
 * The path for narrow networks and many samples: a tile of samples goes through the whole network, with the samples along
 * the vectors. Every element of a vector works whatever the widths are, weights are read one by one as they lie, and what
 * is between the layers stays in the nearest cache.
 */
#ifndef MLPI_ENGINE_COLUMNS_H
#define MLPI_ENGINE_COLUMNS_H

#include "engine/border.h"
#include "engine/chain.h"

enum { MLPI_COLUMNS_WIDEST = 512 }; /* two tiles of such a layer fill a quarter of the second cache */

#include "base/real32.h"
#include "engine/columns_decl_tmpl.h"
#include "base/real64.h"
#include "engine/columns_decl_tmpl.h"

/* Bytes of tile buffers for a chain of these widths (0..layers): what plan->tiles has for each thread. */
int64_t mlpi_columns_bytes(mlp_dtype dtype, int32_t layers, const int64_t *widths);

/* Whether no layer is too wide for the path. */
int mlpi_columns_fit(int32_t layers, const int64_t *widths);

#endif
