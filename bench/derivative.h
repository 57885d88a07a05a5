/**
 * @file
 * Derivatives beside what they are measured in: a forward pass, or one gradient (a forward pass and a vjp in theta), and
 * beside the composition of first-order calls that a user without them would write.
 */
#ifndef BENCH_DERIVATIVE_H
#define BENCH_DERIVATIVE_H

#include "problem.h"

#include <mlp/mlp.h>

/** Everything the calls of one problem share. Arrays are of the problem's number type. */
struct session {
    const struct problem *problem;
    int64_t batch, n_in, n_out, params;
    mlp_model *model;
    mlp_workspace *workspace;
    void *x, *moved;         /**< n_0 x batch; the same, moved by the compositions */
    void *y, *y_bar;         /**< n_L x batch */
    void *theta, *theta_dot; /**< the parameters and a direction */
    void *out, *other;       /**< what calls give: theta, n_L or n_0^2 n_L values a sample */
    void *v;                 /**< n_0 x DIRECTIONS x batch directions */
    void *y1, *y2, *y1_bar;  /**< n_L x (n_0 or DIRECTIONS) x batch */
};

enum { DIRECTIONS = 2 }; /**< of jets */

/** One call of the menu. */
struct derivative {
    const char *name;
    const char *summary;
    double (*bound)(const struct session *); /**< at most, in units */
    bool in_forward_passes;                  /**< else in gradients */
    mlp_status (*run[2])(struct session *);  /**< f32, f64: from the inputs on */
    mlp_status (*naive[2])(struct session *);
};

/** The call of a name; NULL if there is none. */
const struct derivative *derivative_find(const char *name);

/** The calls in order; NULL behind the last. */
const struct derivative *derivative_at(int index);

/** The units: a forward pass, and one gradient. */
extern mlp_status (*const derivative_forward[2])(struct session *);
extern mlp_status (*const derivative_gradient[2])(struct session *);

/** Make a session; a negative status and the library's message where it cannot be. */
mlp_status session_create(const struct problem *problem, struct session *session);
void session_destroy(struct session *session);

/**
 * Run a call and its composition once and compare: the largest difference over the largest value. Differences are those of
 * finite steps, so this finds a wrong result, not a rounded one.
 */
mlp_status derivative_compare(const struct derivative *derivative, struct session *session,
                              double *difference);

#endif
