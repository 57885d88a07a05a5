/*
 * L-BFGS and BFGS through the library alone. Loss and gradient at every place are recomputed by a forward pass and a vjp, and
 * the direction by dense matrices, so that each step is judged by itself.
 */
#include "mlp/mlp.h"
#include "api/refusal.h"
#include "support/dense_bfgs.h"
#include "support/draw.h"

#include <math.h>
#include <stdlib.h>

enum { N_IN = 2, N_OUT = 2, SAMPLES = 150, MOST = 64 };

static const int64_t widths[] = {N_IN, 5, 4, N_OUT};

/* What a trainer is asked for. */
typedef struct rig {
    mlp_optimizer optimizer;
    void (*direction)(dense_bfgs *, int64_t pairs, const double *g, double *p);
    int tries_one; /* as its first length, whatever it knows */
    mlp_activation activation;
    mlp_engine engine;
    int64_t block, pairs;
    int32_t threads;
    double rate;
} rig;

static const rig methods[] = {
    {MLP_LBFGS, dense_bfgs_limited, 1, MLP_TANH, MLP_ENGINE_AUTO, SAMPLES, 5, 1, 0.01},
    {MLP_BFGS, dense_bfgs_scaled, 0, MLP_TANH, MLP_ENGINE_AUTO, SAMPLES, 5, 1, 0.01},
};
enum { METHODS = sizeof methods / sizeof *methods };

static mlp_trainer *create_trainer(mlp_dtype dtype, const rig *r, mlp_loss loss)
{
    mlp_model *model = NULL;
    mlp_trainer *trainer = NULL;
    accepted(mlp_model_create(dtype, 3, widths, r->activation, &model));
    accepted(mlp_model_initialize(model, MLP_INIT_GLOROT_UNIFORM, 5));
    accepted(mlp_trainer_create(model, &trainer));
    mlp_model_destroy(model);
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_OPTIMIZER, r->optimizer));
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_LOSS, loss));
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_PAIRS, r->pairs));
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_ENGINE, r->engine));
    accepted(mlp_trainer_set_real(trainer, MLP_TRAINER_LEARNING_RATE, r->rate));
    accepted(mlp_trainer_prepare(trainer, r->block, r->threads));
    return trainer;
}

#define REAL       float
#define T(name)    name##_f32
#define REAL_DTYPE MLP_F32
#include "quasi_newton_tmpl.h"
#undef REAL
#undef T
#undef REAL_DTYPE
#define REAL       double
#define T(name)    name##_f64
#define REAL_DTYPE MLP_F64
#include "quasi_newton_tmpl.h"

static void test_steps(void **state)
{
    static const double rates[] = {1e-4, 0.01, 1, 100};
    (void)state;
    for (int k = 0; k < METHODS; k++)
        for (size_t i = 0; i < sizeof rates / sizeof *rates; i++) {
            rig r = methods[k];
            r.rate = rates[i];
            steps_f32(&r, 12, 1e-2);
            steps_f64(&r, 60, 1e-8);
        }
}

/* One after the other by every method, in both number types. */
static void run(void (*of_f32)(const rig *), void (*of_f64)(const rig *))
{
    for (int k = 0; k < METHODS; k++) {
        of_f32(&methods[k]);
        of_f64(&methods[k]);
    }
}

static void test_quadratic(void **state)
{
    (void)state;
    run(quadratic_f32, quadratic_f64);
}

static void test_threads(void **state)
{
    (void)state;
    run(threads_f32, threads_f64);
}

static void test_blocks(void **state)
{
    (void)state;
    run(blocks_f32, blocks_f64);
}

static void test_engines(void **state)
{
    (void)state;
    run(engines_f32, engines_f64);
}

static void test_overflow(void **state)
{
    (void)state;
    run(overflow_f32, overflow_f64);
}

static void test_bad_samples(void **state)
{
    (void)state;
    run(bad_samples_f32, bad_samples_f64);
}

static void test_callback(void **state)
{
    (void)state;
    run(callback_f32, callback_f64);
}

static void test_refused(void **state)
{
    (void)state;
    run(refused_f32, refused_f64);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_steps),       cmocka_unit_test(test_quadratic),
        cmocka_unit_test(test_threads),     cmocka_unit_test(test_blocks),
        cmocka_unit_test(test_engines),     cmocka_unit_test(test_overflow),
        cmocka_unit_test(test_bad_samples), cmocka_unit_test(test_callback),
        cmocka_unit_test(test_refused),     cmocka_unit_test(test_too_many_f32),
        cmocka_unit_test(test_too_many_f64)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
