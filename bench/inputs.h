/**
 * @file
 * The numbers a problem is computed with: the same for every program, exact in f32.
 *
 * Samples repeat with a period, so that the reference loops have few to compute whatever the batch is. The period is
 * a prime: a program that mixes samples up within its tiles is found out.
 */
#ifndef BENCH_INPUTS_H
#define BENCH_INPUTS_H

#include "problem.h"

/** The numbers. Column-major matrices; sample s of a batch is column s modulo the period. */
struct inputs {
    int64_t period;
    double *theta; /**< A_1, b_1, .. A_L, b_L */
    double *x;     /**< n_0 x period */
    double *t;     /**< n_L x period: targets, and y_bar of a vjp */
    double *x_dot; /**< n_0 x period */
};

/** Make the numbers of a problem. */
void inputs_create(const struct problem *problem, struct inputs *inputs);

/** Free what inputs_create() made. */
void inputs_destroy(struct inputs *inputs);

/** A copy as float of @p count numbers. */
float *inputs_narrow(const double *values, int64_t count);

/** n x batch values from n x period ones, as float. */
float *inputs_spread_f32(const double *columns, int64_t n, int64_t period, int64_t batch);

/** The same as double. */
double *inputs_spread_f64(const double *columns, int64_t n, int64_t period, int64_t batch);

#endif
