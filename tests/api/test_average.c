/* The moving average of the parameters through the library alone, whichever way the steps are taken. */
#include "mlp/mlp.h"
#include "api/refusal.h"
#include "support/draw.h"
#include "support/failing_allocator.h"

#include <math.h>

enum { LAYERS = 3, STEPS = 30, MOST = 20000 };

static const int64_t widths[] = {17, 131, 67, 5};

/* A way to take steps. */
typedef struct manner {
    const char *name;
    mlp_optimizer optimizer;
    mlp_engine engine;
    int64_t batch;
    double l2, clip_norm;
} manner;

static const manner manners[] = {
    {"few samples of plain descent", MLP_SGD, MLP_ENGINE_NATIVE, 3, 0, 0},
    {"plain descent", MLP_SGD, MLP_ENGINE_NATIVE, 100, 0, 0},
    {"adam", MLP_ADAM, MLP_ENGINE_NATIVE, 100, 0, 0},
    {"a penalty", MLP_SGD, MLP_ENGINE_NATIVE, 40, 0.01, 0},
    {"clipping", MLP_ADAM, MLP_ENGINE_NATIVE, 40, 0, 0.1},
    {"passes", MLP_ADAM, MLP_ENGINE_BLAS, 20, 0, 0},
    {"several chunks", MLP_SGD, MLP_ENGINE_NATIVE, 900, 0, 0},
};

enum { MANNERS = sizeof manners / sizeof *manners };

static mlp_trainer *create_trainer(mlp_dtype dtype, const manner *m, double decay, int32_t threads)
{
    mlp_model *model = NULL;
    mlp_trainer *trainer = NULL;
    accepted(mlp_model_create(dtype, LAYERS, widths, MLP_TANH, &model));
    accepted(mlp_model_initialize(model, MLP_INIT_GLOROT_UNIFORM, 5));
    accepted(mlp_trainer_create(model, &trainer));
    mlp_model_destroy(model);
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_OPTIMIZER, m->optimizer));
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_ENGINE, m->engine));
    accepted(mlp_trainer_set_real(trainer, MLP_TRAINER_L2, m->l2));
    accepted(mlp_trainer_set_real(trainer, MLP_TRAINER_CLIP_NORM, m->clip_norm));
    accepted(mlp_trainer_set_real(trainer, MLP_TRAINER_AVERAGE_DECAY, decay));
    accepted(mlp_trainer_prepare(trainer, m->batch, threads));
    return trainer;
}

#define REAL       float
#define T(name)    name##_f32
#define REAL_DTYPE MLP_F32
#include "average_tmpl.h"
#undef REAL
#undef T
#undef REAL_DTYPE
#define REAL       double
#define T(name)    name##_f64
#define REAL_DTYPE MLP_F64
#include "average_tmpl.h"

static void test_follow(void **state)
{
    (void)state;
    for (int i = 0; i < MANNERS; i++) {
        follow_f32(&manners[i], 0.9, 1e-6);
        follow_f32(&manners[i], 0.999, 1e-6);
        follow_f64(&manners[i], 0.5, 1e-15);
        follow_f64(&manners[i], 0.99, 1e-15);
    }
}

static void test_threads(void **state)
{
    (void)state;
    for (int i = 0; i < MANNERS; i++) {
        threads_f32(&manners[i]);
        threads_f64(&manners[i]);
    }
}

static void test_frozen(void **state)
{
    (void)state;
    for (int i = 0; i < MANNERS; i++) {
        frozen_f32(&manners[i]);
        frozen_f64(&manners[i]);
    }
}

static void test_refusals(void **state)
{
    static const int64_t narrow[] = {17, 130, 67, 5};
    mlp_trainer *with = create_trainer(MLP_F32, &manners[0], 0.9, 1);
    mlp_trainer *without = create_trainer(MLP_F32, &manners[0], 0, 1), *unprepared = NULL;
    mlp_model *model = NULL, *other = NULL, *f64 = NULL;
    (void)state;
    accepted(mlp_model_create(MLP_F32, LAYERS, widths, MLP_TANH, &model));
    accepted(mlp_model_create(MLP_F32, LAYERS, narrow, MLP_TANH, &other));
    accepted(mlp_model_create(MLP_F64, LAYERS, widths, MLP_TANH, &f64));
    accepted(mlp_trainer_create(model, &unprepared));
    accepted(mlp_trainer_set_real(unprepared, MLP_TRAINER_AVERAGE_DECAY, 0.5));
    refused(mlp_trainer_get_averaged_model(NULL, model), MLP_ERR_ARGUMENT, "trainer = NULL");
    refused(mlp_trainer_get_averaged_model(with, NULL), MLP_ERR_ARGUMENT, "model = NULL");
    refused(mlp_trainer_get_averaged_model(with, other), MLP_ERR_ARGUMENT, "model: ");
    refused(mlp_trainer_get_averaged_model(with, f64), MLP_ERR_DTYPE, "model is f64");
    refused(mlp_trainer_get_averaged_model(without, model), MLP_ERR_STATE, "trainer: keeps no average");
    assert_string_equal(mlp_trainer_last_error(without), mlp_last_error());
    refused(mlp_trainer_get_averaged_model(unprepared, model), MLP_ERR_STATE, "trainer: keeps no average");
    refused(mlp_trainer_set_real(with, MLP_TRAINER_AVERAGE_DECAY, 0.8), MLP_ERR_STATE, "average_decay");
    accepted(mlp_trainer_get_averaged_model(with, model));
    mlp_trainer_destroy(with);
    mlp_trainer_destroy(without);
    mlp_trainer_destroy(unprepared);
    mlp_model_destroy(model);
    mlp_model_destroy(other);
    mlp_model_destroy(f64);
}

/* Preparing needs one block more with an average, and fails without harm where there is none. */
static mlp_status prepare(void *context)
{
    mlp_trainer *trainer = NULL;
    mlp_status status = mlp_trainer_create(context, &trainer);
    if (status == MLP_OK)
        status = mlp_trainer_set_real(trainer, MLP_TRAINER_AVERAGE_DECAY, 0.5);
    if (status == MLP_OK)
        status = mlp_trainer_set_int(trainer, MLP_TRAINER_OPTIMIZER, MLP_ADAM);
    if (status == MLP_OK)
        status = mlp_trainer_prepare(trainer, 2, 1);
    mlp_trainer_destroy(trainer);
    return status;
}

static void test_no_memory(void **state)
{
    mlp_model *model = NULL;
    (void)state;
    accepted(mlp_model_create(MLP_F32, LAYERS, widths, MLP_TANH, &model));
    assert_true(failing_allocator_sweep(prepare, model) > 10);
    mlp_model_destroy(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_follow), cmocka_unit_test(test_threads),
                                       cmocka_unit_test(test_frozen), cmocka_unit_test(test_refusals),
                                       cmocka_unit_test(test_no_memory)};
    if (mlp_set_allocator(failing_allocate, failing_deallocate, NULL) != MLP_OK)
        return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
