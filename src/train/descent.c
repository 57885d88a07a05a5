#include "train/descent.h"
#include "train/vectors.h"

#include <float.h>
#include <math.h>
#include <string.h>

#define SUFFICIENT 1e-4 /* c1 */
#define CURVATURE  0.9  /* c2 */
#define MARGIN     0.1  /* of an interval, at each end, where no trial is put */

enum { MOST_TRIALS = 25, LEAST_GROWTH = 2, MOST_GROWTH = 10 };

static mlpi_point take_point(mlpi_arena *arena, int64_t n)
{
    mlpi_point point = {.theta = mlpi_arena_take(arena, n, sizeof *point.theta)};
    point.gradient = mlpi_arena_take(arena, n, sizeof *point.gradient);
    return point;
}

mlpi_descent *mlpi_descent_take(mlpi_arena *arena, int64_t n)
{
    mlpi_descent *descent = mlpi_arena_take(arena, 1, sizeof *descent);
    double *direction = mlpi_arena_take(arena, n, sizeof *direction);
    const mlpi_point a = take_point(arena, n), b = take_point(arena, n), c = take_point(arena, n);
    if (descent)
        *descent = (mlpi_descent){.direction = direction, .here = a, .there = b, .trial = c};
    return descent;
}

mlp_status mlpi_descent_begin(mlpi_descent *descent, const mlpi_objective *objective)
{
    mlp_trainer *trainer = objective->trainer;
    if (objective->same && descent->generation == trainer->model->generation)
        return MLP_OK;
    descent->generation = 0;
    mlpi_objective_read(objective, &descent->here);
    const mlp_status status = mlpi_objective_evaluate(objective, &descent->here);
    if (status == MLP_OK && descent->here.bad)
        return mlpi_trainer_refuse_step(trainer, descent->here.bad);
    return status;
}

static void swap_points(mlpi_point *a, mlpi_point *b)
{
    const mlpi_point kept = *a;
    *a = *b;
    *b = kept;
}

/* phi and phi' at alpha. */
typedef struct sample {
    double alpha, value, slope;
    int finite;
    int moved; /* the place is another than where alpha is 0 */
} sample;

typedef struct line_search {
    mlpi_descent *descent;
    const mlpi_objective *objective;
    sample begin; /* alpha = 0 */
    int32_t trials;
} line_search;

/* phi at alpha; descent->trial is the place. */
static mlp_status try(line_search *line, double alpha, sample *at)
{
    const mlpi_descent *descent = line->descent;
    const int64_t n = line->objective->n;
    mlpi_point *trial = &line->descent->trial;
    memcpy(trial->theta, descent->here.theta, (size_t)n * sizeof *trial->theta);
    mlpi_vector_add(n, alpha, descent->direction, trial->theta);
    mlpi_objective_move(line->objective, trial);
    line->trials++;
    const mlp_status status = mlpi_objective_evaluate(line->objective, trial);
    *at = (sample){.alpha = alpha, .value = trial->loss};
    at->moved = memcmp(trial->theta, descent->here.theta, (size_t)n * sizeof *trial->theta) != 0;
    if (status == MLP_OK && !trial->bad)
        at->slope = mlpi_vector_dot(n, trial->gradient, descent->direction);
    at->finite = status == MLP_OK && !trial->bad && isfinite(at->slope);
    return status;
}

static int decreases(const line_search *line, const sample *at)
{
    return at->finite && at->moved &&
           at->value <= line->begin.value + SUFFICIENT * at->alpha * line->begin.slope;
}

static int is_flat(const line_search *line, const sample *at)
{
    return fabs(at->slope) <= -CURVATURE * line->begin.slope;
}

/* The minimiser of the cubic through both, NaN where it has none. */
static double minimise_cubic(const sample *a, const sample *b)
{
    const double width = b->alpha - a->alpha;
    const double d1 = a->slope + b->slope - 3 * (b->value - a->value) / width;
    const double square = d1 * d1 - a->slope * b->slope;
    const double d2 = copysign(sqrt(square), width);
    return b->alpha - width * (b->slope + d2 - d1) / (b->slope - a->slope + 2 * d2);
}

/* A trial between the ends: cubic interpolation, kept away from them; half way where it has no minimum between. */
static double interpolate(const sample *low, const sample *high)
{
    const double width = high->alpha - low->alpha;
    if (!high->finite)
        return low->alpha + MARGIN * width;
    const double part = (minimise_cubic(low, high) - low->alpha) / width;
    if (!(part >= 0 && part <= 1))
        return low->alpha + width / 2;
    return low->alpha + fmin(fmax(part, MARGIN), 1 - MARGIN) * width;
}

/* A trial beyond `at`, the later of two on a slope that still falls. */
static double extrapolate(const sample *before, const sample *at)
{
    const double alpha = minimise_cubic(before, at);
    if (!(alpha >= at->alpha))
        return MOST_GROWTH * at->alpha;
    return fmin(fmax(alpha, LEAST_GROWTH * at->alpha), MOST_GROWTH * at->alpha);
}

/* What is to be gained between the ends is more than rounding errors of the loss. */
static int is_visible(const sample *low, const sample *high)
{
    return fabs((high->alpha - low->alpha) * low->slope) > DBL_EPSILON * fabs(low->value);
}

/*
 * Algorithm 3.6. Between the ends there is an alpha that satisfies the conditions; `low` is the better of the ends, has
 * decreased enough, and is at `there`, unless it is the beginning. Sets *low to the best in the end.
 */
static mlp_status zoom(line_search *line, sample *low, sample high)
{
    mlpi_descent *descent = line->descent;
    while (line->trials < MOST_TRIALS && high.moved && is_visible(low, &high)) {
        sample at;
        const mlp_status status = try(line, interpolate(low, &high), &at);
        if (status != MLP_OK)
            return status;
        if (!decreases(line, &at) || at.value >= low->value) {
            high = at;
            continue;
        }
        if (at.slope * (high.alpha - low->alpha) >= 0)
            high = *low;
        *low = at;
        swap_points(&descent->there, &descent->trial);
        if (is_flat(line, &at))
            break;
    }
    return MLP_OK;
}

/* Algorithm 3.5. Sets *best to the best alpha, at `there`, or to the beginning. */
static mlp_status search(line_search *line, double alpha, sample *best)
{
    mlpi_descent *descent = line->descent;
    *best = line->begin;
    while (line->trials < MOST_TRIALS) {
        sample at;
        const mlp_status status = try(line, alpha, &at);
        if (status != MLP_OK)
            return status;
        if (!decreases(line, &at) || (best->alpha > 0 && at.value >= best->value))
            return zoom(line, best, at);
        const sample before = *best;
        *best = at;
        swap_points(&descent->there, &descent->trial);
        if (is_flat(line, &at))
            return MLP_OK;
        if (at.slope >= 0)
            return zoom(line, best, before);
        alpha = extrapolate(&before, &at);
    }
    return MLP_OK;
}

mlp_status mlpi_descent_search(mlpi_descent *descent, const mlpi_objective *objective, double alpha,
                               int *found)
{
    const mlpi_point *here = &descent->here;
    line_search line = {
        .descent = descent, .objective = objective, .begin = {.value = here->loss, .finite = 1, .moved = 1}};
    sample best;
    line.begin.slope = mlpi_vector_dot(objective->n, here->gradient, descent->direction);
    *found = 0;
    if (!(line.begin.slope < 0 && isfinite(line.begin.slope) && alpha > 0))
        return MLP_OK;
    const mlp_status status = search(&line, alpha, &best);
    if (status != MLP_OK)
        mlpi_objective_move(objective, &descent->here);
    *found = status == MLP_OK && best.alpha > 0;
    descent->alpha = *found ? best.alpha : 0;
    return status;
}

void mlpi_descent_changes(const mlpi_descent *descent, int64_t n, double *s, double *y)
{
    for (int64_t i = 0; i < n; i++) {
        s[i] = descent->there.theta[i] - descent->here.theta[i];
        y[i] = descent->there.gradient[i] - descent->here.gradient[i];
    }
}

void mlpi_descent_end(mlpi_descent *descent, const mlpi_objective *objective, int moved)
{
    mlp_trainer *trainer = objective->trainer;
    if (moved)
        swap_points(&descent->here, &descent->there);
    mlpi_objective_move(objective, &descent->here);
    descent->generation = trainer->model->generation;
    trainer->steps++;
}
