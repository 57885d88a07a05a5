/* The table of activations: its form, names, kinks and limits, and the dispatch built on it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <float.h>
#include <math.h>
#include <string.h>

#include "layer/activation.h"

/* sigma^(order)(z) as a pass computes it; y for the kinds that read it. */
static double derive_f64(const mlpi_activation_kind *kind, int order, double z)
{
    double t = z, out;
    if (order > 0 && kind->reads == MLPI_READS_Y)
        kind->f64[0](1, &z, &t, kind->parameter_default);
    kind->f64[order](1, &t, &out, kind->parameter_default);
    return out;
}

static double derive_f32(const mlpi_activation_kind *kind, int order, float z)
{
    float t = z, out;
    if (order > 0 && kind->reads == MLPI_READS_Y)
        kind->f32[0](1, &z, &t, kind->parameter_default);
    kind->f32[order](1, &t, &out, kind->parameter_default);
    return out;
}

static void test_table(void **state)
{
    (void)state;
    assert_int_equal(mlpi_activation_kind_count(), 19);
    for (int32_t i = 0; i < mlpi_activation_kind_count(); i++) {
        const mlpi_activation_kind *kind = mlpi_activation_kind_at(i);
        assert_int_equal(kind->id, i + 1);
        assert_ptr_equal(mlpi_activation_kind_of(kind->id), kind);
        assert_true(kind->reads == MLPI_READS_Z || kind->reads == MLPI_READS_Y);
        for (int order = 0; order < MLPI_ORDERS; order++) {
            assert_non_null(kind->f32[order]);
            assert_non_null(kind->f64[order]);
        }
        if (kind->parameter) {
            assert_true(kind->parameter_minimum < kind->parameter_default);
            assert_true(kind->parameter_default < kind->parameter_maximum);
        } else {
            assert_true(kind->parameter_minimum == 0 && kind->parameter_maximum == 0);
        }
    }
    assert_null(mlpi_activation_kind_of(0));
    assert_null(mlpi_activation_kind_of(-1));
    assert_null(mlpi_activation_kind_of(20));
    assert_null(mlpi_activation_kind_of(INT32_MIN));
}

static void test_names(void **state)
{
    static const char *const names[] = {"identity", "relu",         "leaky_relu", "elu",       "selu",
                                        "sigmoid",  "hard_sigmoid", "tanh",       "hard_tanh", "softplus",
                                        "softsign", "gelu",         "gelu_tanh",  "silu",      "mish",
                                        "sine",     "gaussian",     "square",     "exp"};
    (void)state;
    for (int32_t id = 1; id <= mlpi_activation_kind_count(); id++) {
        assert_string_equal(mlpi_activation_name_of(id), names[id - 1]);
        assert_int_equal(mlpi_activation_find(names[id - 1]), id);
        assert_ptr_equal(mlpi_activation_kind_named(names[id - 1]), mlpi_activation_kind_of(id));
    }
    assert_int_equal(mlpi_activation_find("swish"), 0);
    assert_int_equal(mlpi_activation_find(""), 0);
    assert_int_equal(mlpi_activation_find("Tanh"), 0);
    assert_null(mlpi_activation_name_of(0));
    assert_null(mlpi_activation_name_of(999));
}

static void test_nan(void **state)
{
    (void)state;
    for (int32_t i = 0; i < mlpi_activation_kind_count(); i++)
        for (int order = 0; order < MLPI_ORDERS; order++) {
            assert_true(isnan(derive_f64(mlpi_activation_kind_at(i), order, NAN)));
            assert_true(isnan(derive_f64(mlpi_activation_kind_at(i), order, -NAN)));
            assert_true(isnan(derive_f32(mlpi_activation_kind_at(i), order, NAN)));
        }
}

/* What sigma tends to on the left and on the right, and the slopes it ends with. */
typedef struct limits {
    mlp_activation id;
    double left, right, left_slope, right_slope;
} limits;

static const limits known_limits[] = {
    {MLP_IDENTITY, -INFINITY, INFINITY, 1, 1},
    {MLP_RELU, 0, INFINITY, 0, 1},
    {MLP_LEAKY_RELU, -INFINITY, INFINITY, 0.01, 1},
    {MLP_ELU, -1, INFINITY, 0, 1},
    {MLP_SELU, -1.7580993408473768599, INFINITY, 0, 1.0507009873554804934},
    {MLP_SIGMOID, 0, 1, 0, 0},
    {MLP_HARD_SIGMOID, 0, 1, 0, 0},
    {MLP_TANH, -1, 1, 0, 0},
    {MLP_HARD_TANH, -1, 1, 0, 0},
    {MLP_SOFTPLUS, 0, INFINITY, 0, 1},
    {MLP_SOFTSIGN, -1, 1, 0, 0},
    {MLP_GELU, 0, INFINITY, 0, 1},
    {MLP_GELU_TANH, 0, INFINITY, 0, 1},
    {MLP_SILU, 0, INFINITY, 0, 1},
    {MLP_MISH, 0, INFINITY, 0, 1},
    {MLP_GAUSSIAN, 0, 0, 0, 0},
    {MLP_SQUARE, INFINITY, INFINITY, -INFINITY, INFINITY},
    {MLP_EXP, 0, INFINITY, 0, INFINITY},
};

static int near_or_equal(double value, double limit, double distance)
{
    return value == limit || fabs(value - limit) <= distance;
}

/* At z, an end of the axis: infinity, or so far out that a finite limit is reached. */
static void check_limit(const mlpi_activation_kind *kind, double z, double value, double slope)
{
    if (isinf(z) || isfinite(value)) {
        assert_true(near_or_equal(derive_f64(kind, 0, z), value, 4e-16));
        assert_true(near_or_equal(derive_f32(kind, 0, (float)z), value, 2e-7));
    }
    if (isinf(z) || isfinite(slope)) {
        assert_true(near_or_equal(derive_f64(kind, 1, z), slope, 1e-70)); /* softsign is slow */
        assert_true((float)derive_f32(kind, 1, (float)z) == (float)slope);
    }
    for (int order = 2; order < MLPI_ORDERS; order++) {
        const double bend = kind->id == MLP_SQUARE && order == 2 ? 2 : 0;
        if (kind->id == MLP_EXP)
            continue;
        assert_true(near_or_equal(derive_f64(kind, order, z), bend, 1e-70));
        assert_true(near_or_equal(derive_f32(kind, order, (float)z), bend, FLT_MIN));
    }
}

static void test_limits(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof known_limits / sizeof *known_limits; i++) {
        const limits *l = &known_limits[i];
        const mlpi_activation_kind *kind = mlpi_activation_kind_of(l->id);
        check_limit(kind, -INFINITY, l->left, l->left_slope);
        check_limit(kind, INFINITY, l->right, l->right_slope);
        check_limit(kind, -3e38, l->left, l->left_slope);
        check_limit(kind, 3e38, l->right, l->right_slope);
        for (int order = 0; order < MLPI_ORDERS; order++) {
            assert_false(isnan(derive_f64(kind, order, DBL_MAX)));
            assert_false(isnan(derive_f64(kind, order, -DBL_MAX)));
        }
    }
    assert_true(isnan(derive_f64(mlpi_activation_kind_of(MLP_SINE), 0, INFINITY)));
}

static void test_overflow(void **state)
{
    static const struct {
        mlp_activation id;
        double z, result_f32, result_f64;
    } cases[] = {
        {MLP_EXP, 89, INFINITY, 0},
        {MLP_EXP, 710, INFINITY, INFINITY},
        {MLP_SQUARE, -1e20, INFINITY, 0},
        {MLP_SQUARE, -1e200, INFINITY, INFINITY},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const mlpi_activation_kind *kind = mlpi_activation_kind_of(cases[i].id);
        assert_true(derive_f32(kind, 0, (float)cases[i].z) == cases[i].result_f32);
        if (cases[i].result_f64 > 0)
            assert_true(derive_f64(kind, 0, cases[i].z) == cases[i].result_f64);
        else
            assert_true(isfinite(derive_f64(kind, 0, cases[i].z)));
    }
}

/* At a kink the derivative is the one of the left piece; just beside it, the one of its own piece. */
static void test_kinks(void **state)
{
    static const struct {
        mlp_activation id;
        int order;
        double kink, left, right;
    } kinks[] = {
        {MLP_RELU, 1, 0, 0, 1},
        {MLP_LEAKY_RELU, 1, 0, 0.01, 1},
        {MLP_ELU, 2, 0, 1, 0},
        {MLP_ELU, 3, 0, 1, 0},
        {MLP_SELU, 1, 0, 1.7580993408473768599, 1.0507009873554804934},
        {MLP_SELU, 2, 0, 1.7580993408473768599, 0},
        {MLP_HARD_SIGMOID, 1, -3, 0, 1.0 / 6},
        {MLP_HARD_SIGMOID, 1, 3, 1.0 / 6, 0},
        {MLP_HARD_TANH, 1, -1, 0, 1},
        {MLP_HARD_TANH, 1, 1, 1, 0},
        {MLP_SOFTSIGN, 2, 0, 2, -2},
    };
    (void)state;
    for (size_t i = 0; i < sizeof kinks / sizeof *kinks; i++) {
        const mlpi_activation_kind *kind = mlpi_activation_kind_of(kinks[i].id);
        const double z = kinks[i].kink, before = nextafter(z, -INFINITY), after = nextafter(z, INFINITY);
        const float after_f32 = nextafterf((float)z, INFINITY);
        assert_true(derive_f64(kind, kinks[i].order, z) == kinks[i].left);
        assert_true(fabs(derive_f64(kind, kinks[i].order, before) - kinks[i].left) < 1e-14);
        assert_true(fabs(derive_f64(kind, kinks[i].order, after) - kinks[i].right) < 1e-14);
        assert_true((float)derive_f32(kind, kinks[i].order, (float)z) == (float)kinks[i].left);
        assert_true(fabs(derive_f32(kind, kinks[i].order, after_f32) - kinks[i].right) < 1e-6);
    }
}

/* Values known without a calculator. */
static void test_landmarks(void **state)
{
    static const struct {
        mlp_activation id;
        int order;
        double z, value;
    } marks[] = {
        {MLP_SIGMOID, 0, 0, 0.5},    {MLP_SIGMOID, 1, 0, 0.25}, {MLP_SIGMOID, 2, 0, 0},
        {MLP_SIGMOID, 3, 0, -0.125}, {MLP_TANH, 0, 0, 0},       {MLP_TANH, 1, 0, 1},
        {MLP_TANH, 3, 0, -2},        {MLP_GELU, 0, 0, 0},       {MLP_GELU, 1, 0, 0.5},
        {MLP_GELU_TANH, 1, 0, 0.5},  {MLP_SILU, 1, 0, 0.5},     {MLP_SILU, 2, 0, 0.5},
        {MLP_MISH, 1, 0, 0.6},       {MLP_MISH, 2, 0, 0.64},    {MLP_GAUSSIAN, 0, 0, 1},
        {MLP_GAUSSIAN, 2, 0, -2},    {MLP_SOFTPLUS, 1, 0, 0.5}, {MLP_SOFTSIGN, 0, 1, 0.5},
        {MLP_SOFTSIGN, 1, 1, 0.25},  {MLP_SQUARE, 0, -3, 9},    {MLP_SQUARE, 1, -3, -6},
        {MLP_SQUARE, 2, -3, 2},      {MLP_SQUARE, 3, -3, 0},    {MLP_SINE, 1, 0, 1},
        {MLP_SINE, 3, 0, -1},        {MLP_EXP, 3, 0, 1},
    };
    (void)state;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        const mlpi_activation_kind *kind = mlpi_activation_kind_of(marks[i].id);
        assert_true(fabs(derive_f64(kind, marks[i].order, marks[i].z) - marks[i].value) <= 2.3e-16);
        assert_true(fabs(derive_f32(kind, marks[i].order, (float)marks[i].z) - marks[i].value) <= 1.2e-7);
    }
}

/* A kernel gives each element the same bits alone, in an array, and in place; nothing is written past it. */
static void test_arrays(void **state)
{
    enum { N = 67 };
    (void)state;
    for (int32_t i = 0; i < mlpi_activation_kind_count(); i++)
        for (int order = 0; order < MLPI_ORDERS; order++) {
            const mlpi_activation_kind *kind = mlpi_activation_kind_at(i);
            const double p = kind->parameter_default;
            double z[N], out[N + 1], one;
            float z32[N], out32[N + 1], one32;
            for (int j = 0; j < N; j++)
                z32[j] = (float)(z[j] = -5 + j / 6.5);
            out[N] = out32[N] = 42;
            kind->f64[order](N, z, out, p);
            kind->f32[order](N, z32, out32, p);
            assert_true(out[N] == 42 && out32[N] == 42);
            for (int j = 0; j < N; j++) {
                kind->f64[order](1, &z[j], &one, p);
                kind->f32[order](1, &z32[j], &one32, p);
                assert_true(one == out[j] && one32 == out32[j]);
            }
            kind->f64[order](N, z, z, p);
            kind->f32[order](N, z32, z32, p);
            assert_memory_equal(z, out, sizeof z);
            assert_memory_equal(z32, out32, sizeof z32);
            kind->f64[order](0, NULL, NULL, p);
            kind->f32[order](0, NULL, NULL, p);
        }
}

static void test_built_in_dispatch(void **state)
{
    (void)state;
    for (int32_t i = 0; i < mlpi_activation_kind_count(); i++) {
        const mlpi_activation_kind *kind = mlpi_activation_kind_at(i);
        mlpi_activation a;
        assert_int_equal(mlpi_activation_acquire(kind->id, &a), MLP_OK);
        mlpi_activation b = mlpi_activation_share(&a);
        assert_ptr_equal(b.kind, kind);
        assert_null(b.custom);
        assert_true(b.parameter == kind->parameter_default);
        assert_int_equal(mlpi_activation_id(&b), kind->id);
        assert_string_equal(mlpi_activation_name(&b), kind->name);
        assert_int_equal(mlpi_activation_reads(&b), kind->reads);
        assert_int_equal(mlpi_activation_max_order(&b), 3);
        assert_int_equal(mlpi_activation_is_identity(&b) != 0, kind->id == MLP_IDENTITY);
        mlpi_activation_release(&b);
        mlpi_activation_release(&a);
        assert_null(a.kind);
    }
    mlpi_activation none;
    memset(&none, 0x5a, sizeof none);
    assert_int_equal(mlpi_activation_acquire(20, &none), MLP_ERR_ARGUMENT);
    assert_true(!none.kind && !none.custom);
}

/* What a pass computes: sigma, then the derivative from what the kind reads. */
static void pass_f64(const mlpi_activation *a, int order, int64_t n, const double *z, double *out)
{
    if (order > 0 && mlpi_activation_reads(a) == MLPI_READS_Y) {
        assert_int_equal(mlpi_activation_apply_f64(a, 0, n, z, out), MLP_OK);
        z = out;
    }
    assert_int_equal(mlpi_activation_apply_f64(a, order, n, z, out), MLP_OK);
}

static void pass_f32(const mlpi_activation *a, int order, int64_t n, const float *z, float *out)
{
    if (order > 0 && mlpi_activation_reads(a) == MLPI_READS_Y) {
        assert_int_equal(mlpi_activation_apply_f32(a, 0, n, z, out), MLP_OK);
        z = out;
    }
    assert_int_equal(mlpi_activation_apply_f32(a, order, n, z, out), MLP_OK);
}

/* From z, chunk by chunk and in place, every kind gives what it gives in a pass. */
static void test_evaluate(void **state)
{
    enum { N = 700 };
    (void)state;
    for (int32_t i = 0; i < mlpi_activation_kind_count(); i++)
        for (int order = 0; order < MLPI_ORDERS; order++) {
            mlpi_activation a;
            double z[N], want[N];
            float z32[N], want32[N];
            assert_int_equal(mlpi_activation_acquire(mlpi_activation_kind_at(i)->id, &a), MLP_OK);
            for (int j = 0; j < N; j++)
                z32[j] = (float)(z[j] = -7 + j / 50.0);
            pass_f64(&a, order, N, z, want);
            pass_f32(&a, order, N, z32, want32);
            assert_int_equal(mlpi_activation_evaluate_f64(&a, order, N, z, z), MLP_OK);
            assert_int_equal(mlpi_activation_evaluate_f32(&a, order, N, z32, z32), MLP_OK);
            assert_memory_equal(z, want, sizeof z);
            assert_memory_equal(z32, want32, sizeof z32);
            mlpi_activation_release(&a);
        }
}

/*
 * No slope is beyond the bound and some are near it, with parameters of both signs (a sine's of 0.01 excepted); where
 * there is none, slopes do pass any that others have.
 */
static void test_steepest(void **state)
{
    static const double parameters[] = {0.01, 1, 3, -3, 40};
    (void)state;
    for (int32_t i = 0; i < mlpi_activation_kind_count(); i++) {
        const mlpi_activation_kind *kind = mlpi_activation_kind_at(i);
        for (size_t k = 0; k < sizeof parameters / sizeof *parameters; k++) {
            const mlpi_activation activation = {kind, NULL, kind->parameter ? parameters[k] : 0};
            const double most = mlpi_activation_steepest(&activation);
            double seen = 0;
            if (kind->parameter && parameters[k] < kind->parameter_minimum)
                continue;
            for (double z = -30; z <= 30; z += 1.0 / 64) {
                double t = z, slope;
                if (kind->reads == MLPI_READS_Y)
                    kind->f64[0](1, &z, &t, activation.parameter);
                kind->f64[1](1, &t, &slope, activation.parameter);
                seen = fmax(seen, fabs(slope));
            }
            if (isfinite(most))
                assert_true(seen <= most * (1 + 4 * DBL_EPSILON) &&
                            seen > most * (kind->id == MLP_SINE ? 0.009 : 0.999));
            else
                assert_true(seen > 50);
        }
    }
}

/* What is said to be bounded by 1 is, and what is not said to be is not. */
static void test_bounded(void **state)
{
    (void)state;
    for (int32_t k = 0; k < mlpi_activation_kind_count(); k++) {
        const mlpi_activation_kind *kind = mlpi_activation_kind_at(k);
        double most = 0;
        for (double z = -60; z <= 60; z += 0x1p-4) {
            double y;
            kind->f64[0](1, &z, &y, kind->parameter_default);
            most = fmax(most, fabs(y));
        }
        if ((most <= 1) != kind->bounded)
            fail_msg("%s reaches %g", kind->name, most);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_table),    cmocka_unit_test(test_names),
        cmocka_unit_test(test_nan),      cmocka_unit_test(test_limits),
        cmocka_unit_test(test_bounded),  cmocka_unit_test(test_overflow),
        cmocka_unit_test(test_kinks),    cmocka_unit_test(test_landmarks),
        cmocka_unit_test(test_arrays),   cmocka_unit_test(test_built_in_dispatch),
        cmocka_unit_test(test_evaluate), cmocka_unit_test(test_steepest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
