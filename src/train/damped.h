/*
 * The damped least squares problem of one step. With the rows [J r] of all samples,
 *
 *     min over d of |J d + r|^2 + lambda |d|^2 + 2 g^T d,     (J^T J + lambda I) d = -(J^T r + g)
 *
 * for as many lambda as are tried; everything in double, n parameters. The rows are summed, and solved, in one of two ways:
 *
 *     normal equations    J^T J by syrk, J^T J + lambda I = L L^T by Cholesky
 *     rows                R of a QR factorisation of [J r], a block of rows after the other (tpqrt), then the rows
 *                         sqrt(lambda) [I g/lambda] likewise: twice the work and more, but the condition number is not squared
 *
 * One matrix of n + 1 rows and columns holds both what was summed and, in its other triangle, what is being factored.
 */
#ifndef MLPI_TRAIN_DAMPED_H
#define MLPI_TRAIN_DAMPED_H

#include "base/arena.h"

typedef struct mlpi_damped {
    int64_t n, ld;
    int by_rows;      /* by QR, else by normal equations */
    int empty;        /* nothing has been summed */
    double *M;        /* (n + 1) x (n + 1) */
    double *diagonal; /* n + 1: that of what was summed, M's own being that of what is factored */
    double *d;        /* n: the solution */
    int64_t block;    /* rows that are added at a time */
    double *turned;   /* block x (n + 1), as QR takes them */
    double *work;     /* of QR */
} mlpi_damped;

/* Takes the memory, where there is some, for n parameters and blocks of this many rows. */
mlpi_damped mlpi_damped_take(mlpi_arena *arena, int64_t n, int64_t block);

/* Forget all rows; those to come are summed by rows, or by normal equations. */
void mlpi_damped_begin(mlpi_damped *damped, int by_rows);

/* Add at most a block of rows: row c, n + 1 finite values of [J r], at c ld. */
void mlpi_damped_add(mlpi_damped *damped, int64_t rows, const double *Jr, int64_t ld);

/* All rows have been added. Returns 0 where their sum has overflowed. */
int mlpi_damped_finish(mlpi_damped *damped);

/*
 * d for one lambda > 0 and g (NULL for 0). Returns 0, with nothing in d, where the matrix is singular; or, by normal equations,
 * where its condition number, judged by the diagonal of L, is so large that no digit of d could be trusted.
 */
int mlpi_damped_solve(mlpi_damped *damped, double lambda, const double *g);

/* x = (J^T J + lambda I)^-1 x for the lambda of the last solution, which was one. */
void mlpi_damped_apply(const mlpi_damped *damped, double *x);

/*
 * tr (J^T J + lambda I)^-1 for the lambda of the last solution, which was one; 0 where that overflows. What was summed is gone
 * afterwards.
 */
double mlpi_damped_inverse_trace(mlpi_damped *damped);

/* After a solution by rows: whether normal equations would do as well, with digits to spare. */
int mlpi_damped_is_easy(const mlpi_damped *damped);

#endif
