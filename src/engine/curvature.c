#include "engine/curvature.h"
#include "engine/blas.h"
#include "layer/padding.h"

#include <string.h>

mlpi_curvature_memory *mlpi_curvature_take(mlpi_arena *arena, mlp_dtype dtype, int32_t layers,
                                           const int64_t *widths, const mlpi_activation *activations,
                                           int64_t max_batch, mlpi_jet_memory *jets)
{
    mlpi_curvature_memory *memory = mlpi_arena_take(arena, 1, sizeof *memory);
    mlpi_curvature_layer *kept = mlpi_arena_take(arena, layers, sizeof *kept);
    for (int32_t l = 1; l <= layers; l++) {
        const int64_t column = mlpi_leading_dimension(widths[l], dtype) * mlpi_dtype_size(dtype);
        const int is_linear = mlpi_activation_is_identity(&activations[l - 1]);
        mlpi_curvature_layer at = {.delta = mlpi_arena_take(arena, max_batch, column)};
        at.slope = is_linear ? NULL : mlpi_arena_take(arena, max_batch, column);
        at.bend = is_linear ? NULL : mlpi_arena_take(arena, max_batch, column);
        if (memory)
            kept[l - 1] = at;
    }
    if (memory)
        *memory = (mlpi_curvature_memory){.layers = kept, .jets = jets};
    return memory;
}

static int32_t threads_for(const mlpi_chain *chain, int64_t batch)
{
    return mlpi_chain_is_native(chain) ? mlpi_plan_threads(chain->plan, 2 * mlpi_chain_work(chain, batch)) : 1;
}

#include "base/real32.h"
#include "engine/stream_product_tmpl.h"
#include "engine/curvature_tmpl.h"

#include "base/real64.h"
#include "engine/stream_product_tmpl.h"
#include "engine/curvature_tmpl.h"
