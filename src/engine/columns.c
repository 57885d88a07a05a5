#include "engine/columns.h"
#include "engine/float_mode.h"
#include "layer/padding.h"

static int64_t widest_of(const mlpi_chain *chain)
{
    int64_t widest = chain->layers[0].n_in;
    for (int32_t l = 0; l < chain->count; l++)
        widest = chain->layers[l].n_out > widest ? chain->layers[l].n_out : widest;
    return widest;
}

int mlpi_columns_fit(int32_t layers, const int64_t *widths)
{
    return mlpi_plan_widest(0, layers, widths) <= MLPI_COLUMNS_WIDEST;
}

/* A tile one vector wide takes half as long again: it is bound by loading the elements of A. */
static double width_cost(int64_t vectors)
{
    return vectors == 1 ? 1.5 : (double)vectors;
}

/* The samples of a tile: a panel, or a smaller batch in whole vectors. */
static int64_t tile_of(int64_t panel, int64_t vector, int64_t batch)
{
    return batch < panel ? (batch + vector - 1) / vector * vector : panel;
}

void *mlpi_columns_take(mlpi_arena *arena, mlp_dtype dtype, int32_t layers, const int64_t *widths,
                        int64_t max_batch, int32_t threads)
{
    const int64_t size = mlpi_dtype_size(dtype);
    const int64_t tile = tile_of(mlpi_plan_panel(dtype), MLPI_VECTOR_BYTES / size, max_batch);
    if (max_batch < MLPI_COLUMNS_FEW || !mlpi_columns_fit(layers, widths))
        return NULL;
    return mlpi_arena_take(arena, threads, 2 * mlpi_plan_widest(0, layers, widths) * tile * size);
}

#include "base/real32.h"
#include "engine/tile_tmpl.h"
#include "engine/columns_tmpl.h"
#include "base/real64.h"
#include "engine/tile_tmpl.h"
#include "engine/columns_tmpl.h"
