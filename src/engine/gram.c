#include "engine/gram.h"
#include "engine/blas.h"
#include "engine/float_mode.h"
#include "layer/padding.h"

/* Samples s of a tile: both tiles of a panel stay in the first cache. */
enum { TILE = 48 };

mlpi_gram mlpi_gram_take(mlpi_arena *arena, mlp_dtype dtype, int32_t layers, const int64_t *widths)
{
    const int64_t row = mlpi_plan_panel(dtype) * mlpi_dtype_size(dtype);
    mlpi_gram memory;
    for (int k = 0; k < 2; k++) {
        memory.panel[k] = mlpi_arena_take(arena, mlpi_plan_widest(0, layers, widths), row);
        memory.tile[k] = mlpi_arena_take(arena, TILE, row);
    }
    return memory;
}

#include "base/real32.h"
#include "engine/gram_tmpl.h"
#include "base/real64.h"
#include "engine/gram_tmpl.h"
