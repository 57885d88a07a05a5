/*
 * BFGS with a dense inverse Hessian that scales itself: the self-scaled Broyden method of M. Al-Baali and H. Khalfan, "Wide
 * interval for efficient self-scaling quasi-Newton algorithms", Optimization Methods and Software 20 (2005), as J. F. Urban,
 * P. Stefanou and J. A. Pons use it in "Unveiling the optimization process of physics informed neural networks", Journal of
 * Computational Physics 523 (2025), equations 13 to 23. With s and y the changes of theta and of the gradient g in a step of
 * alpha p, p = -H g, and u = H y:
 *
 *     H = (H - u u^T / y^T u + phi y^T u v v^T) / tau + s s^T / y^T s,   v = s / y^T s - u / y^T u
 *
 *     b = -alpha s^T g / y^T s,   h = y^T u / y^T s,   a = b h - 1,   c = sqrt(a / (1 + a))
 *     rho = min(1, h (1 - c)),   theta = max((rho - 1) / a, min(1 / rho, (1 - b) / b)),   sigma = 1 + a theta
 *     phi = (1 - theta) / sigma
 *     tau = min(1, 1 / b) min(sigma^(1 / (1 - n)), 1 / theta)        where theta > 0
 *           min(min(1, 1 / b) sigma^(1 / (1 - n)), sigma)            else
 *
 * phi = tau = 1 would be BFGS. Before the first update H = (s^T y / y^T y) I (Nocedal and Wright 2006, 6.20). The step's
 * length is found as descent.h says. What is tried first is the length at which the loss would fall as much as in the step
 * before, but no more than 1 (3.60 there): as H grows by 1 / tau, 1 is often too far. Without a matrix the direction is -g,
 * and the first step tried is as long as the learning rate.
 *
 * A step without positive curvature, y^T s <= eps y^T y, leaves H as it is. Where a direction leads to no place with less
 * loss, H is dropped and -g is tried; where that does not either, the parameters stay.
 *
 * An update waits for the next step, whose product with g it shares a pass over H with. So what is kept from step to step
 * is, in double: whether there is a matrix, the loss before the last step, the four coefficients of the update in waiting,
 * s, u, and the lower triangle of H.
 */
#include "train/descent.h"
#include "train/optimizer.h"
#include "train/symmetric.h"
#include "train/vectors.h"

#include <float.h>
#include <math.h>

enum { MOST_PARAMETERS = 32768, HEAD = 6 };

typedef struct bfgs_memory {
    mlpi_descent *descent;
    double *y;     /* n */
    double *parts; /* n for each group of columns */
} bfgs_memory;

/* What is in trainer->state.kept. */
typedef struct bfgs_state {
    int64_t n;
    double *exists;       /* 1 where there is a matrix */
    double *previous;     /* the loss before the last step */
    double *coefficients; /* c0 to c3 of the update in waiting; all 0: none */
    double *s, *u;
    mlpi_symmetric H;
} bfgs_state;

static int64_t kept(const mlp_trainer *trainer)
{
    const int64_t n = trainer->model->param_count;
    return n <= MOST_PARAMETERS ? HEAD + 2 * n + mlpi_symmetric_count(n) : -1;
}

static void *take(mlpi_arena *arena, const mlp_trainer *trainer, int64_t max_batch)
{
    const int64_t n = trainer->model->param_count;
    bfgs_memory *taken = mlpi_arena_take(arena, 1, sizeof *taken);
    mlpi_descent *descent = mlpi_descent_take(arena, n);
    double *y = mlpi_arena_take(arena, n, sizeof *y);
    double *parts = mlpi_arena_take(arena, n, MLPI_SYMMETRIC_GROUPS * sizeof *parts);
    (void)max_batch;
    if (taken)
        *taken = (bfgs_memory){descent, y, parts};
    return taken;
}

static bfgs_state state_of(const mlp_trainer *trainer)
{
    const int64_t n = trainer->model->param_count;
    const bfgs_memory *memory = trainer->buffers.method;
    double *kept = trainer->state.kept, *s = kept + HEAD;
    const mlpi_symmetric H = {n, s + 2 * n, memory->parts, &trainer->buffers.workspace->plan};
    return (bfgs_state){n, kept, kept + 1, kept + 2, s, s + n, H};
}

/* p = -H g, after the update that waits */
static void find_direction(const bfgs_state *state, const double *g, double *p)
{
    double *c = state->coefficients;
    const mlpi_rank_two update = {c[0], c[1], c[2], c[3], state->s, state->u};
    mlpi_symmetric_multiply(&state->H, c[0] != 0 ? &update : NULL, g, p);
    for (int k = 0; k < 4; k++)
        c[k] = 0;
    mlpi_vector_scale(state->n, -1, p);
}

/* The update of H, from y^T s, y^T u and s^T H^-1 s. */
static void choose_update(const bfgs_state *state, double ys, double yu, double sBs)
{
    const double b = sBs / ys, h = yu / ys, a = b * h - 1, scale = fmin(1, 1 / b);
    double theta = 0;
    if (a > DBL_EPSILON) {
        const double rho = fmin(1, h * (1 - sqrt(a / (1 + a))));
        theta = fmax((rho - 1) / a, fmin(1 / rho, (1 - b) / b));
    }
    const double sigma = 1 + a * theta, phi = (1 - theta) / sigma;
    const double root = state->n > 1 ? pow(sigma, 1 / (1 - (double)state->n)) : 1;
    const double tau = theta > 0 ? scale * fmin(root, 1 / theta) : fmin(scale * root, sigma);
    state->coefficients[0] = 1 / tau;
    state->coefficients[1] = (phi - 1) / (tau * yu);
    state->coefficients[2] = -phi / (tau * ys);
    state->coefficients[3] = phi * yu / (tau * ys * ys) + 1 / ys;
}

/* What the step just found tells of H. */
static void learn(const bfgs_state *state, const bfgs_memory *memory)
{
    const mlpi_descent *descent = memory->descent;
    const int64_t n = state->n;
    double *s = state->s, *u = state->u, *y = memory->y;
    mlpi_descent_changes(descent, n, s, y);
    const double ys = mlpi_vector_dot(n, y, s), yy = mlpi_vector_dot(n, y, y);
    double sBs = -descent->alpha * mlpi_vector_dot(n, s, descent->here.gradient);
    if (!(ys > DBL_EPSILON * yy))
        return;
    if (*state->exists == 0) {
        mlpi_symmetric_set(&state->H, ys / yy);
        sBs = mlpi_vector_dot(n, s, s) * yy / ys;
        *state->exists = 1;
    }
    mlpi_symmetric_multiply(&state->H, NULL, y, u);
    const double yu = mlpi_vector_dot(n, y, u);
    if (yu > 0 && sBs > 0)
        choose_update(state, ys, yu, sBs);
    else
        *state->exists = 0; /* rounding errors have made H indefinite */
}

/* Nocedal and Wright, the minimum of 1 and 1.01 times 2 (phi(0) - the last phi(0)) / phi'(0); 1 where the loss has not fallen. */
static double first_length(const bfgs_state *state, const mlpi_descent *descent)
{
    const double slope = mlpi_vector_dot(state->n, descent->here.gradient, descent->direction);
    const double alpha = 2.02 * (descent->here.loss - *state->previous) / slope;
    return alpha > 0 && alpha < 1 ? alpha : 1;
}

/* A search along the direction H gives, or along -g without one. */
static mlp_status descend(const mlpi_objective *objective, const bfgs_state *state, const bfgs_memory *memory,
                          int matrix, int *found)
{
    const double rate = mlpi_options_real(&objective->trainer->options, MLP_TRAINER_LEARNING_RATE);
    const double *g = memory->descent->here.gradient;
    double *p = memory->descent->direction;
    if (matrix)
        find_direction(state, g, p);
    else
        for (int64_t i = 0; i < state->n; i++)
            p[i] = -g[i];
    const double first = matrix ? first_length(state, memory->descent) : rate / mlpi_vector_norm(state->n, g);
    return mlpi_descent_search(memory->descent, objective, first, found);
}

static mlp_status step(const mlpi_objective *objective, double *loss)
{
    const mlp_trainer *trainer = objective->trainer;
    const bfgs_memory *memory = trainer->buffers.method;
    const bfgs_state state = state_of(trainer);
    int matrix = *state.exists != 0, found = 0;
    mlp_status status = mlpi_descent_begin(memory->descent, objective);
    if (status != MLP_OK)
        return status;
    *loss = memory->descent->here.loss;
    status = descend(objective, &state, memory, matrix, &found);
    if (status == MLP_OK && !found && matrix) {
        matrix = 0;
        status = descend(objective, &state, memory, matrix, &found);
    }
    if (status != MLP_OK)
        return status;
    *state.exists = matrix;
    *state.previous = *loss;
    if (found)
        learn(&state, memory);
    mlpi_descent_end(memory->descent, objective, found);
    return MLP_OK;
}

static const mlpi_method method = {.uses = MLP_USE_FORWARD, .kept = kept, .take = take, .minimize = step};

const mlpi_optimizer mlpi_bfgs = {.id = MLP_BFGS, .name = "bfgs", .method = &method};
