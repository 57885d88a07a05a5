/* Packed symmetric matrices against dense loops, and the same bits whoever computes them. */
#include "engine/pool.h"
#include "support/draw.h"
#include "train/symmetric.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

enum { MOST = 700, LARGE = 2100 /* worth 8 threads */ };

static double dense[MOST][MOST];

static void fill_vector(uint64_t seed, int64_t n, double *x)
{
    draw d = {seed};
    for (int64_t i = 0; i < n; i++)
        x[i] = draw_real(&d, -1, 1);
}

/* A random symmetric matrix, packed and dense. */
static void fill(const mlpi_symmetric *A)
{
    const double *next = A->lower;
    fill_vector(17, mlpi_symmetric_count(A->n), A->lower);
    for (int64_t j = 0; j < A->n; j++)
        for (int64_t i = j; i < A->n; i++)
            dense[i][j] = dense[j][i] = *next++;
}

static void update_dense(const mlpi_rank_two *by, int64_t n)
{
    for (int64_t i = 0; i < n; i++)
        for (int64_t j = 0; j < n; j++)
            dense[i][j] = by->c0 * dense[i][j] + by->c1 * by->u[i] * by->u[j] +
                          by->c2 * (by->s[i] * by->u[j] + by->u[i] * by->s[j]) + by->c3 * by->s[i] * by->s[j];
}

static void check_product(int64_t n, const double *x, const double *y)
{
    for (int64_t i = 0; i < n; i++) {
        double sum = 0, size = 0;
        for (int64_t j = 0; j < n; j++) {
            sum += dense[i][j] * x[j];
            size += fabs(dense[i][j] * x[j]);
        }
        if (!(fabs(y[i] - sum) <= 1e-14 * size))
            fail_msg("n = %lld: element %lld is %.17g, not %.17g", (long long)n, (long long)i, y[i], sum);
    }
}

typedef struct room {
    double *lower, *parts, x[LARGE], y[LARGE], s[LARGE], u[LARGE];
} room;

static void check_size(room *r, int64_t n)
{
    const mlpi_plan plan = {.threads = 1};
    const mlpi_symmetric A = {n, r->lower, r->parts, &plan};
    const mlpi_rank_two update = {1.5, -0.25, 0.75, 2, r->s, r->u};
    fill(&A);
    mlpi_symmetric_multiply(&A, NULL, r->x, r->y);
    check_product(n, r->x, r->y);
    mlpi_symmetric_multiply(&A, &update, r->x, r->y);
    update_dense(&update, n);
    check_product(n, r->x, r->y);
    double again[MOST];
    mlpi_symmetric_multiply(&A, NULL, r->x, again);
    assert_memory_equal(again, r->y, (size_t)n * sizeof *again);
    mlpi_symmetric_set(&A, 3);
    mlpi_symmetric_multiply(&A, NULL, r->x, r->y);
    for (int64_t i = 0; i < n; i++)
        assert_true(r->y[i] == 3 * r->x[i]);
}

static void create(room *r)
{
    r->lower = malloc((size_t)mlpi_symmetric_count(LARGE) * sizeof *r->lower);
    r->parts = malloc((size_t)LARGE * MLPI_SYMMETRIC_GROUPS * sizeof *r->parts);
    assert_non_null(r->lower);
    assert_non_null(r->parts);
    fill_vector(1, LARGE, r->x);
    fill_vector(2, LARGE, r->s);
    fill_vector(3, LARGE, r->u);
}

static void destroy(room *r)
{
    free(r->lower);
    free(r->parts);
}

static void test_sizes(void **state)
{
    static const int64_t sizes[] = {1, 2, 7, 15, 16, 17, 33, 131, MOST};
    static room r;
    (void)state;
    create(&r);
    for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++)
        check_size(&r, sizes[k]);
    destroy(&r);
}

static void test_threads(void **state)
{
    static const int32_t threads[] = {2, 3, 8, 20};
    static room r;
    static double one[LARGE];
    (void)state;
    create(&r);
    const mlpi_rank_two update = {0.5, -0.25, 0.75, 2, r.s, r.u};
    mlpi_plan plan = {.threads = 1};
    const mlpi_symmetric A = {LARGE, r.lower, r.parts, &plan};
    fill_vector(17, mlpi_symmetric_count(LARGE), r.lower);
    mlpi_symmetric_multiply(&A, &update, r.x, one);
    for (size_t k = 0; k < sizeof threads / sizeof *threads; k++) {
        fill_vector(17, mlpi_symmetric_count(LARGE), r.lower);
        plan.threads = threads[k];
        assert_int_equal(mlpi_pool_create(plan.threads, &plan.pool), MLP_OK);
        mlpi_symmetric_multiply(&A, &update, r.x, r.y);
        assert_memory_equal(one, r.y, sizeof one);
        mlpi_pool_destroy(plan.pool);
    }
    destroy(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_sizes), cmocka_unit_test(test_threads)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
