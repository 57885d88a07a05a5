/*
 * L-BFGS: J. Nocedal and S. J. Wright, "Numerical optimization", 2nd edition, 2006, algorithms 7.4 and 7.5, after D. C. Liu
 * and J. Nocedal, "On the limited memory BFGS method for large scale optimization", Mathematical Programming 45 (1989). The
 * direction is p = -H g, where H is the inverse BFGS matrix of the last m pairs
 *
 *     s_k = theta_{k+1} - theta_k,   y_k = g_{k+1} - g_k,   rho_k = 1 / y_k^T s_k
 *
 * on H_0 = (s^T y / y^T y) I of the newest one, and the step's length is found as descent.h says, 1 being tried first. Without
 * pairs the direction is -g, and the first step tried is as long as the learning rate.
 *
 * A pair without positive curvature, y^T s <= eps y^T y, is not kept. Where a direction leads to no place with less loss, all
 * pairs are dropped and -g is tried; where that does not either, the parameters stay.
 *
 * Kept from step to step, in double: the number of pairs there have been, then rho_k, s_k and y_k in rings of m.
 */
#include "base/checked.h"
#include "train/descent.h"
#include "train/optimizer.h"
#include "train/vectors.h"

#include <float.h>
#include <math.h>

typedef struct lbfgs_memory {
    mlpi_descent *descent;
    double *alpha;  /* m */
    double *change; /* 2 n: a pair that may be kept */
} lbfgs_memory;

/* The rings in trainer->state.kept. */
typedef struct pair_rings {
    int64_t n, most;
    int64_t next;  /* where a new pair goes */
    int64_t count; /* how many the direction is made of */
    double *total, *rho, *s, *y;
} pair_rings;

static int64_t most_pairs(const mlp_trainer *trainer)
{
    return mlpi_options_int(&trainer->options, MLP_TRAINER_PAIRS);
}

static int64_t kept(const mlp_trainer *trainer)
{
    const int64_t m = most_pairs(trainer);
    int64_t doubles;
    return mlpi_checked_mul_add(2 * m, trainer->model->param_count, 1 + m, &doubles) ? doubles : -1;
}

static void *take(mlpi_arena *arena, const mlp_trainer *trainer, int64_t max_batch)
{
    const int64_t n = trainer->model->param_count;
    lbfgs_memory *taken = mlpi_arena_take(arena, 1, sizeof *taken);
    mlpi_descent *descent = mlpi_descent_take(arena, n);
    double *alpha = mlpi_arena_take(arena, most_pairs(trainer), sizeof *alpha);
    double *change = mlpi_arena_take(arena, n, 2 * sizeof *change);
    (void)max_batch;
    if (taken)
        *taken = (lbfgs_memory){descent, alpha, change};
    return taken;
}

/* The count of pairs chooses slots, and is a double. */
static int32_t is_sound(const mlp_trainer *trainer)
{
    const double total = *trainer->state.kept;
    return total >= 0 && total <= 0x1p53 && total == floor(total);
}

static pair_rings pairs_of(const mlp_trainer *trainer)
{
    const int64_t n = trainer->model->param_count, m = most_pairs(trainer);
    double *kept = trainer->state.kept, *rho = kept + 1;
    const int64_t total = (int64_t)*kept, next = total % m;
    return (pair_rings){n, m, next, total < m ? total : m, kept, rho, rho + m, rho + m + m * n};
}

/* The slot of the pair that is `age` pairs older than the newest. */
static int64_t slot_of(const pair_rings *pairs, int64_t age)
{
    return (pairs->next + pairs->most - 1 - age) % pairs->most;
}

/* p = -H g, by the two loops of algorithm 7.4 */
static void find_direction(const pair_rings *pairs, const double *g, double *alpha, double *p)
{
    const int64_t n = pairs->n;
    for (int64_t i = 0; i < n; i++)
        p[i] = -g[i];
    for (int64_t age = 0; age < pairs->count; age++) {
        const int64_t k = slot_of(pairs, age);
        alpha[k] = pairs->rho[k] * mlpi_vector_dot(n, pairs->s + k * n, p);
        mlpi_vector_add(n, -alpha[k], pairs->y + k * n, p);
    }
    if (pairs->count > 0) {
        const double *y = pairs->y + slot_of(pairs, 0) * n;
        mlpi_vector_scale(n, 1 / (pairs->rho[slot_of(pairs, 0)] * mlpi_vector_dot(n, y, y)), p);
    }
    for (int64_t age = pairs->count - 1; age >= 0; age--) {
        const int64_t k = slot_of(pairs, age);
        const double beta = pairs->rho[k] * mlpi_vector_dot(n, pairs->y + k * n, p);
        mlpi_vector_add(n, alpha[k] - beta, pairs->s + k * n, p);
    }
}

/* Keep the pair of this step, whose direction was made of pairs->count of them. */
static void keep(const pair_rings *pairs, const lbfgs_memory *memory)
{
    const int64_t n = pairs->n;
    const int64_t k = pairs->count > 0 ? pairs->next : 0;
    double *s = memory->change, *y = s + n;
    if (pairs->count == 0)
        *pairs->total = 0;
    mlpi_descent_changes(memory->descent, n, s, y);
    const double curvature = mlpi_vector_dot(n, s, y);
    if (!(curvature > DBL_EPSILON * mlpi_vector_dot(n, y, y)))
        return;
    for (int64_t i = 0; i < n; i++) {
        pairs->s[k * n + i] = s[i];
        pairs->y[k * n + i] = y[i];
    }
    pairs->rho[k] = 1 / curvature;
    *pairs->total += 1;
}

/* A search along the direction the pairs give. */
static mlp_status descend(const mlpi_objective *objective, const pair_rings *pairs,
                          const lbfgs_memory *memory, int *found)
{
    const double rate = mlpi_options_real(&objective->trainer->options, MLP_TRAINER_LEARNING_RATE);
    const double *g = memory->descent->here.gradient;
    const double first = pairs->count > 0 ? 1 : rate / mlpi_vector_norm(pairs->n, g);
    find_direction(pairs, g, memory->alpha, memory->descent->direction);
    return mlpi_descent_search(memory->descent, objective, first, found);
}

static mlp_status step(const mlpi_objective *objective, double *loss)
{
    const mlp_trainer *trainer = objective->trainer;
    const lbfgs_memory *memory = trainer->buffers.method;
    pair_rings pairs = pairs_of(trainer);
    int found = 0;
    mlp_status status = mlpi_descent_begin(memory->descent, objective);
    if (status != MLP_OK)
        return status;
    *loss = memory->descent->here.loss;
    status = descend(objective, &pairs, memory, &found);
    if (status == MLP_OK && !found && pairs.count > 0) {
        pairs.count = 0;
        status = descend(objective, &pairs, memory, &found);
    }
    if (status != MLP_OK)
        return status;
    if (found)
        keep(&pairs, memory);
    else
        *pairs.total = 0;
    mlpi_descent_end(memory->descent, objective, found);
    return MLP_OK;
}

static const mlpi_method method = {
    .uses = MLP_USE_FORWARD, .kept = kept, .is_sound = is_sound, .take = take, .minimize = step};

const mlpi_optimizer mlpi_lbfgs = {.id = MLP_LBFGS, .name = "lbfgs", .method = &method};
