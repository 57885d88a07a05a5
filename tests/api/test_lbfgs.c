/*
 * L-BFGS through the library alone. Loss and gradient at every place are recomputed by a forward pass and a vjp, and the
 * direction by dense BFGS matrices, so that each step is judged by itself.
 */
#include "mlp/mlp.h"
#include "api/refusal.h"
#include "support/dense_bfgs.h"
#include "support/draw.h"

#include <math.h>
#include <stdlib.h>

enum { N_IN = 2, N_OUT = 2, SAMPLES = 150, MOST = 64, TRIALS = 25 };

static const int64_t widths[] = {N_IN, 5, 4, N_OUT};

/* What a trainer is asked for. */
typedef struct rig {
    mlp_activation activation;
    mlp_engine engine;
    int64_t block, pairs;
    int32_t threads;
    double rate;
} rig;

static const rig usual = {MLP_TANH, MLP_ENGINE_AUTO, SAMPLES, 5, 1, 0.01};

static mlp_trainer *create_trainer(mlp_dtype dtype, const rig *r, mlp_loss loss)
{
    mlp_model *model = NULL;
    mlp_trainer *trainer = NULL;
    accepted(mlp_model_create(dtype, 3, widths, r->activation, &model));
    accepted(mlp_model_initialize(model, MLP_INIT_GLOROT_UNIFORM, 5));
    accepted(mlp_trainer_create(model, &trainer));
    mlp_model_destroy(model);
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_OPTIMIZER, MLP_LBFGS));
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
#include "lbfgs_tmpl.h"
#undef REAL
#undef T
#undef REAL_DTYPE
#define REAL       double
#define T(name)    name##_f64
#define REAL_DTYPE MLP_F64
#include "lbfgs_tmpl.h"

static void test_steps(void **state)
{
    static const double rates[] = {1e-4, 0.01, 1, 100};
    (void)state;
    for (size_t i = 0; i < sizeof rates / sizeof *rates; i++) {
        rig r = usual;
        r.rate = rates[i];
        steps_f32(&r, 12, 1e-2);
        steps_f64(&r, 60, 1e-8);
    }
}

#define BOTH(test) cmocka_unit_test(test##_f32), cmocka_unit_test(test##_f64)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_steps), BOTH(test_quadratic), BOTH(test_threads), BOTH(test_blocks),
        BOTH(test_engines),           BOTH(test_overflow),  BOTH(test_restart), BOTH(test_bad_samples),
        BOTH(test_callback),          BOTH(test_refused)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
