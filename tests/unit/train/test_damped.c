/* The damped least squares problem: both ways against elimination in long double, and what each can and cannot solve. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support/draw.h"
#include "train/damped.h"

enum { MOST = 70, ROWS = 3 * MOST, LD = MOST + 9 };

/* [J r] by rows, and g. */
typedef struct problem {
    int64_t n, rows;
    double Jr[ROWS * LD], g[MOST];
} problem;

static problem p;
static draw stream = {77};

static void draw_problem(int64_t n, int64_t rows)
{
    p.n = n;
    p.rows = rows;
    for (int64_t i = 0; i < ROWS * LD; i++)
        p.Jr[i] = draw_real(&stream, -1, 1);
    for (int64_t i = 0; i < MOST; i++)
        p.g[i] = draw_real(&stream, -1, 1);
}

static void *create(int64_t block, mlpi_damped *damped)
{
    mlpi_arena arena = {0};
    mlpi_damped_take(&arena, p.n, block);
    void *memory = aligned_alloc(64, (size_t)arena.used);
    assert_non_null(memory);
    memset(memory, 0x5a, (size_t)arena.used);
    arena = (mlpi_arena){.memory = memory};
    *damped = mlpi_damped_take(&arena, p.n, block);
    return memory;
}

static void sum_up(mlpi_damped *damped, int by_rows)
{
    mlpi_damped_begin(damped, by_rows);
    for (int64_t row = 0, rows; row < p.rows; row += rows) {
        rows = p.rows - row < damped->block ? p.rows - row : damped->block;
        mlpi_damped_add(damped, rows, p.Jr + row * LD, LD);
    }
    assert_true(mlpi_damped_finish(damped));
}

/* x (n columns of `sides`) = (J^T J + lambda I)^-1 x by elimination */
static void eliminate(double lambda, int64_t sides, long double *x)
{
    static long double A[MOST][MOST];
    for (int64_t i = 0; i < p.n; i++)
        for (int64_t j = 0; j < p.n; j++) {
            A[i][j] = i == j ? (long double)lambda : 0;
            for (int64_t k = 0; k < p.rows; k++)
                A[i][j] += (long double)p.Jr[k * LD + i] * (long double)p.Jr[k * LD + j];
        }
    for (int64_t k = 0; k < p.n; k++)
        for (int64_t i = 0; i < p.n; i++) {
            const long double factor = A[i][k] / A[k][k];
            for (int64_t j = k; j < p.n && i != k; j++)
                A[i][j] -= factor * A[k][j];
            for (int64_t s = 0; s < sides && i != k; s++)
                x[i + s * p.n] -= factor * x[k + s * p.n];
        }
    for (int64_t i = 0; i < p.n; i++)
        for (int64_t s = 0; s < sides; s++)
            x[i + s * p.n] /= A[i][i];
}

static void reference(double lambda, const double *g, long double *d)
{
    for (int64_t i = 0; i < p.n; i++) {
        d[i] = g ? -(long double)g[i] : 0;
        for (int64_t k = 0; k < p.rows; k++)
            d[i] -= (long double)p.Jr[k * LD + i] * (long double)p.Jr[k * LD + p.n];
    }
    eliminate(lambda, 1, d);
}

static double reference_trace(double lambda)
{
    static long double identity[MOST * MOST];
    long double trace = 0;
    memset(identity, 0, sizeof identity);
    for (int64_t i = 0; i < p.n; i++)
        identity[i + i * p.n] = 1;
    eliminate(lambda, p.n, identity);
    for (int64_t i = 0; i < p.n; i++)
        trace += identity[i + i * p.n];
    return (double)trace;
}

static void expect_solution(const mlpi_damped *damped, double lambda, const double *g, double tolerance)
{
    long double d[MOST], error = 0, size = 0;
    reference(lambda, g, d);
    for (int64_t i = 0; i < p.n; i++) {
        error = fmaxl(error, fabsl(d[i] - (long double)damped->d[i]));
        size = fmaxl(size, fabsl(d[i]));
    }
    if (!(error <= tolerance * size))
        fail_msg("n = %d, lambda %g, by rows %d: off by %Lg of %Lg", (int)p.n, lambda, damped->by_rows, error,
                 size);
}

/* (J^T J + lambda I)^-1 times a vector, by the factor of the last solution */
static void expect_applied(const mlpi_damped *damped, double lambda, double tolerance)
{
    long double wanted[MOST], error = 0, size = 0;
    double x[MOST];
    for (int64_t i = 0; i < p.n; i++) {
        x[i] = p.Jr[i];
        wanted[i] = (long double)p.Jr[i];
    }
    eliminate(lambda, 1, wanted);
    mlpi_damped_apply(damped, x);
    for (int64_t i = 0; i < p.n; i++) {
        error = fmaxl(error, fabsl(wanted[i] - (long double)x[i]));
        size = fmaxl(size, fabsl(wanted[i]));
    }
    if (!(error <= tolerance * size))
        fail_msg("n = %d, lambda %g, by rows %d: applied, off by %Lg of %Lg", (int)p.n, lambda,
                 damped->by_rows, error, size);
}

/* Several lambda on one sum, with and without g, in blocks of all sorts. */
static void test_solutions(void **state)
{
    static const int64_t sizes[] = {1, 2, 7, 31, 64, MOST}, blocks[] = {1, 5, 64, 500};
    static const double lambdas[] = {1e-3, 10, 0.5};
    (void)state;
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        for (int k = 0; k < 8; k++) {
            mlpi_damped damped;
            draw_problem(sizes[i], k < 4 ? 3 * sizes[i] : (sizes[i] + 1) / 2);
            void *memory = create(blocks[k % 4], &damped);
            for (int by_rows = 0; by_rows < 2; by_rows++) {
                sum_up(&damped, by_rows);
                for (size_t j = 0; j < sizeof lambdas / sizeof *lambdas; j++) {
                    const double *g = (j + (size_t)k) % 2 ? p.g : NULL;
                    assert_true(mlpi_damped_solve(&damped, lambdas[j], g));
                    expect_solution(&damped, lambdas[j], g, 1e-10);
                    expect_applied(&damped, lambdas[j], 1e-10);
                }
                const double trace = mlpi_damped_inverse_trace(&damped), wanted = reference_trace(0.5);
                assert_true(fabs(trace - wanted) <= 1e-11 * wanted);
            }
            free(memory);
        }
}

/* Columns that are equal but for 1e-9, r = -J g: the difference is beyond the normal equations, and not beyond the rows. */
static void test_condition(void **state)
{
    mlpi_damped damped;
    (void)state;
    draw_problem(20, 60);
    for (int64_t k = 0; k < p.rows; k++) {
        double *row = p.Jr + k * LD;
        row[0] = row[1] + 1e-9 * row[0];
        row[p.n] = 0;
        for (int64_t i = 0; i < p.n; i++)
            row[p.n] -= row[i] * p.g[i];
    }
    void *memory = create(16, &damped);
    sum_up(&damped, 0);
    assert_false(mlpi_damped_solve(&damped, 1e-25, NULL));
    assert_true(mlpi_damped_solve(&damped, 1e-6, NULL));
    sum_up(&damped, 1);
    assert_true(mlpi_damped_solve(&damped, 1e-25, NULL));
    assert_false(mlpi_damped_is_easy(&damped));
    for (int64_t i = 0; i < p.n; i++)
        assert_true(fabs(damped.d[i] - p.g[i]) < 1e-5);
    assert_true(mlpi_damped_solve(&damped, 1e-3, NULL));
    assert_true(mlpi_damped_is_easy(&damped));
    free(memory);
}

static void test_overflow(void **state)
{
    mlpi_damped damped;
    (void)state;
    draw_problem(3, 9);
    p.Jr[LD + 2] = 1e200;
    void *memory = create(16, &damped);
    mlpi_damped_begin(&damped, 0);
    mlpi_damped_add(&damped, 9, p.Jr, LD);
    assert_false(mlpi_damped_finish(&damped));
    free(memory);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_solutions), cmocka_unit_test(test_condition),
                                       cmocka_unit_test(test_overflow)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
