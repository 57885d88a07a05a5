/* Steps on objectives of the caller's own: functions of the parameters that no network has a part in, and some that have. */
#include "mlp/mlp.h"
#include "api/refusal.h"
#include "support/draw.h"
#include "support/failing_allocator.h"

#include <math.h>
#include <stdlib.h>

enum { PARAMS = 3 * 9 + 9 + 9 * 2 + 2 };

static const int64_t widths[] = {3, 9, 2};

static mlp_trainer *create_trainer(mlp_dtype dtype, mlp_optimizer optimizer, double rate)
{
    mlp_model *model = NULL;
    mlp_trainer *trainer = NULL;
    accepted(mlp_model_create(dtype, 2, widths, MLP_TANH, &model));
    accepted(mlp_trainer_create(model, &trainer));
    mlp_model_destroy(model);
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_OPTIMIZER, optimizer));
    accepted(mlp_trainer_set_real(trainer, MLP_TRAINER_LEARNING_RATE, rate));
    accepted(mlp_trainer_prepare(trainer, 1, 1));
    return trainer;
}

/* With an average that is the middle of the parameters before the first step and after it. */
static mlp_trainer *create_averaging(mlp_dtype dtype, mlp_optimizer optimizer)
{
    mlp_model *model = NULL;
    mlp_trainer *trainer = NULL;
    accepted(mlp_model_create(dtype, 2, widths, MLP_TANH, &model));
    accepted(mlp_model_initialize(model, MLP_INIT_GLOROT_UNIFORM, 3));
    accepted(mlp_trainer_create(model, &trainer));
    mlp_model_destroy(model);
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_OPTIMIZER, optimizer));
    accepted(mlp_trainer_set_real(trainer, MLP_TRAINER_LEARNING_RATE, 1e-4));
    accepted(mlp_trainer_set_real(trainer, MLP_TRAINER_AVERAGE_DECAY, 0.5));
    accepted(mlp_trainer_prepare(trainer, 1, 1));
    return trainer;
}

/* Steps seen, and after which one to stop. */
typedef struct diary {
    int64_t steps, samples, stop_at;
    double loss;
} diary;

static int32_t write_diary(int32_t event, int64_t epoch, int64_t step, int64_t samples, double loss,
                           void *context)
{
    diary *d = context;
    assert_int_equal(event, MLP_EVENT_STEP);
    assert_int_equal(epoch, 0);
    d->steps++;
    d->samples += samples;
    d->loss = loss;
    return step == d->stop_at;
}

#define REAL        float
#define T(name)     name##_f32
#define OTHER(name) name##_f64
#define REAL_DTYPE  MLP_F32
#include "objective_tmpl.h"
#undef REAL
#undef T
#undef OTHER
#undef REAL_DTYPE
#define REAL        double
#define T(name)     name##_f64
#define OTHER(name) name##_f32
#define REAL_DTYPE  MLP_F64
#include "objective_tmpl.h"

#define BOTH(test) cmocka_unit_test(test##_f32), cmocka_unit_test(test##_f64)

int main(void)
{
    const struct CMUnitTest tests[] = {BOTH(test_gradient),
                                       BOTH(test_rosenbrock),
                                       BOTH(test_plateau),
                                       BOTH(test_restart),
                                       BOTH(test_run),
                                       BOTH(test_stops),
                                       BOTH(test_failures),
                                       BOTH(test_without_residuals),
                                       BOTH(test_with_every_step),
                                       BOTH(test_refused)};
    if (mlp_set_allocator(failing_allocate, failing_deallocate, NULL) != MLP_OK)
        return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
