/*
 * Validation, patience and the best epoch through the library alone, on losses that the test chooses: the validation sample is
 * x = 0, the model w x + b, and the training samples keep b at 0 while w moves.
 */
#include "mlp/mlp.h"
#include "api/refusal.h"
#include "support/failing_allocator.h"

#include <math.h>

enum { MOST = 40 };

/* A course of validation losses. */
typedef struct curve {
    const char *name;
    int patience;
    double min_delta;
    int count;
    double losses[MOST];
} curve;

static const curve curves[] = {
    {"falls for ever", 3, 0, 10, {10, 9, 8, 7, 6, 5, 4, 3, 2, 1}},
    {"turns", 3, 0, 10, {10, 9, 8, 8.5, 8.1, 8, 7, 6, 5, 4}},
    {"comes back in time", 3, 0, 12, {10, 9, 9.5, 9.1, 8, 8.5, 8, 7.5, 9, 9, 9, 9}},
    {"never begins to fall", 2, 0, 6, {1, 2, 3, 4, 5, 6}},
    {"falls too little", 3, 0.5, 9, {10, 9.6, 9.4, 9.1, 8.8, 8.7, 8.6, 8.5, 8.4}},
    {"is not a number", 2, 0, 6, {3, NAN, NAN, 2, 1, 0.5}},
    {"a patience of one", 1, 0, 5, {3, 2, 2, 1, 0}},
    {"no patience", 0, 0, 8, {3, 1, 2, 3, 4, 5, 6, 7}},
};

enum { CURVES = sizeof curves / sizeof *curves };

/* What the callback keeps: it changes the validation target for the next epoch, and looks at the model. */
typedef struct script {
    const curve *curve;
    mlp_trainer *trainer;
    mlp_model *model;
    int epochs, from;
    void (*set_loss)(struct script *script, double loss);
    double weights[MOST]; /* w at the end of each epoch */
    void *target;
} script;

#define REAL       float
#define T(name)    name##_f32
#define REAL_DTYPE MLP_F32
#include "early_stop_tmpl.h"
#undef REAL
#undef T
#undef REAL_DTYPE
#define REAL       double
#define T(name)    name##_f64
#define REAL_DTYPE MLP_F64
#include "early_stop_tmpl.h"

static void test_curves(void **state)
{
    (void)state;
    for (int i = 0; i < CURVES; i++)
        for (int32_t keep = 0; keep < 2; keep++) {
            follow_f32(&curves[i], keep);
            follow_f64(&curves[i], keep);
        }
}

static void test_again(void **state)
{
    (void)state;
    again_f32();
    again_f64();
}

static void test_training_loss(void **state)
{
    (void)state;
    training_loss_f32();
    training_loss_f64();
}

static void test_plateau(void **state)
{
    (void)state;
    plateau_f32();
    plateau_f64();
}

static void test_no_memory(void **state)
{
    mlp_model *f32 = linear_f32(), *f64 = linear_f64();
    (void)state;
    assert_true(failing_allocator_sweep(run_f32, f32) > 10);
    assert_true(failing_allocator_sweep(run_f64, f64) > 10);
    mlp_model_destroy(f32);
    mlp_model_destroy(f64);
}

static void test_refusals(void **state)
{
    static const float x[4] = {0};
    mlp_trainer *trainer = trainer_f32(0.1);
    mlp_model *model = linear_f32(), *f64 = linear_f64();
    mlp_data *data = NULL, *other = NULL, *training = training_f32();
    (void)state;
    accepted(mlp_data_create(MLP_F32, 2, &data));
    accepted(mlp_data_create(MLP_F64, 2, &other));
    refused(mlp_trainer_borrow_validation(NULL, data), MLP_ERR_ARGUMENT, "trainer = NULL");
    refused(mlp_trainer_borrow_validation(trainer, other), MLP_ERR_DTYPE, "data is f64");
    refused(mlp_trainer_borrow_validation(trainer, data), MLP_ERR_STATE, "data: has no inputs");
    accepted(mlp_data_borrow_inputs_f32(data, 2, x, 2));
    refused(mlp_trainer_borrow_validation(trainer, data), MLP_ERR_STATE, "data: has neither");
    accepted(mlp_data_borrow_targets_f32(data, 1, x, 1));
    refused(mlp_trainer_borrow_validation(trainer, data), MLP_ERR_SIZE, "data: has 2 features");
    assert_string_equal(mlp_trainer_last_error(trainer), mlp_last_error());
    accepted(mlp_data_borrow_inputs_f32(data, 1, x, 1));
    accepted(mlp_trainer_borrow_validation(trainer, data));
    accepted(mlp_data_borrow_targets_f32(data, 2, x, 2)); /* it has changed since */
    refused(mlp_trainer_epoch(trainer, training, NULL), MLP_ERR_SIZE, "validation: has 2 targets");
    refused(mlp_trainer_run(trainer, training, NULL), MLP_ERR_SIZE, "validation: has 2 targets");
    assert_int_equal(mlp_trainer_step_count(trainer), 0);
    refused(mlp_trainer_get_best_model(NULL, model), MLP_ERR_ARGUMENT, "trainer = NULL");
    refused(mlp_trainer_get_best_model(trainer, NULL), MLP_ERR_ARGUMENT, "model = NULL");
    refused(mlp_trainer_get_best_model(trainer, f64), MLP_ERR_DTYPE, "model is f64");
    refused(mlp_trainer_get_best_model(trainer, model), MLP_ERR_STATE, "trainer: has kept no best");
    assert_int_equal(mlp_trainer_best_epoch(NULL), -1);
    assert_int_equal(mlp_trainer_best_epoch(trainer), -1);
    accepted(mlp_trainer_borrow_validation(trainer, NULL));
    accepted(mlp_trainer_epoch(trainer, training, NULL));
    assert_int_equal(mlp_trainer_best_epoch(trainer), 0);
    refused(mlp_trainer_get_best_model(trainer, model), MLP_ERR_STATE, "trainer: has kept no best");
    mlp_data_destroy(data);
    mlp_data_destroy(other);
    mlp_data_destroy(training);
    mlp_trainer_destroy(trainer);
    mlp_model_destroy(model);
    mlp_model_destroy(f64);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_curves),        cmocka_unit_test(test_again),
                                       cmocka_unit_test(test_training_loss), cmocka_unit_test(test_plateau),
                                       cmocka_unit_test(test_no_memory),     cmocka_unit_test(test_refusals)};
    if (mlp_set_allocator(failing_allocate, failing_deallocate, NULL) != MLP_OK)
        return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
