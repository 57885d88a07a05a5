#include "support/jet_arrays.h"

#include <stddef.h>
#include <stdlib.h>

enum { CHOSEN = 6 };

jet_arrays jet_arrays_create(const jet_case *jet, const problem *p)
{
    jet_arrays a = {{NULL}};
    for (int32_t k = 1; k <= jet->shape.order; k++)
        a.y[k] = numbers(p->spec.width[p->spec.layers] * jet_case_columns(jet, p, k));
    return a;
}

void jet_arrays_destroy(jet_arrays *a)
{
    for (int32_t k = 0; k < JET_ORDERS; k++)
        free(a->y[k]);
}

jet_arrays jet_arrays_run(const jet_case *jet, const problem *p, subject *s)
{
    const jet_arrays a = jet_arrays_create(jet, p);
    jet_case_run(jet, s, a.y);
    return a;
}

/* The scales of all y_k of the whole batch. */
jet_arrays jet_arrays_scales(const jet_oracle *oracle, const jet_case *jet)
{
    const jet_arrays a = jet_arrays_create(jet, oracle->problem);
    for (int64_t sample = 0; sample < oracle->problem->spec.batch; sample++)
        jet_scales(oracle, jet, sample, a.y);
    return a;
}

void tally_agree_all(tally *t, const problem *p, const char *what, int64_t n, const double *got,
                     const double *want, const double *scale, double factor)
{
    for (int64_t k = 0; k < n; k++)
        tally_agree(t, p, what, k, got[k], want[k], scale[k], factor);
}

jet_gradients jet_gradients_pull(const jet_case *jet, subject *s, const jet_cotangents *bars)
{
    const jet_gradients g = {numbers(s->n_in * s->batch), numbers(s->count)};
    jet_case_pull(jet, s, bars, g.x_bar, g.theta_bar);
    return g;
}

void jet_gradients_destroy(jet_gradients *g)
{
    free(g->x_bar);
    free(g->theta_bar);
}

void jet_gradients_compare(const jet_oracle *oracle, tally *t, const char *what, const jet_case *jet,
                           const jet_cotangents *bars, const jet_gradients *a, const jet_gradients *b)
{
    problem *p = oracle->problem;
    const int64_t n_in = p->spec.width[0], inputs = n_in * p->spec.batch;
    for (int64_t c = 0; c < problem_choices(CHOSEN, inputs); c++) {
        const int64_t k = problem_choose(p, c, CHOSEN, inputs);
        const double scale = jet_gradient(oracle, jet, bars, k / n_in, (jet_seed){IN_X, k % n_in}, 1);
        tally_agree(t, p, what, k, a->x_bar[k], b->x_bar[k], scale, 1);
    }
    for (int64_t c = 0; c < problem_choices(CHOSEN, p->net.count); c++) {
        const int64_t k = problem_choose(p, c, CHOSEN, p->net.count);
        double scale = 0;
        for (int64_t sample = 0; sample < p->spec.batch; sample++)
            scale += jet_gradient(oracle, jet, bars, sample, (jet_seed){IN_THETA, k}, 1);
        tally_agree(t, p, what, k, a->theta_bar[k], b->theta_bar[k], scale, 1);
    }
}

void each_jet_identity(const char *what, jet_problem_check *check)
{
    for (mlp_dtype dtype = MLP_F32; dtype <= MLP_F64; dtype++) {
        jet_tally t = {0};
        each_jet_problem(dtype, 0, check, &t);
        jet_tally_close(&t, what, 0);
    }
}
