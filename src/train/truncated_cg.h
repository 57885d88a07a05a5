/*
 * Conjugate gradients for a Gauss-Newton step, truncated: N. N. Schraudolph, "Fast curvature matrix-vector products for
 * second-order gradient descent", Neural Computation 14 (2002); J. Martens, "Deep learning via Hessian-free optimization", ICML
 * 2010. For
 *
 *     (G + lambda I) d = -(g + penalty)
 *
 * from d = 0, each iteration needing one product G p and no matrix, until the residual is MLP_TRAINER_SOLVER_TOLERANCE of
 * the right side or MLP_TRAINER_SOLVER_ITERATIONS have passed. Where the loss is not convex and p^T (G + lambda I) p <= 0
 * it ends as well (Steihaug 1983): every d on the way makes the quadratic model less.
 */
#ifndef MLPI_TRAIN_TRUNCATED_CG_H
#define MLPI_TRAIN_TRUNCATED_CG_H

#include "train/residuals.h"

typedef struct mlpi_truncated_cg {
    mlpi_bend_room room;
    double *gradient;         /* g, set by the caller */
    double *d;                /* the solution */
    double *residual, *p, *q; /* q = (G + lambda I) p */
} mlpi_truncated_cg;

mlpi_truncated_cg mlpi_truncated_cg_take(mlpi_arena *arena, const mlp_trainer *trainer, int64_t max_batch);

/* *solved becomes 0 where there is no direction the model falls in. Fails where a callback does. */
mlp_status mlpi_truncated_cg_solve(const mlpi_truncated_cg *cg, const mlpi_residuals *residuals,
                                   double lambda, const double *penalty, int *solved);

#endif
