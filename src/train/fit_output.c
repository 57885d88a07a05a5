/*
 * The last layer in closed form. With the outputs H (n_{L-1} x samples) of the hidden layers and the targets T in the
 * units of y_L, (t - shift) / scale,
 *
 *     M = [H^T 1],   X = [A_L^T; b_L^T],   min |T^T - M X|
 *
 * by QR (gels), or by singular values with the least |X| (gelsd) where M is rank-deficient or has fewer rows than
 * columns. M counts as rank-deficient where its condition number exceeds 1 / tolerance, with
 *
 *     tolerance = eps (sqrt(samples) + unknowns)
 *
 * for the rounding errors of sums over the samples and of eliminating the unknowns. M and R have the same condition
 * number; |R^-1| is estimated by solving for random right sides G as well: for normal G, |M^+ G|^2 has the mean
 * columns(G) |M^+|_F^2 (Dixon, "Estimating extremal eigenvalues and condition numbers of matrices", 1983).
 */
#include "train/fit_output.h"
#include "base/checked.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/random.h"
#include "engine/blas.h"
#include "train/finite.h"

#include <float.h>
#include <math.h>

enum { PROBES = 3, TILE = 32 }; /* random right sides; a square of a transposition */

/* M and B as LAPACK takes them: B has the targets in its first columns, the probes in its last. */
typedef struct least_squares {
    int64_t samples, unknowns, outputs;
    int64_t ldb; /* rows for the targets going in and for X coming out */
    void *M, *B;
} least_squares;

/* Elements in rows x columns, or failure. */
static mlp_status allocate(const char *what, int64_t rows, int64_t columns, int64_t size, void **memory)
{
    int64_t bytes;
    if (!mlpi_checked_mul(rows, columns, &bytes) || !mlpi_checked_mul(bytes, size, &bytes))
        return mlpi_fail(MLP_ERR_SIZE, "samples = %lld: %s would not fit the address space", (long long)rows,
                         what);
    *memory = mlpi_alloc(bytes);
    return *memory ? MLP_OK : mlpi_fail_memory(what, bytes);
}

static mlp_status problem_create(const mlp_model *model, int64_t samples, least_squares *problem)
{
    const mlpi_architecture *architecture = &model->architecture;
    const int64_t size = mlpi_dtype_size(architecture->dtype),
                  unknowns = architecture->widths[architecture->layers - 1] + 1;
    const int64_t outputs = architecture->widths[architecture->layers];
    problem->samples = samples;
    problem->unknowns = unknowns;
    problem->outputs = outputs;
    problem->ldb = samples > unknowns ? samples : unknowns;
    if (problem->ldb > MLPI_BLAS_MAX_DIMENSION)
        return mlpi_fail(MLP_ERR_SIZE, "model: its last layer is too wide for LAPACK");
    const mlp_status status = allocate("hidden outputs", samples, unknowns, size, &problem->M);
    return status == MLP_OK ? allocate("targets", problem->ldb, outputs + PROBES, size, &problem->B) : status;
}

static void problem_release(least_squares *problem)
{
    mlpi_free(problem->M);
    mlpi_free(problem->B);
}

static double tolerance(const least_squares *problem, double epsilon)
{
    return epsilon * (sqrt((double)problem->samples) + (double)problem->unknowns);
}

static mlp_status refuse_factorisation(int info)
{
    return info < 0 ? mlpi_fail(MLP_ERR_INTERNAL, "least squares: LAPACK refused argument %d", -info)
                    : mlpi_fail(MLP_ERR_NUMERIC, "least squares: the singular values did not converge");
}

#include "base/real32.h"
#define EPSILON FLT_EPSILON
#include "train/fit_output_tmpl.h"
#undef EPSILON
#include "base/real64.h"
#define EPSILON DBL_EPSILON
#include "train/fit_output_tmpl.h"
