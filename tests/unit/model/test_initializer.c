/* Initialisers: their table, distributions, positions and bits. Statistical bounds are 5 standard deviations. */
#include "model/initializer.h"
#include "base/memory.h"
#include "support/fingerprint.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

static int allocations_left = -1; /* -1: no limit */
static int allocations_held;

static void *allocate(int64_t bytes, int64_t alignment, void *context)
{
    (void)context;
    void *memory = NULL;
    if (allocations_left == 0 || posix_memalign(&memory, (size_t)alignment, (size_t)bytes) != 0)
        return NULL;
    allocations_left -= allocations_left > 0;
    allocations_held++;
    return memory;
}

static void deallocate(void *memory, void *context)
{
    (void)context;
    allocations_held--;
    free(memory);
}

/* The net whose bits are pinned: tall, wide and square layers. */
enum { GOLDEN_WIDTHS = 5 };
static const int64_t golden_widths[GOLDEN_WIDTHS] = {7, 19, 5, 5, 3};
static const double golden_parameter = 0.3, golden_omega = 30;

#include "base/real32.h"
#include "initializer_cases_tmpl.h"
#include "base/real64.h"
#include "initializer_cases_tmpl.h"

static const struct golden {
    int32_t id;
    uint64_t f32, f64;
} golden[] = {
    {MLP_INIT_ZEROS, 0x74b4429a2fdd70e5, 0x89290f58593c8ea5},
    {MLP_INIT_CONSTANT, 0xc4204ea1e1013f8d, 0x336a8b9bf80e6fe5},
    {MLP_INIT_UNIFORM, 0x56788b42eae485d6, 0xa7a6fc6f64ff70db},
    {MLP_INIT_NORMAL, 0xcf9bae8da0d674c0, 0x5958c096d06c2d0c},
    {MLP_INIT_GLOROT_UNIFORM, 0x28a394e7936b48fd, 0x2aaf6540937e69dc},
    {MLP_INIT_GLOROT_NORMAL, 0xcf65a293e4590bc4, 0xecb837ddd73405e6},
    {MLP_INIT_HE_UNIFORM, 0x53f0ac5a518ee076, 0xccad9e2510d541e5},
    {MLP_INIT_HE_NORMAL, 0x1a141d62b9c41793, 0x4e60c4cbaf733856},
    {MLP_INIT_LECUN_UNIFORM, 0x78a9b40d832766d3, 0x517502ca6975b614},
    {MLP_INIT_LECUN_NORMAL, 0x4b14f64bfdde536f, 0xdfbcacf43cbfc792},
    {MLP_INIT_ORTHOGONAL, 0x741455ae99380551, 0xfe7e487e68ec2d6d},
    {MLP_INIT_SIREN, 0x1f032e5db4ade839, 0xc55721907a0efa4f},
};

/* Pins the bits: they are the same for every compiler, option, C library, BLAS and machine. */
static void golden_bits(void **state)
{
    (void)state;
    int differing = 0;
    for (size_t i = 0; i < sizeof golden / sizeof golden[0]; i++) {
        const mlpi_initializer *kind = mlpi_initializer_of(golden[i].id);
        const uint64_t f32 = fingerprint_net_f32(kind), f64 = fingerprint_net_f64(kind);
        print_message("%-14s f32 0x%016llx f64 0x%016llx\n", kind->name, (unsigned long long)f32,
                      (unsigned long long)f64);
        differing += f32 != golden[i].f32 || f64 != golden[i].f64;
    }
    assert_int_equal(differing, 0);
}

static void table_is_consistent(void **state)
{
    (void)state;
    assert_int_equal(mlpi_initializer_count(), sizeof golden / sizeof golden[0]);
    for (int32_t i = 0; i < mlpi_initializer_count(); i++) {
        const mlpi_initializer *kind = mlpi_initializer_at(i);
        assert_int_equal(kind->id, golden[i].id);
        assert_ptr_equal(mlpi_initializer_of(kind->id), kind);
        assert_ptr_equal(mlpi_initializer_find(kind->name), kind);
        assert_true(kind->parameter_minimum <= kind->parameter_default &&
                    kind->parameter_default <= kind->parameter_maximum);
    }
    assert_null(mlpi_initializer_at(-1));
    assert_null(mlpi_initializer_at(mlpi_initializer_count()));
}

static void names_are_public(void **state)
{
    (void)state;
    for (int32_t i = 0; i < mlpi_initializer_count(); i++) {
        const mlpi_initializer *kind = mlpi_initializer_at(i);
        assert_string_equal(mlp_initializer_name(kind->id), kind->name);
        assert_int_equal(mlp_initializer_from_name(kind->name), kind->id);
    }
    assert_null(mlp_initializer_name(0));
    assert_null(mlp_initializer_name(mlpi_initializer_count() + 1));
    assert_int_equal(mlp_initializer_from_name("glorot"), 0);
    assert_int_equal(mlp_initializer_from_name(""), 0);
    assert_int_equal(mlp_initializer_from_name(NULL), 0);
}

static void parameters_are_public(void **state)
{
    (void)state;
    const char *name = "untouched";
    double value = 7, minimum = 7, maximum = 7;
    assert_int_equal(mlp_initializer_parameter(99, &name, &value, &minimum, &maximum), MLP_ERR_ARGUMENT);
    assert_string_equal(name, "untouched");
    assert_true(value == 7 && minimum == 7 && maximum == 7);
    assert_int_equal(mlp_initializer_parameter(MLP_INIT_ORTHOGONAL, &name, &value, &minimum, &maximum),
                     MLP_OK);
    assert_string_equal(name, "gain");
    assert_true(value == 1 && minimum == 0 && maximum > 1);
    assert_int_equal(mlp_initializer_parameter(MLP_INIT_HE_NORMAL, &name, NULL, NULL, NULL), MLP_OK);
    assert_null(name);
}

static void padding_is_untouched(void **state)
{
    (void)state;
    for (int32_t i = 0; i < mlpi_initializer_count(); i++) {
        check_padding_f32(mlpi_initializer_at(i));
        check_padding_f64(mlpi_initializer_at(i));
    }
}

static void f32_is_f64_rounded(void **state)
{
    (void)state;
    enum { N_OUT = 23, N_IN = 31 };
    for (int32_t k = 0; k < mlpi_initializer_count(); k++) {
        const mlpi_initializer *kind = mlpi_initializer_at(k);
        float A32[N_OUT * N_IN], b32[N_OUT];
        double A64[N_OUT * N_IN], b64[N_OUT];
        mlpi_initializer_fill_f32(kind, 1.7, 5, 2, 3, N_OUT, N_IN, A32, N_OUT, b32);
        mlpi_initializer_fill_f64(kind, 1.7, 5, 2, 3, N_OUT, N_IN, A64, N_OUT, b64);
        for (int i = 0; i < N_OUT * N_IN; i++)
            assert_true(A32[i] == (float)A64[i]);
        for (int i = 0; i < N_OUT; i++)
            assert_true(b32[i] == (float)b64[i]);
    }
}

/* Every element is the scale times the variate at its own position of the layer's own stream. */
static void elements_stand_at_their_positions(void **state)
{
    (void)state;
    enum { N_OUT = 6, N_IN = 9, LAYER = 3 };
    const mlpi_random stream = mlpi_random_stream(11, MLPI_RANDOM_INITIALIZER, LAYER);
    double A[N_OUT * N_IN], b[N_OUT];
    mlpi_initializer_fill_f64(mlpi_initializer_of(MLP_INIT_NORMAL), 2, 11, LAYER, 1, N_OUT, N_IN, A, N_OUT,
                              b);
    for (int j = 0; j < N_IN; j++)
        for (int i = 0; i < N_OUT; i++)
            assert_true(A[i + j * N_OUT] == 2 * mlpi_random_normal_at(&stream, (uint64_t)(i + j * N_OUT)));
    mlpi_initializer_fill_f64(mlpi_initializer_of(MLP_INIT_UNIFORM), 2, 11, LAYER, 1, N_OUT, N_IN, A, N_OUT,
                              b);
    for (int i = 0; i < N_OUT * N_IN; i++)
        assert_true(A[i] == 2 * (2 * mlpi_random_uniform_at(&stream, (uint64_t)i) - 1));
}

static void layers_and_seeds_differ(void **state)
{
    (void)state;
    for (int32_t k = 0; k < mlpi_initializer_count(); k++) {
        const mlpi_initializer *kind = mlpi_initializer_at(k);
        double A[3][16], b[4];
        mlpi_initializer_fill_f64(kind, 1, 1, 2, 1, 4, 4, A[0], 4, b);
        mlpi_initializer_fill_f64(kind, 1, 1, 3, 1, 4, 4, A[1], 4, b);
        mlpi_initializer_fill_f64(kind, 1, 2, 2, 1, 4, 4, A[2], 4, b);
        const int random = kind->id != MLP_INIT_ZEROS && kind->id != MLP_INIT_CONSTANT;
        for (int i = 0; i < 16; i++) {
            assert_int_equal(A[0][i] != A[1][i], random);
            assert_int_equal(A[0][i] != A[2][i], random);
        }
    }
}

static void zeros_and_constant(void **state)
{
    (void)state;
    float A[6], b[3] = {1, 1, 1};
    mlpi_initializer_fill_f32(mlpi_initializer_of(MLP_INIT_CONSTANT), -0.25, 1, 1, 1, 3, 2, A, 3, b);
    for (int i = 0; i < 6; i++)
        assert_true(A[i] == -0.25f);
    assert_true(b[0] == 0 && b[1] == 0 && b[2] == 0);
    mlpi_initializer_fill_f32(mlpi_initializer_of(MLP_INIT_ZEROS), -0.25, 1, 1, 1, 3, 2, A, 3, b);
    for (int i = 0; i < 6; i++)
        assert_true(A[i] == 0 && !signbit(A[i]));
}

enum { LAYER_OUT = 300, LAYER_IN = 500, LAYER_SIZE = LAYER_OUT * LAYER_IN };

/*
 * Mean 0 and the paper's variance; a uniform kind stays within its bound and comes close to it. `fourth` is E w^4 /
 * (E w^2)^2: 3 for normal, 9/5 for uniform.
 */
static void check_distribution(int32_t id, double parameter, int32_t layer, double omega, double variance,
                               double fourth)
{
    const mlpi_initializer *kind = mlpi_initializer_of(id);
    double *A = malloc(LAYER_SIZE * sizeof *A), b[LAYER_OUT], sum = 0, squares = 0, largest = 0;
    assert_non_null(A);
    mlpi_initializer_fill_f64(kind, parameter, 8, layer, omega, LAYER_OUT, LAYER_IN, A, LAYER_OUT, b);
    for (int i = 0; i < LAYER_SIZE; i++) {
        sum += A[i];
        squares += A[i] * A[i];
        largest = fmax(largest, fabs(A[i]));
    }
    free(A);
    print_message("%-14s mean %+.2f sd of its error, variance %.4f of the paper's\n", kind->name,
                  sum / sqrt(LAYER_SIZE * variance), squares / LAYER_SIZE / variance);
    assert_true(fabs(sum) < 5 * sqrt(LAYER_SIZE * variance));
    assert_true(fabs(squares / LAYER_SIZE / variance - 1) < 5 * sqrt((fourth - 1) / LAYER_SIZE));
    if (fourth < 3)
        assert_true(largest <= sqrt(3 * variance) * (1 + 1e-15) && largest > sqrt(3 * variance) * 0.999);
    for (int i = 0; i < LAYER_OUT && id != MLP_INIT_SIREN; i++)
        assert_true(b[i] == 0);
}

static void variances_are_the_papers(void **state)
{
    (void)state;
    const double normal = 3, uniform = 1.8, n_in = LAYER_IN, both = LAYER_IN + LAYER_OUT;
    check_distribution(MLP_INIT_UNIFORM, 0.7, 1, 1, 0.49 / 3, uniform);
    check_distribution(MLP_INIT_NORMAL, 0.7, 1, 1, 0.49, normal);
    check_distribution(MLP_INIT_GLOROT_UNIFORM, 0, 1, 1, 2 / both, uniform);
    check_distribution(MLP_INIT_GLOROT_NORMAL, 0, 1, 1, 2 / both, normal);
    check_distribution(MLP_INIT_HE_UNIFORM, 0, 1, 1, 2 / n_in, uniform);
    check_distribution(MLP_INIT_HE_NORMAL, 0, 1, 1, 2 / n_in, normal);
    check_distribution(MLP_INIT_LECUN_UNIFORM, 0, 1, 1, 1 / n_in, uniform);
    check_distribution(MLP_INIT_LECUN_NORMAL, 0, 1, 1, 1 / n_in, normal);
    check_distribution(MLP_INIT_SIREN, 0, 1, 30, 1 / (3 * n_in * n_in), uniform);
    check_distribution(MLP_INIT_SIREN, 0, 2, 30, 2 / (n_in * 900), uniform);
}

static void siren_biases_are_uniform(void **state)
{
    (void)state;
    enum { N_OUT = 20000, N_IN = 4 };
    const double bound = 0.5; /* 1 / sqrt(4) */
    double *A = malloc(N_OUT * N_IN * sizeof *A), *b = malloc(N_OUT * sizeof *b), squares = 0;
    mlpi_initializer_fill_f64(mlpi_initializer_of(MLP_INIT_SIREN), 0, 8, 1, 30, N_OUT, N_IN, A, N_OUT, b);
    for (int i = 0; i < N_OUT; i++) {
        assert_true(fabs(b[i]) <= bound);
        assert_true(b[i] / bound != A[i] * N_IN); /* positions of their own */
        squares += b[i] * b[i];
    }
    assert_true(fabs(squares / N_OUT / (bound * bound / 3) - 1) < 5 * sqrt(0.8 / N_OUT));
    free(A);
    free(b);
}

/* A^T A = gain^2 I for a tall layer, A A^T = gain^2 I for a wide one, both for a square one. */
static void check_orthogonal(int64_t n_out, int64_t n_in)
{
    const double gain = 1.5;
    const int64_t lda = n_out + 3, n = n_out >= n_in ? n_in : n_out, m = n_out >= n_in ? n_out : n_in;
    const int64_t along = n_out >= n_in ? 1 : lda, across = n_out >= n_in ? lda : 1;
    double *A = malloc((size_t)(lda * n_in) * sizeof *A), *b = malloc((size_t)n_out * sizeof *b), error = 0;
    assert_int_equal(mlpi_initializer_fill_f64(mlpi_initializer_of(MLP_INIT_ORTHOGONAL), gain, 8, 1, 1, n_out,
                                               n_in, A, lda, b),
                     MLP_OK);
    for (int64_t i = 0; i < n; i++)
        for (int64_t j = 0; j < n; j++) {
            double product = 0;
            for (int64_t k = 0; k < m; k++)
                product += A[k * along + i * across] * A[k * along + j * across];
            error = fmax(error, fabs(product - gain * gain * (i == j)));
        }
    print_message("orthogonal %3d x %3d: error %.1e\n", (int)n_out, (int)n_in, error);
    assert_true(error < 2 * 1e-13);
    free(A);
    free(b);
}

static void orthogonal_rows_or_columns(void **state)
{
    (void)state;
    static const int64_t shapes[][2] = {{1, 1},    {1, 9},    {9, 1},    {40, 40},
                                        {100, 33}, {33, 100}, {10, 128}, {256, 64}};
    for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++)
        check_orthogonal(shapes[i][0], shapes[i][1]);
}

static void without_memory_nothing_is_written(void **state)
{
    (void)state;
    check_memory_failure_f32();
    check_memory_failure_f64();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(golden_bits),
        cmocka_unit_test(table_is_consistent),
        cmocka_unit_test(names_are_public),
        cmocka_unit_test(parameters_are_public),
        cmocka_unit_test(padding_is_untouched),
        cmocka_unit_test(f32_is_f64_rounded),
        cmocka_unit_test(elements_stand_at_their_positions),
        cmocka_unit_test(layers_and_seeds_differ),
        cmocka_unit_test(zeros_and_constant),
        cmocka_unit_test(variances_are_the_papers),
        cmocka_unit_test(siren_biases_are_uniform),
        cmocka_unit_test(orthogonal_rows_or_columns),
        cmocka_unit_test(without_memory_nothing_is_written),
    };
    mlpi_memory_set_allocator(allocate, deallocate, NULL);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
