#include "model/workspace.h"
#include "base/error.h"
#include "base/memory.h"
#include "engine/blas.h"
#include "model/workspace_room.h"

#include <stdio.h>
#include <string.h>

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

static mlpi_workspace_request request_for(const mlp_model *model, int64_t max_batch, int32_t threads,
                                          int32_t uses)
{
    const int32_t derive =
        MLP_USE_DERIVATIVES | MLP_USE_SECOND_ORDER | MLP_USE_SAMPLES | MLP_USE_LEAST_SQUARES;
    const int32_t all = uses & derive ? uses | MLP_USE_DERIVATIVES | MLP_USE_FORWARD : uses;
    return (mlpi_workspace_request){&model->architecture, max_batch, threads, all};
}

static mlp_status measure(const mlpi_workspace_request *wanted, int64_t *bytes)
{
    mlpi_arena arena = {0};
    mlpi_workspace_carve(&arena, wanted);
    if (arena.overflowed)
        return mlpi_fail(MLP_ERR_SIZE, "max_batch = %lld: the workspace would not fit the address space",
                         (long long)wanted->max_batch);
    *bytes = arena.used;
    return MLP_OK;
}

mlp_status mlpi_workspace_size(const mlp_model *model, int64_t max_batch, int32_t threads, int32_t uses,
                               int64_t *bytes)
{
    mlpi_workspace_request wanted = request_for(model, max_batch, threads, uses);
    return measure(&wanted, bytes);
}

mlp_status mlpi_workspace_create(const mlp_model *model, int64_t max_batch, int32_t threads, int32_t uses,
                                 void *memory, mlp_workspace **out)
{
    mlpi_workspace_request wanted = request_for(model, max_batch, threads, uses);
    int64_t bytes = 0;
    mlp_status status = measure(&wanted, &bytes);
    if (status != MLP_OK)
        return status;
    mlpi_arena arena = {.memory = memory ? memory : mlpi_alloc(bytes)};
    if (!arena.memory)
        return mlpi_fail_memory("workspace", bytes);
    *out = mlpi_workspace_carve(&arena, &wanted);
    (void)settle(*out, &(*out)->plan); /* the processor has what it has */
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
