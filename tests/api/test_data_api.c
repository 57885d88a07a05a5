/* Every function of mlp/data.h with every argument wrong in turn, and right, against the library alone. */
#include "mlp/mlp.h"
#include "api/refusal.h"
#include "support/failing_allocator.h"

#include <math.h>
#include <stdio.h>

enum { SAMPLES = 3 };

#define REAL       float
#define T(name)    name##_f32
#define REAL_DTYPE MLP_F32
#define OTHER      MLP_F64
#include "data_api_tmpl.h"
#undef REAL
#undef T
#undef REAL_DTYPE
#undef OTHER
#define REAL       double
#define T(name)    name##_f64
#define REAL_DTYPE MLP_F64
#define OTHER      MLP_F32
#include "data_api_tmpl.h"

static void test_create(void **state)
{
    static const struct {
        mlp_dtype dtype;
        int64_t samples;
        mlp_status status;
        const char *word;
    } cases[] = {
        {0, 1, MLP_ERR_ARGUMENT, "dtype = 0"},
        {3, 1, MLP_ERR_ARGUMENT, "dtype = 3"},
        {-1, 1, MLP_ERR_ARGUMENT, "dtype = -1"},
        {MLP_F32, 0, MLP_ERR_SIZE, "samples = 0"},
        {MLP_F64, -1, MLP_ERR_SIZE, "samples = -1"},
        {INT32_MIN, 1, MLP_ERR_ARGUMENT, "dtype = -2147483648"},
        {INT32_MAX, 1, MLP_ERR_ARGUMENT, "dtype = 2147483647"},
        {MLP_F32, INT64_MIN, MLP_ERR_SIZE, "samples = -9223372036854775808"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        mlp_data *data = (mlp_data *)(uintptr_t)64;
        refused(mlp_data_create(cases[i].dtype, cases[i].samples, &data), cases[i].status, cases[i].word);
        assert_null(data);
    }
    refused(mlp_data_create(MLP_F32, 1, NULL), MLP_ERR_ARGUMENT, "data = NULL");
    mlp_data_destroy(NULL);
}

static void test_queries(void **state)
{
    const float x[2 * SAMPLES] = {0};
    const int32_t labels[SAMPLES] = {0, 4, 2};
    mlp_data *data = NULL;
    (void)state;
    assert_int_equal(mlp_data_dtype(NULL), 0);
    assert_int_equal(mlp_data_samples(NULL), 0);
    assert_int_equal(mlp_data_input_width(NULL), 0);
    assert_int_equal(mlp_data_target_width(NULL), 0);
    assert_int_equal(mlp_data_classes(NULL), 0);
    accepted(mlp_data_create(MLP_F32, SAMPLES, &data));
    assert_int_equal(mlp_data_dtype(data), MLP_F32);
    assert_int_equal(mlp_data_samples(data), SAMPLES);
    assert_int_equal(mlp_data_input_width(data), 0);
    accepted(mlp_data_set_inputs_f32(data, 2, x, 2));
    accepted(mlp_data_set_targets_f32(data, 1, x, 2));
    assert_int_equal(mlp_data_input_width(data), 2);
    assert_int_equal(mlp_data_target_width(data), 1);
    accepted(mlp_data_set_labels(data, 5, labels));
    assert_int_equal(mlp_data_target_width(data), 0);
    assert_int_equal(mlp_data_classes(data), 5);
    accepted(mlp_data_borrow_targets_f32(data, 1, x, 1));
    assert_int_equal(mlp_data_classes(data), 0);
    assert_int_equal(mlp_data_target_width(data), 1);
    mlp_data_destroy(data);
}

static void test_labels(void **state)
{
    const int32_t good[SAMPLES] = {0, 1, 2}, low[SAMPLES] = {0, -1, 2}, high[SAMPLES] = {0, 1, 3};
    const int32_t least[SAMPLES] = {INT32_MIN}, most[SAMPLES] = {0, INT32_MAX};
    mlp_data *data = NULL;
    (void)state;
    accepted(mlp_data_create(MLP_F64, SAMPLES, &data));
    accepted(mlp_data_set_labels(data, 3, good));
    refused(mlp_data_set_labels(NULL, 3, good), MLP_ERR_ARGUMENT, "data = NULL");
    refused(mlp_data_set_labels(data, 0, good), MLP_ERR_SIZE, "classes = 0");
    refused(mlp_data_set_labels(data, -3, good), MLP_ERR_SIZE, "classes = -3");
    refused(mlp_data_set_labels(data, INT32_MIN, good), MLP_ERR_SIZE, "classes = -2147483648");
    refused(mlp_data_set_labels(data, 3, NULL), MLP_ERR_ARGUMENT, "labels = NULL");
    refused(mlp_data_set_labels(data, 3, low), MLP_ERR_ARGUMENT, "labels[1] = -1");
    refused(mlp_data_set_labels(data, 3, high), MLP_ERR_ARGUMENT, "labels[2] = 3");
    refused(mlp_data_set_labels(data, 3, least), MLP_ERR_ARGUMENT, "labels[0] = -2147483648");
    refused(mlp_data_set_labels(data, 3, most), MLP_ERR_ARGUMENT, "labels[1] = 2147483647");
    refused(mlp_data_set_labels(data, 2, good), MLP_ERR_ARGUMENT, "labels[2] = 2");
    assert_int_equal(mlp_data_classes(data), 3);
    mlp_data_destroy(data);
}

/* The first object has been made: the allocator stays. */
static void test_late_allocator(void **state)
{
    mlp_data *data = NULL;
    (void)state;
    accepted(mlp_data_create(MLP_F32, SAMPLES, &data));
    mlp_data_destroy(data);
    const int64_t calls = failing_allocator_calls();
    refused(mlp_set_allocator(failing_allocate, failing_deallocate, NULL), MLP_ERR_STATE, "allocate: ");
    refused(mlp_set_allocator(NULL, NULL, NULL), MLP_ERR_STATE, "allocate: ");
    accepted(mlp_data_create(MLP_F32, SAMPLES, &data));
    assert_int_equal(failing_allocator_calls(), calls + 1);
    mlp_data_destroy(data);
}

static mlp_status fill(void *context)
{
    const float x[2 * SAMPLES] = {1, 2, 3, 4, 5, 6};
    const int32_t labels[SAMPLES] = {0, 1, 0};
    mlp_data *data = NULL;
    (void)context;
    mlp_status status = mlp_data_create(MLP_F32, SAMPLES, &data);
    for (int round = 0; round < 2 && status == MLP_OK; round++) {
        status = mlp_data_set_inputs_f32(data, 2, x, 2);
        if (status == MLP_OK)
            status = mlp_data_set_targets_f32(data, 1, x, 1);
        if (status == MLP_OK)
            status = mlp_data_set_labels(data, 2, labels);
        if (status == MLP_OK)
            status = mlp_data_set_labels(data, 2, labels);
        if (status == MLP_OK)
            status = mlp_data_set_weights_f32(data, x);
    }
    mlp_data_destroy(data);
    return status;
}

static void test_no_memory(void **state)
{
    (void)state;
    assert_int_equal(failing_allocator_sweep(fill, NULL), 11);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_create),         cmocka_unit_test(test_queries),
        cmocka_unit_test(test_labels),         cmocka_unit_test(test_arrays_f32),
        cmocka_unit_test(test_arrays_f64),     cmocka_unit_test(test_weights_f32),
        cmocka_unit_test(test_weights_f64),    cmocka_unit_test(test_no_memory),
        cmocka_unit_test(test_late_allocator),
    };
    if (mlp_set_allocator(failing_allocate, failing_deallocate, NULL) != MLP_OK)
        return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
