/* Every function of mlp/activation.h, and the names of mlp/base.h, against the library alone. */
#include "mlp/activation.h"
#include "api/refusal.h"
#include "support/failing_allocator.h"

#include <float.h>
#include <math.h>

/* 3 z; gives up with 5 on a value that reaches the limit its context points to. */
static int32_t triple(int32_t order, int64_t n, const double *z, double *out, void *context)
{
    const double *limit = context;
    for (int64_t i = 0; i < n; i++) {
        if (z[i] >= *limit)
            return 5;
        out[i] = order == 0 ? 3 * z[i] : 3;
    }
    return 0;
}

static void add_one(void *context)
{
    ++*(int *)context;
}

#define REAL         float
#define T(name)      name##_f32
#define REAL_EPSILON FLT_EPSILON
#include "activation_api_tmpl.h"
#undef REAL
#undef T
#undef REAL_EPSILON
#define REAL         double
#define T(name)      name##_f64
#define REAL_EPSILON DBL_EPSILON
#include "activation_api_tmpl.h"

static void test_names(void **state)
{
    (void)state;
    for (mlp_activation a = MLP_IDENTITY; a <= MLP_EXP; a++) {
        assert_non_null(mlp_activation_name(a));
        assert_int_equal(mlp_activation_from_name(mlp_activation_name(a)), a);
    }
    assert_string_equal(mlp_activation_name(MLP_LEAKY_RELU), "leaky_relu");
    static const mlp_activation unknown[] = {0, -1, MLP_EXP + 1, 999, INT32_MAX, INT32_MIN};
    for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++)
        assert_null(mlp_activation_name(unknown[i]));
    static const char *const words[] = {"", "Tanh", "tanh ", "tan", "leaky-relu"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        assert_int_equal(mlp_activation_from_name(words[i]), 0);
    assert_int_equal(mlp_activation_from_name(NULL), 0);
}

static void test_dtype_names(void **state)
{
    (void)state;
    assert_string_equal(mlp_dtype_name(MLP_F32), "f32");
    assert_string_equal(mlp_dtype_name(MLP_F64), "f64");
    assert_null(mlp_dtype_name(0));
    assert_null(mlp_dtype_name(3));
    assert_null(mlp_dtype_name(-1));
    assert_int_equal(mlp_dtype_from_name("f32"), MLP_F32);
    assert_int_equal(mlp_dtype_from_name("f64"), MLP_F64);
    assert_int_equal(mlp_dtype_from_name("F32"), 0);
    assert_int_equal(mlp_dtype_from_name(""), 0);
    assert_int_equal(mlp_dtype_from_name(NULL), 0);
}

/* The default lies within the bounds, and both bounds are allowed. */
static void test_parameters(void **state)
{
    static const struct {
        mlp_activation activation;
        const char *name;
        double value;
    } known[] = {{MLP_LEAKY_RELU, "slope", 0.01}, {MLP_ELU, "alpha", 1}, {MLP_SINE, "omega", 1}};
    int found = 0;
    (void)state;
    for (mlp_activation a = MLP_IDENTITY; a <= MLP_EXP; a++) {
        const char *name = "";
        double value = 77, least = 77, most = 77;
        accepted(mlp_activation_parameter(a, &name, &value, &least, &most));
        if (!name)
            continue;
        assert_string_equal(name, known[found].name);
        assert_int_equal(a, known[found].activation);
        assert_true(value == known[found].value && least < value && value < most);
        (void)sigma_f64(a, least, 0, -1);
        (void)sigma_f32(a, most, 0, -1);
        found++;
    }
    assert_int_equal(found, 3);
    accepted(mlp_activation_parameter(MLP_ELU, NULL, NULL, NULL, NULL));
}

static void test_bad_parameter(void **state)
{
    static const mlp_activation unknown[] = {0, -1, MLP_EXP + 1, 999, INT32_MIN, INT32_MAX};
    (void)state;
    for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++) {
        const char *name = "untouched";
        double value = 77, least = 77, most = 77;
        refused(mlp_activation_parameter(unknown[i], &name, &value, &least, &most), MLP_ERR_ARGUMENT,
                "activation = ");
        assert_string_equal(name, "untouched");
        assert_true(value == 77 && least == 77 && most == 77);
    }
}

static void test_bad_register(void **state)
{
    static const struct {
        const char *name;
        int32_t max_order;
        mlp_activation_fn function;
        const char *message;
    } cases[] = {
        {NULL, 1, triple, "name = NULL"},
        {"", 1, triple, "name = \"\""},
        {"Triple", 1, triple, "name = \"Tri"},
        {"tri ple", 1, triple, "name = \"tri ple\""},
        {"relu", 1, triple, "name = \"relu\""},
        {"taken", 1, triple, "name = \"taken\""},
        {"triple", -1, triple, "max_order = -1"},
        {"triple", 4, triple, "max_order = 4"},
        {"triple", INT32_MIN, triple, "max_order = -2147483648"},
        {"triple", INT32_MAX, triple, "max_order = 2147483647"},
        {"triple", 1, NULL, "function = NULL"},
        {"a_name_of_64_characters_which_is_one_more_than_the_header_allows", 1, triple, "name = \"a_name_of"},
    };
    int released = 0;
    mlp_activation taken, id;
    (void)state;
    accepted(mlp_activation_register("taken", 0, triple, &released, add_one, &taken));
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        id = 77;
        refused(mlp_activation_register(cases[i].name, cases[i].max_order, cases[i].function, &released,
                                        add_one, &id),
                MLP_ERR_ARGUMENT, cases[i].message);
        assert_int_equal(id, 0);
    }
    refused(mlp_activation_register("triple", 1, triple, &released, add_one, NULL), MLP_ERR_ARGUMENT,
            "activation = NULL");
    failing_allocator_fail_once(0);
    refused(mlp_activation_register("triple", 1, triple, &released, add_one, &id), MLP_ERR_MEMORY,
            "activation");
    failing_allocator_relent();
    assert_int_equal(released, 0);
    assert_int_equal(mlp_activation_from_name("triple"), 0);
    accepted(mlp_activation_unregister(taken));
    assert_int_equal(released, 1);
    for (id = -1; id < 22; id++)
        refused(mlp_activation_unregister(id), MLP_ERR_ARGUMENT, "activation = ");
    refused(mlp_activation_unregister(taken), MLP_ERR_ARGUMENT, "activation = ");
    refused(mlp_activation_unregister(INT32_MIN), MLP_ERR_ARGUMENT, "activation = -2147483648");
    refused(mlp_activation_unregister(INT32_MAX), MLP_ERR_ARGUMENT, "activation = 2147483647");
}

static void test_registered_queries(void **state)
{
    const char *name = "";
    double value = 77, least = 77, most = 77;
    mlp_activation id;
    (void)state;
    accepted(mlp_activation_register("triple_0", 3, triple, NULL, NULL, &id));
    assert_string_equal(mlp_activation_name(id), "triple_0");
    assert_int_equal(mlp_activation_from_name("triple_0"), id);
    accepted(mlp_activation_parameter(id, &name, &value, &least, &most));
    assert_null(name);
    assert_true(value == 0 && least == 0 && most == 0);
    accepted(mlp_activation_unregister(id));
    assert_null(mlp_activation_name(id));
    assert_int_equal(mlp_activation_from_name("triple_0"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_dtype_names),
        cmocka_unit_test(test_parameters),
        cmocka_unit_test(test_bad_parameter),
        cmocka_unit_test(test_bad_register),
        cmocka_unit_test(test_registered_queries),
        cmocka_unit_test(test_values_f32),
        cmocka_unit_test(test_values_f64),
        cmocka_unit_test(test_arrays_f32),
        cmocka_unit_test(test_arrays_f64),
        cmocka_unit_test(test_bad_evaluate_f32),
        cmocka_unit_test(test_bad_evaluate_f64),
        cmocka_unit_test(test_registered_f32),
        cmocka_unit_test(test_registered_f64),
    };
    mlp_set_allocator(failing_allocate, failing_deallocate, NULL);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
