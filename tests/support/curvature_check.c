#include "support/curvature_check.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

enum { CHOSEN_SAMPLES = 3, CHOSEN_PARAMETERS = 12, CHOSEN_PAIRS = 10 };

/* ---- The products ---- */

/* a b */
static sized_number times(sized_number a, sized_number b)
{
    return (sized_number){a.value * b.value, a.error * b.value + a.value * b.error};
}

/* y_u^T H y_v, and + g . y_uv, of one sample; with sizes and errors its scale, to first order */
static double form_of(const loss_reference *loss, int64_t sample, int64_t n, const curvatures *y,
                      int is_gauss_newton, int absolute)
{
    const sized_number *g = (absolute ? loss->g_sizes : loss->g) + sample * n;
    const sized_number *H = (absolute ? loss->H_sizes : loss->H) + sample * n * n;
    double sum = 0;
    for (int64_t q = 0; q < n; q++)
        for (int64_t p = 0; p < n; p++) {
            const sized_number term = times(times(y->u[p], H[p + q * n]), y->v[q]);
            sum += term.value + term.error;
        }
    for (int64_t p = 0; p < n && !is_gauss_newton; p++) {
        const sized_number term = times(g[p], y->uv[p]);
        sum += term.value + term.error;
    }
    return sum;
}

double curvature_form(const jet_oracle *oracle, const loss_reference *loss, const double *u, const double *v,
                      int is_gauss_newton, int absolute)
{
    const problem *p = oracle->problem;
    const int64_t n = p->spec.width[p->spec.layers];
    double sum = 0;
    curvatures y;
    for (int64_t s = 0; s < p->spec.batch; s++) {
        const double w = loss->at->weights ? loss->at->weights[s] : 1;
        curvature_reference_run(&p->net, &p->point[s], &oracle->slopes[s], (variation){NULL, u},
                                (variation){NULL, v}, absolute, &y);
        sum += w / loss->at->weight_sum * form_of(loss, s, n, &y, is_gauss_newton, absolute);
    }
    return sum;
}

/* Element k of a product is the form between the k-th unit and the direction. */
static void compare_product(const jet_oracle *oracle, const loss_reference *loss, const double *theta_dot,
                            int is_gauss_newton, const double *product, jet_tally *all)
{
    problem *p = oracle->problem;
    const int what = is_gauss_newton ? OF_GAUSS_NEWTON : OF_HVP;
    tally *t = loss->at->is_one_sided ? &all->values[what] : &all->gradients[what];
    double *unit = numbers(p->net.count);
    for (int64_t a = 0; a < problem_choices(CHOSEN_PARAMETERS, p->net.count); a++) {
        const int64_t k = problem_choose(p, a, CHOSEN_PARAMETERS, p->net.count);
        unit[k] = 1;
        const double want = curvature_form(oracle, loss, unit, theta_dot, is_gauss_newton, 0);
        const double scale = curvature_form(oracle, loss, unit, theta_dot, is_gauss_newton, 1);
        tally_compare_within(t, p, is_gauss_newton ? "theta_gv" : "theta_hv", k, product[k], want, scale,
                             jet_allowance);
        unit[k] = 0;
    }
    free(unit);
}

void check_products(const jet_oracle *oracle, subject *s, jet_tally *t, const loss_case *at,
                    int asks_gradient)
{
    loss_reference loss = loss_reference_create(oracle, at);
    double *theta_dot = problem_draw_vector(oracle->problem, s->count), *product = numbers(s->count);
    double *theta_bar = numbers(s->count);
    subject_linearize(s, at->loss, at->t, at->labels, at->weights, NULL, asks_gradient ? theta_bar : NULL);
    subject_hvp(s, theta_dot, product);
    compare_product(oracle, &loss, theta_dot, 0, product, t);
    subject_gauss_newton(s, theta_dot, product);
    compare_product(oracle, &loss, theta_dot, 1, product, t);
    free(theta_bar);
    free(product);
    free(theta_dot);
    loss_reference_destroy(&loss);
}

/* ---- The Hessians in x ---- */

static void compare_pair(const jet_oracle *oracle, const double *H, int64_t sample, int64_t i, int64_t j,
                         tally *t)
{
    problem *p = oracle->problem;
    const int64_t n = p->spec.width[0], n_out = p->spec.width[p->spec.layers];
    double *e_i = numbers(n), *e_j = numbers(n);
    curvatures want, scale;
    e_i[i] = 1;
    e_j[j] = 1;
    const variation u = {e_i, NULL}, v = {e_j, NULL};
    curvature_reference_run(&p->net, &p->point[sample], &oracle->slopes[sample], u, v, 0, &want);
    curvature_reference_run(&p->net, &p->point[sample], &oracle->slopes[sample], u, v, 1, &scale);
    for (int64_t q = 0; q < n_out; q++) {
        const int64_t at = ((sample * n_out + q) * n + j) * n + i;
        tally_compare_within(t, p, "H", at, H[at], want.uv[q].value, scale.uv[q].value + scale.uv[q].error,
                             jet_allowance);
    }
    free(e_j);
    free(e_i);
}

void check_hessian_x(const jet_oracle *oracle, subject *s, jet_tally *t)
{
    problem *p = oracle->problem;
    const int64_t n = s->n_in;
    double *H = numbers(n * n * s->n_out * s->batch);
    subject_hessian_x(s, H);
    for (int64_t a = 0; a < problem_choices(CHOSEN_SAMPLES, s->batch); a++) {
        const int64_t sample = problem_choose(p, a, CHOSEN_SAMPLES, s->batch);
        for (int64_t b = 0; b < problem_choices(CHOSEN_PAIRS, n * n); b++) {
            const int64_t pair = problem_choose(p, b, CHOSEN_PAIRS, n * n);
            compare_pair(oracle, H, sample, pair % n, pair / n, &t->values[OF_HESSIAN_X]);
        }
    }
    free(H);
}

/* ---- All of it ---- */

void check_random_curvature(problem *p, subject *s, jet_tally *t)
{
    const jet_oracle oracle = jet_oracle_create(p);
    loss_case loss = loss_case_create(p, loss_at((int)draw_int(&p->random, 0, LOSS_COUNT - 1)),
                                      draw_chance(&p->random, 0.3), draw_chance(&p->random, 0.5));
    check_products(&oracle, s, t, &loss, draw_chance(&p->random, 0.5));
    if (s->n_in <= MOST_UNITS)
        check_hessian_x(&oracle, s, t);
    loss_case_destroy(&loss);
    jet_oracle_destroy(&oracle);
}

void curvature_tally_close(const jet_tally *t, const char *what, int sharp)
{
    static const char *const names[] = {[OF_HVP] = "H v", [OF_GAUSS_NEWTON] = "G v", [OF_HESSIAN_X] = "H_x"};
    char label[96];
    for (int32_t k = OF_HVP; k <= OF_HESSIAN_X; k++) {
        snprintf(label, sizeof label, "%s %s", what, names[k]);
        if (t->values[k].entries > 0)
            (sharp ? tally_close_sharp : tally_close)(&t->values[k], label);
        snprintf(label, sizeof label, "%s %s, cancelling", what, names[k]);
        if (t->gradients[k].entries > 0)
            tally_close(&t->gradients[k], label);
    }
}
