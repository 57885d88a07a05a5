/* Least squares and factorisations by LAPACKE, with 32-bit integers. */
#include "engine/blas.h"
#include "engine/blas_backend.h"
#include "engine/blas_sizes.h"

#include <math.h>

#include <lapacke.h>

_Static_assert(sizeof(lapack_int) == 4, "LAPACKE with 64-bit integers cannot be mixed with a 32-bit CBLAS");

/* LAPACK returns the size as a real number, which may have been rounded down; the count is an int again. */
static int64_t work_size(double reported, double epsilon)
{
    return (int64_t)ceil(reported * (1 + epsilon));
}

static lapack_int work_int(int64_t count)
{
    return (lapack_int)(count < INT32_MAX ? count : INT32_MAX);
}

/*
 * Sizes of work are 32-bit integers inside LAPACK too, and wrap there unseen: those of syevd and gesdd have terms up to
 * 4 q^2 for q = min(m, n), and blocks of columns beside.
 */
static int work_fits(int64_t q)
{
    return q < 32768 && 4 * q * q + 1024 * q <= INT32_MAX;
}

enum { REFLECTORS = 32 }; /* that tpqrt applies together */

/* Triangles of the reflectors, and room to apply them. */
int64_t mlpi_tpqrt_work(int64_t n)
{
    return larger(1, 2 * (n < REFLECTORS ? n : REFLECTORS) * n);
}

#include "base/real32.h"
#define LAPACKE(name) LAPACKE_s##name
#define EPSILON       (1.0 / (1 << 23))
#include "engine/blas_lapacke_tmpl.h"
#include "engine/blas_lapacke_factor_tmpl.h"
#undef LAPACKE
#undef EPSILON

#include "base/real64.h"
#define LAPACKE(name) LAPACKE_d##name
#define EPSILON       0.0
#include "engine/blas_lapacke_tmpl.h"
#include "engine/blas_lapacke_factor_tmpl.h"
