/* libmlp, as a program with nothing but its public headers uses it. */
#include "memory.h"
#include "run.h"

#include <mlp/mlp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What there is once per number type; works in the order of enum work. */
struct functions {
    mlp_status (*work[WORKS])(struct run *run);
    mlp_status (*fill)(struct run *run, const struct inputs *inputs);
    mlp_status (*read)(struct run *run, struct answer *answer);
};

struct run {
    enum work work;
    int64_t batch, n_in, n_out, params;
    mlp_model *model;
    mlp_workspace *workspace; /* NULL for training */
    mlp_trainer *trainer;     /* NULL for the other works */
    void *x, *x_dot, *x_bar, *y, *t, *theta;
    void *rows;  /* problem_rows() x batch, for works beside the gradient */
    double *JtJ; /* n_theta x n_theta and Jtr, for one of them */
    const struct functions *functions;
    mlp_status (*once)(struct run *run);
};

#define REAL    float
#define T(name) name##_f32
#include "own_tmpl.h"
#define REAL    double
#define T(name) name##_f64
#include "own_tmpl.h"

const double run_tolerance_factor = 1;

const char *run_library(void)
{
    static char text[64];

    snprintf(text, sizeof text, "libmlp %s", mlp_version_string());
    return text;
}

/* The instruction set asked for; the environment's where the problem leaves it open. */
static mlp_cpu chosen_cpu(const struct problem *problem)
{
    const char *forced = getenv("MLP_CPU");

    return mlp_cpu_from_name(strcmp(problem->cpu, "auto") == 0 && forced ? forced : problem->cpu);
}

static mlp_status make_trainer(struct run *run, const struct problem *problem)
{
    mlp_status status = mlp_trainer_create(run->model, &run->trainer);

    if (status >= 0)
        status = mlp_trainer_set_int(run->trainer, MLP_TRAINER_ENGINE, mlp_engine_from_name(problem->engine));
    if (status >= 0)
        status = mlp_trainer_set_int(run->trainer, MLP_TRAINER_CPU, chosen_cpu(problem));
    return status < 0 ? status : mlp_trainer_prepare(run->trainer, problem->batch, problem->threads);
}

static mlp_status make_workspace(struct run *run, const struct problem *problem)
{
    int32_t uses = problem->work == WORK_INFER                 ? MLP_USE_FORWARD
                   : problem->work == WORK_JACOBIAN_NORMAL_ADD ? MLP_USE_LEAST_SQUARES
                   : work_is_beside_gradient(problem->work)    ? MLP_USE_SAMPLES
                                                               : MLP_USE_DERIVATIVES;
    mlp_status status =
        mlp_workspace_create(run->model, problem->batch, problem->threads, uses, &run->workspace);

    if (status >= 0)
        status = mlp_workspace_set_int(run->workspace, MLP_WORKSPACE_ENGINE,
                                       mlp_engine_from_name(problem->engine));
    if (status >= 0)
        status = mlp_workspace_set_int(run->workspace, MLP_WORKSPACE_CPU, chosen_cpu(problem));
    if (status >= 0)
        status = mlp_workspace_prepare(run->workspace, run->model);
    if (status >= 0 && (run->work == WORK_VJP || run->work == WORK_JVP))
        status = run->functions->work[WORK_INFER](run); /* the point of the derivative */
    return status;
}

static mlp_status make(struct run *run, const struct problem *problem, const struct inputs *inputs)
{
    mlp_status status = mlp_model_create(problem->f64 ? MLP_F64 : MLP_F32, problem->layers, problem->width,
                                         mlp_activation_from_name(problem->activation), &run->model);

    if (work_is_beside_gradient(problem->work) && problem_rows(problem) > 0)
        run->rows = memory_new(problem_rows(problem) * problem->batch, problem_bytes(problem));
    if (problem->work == WORK_JACOBIAN_NORMAL_ADD)
        run->JtJ = memory_new(run->params * (run->params + 1), sizeof *run->JtJ);
    if (status >= 0)
        status = run->functions->fill(run, inputs);
    if (status < 0)
        return status;
    return problem->work == WORK_TRAIN ? make_trainer(run, problem) : make_workspace(run, problem);
}

struct run *run_create(const struct problem *problem, const struct inputs *inputs, const char **why)
{
    struct run *run = memory_new(1, sizeof *run);

    run->work = problem->work;
    run->batch = problem->batch;
    run->n_in = problem->width[0];
    run->n_out = problem->width[problem->layers];
    run->params = problem_params(problem);
    run->functions = problem->f64 ? &functions_f64 : &functions_f32;
    run->once = run->functions->work[problem->work];
    if (make(run, problem, inputs) >= 0)
        return run;
    *why = mlp_last_error();
    run_destroy(run);
    return NULL;
}

void run_destroy(struct run *run)
{
    mlp_trainer_destroy(run->trainer);
    mlp_workspace_destroy(run->workspace);
    mlp_model_destroy(run->model);
    free(run->x);
    free(run->x_dot);
    free(run->x_bar);
    free(run->y);
    free(run->t);
    free(run->theta);
    free(run->rows);
    free(run->JtJ);
    free(run);
}

static void insist(mlp_status status)
{
    if (status >= 0)
        return;
    fprintf(stderr, "mlp-bench: %s\n", mlp_last_error());
    exit(1);
}

void run_set_rate(struct run *run, double rate)
{
    if (run->trainer)
        insist(mlp_trainer_set_real(run->trainer, MLP_TRAINER_LEARNING_RATE, rate));
}

void run_once(struct run *run)
{
    insist(run->once(run));
}

void run_answer(struct run *run, struct answer *answer)
{
    insist(run->functions->read(run, answer));
}
