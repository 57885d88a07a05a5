/* The records of epochs, and the norm of the gradient, through the library alone. */
#include "mlp/mlp.h"
#include "api/refusal.h"
#include "support/draw.h"
#include "support/failing_allocator.h"

#include <math.h>

enum { SAMPLES = 23, BATCH = 5, N_IN = 3, N_OUT = 4, PARAMS = 4 * 9 + 10 * 4 }; /* 3 - 9 - 4 */

static const int64_t widths[] = {N_IN, 9, N_OUT};

static mlp_model *create_model(mlp_dtype dtype)
{
    mlp_model *model = NULL;
    accepted(mlp_model_create(dtype, 2, widths, MLP_TANH, &model));
    accepted(mlp_model_initialize(model, MLP_INIT_GLOROT_UNIFORM, 7));
    return model;
}

static mlp_trainer *create_trainer(mlp_dtype dtype, mlp_optimizer optimizer)
{
    mlp_model *model = create_model(dtype);
    mlp_trainer *trainer = NULL;
    accepted(mlp_trainer_create(model, &trainer));
    mlp_model_destroy(model);
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_OPTIMIZER, optimizer));
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_LOSS, MLP_SOFTMAX_CROSS_ENTROPY));
    return trainer;
}

static double get(const mlp_trainer *trainer, int64_t epoch, mlp_history what)
{
    double value = 77;
    accepted(mlp_trainer_history_get(trainer, epoch, what, &value));
    return value;
}

/* A callback that counts the records it sees, and may stop. */
typedef struct witness {
    const mlp_trainer *trainer;
    int64_t stop_at;
    int seen;
} witness;

static int32_t look(int32_t event, int64_t epoch, int64_t step, int64_t samples, double loss, void *context)
{
    witness *w = context;
    (void)samples;
    if (event == MLP_EVENT_STEP)
        return step == w->stop_at;
    assert_int_equal(mlp_trainer_history_count(w->trainer), epoch + 1);
    assert_true(get(w->trainer, epoch, MLP_HISTORY_LOSS) == loss);
    w->seen++;
    return 0;
}

#define REAL       float
#define T(name)    name##_f32
#define REAL_DTYPE MLP_F32
#include "history_tmpl.h"
#undef REAL
#undef T
#undef REAL_DTYPE
#define REAL       double
#define T(name)    name##_f64
#define REAL_DTYPE MLP_F64
#include "history_tmpl.h"

static void test_names(void **state)
{
    static const char *const names[] = {"loss",          "validation_loss", "validation_accuracy",
                                        "gradient_norm", "learning_rate",   "seconds",
                                        "steps"};
    (void)state;
    for (int32_t i = 0; i < 7; i++) {
        assert_string_equal(mlp_history_name(i + 1), names[i]);
        assert_int_equal(mlp_history_from_name(names[i]), i + 1);
    }
    assert_null(mlp_history_name(0));
    assert_null(mlp_history_name(8));
    assert_null(mlp_history_name(INT32_MIN));
    assert_null(mlp_history_name(INT32_MAX));
    assert_int_equal(mlp_history_from_name(NULL), 0);
    assert_int_equal(mlp_history_from_name("Loss"), 0);
}

static void test_refusals(void **state)
{
    mlp_trainer *trainer = create_trainer(MLP_F32, MLP_SGD);
    mlp_data *data = data_f32(0);
    double value = 77;
    (void)state;
    accepted(mlp_trainer_prepare(trainer, BATCH, 1));
    assert_int_equal(mlp_trainer_history_count(NULL), 0);
    assert_int_equal(mlp_trainer_history_count(trainer), 0);
    assert_true(isnan(mlp_trainer_gradient_norm(NULL)) && isnan(mlp_trainer_gradient_norm(trainer)));
    refused(mlp_trainer_history_get(trainer, 0, MLP_HISTORY_LOSS, &value), MLP_ERR_ARGUMENT, "epoch = 0");
    accepted(mlp_trainer_epoch(trainer, data, NULL));
    refused(mlp_trainer_history_get(NULL, 0, MLP_HISTORY_LOSS, &value), MLP_ERR_ARGUMENT, "trainer = NULL");
    refused(mlp_trainer_history_get(trainer, 1, MLP_HISTORY_LOSS, &value), MLP_ERR_ARGUMENT, "epoch = 1");
    refused(mlp_trainer_history_get(trainer, -1, MLP_HISTORY_LOSS, &value), MLP_ERR_ARGUMENT, "epoch = -1");
    refused(mlp_trainer_history_get(trainer, 0, 0, &value), MLP_ERR_ARGUMENT, "what = 0");
    refused(mlp_trainer_history_get(trainer, 0, 8, &value), MLP_ERR_ARGUMENT, "what = 8");
    refused(mlp_trainer_history_get(trainer, 0, INT32_MIN, &value), MLP_ERR_ARGUMENT, "what = -2");
    refused(mlp_trainer_history_get(trainer, 0, MLP_HISTORY_LOSS, NULL), MLP_ERR_ARGUMENT, "value = NULL");
    assert_string_equal(mlp_trainer_last_error(trainer), mlp_last_error());
    assert_true(value == 77);
    mlp_data_destroy(data);
    mlp_trainer_destroy(trainer);
}

#define BOTH(test) cmocka_unit_test(test##_f32), cmocka_unit_test(test##_f64)

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_names), cmocka_unit_test(test_refusals),
                                       BOTH(test_records),           BOTH(test_growth),
                                       BOTH(test_stopped),           BOTH(test_norm),
                                       BOTH(test_no_influence)};
    if (mlp_set_allocator(failing_allocate, failing_deallocate, NULL) != MLP_OK)
        return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
