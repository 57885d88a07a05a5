#include "engine/jet.h"
#include "engine/blas.h"
#include "engine/border.h"
#include "engine/float_mode.h"
#include "layer/padding.h"

#include <string.h>

int64_t mlpi_jet_streams(const mlpi_jet *jet)
{
    return 1 + jet->groups * (jet->size + jet->order - 1);
}

static int64_t larger(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

/* Samples of a group: a function of the jet alone. */
static int64_t group_samples(const mlpi_jet *jet)
{
    return larger(1, MLPI_JET_GROUP / mlpi_jet_streams(jet));
}

/* An array of `columns` columns of n values. */
static void *take_columns(mlpi_arena *arena, mlp_dtype dtype, int64_t n, int64_t columns)
{
    return mlpi_arena_take(arena, columns, mlpi_leading_dimension(n, dtype) * mlpi_dtype_size(dtype));
}

static void take_layers(mlpi_arena *arena, mlp_dtype dtype, int32_t layers, const int64_t *widths,
                        const mlpi_activation *activations, int64_t max_batch, int64_t columns,
                        mlpi_jet_layer *out)
{
    for (int32_t l = 0; l <= layers; l++) {
        const int is_custom = l > 0 && activations[l - 1].custom != NULL;
        const int ends_linear = l == layers && mlpi_activation_is_identity(&activations[l - 1]);
        mlpi_jet_layer at = {0};
        at.z = l > 0 ? take_columns(arena, dtype, widths[l], columns) : NULL;
        at.y = ends_linear ? NULL : take_columns(arena, dtype, widths[l], columns);
        at.second = is_custom ? take_columns(arena, dtype, widths[l], max_batch) : NULL;
        at.third = is_custom ? take_columns(arena, dtype, widths[l], max_batch) : NULL;
        if (out)
            out[l] = at;
    }
}

mlpi_jet_memory *mlpi_jet_take(mlpi_arena *arena, mlp_dtype dtype, int32_t layers, const int64_t *widths,
                               const mlpi_activation *activations, int64_t max_batch, int64_t streams,
                               int32_t threads)
{
    const int64_t widest = mlpi_plan_widest(0, layers, widths);
    mlpi_jet_memory *memory = mlpi_arena_take(arena, 1, sizeof *memory);
    mlpi_jet_memory sizes = {.widest = mlpi_leading_dimension(widest, dtype),
                             .most = larger(MLPI_JET_GROUP, 1 + streams)};
    if (!mlpi_checked_mul(max_batch, 1 + streams, &sizes.columns))
        arena->overflowed = 1;
    if (widths[0] < MLPI_JET_GROUP) /* Hessians in x take a sample at a time, at least */
        sizes.columns = larger(sizes.columns, 1 + widths[0]);
    sizes.layers = mlpi_arena_take(arena, layers + 1, sizeof *sizes.layers);
    sizes.rooms = mlpi_arena_take(arena, threads, sizeof *sizes.rooms);
    sizes.base = take_columns(arena, dtype, widths[1], sizes.most);
    sizes.weights = mlpi_arena_take(arena, widths[0], mlpi_dtype_size(dtype));
    if (memory)
        *memory = sizes;
    take_layers(arena, dtype, layers, widths, activations, max_batch, sizes.columns,
                memory ? sizes.layers : NULL);
    for (int32_t t = 0; t < threads; t++) {
        mlpi_jet_room room = {0};
        room.cotangents = take_columns(arena, dtype, widest, sizes.most);
        room.seconds = take_columns(arena, dtype, widest, sizes.most);
        for (int k = 0; k < 3; k++)
            room.slopes[k] = take_columns(arena, dtype, widest, MLPI_JET_GROUP / 2);
        room.panel = mlpi_plan_take_panel(arena, dtype, layers, widths, sizes.most);
        if (memory)
            sizes.rooms[t] = room;
    }
    return memory;
}

void mlpi_jet_forget(mlpi_jet_memory *memory)
{
    if (memory) {
        memory->held.groups = 0;
        memory->curves = 0;
    }
}

/* Threads a sweep of the streams of `batch` samples is worth. */
static int32_t threads_for(const mlpi_chain *chain, int64_t batch, const mlpi_jet *jet)
{
    return mlpi_chain_threads(chain, batch, (double)mlpi_jet_streams(jet));
}

#include "base/real32.h"
#include "engine/native_tmpl.h"
#include "engine/stream_product_tmpl.h"
#include "engine/jet_group_tmpl.h"
#include "engine/jet_push_tmpl.h"
#include "engine/jet_pull_tmpl.h"
#include "engine/jet_hessian_tmpl.h"

#include "base/real64.h"
#include "engine/native_tmpl.h"
#include "engine/stream_product_tmpl.h"
#include "engine/jet_group_tmpl.h"
#include "engine/jet_push_tmpl.h"
#include "engine/jet_pull_tmpl.h"
#include "engine/jet_hessian_tmpl.h"
