/* What the tests of the activations' accuracy share: the cases, what is allowed, the worst that was met. */
#ifndef TESTS_SUPPORT_ACTIVATION_CASE_H
#define TESTS_SUPPORT_ACTIVATION_CASE_H

#include "layer/activation.h"
#include "layer/vectors.h"

#include <math.h>

/* Who computes: the scalar kernels, or the vectors of an instruction set. */
typedef struct activation_set {
    const char *name;
    const struct mlpi_activation_vectors *vectors; /* NULL for the scalar kernels, which come first */
} activation_set;

enum { ACTIVATION_SETS = 4 };

/* The sets this processor can run; the others are named as skipped when first asked. */
int activation_set_count(void);
activation_set activation_set_at(int index);

/* A kind with a value for its parameter. */
typedef struct activation_case {
    const mlpi_activation_kind *kind;
    double parameter;
} activation_case;

/* Every kind with its default, then some with another parameter. */
int activation_case_count(void);
activation_case activation_case_at(int index);

/* out[i] = sigma^(order)(t[i]), t = y for order >= 1 of kinds that read it. */
void activation_apply_f32(activation_set set, activation_case c, int order, int64_t n, const float *t,
                          float *out);
void activation_apply_f64(activation_set set, activation_case c, int order, int64_t n, const double *t,
                          double *out);

/* The same of one double, and from z whatever the kind reads. */
double activation_kernel_f64(activation_set set, activation_case c, int order, double t);
double activation_from_z_f64(activation_set set, activation_case c, int order, double z);

/* Units in the last place sigma may be off. */
double activation_sigma_limit(mlp_activation id);

/* Whether the derivatives of the kind are computed from a y that saturates. */
int activation_saturates(mlp_activation id);

/* For those, max |sigma^(order)|, and the error sigma^(order) may have from z, in unit roundoffs. */
double activation_largest_derivative(mlp_activation id, int order);
double activation_saturating_limit(activation_set set, mlp_activation id, int order);

/* The worst of many errors, and where it was met. */
typedef struct worst {
    double error, z;
} worst;

static inline void worst_note(worst *w, double error, double z)
{
    if (!(error <= w->error) && !isnan(w->error)) /* not a number is worse than all */
        *w = (worst){error, z};
}

/* Fails the running test if w is worse than `allowed`. */
void activation_judge(activation_set set, activation_case c, const char *what, worst w, double allowed);

#endif
