/*
 * Bayesian regularisation through the library alone: against plain loops, and what it makes of noise. Its steps are those of
 * Levenberg-Marquardt, whose tests say what both have in common.
 */
#include "mlp/mlp.h"
#include "api/refusal.h"
#include "support/dense_marquardt.h"
#include "support/draw.h"

#include <math.h>

enum { N_IN = 1, N_OUT = 1, LAYERS = 2, HIDDEN = 20, SAMPLES = 60, MOST = DENSE_PARAMS };

#define NOISE 0.1

static const int64_t few[] = {N_IN, 5, N_OUT}, many[] = {N_IN, HIDDEN, N_OUT};

static mlp_trainer *create_trainer(mlp_dtype dtype, mlp_optimizer optimizer, const int64_t *shape,
                                   int32_t threads)
{
    mlp_model *model = NULL;
    mlp_trainer *trainer = NULL;
    accepted(mlp_model_create(dtype, LAYERS, shape, MLP_TANH, &model));
    accepted(mlp_model_initialize(model, MLP_INIT_GLOROT_UNIFORM, 5));
    accepted(mlp_trainer_create(model, &trainer));
    mlp_model_destroy(model);
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_OPTIMIZER, optimizer));
    accepted(mlp_trainer_prepare(trainer, SAMPLES, threads));
    return trainer;
}

static double statistic(const mlp_trainer *trainer, mlp_statistic which)
{
    double value = NAN;
    accepted(mlp_trainer_get_statistic(trainer, which, &value));
    return value;
}

#define REAL       float
#define T(name)    name##_f32
#define REAL_DTYPE MLP_F32
#include "bayesian_regularization_tmpl.h"
#undef REAL
#undef T
#undef REAL_DTYPE
#define REAL       double
#define T(name)    name##_f64
#define REAL_DTYPE MLP_F64
#include "bayesian_regularization_tmpl.h"

static void test_statistics(void **state)
{
    mlp_model *model = NULL;
    mlp_trainer *trainer = NULL;
    double value = 77;
    (void)state;
    for (mlp_statistic which = MLP_STATISTIC_DAMPING; which <= MLP_STATISTIC_GAMMA; which++)
        assert_int_equal(mlp_statistic_from_name(mlp_statistic_name(which)), which);
    assert_string_equal(mlp_statistic_name(MLP_STATISTIC_GAMMA), "gamma");
    assert_null(mlp_statistic_name(0));
    assert_null(mlp_statistic_name(MLP_STATISTIC_GAMMA + 1));
    assert_int_equal(mlp_statistic_from_name(NULL), 0);
    assert_int_equal(mlp_statistic_from_name("delta"), 0);
    accepted(mlp_model_create(MLP_F64, LAYERS, few, MLP_TANH, &model));
    accepted(mlp_trainer_create(model, &trainer));
    refused(mlp_trainer_get_statistic(NULL, MLP_STATISTIC_ALPHA, &value), MLP_ERR_ARGUMENT, "trainer");
    refused(mlp_trainer_get_statistic(trainer, 0, &value), MLP_ERR_ARGUMENT, "statistic = 0");
    refused(mlp_trainer_get_statistic(trainer, MLP_STATISTIC_GAMMA + 1, &value), MLP_ERR_ARGUMENT,
            "statistic = ");
    refused(mlp_trainer_get_statistic(trainer, MLP_STATISTIC_ALPHA, NULL), MLP_ERR_ARGUMENT, "value");
    refused(mlp_trainer_get_statistic(trainer, MLP_STATISTIC_ALPHA, &value), MLP_ERR_STATE, "not prepared");
    mlp_trainer_destroy(trainer);
    trainer = create_trainer(MLP_F64, MLP_SGD, few, 1);
    refused(mlp_trainer_get_statistic(trainer, MLP_STATISTIC_DAMPING, &value), MLP_ERR_UNSUPPORTED,
            "trainer: sgd has no damping");
    mlp_trainer_destroy(trainer);
    trainer = create_trainer(MLP_F64, MLP_LEVENBERG_MARQUARDT, few, 1);
    accepted(mlp_trainer_get_statistic(trainer, MLP_STATISTIC_DAMPING, &value));
    assert_true(value == 0);
    refused(mlp_trainer_get_statistic(trainer, MLP_STATISTIC_ALPHA, &value), MLP_ERR_UNSUPPORTED,
            "trainer: levenberg_marquardt has no alpha");
    mlp_trainer_destroy(trainer);
    mlp_model_destroy(model);
}

#define BOTH(test) cmocka_unit_test(test##_f32), cmocka_unit_test(test##_f64)

int main(void)
{
    const struct CMUnitTest tests[] = {BOTH(test_dense), BOTH(test_noise), BOTH(test_threads),
                                       cmocka_unit_test(test_statistics)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
