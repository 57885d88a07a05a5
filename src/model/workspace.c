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

static int64_t ld_of(const request *wanted, int32_t layer)
{
    return mlpi_leading_dimension(wanted->architecture->widths[layer], wanted->architecture->dtype);
}

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

/* A pass of which only the output is wanted: two buffers in turn. */
static void carve_short_tape(mlpi_arena *arena, const request *wanted, mlpi_tape *tape)
{
    void *buffers[2] = {take_matrix(arena, wanted, -1), take_matrix(arena, wanted, -1)};
    for (int32_t l = 0; tape && l <= wanted->architecture->layers; l++) {
        tape->y[l] = buffers[l % 2];
        tape->z[l] = tape->slope[l] = NULL;
    }
}

/*
 *     | workspace | widths, activations | tape: ld, y, z, slope | matrices of the tape | scratch | per-layer tables |
 *
 * Returns the workspace where the arena has memory, NULL where it only measures.
 */
static mlp_workspace *carve(mlpi_arena *arena, const request *wanted)
{
    int64_t layers = wanted->architecture->layers;
    mlp_workspace *workspace = mlpi_arena_take(arena, 1, sizeof *workspace);
    int64_t *widths = mlpi_arena_take(arena, layers + 1, sizeof *widths);
    mlpi_activation *activations = mlpi_arena_take(arena, layers, sizeof *activations);
    mlpi_tape tape = {0};
    tape.ld = mlpi_arena_take(arena, layers + 1, sizeof *tape.ld);
    tape.y = mlpi_arena_take(arena, layers + 1, sizeof *tape.y);
    tape.z = mlpi_arena_take(arena, layers + 1, sizeof *tape.z);
    tape.slope = mlpi_arena_take(arena, layers + 1, sizeof *tape.slope);
    mlpi_tape *filled = workspace ? &tape : NULL;
    void *scratch[2] = {NULL, NULL};
    if (wanted->uses & MLP_USE_DERIVATIVES) {
        carve_full_tape(arena, wanted, filled);
        scratch[0] = take_matrix(arena, wanted, -1);
        scratch[1] = take_matrix(arena, wanted, -1);
    } else {
        carve_short_tape(arena, wanted, filled);
    }
    mlpi_gradient *gradients = mlpi_arena_take(arena, layers, sizeof *gradients);
    mlpi_direction *directions = mlpi_arena_take(arena, layers, sizeof *directions);
    void *panel = wanted->uses & MLP_USE_DERIVATIVES
                      ? mlpi_plan_take_panel(arena, wanted->architecture->dtype, wanted->architecture->layers,
                                             wanted->architecture->widths)
                      : NULL;
    void *pool = mlpi_arena_take(arena, 1, mlpi_pool_bytes(wanted->threads));
    void *tiles = NULL;
    if (!(wanted->uses & MLP_USE_DERIVATIVES) &&
        mlpi_columns_fit(wanted->architecture->layers, wanted->architecture->widths))
        tiles = mlpi_arena_take(arena, wanted->threads,
                                mlpi_columns_bytes(wanted->architecture->dtype, wanted->architecture->layers,
                                                   wanted->architecture->widths));
    if (!workspace)
        return NULL;
    for (int32_t l = 0; l <= layers; l++)
        tape.ld[l] = ld_of(wanted, l);
    memset(workspace, 0, sizeof *workspace);
    mlpi_architecture_copy(wanted->architecture, widths, activations, &workspace->architecture);
    workspace->max_batch = wanted->max_batch;
    workspace->threads = wanted->threads;
    workspace->uses = wanted->uses;
    workspace->tape = tape;
    workspace->scratch[0] = scratch[0];
    workspace->scratch[1] = scratch[1];
    workspace->gradients = gradients;
    workspace->directions = directions;
    workspace->plan = (mlpi_plan){.engine = MLP_ENGINE_AUTO,
                                  .cpu = MLP_CPU_AUTO,
                                  .threads = wanted->threads,
                                  .pool = mlpi_pool_create_in(pool, wanted->threads),
                                  .panel = panel,
                                  .tiles = tiles};
    mlpi_plan_settle(&workspace->plan);
    workspace->fits = workspace->architecture.id;
    workspace->bytes = arena->used;
    return workspace;
}

static request request_for(const mlp_model *model, int64_t max_batch, int32_t threads, int32_t uses)
{
    int32_t all = uses & MLP_USE_DERIVATIVES ? uses | MLP_USE_FORWARD : uses;
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

void mlpi_workspace_forget(mlp_workspace *workspace)
{
    workspace->batch = 0;
    workspace->generation = 0;
    workspace->tape.has_slopes = 0;
}

/* Every page is written once, so that no later call meets a page fault; and the BLAS is ready. */
void mlpi_workspace_prepare(mlp_workspace *workspace)
{
    const request wanted = {&workspace->architecture, workspace->max_batch, workspace->threads,
                            workspace->uses};
    mlpi_arena arena = {0};
    mlpi_workspace_forget(workspace);
    mlpi_pool_start(workspace->plan.pool);
    for (int32_t l = 0; l <= workspace->architecture.layers; l++) {
        arena.used = 0;
        take_matrix(&arena, &wanted, l);
        memset(workspace->tape.y[l], 0, (size_t)arena.used);
        if (workspace->tape.z[l])
            memset(workspace->tape.z[l], 0, (size_t)arena.used);
        if (workspace->tape.slope[l])
            memset(workspace->tape.slope[l], 0, (size_t)arena.used);
    }
    arena.used = 0;
    take_matrix(&arena, &wanted, -1);
    for (int i = 0; i < 2 && workspace->scratch[i]; i++)
        memset(workspace->scratch[i], 0, (size_t)arena.used);
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
    mlp_status status = mlpi_plan_settle(&plan);
    if (status == MLP_OK) {
        mlpi_workspace_forget(workspace);
        workspace->plan = plan;
    }
    return status;
}
