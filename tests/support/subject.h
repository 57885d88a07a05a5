/*
 * The library under test, through its public functions, for either number type. Arguments and results are compact
 * arrays of double; the library sees guarded arrays of the model's number type with room between columns. Every
 * function asserts MLP_OK and that inputs and padding are as before.
 */
#ifndef TESTS_SUPPORT_SUBJECT_H
#define TESTS_SUPPORT_SUBJECT_H

#include "support/problem.h"

typedef struct subject {
    mlp_model *model;
    mlp_workspace *workspace;
    int64_t n_in, n_out, count, batch;
    int64_t padding; /* added to every leading dimension and stride */
    mlp_dtype dtype;
} subject;

/* A model with the problem's network, and a workspace with derivatives for `max_batch`. */
void subject_create(subject *subject, const problem *problem, int64_t max_batch, int32_t threads,
                    int64_t padding);
void subject_destroy(subject *subject);

/* Replaces theta (count values). */
void subject_set_theta(subject *subject, const double *theta);

/* x: n_0 x batch; y: n_L x batch, NULL to skip. */
void subject_forward(subject *subject, int64_t batch, const double *x, double *y);

/* y_l of the remembered pass: n_l x batch. */
void subject_layer(subject *subject, int32_t layer, double *y);

/* As the library's: x_bar or theta_bar may be NULL; x_dot or theta_dot may be NULL. */
void subject_vjp(subject *subject, const double *y_bar, double *x_bar, double *theta_bar);
void subject_jvp(subject *subject, const double *x_dot, const double *theta_dot, double *y_dot);

/* J: n_to x (columns) x batch, compact. */
void subject_jacobian_output(subject *subject, int32_t to, int32_t from, double *J);
void subject_jacobian_bias(subject *subject, int32_t to, int32_t layer, double *J);
void subject_jacobian_weight(subject *subject, int32_t to, int32_t layer, double *J);

#endif
