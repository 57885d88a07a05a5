/* Every function of mlp/trainer.h but the closed form, wrong in turn and right, against the library alone. */
#include "mlp/mlp.h"
#include "api/refusal.h"
#include "support/draw.h"
#include "support/failing_allocator.h"

#include <math.h>
#include <pthread.h>
#include <stdatomic.h>
#include <time.h>

enum { SAMPLES = 10, BATCH = 4, N_IN = 2, N_OUT = 3, PARAMS = 5 * 3 + 3 * 6 }; /* 2 - 5 - 3 */

static const int64_t widths[] = {N_IN, 5, N_OUT};

static mlp_model *create_model(mlp_dtype dtype)
{
    mlp_model *model = NULL;
    accepted(mlp_model_create(dtype, 2, widths, MLP_TANH, &model));
    accepted(mlp_model_initialize(model, MLP_INIT_GLOROT_UNIFORM, 7));
    return model;
}

static mlp_trainer *create_trainer(mlp_dtype dtype)
{
    mlp_model *model = create_model(dtype);
    mlp_trainer *trainer = NULL;
    accepted(mlp_trainer_create(model, &trainer));
    mlp_model_destroy(model);
    return trainer;
}

/* Adam with a rate that moves every parameter, prepared for BATCH samples. */
static mlp_trainer *prepared(mlp_dtype dtype, mlp_loss loss)
{
    mlp_trainer *trainer = create_trainer(dtype);
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_OPTIMIZER, MLP_ADAM));
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_LOSS, loss));
    accepted(mlp_trainer_prepare(trainer, BATCH, 1));
    return trainer;
}

/* What the tests of epochs are told. */
typedef struct diary {
    mlp_trainer *trainer;
    int32_t steps, epochs, released, stop_at, cancel_at;
    int64_t samples, epoch;
    double loss;
} diary;

static int32_t write_diary(int32_t event, int64_t epoch, int64_t step, int64_t samples, double loss,
                           void *context)
{
    diary *d = context;
    d->steps += event == MLP_EVENT_STEP;
    d->epochs += event == MLP_EVENT_EPOCH;
    d->samples = samples;
    d->epoch = epoch;
    d->loss = loss;
    if (d->cancel_at == step)
        mlp_trainer_cancel(d->trainer);
    return d->stop_at == step && event == MLP_EVENT_STEP ? 42 : 0;
}

static void release_diary(void *context)
{
    ((diary *)context)->released++;
}

#define REAL        float
#define T(name)     name##_f32
#define OTHER(name) name##_f64
#define REAL_DTYPE  MLP_F32
#include "trainer_api_tmpl.h"
#include "trainer_epoch_tmpl.h"
#undef REAL
#undef T
#undef OTHER
#undef REAL_DTYPE
#define REAL        double
#define T(name)     name##_f64
#define OTHER(name) name##_f32
#define REAL_DTYPE  MLP_F64
#include "trainer_api_tmpl.h"
#include "trainer_epoch_tmpl.h"

/* ---- Names and options ---- */

static void test_names(void **state)
{
    (void)state;
    assert_string_equal(mlp_optimizer_name(MLP_SGD), "sgd");
    assert_string_equal(mlp_optimizer_name(MLP_ADAM), "adam");
    assert_string_equal(mlp_optimizer_name(MLP_RMSPROP), "rmsprop");
    assert_string_equal(mlp_optimizer_name(MLP_ADAGRAD), "adagrad");
    assert_string_equal(mlp_optimizer_name(MLP_NADAM), "nadam");
    assert_string_equal(mlp_optimizer_name(MLP_RPROP), "rprop");
    assert_string_equal(mlp_optimizer_name(MLP_LBFGS), "lbfgs");
    assert_string_equal(mlp_optimizer_name(MLP_BFGS), "bfgs");
    assert_null(mlp_optimizer_name(0));
    assert_string_equal(mlp_optimizer_name(MLP_LEVENBERG_MARQUARDT), "levenberg_marquardt");
    assert_string_equal(mlp_optimizer_name(MLP_BAYESIAN_REGULARIZATION), "bayesian_regularization");
    assert_string_equal(mlp_optimizer_name(MLP_KALMAN), "kalman");
    assert_null(mlp_optimizer_name(MLP_BFGS + 1));
    assert_null(mlp_optimizer_name(INT32_MIN));
    assert_null(mlp_optimizer_name(INT32_MAX));
    assert_int_equal(mlp_optimizer_from_name(""), 0);
    assert_null(mlp_trainer_option_name(INT32_MIN));
    assert_null(mlp_trainer_option_name(INT32_MAX));
    assert_int_equal(mlp_trainer_option_from_name(""), 0);
    assert_int_equal(mlp_optimizer_from_name("adam"), MLP_ADAM);
    assert_int_equal(mlp_optimizer_from_name("Adam"), 0);
    assert_int_equal(mlp_optimizer_from_name(NULL), 0);
    assert_null(mlp_trainer_option_name(0));
    assert_null(mlp_trainer_option_name(MLP_TRAINER_PROCESS_NOISE + 1));
    assert_int_equal(mlp_trainer_option_from_name(NULL), 0);
    assert_int_equal(mlp_trainer_option_from_name("rate"), 0);
    assert_int_equal(mlp_trainer_option_from_name("learning_rate"), MLP_TRAINER_LEARNING_RATE);
    for (mlp_trainer_option option = 1; option <= MLP_TRAINER_PROCESS_NOISE; option++)
        assert_int_equal(mlp_trainer_option_from_name(mlp_trainer_option_name(option)), option);
}

static void test_solver_names(void **state)
{
    (void)state;
    for (mlp_solver solver = MLP_SOLVER_AUTO; solver <= MLP_SOLVER_CG; solver++)
        assert_int_equal(mlp_solver_from_name(mlp_solver_name(solver)), solver);
    assert_string_equal(mlp_solver_name(MLP_SOLVER_DIRECT), "direct");
    assert_null(mlp_solver_name(0));
    assert_null(mlp_solver_name(MLP_SOLVER_CG + 1));
    assert_int_equal(mlp_solver_from_name(NULL), 0);
    assert_int_equal(mlp_solver_from_name("cholesky"), 0);
}

/* The defaults and kinds the header states. */
static void test_option_info(void **state)
{
    static const struct {
        mlp_trainer_option option;
        int32_t kind;
        double value;
    } cases[] = {
        {MLP_TRAINER_OPTIMIZER, MLP_OPTION_INT, MLP_SGD},
        {MLP_TRAINER_LOSS, MLP_OPTION_INT, MLP_SQUARED_ERROR},
        {MLP_TRAINER_BATCH, MLP_OPTION_INT, 0},
        {MLP_TRAINER_EPOCHS, MLP_OPTION_INT, 10},
        {MLP_TRAINER_SEED, MLP_OPTION_INT, 0},
        {MLP_TRAINER_SHUFFLE, MLP_OPTION_INT, 1},
        {MLP_TRAINER_LEARNING_RATE, MLP_OPTION_REAL, 0.01},
        {MLP_TRAINER_MOMENTUM, MLP_OPTION_REAL, 0},
        {MLP_TRAINER_BETA1, MLP_OPTION_REAL, 0.9},
        {MLP_TRAINER_BETA2, MLP_OPTION_REAL, 0.999},
        {MLP_TRAINER_EPSILON, MLP_OPTION_REAL, 1e-8},
        {MLP_TRAINER_ENGINE, MLP_OPTION_INT, MLP_ENGINE_AUTO},
        {MLP_TRAINER_CPU, MLP_OPTION_INT, MLP_CPU_AUTO},
        {MLP_TRAINER_STREAMS, MLP_OPTION_INT, 0},
        {MLP_TRAINER_NESTEROV, MLP_OPTION_INT, 0},
        {MLP_TRAINER_WEIGHT_DECAY, MLP_OPTION_REAL, 0},
        {MLP_TRAINER_RHO, MLP_OPTION_REAL, 0.9},
        {MLP_TRAINER_PAIRS, MLP_OPTION_INT, 20},
        {MLP_TRAINER_DAMPING, MLP_OPTION_REAL, 1e-3},
        {MLP_TRAINER_DAMPING_DECREASE, MLP_OPTION_REAL, 0.1},
        {MLP_TRAINER_DAMPING_INCREASE, MLP_OPTION_REAL, 10},
        {MLP_TRAINER_DAMPING_MAXIMUM, MLP_OPTION_REAL, 1e10},
        {MLP_TRAINER_SOLVER, MLP_OPTION_INT, MLP_SOLVER_AUTO},
        {MLP_TRAINER_ACCELERATION, MLP_OPTION_INT, 0},
        {MLP_TRAINER_DIRECT_LIMIT, MLP_OPTION_INT, 8000},
        {MLP_TRAINER_SOLVER_ITERATIONS, MLP_OPTION_INT, 200},
        {MLP_TRAINER_SOLVER_TOLERANCE, MLP_OPTION_REAL, 1e-3},
        {MLP_TRAINER_COVARIANCE, MLP_OPTION_REAL, 100},
        {MLP_TRAINER_MEASUREMENT_NOISE, MLP_OPTION_REAL, 1},
        {MLP_TRAINER_PROCESS_NOISE, MLP_OPTION_REAL, 1e-6},
    };
    int32_t kind = 77;
    double value = 77, least = 77, most = 77;
    (void)state;
    refused(mlp_trainer_option_info(0, &kind, &value, &least, &most), MLP_ERR_ARGUMENT, "option = 0");
    refused(mlp_trainer_option_info(INT32_MIN, &kind, &value, &least, &most), MLP_ERR_ARGUMENT,
            "option = -2");
    refused(mlp_trainer_option_info(INT32_MAX, &kind, &value, &least, &most), MLP_ERR_ARGUMENT, "option = 2");
    refused(mlp_trainer_option_info(MLP_TRAINER_PROCESS_NOISE + 1, &kind, &value, &least, &most),
            MLP_ERR_ARGUMENT, "option = 31");
    assert_true(kind == 77 && value == 77 && least == 77 && most == 77);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        accepted(mlp_trainer_option_info(cases[i].option, &kind, &value, &least, &most));
        assert_int_equal(kind, cases[i].kind);
        assert_true(value == cases[i].value && least <= value && value <= most);
        accepted(mlp_trainer_option_info(cases[i].option, NULL, NULL, NULL, NULL));
    }
}

static void test_set_and_get(void **state)
{
    mlp_trainer *trainer = create_trainer(MLP_F32);
    (void)state;
    for (mlp_trainer_option option = 1; option <= MLP_TRAINER_PROCESS_NOISE; option++) {
        const int named = option == MLP_TRAINER_LOSS; /* not every number within its bounds is a loss */
        int32_t kind = 0;
        double initial = 0, least = 0, most = 0, real = 77;
        int64_t integer = 77;
        accepted(mlp_trainer_option_info(option, &kind, &initial, &least, &most));
        if (kind == MLP_OPTION_INT) {
            accepted(mlp_trainer_get_int(trainer, option, &integer));
            assert_true((double)integer == initial);
            refused(mlp_trainer_set_int(trainer, option, (int64_t)least - 1), MLP_ERR_ARGUMENT, "value = ");
            refused(mlp_trainer_set_int(trainer, option, (int64_t)most + 1), MLP_ERR_ARGUMENT, "value = ");
            refused(mlp_trainer_set_int(trainer, option, INT64_MAX), MLP_ERR_ARGUMENT, "value = ");
            refused(mlp_trainer_set_int(trainer, option, INT64_MIN), MLP_ERR_ARGUMENT, "value = ");
            refused(mlp_trainer_set_real(trainer, option, initial), MLP_ERR_ARGUMENT, "option = ");
            refused(mlp_trainer_get_real(trainer, option, &real), MLP_ERR_ARGUMENT, "option = ");
            refused(mlp_trainer_get_int(trainer, option, NULL), MLP_ERR_ARGUMENT, "value = NULL");
            if (named)
                most = MLP_SOFTMAX_CROSS_ENTROPY;
            accepted(mlp_trainer_set_int(trainer, option, (int64_t)most));
            accepted(mlp_trainer_get_int(trainer, option, &integer));
            assert_true(integer == (int64_t)most && real == 77);
            accepted(mlp_trainer_set_int(trainer, option, (int64_t)initial));
        } else {
            accepted(mlp_trainer_get_real(trainer, option, &real));
            assert_true(real == initial);
            refused(mlp_trainer_set_real(trainer, option, NAN), MLP_ERR_ARGUMENT, "value = nan");
            refused(mlp_trainer_set_real(trainer, option, INFINITY), MLP_ERR_ARGUMENT, "value = inf");
            refused(mlp_trainer_set_real(trainer, option, -1), MLP_ERR_ARGUMENT, "value = -1");
            refused(mlp_trainer_set_real(trainer, option, nextafter(most, INFINITY)), MLP_ERR_ARGUMENT,
                    "value = ");
            refused(mlp_trainer_set_int(trainer, option, 0), MLP_ERR_ARGUMENT, "option = ");
            refused(mlp_trainer_get_int(trainer, option, &integer), MLP_ERR_ARGUMENT, "option = ");
            refused(mlp_trainer_get_real(trainer, option, NULL), MLP_ERR_ARGUMENT, "value = NULL");
            accepted(mlp_trainer_set_real(trainer, option, least));
            accepted(mlp_trainer_get_real(trainer, option, &real));
            assert_true(real == least && integer == 77);
            accepted(mlp_trainer_set_real(trainer, option, initial));
        }
    }
    mlp_trainer_destroy(trainer);
}

static void test_bad_options(void **state)
{
    mlp_trainer *trainer = create_trainer(MLP_F32);
    int64_t integer = 77;
    double real = 77;
    (void)state;
    refused(mlp_trainer_set_int(NULL, MLP_TRAINER_SEED, 1), MLP_ERR_ARGUMENT, "trainer = NULL");
    refused(mlp_trainer_set_real(NULL, MLP_TRAINER_MOMENTUM, 0), MLP_ERR_ARGUMENT, "trainer = NULL");
    refused(mlp_trainer_get_int(NULL, MLP_TRAINER_SEED, &integer), MLP_ERR_ARGUMENT, "trainer = NULL");
    refused(mlp_trainer_get_real(NULL, MLP_TRAINER_MOMENTUM, &real), MLP_ERR_ARGUMENT, "trainer = NULL");
    refused(mlp_trainer_set_int(trainer, 0, 1), MLP_ERR_ARGUMENT, "option = 0");
    refused(mlp_trainer_set_real(trainer, -5, 1), MLP_ERR_ARGUMENT, "option = -5");
    refused(mlp_trainer_get_int(trainer, 99, &integer), MLP_ERR_ARGUMENT, "option = 99");
    refused(mlp_trainer_get_real(trainer, INT32_MIN, &real), MLP_ERR_ARGUMENT, "option = -");
    assert_string_equal(mlp_trainer_last_error(trainer), mlp_last_error());
    assert_true(integer == 77 && real == 77);
    accepted(mlp_trainer_prepare(trainer, BATCH, 1));
    refused(mlp_trainer_set_int(trainer, MLP_TRAINER_OPTIMIZER, MLP_ADAM), MLP_ERR_STATE, "option = 1");
    refused(mlp_trainer_set_int(trainer, MLP_TRAINER_LOSS, MLP_SQUARED_ERROR), MLP_ERR_STATE, "option = 2");
    refused(mlp_trainer_set_real(trainer, MLP_TRAINER_MOMENTUM, 0.5), MLP_ERR_STATE, "option = 8");
    refused(mlp_trainer_set_int(trainer, MLP_TRAINER_NESTEROV, 1), MLP_ERR_STATE, "option = 15");
    refused(mlp_trainer_set_int(trainer, MLP_TRAINER_BATCH, BATCH + 1), MLP_ERR_ARGUMENT, "value = 5");
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_BATCH, BATCH));
    accepted(mlp_trainer_set_real(trainer, MLP_TRAINER_LEARNING_RATE, 0.5));
    accepted(mlp_trainer_set_real(trainer, MLP_TRAINER_WEIGHT_DECAY, 0.5));
    mlp_trainer_destroy(trainer);
}

/* ---- Life ---- */

static void test_create(void **state)
{
    mlp_model *model = create_model(MLP_F32);
    mlp_trainer *trainer = (mlp_trainer *)(uintptr_t)64;
    (void)state;
    refused(mlp_trainer_create(NULL, &trainer), MLP_ERR_ARGUMENT, "model = NULL");
    assert_null(trainer);
    refused(mlp_trainer_create(model, NULL), MLP_ERR_ARGUMENT, "trainer = NULL");
    trainer = (mlp_trainer *)(uintptr_t)64;
    failing_allocator_fail_once(0);
    refused(mlp_trainer_create(model, &trainer), MLP_ERR_MEMORY, "cannot allocate");
    failing_allocator_relent();
    assert_null(trainer);
    mlp_trainer_destroy(NULL);
    mlp_trainer_cancel(NULL);
    assert_int_equal(mlp_trainer_step_count(NULL), 0);
    assert_int_equal(mlp_trainer_epoch_count(NULL), 0);
    assert_string_equal(mlp_trainer_last_error(NULL), "");
    accepted(mlp_trainer_create(model, &trainer));
    assert_string_equal(mlp_trainer_last_error(trainer), "");
    mlp_trainer_destroy(trainer);
    mlp_model_destroy(model);
}

static void test_prepare(void **state)
{
    static const struct {
        int64_t max_batch;
        int32_t threads;
        mlp_status status;
        const char *word;
    } cases[] = {
        {0, 1, MLP_ERR_SIZE, "max_batch = 0"},           {-1, 1, MLP_ERR_SIZE, "max_batch = -1"},
        {2147483648, 1, MLP_ERR_SIZE, "max_batch = 21"}, {4, 0, MLP_ERR_SIZE, "threads = 0"},
        {4, 1025, MLP_ERR_SIZE, "threads = 1025"},       {4, -1, MLP_ERR_SIZE, "threads = -1"},
        {3, 1, MLP_ERR_ARGUMENT, "max_batch = 3"},       {INT64_MIN, 1, MLP_ERR_SIZE, "max_batch = -9"},
        {INT64_MAX, 1, MLP_ERR_SIZE, "max_batch = 9"},   {4, INT32_MIN, MLP_ERR_SIZE, "threads = -2"},
        {4, INT32_MAX, MLP_ERR_SIZE, "threads = 21"},
    };
    mlp_trainer *trainer = create_trainer(MLP_F64);
    (void)state;
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_BATCH, 4));
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        refused(mlp_trainer_prepare(trainer, cases[i].max_batch, cases[i].threads), cases[i].status,
                cases[i].word);
    refused(mlp_trainer_prepare(NULL, 4, 1), MLP_ERR_ARGUMENT, "trainer = NULL");
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_OPTIMIZER, MLP_ADAM)); /* still unprepared */
    accepted(mlp_trainer_prepare(trainer, 4, 2));
    mlp_trainer_destroy(trainer);
}

static int32_t value_only(int32_t order, int64_t n, const double *z, double *out, void *context)
{
    (void)order;
    (void)context;
    memcpy(out, z, (size_t)n * sizeof *out);
    return 0;
}

static void test_no_derivative(void **state)
{
    mlp_activation activation = 0;
    mlp_model *model = NULL;
    mlp_trainer *trainer = NULL;
    (void)state;
    accepted(mlp_activation_register("value_only", 0, value_only, NULL, NULL, &activation));
    accepted(mlp_model_create(MLP_F32, 2, widths, activation, &model));
    accepted(mlp_trainer_create(model, &trainer));
    refused(mlp_trainer_prepare(trainer, 4, 1), MLP_ERR_UNSUPPORTED, "value_only");
    mlp_trainer_destroy(trainer);
    mlp_model_destroy(model);
    accepted(mlp_activation_unregister(activation));
}

static void test_get_model(void **state)
{
    static const int64_t narrow[] = {N_IN, 4, N_OUT};
    mlp_trainer *trainer = create_trainer(MLP_F32);
    mlp_model *same = create_model(MLP_F32), *f64 = create_model(MLP_F64), *other = NULL, *relu = NULL;
    (void)state;
    const uint64_t generation = mlp_model_generation(same);
    accepted(mlp_model_create(MLP_F32, 2, narrow, MLP_TANH, &other));
    accepted(mlp_model_create(MLP_F32, 2, widths, MLP_RELU, &relu));
    refused(mlp_trainer_get_model(NULL, same), MLP_ERR_ARGUMENT, "trainer = NULL");
    refused(mlp_trainer_get_model(trainer, NULL), MLP_ERR_ARGUMENT, "model = NULL");
    refused(mlp_trainer_get_model(trainer, f64), MLP_ERR_DTYPE, "model is f64");
    refused(mlp_trainer_get_model(trainer, other), MLP_ERR_ARGUMENT, "model: ");
    refused(mlp_trainer_get_model(trainer, relu), MLP_ERR_ARGUMENT, "model: ");
    assert_string_equal(mlp_trainer_last_error(trainer), mlp_last_error());
    assert_true(mlp_model_generation(same) == generation);
    accepted(mlp_trainer_get_model(trainer, same));
    mlp_trainer_destroy(trainer);
    mlp_model_destroy(same);
    mlp_model_destroy(f64);
    mlp_model_destroy(other);
    mlp_model_destroy(relu);
}

static void test_callback_life(void **state)
{
    mlp_trainer *trainer = create_trainer(MLP_F32);
    diary first = {0}, second = {0}, third = {0};
    (void)state;
    refused(mlp_trainer_set_callback(NULL, write_diary, &first, release_diary), MLP_ERR_ARGUMENT,
            "trainer = NULL");
    assert_int_equal(first.released, 0);
    accepted(mlp_trainer_set_callback(trainer, write_diary, &first, release_diary));
    accepted(mlp_trainer_set_callback(trainer, write_diary, &second, NULL));
    assert_int_equal(first.released, 1);
    accepted(mlp_trainer_set_callback(trainer, write_diary, &third, release_diary));
    mlp_trainer_destroy(trainer);
    assert_int_equal(first.released, 1);
    assert_int_equal(second.released, 0);
    assert_int_equal(third.released, 1);
}

/* ---- Cancellation from another thread ---- */

static void *cancel_soon(void *context)
{
    nanosleep(&(struct timespec){.tv_nsec = 20000000}, NULL);
    mlp_trainer_cancel(context);
    return NULL;
}

static void test_cancel_from_thread(void **state)
{
    mlp_trainer *trainer = prepared(MLP_F32, MLP_SQUARED_ERROR);
    mlp_data *data = data_f32();
    pthread_t thread;
    double loss = 77;
    (void)state;
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_EPOCHS, INT32_MAX));
    assert_int_equal(pthread_create(&thread, NULL, cancel_soon, trainer), 0);
    assert_int_equal(mlp_trainer_run(trainer, data, &loss), MLP_STOPPED);
    assert_int_equal(pthread_join(thread, NULL), 0);
    accepted(mlp_trainer_epoch(trainer, data, &loss)); /* honoured once */
    mlp_data_destroy(data);
    mlp_trainer_destroy(trainer);
}

/* ---- Memory ---- */

static mlp_status train(void *context)
{
    const mlp_model *model = context;
    mlp_trainer *trainer = NULL;
    mlp_data *data = NULL;
    const float x[SAMPLES * N_IN] = {0};
    const int32_t labels[SAMPLES] = {0};
    mlp_status status = mlp_data_create(MLP_F32, SAMPLES, &data);
    if (status == MLP_OK)
        status = mlp_data_borrow_inputs_f32(data, N_IN, x, N_IN);
    if (status == MLP_OK)
        status = mlp_data_set_labels(data, 1, labels);
    if (status == MLP_OK)
        status = mlp_trainer_create(model, &trainer);
    if (status == MLP_OK)
        status = mlp_trainer_set_int(trainer, MLP_TRAINER_OPTIMIZER, MLP_ADAM);
    if (status == MLP_OK)
        status = mlp_trainer_prepare(trainer, BATCH, 1);
    if (status == MLP_OK)
        status = mlp_trainer_epoch(trainer, data, NULL);
    if (status == MLP_OK)
        status = mlp_trainer_prepare(trainer, 2 * BATCH, 1);
    if (status == MLP_OK)
        status = mlp_trainer_run(trainer, data, NULL);
    mlp_trainer_destroy(trainer);
    mlp_data_destroy(data);
    return status;
}

static void test_no_memory(void **state)
{
    mlp_model *model = create_model(MLP_F32);
    (void)state;
    assert_true(failing_allocator_sweep(train, model) > 10);
    mlp_model_destroy(model);
}

#define BOTH(test) cmocka_unit_test(test##_f32), cmocka_unit_test(test##_f64)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_solver_names),
        cmocka_unit_test(test_option_info),
        cmocka_unit_test(test_set_and_get),
        cmocka_unit_test(test_bad_options),
        cmocka_unit_test(test_create),
        cmocka_unit_test(test_prepare),
        cmocka_unit_test(test_no_derivative),
        cmocka_unit_test(test_get_model),
        cmocka_unit_test(test_callback_life),
        cmocka_unit_test(test_cancel_from_thread),
        cmocka_unit_test(test_no_memory),
        BOTH(test_unprepared),
        BOTH(test_bad_step),
        BOTH(test_bad_samples),
        BOTH(test_overflow),
        BOTH(test_apply_gradient),
        BOTH(test_prepare_again),
        BOTH(test_no_allocation),
        BOTH(test_bad_data),
        BOTH(test_order),
        BOTH(test_seed),
        BOTH(test_not_finite_data),
        BOTH(test_callback),
        BOTH(test_cancel),
        BOTH(test_gather),
        BOTH(test_new_order),
        BOTH(test_evaluate),
        BOTH(test_weightless_batch),
    };
    if (mlp_set_allocator(failing_allocate, failing_deallocate, NULL) != MLP_OK)
        return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
