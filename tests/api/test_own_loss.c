/* Losses of the user's own: registered, evaluated, trained with and taken back, against the library alone. */
#include "mlp/mlp.h"
#include "api/refusal.h"
#include "support/draw.h"
#include "support/failing_allocator.h"

#include <math.h>
#include <pthread.h>
#include <stdlib.h>

enum { N_IN = 2, N_OUT = 3, BATCH = 5, PARAMS = 4 * 3 + 3 * 5, STEPS = 6 }; /* 2 - 4 - 3 */

/* What a callback was given, and what it is to answer. */
typedef struct record {
    int calls, released;
    int fail_at_call; /* counted from 1; 0 for never */
    int bad_value;    /* make l NaN */
    pthread_t thread; /* the only one it may run on */
    int elsewhere, flushed, strange;
} record;

/* |y - t|^2 / 2 */
static int32_t squared(int32_t order, int64_t n, const double *y, const double *t, int32_t label,
                       const double *v, double *value, double *out, void *context)
{
    record *r = context;
    volatile double tiny = 1e-310;
    r->calls++;
    r->elsewhere += !pthread_equal(r->thread, pthread_self());
    r->flushed += tiny / 2 == 0;
    r->strange += (t == NULL) != (label >= 0) || (v != NULL) != (order == 2) ||
                  (value == NULL) != (order == 2) || (out != NULL) != (order >= 1);
    if (r->calls == r->fail_at_call)
        return -42;
    double sum = 0;
    for (int64_t p = 0; p < n; p++) {
        const double residual = y[p] - (t ? t[p] : p == label);
        sum += residual * residual;
        if (order)
            out[p] = order == 2 ? v[p] : residual;
    }
    if (value)
        *value = r->bad_value ? (double)NAN : sum / 2;
    return 0;
}

static void count_release(void *context)
{
    ((record *)context)->released++;
}

static mlp_loss own(record *r, int32_t max_order)
{
    mlp_loss loss = 0;
    *r = (record){.thread = pthread_self()};
    accepted(mlp_loss_register("own", max_order, squared, r, count_release, &loss));
    return loss;
}

/* Called as agreed, and let go once. */
static void part(const record *r, mlp_loss loss)
{
    assert_int_equal(r->released, 0);
    accepted(mlp_loss_unregister(loss));
    assert_int_equal(r->released, 1);
    assert_int_equal(r->elsewhere + r->flushed + r->strange, 0);
}

/* tanh, so that the library's losses too go pass by pass */
static int32_t own_tanh(int32_t order, int64_t n, const double *z, double *out, void *context)
{
    (void)context;
    for (int64_t i = 0; i < n; i++)
        out[i] = order ? 1 - tanh(z[i]) * tanh(z[i]) : tanh(z[i]);
    return 0;
}

static mlp_trainer *create_trainer(mlp_dtype dtype, mlp_activation activation, mlp_loss loss, int32_t engine)
{
    static const int64_t widths[] = {N_IN, 4, N_OUT};
    mlp_model *model = NULL;
    mlp_trainer *trainer = NULL;
    accepted(mlp_model_create(dtype, 2, widths, activation, &model));
    accepted(mlp_model_initialize(model, MLP_INIT_GLOROT_UNIFORM, 7));
    accepted(mlp_trainer_create(model, &trainer));
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_LOSS, loss));
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_ENGINE, engine));
    accepted(mlp_trainer_set_real(trainer, MLP_TRAINER_LEARNING_RATE, 0.1));
    mlp_model_destroy(model);
    return trainer;
}

#define REAL       float
#define T(name)    name##_f32
#define REAL_DTYPE MLP_F32
#define EPSILON    0x1p-23
#include "own_loss_tmpl.h"
#undef REAL
#undef T
#undef REAL_DTYPE
#undef EPSILON
#define REAL       double
#define T(name)    name##_f64
#define REAL_DTYPE MLP_F64
#define EPSILON    0x1p-52
#include "own_loss_tmpl.h"

static void test_bad_register(void **state)
{
    static const struct {
        const char *name;
        int32_t max_order;
        mlp_loss_fn function;
        const char *message;
    } cases[] = {
        {NULL, 1, squared, "name = NULL"},
        {"", 1, squared, "name = \"\""},
        {"Mine", 1, squared, "name = \"Mine"},
        {"my loss", 1, squared, "name = \"my loss\""},
        {"squared_error", 1, squared, "name = \"squared_error\""},
        {"own", 1, squared, "name = \"own\""},
        {"mine", -1, squared, "max_order = -1"},
        {"mine", 3, squared, "max_order = 3"},
        {"mine", INT32_MIN, squared, "max_order = -2147483648"},
        {"mine", 1, NULL, "function = NULL"},
        {"a_name_of_64_characters_which_is_one_more_than_the_header_allows", 1, squared,
         "name = \"a_name_of"},
    };
    record r, unused = {0};
    const mlp_loss taken = own(&r, 2);
    mlp_loss id = 77;
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        id = 77;
        refused(mlp_loss_register(cases[i].name, cases[i].max_order, cases[i].function, &unused,
                                  count_release, &id),
                MLP_ERR_ARGUMENT, cases[i].message);
        assert_int_equal(id, 0);
    }
    refused(mlp_loss_register("mine", 1, squared, &unused, count_release, NULL), MLP_ERR_ARGUMENT,
            "loss = NULL");
    failing_allocator_fail_once(0);
    refused(mlp_loss_register("mine", 1, squared, &unused, count_release, &id), MLP_ERR_MEMORY, "loss");
    failing_allocator_relent();
    assert_int_equal(unused.released, 0);
    assert_int_equal(mlp_loss_from_name("mine"), 0);
    for (id = -1; id < 40; id++)
        refused(mlp_loss_unregister(id), MLP_ERR_ARGUMENT, "loss = ");
    refused(mlp_loss_unregister(INT32_MIN), MLP_ERR_ARGUMENT, "loss = -2147483648");
    refused(mlp_loss_unregister(INT32_MAX), MLP_ERR_ARGUMENT, "loss = 2147483647");
    part(&r, taken);
    refused(mlp_loss_unregister(taken), MLP_ERR_ARGUMENT, "loss = ");
}

static void test_queries(void **state)
{
    record r;
    const mlp_loss loss = own(&r, 1);
    (void)state;
    assert_string_equal(mlp_loss_name(loss), "own");
    assert_int_equal(mlp_loss_from_name("own"), loss);
    part(&r, loss);
    assert_null(mlp_loss_name(loss));
    assert_int_equal(mlp_loss_from_name("own"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bad_register),         cmocka_unit_test(test_queries),
        cmocka_unit_test(test_values_f32),           cmocka_unit_test(test_values_f64),
        cmocka_unit_test(test_callback_fails_f32),   cmocka_unit_test(test_callback_fails_f64),
        cmocka_unit_test(test_refusals_f32),         cmocka_unit_test(test_refusals_f64),
        cmocka_unit_test(test_same_training_f32),    cmocka_unit_test(test_same_training_f64),
        cmocka_unit_test(test_failed_step_f32),      cmocka_unit_test(test_failed_step_f64),
        cmocka_unit_test(test_trainer_refusals_f32), cmocka_unit_test(test_trainer_refusals_f64),
        cmocka_unit_test(test_lifetime_f32),         cmocka_unit_test(test_lifetime_f64),
    };
    mlp_set_allocator(failing_allocate, failing_deallocate, NULL);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
