/* What the tests of the activations' accuracy share: the cases, what is allowed, the worst that was met. */
#ifndef TESTS_SUPPORT_ACTIVATION_CASE_H
#define TESTS_SUPPORT_ACTIVATION_CASE_H

#include "layer/activation.h"

/* A kind with a value for its parameter. */
typedef struct activation_case {
    const mlpi_activation_kind *kind;
    double parameter;
} activation_case;

/* Every kind with its default, then some with another parameter. */
int activation_case_count(void);
activation_case activation_case_at(int index);

/* sigma^(order)(t) by the kernels, t = y for order >= 1 of kinds that read it; and from z whatever they read. */
double activation_kernel_f64(activation_case c, int order, double t);
double activation_from_z_f64(activation_case c, int order, double z);

/* Units in the last place sigma may be off. */
double activation_sigma_limit(mlp_activation id);

/* Whether the derivatives of the kind are computed from a y that saturates. */
int activation_saturates(mlp_activation id);

/* For those, max |sigma^(order)|, and the error sigma^(order) may have from z, in unit roundoffs. */
double activation_largest_derivative(mlp_activation id, int order);
double activation_saturating_limit(mlp_activation id, int order);

/* The worst of many errors, and where it was met. */
typedef struct worst {
    double error, z;
} worst;

static inline void worst_note(worst *w, double error, double z)
{
    if (!(error <= w->error))
        *w = (worst){error, z};
}

/* Fails the running test if w is worse than `allowed`. */
void activation_judge(activation_case c, const char *what, worst w, double allowed);

#endif
