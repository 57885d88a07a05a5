/*
 * The loops of the optimizers, compiled for each instruction set. Elementwise, n elements each; the equations are in
 * sgd.c and adam.c.
 */
#ifndef MLPI_TRAIN_UPDATES_H
#define MLPI_TRAIN_UPDATES_H

#include "simd/cpu.h"

#include <stdint.h>

/* What one step of Adam needs, in double: each number type casts it once. */
typedef struct mlpi_adam_factors {
    double rate, epsilon;
    double beta1, fresh1, correction1; /* beta1, 1 - beta1, 1 / (1 - beta1^t) */
    double beta2, fresh2, correction2;
} mlpi_adam_factors;

typedef struct mlpi_updates {
    /* v = momentum v + g;  theta -= rate v */
    void (*heavy_ball_f32)(int64_t n, float rate, float momentum, const float *g, float *v, float *theta);
    void (*heavy_ball_f64)(int64_t n, double rate, double momentum, const double *g, double *v,
                           double *theta);
    void (*adam_f32)(int64_t n, const mlpi_adam_factors *f, const float *g, float *m, float *v, float *theta);
    void (*adam_f64)(int64_t n, const mlpi_adam_factors *f, const double *g, double *m, double *v,
                     double *theta);
} mlpi_updates;

/* Those of the best set this processor has. */
const mlpi_updates *mlpi_updates_best(void);

extern const mlpi_updates mlpi_updates_generic;
#if defined(__x86_64__)
extern const mlpi_updates mlpi_updates_avx2, mlpi_updates_avx512;
#endif

#endif
