/*
 * Symmetric matrices in double that are too large for a cache: the lower triangle, packed column after column.
 *
 * The columns are dealt out to groups, each with a vector of its own for the rows below the diagonal. Threads take whole
 * groups, which are added in their order: the bits depend on n alone.
 */
#ifndef MLPI_TRAIN_SYMMETRIC_H
#define MLPI_TRAIN_SYMMETRIC_H

#include "engine/plan.h"

enum { MLPI_SYMMETRIC_GROUPS = 16 };

/* A = c0 A + c1 u u^T + c2 (s u^T + u s^T) + c3 s s^T */
typedef struct mlpi_rank_two {
    double c0, c1, c2, c3;
    const double *s, *u;
} mlpi_rank_two;

typedef struct mlpi_symmetric {
    int64_t n;
    double *lower; /* mlpi_symmetric_count(n) */
    double *parts; /* scratch: n for each group */
    const mlpi_plan *plan;
} mlpi_symmetric;

/* n (n + 1) / 2 */
int64_t mlpi_symmetric_count(int64_t n);

/* A = value I */
void mlpi_symmetric_set(const mlpi_symmetric *A, double value);

/* y = A x, after the update where there is one: in one pass over A, and to the same bits as in two. */
void mlpi_symmetric_multiply(const mlpi_symmetric *A, const mlpi_rank_two *update, const double *x,
                             double *y);

#endif
