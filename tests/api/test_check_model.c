/* The check of a whole model: what the library computes passes, and an activation that is wrong anywhere does not. */
#include "mlp/mlp.h"
#include "api/refusal.h"
#include "support/failing_allocator.h"

#include <math.h>

enum { ALL_ROWS = 26 };

static const struct {
    int32_t layers;
    int64_t widths[6];
} shapes[] = {{2, {3, 9, 2}},    {1, {1, 1}},          {1, {5, 3}},
              {3, {4, 4, 4, 1}}, {3, {16, 33, 17, 4}}, {5, {2, 7, 7, 7, 7, 1}}};

enum { SHAPES = sizeof shapes / sizeof *shapes };

static mlp_model *create(mlp_dtype dtype, int shape, mlp_activation activation, uint64_t seed)
{
    mlp_model *model = NULL;
    accepted(mlp_model_create(dtype, shapes[shape].layers, shapes[shape].widths, activation, &model));
    if (seed % 2)
        accepted(mlp_model_set_activation(model, shapes[shape].layers, activation));
    accepted(mlp_model_initialize(model, MLP_INIT_GLOROT_NORMAL, seed));
    return model;
}

static void assert_passes(const mlp_model *model, int64_t points, uint64_t seed, int32_t rows)
{
    mlp_check *check = NULL;
    accepted(mlp_check_model(model, points, seed, &check));
    assert_int_equal(mlp_check_count(check), rows);
    for (int32_t i = 0; i < rows; i++)
        if (!mlp_check_passed(check, i))
            fail_msg("%s against %s: %g of %g", mlp_check_name(check, i), mlp_check_method(check, i),
                     mlp_check_residual(check, i), mlp_check_bound(check, i));
    assert_int_equal(mlp_check_verdict(check), 1);
    mlp_check_destroy(check);
}

/* Except towers of exponentials, which overflow, and then do not pass. */
static void test_every_activation(void **state)
{
    (void)state;
    for (mlp_dtype dtype = MLP_F32; dtype <= MLP_F64; dtype++)
        for (mlp_activation id = 1; mlp_activation_name(id); id++)
            for (int shape = 0; shape < SHAPES; shape++)
                for (uint64_t seed = 0; seed < 3 && (id != MLP_EXP || shapes[shape].layers < 3); seed++) {
                    mlp_model *model = create(dtype, shape, id, seed);
                    assert_passes(model, 1 + (int64_t)seed, seed, ALL_ROWS);
                    mlp_model_destroy(model);
                }
}

/* In the user's units, with an activation of its own for each layer and inputs far from 0. */
static void test_scaling(void **state)
{
    static const double in_scale[] = {0.01, 3, 100, -2}, in_shift[] = {-5, 0.5, 1000, 0},
                        out_scale[] = {-250}, out_shift[] = {1e4};
    (void)state;
    for (int narrow = 0; narrow < 2; narrow++) {
        mlp_model *model = NULL;
        accepted(mlp_model_create(narrow ? MLP_F32 : MLP_F64, 3, shapes[3].widths, MLP_SILU, &model));
        accepted(mlp_model_set_activation(model, 1, MLP_SINE));
        accepted(mlp_model_set_activation_parameter(model, 1, 1.7));
        accepted(mlp_model_set_activation(model, 3, MLP_SOFTPLUS));
        accepted(mlp_model_initialize(model, MLP_INIT_SIREN, 3));
        if (narrow) {
            float values[4][4];
            for (int i = 0; i < 4; i++) {
                values[0][i] = (float)in_scale[i];
                values[1][i] = (float)in_shift[i];
            }
            values[2][0] = (float)out_scale[0];
            values[3][0] = (float)out_shift[0];
            accepted(mlp_model_set_input_scaling_f32(model, values[0], values[1]));
            accepted(mlp_model_set_output_scaling_f32(model, values[2], values[3]));
        } else {
            accepted(mlp_model_set_input_scaling_f64(model, in_scale, in_shift));
            accepted(mlp_model_set_output_scaling_f64(model, out_scale, out_shift));
        }
        for (uint64_t seed = 0; seed < 10; seed++)
            assert_passes(model, 5, seed, ALL_ROWS);
        mlp_model_destroy(model);
    }
}

/*
 * Wide layers: sums of 2 10^5 terms, units whose side of a kink rounding decides, and what is left out: Laplacian and Hessians
 * in x of many inputs.
 */
static void test_wide(void **state)
{
    static const int64_t widths[] = {784, 256, 128, 10};
    static const mlp_activation kinds[] = {MLP_RELU, MLP_SOFTSIGN, MLP_GELU};
    (void)state;
    for (mlp_dtype dtype = MLP_F32; dtype <= MLP_F64; dtype++)
        for (int i = 0; i < 3; i++) {
            mlp_model *model = NULL;
            accepted(mlp_model_create(dtype, 3, widths, kinds[i], &model));
            accepted(mlp_model_initialize(model, MLP_INIT_GLOROT_UNIFORM, (uint64_t)i));
            assert_passes(model, 2, 1, ALL_ROWS - 4);
            mlp_model_destroy(model);
        }
}

enum { RIGHT, OF_ANOTHER, CLIPPED, WRONG_SECOND, FAILS };

/* softsign where it is right or takes the slope of tanh; else tanh */
static int32_t own(int32_t order, int64_t n, const double *z, double *out, void *context)
{
    const int fault = *(const int *)context;
    for (int64_t i = 0; i < n; i++) {
        const double y = tanh(z[i]), kept = fmax(-0.9, fmin(0.9, y)), r = 1 / (1 + fabs(z[i]));
        const double side = z[i] > 0 ? 1 : -1;
        const double softsign[] = {z[i] * r, r * r, -2 * side * r * r * r, 6 * r * r * r * r};
        const double hyperbolic[] = {y, 1 - y * y, -2 * y * (1 - y * y), (6 * y * y - 2) * (1 - y * y)};
        out[i] = fault == RIGHT || fault == OF_ANOTHER ? softsign[order] : hyperbolic[order];
        if (order == 1 && fault == OF_ANOTHER)
            out[i] = hyperbolic[1];
        if (order == 1 && fault == CLIPPED)
            out[i] = 1 - kept * kept;
        if (order == 2 && fault == WRONG_SECOND)
            out[i] *= 1.0001;
    }
    return fault == FAILS ? -7 : 0;
}

static void test_own_activation(void **state)
{
    static const char *const condemned[] = {NULL, "own sigma'", "own sigma'", "own sigma''"};
    (void)state;
    for (int fault = RIGHT; fault < FAILS; fault++)
        for (mlp_dtype dtype = MLP_F32; dtype <= MLP_F64; dtype++) {
            mlp_activation id = 0;
            mlp_check *check = NULL;
            accepted(mlp_activation_register("own", 3, own, &fault, NULL, &id));
            mlp_model *model = create(dtype, 4, id, 1);
            accepted(mlp_check_model(model, 2, 1, &check));
            assert_int_equal(mlp_check_count(check), ALL_ROWS + 3);
            assert_int_equal(mlp_check_verdict(check), fault == RIGHT);
            for (int32_t i = 0; i < mlp_check_count(check) && fault != RIGHT; i++)
                if (strcmp(mlp_check_name(check, i), condemned[fault]) == 0)
                    assert_int_equal(mlp_check_passed(check, i), 0);
            mlp_check_destroy(check);
            mlp_model_destroy(model);
            accepted(mlp_activation_unregister(id));
        }
}

/* Rows are those of the derivatives there are. */
static void test_orders(void **state)
{
    static const int32_t rows[] = {0, 14 + 1, 14 + 10 + 2, ALL_ROWS + 3};
    int fault = RIGHT;
    (void)state;
    for (int32_t order = 1; order <= 3; order++) {
        mlp_activation id = 0;
        accepted(mlp_activation_register("own", order, own, &fault, NULL, &id));
        mlp_model *model = create(MLP_F64, 0, id, 0);
        assert_passes(model, 2, 1, rows[order]);
        mlp_model_destroy(model);
        accepted(mlp_activation_unregister(id));
    }
}

static void test_refusals(void **state)
{
    mlp_model *model = create(MLP_F64, 0, MLP_TANH, 0);
    mlp_check *check = (mlp_check *)(intptr_t)8;
    mlp_activation id = 0;
    int fault = FAILS;
    (void)state;
    refused(mlp_check_model(model, 1, 1, NULL), MLP_ERR_ARGUMENT, "check");
    refused(mlp_check_model(NULL, 1, 1, &check), MLP_ERR_ARGUMENT, "model");
    assert_null(check);
    refused(mlp_check_model(model, 0, 1, &check), MLP_ERR_SIZE, "points = 0");
    refused(mlp_check_model(model, 1025, 1, &check), MLP_ERR_SIZE, "points = 1025");
    mlp_model_destroy(model);
    for (int32_t order = 0; order < 2; order++) {
        accepted(mlp_activation_register("own", order, own, &fault, NULL, &id));
        model = create(MLP_F64, 0, id, 0);
        refused(mlp_check_model(model, 1, 1, &check), order ? MLP_ERR_CALLBACK : MLP_ERR_UNSUPPORTED, "own");
        mlp_model_destroy(model);
        accepted(mlp_activation_unregister(id));
    }
    assert_null(check);
}

static void test_memory(void **state)
{
    (void)state;
    for (mlp_dtype dtype = MLP_F32; dtype <= MLP_F64; dtype++) {
        mlp_model *model = create(dtype, 0, MLP_TANH, 0);
        mlp_check *check = NULL;
        for (int64_t n = 0;; n++) {
            const int64_t live = failing_allocator_live();
            failing_allocator_fail_from(n);
            const mlp_status status = mlp_check_model(model, 2, 1, &check);
            failing_allocator_relent();
            if (status == MLP_OK)
                break;
            assert_int_equal(status, MLP_ERR_MEMORY);
            assert_null(check);
            assert_int_equal(failing_allocator_live(), live);
            assert_true(n < 500);
        }
        mlp_check_destroy(check);
        mlp_model_destroy(model);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_activation),
        cmocka_unit_test(test_scaling),
        cmocka_unit_test(test_wide),
        cmocka_unit_test(test_own_activation),
        cmocka_unit_test(test_orders),
        cmocka_unit_test(test_refusals),
        cmocka_unit_test(test_memory),
    };
    mlp_set_allocator(failing_allocate, failing_deallocate, NULL);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
