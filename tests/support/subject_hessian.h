/* The calls of mlp/hessian.h, as subject.h has the others. */
#ifndef TESTS_SUPPORT_SUBJECT_HESSIAN_H
#define TESTS_SUPPORT_SUBJECT_HESSIAN_H

#include "support/subject.h"

/* t: n_L x batch, or NULL where labels has a class per sample; weights: batch or NULL; value and theta_bar may be NULL. */
void subject_linearize(subject *subject, mlp_loss loss, const double *t, const int32_t *labels,
                       const double *weights, double *value, double *theta_bar);
void subject_hvp(subject *subject, const double *theta_dot, double *theta_hv);
void subject_gauss_newton(subject *subject, const double *theta_dot, double *theta_gv);

/* H: n_0 x n_0 for every output of a sample, and then of the next. */
void subject_hessian_x(subject *subject, double *H);

/* The loss at outputs y (n_L x batch), computed in the subject's number type; v: n_L x batch, hv in its place. */
void subject_loss(const subject *subject, mlp_loss loss, const double *y, const double *t,
                  const int32_t *labels, const double *weights, double *value, double *y_bar);
void subject_loss_hvp(const subject *subject, mlp_loss loss, const double *y, const double *t,
                      const int32_t *labels, const double *weights, double *v);

#endif
