/* Every function of mlp/model.h with every argument wrong in turn, and right, against the library alone. */
#include "mlp/mlp.h"
#include "api/refusal.h"
#include "support/failing_allocator.h"

#include <math.h>

#define REAL       float
#define T(name)    name##_f32
#define REAL_DTYPE MLP_F32
#include "model_api_tmpl.h"
#undef REAL
#undef T
#undef REAL_DTYPE
#define REAL       double
#define T(name)    name##_f64
#define REAL_DTYPE MLP_F64
#include "model_api_tmpl.h"

static const int64_t widths[] = {2, 3, 2};

static mlp_model *create(void)
{
    mlp_model *model = NULL;
    accepted(mlp_model_create(MLP_F32, 2, widths, MLP_TANH, &model));
    return model;
}

/* ---- Life ---- */

static void test_bad_create(void **state)
{
    static const int64_t zero[] = {2, 0, 2}, negative[] = {-1, 3, 2}, wide[] = {2, 3, 2147483648};
    static const int64_t huge[] = {INT32_MAX, INT32_MAX, INT32_MAX};
    static const struct {
        mlp_dtype dtype;
        int32_t layers;
        const int64_t *widths;
        mlp_activation hidden;
        mlp_status status;
        const char *word;
    } cases[] = {
        {0, 2, widths, MLP_TANH, MLP_ERR_ARGUMENT, "dtype = 0"},
        {3, 2, widths, MLP_TANH, MLP_ERR_ARGUMENT, "dtype = 3"},
        {INT32_MIN, 2, widths, MLP_TANH, MLP_ERR_ARGUMENT, "dtype = -"},
        {MLP_F32, 0, widths, MLP_TANH, MLP_ERR_SIZE, "layers = 0"},
        {MLP_F32, -1, widths, MLP_TANH, MLP_ERR_SIZE, "layers = -1"},
        {MLP_F32, 4097, widths, MLP_TANH, MLP_ERR_SIZE, "layers = 4097"},
        {MLP_F32, INT32_MAX, widths, MLP_TANH, MLP_ERR_SIZE, "layers = 2147483647"},
        {MLP_F32, 2, NULL, MLP_TANH, MLP_ERR_ARGUMENT, "widths = NULL"},
        {MLP_F32, 2, zero, MLP_TANH, MLP_ERR_SIZE, "widths[1] = 0"},
        {MLP_F32, 2, negative, MLP_TANH, MLP_ERR_SIZE, "widths[0] = -1"},
        {MLP_F32, 2, wide, MLP_TANH, MLP_ERR_SIZE, "widths[2] = 2147483648"},
        {MLP_F32, 2, huge, MLP_TANH, MLP_ERR_SIZE, "widths: "},
        {MLP_F64, 1, huge, MLP_TANH, MLP_ERR_SIZE, "widths: "},
        {MLP_F32, 2, widths, 0, MLP_ERR_ARGUMENT, "hidden = 0"},
        {MLP_F32, 2, widths, -7, MLP_ERR_ARGUMENT, "hidden = -7"},
        {MLP_F32, 1, widths, 999999, MLP_ERR_ARGUMENT, "hidden = 999999"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        mlp_model *model = (mlp_model *)(uintptr_t)64;
        refused(mlp_model_create(cases[i].dtype, cases[i].layers, cases[i].widths, cases[i].hidden, &model),
                cases[i].status, cases[i].word);
        assert_null(model);
    }
    refused(mlp_model_create(MLP_F32, 2, widths, MLP_TANH, NULL), MLP_ERR_ARGUMENT, "model = NULL");
}

/* What fits the address space and not the memory: here no more is promised than there is. */
static void test_enormous_create(void **state)
{
    static const int64_t enormous[] = {INT32_MAX, 1 << 27};
    mlp_model *model = (mlp_model *)(uintptr_t)64;
    (void)state;
    failing_allocator_fail_once(0);
    refused(mlp_model_create(MLP_F64, 1, enormous, MLP_TANH, &model), MLP_ERR_MEMORY,
            "model: cannot allocate");
    failing_allocator_relent();
    assert_null(model);
}

static void test_bad_copies(void **state)
{
    const int64_t other_widths[] = {2, 4, 2};
    mlp_model *model = create(), *f64, *other, *clone = (mlp_model *)(uintptr_t)64;
    const uint64_t generation = mlp_model_generation(model);
    (void)state;
    accepted(mlp_model_create(MLP_F64, 2, widths, MLP_TANH, &f64));
    accepted(mlp_model_create(MLP_F32, 2, other_widths, MLP_TANH, &other));
    refused(mlp_model_clone(NULL, &clone), MLP_ERR_ARGUMENT, "source = NULL");
    assert_null(clone);
    refused(mlp_model_clone(model, NULL), MLP_ERR_ARGUMENT, "model = NULL");
    refused(mlp_model_copy_params(NULL, model), MLP_ERR_ARGUMENT, "model = NULL");
    refused(mlp_model_copy_params(model, NULL), MLP_ERR_ARGUMENT, "source = NULL");
    refused(mlp_model_copy_params(model, f64), MLP_ERR_DTYPE, "source is f64");
    refused(mlp_model_copy_params(model, other), MLP_ERR_ARGUMENT, "source: ");
    mlp_model_destroy(other);
    accepted(mlp_model_create(MLP_F32, 2, widths, MLP_RELU, &other));
    refused(mlp_model_copy_params(model, other), MLP_ERR_ARGUMENT, "source: ");
    assert_true(mlp_model_generation(model) == generation);
    accepted(mlp_model_clone(model, &clone));
    assert_true(mlp_model_generation(clone) == generation);
    accepted(mlp_model_copy_params(model, clone));
    assert_true(mlp_model_generation(model) != generation);
    mlp_model_destroy(NULL);
    mlp_model_destroy(clone);
    mlp_model_destroy(other);
    mlp_model_destroy(f64);
    mlp_model_destroy(model);
}

/* ---- Queries ---- */

static void test_queries(void **state)
{
    mlp_model *model = create();
    (void)state;
    assert_int_equal(mlp_model_dtype(model), MLP_F32);
    assert_int_equal(mlp_model_layer_count(model), 2);
    assert_int_equal(mlp_model_param_count(model), 17);
    assert_int_equal(mlp_model_width(model, 0), 2);
    assert_int_equal(mlp_model_width(model, 2), 2);
    assert_int_equal(mlp_model_weight_offset(model, 2), 9);
    assert_int_equal(mlp_model_bias_offset(model, 2), 15);
    assert_int_equal(mlp_model_activation(model, 1), MLP_TANH);
    assert_int_equal(mlp_model_activation(model, 2), MLP_IDENTITY);
    assert_int_equal(mlp_model_head(model), MLP_HEAD_NONE);
    static const int32_t none[] = {0, -1, 3, INT32_MIN, INT32_MAX};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        assert_int_equal(mlp_model_width(model, none[i]), none[i] == 0 ? 2 : 0);
        assert_int_equal(mlp_model_weight_offset(model, none[i]), -1);
        assert_int_equal(mlp_model_bias_offset(model, none[i]), -1);
        assert_int_equal(mlp_model_activation(model, none[i]), 0);
        assert_true(mlp_model_activation_parameter(model, none[i]) == 0);
    }
    mlp_model_destroy(model);
}

static void test_queries_of_null(void **state)
{
    (void)state;
    assert_int_equal(mlp_model_dtype(NULL), 0);
    assert_int_equal(mlp_model_layer_count(NULL), 0);
    assert_int_equal(mlp_model_width(NULL, 0), 0);
    assert_int_equal(mlp_model_param_count(NULL), 0);
    assert_int_equal(mlp_model_weight_offset(NULL, 1), -1);
    assert_int_equal(mlp_model_bias_offset(NULL, 1), -1);
    assert_true(mlp_model_generation(NULL) == 0);
    assert_int_equal(mlp_model_activation(NULL, 1), 0);
    assert_true(mlp_model_activation_parameter(NULL, 1) == 0);
    assert_int_equal(mlp_model_head(NULL), 0);
    assert_int_equal(mlp_model_metadata_count(NULL), 0);
}

static void test_heads(void **state)
{
    mlp_model *model = create();
    (void)state;
    for (mlp_head head = MLP_HEAD_NONE; head <= MLP_HEAD_SOFTMAX; head++) {
        assert_int_equal(mlp_head_from_name(mlp_head_name(head)), head);
        accepted(mlp_model_set_head(model, head));
        assert_int_equal(mlp_model_head(model), head);
    }
    static const int32_t bad[] = {0, 4, -1, INT32_MIN, INT32_MAX};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_null(mlp_head_name(bad[i]));
        refused(mlp_model_set_head(model, bad[i]), MLP_ERR_ARGUMENT, "head = ");
    }
    assert_int_equal(mlp_model_head(model), MLP_HEAD_SOFTMAX);
    refused(mlp_model_set_head(NULL, MLP_HEAD_NONE), MLP_ERR_ARGUMENT, "model = NULL");
    assert_int_equal(mlp_head_from_name(NULL), 0);
    assert_int_equal(mlp_head_from_name(""), 0);
    assert_int_equal(mlp_head_from_name("SOFTMAX"), 0);
    mlp_model_destroy(model);
}

/* ---- Activations ---- */

static void test_activations(void **state)
{
    mlp_model *model = create();
    float theta[1] = {1};
    (void)state;
    static const int32_t layers[] = {0, -1, 3, INT32_MIN, INT32_MAX};
    for (size_t i = 0; i < sizeof layers / sizeof *layers; i++) {
        refused(mlp_model_set_activation(model, layers[i], MLP_RELU), MLP_ERR_ARGUMENT, "layer = ");
        refused(mlp_model_set_activation_parameter(model, layers[i], 1), MLP_ERR_ARGUMENT, "layer = ");
    }
    refused(mlp_model_set_activation(NULL, 1, MLP_RELU), MLP_ERR_ARGUMENT, "model = NULL");
    refused(mlp_model_set_activation(model, 1, 0), MLP_ERR_ARGUMENT, "activation = 0");
    refused(mlp_model_set_activation(model, 1, 4711), MLP_ERR_ARGUMENT, "activation = 4711");
    refused(mlp_model_set_activation_parameter(NULL, 1, 1), MLP_ERR_ARGUMENT, "model = NULL");
    refused(mlp_model_set_activation_parameter(model, 1, 1), MLP_ERR_ARGUMENT,
            "layer = 1: its activation, tanh");
    accepted(mlp_model_set_activation(model, 1, MLP_SINE));
    refused(mlp_model_set_activation_parameter(model, 1, INFINITY), MLP_ERR_ARGUMENT, "value = inf");
    refused(mlp_model_set_activation_parameter(model, 1, NAN), MLP_ERR_ARGUMENT, "value = ");
    refused(mlp_model_set_activation_parameter(model, 1, -1e300), MLP_ERR_ARGUMENT, "value = -1e+300");
    accepted(mlp_model_set_activation_parameter(model, 1, 30));
    assert_true(mlp_model_activation_parameter(model, 1) == 30);
    accepted(mlp_model_set_params_f32(model, 0, 1, theta));
    refused(mlp_model_set_activation(model, 1, MLP_RELU), MLP_ERR_STATE, "model: ");
    refused(mlp_model_set_activation_parameter(model, 1, 1), MLP_ERR_STATE, "model: ");
    assert_int_equal(mlp_model_activation(model, 1), MLP_SINE);
    assert_true(mlp_model_activation_parameter(model, 1) == 30);
    mlp_model_destroy(model);
}

/* ---- Initialisation ---- */

static void test_initialization(void **state)
{
    mlp_model *model = create();
    const uint64_t generation = mlp_model_generation(model);
    float theta[17];
    (void)state;
    static const int32_t bad[] = {0, 13, -1, INT32_MIN, INT32_MAX};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        refused(mlp_model_initialize(model, bad[i], 1), MLP_ERR_ARGUMENT, "initializer = ");
        refused(mlp_model_initialize_layer(model, 1, bad[i], 1, 1), MLP_ERR_ARGUMENT, "initializer = ");
    }
    refused(mlp_model_initialize(NULL, MLP_INIT_ZEROS, 1), MLP_ERR_ARGUMENT, "model = NULL");
    refused(mlp_model_initialize_layer(NULL, 1, MLP_INIT_ZEROS, 1, 1), MLP_ERR_ARGUMENT, "model = NULL");
    refused(mlp_model_initialize_layer(model, 0, MLP_INIT_ZEROS, 1, 1), MLP_ERR_ARGUMENT, "layer = 0");
    refused(mlp_model_initialize_layer(model, 3, MLP_INIT_ZEROS, 1, 1), MLP_ERR_ARGUMENT, "layer = 3");
    refused(mlp_model_initialize_layer(model, 1, MLP_INIT_NORMAL, -1, 1), MLP_ERR_ARGUMENT, "parameter = -1");
    refused(mlp_model_initialize_layer(model, 1, MLP_INIT_NORMAL, NAN, 1), MLP_ERR_ARGUMENT, "parameter = ");
    assert_true(mlp_model_generation(model) == generation);
    accepted(mlp_model_initialize_layer(model, 1, MLP_INIT_CONSTANT, 0.5, 1));
    accepted(mlp_model_initialize_layer(model, 2, MLP_INIT_HE_NORMAL, NAN, 1)); /* it has no parameter */
    accepted(mlp_model_get_params_f32(model, 0, 17, theta));
    for (int i = 0; i < 9; i++)
        assert_true(theta[i] == (i < 6 ? 0.5f : 0));
    refused(mlp_model_set_activation(model, 1, MLP_RELU), MLP_ERR_STATE, "model: ");
    mlp_model_destroy(model);
}

/* ---- Metadata ---- */

static void test_bad_metadata(void **state)
{
    mlp_model *model = create();
    char text[8] = "before";
    (void)state;
    accepted(mlp_model_set_metadata(model, "key", "value"));
    refused(mlp_model_set_metadata(NULL, "key", "x"), MLP_ERR_ARGUMENT, "model = NULL");
    refused(mlp_model_set_metadata(model, NULL, "x"), MLP_ERR_ARGUMENT, "key = NULL");
    refused(mlp_model_set_metadata(model, "", "x"), MLP_ERR_ARGUMENT, "key = \"\"");
    refused(mlp_model_set_metadata(model, "mlp.widths", "x"), MLP_ERR_ARGUMENT, "key = \"mlp.widths\"");
    refused(mlp_model_set_metadata(model, "mlp.", NULL), MLP_ERR_ARGUMENT, "key = \"mlp.\"");
    refused(mlp_model_set_metadata(model, "\xff", "x"), MLP_ERR_ARGUMENT, "key: ");
    refused(mlp_model_set_metadata(model, "key", "\xc0\x80"), MLP_ERR_ARGUMENT, "value: ");
    refused(mlp_model_metadata(NULL, "key", text, 8), MLP_ERR_ARGUMENT, "model = NULL");
    refused(mlp_model_metadata(model, NULL, text, 8), MLP_ERR_ARGUMENT, "key = NULL");
    refused(mlp_model_metadata(model, "key", text, -1), MLP_ERR_SIZE, "size = -1");
    refused(mlp_model_metadata(model, "no key", text, INT64_MIN), MLP_ERR_SIZE, "size = -9");
    refused(mlp_model_metadata(model, "key", NULL, 8), MLP_ERR_ARGUMENT, "buffer = NULL");
    refused(mlp_model_metadata_key(NULL, 0, text, 8), MLP_ERR_ARGUMENT, "model = NULL");
    refused(mlp_model_metadata_key(model, -1, text, 8), MLP_ERR_ARGUMENT, "index = -1");
    refused(mlp_model_metadata_key(model, 1, text, 8), MLP_ERR_ARGUMENT, "index = 1");
    refused(mlp_model_metadata_key(model, 0, text, -1), MLP_ERR_SIZE, "size = -1");
    refused(mlp_model_metadata_key(model, 0, NULL, 1), MLP_ERR_ARGUMENT, "buffer = NULL");
    assert_string_equal(text, "before");
    assert_int_equal(mlp_model_metadata_count(model), 1);
    mlp_model_destroy(model);
}

static void test_metadata(void **state)
{
    mlp_model *model = create();
    const uint64_t generation = mlp_model_generation(model);
    char text[8] = "before";
    (void)state;
    accepted(mlp_model_set_metadata(model, "key", "a value"));
    accepted(mlp_model_set_metadata(model, "\xc3\xa9", ""));
    assert_int_equal(mlp_model_metadata(model, "none", text, 8), 0);
    assert_string_equal(text, "before");
    assert_int_equal(mlp_model_metadata(model, "key", NULL, 0), 8);
    assert_int_equal(mlp_model_metadata(model, "key", text, 8), 8);
    assert_string_equal(text, "a value");
    assert_int_equal(mlp_model_metadata(model, "key", text, 3), 8);
    assert_string_equal(text, "a ");
    assert_int_equal(mlp_model_metadata_key(model, 1, text, 8), 3);
    assert_string_equal(text, "\xc3\xa9");
    assert_int_equal(mlp_model_metadata(model, text, text, 8), 1);
    accepted(mlp_model_set_metadata(model, "key", NULL));
    accepted(mlp_model_set_metadata(model, "key", NULL));
    assert_int_equal(mlp_model_metadata_count(model), 1);
    assert_true(mlp_model_generation(model) == generation);
    mlp_model_destroy(model);
}

/* ---- Memory ---- */

static mlp_status live_a_life(void *context)
{
    mlp_model *model = NULL, *clone = NULL;
    mlp_status status = mlp_model_create(MLP_F64, 2, widths, MLP_TANH, &model);
    (void)context;
    assert_int_equal(!model, status != MLP_OK);
    if (status == MLP_OK)
        status = mlp_model_set_metadata(model, "key", "value");
    if (status == MLP_OK)
        status = mlp_model_initialize(model, MLP_INIT_ORTHOGONAL, 1);
    if (status == MLP_OK)
        status = mlp_model_initialize_layer(model, 2, MLP_INIT_ORTHOGONAL, 1, 1);
    if (status == MLP_OK) {
        status = mlp_model_clone(model, &clone);
        assert_int_equal(!clone, status != MLP_OK);
    }
    mlp_model_destroy(clone);
    mlp_model_destroy(model);
    return status;
}

static void test_failing_allocations(void **state)
{
    (void)state;
    print_message("create, metadata, initialize, clone: %lld allocations failed in turn\n",
                  (long long)failing_allocator_sweep(live_a_life, NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bad_create),          cmocka_unit_test(test_enormous_create),
        cmocka_unit_test(test_bad_copies),          cmocka_unit_test(test_queries),
        cmocka_unit_test(test_queries_of_null),     cmocka_unit_test(test_heads),
        cmocka_unit_test(test_activations),         cmocka_unit_test(test_initialization),
        cmocka_unit_test(test_bad_params_f32),      cmocka_unit_test(test_bad_params_f64),
        cmocka_unit_test(test_bad_weights_f32),     cmocka_unit_test(test_bad_weights_f64),
        cmocka_unit_test(test_bad_scaling_f32),     cmocka_unit_test(test_bad_scaling_f64),
        cmocka_unit_test(test_values_f32),          cmocka_unit_test(test_values_f64),
        cmocka_unit_test(test_bad_metadata),        cmocka_unit_test(test_metadata),
        cmocka_unit_test(test_failing_allocations),
    };
    mlp_set_allocator(failing_allocate, failing_deallocate, NULL);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
