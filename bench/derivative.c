#include "derivative.h"

#include "memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define REAL    float
#define T(name) name##_f32
#define STEP    4e-3
#include "derivative_tmpl.h"
#undef REAL
#undef T
#undef STEP
#define REAL    double
#define T(name) name##_f64
#define STEP    1e-4
#include "derivative_tmpl.h"

static double hvp_bound(const struct session *s)
{
    (void)s;
    return 2.9;
}

static double linearised_bound(const struct session *s)
{
    (void)s;
    return 2.2;
}

static double gauss_newton_bound(const struct session *s)
{
    (void)s;
    return 1.9;
}

static double laplacian_bound(const struct session *s)
{
    return (double)s->n_in + 2.5;
}

static double laplacian_gradient_bound(const struct session *s)
{
    return 1.2 * ((double)s->n_in + 2);
}

static double jet_gradient_bound(const struct session *s)
{
    (void)s;
    return 1.17 * (1 + 2 * DIRECTIONS);
}

/* Not promised: for orientation. */
static double no_bound(const struct session *s)
{
    (void)s;
    return NAN;
}

#define BOTH(name)                                                                                           \
    {                                                                                                        \
        name##_f32, name##_f64                                                                               \
    }

mlp_status (*const derivative_forward[2])(struct session *) = BOTH(forward);
mlp_status (*const derivative_gradient[2])(struct session *) = BOTH(gradient);

static const struct derivative table[] = {
    {"hvp", "Hessian of the squared error in theta times a vector, from x on", hvp_bound, false, BOTH(hvp),
     BOTH(naive_hvp)},
    {"hvp_linearized", "the same where the loss is linearised", linearised_bound, false, BOTH(hvp_again),
     BOTH(naive_hvp)},
    {"gauss_newton", "Gauss-Newton matrix times a vector, from x on", gauss_newton_bound, false,
     BOTH(gauss_newton), BOTH(naive_gauss_newton)},
    {"laplacian", "Laplacian of y in x, from x on", laplacian_bound, true, BOTH(laplacian),
     BOTH(naive_laplacian)},
    {"laplacian_gradient", "gradient in theta of a loss of y and its Laplacian", laplacian_gradient_bound,
     false, BOTH(laplacian_gradient), BOTH(naive_laplacian_gradient)},
    {"jet_gradient", "gradient in theta of a loss of y, y1 and y2 along 2 directions", jet_gradient_bound,
     false, BOTH(jet_gradient), BOTH(naive_jet_gradient)},
    {"mixed", "gradient in theta of y_bar^T (dy/dx) x_dot, from x on", no_bound, false, BOTH(mixed),
     BOTH(naive_mixed)},
};

enum { COUNT = sizeof table / sizeof *table };

const struct derivative *derivative_at(int index)
{
    return index < COUNT ? &table[index] : NULL;
}

const struct derivative *derivative_find(const char *name)
{
    for (int i = 0; i < COUNT; i++)
        if (strcmp(table[i].name, name) == 0)
            return &table[i];
    return NULL;
}

mlp_status session_create(const struct problem *problem, struct session *session)
{
    const int64_t streams = problem->width[0] + 1 > 2 * DIRECTIONS ? problem->width[0] + 1 : 2 * DIRECTIONS;
    mlp_status status;

    *session = (struct session){.problem = problem,
                                .batch = problem->batch,
                                .n_in = problem->width[0],
                                .n_out = problem->width[problem->layers],
                                .params = problem_params(problem)};
    status = mlp_model_create(problem->f64 ? MLP_F64 : MLP_F32, problem->layers, problem->width,
                              mlp_activation_from_name(problem->activation), &session->model);
    if (status >= 0)
        status = mlp_model_initialize(session->model, MLP_INIT_GLOROT_UNIFORM, 1);
    if (status >= 0)
        status = mlp_workspace_create(session->model, problem->batch, problem->threads,
                                      MLP_USE_SECOND_ORDER + (int32_t)streams * MLP_USE_STREAM,
                                      &session->workspace);
    if (status >= 0)
        status = mlp_workspace_set_int(session->workspace, MLP_WORKSPACE_ENGINE,
                                       mlp_engine_from_name(problem->engine));
    if (status >= 0)
        status =
            mlp_workspace_set_int(session->workspace, MLP_WORKSPACE_CPU, mlp_cpu_from_name(problem->cpu));
    return status < 0 ? status : problem->f64 ? fill_f64(session) : fill_f32(session);
}

void session_destroy(struct session *session)
{
    void *const arrays[] = {session->x,     session->moved,     session->y,   session->y_bar,
                            session->theta, session->theta_dot, session->out, session->other,
                            session->v,     session->y1,        session->y2,  session->y1_bar};

    for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++)
        free(arrays[i]);
    mlp_workspace_destroy(session->workspace);
    mlp_model_destroy(session->model);
}

mlp_status derivative_compare(const struct derivative *derivative, struct session *session,
                              double *difference)
{
    const int f64 = session->problem->f64;
    const int64_t count = derivative->in_forward_passes ? session->n_out * session->batch : session->params;
    mlp_status status = derivative->run[f64](session);
    void *const result = session->out;

    session->out = session->other;
    if (status >= 0)
        status = derivative->naive[f64](session);
    session->other = session->out;
    session->out = result;
    *difference = (f64 ? compare_f64 : compare_f32)(count, session->out, session->other);
    return status;
}
