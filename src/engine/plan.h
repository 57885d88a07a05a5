/*
 * How the sweeps of one workspace run: on which engine, with which kernels, in which memory.
 */
#ifndef MLPI_ENGINE_PLAN_H
#define MLPI_ENGINE_PLAN_H

#include "base/arena.h"
#include "engine/jet_kernels.h"
#include "engine/pool.h"
#include "engine/product.h"
#include "layer/vectors.h"
#include "mlp/engine.h"

/* How the work of a pass is cut. */
typedef enum mlpi_path {
    MLPI_PATH_LAYERS,  /* layer by layer on the calling thread: by the BLAS, or around callbacks */
    MLPI_PATH_ROWS,    /* samples are the rows; each thread takes samples through all layers */
    MLPI_PATH_UNITS,   /* the same products; each thread takes units of one layer after the other */
    MLPI_PATH_COLUMNS, /* samples along the vectors (columns.h) */
} mlpi_path;

/* The way of a pass (route.h). */
typedef struct mlpi_route {
    mlpi_path path;
    int32_t threads;
    int32_t tuned; /* measured to be the best */
} mlpi_route;

/* What a pass costs, for the choice between rows and columns (columns.h). */
typedef struct mlpi_columns_cost {
    double sample;   /* by rows, for each sample */
    double products; /* by columns, for each vector of samples; more where there is but one */
    double vector;   /* by columns besides, likewise */
} mlpi_columns_cost;

enum {
    MLPI_PLAN_TUNED = 8, /* tunings kept */
    MLPI_PLAN_FEW =
        8, /* samples below which cotangents are pulled back by dots, and no wide A_l is transposed */
};

/* What was measured for passes of one batch. */
typedef struct mlpi_tuning {
    int64_t batch;
    mlpi_route route;
} mlpi_tuning;

typedef struct mlpi_plan {
    mlp_engine engine;           /* as asked for: MLP_ENGINE_AUTO, _NATIVE or _BLAS */
    mlp_cpu cpu;                 /* as asked for */
    int32_t calls_back;          /* some activation is a callback, which runs on the caller's thread only */
    int32_t common_order;        /* one sample takes the chains of a batch */
    const mlpi_kernels *kernels; /* NULL: every product is the BLAS's */
    const struct mlpi_activation_vectors *vectors;
    const mlpi_jet_kernels *jets;
    mlpi_pool *pool; /* the workspace's threads; NULL for one */
    int32_t threads; /* at most */
    void *tiles;     /* buffers of the columns path, for each thread; NULL where it is never taken */
    void **
        panels; /* for each thread, a panel of some A_l^T: n_l rows of one panel's columns; NULL where none is made */
    mlpi_columns_cost columns;
    int32_t tunings; /* how many there have been: the last MLPI_PLAN_TUNED are kept */
    mlpi_tuning tuning[MLPI_PLAN_TUNED];
} mlpi_plan;

/* The widest of the layers from .. to. */
int64_t mlpi_plan_widest(int32_t from, int32_t to, const int64_t *widths);

/* Columns of the widest panel any of the kernels has: buffers have room for it, whatever set is chosen later. */
int64_t mlpi_plan_panel(mlp_dtype dtype);

/*
 * The panel of a plan for layers of these widths (0..layers) and passes of up to max_batch samples; NULL where they are too
 * few to have A_l transposed, and while the arena only measures.
 */
void *mlpi_plan_take_panel(mlpi_arena *arena, mlp_dtype dtype, int32_t layers, const int64_t *widths,
                           int64_t max_batch);

/*
 * What was measured at the batch nearest to this one, no farther than a factor of two; NULL if nothing was. One sample has
 * an order of summation of its own: it is near to itself only.
 */
const mlpi_route *mlpi_plan_tuned(const mlpi_plan *plan, int64_t batch);

/* Keep `route` for passes of this batch and those nearest to it; the oldest tuning makes room. */
void mlpi_plan_tune(mlpi_plan *plan, int64_t batch, mlpi_route route);

/* Whether a pass is of one sample in its own order of summation, which kernels of their own compute. */
static inline int mlpi_plan_is_single(const mlpi_plan *plan, int64_t batch)
{
    return batch == 1 && !plan->common_order;
}

/* How many threads work of so many multiply-adds is worth: each should have a few microseconds. */
int32_t mlpi_plan_threads(const mlpi_plan *plan, double multiply_adds);

/* Part `index` of `count` of `total` things that are given out in units. */
void mlpi_plan_share(int64_t total, int64_t unit, int32_t index, int32_t count, int64_t *from, int64_t *to);

/* Native kernels take subnormal numbers for zero; a BLAS is left alone. */
uint64_t mlpi_plan_enter(const mlpi_plan *plan);
void mlpi_plan_leave(const mlpi_plan *plan, uint64_t mode);

/* Choose again, after engine or cpu has been set. Fails with MLP_ERR_UNSUPPORTED where the processor lacks the set. */
mlp_status mlpi_plan_settle(mlpi_plan *plan);

/* "native avx512", "blas": what the plan comes to. */
const char *mlpi_plan_describe(const mlpi_plan *plan, char *text, int64_t size);

#endif
