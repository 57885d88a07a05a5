/*
 * 100 steps of every optimizer against plain double code written from the papers' equations: 1e-14 in f64 and 1e-6 in
 * f32, relative to the largest parameter.
 */
#include "support/draw.h"
#include "train/optimizer.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

enum { COUNT = 1003, PADDED = 1024, STEPS = 100 };

/* One element's state in the papers' notation. */
typedef struct element {
    double theta, m, v;
} element;

/* Polyak 1964: v_t = mu v_{t-1} + g_t; theta_t = theta_{t-1} - alpha v_t */
static void momentum_step(element *e, double g, int t, double alpha, double mu)
{
    (void)t;
    e->v = mu * e->v + g;
    e->theta = e->theta - alpha * e->v;
}

/* Kingma and Ba 2015, algorithm 1, with the defaults it recommends */
static void adam_step(element *e, double g, int t, double alpha, double unused)
{
    const double beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8;
    (void)unused;
    e->m = beta1 * e->m + (1 - beta1) * g;
    e->v = beta2 * e->v + (1 - beta2) * g * g;
    const double m_hat = e->m / (1 - pow(beta1, t)), v_hat = e->v / (1 - pow(beta2, t));
    e->theta = e->theta - alpha * m_hat / (sqrt(v_hat) + epsilon);
}

static const struct {
    const char *name;
    int32_t id, states;
    double rate, momentum;
    void (*step)(element *e, double g, int t, double alpha, double mu);
} cases[] = {
    {"sgd", MLP_SGD, 0, 0.015625, 0, momentum_step},
    {"sgd with momentum", MLP_SGD, 1, 0.01, 0.9, momentum_step},
    {"adam", MLP_ADAM, 2, 0.01, 0, adam_step},
};

/* The rate of step t: it may change between steps. */
static double rate_of(size_t which, int t)
{
    return cases[which].rate * (t < STEPS / 2 ? 1 : 0.5);
}

/* What both see at step t: noise around a pull towards 0, over many magnitudes. */
static double gradient(draw *d, const element *e, int64_t i)
{
    const double size = exp2((double)(i % 21) - 18);
    return (double)(float)(size * (0.3 * e->theta + draw_real(d, -1, 1)));
}

#include "base/real32.h"
#include "optimizer_cases_tmpl.h"
#include "base/real64.h"
#include "optimizer_cases_tmpl.h"

static void test_f32(void **state)
{
    (void)state;
    for (size_t which = 0; which < sizeof cases / sizeof *cases; which++)
        check_f32(which, 1e-6);
}

static void test_f64(void **state)
{
    (void)state;
    for (size_t which = 0; which < sizeof cases / sizeof *cases; which++)
        check_f64(which, 1e-14);
}

static void test_table(void **state)
{
    (void)state;
    for (int32_t i = 0; i < mlpi_optimizer_count(); i++) {
        const mlpi_optimizer *optimizer = mlpi_optimizer_at(i);
        assert_int_equal(optimizer->id, i + 1);
        assert_ptr_equal(mlpi_optimizer_of(optimizer->id), optimizer);
        assert_ptr_equal(mlpi_optimizer_find(optimizer->name), optimizer);
    }
    assert_null(mlpi_optimizer_of(0));
    assert_null(mlpi_optimizer_of(mlpi_optimizer_count() + 1));
    assert_null(mlpi_optimizer_find("no such optimizer"));
    assert_true(mlpi_option_of(MLP_TRAINER_OPTIMIZER)->maximum == mlpi_optimizer_count());
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_table), cmocka_unit_test(test_f32),
                                       cmocka_unit_test(test_f64)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
