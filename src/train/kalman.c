/*
 * The extended Kalman filter, for learning in one pass: S. Singhal and L. Wu, "Training multilayer perceptrons with the
 * extended Kalman algorithm", NIPS 1988, with the noise of G. V. Puskorius and L. A. Feldkamp, "Neurocontrol of nonlinear
 * dynamical systems with Kalman filter trained recurrent networks", IEEE Transactions on Neural Networks 5 (1994), and all
 * parameters in one group. theta is a state that is observed through the outputs: for one sample after the other, with H =
 * dy/dtheta (n_L x n),
 *
 *     S = H P H^T + R/w,    K = P H^T S^-1,    theta <- theta + K (t - y),    P <- P - K H P + Q
 *
 * from P = p I, with R = r I of the targets' noise and Q = q I of the parameters' own. With S = L L^T and W = P H^T L^-T
 * the updates are theta + W L^-1 (t - y) and P - W W^T, which is as symmetric as P is. A sample of weight w counts as one
 * of variance r/w.
 *
 * Kept from step to step: whether there is a P, and P.
 */
#include "base/checked.h"
#include "base/error.h"
#include "engine/blas.h"
#include "train/residuals.h"
#include "train/vectors.h"

#include <string.h>

enum { BEGUN, P_AT = 8 }; /* P begins on a line of the cache */

typedef struct kalman_memory {
    mlpi_point here, before; /* theta */
    double *P_before;
    double *W; /* n x n_L */
    double *L; /* n_L x n_L */
    double *e; /* n_L: t - y, then L^-1 (t - y) */
} kalman_memory;

static int64_t kept(const mlp_trainer *trainer)
{
    const int64_t n = trainer->model->param_count;
    int64_t doubles;
    return mlpi_checked_mul_add(n, n, P_AT, &doubles) ? doubles : -1;
}

static void *take(mlpi_arena *arena, const mlp_trainer *trainer, int64_t max_batch)
{
    const mlp_model *model = trainer->model;
    const int64_t n = model->param_count, outputs = model->architecture.widths[model->architecture.layers];
    kalman_memory *taken = mlpi_arena_take(arena, 1, sizeof *taken), made = {0};
    int64_t column = 0, row = 0;
    (void)max_batch;
    if (!mlpi_checked_mul(n, sizeof(double), &column) || !mlpi_checked_mul(outputs, sizeof(double), &row))
        arena->overflowed = 1;
    made.here.theta = mlpi_arena_take(arena, n, sizeof(double));
    made.before.theta = mlpi_arena_take(arena, n, sizeof(double));
    made.P_before = mlpi_arena_take(arena, n, column);
    made.W = mlpi_arena_take(arena, outputs, column);
    made.L = mlpi_arena_take(arena, outputs, row);
    made.e = mlpi_arena_take(arena, 1, row);
    if (taken)
        *taken = made;
    return taken;
}

static mlp_status check(const mlp_trainer *trainer)
{
    return trainer->loss->id == MLP_SQUARED_ERROR
               ? MLP_OK
               : mlpi_fail(MLP_ERR_UNSUPPORTED, "trainer: kalman needs the loss squared_error, not %s",
                           trainer->loss->name);
}

/* What one sample is met with. */
typedef struct filter {
    kalman_memory *memory;
    int64_t n, outputs;
    double *P;
    double measurement, process; /* r / w, and q */
} filter;

/* W = P H^T and the lower triangle of L = H P H^T + r/w I, from the rows [H y - t]; e = t - y. */
static void observe(const filter *f, const mlpi_row_block *block)
{
    const kalman_memory *m = f->memory;
    for (int64_t k = 0; k < f->outputs; k++) {
        const double *h = block->rows + k * block->ld;
        /* (n) = (n x n)(n) */
        mlpi_gemv_f64(0, f->n, f->n, 1, f->P, f->n, h, 1, 0, m->W + k * f->n, 1);
        m->e[k] = -h[f->n];
    }
    for (int64_t l = 0; l < f->outputs; l++)
        for (int64_t k = l; k < f->outputs; k++)
            m->L[k + l * f->outputs] = mlpi_vector_dot(f->n, block->rows + k * block->ld, m->W + l * f->n) +
                                       (k == l ? f->measurement : 0);
}

/* W <- W L^-T and e <- L^-1 e, a column after the other; then theta += W e and P += q I - W W^T. */
static void correct(const filter *f)
{
    const kalman_memory *m = f->memory;
    for (int64_t k = 0; k < f->outputs; k++) {
        double *w = m->W + k * f->n;
        for (int64_t l = 0; l < k; l++) {
            mlpi_vector_add(f->n, -m->L[k + l * f->outputs], m->W + l * f->n, w);
            m->e[k] -= m->L[k + l * f->outputs] * m->e[l];
        }
        mlpi_vector_scale(f->n, 1 / m->L[k + k * f->outputs], w);
        m->e[k] /= m->L[k + k * f->outputs];
        mlpi_vector_add(f->n, m->e[k], w, m->here.theta);
        /* P -= w w^T,  (n x n) */
        mlpi_ger_f64(f->n, f->n, -1, w, 1, w, 1, f->P, f->n);
    }
    for (int64_t i = 0; i < f->n; i++)
        f->P[i + i * f->n] += f->process;
}

/* One sample; its weighted loss before is added to *sum. */
static mlp_status learn(const mlpi_residuals *residuals, const filter *all, int64_t sample, double *sum)
{
    const mlp_trainer *trainer = residuals->objective.trainer;
    filter f = *all;
    const char *bad = NULL;
    double loss = 0, weight = 0;
    const mlp_status status = mlpi_residuals_sample(residuals, sample, &loss, &weight, &bad);
    if (status != MLP_OK)
        return status;
    if (bad)
        return mlpi_trainer_refuse_step(trainer, bad);
    *sum += weight * loss;
    if (weight == 0)
        return MLP_OK;
    f.measurement /= weight;
    observe(&f, &trainer->buffers.workspace->block);
    /* L L^T = S,  n_L x n_L */
    if (mlpi_potrf_f64(f.outputs, f.memory->L, f.outputs) != 0)
        return mlpi_trainer_refuse_step(trainer, "the covariance");
    correct(&f);
    mlpi_objective_move(&residuals->objective, &all->memory->here);
    return MLP_OK;
}

static void begin_covariance(mlp_trainer *trainer, int64_t n)
{
    double *state = trainer->state.kept;
    memset(state + P_AT, 0, (size_t)(n * n) * sizeof *state);
    for (int64_t i = 0; i < n; i++)
        state[P_AT + i + i * n] = mlpi_options_real(&trainer->options, MLP_TRAINER_COVARIANCE);
    state[BEGUN] = 1;
}

static mlp_status step(const mlpi_residuals *residuals, double *loss)
{
    mlp_trainer *trainer = residuals->objective.trainer;
    kalman_memory *m = trainer->buffers.method;
    const int64_t n = residuals->objective.n;
    const filter f = {.memory = m,
                      .n = n,
                      .outputs = trainer->model->architecture.widths[trainer->model->architecture.layers],
                      .P = trainer->state.kept + P_AT,
                      .measurement = mlpi_options_real(&trainer->options, MLP_TRAINER_MEASUREMENT_NOISE),
                      .process = mlpi_options_real(&trainer->options, MLP_TRAINER_PROCESS_NOISE)};
    const double begun = trainer->state.kept[BEGUN];
    double sum = 0;
    mlp_status status = MLP_OK;
    if (begun == 0)
        begin_covariance(trainer, n);
    mlpi_objective_read(&residuals->objective, &m->here);
    memcpy(m->before.theta, m->here.theta, (size_t)n * sizeof *m->here.theta);
    memcpy(m->P_before, f.P, (size_t)(n * n) * sizeof *f.P);
    for (int64_t s = 0; s < residuals->samples && status == MLP_OK; s++)
        status = learn(residuals, &f, s, &sum);
    if (status != MLP_OK) {
        mlpi_objective_move(&residuals->objective, &m->before);
        memcpy(f.P, m->P_before, (size_t)(n * n) * sizeof *f.P);
        trainer->state.kept[BEGUN] = begun;
        return status;
    }
    *loss = residuals->weight > 0 ? sum / residuals->weight : 0;
    trainer->steps++;
    return MLP_OK;
}

static const mlpi_method method = {.uses = MLP_USE_DERIVATIVES | MLP_USE_LEAST_SQUARES,
                                   .check = check,
                                   .kept = kept,
                                   .take = take,
                                   .fit = step};

const mlpi_optimizer mlpi_kalman = {.id = MLP_KALMAN, .name = "kalman", .method = &method};
