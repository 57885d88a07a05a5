#include "train/marquardt.h"
#include "base/error.h"
#include "train/finite.h"
#include "train/vectors.h"

#include <math.h>
#include <string.h>

#define MOST_BEND     0.75  /* of 2 |a| / |v| */
#define LEAST_DAMPING 1e-20 /* as trainlm has it: an ulp of nothing that matters, and far from underflow */

enum { UPHILL = 2 }; /* MLP_TRAINER_ACCELERATION */

mlpi_marquardt *mlpi_marquardt_take(mlpi_arena *arena, const mlp_trainer *trainer, int64_t max_batch)
{
    const mlp_model *model = trainer->model;
    const int64_t n = model->param_count, outputs = model->architecture.widths[model->architecture.layers];
    mlpi_marquardt *taken = mlpi_arena_take(arena, 1, sizeof *taken);
    mlpi_marquardt made = {.by_products = mlpi_marquardt_solver(trainer) == MLP_SOLVER_CG};
    if (made.by_products)
        made.cg = mlpi_truncated_cg_take(arena, trainer, max_batch);
    else
        made.damped = mlpi_damped_take(arena, n, mlpi_row_block_samples(outputs, max_batch) * outputs);
    made.d = made.by_products ? made.cg.d : made.damped.d;
    made.here.theta = mlpi_arena_take(arena, n, sizeof(double));
    made.trial.theta = mlpi_arena_take(arena, n, sizeof(double));
    made.penalty = mlpi_arena_take(arena, n, sizeof(double));
    made.acceleration = mlpi_options_int(&trainer->options, MLP_TRAINER_ACCELERATION);
    if (made.acceleration) {
        made.bend = mlpi_bend_room_take(arena, trainer, max_batch);
        made.a = mlpi_arena_take(arena, n, sizeof(double));
    }
    if (taken)
        *taken = made;
    return taken;
}

int64_t mlpi_marquardt_kept(const mlp_trainer *trainer)
{
    const int uphill = mlpi_options_int(&trainer->options, MLP_TRAINER_ACCELERATION) == UPHILL;
    return MLPI_MARQUARDT_VELOCITY + (uphill ? trainer->model->param_count : 0);
}

mlp_solver mlpi_marquardt_solver(const mlp_trainer *trainer)
{
    const int64_t limit = mlpi_options_int(&trainer->options, MLP_TRAINER_DIRECT_LIMIT);
    const mlp_solver asked = (mlp_solver)mlpi_options_int(&trainer->options, MLP_TRAINER_SOLVER);
    const int squares = trainer->loss->id == MLP_SQUARED_ERROR;
    if (asked != MLP_SOLVER_AUTO)
        return asked;
    return squares && trainer->model->param_count <= limit ? MLP_SOLVER_DIRECT : MLP_SOLVER_CG;
}

int32_t mlpi_marquardt_uses(const mlp_trainer *trainer)
{
    return mlpi_marquardt_solver(trainer) == MLP_SOLVER_CG ? MLP_USE_DERIVATIVES
                                                           : MLP_USE_DERIVATIVES | MLP_USE_LEAST_SQUARES;
}

static mlp_status check_products(const mlp_trainer *trainer)
{
    if (mlpi_loss_max_order(trainer->loss) < 2)
        return mlpi_fail(MLP_ERR_UNSUPPORTED,
                         "trainer: the solver cg needs a loss with a second derivative, not %s",
                         trainer->loss->name);
    if (mlpi_options_int(&trainer->options, MLP_TRAINER_ACCELERATION) != 0)
        return mlpi_fail(MLP_ERR_UNSUPPORTED, "trainer: the solver cg has no acceleration");
    return MLP_OK;
}

mlp_status mlpi_marquardt_check(const mlp_trainer *trainer)
{
    const mlp_solver solver = mlpi_marquardt_solver(trainer);
    if (solver == MLP_SOLVER_CG)
        return check_products(trainer);
    if (trainer->loss->id != MLP_SQUARED_ERROR)
        return mlpi_fail(MLP_ERR_UNSUPPORTED, "trainer: the solver %s needs the loss squared_error, not %s",
                         solver == MLP_SOLVER_QR ? "qr" : "direct", trainer->loss->name);
    return MLP_OK;
}

static double option(const mlpi_residuals *residuals, mlp_trainer_option which)
{
    return mlpi_options_real(&residuals->objective.trainer->options, which);
}

static mlp_status sum_rows(mlpi_marquardt *m, const mlpi_residuals *residuals, int by_rows)
{
    const char *bad = NULL;
    mlpi_damped_begin(&m->damped, by_rows);
    const mlp_status status = mlpi_residuals_add(residuals, &m->damped, &m->sum, &bad);
    return status == MLP_OK && bad ? mlpi_trainer_refuse_step(residuals->objective.trainer, bad) : status;
}

static mlp_status take_gradient(mlpi_marquardt *m, const mlpi_residuals *residuals)
{
    const mlp_trainer *trainer = residuals->objective.trainer;
    const int64_t n = residuals->objective.n;
    const mlp_status status = mlpi_residuals_gradient(residuals, &m->cg.room, m->cg.gradient, &m->sum);
    if (status != MLP_OK)
        return status;
    if (!isfinite(m->sum))
        return mlpi_trainer_refuse_step(trainer, "loss");
    return mlpi_all_finite_f64(n, 1, m->cg.gradient, n) ? MLP_OK
                                                        : mlpi_trainer_refuse_step(trainer, "gradient");
}

mlp_status mlpi_marquardt_begin(mlpi_marquardt *m, const mlpi_residuals *residuals)
{
    const mlp_trainer *trainer = residuals->objective.trainer;
    const double *kept = trainer->state.kept;
    const int always = mlpi_options_int(&trainer->options, MLP_TRAINER_SOLVER) == MLP_SOLVER_QR;
    mlpi_objective_read(&residuals->objective, &m->here);
    m->damping = kept[MLPI_MARQUARDT_DAMPING] > 0 ? kept[MLPI_MARQUARDT_DAMPING]
                                                  : option(residuals, MLP_TRAINER_DAMPING);
    return m->by_products ? take_gradient(m, residuals)
                          : sum_rows(m, residuals, always || kept[MLPI_MARQUARDT_BY_ROWS] != 0);
}

double mlpi_marquardt_square(const mlpi_point *point, int64_t n)
{
    return mlpi_vector_dot(n, point->theta, point->theta);
}

/*
 * d for this lambda. Where normal equations do not give it, the rows do, at the place the step begins: the model is there.
 * *solved becomes 0 where no way does.
 */
static mlp_status solve(mlpi_marquardt *m, const mlpi_residuals *residuals, double lambda, int *solved)
{
    mlp_status status = MLP_OK;
    if (m->by_products)
        return mlpi_truncated_cg_solve(&m->cg, residuals, lambda, m->penalty, solved);
    *solved = mlpi_damped_solve(&m->damped, lambda, m->penalty);
    if (!*solved && !m->damped.by_rows) {
        status = sum_rows(m, residuals, 1);
        *solved = status == MLP_OK && mlpi_damped_solve(&m->damped, lambda, m->penalty);
    }
    return status;
}

/* The a of v = d. *bent becomes 1 where it is short enough for the parabola to be believed. */
static mlp_status accelerate(mlpi_marquardt *m, const mlpi_residuals *residuals, int *bent)
{
    const int64_t n = residuals->objective.n;
    const double *v = m->d;
    const mlp_status status = mlpi_residuals_bend(residuals, &m->bend, &m->here, v, &m->trial, m->a);
    if (status != MLP_OK)
        return status;
    mlpi_damped_apply(&m->damped, m->a);
    mlpi_vector_scale(n, -1, m->a);
    *bent = 2 * mlpi_vector_norm(n, m->a) <= MOST_BEND * mlpi_vector_norm(n, v);
    return MLP_OK;
}

/* Whether F may be `value` after v, being `before` now. */
static int is_taken(const mlpi_marquardt *m, const mlpi_residuals *residuals, double value, double before)
{
    const int64_t n = residuals->objective.n;
    const double *last = residuals->objective.trainer->state.kept + MLPI_MARQUARDT_VELOCITY;
    if (value < before || m->acceleration != UPHILL)
        return value < before;
    const double lengths = mlpi_vector_norm(n, m->d) * mlpi_vector_norm(n, last);
    return lengths > 0 && (1 - mlpi_vector_dot(n, m->d, last) / lengths) * value <= before;
}

/* The model to here + d, where F becomes *value. *moved is 0 where d is too short to change a parameter. */
static mlp_status try(mlpi_marquardt *m, const mlpi_residuals *residuals, double decay, int *moved,
                      double *value)
{
    const int64_t n = residuals->objective.n;
    const size_t bytes = (size_t)n * sizeof(double);
    memcpy(m->trial.theta, m->here.theta, bytes);
    mlpi_vector_add(n, 1, m->d, m->trial.theta);
    if (m->acceleration)
        mlpi_vector_add(n, 0.5, m->a, m->trial.theta);
    mlpi_objective_move(&residuals->objective, &m->trial);
    *moved = memcmp(m->trial.theta, m->here.theta, bytes) != 0;
    const mlp_status status = mlpi_residuals_sum(residuals, &m->trial_sum);
    *value = m->trial_sum + decay / 2 * mlpi_marquardt_square(&m->trial, n);
    return status;
}

static void set_penalty(mlpi_marquardt *m, int64_t n, double decay)
{
    for (int64_t i = 0; i < n; i++)
        m->penalty[i] = decay * m->here.theta[i];
}

mlp_status mlpi_marquardt_search(mlpi_marquardt *m, const mlpi_residuals *residuals, double decay,
                                 double scale, int *found)
{
    const int64_t n = residuals->objective.n;
    const double most = option(residuals, MLP_TRAINER_DAMPING_MAXIMUM),
                 before = m->sum + decay / 2 * mlpi_marquardt_square(&m->here, n);
    mlp_status status = MLP_OK;
    int moved = 1;
    *found = 0;
    set_penalty(m, n, decay);
    for (double mu = fmin(m->damping, most); status == MLP_OK && moved && mu <= most;
         mu *= option(residuals, MLP_TRAINER_DAMPING_INCREASE)) {
        int solved = 0;
        double value = INFINITY;
        m->damping = mu;
        status = solve(m, residuals, decay + mu * scale, &solved);
        if (status == MLP_OK && solved && m->acceleration)
            status = accelerate(m, residuals, &solved);
        if (status != MLP_OK || !solved)
            continue;
        status = try(m, residuals, decay, &moved, &value);
        *found = status == MLP_OK && moved && is_taken(m, residuals, value, before);
        if (*found)
            break;
        mlpi_objective_move(&residuals->objective, &m->here);
    }
    if (*found)
        m->damping = fmax(LEAST_DAMPING, m->damping * option(residuals, MLP_TRAINER_DAMPING_DECREASE));
    return status;
}

void mlpi_marquardt_end(const mlpi_marquardt *m, const mlpi_residuals *residuals, int found)
{
    mlp_trainer *trainer = residuals->objective.trainer;
    trainer->state.kept[MLPI_MARQUARDT_DAMPING] = m->damping;
    if (found && m->acceleration == UPHILL)
        memcpy(trainer->state.kept + MLPI_MARQUARDT_VELOCITY, m->d,
               (size_t)residuals->objective.n * sizeof *m->d);
    trainer->state.kept[MLPI_MARQUARDT_BY_ROWS] =
        !m->by_products && m->damped.by_rows && !mlpi_damped_is_easy(&m->damped);
    trainer->steps++;
}

const double *mlpi_marquardt_statistic(const mlp_trainer *trainer, mlp_statistic which)
{
    return which == MLP_STATISTIC_DAMPING ? trainer->state.kept + MLPI_MARQUARDT_DAMPING : NULL;
}
