/*
 * The loops of the optimizers, compiled for each instruction set. Elementwise, n elements each; the equations are in
 * the files of the optimizers, weight decay in optimizer.h.
 */
#ifndef MLPI_TRAIN_UPDATES_H
#define MLPI_TRAIN_UPDATES_H

#include "simd/cpu.h"

#include <stdint.h>

/* What one step of Adam or NAdam needs, in double: each number type casts it once. */
typedef struct mlpi_adam_factors {
    double beta1, fresh1, correction1; /* beta1, 1 - beta1, 1 / (1 - beta1^t) */
    double beta2, fresh2, correction2;
    double ahead1; /* beta1 / (1 - beta1^(t + 1)), of NAdam */
} mlpi_adam_factors;

/* What one step needs besides gradients and states: made once for all of its parts. */
typedef struct mlpi_update {
    double rate, shrink; /* shrink: rate times weight decay */
    double momentum;
    int32_t nesterov;
    double rho, epsilon;
    mlpi_adam_factors adam;
} mlpi_update;

/* What becomes of a gradient g before the optimizer sees it: h = g + l2 theta + l1 sign(theta), scaled, within the limits. */
typedef struct mlpi_transform {
    double l1, l2, scale;
    double limit; /* |h|'s; infinity for none */
} mlpi_transform;

typedef struct mlpi_updates {
    /* out = max(-limit, min(limit, scale h)) */
    void (*transform_f32)(int64_t n, const mlpi_transform *t, const float *theta, const float *g, float *out);
    void (*transform_f64)(int64_t n, const mlpi_transform *t, const double *theta, const double *g,
                          double *out);
    /* sum h^2, in an order of its own that is the same everywhere */
    double (*square_f32)(int64_t n, const mlpi_transform *t, const float *theta, const float *g);
    double (*square_f64)(int64_t n, const mlpi_transform *t, const double *theta, const double *g);
    /* average += fresh (theta - average): where they are the same it stays */
    void (*average_f32)(int64_t n, double fresh, const float *theta, float *average);
    void (*average_f64)(int64_t n, double fresh, const double *theta, double *average);
    /* theta -= shrink theta + rate g */
    void (*descend_f32)(int64_t n, const mlpi_update *u, const float *g, float *theta);
    void (*descend_f64)(int64_t n, const mlpi_update *u, const double *g, double *theta);
    /* v = momentum v + g;  theta -= shrink theta + rate v */
    void (*heavy_ball_f32)(int64_t n, const mlpi_update *u, const float *g, float *v, float *theta);
    void (*heavy_ball_f64)(int64_t n, const mlpi_update *u, const double *g, double *v, double *theta);
    /* v = momentum v + g;  theta -= shrink theta + rate (g + momentum v) */
    void (*nesterov_f32)(int64_t n, const mlpi_update *u, const float *g, float *v, float *theta);
    void (*nesterov_f64)(int64_t n, const mlpi_update *u, const double *g, double *v, double *theta);
    void (*adam_f32)(int64_t n, const mlpi_update *u, const float *g, float *m, float *v, float *theta);
    void (*adam_f64)(int64_t n, const mlpi_update *u, const double *g, double *m, double *v, double *theta);
    /* s = rho s + (1 - rho) g^2;  theta -= shrink theta + rate g / (sqrt(s) + epsilon) */
    void (*rmsprop_f32)(int64_t n, const mlpi_update *u, const float *g, float *s, float *theta);
    void (*rmsprop_f64)(int64_t n, const mlpi_update *u, const double *g, double *s, double *theta);
    /* s = s + g^2;  theta -= shrink theta + rate g / (sqrt(s) + epsilon) */
    void (*adagrad_f32)(int64_t n, const mlpi_update *u, const float *g, float *s, float *theta);
    void (*adagrad_f64)(int64_t n, const mlpi_update *u, const double *g, double *s, double *theta);
    void (*nadam_f32)(int64_t n, const mlpi_update *u, const float *g, float *m, float *v, float *theta);
    void (*nadam_f64)(int64_t n, const mlpi_update *u, const double *g, double *m, double *v, double *theta);
    /* sign: of the last gradient, 0 where it counts as 0; size: the step's, Delta */
    void (*rprop_f32)(int64_t n, const mlpi_update *u, const float *g, float *sign, float *size,
                      float *theta);
    void (*rprop_f64)(int64_t n, const mlpi_update *u, const double *g, double *sign, double *size,
                      double *theta);
} mlpi_updates;

/* Those of the best set this processor has. */
const mlpi_updates *mlpi_updates_best(void);

extern const mlpi_updates mlpi_updates_generic;
#if defined(__x86_64__)
extern const mlpi_updates mlpi_updates_avx2, mlpi_updates_avx512;
#endif

#endif
