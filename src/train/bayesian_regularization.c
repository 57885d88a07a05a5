/*
 * Bayesian regularisation: D. J. C. MacKay, "Bayesian interpolation", Neural Computation 4 (1992), for networks trained by
 * Levenberg-Marquardt as F. D. Foresee and M. T. Hagan, "Gauss-Newton approximation to Bayesian learning", ICNN 1997, and
 * MATLAB's trainbr have it. With E_D = |r|^2 over all N residuals and E_W = |theta|^2 over all n parameters, biases among
 * them,
 *
 *     F = beta E_D + alpha E_W,     (J^T J + (alpha + mu)/beta I) d = -(J^T r + alpha/beta theta)
 *
 * After a step, with the J of where it began,
 *
 *     gamma = n - alpha/beta tr (J^T J + alpha/beta I)^-1,    alpha = gamma / (2 E_W),    beta = (N - gamma) / (2 E_D)
 *
 * gamma being the number of parameters the data determine. beta is 1 where N <= gamma or E_D = 0, and alpha where E_W = 0.
 * Samples count in N as often as their weights say.
 *
 * alpha begins at 0.01 and beta at 1. With gamma = n, as trainbr begins, networks with more parameters than the data
 * determine lose them all at once: theta = 0 is a fixed point.
 */
#include "base/error.h"
#include "train/marquardt.h"

#define FIRST_ALPHA 0.01
#define FIRST_BETA  1

/* What is kept behind Marquardt's. */
enum { ALPHA, BETA, GAMMA, KEPT };

static int64_t kept(const mlp_trainer *trainer)
{
    return mlpi_marquardt_kept(trainer) + KEPT;
}

static double *evidence_of(const mlp_trainer *trainer)
{
    return trainer->state.kept + mlpi_marquardt_kept(trainer);
}

static void *take(mlpi_arena *arena, const mlp_trainer *trainer, int64_t max_batch)
{
    return mlpi_marquardt_take(arena, trainer, max_batch);
}

/* alpha and beta for this gamma at a place with these E_D and E_W. */
static void set_evidence(double *evidence, double gamma, double residuals, double E_D, double E_W)
{
    evidence[GAMMA] = gamma;
    evidence[ALPHA] = E_W > 0 ? gamma / (2 * E_W) : 1;
    evidence[BETA] = residuals > gamma && E_D > 0 ? (residuals - gamma) / (2 * E_D) : 1;
}

/* gamma, which is within 0 .. n; as it was where J^T J + alpha/beta I cannot be factored. */
static double count_determined(mlpi_marquardt *m, const double *evidence, int64_t n)
{
    const double ratio = evidence[ALPHA] / evidence[BETA];
    if (!(ratio > 0) || !mlpi_damped_solve(&m->damped, ratio, NULL))
        return evidence[GAMMA];
    const double gamma = (double)n - ratio * mlpi_damped_inverse_trace(&m->damped);
    return gamma > 0 ? gamma : 0;
}

/* gamma needs a factor, which products do not have. */
static mlp_status check(const mlp_trainer *trainer)
{
    return mlpi_marquardt_solver(trainer) == MLP_SOLVER_CG
               ? mlpi_fail(MLP_ERR_UNSUPPORTED,
                           "trainer: bayesian_regularization needs squared_error, at most "
                           "direct_limit parameters, and a solver other than cg")
               : mlpi_marquardt_check(trainer);
}

static mlp_status step(const mlpi_residuals *residuals, double *loss)
{
    mlp_trainer *trainer = residuals->objective.trainer;
    mlpi_marquardt *m = trainer->buffers.method;
    double *evidence = evidence_of(trainer), begun[KEPT] = {evidence[ALPHA], evidence[BETA], evidence[GAMMA]};
    const int64_t outputs = trainer->model->architecture.widths[trainer->model->architecture.layers];
    const double count = (double)outputs * residuals->weight;
    int found = 0;
    mlp_status status = mlpi_marquardt_begin(m, residuals);
    if (status != MLP_OK)
        return status;
    if (begun[BETA] == 0) {
        begun[ALPHA] = FIRST_ALPHA;
        begun[BETA] = FIRST_BETA;
    }
    const double ratio = begun[ALPHA] / begun[BETA];
    *loss = residuals->weight > 0 ? m->sum / residuals->weight : 0;
    status = mlpi_marquardt_search(m, residuals, ratio, 1 / begun[BETA], &found);
    if (status != MLP_OK)
        return status;
    mlpi_marquardt_end(m, residuals, found);
    if (found)
        set_evidence(begun, count_determined(m, begun, residuals->objective.n), count, 2 * m->trial_sum,
                     mlpi_marquardt_square(&m->trial, residuals->objective.n));
    for (int i = 0; i < KEPT; i++)
        evidence[i] = begun[i];
    return MLP_OK;
}

static const double *statistic(const mlp_trainer *trainer, mlp_statistic which)
{
    const double *evidence = evidence_of(trainer);
    if (which == MLP_STATISTIC_ALPHA)
        return evidence + ALPHA;
    if (which == MLP_STATISTIC_BETA)
        return evidence + BETA;
    return which == MLP_STATISTIC_GAMMA ? evidence + GAMMA : mlpi_marquardt_statistic(trainer, which);
}

static const mlpi_method method = {.uses = MLP_USE_DERIVATIVES | MLP_USE_LEAST_SQUARES,
                                   .check = check,
                                   .kept = kept,
                                   .take = take,
                                   .fit = step,
                                   .statistic = statistic};

const mlpi_optimizer mlpi_bayesian_regularization = {
    .id = MLP_BAYESIAN_REGULARIZATION, .name = "bayesian_regularization", .method = &method};
