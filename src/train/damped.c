#include "train/damped.h"
#include "base/checked.h"
#include "engine/blas.h"

#include <float.h>
#include <math.h>
#include <string.h>

enum { TILE = 32 }; /* a square of a transposition, which stays in the first cache */

/* n + 1 rounded up to a cache line, and never a multiple of 4 KB: a stride that costs half the speed. */
static int64_t leading_dimension(int64_t n)
{
    const int64_t line = 8, page = 512, ld = (n + line) / line * line;
    return ld % page == 0 ? ld + line : ld;
}

mlpi_damped mlpi_damped_take(mlpi_arena *arena, int64_t n, int64_t block)
{
    mlpi_damped damped = {.n = n, .ld = leading_dimension(n), .block = block};
    int64_t column = 0, turned = 0;
    if (!mlpi_checked_mul(damped.ld, sizeof(double), &column) ||
        !mlpi_checked_mul(block, sizeof(double), &turned))
        arena->overflowed = 1;
    damped.M = mlpi_arena_take(arena, n + 1, column);
    damped.diagonal = mlpi_arena_take(arena, n + 1, sizeof(double));
    damped.d = mlpi_arena_take(arena, n + 1, sizeof(double));
    damped.turned = mlpi_arena_take(arena, n + 1, turned);
    damped.work = mlpi_arena_take(arena, mlpi_tpqrt_work(n + 1), sizeof(double));
    return damped;
}

/* to (columns x rows, at ldt) = from^T (rows x columns, at ldf) */
static void transpose(int64_t rows, int64_t columns, const double *from, int64_t ldf, double *to, int64_t ldt)
{
    for (int64_t i = 0; i < rows; i += TILE)
        for (int64_t j = 0; j < columns; j++)
            for (int64_t k = i; k < rows && k < i + TILE; k++)
                to[j + k * ldt] = from[k + j * ldf];
}

/* One triangle of M without its diagonal becomes the other, transposed: the lower one the upper, or the other way. */
static void mirror(const mlpi_damped *damped, int to_upper)
{
    const int64_t order = damped->n + 1, ld = damped->ld;
    double *M = damped->M;
    for (int64_t j = 0; j < order; j += TILE)
        for (int64_t i = j; i < order; i += TILE)
            for (int64_t b = j; b < order && b < j + TILE; b++)
                for (int64_t a = i > b ? i : b + 1; a < order && a < i + TILE; a++) {
                    if (to_upper)
                        M[b + a * ld] = M[a + b * ld];
                    else
                        M[a + b * ld] = M[b + a * ld];
                }
}

void mlpi_damped_begin(mlpi_damped *damped, int by_rows)
{
    damped->by_rows = by_rows;
    damped->empty = 1;
    memset(damped->M, 0, (size_t)((damped->n + 1) * damped->ld) * sizeof *damped->M);
}

void mlpi_damped_add(mlpi_damped *damped, int64_t rows, const double *Jr, int64_t ld)
{
    const int64_t order = damped->n + 1;
    if (damped->by_rows) {
        transpose(order, rows, Jr, ld, damped->turned, damped->block);
        /* R = Q^T [R; J r],  R order x order, [J r] rows x order */
        mlpi_tpqrt_f64(rows, order, damped->M, damped->ld, damped->turned, damped->block, damped->work);
    } else {
        /* M += [J r]^T [J r],  (order x order) = (order x rows)(rows x order), with [J r]^T as it lies */
        mlpi_syrk_f64(MLPI_LOWER, 0, order, rows, 1, Jr, ld, damped->empty ? 0 : 1, damped->M, damped->ld);
    }
    damped->empty = 0;
}

/* What was summed goes to the other triangle: J^T J to the upper one, R^T to the lower one. */
int mlpi_damped_finish(mlpi_damped *damped)
{
    int finite = 1;
    mirror(damped, !damped->by_rows);
    for (int64_t i = 0; i <= damped->n; i++) {
        damped->diagonal[i] = damped->M[i + i * damped->ld];
        finite &= isfinite(damped->diagonal[i]) != 0;
    }
    return finite;
}

/* What was summed, as it was. */
static void restore(const mlpi_damped *damped)
{
    mirror(damped, damped->by_rows);
    for (int64_t i = 0; i <= damped->n; i++)
        damped->M[i + i * damped->ld] = damped->diagonal[i];
}

/*
 * (min |f_ii| / max |f_ii|)^2 of the triangular factor f: at least the reciprocal of the condition number of f^T f, and seldom
 * much more.
 */
static double reciprocal_condition(const mlpi_damped *damped)
{
    double least = INFINITY, most = 0;
    for (int64_t i = 0; i < damped->n; i++) {
        const double size = fabs(damped->M[i + i * damped->ld]);
        least = size < least ? size : least;
        most = size > most ? size : most;
    }
    return most > 0 && isfinite(most) ? least / most * (least / most) : 0;
}

/* What rounding leaves of 1 in J^T J + lambda I and its factor. */
static double rounding(const mlpi_damped *damped)
{
    return (double)damped->n * DBL_EPSILON;
}

static int solve_normal(mlpi_damped *damped, double lambda, const double *g)
{
    const int64_t n = damped->n, ld = damped->ld;
    const double *Jtr = damped->M + n * ld;
    for (int64_t i = 0; i < n; i++)
        damped->M[i + i * ld] += lambda;
    /* J^T J + lambda I = L L^T */
    if (mlpi_potrf_f64(n, damped->M, ld) != 0 || !(reciprocal_condition(damped) > rounding(damped)))
        return 0;
    for (int64_t i = 0; i < n; i++)
        damped->d[i] = -(Jtr[i] + (g ? g[i] : 0));
    return mlpi_potrs_f64(n, 1, damped->M, ld, damped->d, n) == 0;
}

/* The rows sqrt(lambda) e_i with g_i / sqrt(lambda) on the right, a block of them after the other: each only meets R from i on. */
static void append_damping(mlpi_damped *damped, double lambda, const double *g)
{
    const int64_t n = damped->n, ld = damped->ld;
    const double root = sqrt(lambda);
    for (int64_t i = 0, rows; i < n; i += rows) {
        rows = n - i < damped->block ? n - i : damped->block;
        const int64_t order = n + 1 - i;
        memset(damped->turned, 0, (size_t)(rows * order) * sizeof *damped->turned);
        for (int64_t k = 0; k < rows; k++) {
            damped->turned[k + k * rows] = root;
            damped->turned[k + (order - 1) * rows] = g ? g[i + k] / root : 0;
        }
        mlpi_tpqrt_f64(rows, order, damped->M + i + i * ld, ld, damped->turned, rows, damped->work);
    }
}

/* x = R^-1 x,  column by column from the last */
static void solve_upper(const mlpi_damped *damped, double *x)
{
    const double *R = damped->M;
    for (int64_t j = damped->n - 1; j >= 0; j--) {
        x[j] /= R[j + j * damped->ld];
        if (j > 0)
            mlpi_axpy_f64(j, -x[j], R + j * damped->ld, 1, x, 1);
    }
}

static int solve_rows(mlpi_damped *damped, double lambda, const double *g)
{
    const int64_t n = damped->n, ld = damped->ld;
    const double *R = damped->M;
    double *d = damped->d;
    append_damping(damped, lambda, g);
    for (int64_t i = 0; i < n; i++) {
        if (R[i + i * ld] == 0)
            return 0;
        d[i] = -R[i + n * ld];
    }
    /* R d = -Q^T r */
    solve_upper(damped, d);
    return 1;
}

int mlpi_damped_solve(mlpi_damped *damped, double lambda, const double *g)
{
    restore(damped);
    return damped->by_rows ? solve_rows(damped, lambda, g) : solve_normal(damped, lambda, g);
}

void mlpi_damped_apply(const mlpi_damped *damped, double *x)
{
    const double *M = damped->M;
    if (!damped->by_rows) {
        mlpi_potrs_f64(damped->n, 1, M, damped->ld, x, damped->n);
        return;
    }
    /* R^T y = x, then R x = y */
    for (int64_t j = 0; j < damped->n; j++) {
        const double *column = M + j * damped->ld;
        x[j] = (x[j] - (j > 0 ? mlpi_dot_f64(j, column, 1, x, 1) : 0)) / column[j];
    }
    solve_upper(damped, x);
}

double mlpi_damped_inverse_trace(mlpi_damped *damped)
{
    double trace = 0;
    if (damped->by_rows)
        mirror(damped, 0);
    if (mlpi_potri_f64(damped->n, damped->M, damped->ld) != 0)
        return 0;
    for (int64_t i = 0; i < damped->n; i++)
        trace += damped->M[i + i * damped->ld];
    return isfinite(trace) ? trace : 0;
}

int mlpi_damped_is_easy(const mlpi_damped *damped)
{
    const double digits_to_spare = 1e4;
    return reciprocal_condition(damped) > digits_to_spare * rounding(damped);
}
