/*
 * Descent along directions, what quasi-Newton methods have in common: the place they are at, and a line search from it.
 *
 * The search is that of J. Nocedal and S. J. Wright, "Numerical optimization", 2nd edition, 2006, algorithms 3.5 and 3.6 with
 * cubic interpolation (3.59). With phi(alpha) the loss at theta + alpha p it finds an alpha that satisfies the strong Wolfe
 * conditions
 *
 *     phi(alpha) <= phi(0) + c1 alpha phi'(0),   |phi'(alpha)| <= c2 |phi'(0)|,   c1 = 10^-4, c2 = 0.9
 *
 * A place where the loss or the gradient is not finite counts as one with an infinite loss.
 */
#ifndef MLPI_TRAIN_DESCENT_H
#define MLPI_TRAIN_DESCENT_H

#include "base/arena.h"
#include "train/objective.h"

/* The latter two places change during a search. */
typedef struct mlpi_descent {
    double *direction;             /* p */
    double alpha;                  /* theta of `there` is that of `here` and alpha p */
    mlpi_point here, there, trial; /* where the step begins, where it ends, and what is being tried */
    uint64_t generation;           /* of the model's parameters when `here` was evaluated; 0: not yet */
} mlpi_descent;

/* Takes the memory for n parameters; NULL while the arena only measures. */
mlpi_descent *mlpi_descent_take(mlpi_arena *arena, int64_t n);

/*
 * `here` becomes the place the trainer's model is at, with the loss and the gradient, which are evaluated unless they are
 * known from the last step. Refuses where one is not finite.
 */
mlp_status mlpi_descent_begin(mlpi_descent *descent, const mlpi_objective *objective);

/*
 * Search along the direction, trying alpha first. *found becomes 1 where `there` is a place with less loss: one that satisfies
 * the conditions, or in want of it the first alone. The model may be anywhere afterwards. On failure it is where it was.
 */
mlp_status mlpi_descent_search(mlpi_descent *descent, const mlpi_objective *objective, double alpha,
                               int *found);

/* s and y, the change of theta and of the gradient from `here` to `there`. */
void mlpi_descent_changes(const mlpi_descent *descent, int64_t n, double *s, double *y);

/* End the step: the model is moved to `there` where `moved`, else back, and the step counted. */
void mlpi_descent_end(mlpi_descent *descent, const mlpi_objective *objective, int moved);

#endif
