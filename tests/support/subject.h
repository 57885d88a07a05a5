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

/* A model with the problem's network, and a workspace for `max_batch`: with derivatives, or for `uses`. */
void subject_create(subject *subject, const problem *problem, int64_t max_batch, int32_t threads,
                    int64_t padding);
void subject_create_for(subject *subject, const problem *problem, int64_t max_batch, int32_t threads,
                        int32_t uses, int64_t padding);
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

/*
 * Jets along `directions` of every sample: v is n_0 x directions for one sample after the other, or, where `shared`, once for
 * all; NULL for the units of x. y_k: n_L x (directions batch), NULL to skip.
 */
void subject_jet(subject *subject, int64_t directions, const double *v, int shared, double *y1, double *y2,
                 double *y3);

/* weights: n_0, or NULL; y1: n_L x (n_0 batch), NULL to skip; laplacian: n_L x batch. */
void subject_laplacian(subject *subject, const double *weights, double *y1, double *laplacian);

/* y1_bar: n_L x columns1, y2_bar: n_L x columns2, each NULL for 0; x_bar or theta_bar may be NULL. */
void subject_jet_vjp(subject *subject, const double *y_bar, const double *y1_bar, int64_t columns1,
                     const double *y2_bar, int64_t columns2, double *x_bar, double *theta_bar);
void subject_mixed_vjp(subject *subject, const double *x_dot, const double *y_bar, double *x_bar,
                       double *theta_bar);

/* J: n_to x (columns) x batch, compact. */
void subject_jacobian_output(subject *subject, int32_t to, int32_t from, double *J);
void subject_jacobian_bias(subject *subject, int32_t to, int32_t layer, double *J);
void subject_jacobian_weight(subject *subject, int32_t to, int32_t layer, double *J);

#endif
