/*
 * Every pass over a small model - forward, vjp, jvp, the three Jacobians, jets and what pulls them back, a linearised loss
 * with its products, Hessians in x - into one block of results that can be compared byte by byte. Asserts nothing, so that any thread may use it.
 */
#ifndef MLP_TESTS_PASSES_H
#define MLP_TESTS_PASSES_H

#include "mlp/mlp.h"

#include <stdalign.h>

enum {
    PASSES_IN = 3,
    PASSES_WIDE = 9,
    PASSES_OUT = 2,
    PASSES_BATCH = 5,
    PASSES_LAYERS = 3,
    PASSES_POINTS = 8,
    PASSES_DIRECTIONS = 2
};
enum {
    PASSES_PARAMS =
        PASSES_WIDE * (PASSES_IN + 1) + PASSES_WIDE * (PASSES_WIDE + 1) + PASSES_OUT * (PASSES_WIDE + 1)
};

/* Room for doubles; an f32 model fills half of every array. Zeros elsewhere, if there were zeros before. */
typedef struct passes_results {
    alignas(64) double y[PASSES_OUT * PASSES_BATCH];
    alignas(64) double x_bar[PASSES_IN * PASSES_BATCH];
    alignas(64) double theta_bar[PASSES_PARAMS];
    alignas(64) double y_dot[PASSES_OUT * PASSES_BATCH];
    alignas(64) double by_input[PASSES_OUT * PASSES_IN * PASSES_BATCH];
    alignas(64) double by_bias[PASSES_OUT * PASSES_WIDE * PASSES_BATCH];
    alignas(64) double by_weight[PASSES_OUT * PASSES_WIDE * PASSES_WIDE * PASSES_BATCH];
    alignas(64) double jet[3][PASSES_OUT * PASSES_DIRECTIONS * PASSES_BATCH];
    alignas(64) double laplacian[PASSES_OUT * PASSES_BATCH];
    alignas(64) double jet_x_bar[3][PASSES_IN * PASSES_BATCH];
    alignas(64) double jet_theta_bar[3][PASSES_PARAMS];
    alignas(64) double loss;
    alignas(64) double by_theta[3][PASSES_PARAMS]; /* the loss's gradient, and both products with it */
    alignas(64) double hessian_x[PASSES_IN * PASSES_IN * PASSES_OUT * PASSES_BATCH];
} passes_results;

/* A model 3 - 9 - 9 - 2 with GELU layers, initialised from the seed, its inputs and outputs scaled. */
mlp_status passes_create_model(mlp_dtype dtype, uint64_t seed, mlp_model **model);
mlp_status passes_create_workspace(const mlp_model *model, mlp_workspace **workspace);

/* The forward pass alone, into results->y; and the derivatives alone, into the others. */
mlp_status passes_forward(const mlp_model *model, mlp_workspace *workspace, passes_results *results);
mlp_status passes_derivatives(const mlp_model *model, mlp_workspace *workspace, passes_results *results);

/* Derivative call number 0 .. PASSES_DERIVATIVES - 1 alone. */
enum { PASSES_DERIVATIVES = 11 };
mlp_status passes_derivative(int32_t number, const mlp_model *model, mlp_workspace *workspace,
                             passes_results *results);

/* All of them, at one of several points 0 .. PASSES_POINTS - 1; and at point 0, as the above. */

mlp_status passes_run_at(int32_t point, const mlp_model *model, mlp_workspace *workspace,
                         passes_results *results);
mlp_status passes_run(const mlp_model *model, mlp_workspace *workspace, passes_results *results);

#endif
