/* The extended Kalman filter through the library alone: against plain loops, in one pass, and what a failure leaves. */
#include "mlp/mlp.h"
#include "api/refusal.h"
#include "support/dense_kalman.h"
#include "support/draw.h"

#include <math.h>

enum { N_IN = 2, N_OUT = 2, LAYERS = 2, SAMPLES = 120, PARAMS = 6 * 3 + 2 * 7 };

static const int64_t widths[] = {N_IN, 6, N_OUT};

static mlp_trainer *create_trainer(mlp_dtype dtype, mlp_activation activation, int32_t threads)
{
    mlp_model *model = NULL;
    mlp_trainer *trainer = NULL;
    accepted(mlp_model_create(dtype, LAYERS, widths, activation, &model));
    accepted(mlp_model_initialize(model, MLP_INIT_GLOROT_UNIFORM, 5));
    accepted(mlp_trainer_create(model, &trainer));
    mlp_model_destroy(model);
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_OPTIMIZER, MLP_KALMAN));
    accepted(mlp_trainer_set_real(trainer, MLP_TRAINER_COVARIANCE, 10));
    accepted(mlp_trainer_set_real(trainer, MLP_TRAINER_MEASUREMENT_NOISE, 0.1));
    accepted(mlp_trainer_set_real(trainer, MLP_TRAINER_PROCESS_NOISE, 1e-4));
    accepted(mlp_trainer_prepare(trainer, SAMPLES, threads));
    return trainer;
}

#define REAL       float
#define T(name)    name##_f32
#define REAL_DTYPE MLP_F32
#include "kalman_tmpl.h"
#undef REAL
#undef T
#undef REAL_DTYPE
#define REAL       double
#define T(name)    name##_f64
#define REAL_DTYPE MLP_F64
#include "kalman_tmpl.h"

#define BOTH(test) cmocka_unit_test(test##_f32), cmocka_unit_test(test##_f64)

int main(void)
{
    const struct CMUnitTest tests[] = {BOTH(test_dense), BOTH(test_one_pass), BOTH(test_threads),
                                       BOTH(test_failures), BOTH(test_refused)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
