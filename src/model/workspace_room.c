/*
 * How a workspace lies in its memory. The same code measures, on an arena without memory, and carves:
 *
 *     | workspace | pool | tables: widths, activations, layers, tape | matrices of the tape | scratch | panels | tiles |
 *     | streams and what is kept for products | samples | rows |
 */
#include "model/workspace_room.h"

#include <string.h>

/* n_l x max_batch values, padded; l = -1: room for the widest layer */
static void *take_matrix(mlpi_arena *arena, const mlpi_workspace_request *wanted, int32_t layer)
{
    const mlpi_architecture *architecture = wanted->architecture;
    const int64_t rows = layer < 0 ? mlpi_plan_widest(0, architecture->layers, architecture->widths)
                                   : architecture->widths[layer];
    const int64_t ld = mlpi_leading_dimension(rows, architecture->dtype);
    int64_t bytes = 0;
    if (!mlpi_checked_mul(ld, mlpi_dtype_size(wanted->architecture->dtype), &bytes))
        arena->overflowed = 1;
    return mlpi_arena_take(arena, wanted->max_batch, bytes);
}

/*
 * The matrices of a pass that will be differentiated: every y, and z and slopes where sigma' needs them. `tape` is
 * NULL while measuring.
 */
static void carve_full_tape(mlpi_arena *arena, const mlpi_workspace_request *wanted, mlpi_tape *tape)
{
    for (int32_t l = 0; l <= wanted->architecture->layers; l++) {
        const mlpi_activation *activation = l ? &wanted->architecture->activations[l - 1] : NULL;
        int needs_z = activation && mlpi_activation_needs_z(activation);
        void *y = take_matrix(arena, wanted, l);
        void *z = needs_z ? take_matrix(arena, wanted, l) : NULL;
        void *slope = activation && activation->custom ? take_matrix(arena, wanted, l) : NULL;
        if (tape) {
            tape->y[l] = y;
            tape->z[l] = z;
            tape->slope[l] = slope;
        }
    }
}

/* The widest of layers first, first + 2, ... */
static int32_t widest_in_turn(const mlpi_architecture *architecture, int32_t first)
{
    int32_t widest = first;
    for (int32_t l = first; l <= architecture->layers; l += 2)
        widest = architecture->widths[l] > architecture->widths[widest] ? l : widest;
    return widest;
}

/* A pass of which only the output is wanted: two buffers in turn. */
static void carve_short_tape(mlpi_arena *arena, const mlpi_workspace_request *wanted, mlpi_tape *tape)
{
    const mlpi_architecture *architecture = wanted->architecture;
    void *buffers[2] = {take_matrix(arena, wanted, widest_in_turn(architecture, 0)),
                        take_matrix(arena, wanted, widest_in_turn(architecture, 1))};
    for (int32_t l = 0; tape && l <= architecture->layers; l++) {
        tape->y[l] = buffers[l % 2];
        tape->z[l] = tape->slope[l] = NULL;
    }
}

/* Bytes taken since the last such question. */
static int64_t taken(const mlpi_arena *arena, int64_t *mark)
{
    const int64_t bytes = arena->used - *mark;
    *mark = arena->used;
    return bytes;
}

/* Every thread pulls cotangents back through a panel of its own. */
static void **take_panels(mlpi_arena *arena, const mlpi_workspace_request *wanted)
{
    const mlpi_architecture *a = wanted->architecture;
    void **panels = mlpi_arena_take(arena, wanted->threads, sizeof *panels);
    for (int32_t t = 0; t < wanted->threads; t++) {
        void *panel = mlpi_plan_take_panel(arena, a->dtype, a->layers, a->widths, wanted->max_batch);
        if (panels)
            panels[t] = panel;
    }
    return panels;
}

/* What the plan needs: panels for derivatives, tiles for passes of which only the output is wanted. */
static void carve_plan(mlpi_arena *arena, const mlpi_workspace_request *wanted, mlp_workspace *made)
{
    const mlpi_architecture *a = wanted->architecture;
    int64_t mark = arena->used;
    if (wanted->uses & MLP_USE_DERIVATIVES)
        made->plan.panels = take_panels(arena, wanted);
    made->parts.panel = taken(arena, &mark);
    if (!(wanted->uses & MLP_USE_DERIVATIVES))
        made->plan.tiles =
            mlpi_columns_take(arena, a->dtype, a->layers, a->widths, wanted->max_batch, wanted->threads);
    made->parts.tiles = taken(arena, &mark);
}

/* Streams of a sample that jets have room for, besides the value. */
static int64_t streams_of(int32_t uses)
{
    const int64_t streams = uses / MLP_USE_STREAM;
    return streams ? streams : 2;
}

/* The loss of a linearised point: n_L values for each sample, and what a callback needs. */
static mlpi_loss_point *carve_loss_point(mlpi_arena *arena, const mlpi_workspace_request *wanted)
{
    const mlpi_architecture *architecture = wanted->architecture;
    const int64_t size = mlpi_dtype_size(architecture->dtype), n = architecture->widths[architecture->layers];
    mlpi_loss_point point = {0}, *out = mlpi_arena_take(arena, 1, sizeof *out);
    point.y = mlpi_arena_take(arena, wanted->max_batch, n * size);
    point.t = mlpi_arena_take(arena, wanted->max_batch, n * size);
    point.y_bar = mlpi_arena_take(arena, wanted->max_batch, n * size);
    point.v = mlpi_arena_take(arena, wanted->max_batch, n * size);
    point.labels = mlpi_arena_take(arena, wanted->max_batch, sizeof *point.labels);
    point.weights = mlpi_arena_take(arena, wanted->max_batch, size);
    point.scratch = mlpi_arena_take(arena, MLPI_LOSS_POINT_SCRATCH * n, sizeof *point.scratch);
    if (out)
        *out = point;
    return out;
}

/* What MLP_USE_SECOND_ORDER adds. */
static void carve_second_order(mlpi_arena *arena, const mlpi_workspace_request *wanted, mlp_workspace *made)
{
    const mlpi_architecture *a = wanted->architecture;
    made->jets = mlpi_jet_take(arena, a->dtype, a->layers, a->widths, a->activations, wanted->max_batch,
                               streams_of(wanted->uses), wanted->threads);
    made->curvature = mlpi_curvature_take(arena, a->dtype, a->layers, a->widths, a->activations,
                                          wanted->max_batch, wanted->threads, made->jets);
    made->loss_point = carve_loss_point(arena, wanted);
}

/* Where every Delta_l goes: all are kept, or two matrices take turns. */
static void carve_deltas(mlpi_arena *arena, const mlpi_workspace_request *wanted, mlp_workspace *made)
{
    for (int32_t l = 1; l <= wanted->architecture->layers; l++) {
        void *delta = wanted->uses & MLP_USE_SAMPLES ? take_matrix(arena, wanted, l) : made->scratch[l % 2];
        if (made->deltas)
            made->deltas[l] = delta;
    }
}

/* Until there are 128 rows: with that many a symmetric product runs at its best, and the block depends on nothing but n_L. */
int64_t mlpi_row_block_samples(int64_t outputs, int64_t max_batch)
{
    enum { ROWS = 128 };
    const int64_t samples = (ROWS - 1) / outputs + 1;
    return samples < max_batch ? samples : max_batch;
}

static mlpi_row_block carve_row_block(mlpi_arena *arena, const mlpi_workspace_request *wanted)
{
    enum { ALIGNED = MLPI_VECTOR_BYTES / sizeof(double) };
    const mlpi_architecture *architecture = wanted->architecture;
    const int64_t outputs = architecture->widths[architecture->layers],
                  widest = mlpi_plan_widest(0, architecture->layers, architecture->widths);
    mlpi_row_block block = {.samples = mlpi_row_block_samples(outputs, wanted->max_batch), .widest = widest};
    mlpi_layout_size size;
    int64_t bytes = 0;
    if (!mlpi_layout_place(architecture->dtype, architecture->layers, architecture->widths, NULL, &size) ||
        !mlpi_checked_round_up(size.compact + 1, ALIGNED, &block.ld) ||
        !mlpi_checked_mul(block.ld, sizeof(double), &bytes))
        arena->overflowed = 1;
    block.rows = mlpi_arena_take(arena, block.samples * outputs, bytes);
    block.residual = mlpi_arena_take(arena, block.samples * outputs, sizeof *block.residual);
    block.y = mlpi_arena_take(arena, wanted->threads * widest, sizeof *block.y);
    return block;
}

/* What each use adds beyond first derivatives. */
static void carve_extras(mlpi_arena *arena, const mlpi_workspace_request *wanted, mlp_workspace *made)
{
    const mlpi_architecture *a = wanted->architecture;
    int64_t mark = arena->used;
    if (wanted->uses & MLP_USE_SECOND_ORDER)
        carve_second_order(arena, wanted, made);
    made->parts.streams = taken(arena, &mark);
    if (wanted->uses & MLP_USE_DERIVATIVES)
        carve_deltas(arena, wanted, made);
    if (wanted->uses & MLP_USE_SAMPLES) {
        made->factors = mlpi_arena_take(arena, wanted->max_batch, mlpi_dtype_size(a->dtype));
        made->gram = mlpi_gram_take(arena, a->dtype, a->layers, a->widths);
    }
    made->parts.samples = taken(arena, &mark);
    if (wanted->uses & MLP_USE_LEAST_SQUARES)
        made->block = carve_row_block(arena, wanted);
    made->parts.rows = taken(arena, &mark);
}

/* The matrices of a pass, and the two that derivatives work in. */
static void carve_matrices(mlpi_arena *arena, const mlpi_workspace_request *wanted, mlp_workspace *made)
{
    int64_t mark = arena->used;
    mlpi_tape *tape = made->tape.y ? &made->tape : NULL;
    if (wanted->uses & MLP_USE_DERIVATIVES)
        carve_full_tape(arena, wanted, tape);
    else
        carve_short_tape(arena, wanted, tape);
    made->parts.tape = taken(arena, &mark);
    for (int i = 0; i < 2 && wanted->uses & MLP_USE_DERIVATIVES; i++)
        made->scratch[i] = take_matrix(arena, wanted, -1);
    made->parts.scratch = taken(arena, &mark);
}

/* What there is of every layer. */
static void carve_tables(mlpi_arena *arena, int64_t layers, mlp_workspace *made)
{
    made->layers = mlpi_arena_take(arena, layers, sizeof *made->layers);
    made->gradients = mlpi_arena_take(arena, layers, sizeof *made->gradients);
    made->directions = mlpi_arena_take(arena, layers, sizeof *made->directions);
    made->deltas = mlpi_arena_take(arena, layers + 1, sizeof *made->deltas);
    made->tape.ld = mlpi_arena_take(arena, layers + 1, sizeof *made->tape.ld);
    made->tape.y = mlpi_arena_take(arena, layers + 1, sizeof *made->tape.y);
    made->tape.z = mlpi_arena_take(arena, layers + 1, sizeof *made->tape.z);
    made->tape.slope = mlpi_arena_take(arena, layers + 1, sizeof *made->tape.slope);
}

/* What the workspace knows of every layer without a model. */
static void fill_layers(const mlpi_architecture *architecture, mlpi_layer *layers, int64_t *ld)
{
    for (int32_t l = 0; l <= architecture->layers; l++) {
        ld[l] = mlpi_leading_dimension(architecture->widths[l], architecture->dtype);
        if (l > 0)
            layers[l - 1] = (mlpi_layer){.n_in = architecture->widths[l - 1],
                                         .n_out = architecture->widths[l],
                                         .lda = ld[l],
                                         .activation = &architecture->activations[l - 1]};
    }
}

static int32_t calls_back(const mlpi_architecture *architecture)
{
    for (int32_t l = 0; l < architecture->layers; l++)
        if (architecture->activations[l].custom)
            return 1;
    return 0;
}

mlp_workspace *mlpi_workspace_carve(mlpi_arena *arena, const mlpi_workspace_request *wanted)
{
    const int32_t layers = wanted->architecture->layers;
    mlp_workspace made = {.max_batch = wanted->max_batch, .threads = wanted->threads, .uses = wanted->uses};
    int64_t mark = 0;
    mlp_workspace *workspace = mlpi_arena_take(arena, 1, sizeof *workspace);
    made.parts.tables = taken(arena, &mark);
    void *pool = mlpi_arena_take(arena, 1, mlpi_pool_bytes(wanted->threads));
    made.head = arena->used;
    made.parts.threads = taken(arena, &mark);
    int64_t *widths = mlpi_arena_take(arena, layers + 1, sizeof *widths);
    mlpi_activation *activations = mlpi_arena_take(arena, layers, sizeof *activations);
    carve_tables(arena, layers, &made);
    made.parts.tables += taken(arena, &mark);
    carve_matrices(arena, wanted, &made);
    carve_plan(arena, wanted, &made);
    carve_extras(arena, wanted, &made);
    if (!workspace)
        return NULL;
    made.bytes = arena->used;
    *workspace = made;
    mlpi_architecture_copy(wanted->architecture, widths, activations, &workspace->architecture);
    fill_layers(&workspace->architecture, workspace->layers, workspace->tape.ld);
    workspace->fits = workspace->architecture.id;
    workspace->plan.engine = MLP_ENGINE_AUTO;
    workspace->plan.cpu = MLP_CPU_AUTO;
    workspace->plan.calls_back = calls_back(&workspace->architecture);
    workspace->plan.threads = wanted->threads;
    workspace->plan.pool = mlpi_pool_create_in(pool, wanted->threads);
    return workspace;
}
