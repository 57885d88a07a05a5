/* The calls of mlp/sample.h and the Jacobians of the whole model, as subject.h has the others. */
#ifndef TESTS_SUPPORT_SUBJECT_SAMPLES_H
#define TESTS_SUPPORT_SUBJECT_SAMPLES_H

#include "support/subject.h"

/*
 * Another workspace, for these uses, at the point of the last pass over all of the problem's samples: by the native engine
 * of this processor, by its generic kernels or by the BLAS, which the problem's seed decides.
 */
void subject_equip(subject *subject, const problem *problem, int32_t uses);

/* theta_bars: n_theta x batch; norms: batch; K: batch x batch. */
void subject_sample_gradients(subject *subject, const double *y_bar, double *theta_bars);
void subject_sample_norms(subject *subject, const double *y_bar, double *norms);
void subject_sample_clipped_sum(subject *subject, const double *y_bar, double bound, double *norms,
                                double *theta_bar);
void subject_sample_inner_products(subject *subject, const double *y_bar, double *K);

/* J: n_L x n_0 x batch, and n_theta x (batch n_L). */
void subject_jacobian(subject *subject, double *J);
void subject_jacobian_theta(subject *subject, double *J);

/* JtJ: n_theta x n_theta, Jtr: n_theta, added to; r may be NULL, and then Jtr is not handed in. */
void subject_jacobian_normal_add(subject *subject, const double *r, double *JtJ, double *Jtr);

#endif
