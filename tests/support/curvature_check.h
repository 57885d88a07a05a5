/* Comparing the library's second derivatives with the reference. */
#ifndef TESTS_SUPPORT_CURVATURE_CHECK_H
#define TESTS_SUPPORT_CURVATURE_CHECK_H

#include "support/curvature_reference.h"
#include "support/jet_check.h"
#include "support/subject_hessian.h"

/* CMocka's group fixtures: those of sigma.h, and a loss of their own beside them. */
int curvature_setup(void **state);
int curvature_teardown(void **state);

/* Losses 0 .. LOSS_COUNT - 1: those of the library, then ones configured, then the registered one. */
enum { LOSS_COUNT = 14 };
mlp_loss loss_at(int index);

/* A loss at every sample of a problem. */
typedef struct loss_case {
    mlp_loss loss;
    double *t;       /* n_L x batch; NULL where there are labels */
    int32_t *labels; /* batch */
    double *weights; /* batch, or NULL */
    double weight_sum;
    int is_one_sided; /* gradients and Hessians of one sign, which do not cancel */
} loss_case;

/*
 * Targets near the outputs, to one side of them so that gradients do not cancel, and off the kinks. A loss that cannot be
 * taken of the outputs is replaced by squared error. Labels where `labelled`, if the loss has kinks only off them.
 */
loss_case loss_case_create(problem *problem, mlp_loss loss, int labelled, int weighted);
void loss_case_destroy(loss_case *loss);

/* What is compared, as the orders of a jet_tally: products of losses that are not one-sided are its gradients. */
enum { OF_HVP = 1, OF_GAUSS_NEWTON = 2, OF_HESSIAN_X = 3 };
void curvature_tally_close(const jet_tally *tally, const char *what, int sharp);

/* Gradient and Hessian of the loss at each sample's output, in double; and their sizes and errors. */
typedef struct loss_reference {
    const loss_case *at;
    sized_number *g, *g_sizes, *H, *H_sizes; /* n_L x batch, n_L x n_L x batch */
} loss_reference;

loss_reference loss_reference_create(const jet_oracle *oracle, const loss_case *loss);
void loss_reference_destroy(loss_reference *loss);

/* d2loss/dtheta2 between two directions, or y_u^T H_loss y_v alone: the value, or with `absolute` its scale. */
double curvature_form(const jet_oracle *oracle, const loss_reference *loss, const double *u, const double *v,
                      int is_gauss_newton, int absolute);

/* A choice of elements of both products with a random direction; the pass is done, nothing linearised. */
void check_products(const jet_oracle *oracle, subject *subject, jet_tally *tally, const loss_case *loss,
                    int asks_gradient);

/* A choice of elements of the Hessians in x at a choice of samples, of every output. */
void check_hessian_x(const jet_oracle *oracle, subject *subject, jet_tally *tally);

/* All of the above with a random loss. */
void check_random_curvature(problem *problem, subject *subject, jet_tally *tally);

#endif
