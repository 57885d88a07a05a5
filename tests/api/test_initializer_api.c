/* The initialisers of mlp/model.h: their names and parameters, and what they draw, against the library alone. */
#include "mlp/mlp.h"
#include "api/refusal.h"

#include <math.h>
#include <stdio.h>

/* What the header states of each. */
static const struct {
    mlp_initializer initializer;
    const char *name, *parameter; /* NULL: none */
} kinds[] = {
    {MLP_INIT_ZEROS, "zeros", NULL},
    {MLP_INIT_CONSTANT, "constant", "value"},
    {MLP_INIT_UNIFORM, "uniform", "limit"},
    {MLP_INIT_NORMAL, "normal", "std"},
    {MLP_INIT_GLOROT_UNIFORM, "glorot_uniform", NULL},
    {MLP_INIT_GLOROT_NORMAL, "glorot_normal", NULL},
    {MLP_INIT_HE_UNIFORM, "he_uniform", NULL},
    {MLP_INIT_HE_NORMAL, "he_normal", NULL},
    {MLP_INIT_LECUN_UNIFORM, "lecun_uniform", NULL},
    {MLP_INIT_LECUN_NORMAL, "lecun_normal", NULL},
    {MLP_INIT_ORTHOGONAL, "orthogonal", "gain"},
    {MLP_INIT_SIREN, "siren", NULL},
};

enum { KINDS = sizeof kinds / sizeof *kinds };

static const mlp_initializer unknown[] = {0, KINDS + 1, -1, INT32_MIN, INT32_MAX};

enum { UNKNOWN = sizeof unknown / sizeof *unknown };

static void test_names(void **state)
{
    static const char *const words[] = {"", "Zeros", "zeros ", "zero", "he", "glorot-uniform", "tanh"};
    (void)state;
    for (int k = 0; k < KINDS; k++) {
        assert_string_equal(mlp_initializer_name(kinds[k].initializer), kinds[k].name);
        assert_int_equal(mlp_initializer_from_name(kinds[k].name), kinds[k].initializer);
    }
    for (int k = 0; k < UNKNOWN; k++)
        assert_null(mlp_initializer_name(unknown[k]));
    for (size_t k = 0; k < sizeof words / sizeof *words; k++)
        assert_int_equal(mlp_initializer_from_name(words[k]), 0);
    assert_int_equal(mlp_initializer_from_name(NULL), 0);
}

static void test_bad_parameter(void **state)
{
    char word[40];
    (void)state;
    for (int k = 0; k < UNKNOWN; k++) {
        const char *name = "untouched";
        double value = 77, least = 77, most = 77;
        snprintf(word, sizeof word, "initializer = %d: ", (int)unknown[k]);
        refused(mlp_initializer_parameter(unknown[k], &name, &value, &least, &most), MLP_ERR_ARGUMENT, word);
        assert_string_equal(name, "untouched");
        assert_true(value == 77 && least == 77 && most == 77);
    }
}

/* Name, default and bounds; any of the outputs may be left out. */
static void test_parameters(void **state)
{
    (void)state;
    for (int k = 0; k < KINDS; k++) {
        const mlp_initializer id = kinds[k].initializer;
        const char *name = "untouched", *alone = "untouched";
        double value = 77, least = 77, most = 77, again = 77;
        accepted(mlp_initializer_parameter(id, &name, &value, &least, &most));
        if (kinds[k].parameter) {
            assert_string_equal(name, kinds[k].parameter);
            assert_true(least <= value && value <= most && least < most);
        } else {
            assert_null(name);
        }
        accepted(mlp_initializer_parameter(id, &alone, NULL, NULL, NULL));
        assert_ptr_equal(alone, name);
        accepted(mlp_initializer_parameter(id, NULL, &again, NULL, NULL));
        assert_true(again == value);
        accepted(mlp_initializer_parameter(id, NULL, NULL, &again, NULL));
        assert_true(again == least);
        accepted(mlp_initializer_parameter(id, NULL, NULL, NULL, &again));
        assert_true(again == most);
        accepted(mlp_initializer_parameter(id, NULL, NULL, NULL, NULL));
    }
}

/* Bounds are inclusive for mlp_model_initialize_layer(), and nothing outside them is taken. */
static void test_bounds(void **state)
{
    static const int64_t widths[] = {2, 3};
    mlp_model *model = NULL;
    (void)state;
    accepted(mlp_model_create(MLP_F64, 1, widths, MLP_TANH, &model));
    for (int k = 0; k < KINDS; k++) {
        const mlp_initializer id = kinds[k].initializer;
        double value, least, most;
        accepted(mlp_initializer_parameter(id, NULL, &value, &least, &most));
        accepted(mlp_model_initialize_layer(model, 1, id, least, 1));
        accepted(mlp_model_initialize_layer(model, 1, id, most, 1));
        const uint64_t generation = mlp_model_generation(model);
        const double outside[] = {nextafter(least, -INFINITY), nextafter(most, INFINITY), INFINITY, -INFINITY,
                                  NAN};
        for (int i = 0; i < 5 && kinds[k].parameter; i++)
            refused(mlp_model_initialize_layer(model, 1, id, outside[i], 1), MLP_ERR_ARGUMENT,
                    "parameter = ");
        assert_true(mlp_model_generation(model) == generation);
        for (int i = 0; i < 5 && !kinds[k].parameter; i++)
            accepted(mlp_model_initialize_layer(model, 1, id, outside[i], 1)); /* not looked at */
    }
    mlp_model_destroy(model);
}

/* mlp_model_initialize() takes the default that mlp_initializer_parameter() tells; f32 rounds what f64 gets. */
static void test_defaults(void **state)
{
    enum { COUNT = 5 * (6 + 1) + 8 * (5 + 1) };
    static const int64_t widths[] = {6, 5, 8};
    mlp_model *whole = NULL, *layers = NULL, *single = NULL;
    (void)state;
    accepted(mlp_model_create(MLP_F64, 2, widths, MLP_SINE, &whole));
    accepted(mlp_model_create(MLP_F64, 2, widths, MLP_SINE, &layers));
    accepted(mlp_model_create(MLP_F32, 2, widths, MLP_SINE, &single));
    assert_int_equal(mlp_model_param_count(whole), COUNT);
    for (int k = 0; k < KINDS; k++) {
        double a[COUNT], b[COUNT], value = 0;
        float c[COUNT];
        accepted(mlp_initializer_parameter(kinds[k].initializer, NULL, &value, NULL, NULL));
        accepted(mlp_model_initialize(whole, kinds[k].initializer, 9));
        accepted(mlp_model_initialize(single, kinds[k].initializer, 9));
        for (int32_t layer = 1; layer <= 2; layer++)
            accepted(mlp_model_initialize_layer(layers, layer, kinds[k].initializer, value, 9));
        accepted(mlp_model_get_params_f64(whole, 0, COUNT, a));
        accepted(mlp_model_get_params_f64(layers, 0, COUNT, b));
        accepted(mlp_model_get_params_f32(single, 0, COUNT, c));
        assert_memory_equal(a, b, sizeof a);
        for (int64_t i = 0; i < COUNT; i++)
            assert_true(c[i] == (float)a[i]);
    }
    mlp_model_destroy(whole);
    mlp_model_destroy(layers);
    mlp_model_destroy(single);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names),      cmocka_unit_test(test_bad_parameter),
        cmocka_unit_test(test_parameters), cmocka_unit_test(test_bounds),
        cmocka_unit_test(test_defaults),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
