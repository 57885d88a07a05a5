#include "engine/curvature.h"
#include "engine/blas.h"
#include "engine/deltas.h"
#include "layer/padding.h"

#include <string.h>

enum { GROUP = 16, LEAST = 128 }; /* threads share groups of samples; the least chunk */

/* Samples of `each` bytes that fit a chunk, in whole groups. */
static int64_t chunk_of(int64_t each)
{
    const int64_t chunk = MLPI_JET_CHUNK_BYTES / each / GROUP * GROUP;
    return chunk < LEAST ? LEAST : chunk;
}

mlpi_curvature_memory *mlpi_curvature_take(mlpi_arena *arena, mlp_dtype dtype, int32_t layers,
                                           const int64_t *widths, const mlpi_activation *activations,
                                           int64_t max_batch, int32_t threads, mlpi_jet_memory *jets)
{
    mlpi_curvature_memory *memory = mlpi_arena_take(arena, 1, sizeof *memory);
    mlpi_curvature_layer *kept = mlpi_arena_take(arena, layers, sizeof *kept);
    int64_t each = 1;
    for (int32_t l = 1; l <= layers; l++) {
        const int64_t column = mlpi_leading_dimension(widths[l], dtype) * mlpi_dtype_size(dtype);
        const int is_linear = mlpi_activation_is_identity(&activations[l - 1]),
                  is_curved = mlpi_activation_is_curved(&activations[l - 1]);
        each += 5 * column; /* y, sigma', Delta, RZ and RY */
        mlpi_curvature_layer at = {.delta = mlpi_arena_take(arena, max_batch, column)};
        at.slope = is_linear ? NULL : mlpi_arena_take(arena, max_batch, column);
        at.bend = is_curved ? mlpi_arena_take(arena, max_batch, column) : NULL;
        if (memory)
            kept[l - 1] = at;
    }
    void *sums = mlpi_arena_take(arena, threads,
                                 mlpi_leading_dimension(mlpi_plan_widest(0, layers, widths), dtype) *
                                     mlpi_dtype_size(dtype));
    if (memory)
        *memory =
            (mlpi_curvature_memory){.layers = kept, .jets = jets, .chunk = chunk_of(each), .sums = sums};
    return memory;
}

#include "base/real32.h"
#include "engine/native_tmpl.h"
#include "engine/stream_product_tmpl.h"
#include "engine/curvature_tmpl.h"

#include "base/real64.h"
#include "engine/native_tmpl.h"
#include "engine/stream_product_tmpl.h"
#include "engine/curvature_tmpl.h"
