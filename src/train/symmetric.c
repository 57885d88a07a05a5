#include "train/symmetric.h"
#include "train/vectors.h"

#include <string.h>

enum { GROUPS = MLPI_SYMMETRIC_GROUPS };

int64_t mlpi_symmetric_count(int64_t n)
{
    return n * (n + 1) / 2;
}

/* Column j from the diagonal down. */
static double *column(const mlpi_symmetric *A, int64_t j)
{
    return A->lower + j * A->n - j * (j - 1) / 2;
}

void mlpi_symmetric_set(const mlpi_symmetric *A, double value)
{
    memset(A->lower, 0, (size_t)mlpi_symmetric_count(A->n) * sizeof *A->lower);
    for (int64_t j = 0; j < A->n; j++)
        column(A, j)[0] = value;
}

typedef struct product {
    const mlpi_symmetric *A;
    const mlpi_rank_two *update;
    const double *x;
} product;

static void update_column(const mlpi_rank_two *by, int64_t n, int64_t j, double *restrict a)
{
    const double of_u = by->c1 * by->u[j] + by->c2 * by->s[j], of_s = by->c2 * by->u[j] + by->c3 * by->s[j];
    const double *restrict u = by->u + j, *restrict s = by->s + j;
    const double kept = by->c0;
    for (int64_t i = 0; i < n - j; i++)
        a[i] = kept * a[i] + of_u * u[i] + of_s * s[i];
}

/* part = what the columns of one group have of A x, on both sides of the diagonal */
static void multiply_group(const product *p, int64_t group)
{
    const int64_t n = p->A->n;
    double *part = p->A->parts + group * n;
    memset(part, 0, (size_t)n * sizeof *part);
    for (int64_t j = group; j < n; j += GROUPS) {
        double *a = column(p->A, j);
        if (p->update)
            update_column(p->update, n, j, a);
        part[j] += mlpi_vector_dot(n - j, a, p->x + j);
        mlpi_vector_add(n - j - 1, p->x[j], a + 1, part + j + 1);
    }
}

static void multiply_task(void *context, int32_t index, int32_t count)
{
    for (int64_t group = index; group < GROUPS; group += count)
        multiply_group(context, group);
}

void mlpi_symmetric_multiply(const mlpi_symmetric *A, const mlpi_rank_two *update, const double *x, double *y)
{
    product p = {A, update, x};
    const int32_t threads = mlpi_plan_threads(A->plan, (double)mlpi_symmetric_count(A->n));
    mlpi_pool_run(A->plan->pool, threads < GROUPS ? threads : GROUPS, multiply_task, &p);
    memset(y, 0, (size_t)A->n * sizeof *y);
    for (int64_t group = 0; group < GROUPS; group++)
        mlpi_vector_add(A->n, 1, A->parts + group * A->n, y);
}
