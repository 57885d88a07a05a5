#include "model/workspace.h"
#include "base/arena.h"
#include "base/error.h"
#include "base/memory.h"
#include "engine/blas.h"

#include <stdio.h>
#include <string.h>

/* What a workspace is made for. */
typedef struct request {
    const mlpi_architecture *architecture;
    int64_t max_batch;
    int32_t threads, uses;
} request;

/* n_l x max_batch values, padded; l = -1: room for the widest layer */
static void *take_matrix(mlpi_arena *arena, const request *wanted, int32_t layer)
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
static void carve_full_tape(mlpi_arena *arena, const request *wanted, mlpi_tape *tape)
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
static void carve_short_tape(mlpi_arena *arena, const request *wanted, mlpi_tape *tape)
{
    const mlpi_architecture *architecture = wanted->architecture;
    void *buffers[2] = {take_matrix(arena, wanted, widest_in_turn(architecture, 0)),
                        take_matrix(arena, wanted, widest_in_turn(architecture, 1))};
    for (int32_t l = 0; tape && l <= architecture->layers; l++) {
        tape->y[l] = buffers[l % 2];
        tape->z[l] = tape->slope[l] = NULL;
    }
}

/* Streams of a sample that jets have room for, besides the value. */
static int64_t streams_of(int32_t uses)
{
    const int64_t streams = uses / MLP_USE_STREAM;
    return streams ? streams : 2;
}

/* What MLP_USE_SECOND_ORDER adds. */
typedef struct second_order {
    mlpi_jet_memory *jets;
    mlpi_curvature_memory *curvature;
    mlpi_loss_point *loss_point;
} second_order;

static second_order carve_second_order(mlpi_arena *arena, const request *wanted)
{
    const mlpi_architecture *architecture = wanted->architecture;
    const int32_t L = architecture->layers;
    const int64_t size = mlpi_dtype_size(architecture->dtype), n = architecture->widths[L];
    second_order made;
    mlpi_loss_point point = {0};
    made.jets = mlpi_jet_take(arena, architecture->dtype, L, architecture->widths, architecture->activations,
                              wanted->max_batch, streams_of(wanted->uses), wanted->threads);
    made.curvature =
        mlpi_curvature_take(arena, architecture->dtype, L, architecture->widths, architecture->activations,
                            wanted->max_batch, wanted->threads, made.jets);
    made.loss_point = mlpi_arena_take(arena, 1, sizeof *made.loss_point);
    point.y = mlpi_arena_take(arena, wanted->max_batch, n * size);
    point.t = mlpi_arena_take(arena, wanted->max_batch, n * size);
    point.y_bar = mlpi_arena_take(arena, wanted->max_batch, n * size);
    point.v = mlpi_arena_take(arena, wanted->max_batch, n * size);
    point.labels = mlpi_arena_take(arena, wanted->max_batch, sizeof *point.labels);
    point.weights = mlpi_arena_take(arena, wanted->max_batch, size);
    point.scratch = mlpi_arena_take(arena, MLPI_LOSS_POINT_SCRATCH * n, sizeof *point.scratch);
    if (made.loss_point)
        *made.loss_point = point;
    return made;
}

/* Every thread pulls cotangents back through a panel of its own. */
static void **take_panels(mlpi_arena *arena, const request *wanted)
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

/* The memory of a plan, taken; NULL where it is not needed. */
typedef struct plan_room {
    void **panels, *tiles;
} plan_room;

/* Bytes taken since the last such question. */
static int64_t taken(const mlpi_arena *arena, int64_t *mark)
{
    const int64_t bytes = arena->used - *mark;
    *mark = arena->used;
    return bytes;
}

static plan_room carve_plan(mlpi_arena *arena, const request *wanted, mlpi_workspace_parts *parts)
{
    const mlpi_architecture *a = wanted->architecture;
    const int derivatives = wanted->uses & MLP_USE_DERIVATIVES;
    int64_t mark = arena->used;
    plan_room room = {NULL, NULL};
    if (derivatives)
        room.panels = take_panels(arena, wanted);
    parts->panel = taken(arena, &mark);
    if (!derivatives)
        room.tiles =
            mlpi_columns_take(arena, a->dtype, a->layers, a->widths, wanted->max_batch, wanted->threads);
    parts->tiles = taken(arena, &mark);
    return room;
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

/* Chooses the plan's kernels, and what follows from them and the chain. */
static mlp_status settle(const mlp_workspace *workspace, mlpi_plan *plan)
{
    const mlpi_chain chain = {workspace->architecture.layers, workspace->layers, plan};
    const mlp_status status = mlpi_plan_settle(plan);
    plan->tunings = 0;
    if (status == MLP_OK && plan->kernels)
        (workspace->architecture.dtype == MLP_F32 ? mlpi_columns_weigh_f32 : mlpi_columns_weigh_f64)(&chain,
                                                                                                     plan);
    return status;
}

/*
 *     | workspace | pool | tables: widths, activations, layers, tape | matrices of the tape | scratch | panel, tiles | streams |
 *
 * Returns the workspace where the arena has memory, NULL where it only measures.
 */
static mlp_workspace *carve(mlpi_arena *arena, const request *wanted)
{
    int64_t layers = wanted->architecture->layers, mark = 0;
    mlpi_workspace_parts parts = {0};
    mlp_workspace *workspace = mlpi_arena_take(arena, 1, sizeof *workspace);
    parts.tables = taken(arena, &mark);
    void *pool = mlpi_arena_take(arena, 1, mlpi_pool_bytes(wanted->threads));
    const int64_t head = arena->used;
    parts.threads = taken(arena, &mark);
    int64_t *widths = mlpi_arena_take(arena, layers + 1, sizeof *widths);
    mlpi_activation *activations = mlpi_arena_take(arena, layers, sizeof *activations);
    mlpi_layer *chain = mlpi_arena_take(arena, layers, sizeof *chain);
    mlpi_gradient *gradients = mlpi_arena_take(arena, layers, sizeof *gradients);
    mlpi_direction *directions = mlpi_arena_take(arena, layers, sizeof *directions);
    mlpi_tape tape = {0};
    tape.ld = mlpi_arena_take(arena, layers + 1, sizeof *tape.ld);
    tape.y = mlpi_arena_take(arena, layers + 1, sizeof *tape.y);
    tape.z = mlpi_arena_take(arena, layers + 1, sizeof *tape.z);
    tape.slope = mlpi_arena_take(arena, layers + 1, sizeof *tape.slope);
    parts.tables += taken(arena, &mark);
    mlpi_tape *filled = workspace ? &tape : NULL;
    void *scratch[2] = {NULL, NULL};
    if (wanted->uses & MLP_USE_DERIVATIVES) {
        carve_full_tape(arena, wanted, filled);
        parts.tape = taken(arena, &mark);
        scratch[0] = take_matrix(arena, wanted, -1);
        scratch[1] = take_matrix(arena, wanted, -1);
        parts.scratch = taken(arena, &mark);
    } else {
        carve_short_tape(arena, wanted, filled);
        parts.tape = taken(arena, &mark);
    }
    const plan_room room = carve_plan(arena, wanted, &parts);
    second_order second = {0};
    mark = arena->used;
    if (wanted->uses & MLP_USE_SECOND_ORDER)
        second = carve_second_order(arena, wanted);
    parts.streams = taken(arena, &mark);
    if (!workspace)
        return NULL;
    memset(workspace, 0, sizeof *workspace);
    mlpi_architecture_copy(wanted->architecture, widths, activations, &workspace->architecture);
    fill_layers(&workspace->architecture, chain, tape.ld);
    workspace->layers = chain;
    workspace->max_batch = wanted->max_batch;
    workspace->threads = wanted->threads;
    workspace->uses = wanted->uses;
    workspace->tape = tape;
    workspace->scratch[0] = scratch[0];
    workspace->scratch[1] = scratch[1];
    workspace->gradients = gradients;
    workspace->directions = directions;
    workspace->jets = second.jets;
    workspace->curvature = second.curvature;
    workspace->loss_point = second.loss_point;
    workspace->plan = (mlpi_plan){.engine = MLP_ENGINE_AUTO,
                                  .cpu = MLP_CPU_AUTO,
                                  .calls_back = calls_back(&workspace->architecture),
                                  .threads = wanted->threads,
                                  .pool = mlpi_pool_create_in(pool, wanted->threads),
                                  .panels = room.panels,
                                  .tiles = room.tiles};
    (void)settle(workspace, &workspace->plan); /* the processor has what it has */
    workspace->fits = workspace->architecture.id;
    workspace->head = head;
    workspace->bytes = arena->used;
    workspace->parts = parts;
    return workspace;
}

static request request_for(const mlp_model *model, int64_t max_batch, int32_t threads, int32_t uses)
{
    int32_t all = uses & MLP_USE_SECOND_ORDER ? uses | MLP_USE_DERIVATIVES : uses;
    all = all & MLP_USE_DERIVATIVES ? all | MLP_USE_FORWARD : all;
    return (request){&model->architecture, max_batch, threads, all};
}

static mlp_status measure(const request *wanted, int64_t *bytes)
{
    mlpi_arena arena = {0};
    carve(&arena, wanted);
    if (arena.overflowed)
        return mlpi_fail(MLP_ERR_SIZE, "max_batch = %lld: the workspace would not fit the address space",
                         (long long)wanted->max_batch);
    *bytes = arena.used;
    return MLP_OK;
}

mlp_status mlpi_workspace_size(const mlp_model *model, int64_t max_batch, int32_t threads, int32_t uses,
                               int64_t *bytes)
{
    request wanted = request_for(model, max_batch, threads, uses);
    return measure(&wanted, bytes);
}

mlp_status mlpi_workspace_create(const mlp_model *model, int64_t max_batch, int32_t threads, int32_t uses,
                                 void *memory, mlp_workspace **out)
{
    request wanted = request_for(model, max_batch, threads, uses);
    int64_t bytes = 0;
    mlp_status status = measure(&wanted, &bytes);
    if (status != MLP_OK)
        return status;
    mlpi_arena arena = {.memory = memory ? memory : mlpi_alloc(bytes)};
    if (!arena.memory)
        return mlpi_fail_memory("workspace", bytes);
    *out = carve(&arena, &wanted);
    (*out)->owns_memory = !memory;
    return MLP_OK;
}

void mlpi_workspace_destroy(mlp_workspace *workspace)
{
    if (!workspace)
        return;
    mlpi_workspace_forget_loss(workspace);
    mlpi_pool_destroy(workspace->plan.pool);
    mlpi_architecture_release(&workspace->architecture);
    if (workspace->owns_memory)
        mlpi_free(workspace);
}

mlp_status mlpi_workspace_check_fits(mlp_workspace *workspace, const mlp_model *model)
{
    if (model->architecture.id == workspace->fits)
        return MLP_OK;
    if (workspace->architecture.dtype != model->architecture.dtype)
        return mlpi_fail(MLP_ERR_DTYPE, "workspace is %s: the model is %s",
                         mlp_dtype_name(workspace->architecture.dtype),
                         mlp_dtype_name(model->architecture.dtype));
    if (!mlpi_architecture_equal(&workspace->architecture, &model->architecture))
        return mlpi_fail(MLP_ERR_ARGUMENT,
                         "model: its widths or activations are not those the workspace was made for");
    workspace->fits = model->architecture.id;
    return MLP_OK;
}

void mlpi_workspace_forget_loss(mlp_workspace *workspace)
{
    mlpi_loss_point *point = workspace->loss_point;
    if (!point || !point->loss)
        return;
    const struct mlpi_loss *loss = point->loss;
    workspace->curvature->ready = 0;
    point->loss = NULL;
    point->release(loss);
}

void mlpi_workspace_forget(mlp_workspace *workspace)
{
    workspace->batch = 0;
    workspace->generation = 0;
    workspace->tape.has_slopes = 0;
    mlpi_jet_forget(workspace->jets);
    mlpi_workspace_forget_loss(workspace);
}

enum { PAGE = 4096 }; /* or a larger one */

/* Every page is written once, as it is, so that no later call meets a page fault. Creation has written the head. */
static void touch_pages(mlp_workspace *workspace)
{
    volatile char *const memory = (volatile char *)workspace;
    for (int64_t at = workspace->head; at < workspace->bytes; at += PAGE)
        memory[at] = memory[at];
    memory[workspace->bytes - 1] = memory[workspace->bytes - 1];
}

void mlpi_workspace_prepare(mlp_workspace *workspace)
{
    mlpi_workspace_forget(workspace);
    mlpi_pool_start(workspace->plan.pool);
    touch_pages(workspace);
    mlpi_blas_prepare();
}

/* Where an option is kept. */
static int32_t *setting(mlpi_plan *plan, mlp_workspace_option option)
{
    int32_t *const settings[] = {
        [MLP_WORKSPACE_ENGINE] = &plan->engine,
        [MLP_WORKSPACE_CPU] = &plan->cpu,
        [MLP_WORKSPACE_COMMON_ORDER] = &plan->common_order,
    };
    return settings[option];
}

int32_t mlpi_workspace_get(const mlp_workspace *workspace, mlp_workspace_option option)
{
    mlpi_plan plan = workspace->plan;
    return *setting(&plan, option);
}

mlp_status mlpi_workspace_set(mlp_workspace *workspace, mlp_workspace_option option, int32_t value)
{
    mlpi_plan plan = workspace->plan;
    *setting(&plan, option) = value;
    mlp_status status = settle(workspace, &plan);
    if (status == MLP_OK) {
        mlpi_workspace_forget(workspace);
        workspace->plan = plan;
    }
    return status;
}

mlpi_chain mlpi_workspace_chain(const mlp_workspace *workspace, const mlp_model *model)
{
    return (mlpi_chain){model->architecture.layers, model->layers, &workspace->plan};
}
