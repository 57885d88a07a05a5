/*
 * A step of Marquardt's, what methods of least squares have in common. With S(theta) = sum_s w_s l_s, its gradient g and its
 * Gauss-Newton matrix G,
 *
 *     F(theta) = S(theta) + decay/2 |theta|^2,    (G + (decay + mu scale) I) d = -(g + decay theta)
 *
 * theta + d is taken where F is less there. Else mu is multiplied by MLP_TRAINER_DAMPING_INCREASE and another d tried, until mu
 * exceeds MLP_TRAINER_DAMPING_MAXIMUM; a step that was taken multiplies it by MLP_TRAINER_DAMPING_DECREASE.
 *
 * With MLP_TRAINER_ACCELERATION the step follows a parabola: M. K. Transtrum and J. P. Sethna, "Improvements to the
 * Levenberg-Marquardt algorithm for nonlinear least-squares minimization", arXiv:1201.5885, 2012. With v the d above,
 *
 *     (G + (decay + mu scale) I) a = -J^T r_vv,    d = v + a/2,    and another mu is tried where 2 |a| > 3/4 |v|
 *
 * and if it is 2 a d that leads uphill is taken as well where (1 - cos(v, v of the step before)) F there is no more than F
 * here.
 */
#ifndef MLPI_TRAIN_MARQUARDT_H
#define MLPI_TRAIN_MARQUARDT_H

#include "train/truncated_cg.h"

/* What is kept from step to step, at the beginning of trainer->state.kept. */
enum {
    MLPI_MARQUARDT_DAMPING, /* mu; 0 before the first step */
    MLPI_MARQUARDT_BY_ROWS, /* 1 where the next step begins with QR */
    MLPI_MARQUARDT_VELOCITY /* from here on, with acceleration 2, v of the last step; 0 before the first */
};

typedef struct mlpi_marquardt {
    int by_products; /* by conjugate gradients on products, `cg`; else by `damped` */
    mlpi_damped damped;
    mlpi_truncated_cg cg;
    double *d;              /* of whichever it is */
    mlpi_point here, trial; /* theta alone */
    double *penalty;        /* decay theta */
    int64_t acceleration;   /* MLP_TRAINER_ACCELERATION; 0: the next two are not there */
    mlpi_bend_room bend;
    double *a;
    double sum, trial_sum; /* S at both */
    double damping;        /* mu now */
} mlpi_marquardt;

/* Takes the memory; NULL while the arena only measures. */
mlpi_marquardt *mlpi_marquardt_take(mlpi_arena *arena, const mlp_trainer *trainer, int64_t max_batch);

/* The solver the options come to: MLP_SOLVER_DIRECT, _QR or _CG. */
mlp_solver mlpi_marquardt_solver(const mlp_trainer *trainer);

/* What its workspace is for. */
int32_t mlpi_marquardt_uses(const mlp_trainer *trainer);

/* How many doubles are kept, and where those of the method itself begin. */
int64_t mlpi_marquardt_kept(const mlp_trainer *trainer);

/* Refuses what no method of least squares can do with the trainer's options. */
mlp_status mlpi_marquardt_check(const mlp_trainer *trainer);

/* `here` becomes the place the trainer's model is at. Refuses where the loss or its derivatives are not finite. */
mlp_status mlpi_marquardt_begin(mlpi_marquardt *m, const mlpi_residuals *residuals);

/*
 * Try steps until F is less. *found becomes 1 where it is: then the model is at `trial`, and else where it was, as on failure.
 */
mlp_status mlpi_marquardt_search(mlpi_marquardt *m, const mlpi_residuals *residuals, double decay,
                                 double scale, int *found);

/* Keep what the next step begins with, and count this one, which has `found` one or not. */
void mlpi_marquardt_end(const mlpi_marquardt *m, const mlpi_residuals *residuals, int found);

const double *mlpi_marquardt_statistic(const mlp_trainer *trainer, mlp_statistic which);

/* |theta|^2, summed in order. */
double mlpi_marquardt_square(const mlpi_point *point, int64_t n);

#endif
