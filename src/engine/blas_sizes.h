/* Checks of sizes, shared by the products and the two back ends for LAPACK. */
#ifndef MLPI_ENGINE_BLAS_SIZES_H
#define MLPI_ENGINE_BLAS_SIZES_H

#include "engine/blas.h"

static inline int64_t larger(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

static inline int fits(int64_t rows, int64_t leading_dimension)
{
    return leading_dimension >= larger(rows, 1) && leading_dimension <= MLPI_BLAS_MAX_DIMENSION;
}

/* 0, or minus the position of the first of (m, n, nrhs) that is negative or beyond 32 bits. */
static inline int check_sizes(int64_t m, int64_t n, int64_t nrhs)
{
    const int64_t sizes[3] = {m, n, nrhs};
    for (int i = 0; i < 3; i++)
        if (sizes[i] < 0 || sizes[i] > MLPI_BLAS_MAX_DIMENSION)
            return -(i + 1);
    return 0;
}

/* The same for (m, n, nrhs, A, lda, B, ldb), the arguments of gels and gelsd. */
static inline int check_call(int64_t m, int64_t n, int64_t nrhs, int64_t lda, int64_t ldb)
{
    int info = check_sizes(m, n, nrhs);
    if (info)
        return info;
    if (!fits(m, lda))
        return -5;
    if (!fits(larger(m, n), ldb))
        return -7;
    return 0;
}

/* The same for (n, A, lda), a square matrix. */
static inline int check_square(int64_t n, int64_t lda)
{
    int info = check_sizes(n, 0, 0);
    return !info && !fits(n, lda) ? -3 : info;
}

/* The same for (n, nrhs, A, lda, B, ldb), a square matrix and right sides. */
static inline int check_solve(int64_t n, int64_t nrhs, int64_t lda, int64_t ldb)
{
    int info = check_sizes(n, nrhs, 0);
    if (info)
        return info;
    if (!fits(n, lda))
        return -4;
    return fits(n, ldb) ? 0 : -6;
}

/* The same for (m, n, A, lda, s, U, ldu, VT, ldvt), the arguments of gesdd. */
static inline int check_svd(int64_t m, int64_t n, int64_t lda, int vectors, int64_t ldu, int64_t ldvt)
{
    int info = check_sizes(m, n, 0);
    if (info)
        return info;
    if (!fits(m, lda))
        return -4;
    if (vectors && !fits(m, ldu))
        return -7;
    return vectors && !fits(m < n ? m : n, ldvt) ? -9 : 0;
}

/* The same for (m, n, R, ldr, B, ldb), a triangular matrix and rows for it. */
static inline int check_rows(int64_t m, int64_t n, int64_t ldr, int64_t ldb)
{
    int info = check_sizes(m, n, 0);
    if (info)
        return info;
    if (!fits(n, ldr))
        return -4;
    return fits(m, ldb) ? 0 : -6;
}

#endif
