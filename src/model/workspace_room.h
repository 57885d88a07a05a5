/* What a workspace is made for, and its memory. */
#ifndef MLPI_MODEL_WORKSPACE_ROOM_H
#define MLPI_MODEL_WORKSPACE_ROOM_H

#include "base/arena.h"
#include "model/workspace.h"

/* Uses that include others name them all. */
typedef struct mlpi_workspace_request {
    const mlpi_architecture *architecture;
    int64_t max_batch;
    int32_t threads, uses;
} mlpi_workspace_request;

/* A workspace whose plan is not settled, where the arena has memory; NULL where it only measures. */
mlp_workspace *mlpi_workspace_carve(mlpi_arena *arena, const mlpi_workspace_request *wanted);

#endif
