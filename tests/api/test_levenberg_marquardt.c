/*
 * Levenberg-Marquardt through the library alone: against plain loops, to the last digit where a network can represent the data, to
 * the same bits by any number of threads, and what it leaves alone.
 */
#include "mlp/mlp.h"
#include "api/refusal.h"
#include "support/dense_marquardt.h"
#include "support/draw.h"

#include <math.h>
#include <stdlib.h>

enum { N_IN = 2, N_OUT = 2, LAYERS = 3, SAMPLES = 150, MOST = 250 };

/* The second is wide enough for threads to share the rows of J. */
static const int64_t widths[] = {N_IN, 5, 4, N_OUT}, wide[] = {N_IN, 14, 10, N_OUT};

/* What a trainer is asked for. */
typedef struct rig {
    mlp_activation activation;
    mlp_engine engine;
    mlp_solver solver;
    int64_t block;
    int32_t threads;
    const int64_t *widths;
    int64_t acceleration;
} rig;

static const rig usual = {MLP_TANH, MLP_ENGINE_AUTO, MLP_SOLVER_AUTO, SAMPLES, 1, widths, 0};

static mlp_trainer *create_trainer_of(mlp_dtype dtype, int32_t layers, const int64_t *shape, const rig *r,
                                      uint64_t seed)
{
    mlp_model *model = NULL;
    mlp_trainer *trainer = NULL;
    accepted(mlp_model_create(dtype, layers, shape, r->activation, &model));
    accepted(mlp_model_initialize(model, MLP_INIT_GLOROT_UNIFORM, seed));
    accepted(mlp_trainer_create(model, &trainer));
    mlp_model_destroy(model);
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_OPTIMIZER, MLP_LEVENBERG_MARQUARDT));
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_SOLVER, r->solver));
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_ENGINE, r->engine));
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_ACCELERATION, r->acceleration));
    return trainer;
}

static mlp_trainer *create_trainer(mlp_dtype dtype, const rig *r)
{
    mlp_trainer *trainer = create_trainer_of(dtype, LAYERS, r->widths, r, 5);
    accepted(mlp_trainer_prepare(trainer, r->block, r->threads));
    return trainer;
}

#define REAL       float
#define T(name)    name##_f32
#define REAL_DTYPE MLP_F32
#include "levenberg_marquardt_tmpl.h"
#undef REAL
#undef T
#undef REAL_DTYPE
#define REAL       double
#define T(name)    name##_f64
#define REAL_DTYPE MLP_F64
#include "levenberg_marquardt_tmpl.h"

/* ---- What networks can represent ---- */

/* The loss of a trainer on x and t after at most so many steps, ending as soon as it is at most `goal`; *steps says how many. */
static double fit(mlp_trainer *trainer, int64_t samples, const double *x, int64_t n_in, const double *t,
                  double goal, int most, int *steps)
{
    double loss = INFINITY;
    for (*steps = 0; *steps < most && loss > goal; ++*steps)
        accepted(mlp_trainer_step_f64(trainer, samples, x, n_in, t, 1, NULL, &loss));
    return loss;
}

/* A period of a sine, 1-5-1, to a mean square of 0.002 (Demuth and Beale's comparison of MATLAB's methods), from 30 starts. */
static void test_sine(void **state)
{
    enum { POINTS = 41, STARTS = 30, WITHIN = 60 };
    static const int64_t shape[] = {1, 5, 1};
    double x[POINTS], t[POINTS];
    int reached = 0, sum = 0;
    (void)state;
    for (int i = 0; i < POINTS; i++) {
        x[i] = 2.0 * i / (POINTS - 1) - 1;
        t[i] = sin(3.14159265358979323846 * x[i]);
    }
    for (uint64_t start = 0; start < STARTS; start++) {
        int steps;
        mlp_trainer *trainer = create_trainer_of(MLP_F64, 2, shape, &usual, start);
        accepted(mlp_trainer_prepare(trainer, POINTS, 1));
        if (fit(trainer, POINTS, x, 1, t, 0.001, WITHIN, &steps) <= 0.001) {
            reached++;
            sum += steps;
        }
        mlp_trainer_destroy(trainer);
    }
    print_message("sine 1-5-1: %d of %d starts, %.1f steps on average\n", reached, STARTS,
                  (double)sum / reached);
    assert_true(reached >= 29 && sum <= 20 * reached);
}

/* With one damping factor to try, the loss is less after a step, or the parameters are what they were. */
static void test_no_step(void **state)
{
    enum { POINTS = 41, STARTS = 20, PARAMS = 16 };
    static const int64_t shape[] = {1, 5, 1};
    double x[POINTS], t[POINTS], theta[PARAMS], after[PARAMS];
    int stayed = 0;
    mlp_model *model = NULL;
    (void)state;
    accepted(mlp_model_create(MLP_F64, 2, shape, MLP_TANH, &model));
    for (int i = 0; i < POINTS; i++) {
        x[i] = 2.0 * i / (POINTS - 1) - 1;
        t[i] = sin(9 * x[i]);
    }
    for (uint64_t start = 0; start < STARTS; start++) {
        double before, loss;
        mlp_trainer *trainer = create_trainer_of(MLP_F64, 2, shape, &usual, start);
        accepted(mlp_trainer_set_real(trainer, MLP_TRAINER_DAMPING, 0.03));
        accepted(mlp_trainer_set_real(trainer, MLP_TRAINER_DAMPING_MAXIMUM, 0.03));
        accepted(mlp_trainer_prepare(trainer, POINTS, 1));
        accepted(mlp_trainer_get_model(trainer, model));
        accepted(mlp_model_get_params_f64(model, 0, PARAMS, theta));
        accepted(mlp_trainer_step_f64(trainer, POINTS, x, 1, t, 1, NULL, &before));
        accepted(mlp_trainer_get_model(trainer, model));
        accepted(mlp_model_get_params_f64(model, 0, PARAMS, after));
        accepted(mlp_trainer_step_f64(trainer, POINTS, x, 1, t, 1, NULL, &loss));
        const int same = memcmp(theta, after, sizeof theta) == 0;
        assert_true(same ? loss == before : loss < before);
        assert_int_equal(mlp_trainer_step_count(trainer), 2);
        stayed += same;
        mlp_trainer_destroy(trainer);
    }
    print_message("%d of %d starts stayed\n", stayed, STARTS);
    assert_true(stayed > 0 && stayed < STARTS);
    mlp_model_destroy(model);
}

/* Root of the mean square of what is left, relative to that of the targets. */
static double left_over(double loss, int64_t samples, const double *t)
{
    double square = 0;
    for (int64_t i = 0; i < samples; i++)
        square += t[i] * t[i];
    return sqrt(2 * loss / (square / (double)samples));
}

/* A network of one output whose values are t, moved away from there by up to 0.1 in every parameter. */
static mlp_model *create_start(int32_t layers, const int64_t *shape, mlp_activation activation,
                               int64_t samples, const double *x, double *t, uint64_t seed)
{
    mlp_model *model = NULL;
    mlp_workspace *workspace = NULL;
    double theta[DENSE_PARAMS];
    draw d = {seed};
    accepted(mlp_model_create(MLP_F64, layers, shape, activation, &model));
    accepted(mlp_model_initialize(model, MLP_INIT_GLOROT_UNIFORM, seed));
    accepted(mlp_workspace_create(model, samples, 1, MLP_USE_FORWARD, &workspace));
    accepted(mlp_forward_f64(model, workspace, samples, x, shape[0], t, 1));
    mlp_workspace_destroy(workspace);
    const int64_t n = mlp_model_param_count(model);
    accepted(mlp_model_get_params_f64(model, 0, n, theta));
    for (int64_t i = 0; i < n; i++)
        theta[i] += draw_real(&d, -0.1, 0.1);
    accepted(mlp_model_set_params_f64(model, 0, n, theta));
    return model;
}

/* Nested Gaussians that the network can represent: to 1e-12 and less, by normal equations as long as they do and QR then. */
static void test_recovery(void **state)
{
    enum { POINTS = 300 };
    static const int64_t shape[] = {2, 3, 2, 1};
    static const uint64_t seeds[] = {0, 2, 3, 4};
    static double x[2 * POINTS], t[POINTS];
    draw d = {4};
    (void)state;
    for (int i = 0; i < 2 * POINTS; i++)
        x[i] = draw_real(&d, -3, 3);
    for (size_t start = 0; start < sizeof seeds / sizeof *seeds; start++)
        for (mlp_solver solver = MLP_SOLVER_DIRECT; solver <= MLP_SOLVER_QR; solver++) {
            int steps;
            mlp_trainer *trainer = NULL;
            mlp_model *model = create_start(3, shape, MLP_GAUSSIAN, POINTS, x, t, seeds[start]);
            accepted(mlp_trainer_create(model, &trainer));
            mlp_model_destroy(model);
            accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_OPTIMIZER, MLP_LEVENBERG_MARQUARDT));
            accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_SOLVER, solver));
            accepted(mlp_trainer_prepare(trainer, POINTS, 1));
            const double left = left_over(fit(trainer, POINTS, x, 2, t, 1e-31, 200, &steps), POINTS, t);
            print_message("recovery by %s: %.2g after %d steps\n", mlp_solver_name(solver), left, steps);
            assert_true(left < 1e-12);
            mlp_trainer_destroy(trainer);
        }
}

/* What is left on average, in orders of magnitude, after 150 steps from ten starts near what a 1-3-1 network can represent. */
static double digits_left(int64_t acceleration, double increase)
{
    enum { POINTS = 300, STARTS = 10 };
    static const int64_t shape[] = {1, 3, 1};
    static double x[POINTS], t[POINTS];
    double digits = 0;
    draw d = {4};
    for (int i = 0; i < POINTS; i++)
        x[i] = draw_real(&d, -3, 3);
    for (uint64_t start = 0; start < STARTS; start++) {
        int steps;
        mlp_trainer *trainer = NULL;
        mlp_model *model = create_start(2, shape, MLP_TANH, POINTS, x, t, start);
        accepted(mlp_trainer_create(model, &trainer));
        mlp_model_destroy(model);
        accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_OPTIMIZER, MLP_LEVENBERG_MARQUARDT));
        accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_ACCELERATION, acceleration));
        accepted(mlp_trainer_set_real(trainer, MLP_TRAINER_DAMPING_INCREASE, increase));
        accepted(mlp_trainer_prepare(trainer, POINTS, 1));
        const double left = left_over(fit(trainer, POINTS, x, 1, t, 1e-30, 150, &steps), POINTS, t);
        digits += log10(left) / STARTS;
        mlp_trainer_destroy(trainer);
    }
    print_message("valleys, acceleration %d: 1e%.1f on average\n", (int)acceleration, digits);
    return digits;
}

/* Narrow, curved valleys: the parabola follows them. */
static void test_valleys(void **state)
{
    (void)state;
    const double straight = digits_left(0, 10), bent = digits_left(1, 2), uphill = digits_left(2, 3);
    assert_true(bent < straight - 3 && uphill < straight - 4);
}

#define BOTH(test) cmocka_unit_test(test##_f32), cmocka_unit_test(test##_f64)

int main(void)
{
    const struct CMUnitTest tests[] = {BOTH(test_dense),
                                       BOTH(test_labels),
                                       BOTH(test_threads),
                                       BOTH(test_blocks),
                                       BOTH(test_engines),
                                       BOTH(test_stays),
                                       BOTH(test_shapes),
                                       BOTH(test_bad_samples),
                                       BOTH(test_refused),
                                       cmocka_unit_test(test_sine),
                                       cmocka_unit_test(test_no_step),
                                       cmocka_unit_test(test_recovery),
                                       cmocka_unit_test(test_valleys),
                                       BOTH(test_callback),
                                       BOTH(test_products),
                                       BOTH(test_losses)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
