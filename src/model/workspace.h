/*
 * The workspace: one block of memory for every pass over one architecture, and the remembered point.
 */
#ifndef MLPI_MODEL_WORKSPACE_H
#define MLPI_MODEL_WORKSPACE_H

#include "engine/alone.h"
#include "engine/columns.h"
#include "mlp/workspace.h"
#include "model/model.h"

struct mlp_workspace {
    mlpi_architecture architecture;
    int64_t max_batch;
    int32_t threads, uses;
    int64_t bytes;   /* of the whole block, this header included */
    int owns_memory; /* the block is the library's, not the caller's */
    mlpi_tape tape;
    void *scratch[2];         /* with MLP_USE_DERIVATIVES: max ld x max_batch each */
    mlpi_gradient *gradients; /* scratch of derivative calls: one per layer */
    mlpi_direction *directions;
    int64_t batch;       /* of the remembered pass; 0: none */
    uint64_t generation; /* of the remembered pass's model */
    uint64_t fits;       /* id of an architecture seen to be equal to ours */
    mlpi_plan plan;
    char error[512];
};

mlp_status mlpi_workspace_size(const mlp_model *model, int64_t max_batch, int32_t threads, int32_t uses,
                               int64_t *bytes);
mlp_status mlpi_workspace_create(const mlp_model *model, int64_t max_batch, int32_t threads, int32_t uses,
                                 void *memory, mlp_workspace **out); /* memory NULL: allocate */
void mlpi_workspace_destroy(mlp_workspace *workspace);

/* MLP_OK where `model` is of the workspace's architecture; else a failure with a message. */
mlp_status mlpi_workspace_check_fits(mlp_workspace *workspace, const mlp_model *model);

void mlpi_workspace_forget(mlp_workspace *workspace);
void mlpi_workspace_prepare(mlp_workspace *workspace);
int64_t mlpi_workspace_describe(const mlp_workspace *workspace, char *buffer, int64_t size);

/* By option; the value is one of the option's. On failure nothing has changed. */
mlp_status mlpi_workspace_set(mlp_workspace *workspace, mlp_workspace_option option, int32_t value);

int32_t mlpi_workspace_get(const mlp_workspace *workspace, mlp_workspace_option option);

/* The model's layers, to be run by the workspace's plan. */
static inline mlpi_chain mlpi_workspace_chain(const mlp_workspace *workspace, const mlp_model *model)
{
    return (mlpi_chain){model->architecture.layers, model->layers, &workspace->plan};
}

#include "base/real32.h"
#include "model/forward_decl_tmpl.h"
#include "base/real64.h"
#include "model/forward_decl_tmpl.h"

#endif
