/*
 * The workspace: one block of memory for every pass over one architecture, and the remembered point.
 */
#ifndef MLPI_MODEL_WORKSPACE_H
#define MLPI_MODEL_WORKSPACE_H

#include "engine/alone.h"
#include "engine/columns.h"
#include "engine/curvature.h"
#include "engine/gram.h"
#include "engine/route.h"
#include "mlp/workspace.h"
#include "model/model.h"

enum { MLPI_LOSS_POINT_SCRATCH = 4 };

/* The loss a workspace has linearised: what its Hessian in y depends on. n_L x max_batch, compact. */
typedef struct mlpi_loss_point {
    const struct mlpi_loss *loss; /* a reference; NULL: none is linearised */
    void (*release)(const struct mlpi_loss *loss);
    double scale; /* 1 / sum of the weights */
    int has_labels, has_weights;
    void *y, *t; /* outputs and targets in the user's units */
    int32_t *labels;
    void *weights;
    void *y_bar;     /* dloss/dy */
    void *v;         /* room for a vector */
    double *scratch; /* for a loss that calls back: MLPI_LOSS_POINT_SCRATCH n_L */
} mlpi_loss_point;

/* What the bytes of a workspace are for. */
typedef struct mlpi_workspace_parts {
    int64_t tape;    /* y_l, z_l and slopes of a pass */
    int64_t scratch; /* the two matrices of derivatives */
    int64_t panel;   /* of transposed weights */
    int64_t tiles;   /* of the columns path, for each thread */
    int64_t streams; /* of jets, and what is kept for Hessian products */
    int64_t samples; /* Deltas that are kept, and what goes with them */
    int64_t rows;    /* of dy/dtheta */
    int64_t threads; /* what the pool keeps of them */
    int64_t tables;  /* this header, and what there is of every layer */
} mlpi_workspace_parts;

/* Rows of dy/dtheta that are formed at a time, in double whatever the model's number type is. */
typedef struct mlpi_row_block {
    int64_t samples;  /* of a block, with n_L rows each */
    int64_t ld;       /* distance of rows */
    double *rows;     /* of theta's length and one more */
    double *residual; /* one for each row */
    int64_t widest;   /* of all layers */
    double *y;        /* for each thread, of the widest layer */
} mlpi_row_block;

struct mlp_workspace {
    mlpi_architecture architecture;
    mlpi_layer *layers; /* the chain without parameters: what a route depends on */
    int64_t max_batch;
    int32_t threads, uses;
    int64_t bytes; /* of the whole block, this header included */
    mlpi_workspace_parts parts;
    int64_t head;    /* of these, this header and the pool, which other threads may be using */
    int owns_memory; /* the block is the library's, not the caller's */
    mlpi_tape tape;
    void *scratch[2]; /* with MLP_USE_DERIVATIVES: max ld x max_batch each */
    void **deltas;    /* with MLP_USE_DERIVATIVES, [l]: where Delta_l goes, matrices of their own with
                                 MLP_USE_SAMPLES, else the scratch matrices in turn */
    void *factors;    /* with MLP_USE_SAMPLES, as the next: one for each sample */
    mlpi_gram gram;
    mlpi_row_block block;     /* with MLP_USE_LEAST_SQUARES */
    mlpi_gradient *gradients; /* scratch of derivative calls: one per layer */
    mlpi_direction *directions;
    mlpi_jet_memory *jets; /* with MLP_USE_SECOND_ORDER, as the next two */
    mlpi_curvature_memory *curvature;
    mlpi_loss_point *loss_point;
    int64_t batch;       /* of the remembered pass; 0: none */
    uint64_t generation; /* of the remembered pass's model */
    uint64_t fits;       /* id of an architecture seen to be equal to ours */
    mlpi_plan plan;
    char error[512];
};

/* Samples of a block of rows of dy/dtheta. */
int64_t mlpi_row_block_samples(int64_t outputs, int64_t max_batch);

mlp_status mlpi_workspace_size(const mlp_model *model, int64_t max_batch, int32_t threads, int32_t uses,
                               int64_t *bytes);
mlp_status mlpi_workspace_create(const mlp_model *model, int64_t max_batch, int32_t threads, int32_t uses,
                                 void *memory, mlp_workspace **out); /* memory NULL: allocate */
void mlpi_workspace_destroy(mlp_workspace *workspace);

/* MLP_OK where `model` is of the workspace's architecture; else a failure with a message. */
mlp_status mlpi_workspace_check_fits(mlp_workspace *workspace, const mlp_model *model);

void mlpi_workspace_forget(mlp_workspace *workspace);
void mlpi_workspace_forget_loss(mlp_workspace *workspace);
void mlpi_workspace_prepare(mlp_workspace *workspace);
mlp_status mlpi_workspace_tune(mlp_workspace *workspace, const mlp_model *model, int64_t batch);
int64_t mlpi_workspace_describe(const mlp_workspace *workspace, char *buffer, int64_t size);

/* By option; the value is one of the option's. On failure nothing has changed. */
mlp_status mlpi_workspace_set(mlp_workspace *workspace, mlp_workspace_option option, int32_t value);

int32_t mlpi_workspace_get(const mlp_workspace *workspace, mlp_workspace_option option);

/* The model's layers, to be run by the workspace's plan. */
static inline mlpi_chain mlpi_workspace_chain(const mlp_workspace *workspace, const mlp_model *model)
{
    return (mlpi_chain){model->architecture.layers, model->layers, &workspace->plan};
}

/* Passes leave nothing but y_L: no derivative is taken at them. */
static inline int mlpi_workspace_keeps_output_only(const mlp_workspace *workspace)
{
    return !(workspace->uses & MLP_USE_DERIVATIVES);
}

#include "base/real32.h"
#include "model/forward_decl_tmpl.h"
#include "base/real64.h"
#include "model/forward_decl_tmpl.h"

#endif
