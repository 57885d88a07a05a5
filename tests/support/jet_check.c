#include "support/jet_check.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

enum { CHOSEN_SAMPLES = 4, CHOSEN_PARAMETERS = 20 };

const double jet_allowance = 0.25;

/* ---- Cases ---- */

jet_case jet_case_directions(problem *p, int32_t order, int64_t directions, int shared)
{
    jet_case jet = {.shape = {order, directions, 1, NULL}, .shared = shared};
    jet.v = problem_draw_vector(p, p->spec.width[0] * directions * (shared ? 1 : p->spec.batch));
    return jet;
}

jet_case jet_case_units(problem *p, int32_t order)
{
    const int64_t n = p->spec.width[0];
    jet_case jet = {.shape = {order, n, 1, NULL}, .shared = 1, .units = 1, .v = numbers(n * n)};
    for (int64_t i = 0; i < n; i++)
        jet.v[i + i * n] = 1;
    return jet;
}

jet_case jet_case_laplacian(problem *p, int weighted)
{
    jet_case jet = jet_case_units(p, 2);
    jet.weights = weighted ? problem_draw_vector(p, p->spec.width[0]) : NULL;
    jet.shape = (jet_shape){2, 1, p->spec.width[0], jet.weights};
    jet.laplacian = 1;
    return jet;
}

void jet_case_destroy(jet_case *jet)
{
    free(jet->v);
    free(jet->weights);
}

int64_t jet_case_columns(const jet_case *jet, const problem *p, int32_t k)
{
    return jet_columns(&jet->shape, k) * p->spec.batch;
}

void jet_case_run(const jet_case *jet, subject *s, double *const y[JET_ORDERS])
{
    if (jet->laplacian)
        subject_laplacian(s, jet->weights, y[1], y[2]);
    else
        subject_jet(s, jet->shape.groups, jet->units ? NULL : jet->v, jet->shared, y[1], y[2], y[3]);
}

static const double *directions_of(const jet_case *jet, const problem *p, int64_t sample)
{
    return jet->shared ? jet->v : jet->v + sample * p->spec.width[0] * jet_columns(&jet->shape, 1);
}

/* ---- The oracle ---- */

jet_oracle jet_oracle_create(problem *p)
{
    jet_oracle oracle = {p, calloc((size_t)p->spec.batch, sizeof *oracle.slopes)};
    assert_non_null(oracle.slopes);
    for (int64_t s = 0; s < p->spec.batch; s++)
        jet_slopes_create(&oracle.slopes[s], &p->net, &p->point[s]);
    return oracle;
}

void jet_oracle_destroy(const jet_oracle *oracle)
{
    for (int64_t s = 0; s < oracle->problem->spec.batch; s++)
        jet_slopes_destroy(&oracle->slopes[s], &oracle->problem->net);
    free(oracle->slopes);
}

/* One sample's numbers: room for every y_k. */
typedef struct hyperduals {
    hyperdual *y[JET_ORDERS];
} hyperduals;

static hyperduals hyperduals_create(const jet_case *jet, int64_t n_out)
{
    hyperduals d = {{NULL}};
    for (int32_t k = 0; k <= jet->shape.order; k++) {
        d.y[k] = calloc((size_t)(n_out * jet_columns(&jet->shape, k)), sizeof *d.y[k]);
        assert_non_null(d.y[k]);
    }
    return d;
}

static void hyperduals_destroy(hyperduals *d)
{
    for (int32_t k = 0; k < JET_ORDERS; k++)
        free(d->y[k]);
}

static void run_reference(const jet_oracle *oracle, const jet_case *jet, int64_t sample, jet_seed seed,
                          int absolute, hyperduals *out)
{
    const problem *p = oracle->problem;
    jet_reference_run(&p->net, &p->point[sample], &oracle->slopes[sample], &jet->shape,
                      directions_of(jet, p, sample), seed, absolute, out->y);
}

/* ---- Values ---- */

void jet_scales(const jet_oracle *oracle, const jet_case *jet, int64_t sample, double *const y[JET_ORDERS])
{
    const int64_t n_out = oracle->problem->spec.width[oracle->problem->spec.layers];
    hyperduals scale = hyperduals_create(jet, n_out);
    run_reference(oracle, jet, sample, (jet_seed){IN_NOTHING, 0}, 1, &scale);
    for (int32_t k = 1; k <= jet->shape.order; k++) {
        const int64_t each = n_out * jet_columns(&jet->shape, k);
        for (int64_t i = 0; i < each && y[k]; i++)
            y[k][sample * each + i] = scale.y[k][i].value;
    }
    hyperduals_destroy(&scale);
}

void check_jet(const jet_oracle *oracle, subject *s, jet_tally *t, const jet_case *jet)
{
    static const char *const names[] = {"y", "y1", "y2", "y3"};
    problem *p = oracle->problem;
    double *y[JET_ORDERS] = {NULL};
    hyperduals want = hyperduals_create(jet, s->n_out), scale = hyperduals_create(jet, s->n_out);
    for (int32_t k = 1; k <= jet->shape.order; k++)
        y[k] = numbers(s->n_out * jet_case_columns(jet, p, k));
    jet_case_run(jet, s, y);
    for (int64_t a = 0; a < problem_choices(CHOSEN_SAMPLES, s->batch); a++) {
        const int64_t sample = problem_choose(p, a, CHOSEN_SAMPLES, s->batch);
        run_reference(oracle, jet, sample, (jet_seed){IN_NOTHING, 0}, 0, &want);
        run_reference(oracle, jet, sample, (jet_seed){IN_NOTHING, 0}, 1, &scale);
        for (int32_t k = 1; k <= jet->shape.order; k++) {
            const int64_t each = s->n_out * jet_columns(&jet->shape, k);
            for (int64_t i = 0; i < each; i++)
                tally_compare_within(&t->values[k], p, names[k], sample * each + i, y[k][sample * each + i],
                                     want.y[k][i].value, scale.y[k][i].value, jet_allowance);
        }
    }
    for (int32_t k = 1; k <= jet->shape.order; k++)
        free(y[k]);
    hyperduals_destroy(&want);
    hyperduals_destroy(&scale);
}

/* ---- Gradients ---- */

jet_cotangents jet_cotangents_draw(const jet_oracle *oracle, const jet_case *jet, int which)
{
    problem *p = oracle->problem;
    const int64_t n_out = p->spec.width[p->spec.layers];
    jet_cotangents bars = {{NULL}};
    for (int32_t k = 0; k <= jet->shape.order; k++)
        if (which >> k & 1)
            bars.y_bar[k] = problem_draw_vector(p, n_out * jet_case_columns(jet, p, k));
    return bars;
}

void jet_cotangents_destroy(jet_cotangents *bars)
{
    for (int32_t k = 0; k < JET_ORDERS; k++)
        free(bars->y_bar[k]);
}

double jet_gradient(const jet_oracle *oracle, const jet_case *jet, const jet_cotangents *bars, int64_t sample,
                    jet_seed seed, int absolute)
{
    const int64_t n_out = oracle->problem->spec.width[oracle->problem->spec.layers];
    hyperduals room = hyperduals_create(jet, n_out);
    double sum = 0;
    run_reference(oracle, jet, sample, seed, absolute, &room);
    for (int32_t k = 0; k <= jet->shape.order; k++) {
        const int64_t each = n_out * jet_columns(&jet->shape, k);
        for (int64_t i = 0; i < each && bars->y_bar[k]; i++) {
            const double bar = bars->y_bar[k][sample * each + i];
            sum += (absolute ? fabs(bar) : bar) * room.y[k][i].first;
        }
    }
    hyperduals_destroy(&room);
    return sum;
}

static void compare_x_bar(const jet_oracle *oracle, const jet_case *jet, const jet_cotangents *bars,
                          const double *x_bar, tally *t)
{
    problem *p = oracle->problem;
    const int64_t n = p->spec.width[0];
    for (int64_t a = 0; a < problem_choices(CHOSEN_SAMPLES, p->spec.batch); a++) {
        const int64_t sample = problem_choose(p, a, CHOSEN_SAMPLES, p->spec.batch);
        for (int64_t j = 0; j < n; j++) {
            const jet_seed seed = {IN_X, j};
            const double want = jet_gradient(oracle, jet, bars, sample, seed, 0);
            const double scale = jet_gradient(oracle, jet, bars, sample, seed, 1);
            tally_compare_within(t, p, "x_bar", sample * n + j, x_bar[sample * n + j], want, scale,
                                 jet_allowance);
        }
    }
}

static void compare_theta_bar(const jet_oracle *oracle, const jet_case *jet, const jet_cotangents *bars,
                              const double *theta_bar, tally *t)
{
    problem *p = oracle->problem;
    for (int64_t a = 0; a < problem_choices(CHOSEN_PARAMETERS, p->net.count); a++) {
        const int64_t k = problem_choose(p, a, CHOSEN_PARAMETERS, p->net.count);
        double want = 0, scale = 0;
        for (int64_t sample = 0; sample < p->spec.batch; sample++) {
            want += jet_gradient(oracle, jet, bars, sample, (jet_seed){IN_THETA, k}, 0);
            scale += jet_gradient(oracle, jet, bars, sample, (jet_seed){IN_THETA, k}, 1);
        }
        tally_compare_within(t, p, "theta_bar", k, theta_bar[k], want, scale, jet_allowance);
    }
}

void jet_case_pull(const jet_case *jet, subject *s, const jet_cotangents *bars, double *x_bar,
                   double *theta_bar)
{
    const int64_t first = jet_columns(&jet->shape, 1) * s->batch, second = jet->shape.groups * s->batch;
    double *y[JET_ORDERS] = {NULL}, *last = numbers(s->n_out * (jet->shape.order == 1 ? first : second));
    y[jet->shape.order] = last;
    jet_case_run(jet, s, y);
    subject_jet_vjp(s, bars->y_bar[0], bars->y_bar[1], first, bars->y_bar[2], second, x_bar, theta_bar);
    free(last);
}

void check_jet_vjp(const jet_oracle *oracle, subject *s, jet_tally *t, const jet_case *jet, int which)
{
    double *x_bar = numbers(s->n_in * s->batch), *theta_bar = numbers(s->count);
    jet_cotangents bars = jet_cotangents_draw(oracle, jet, which);
    jet_case_pull(jet, s, &bars, x_bar, theta_bar);
    compare_x_bar(oracle, jet, &bars, x_bar, &t->gradients[jet->shape.order]);
    compare_theta_bar(oracle, jet, &bars, theta_bar, &t->gradients[jet->shape.order]);
    jet_cotangents_destroy(&bars);
    free(theta_bar);
    free(x_bar);
}

void check_mixed_vjp(const jet_oracle *oracle, subject *s, jet_tally *t)
{
    jet_case jet = jet_case_directions(oracle->problem, 1, 1, 0);
    jet_cotangents bars = jet_cotangents_draw(oracle, &jet, 2);
    double *x_bar = numbers(s->n_in * s->batch), *theta_bar = numbers(s->count);
    subject_mixed_vjp(s, jet.v, bars.y_bar[1], x_bar, theta_bar);
    compare_x_bar(oracle, &jet, &bars, x_bar, &t->gradients[1]);
    compare_theta_bar(oracle, &jet, &bars, theta_bar, &t->gradients[1]);
    free(theta_bar);
    free(x_bar);
    jet_cotangents_destroy(&bars);
    jet_case_destroy(&jet);
}

/* ---- All of it ---- */

static jet_case draw_case(problem *p, int32_t most_order)
{
    const int64_t way = draw_int(&p->random, 0, 5);
    const int32_t order = (int32_t)draw_int(&p->random, 1, most_order);
    if (way < 3 || p->spec.width[0] > MOST_UNITS)
        return jet_case_directions(p, order, draw_int(&p->random, 1, MOST_DIRECTIONS), way == 1);
    return way == 3 ? jet_case_units(p, order) : jet_case_laplacian(p, way == 4);
}

void check_random_jets(problem *p, subject *s, jet_tally *t)
{
    const jet_oracle oracle = jet_oracle_create(p);
    jet_case jet = draw_case(p, 3);
    check_jet(&oracle, s, t, &jet);
    jet_case_destroy(&jet);
    jet = draw_case(p, 2);
    check_jet_vjp(&oracle, s, t, &jet, (int)draw_int(&p->random, 1, jet.shape.order == 1 ? 3 : 7));
    jet_case_destroy(&jet);
    check_mixed_vjp(&oracle, s, t);
    jet_oracle_destroy(&oracle);
}

int32_t jet_uses(const problem *p)
{
    const int64_t units = p->spec.width[0] > MOST_UNITS ? 0 : p->spec.width[0];
    return MLP_USE_SECOND_ORDER +
           (int32_t)(3 * (units > MOST_DIRECTIONS ? units : MOST_DIRECTIONS)) * MLP_USE_STREAM;
}

void jet_tally_close(const jet_tally *t, const char *what, int sharp)
{
    void (*const close)(const tally *, const char *) = sharp ? tally_close_sharp : tally_close;
    char label[96];
    for (int32_t k = 1; k < JET_ORDERS; k++) {
        snprintf(label, sizeof label, "%s y%d", what, (int)k);
        if (t->values[k].entries > 0)
            close(&t->values[k], label);
    }
    for (int32_t k = 1; k < JET_ORDERS; k++) {
        snprintf(label, sizeof label, "%s gradients, order %d", what, (int)k);
        if (t->gradients[k].entries > 0)
            close(&t->gradients[k], label);
    }
}
