#include "product_run.h"

#include "memory.h"

#include <dlfcn.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* CBLAS's constants. */
enum { COLUMN_MAJOR = 102, PLAIN = 111, TRANSPOSED = 112 };

typedef void gemm_function(int order, int transa, int transb, int m, int n, int k, float alpha,
                           const float *A, int lda, const float *B, int ldb, float beta, float *C, int ldc);
typedef void gemv_function(int order, int trans, int m, int n, float alpha, const float *A, int lda,
                           const float *x, int incx, float beta, float *y, int incy);
typedef void ger_function(int order, int m, int n, float alpha, const float *x, int incx, const float *y,
                          int incy, float *A, int lda);
typedef char *text_function(void);

/* The functions; NULL where the BLAS does not have one. */
struct blas {
    gemm_function *gemm;
    gemv_function *gemv;
    ger_function *ger;
    text_function *config;
};

/* A is n x k, X is k x batch, Y is n x batch. */
struct product_run {
    struct product product;
    struct blas blas;
    float *A, *X, *Y;
};

/* So small that A does not change with any number of runs, and exact. */
static const float ger_alpha = 0x1p-40F;

static bool find_blas(struct blas *blas)
{
    void *library = dlopen("libblas.so.3", RTLD_NOW | RTLD_LOCAL);

    if (!library)
        return false;
    *(void **)&blas->gemm = dlsym(library, "cblas_sgemm");
    *(void **)&blas->gemv = dlsym(library, "cblas_sgemv");
    *(void **)&blas->ger = dlsym(library, "cblas_sger");
    *(void **)&blas->config = dlsym(library, "openblas_get_config");
    return blas->gemm && blas->gemv && blas->ger;
}

const char *product_run_library(void)
{
    struct blas blas;

    return find_blas(&blas) && blas.config ? blas.config() : "libblas.so.3";
}

/* Uniform on [-1, 1). */
static float *draw(int64_t count, unsigned *state)
{
    float *values = memory_new(count, sizeof *values);

    for (int64_t i = 0; i < count; i++) {
        *state = *state * 1664525U + 1013904223U;
        values[i] = (float)(*state >> 8) / (float)(1 << 23) - 1;
    }
    return values;
}

struct product_run *product_run_create(const struct product *product)
{
    struct product_run *run = memory_new(1, sizeof *run);
    unsigned state = 7;

    if (!find_blas(&run->blas)) {
        free(run);
        return NULL;
    }
    run->product = *product;
    run->A = draw((int64_t)product->n * product->k, &state);
    run->X = draw((int64_t)product->k * product->batch, &state);
    run->Y = draw((int64_t)product->n * product->batch, &state);
    return run;
}

void product_run_destroy(struct product_run *run)
{
    free(run->A);
    free(run->X);
    free(run->Y);
    free(run);
}

void product_run_once(struct product_run *run)
{
    int n = run->product.n, k = run->product.k, batch = run->product.batch;

    switch (run->product.kind) {
    case PRODUCT_GEMV:
        run->blas.gemv(COLUMN_MAJOR, PLAIN, n, k, 1, run->A, n, run->X, 1, 0, run->Y, 1);
        break;
    case PRODUCT_GER:
        run->blas.ger(COLUMN_MAJOR, n, k, ger_alpha, run->Y, 1, run->X, 1, run->A, n);
        break;
    case PRODUCT_GEMM:
        run->blas.gemm(COLUMN_MAJOR, PLAIN, PLAIN, n, batch, k, 1, run->A, n, run->X, k, 0, run->Y, n);
        break;
    case PRODUCT_GEMM_TN:
        run->blas.gemm(COLUMN_MAJOR, TRANSPOSED, PLAIN, k, batch, n, 1, run->A, n, run->Y, n, 0, run->X, k);
        break;
    default:
        run->blas.gemm(COLUMN_MAJOR, PLAIN, TRANSPOSED, n, k, batch, 1, run->Y, n, run->X, k, 0, run->A, n);
        break;
    }
}

/* sum_i a[i sa] b[i sb] and the sum of the terms' sizes */
static double dot(int count, const float *a, int64_t sa, const float *b, int64_t sb, double *size)
{
    double sum = 0;

    *size = 1e-30;
    for (int64_t i = 0; i < count; i++) {
        sum += (double)a[i * sa] * b[i * sb];
        *size += fabs((double)a[i * sa] * b[i * sb]);
    }
    return sum;
}

/* Element (i, j) of the result as it should be, and where it is. */
static double expected(const struct product_run *run, int64_t i, int64_t j, const float **at, double *size)
{
    int64_t n = run->product.n, k = run->product.k;

    switch (run->product.kind) {
    case PRODUCT_GEMM_TN:
        *at = &run->X[i + j * k];
        return dot((int)n, run->A + i * n, 1, run->Y + j * n, 1, size);
    case PRODUCT_GEMM_NT:
        *at = &run->A[i + j * n];
        return dot(run->product.batch, run->Y + i, n, run->X + j, k, size);
    default:
        *at = &run->Y[i + j * n];
        return dot((int)k, run->A + i, n, run->X + j * k, 1, size);
    }
}

static double ger_residual(struct product_run *run)
{
    int64_t n = run->product.n, count = n * run->product.k;
    float *before = memory_new(count, sizeof *before);
    double worst = 0;

    for (int64_t i = 0; i < count; i++) {
        before[i] = run->A[i];
        run->A[i] = 0;
    }
    product_run_once(run);
    for (int64_t i = 0; i < count; i++) {
        double want = (double)ger_alpha * run->Y[i % n] * run->X[i / n];
        double off = fabs(run->A[i] - want) / (fabs(want) + 1e-30);

        worst = off <= worst ? worst : off;
        run->A[i] = before[i];
    }
    free(before);
    return worst;
}

double product_run_residual(struct product_run *run)
{
    const struct product *product = &run->product;
    bool input = product->kind == PRODUCT_GEMM_TN, weight = product->kind == PRODUCT_GEMM_NT;
    int64_t rows = input ? product->k : product->n, columns = weight ? product->k : product->batch;
    int64_t skip = rows * columns / 300 + 1;
    double worst = 0;

    if (product->kind == PRODUCT_GER)
        return ger_residual(run);
    product_run_once(run);
    for (int64_t e = 0; e < rows * columns; e += skip) {
        const float *at;
        double size, want = expected(run, e % rows, e / rows, &at, &size), off = fabs(*at - want) / size;

        worst = off <= worst ? worst : off;
    }
    return worst;
}
