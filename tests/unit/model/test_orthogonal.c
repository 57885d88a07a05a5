/* Random orthogonal matrices by the identities that define them. */
#include "model/orthogonal.h"
#include "base/memory.h"
#include "base/random.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

static int fail_allocations;

static void *allocate(int64_t bytes, int64_t alignment, void *context)
{
    (void)context;
    void *memory = NULL;
    return !fail_allocations && posix_memalign(&memory, (size_t)alignment, (size_t)bytes) == 0 ? memory
                                                                                               : NULL;
}

static void deallocate(void *memory, void *context)
{
    (void)context;
    free(memory);
}

static double *gaussian(int64_t m, int64_t n, uint64_t index)
{
    double *A = malloc((size_t)(m * n) * sizeof *A);
    const mlpi_random random = mlpi_random_stream(1, MLPI_RANDOM_OTHER, index);
    assert_non_null(A);
    for (int64_t i = 0; i < m * n; i++)
        A[i] = mlpi_random_normal_at(&random, (uint64_t)i);
    return A;
}

static double dot(int64_t n, const double *x, const double *y)
{
    double sum = 0;
    for (int64_t i = 0; i < n; i++)
        sum += x[i] * y[i];
    return sum;
}

/* max |Q^T Q - I| */
static double orthonormality_error(int64_t m, int64_t n, const double *Q)
{
    double error = 0;
    for (int64_t i = 0; i < n; i++)
        for (int64_t j = 0; j <= i; j++)
            error = fmax(error, fabs(dot(m, Q + i * m, Q + j * m) - (i == j)));
    return error;
}

/*
 * Q has orthonormal columns, and R = Q^T A is upper triangular with a nonnegative diagonal and Q R = A: together
 * these determine Q.
 */
static void check_factor(int64_t m, int64_t n)
{
    double *A = gaussian(m, n, (uint64_t)(1000 * m + n)), *Q = gaussian(m, n, (uint64_t)(1000 * m + n));
    assert_int_equal(mlpi_orthonormalize(m, n, Q), MLP_OK);
    const double orthonormality = orthonormality_error(m, n, Q);
    double below = 0, residual = 0;
    for (int64_t j = 0; j < n; j++) {
        double *column = A + j * m;
        for (int64_t i = j + 1; i < n; i++)
            below = fmax(below, fabs(dot(m, Q + i * m, column)));
        assert_true(dot(m, Q + j * m, column) >= 0);
        for (int64_t i = 0; i < n; i++) {
            const double r = dot(m, Q + i * m, column);
            for (int64_t k = 0; k < m; k++)
                column[k] -= r * Q[k + i * m];
        }
        for (int64_t k = 0; k < m; k++)
            residual = fmax(residual, fabs(column[k]));
    }
    print_message("%3d x %3d: |Q'Q - I| %.1e, R below the diagonal %.1e, |QR - A| %.1e\n", (int)m, (int)n,
                  orthonormality, below, residual);
    assert_true(orthonormality < 1e-13 && below < 1e-12 && residual < 1e-12);
    free(A);
    free(Q);
}

static void factor_is_orthonormal_and_unique(void **state)
{
    (void)state;
    static const int64_t shapes[][2] = {{1, 1},    {2, 1},     {2, 2},     {7, 3},    {8, 8},
                                        {9, 9},    {17, 16},   {101, 1},   {64, 64},  {65, 64},
                                        {200, 37}, {128, 127}, {307, 307}, {784, 256}};
    for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++)
        check_factor(shapes[i][0], shapes[i][1]);
}

/*
 * Over the orthogonal group O(3), E tr Q = 0 and E (tr Q)^2 = 1, E q_11^2 = 1/3 and q_11 is uniform in [-1, 1].
 * Householder's Q without the sign of R has E tr Q < 0.
 */
static void square_factor_is_haar_distributed(void **state)
{
    (void)state;
    enum { COUNT = 40000 };
    double trace = 0, squares = 0, corner = 0, corner_fourth = 0;
    for (int k = 0; k < COUNT; k++) {
        double *Q = gaussian(3, 3, (uint64_t)k);
        assert_int_equal(mlpi_orthonormalize(3, 3, Q), MLP_OK);
        const double t = Q[0] + Q[4] + Q[8];
        trace += t;
        squares += t * t;
        corner += Q[0] * Q[0];
        corner_fourth += Q[0] * Q[0] * Q[0] * Q[0];
        free(Q);
    }
    print_message("E tr Q = %+.4f, E (tr Q)^2 = %.4f, E q_11^2 = %.4f, E q_11^4 = %.4f\n", trace / COUNT,
                  squares / COUNT, corner / COUNT, corner_fourth / COUNT);
    assert_true(fabs(trace / COUNT) < 5 / sqrt(COUNT));
    assert_true(fabs(squares / COUNT - 1) < 5 * sqrt(2.0 / COUNT)); /* E (tr Q)^4 = 3 on O(3) */
    assert_true(fabs(corner / COUNT - 1.0 / 3) < 5 * sqrt(4.0 / 45 / COUNT));
    assert_true(fabs(corner_fourth / COUNT - 0.2) < 5 * sqrt(16.0 / 225 / COUNT));
}

static void a_zero_matrix_gives_unit_columns(void **state)
{
    (void)state;
    double A[5 * 3] = {0};
    assert_int_equal(mlpi_orthonormalize(5, 3, A), MLP_OK);
    assert_true(orthonormality_error(5, 3, A) == 0);
}

static void without_memory_the_matrix_is_untouched(void **state)
{
    (void)state;
    double *A = gaussian(6, 4, 1), *copy = gaussian(6, 4, 1);
    fail_allocations = 1;
    const mlp_status status = mlpi_orthonormalize(6, 4, A);
    fail_allocations = 0;
    assert_int_equal(status, MLP_ERR_MEMORY);
    assert_memory_equal(A, copy, 6 * 4 * sizeof *A);
    free(A);
    free(copy);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(factor_is_orthonormal_and_unique),
        cmocka_unit_test(square_factor_is_haar_distributed),
        cmocka_unit_test(a_zero_matrix_gives_unit_columns),
        cmocka_unit_test(without_memory_the_matrix_is_untouched),
    };
    mlpi_memory_set_allocator(allocate, deallocate, NULL);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
