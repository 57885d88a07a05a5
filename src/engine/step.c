#include "engine/step.h"
#include "engine/float_mode.h"
#include "layer/padding.h"

#include <float.h>
#include <math.h>
#include <string.h>

enum { CACHE = 512 << 10, MOST = 1024, LEAST = 64 };

/* Samples whose y and Delta fill half the second cache, in whole panels. */
static int64_t chunk_of(mlp_dtype dtype, int32_t layers, const int64_t *widths, int64_t max_batch)
{
    int64_t width = 1;
    for (int32_t l = 0; l <= layers; l++)
        width += widths[l];
    int64_t chunk = CACHE / (2 * width * mlpi_dtype_size(dtype)) / LEAST * LEAST;
    chunk = chunk < LEAST ? LEAST : chunk > MOST ? MOST : chunk;
    /* wide layers: their weights do not fit the cache anyway, and should be read seldom */
    if (!mlpi_columns_fit(layers, widths))
        chunk = MOST;
    const int64_t most = (max_batch + MLPI_STEP_GROUP - 1) / MLPI_STEP_GROUP * MLPI_STEP_GROUP;
    return chunk < most ? chunk : most;
}

/* Columns of a gradient of this leading dimension that go to the optimizer at a time. */
static int64_t part_of(int64_t ld)
{
    enum { CACHED = 8192, TILE = 6 }; /* elements that stay near; rows of the kernels' tiles */
    const int64_t fit = CACHED / ld / TILE * TILE;
    return fit < TILE ? TILE : fit < MLPI_STEP_PART ? fit : MLPI_STEP_PART;
}

/* Elements of a thread's tiles: what the columns path needs, if it can be taken, and what the weights phase does. */
static void measure_tiles(mlp_dtype dtype, int32_t layers, const int64_t *widths, int64_t max_batch,
                          int64_t sizes[2])
{
    const int by_columns = max_batch >= MLPI_PLAN_FEW && mlpi_columns_fit(layers, widths);
    const int64_t tile = by_columns ? mlpi_plan_widest(0, layers, widths) * mlpi_plan_panel(dtype) : 0;
    sizes[0] = sizes[1] = tile;
    for (int32_t l = 1; l <= layers; l++) {
        const int64_t ld = mlpi_leading_dimension(widths[l], dtype), part = part_of(ld) * ld;
        sizes[0] = sizes[0] > ld ? sizes[0] : ld;
        sizes[1] = sizes[1] > part ? sizes[1] : part;
    }
}

static void take_layers(mlpi_arena *arena, mlp_dtype dtype, int32_t layers, const int64_t *widths,
                        const mlpi_activation *activations, const double *dropout, mlpi_step_memory *memory,
                        const mlpi_step_memory *sizes)
{
    const int64_t size = mlpi_dtype_size(dtype);
    for (int32_t l = 0; l <= layers; l++) {
        const int64_t ld = mlpi_leading_dimension(widths[l], dtype);
        const int64_t by_columns = widths[l] * sizes->ld, by_rows = ld * sizes->chunk;
        const int64_t most = by_columns > by_rows ? by_columns : by_rows;
        const int needs_z = l > 0 && mlpi_activation_needs_z(&activations[l - 1]);
        mlpi_step_layer at = {.ld = ld};
        at.y = mlpi_arena_take(arena, most, size);
        at.z = needs_z ? mlpi_arena_take(arena, most, size) : NULL;
        const int drops = dropout && l < layers && dropout[l] > 0;
        at.mask = drops ? mlpi_arena_take(arena, most, size) : NULL;
        at.kept = drops && l > 0 && !needs_z ? mlpi_arena_take(arena, most, size) : NULL;
        at.delta = l > 0 ? mlpi_arena_take(arena, by_rows, size) : NULL;
        if (memory)
            memory->layers[l] = at;
    }
}

mlpi_step_memory *mlpi_step_take(mlpi_arena *arena, mlp_dtype dtype, int32_t layers, const int64_t *widths,
                                 const mlpi_activation *activations, const double *dropout, int64_t max_batch,
                                 int32_t threads)
{
    const int64_t size = mlpi_dtype_size(dtype), chunk = chunk_of(dtype, layers, widths, max_batch);
    int64_t tiles[2];
    mlpi_step_memory *memory = mlpi_arena_take(arena, 1, sizeof *memory);
    mlpi_step_memory sizes = {.chunk = chunk, .ld = chunk + MLPI_VECTOR_BYTES / size, .threads = threads};
    sizes.layers = mlpi_arena_take(arena, layers + 1, sizeof *sizes.layers);
    sizes.rooms = mlpi_arena_take(arena, threads, sizeof *sizes.rooms);
    sizes.sums = mlpi_arena_take(arena, chunk / MLPI_STEP_GROUP + 1, sizeof *sizes.sums);
    if (memory)
        *memory = sizes;
    take_layers(arena, dtype, layers, widths, activations, dropout, memory, &sizes);
    measure_tiles(dtype, layers, widths, max_batch, tiles);
    for (int32_t t = 0; t < threads; t++) {
        mlpi_step_room at = {{NULL, NULL}, NULL, 0};
        at.tiles[0] = mlpi_arena_take(arena, tiles[0], size);
        at.tiles[1] = mlpi_arena_take(arena, tiles[1], size);
        at.panel = mlpi_plan_take_panel(arena, dtype, layers, widths, max_batch);
        if (memory)
            memory->rooms[t] = at;
    }
    return memory;
}

#include "base/real32.h"
#define REAL_LARGEST FLT_MAX
#define REAL_STEP    FLT_EPSILON
#include "engine/tile_tmpl.h"
#include "engine/step_chunk_tmpl.h"
#include "engine/step_dropout_tmpl.h"
#include "engine/step_columns_tmpl.h"
#include "engine/step_rows_tmpl.h"
#include "engine/step_weights_tmpl.h"
#include "engine/step_bounds_tmpl.h"
#include "engine/step_descent_tmpl.h"
#include "engine/step_tmpl.h"
#include "base/real64.h"
#undef REAL_LARGEST
#undef REAL_STEP
#define REAL_LARGEST DBL_MAX
#define REAL_STEP    DBL_EPSILON
#include "engine/tile_tmpl.h"
#include "engine/step_chunk_tmpl.h"
#include "engine/step_dropout_tmpl.h"
#include "engine/step_columns_tmpl.h"
#include "engine/step_rows_tmpl.h"
#include "engine/step_weights_tmpl.h"
#include "engine/step_bounds_tmpl.h"
#include "engine/step_descent_tmpl.h"
#include "engine/step_tmpl.h"
