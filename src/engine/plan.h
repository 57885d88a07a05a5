/*
 * How the sweeps of one workspace run: on which engine, with which kernels, in which memory.
 */
#ifndef MLPI_ENGINE_PLAN_H
#define MLPI_ENGINE_PLAN_H

#include "base/arena.h"
#include "engine/pool.h"
#include "engine/product.h"
#include "layer/vectors.h"
#include "mlp/engine.h"

typedef struct mlpi_plan {
    mlp_engine engine;           /* as asked for: MLP_ENGINE_AUTO, _NATIVE or _BLAS */
    mlp_cpu cpu;                 /* as asked for */
    int32_t common_order;        /* one sample takes the chains of a batch */
    const mlpi_kernels *kernels; /* NULL: every product is the BLAS's */
    const struct mlpi_activation_vectors *vectors;
    mlpi_pool *pool; /* the workspace's threads; NULL for one */
    int32_t threads; /* at most */
    void *tiles;     /* buffers of the columns path, for each thread; NULL where it is never taken */
    void **panels;   /* for each thread, a panel of some A_l^T: n_l rows of one panel's columns */
} mlpi_plan;

/* The widest of the layers from .. to. */
int64_t mlpi_plan_widest(int32_t from, int32_t to, const int64_t *widths);

/* Columns of the widest panel any of the kernels has: buffers have room for it, whatever set is chosen later. */
int64_t mlpi_plan_panel(mlp_dtype dtype);

/* The room a plan needs for layers of these widths (0..layers); NULL memory only measures. */
void *mlpi_plan_take_panel(mlpi_arena *arena, mlp_dtype dtype, int32_t layers, const int64_t *widths);

/* How many threads work of so many multiply-adds is worth: each should have a few microseconds. */
int32_t mlpi_plan_threads(const mlpi_plan *plan, double multiply_adds);

/* Part `index` of `count` of `total` things that are given out in units. */
void mlpi_plan_share(int64_t total, int64_t unit, int32_t index, int32_t count, int64_t *from, int64_t *to);

/* Choose again, after engine or cpu has been set. Fails with MLP_ERR_UNSUPPORTED where the processor lacks the set. */
mlp_status mlpi_plan_settle(mlpi_plan *plan);

/* "native avx512", "blas": what the plan comes to. */
const char *mlpi_plan_describe(const mlpi_plan *plan, char *text, int64_t size);

#endif
