/*
 * The BLAS seam: every dense product and factorisation of the library goes through here. Nothing else in the
 * tree sees cblas.h or lapacke.h; MLP_BLAS chooses what stands behind it (blas_cblas.c and blas_lapacke.c, or
 * blas_plain.c and its siblings).
 *
 * Column-major throughout. Sizes are int64_t: what a 32-bit BLAS cannot take in one call is split, so that
 * only leading dimensions and increments must fit MLPI_BLAS_MAX_DIMENSION; callers refuse larger ones before
 * they come here. A size of 0 is a valid, empty operand. `beta = 0` overwrites and never reads. `alpha` is
 * never 0: libraries disagree on whether 0 * NaN is computed, so a caller that means 0 makes no call.
 *
 * The LAPACK functions return LAPACK's info: 0 is success, -i says that argument i is wrong or too large,
 * > 0 is as each says. The caller has checked that A and B are finite. They allocate nothing.
 */
#ifndef MLPI_ENGINE_BLAS_H
#define MLPI_ENGINE_BLAS_H

#include <stdint.h>

#define MLPI_BLAS_MAX_DIMENSION INT32_MAX

/* The triangle of a symmetric matrix that a call reads and writes. */
#define MLPI_LOWER 0
#define MLPI_UPPER 1

/*
 * Let the BLAS do now what its first product does besides: OpenBLAS maps its working memory then, once in a process
 * for every thread that is inside it at the same time.
 */
void mlpi_blas_prepare(void);

/* C = alpha op(A) op(B) + beta C,  op(A) m x k, op(B) k x n, C m x n;  op transposes where the flag is 1. */
void mlpi_gemm_f32(int transA, int transB, int64_t m, int64_t n, int64_t k, float alpha, const float *A,
                   int64_t lda, const float *B, int64_t ldb, float beta, float *C, int64_t ldc);
void mlpi_gemm_f64(int transA, int transB, int64_t m, int64_t n, int64_t k, double alpha, const double *A,
                   int64_t lda, const double *B, int64_t ldb, double beta, double *C, int64_t ldc);

/* y = alpha op(A) x + beta y,  A m x n as stored. Increments are positive here and below. */
void mlpi_gemv_f32(int trans, int64_t m, int64_t n, float alpha, const float *A, int64_t lda, const float *x,
                   int64_t incx, float beta, float *y, int64_t incy);
void mlpi_gemv_f64(int trans, int64_t m, int64_t n, double alpha, const double *A, int64_t lda,
                   const double *x, int64_t incx, double beta, double *y, int64_t incy);

/* A += alpha x y^T,  A m x n. */
void mlpi_ger_f32(int64_t m, int64_t n, float alpha, const float *x, int64_t incx, const float *y,
                  int64_t incy, float *A, int64_t lda);
void mlpi_ger_f64(int64_t m, int64_t n, double alpha, const double *x, int64_t incx, const double *y,
                  int64_t incy, double *A, int64_t lda);

/* C = alpha op(A) op(A)^T + beta C in one triangle of C,  op(A) n x k. */
void mlpi_syrk_f32(int triangle, int trans, int64_t n, int64_t k, float alpha, const float *A, int64_t lda,
                   float beta, float *C, int64_t ldc);
void mlpi_syrk_f64(int triangle, int trans, int64_t n, int64_t k, double alpha, const double *A, int64_t lda,
                   double beta, double *C, int64_t ldc);

/* y += alpha x,  n elements. */
void mlpi_axpy_f32(int64_t n, float alpha, const float *x, int64_t incx, float *y, int64_t incy);
void mlpi_axpy_f64(int64_t n, double alpha, const double *x, int64_t incx, double *y, int64_t incy);

/* x^T y */
float mlpi_dot_f32(int64_t n, const float *x, int64_t incx, const float *y, int64_t incy);
double mlpi_dot_f64(int64_t n, const double *x, int64_t incx, const double *y, int64_t incy);

/* sqrt(x^T x) without overflow or underflow on the way */
float mlpi_nrm2_f32(int64_t n, const float *x, int64_t incx);
double mlpi_nrm2_f64(int64_t n, const double *x, int64_t incx);

/*
 * Least squares of full rank: min |B - A X| (m >= n), or the X of least norm with A X = B (m < n). A m x n is
 * destroyed; B has max(m, n) rows, the right sides in its first m, and receives X in its first n. info > 0: A
 * is exactly rank-deficient and X was not computed. `work` has mlpi_gels_work elements.
 */
int mlpi_gels_f32(int64_t m, int64_t n, int64_t nrhs, float *A, int64_t lda, float *B, int64_t ldb,
                  float *work, int64_t work_count);
int mlpi_gels_f64(int64_t m, int64_t n, int64_t nrhs, double *A, int64_t lda, double *B, int64_t ldb,
                  double *work, int64_t work_count);
int mlpi_gels_work_f32(int64_t m, int64_t n, int64_t nrhs, int64_t *work_count);
int mlpi_gels_work_f64(int64_t m, int64_t n, int64_t nrhs, int64_t *work_count);

/*
 * Least squares of any rank by singular values: the X of least norm among those that minimise |B - A X|.
 * Storage as for gels. `s` receives the min(m, n) singular values, descending; those <= rcond s[0] count as 0
 * (rcond < 0: machine precision) and *rank is the number of the others. info > 0: no convergence.
 */
int mlpi_gelsd_f32(int64_t m, int64_t n, int64_t nrhs, float *A, int64_t lda, float *B, int64_t ldb, float *s,
                   float rcond, int64_t *rank, float *work, int64_t work_count, int32_t *iwork);
int mlpi_gelsd_f64(int64_t m, int64_t n, int64_t nrhs, double *A, int64_t lda, double *B, int64_t ldb,
                   double *s, double rcond, int64_t *rank, double *work, int64_t work_count, int32_t *iwork);
int mlpi_gelsd_work_f32(int64_t m, int64_t n, int64_t nrhs, int64_t *work_count, int64_t *iwork_count);
int mlpi_gelsd_work_f64(int64_t m, int64_t n, int64_t nrhs, int64_t *work_count, int64_t *iwork_count);

/*
 * Cholesky: A = L L^T of a positive definite n x n matrix whose lower triangle is given and becomes L. info > 0: the
 * leading minor of that order is not positive and A is destroyed. The triangle above the diagonal is neither read
 * nor written, here and below.
 */
int mlpi_potrf_f32(int64_t n, float *A, int64_t lda);
int mlpi_potrf_f64(int64_t n, double *A, int64_t lda);

/* B = A^-1 B,  B n x nrhs, by the L that potrf has left in place of A. */
int mlpi_potrs_f32(int64_t n, int64_t nrhs, const float *A, int64_t lda, float *B, int64_t ldb);
int mlpi_potrs_f64(int64_t n, int64_t nrhs, const double *A, int64_t lda, double *B, int64_t ldb);

/* The lower triangle of A^-1 in place of the L that potrf has left. info > 0: that element of diag(L) is 0. */
int mlpi_potri_f32(int64_t n, float *A, int64_t lda);
int mlpi_potri_f64(int64_t n, double *A, int64_t lda);

/*
 * Eigenvalues w, ascending, of a symmetric n x n matrix whose lower triangle is given, and the eigenvectors in the
 * columns of A: A = V diag(w) V^T. info > 0: no convergence. `work` and `iwork` have the elements of mlpi_syevd_work.
 */
int mlpi_syevd_f32(int64_t n, float *A, int64_t lda, float *w, float *work, int64_t work_count,
                   int32_t *iwork);
int mlpi_syevd_f64(int64_t n, double *A, int64_t lda, double *w, double *work, int64_t work_count,
                   int32_t *iwork);
int mlpi_syevd_work_f32(int64_t n, int64_t *work_count, int64_t *iwork_count);
int mlpi_syevd_work_f64(int64_t n, int64_t *work_count, int64_t *iwork_count);

/*
 * Singular values s, descending, of an m x n matrix A, which is destroyed; and where U is not NULL the thin
 * A = U diag(s) V^T with orthonormal columns: U m x q, V^T q x n, q = min(m, n). U and VT are both NULL or neither is,
 * and `vectors` says so when the sizes of work and iwork are asked. info > 0: no convergence.
 */
int mlpi_gesdd_f32(int64_t m, int64_t n, float *A, int64_t lda, float *s, float *U, int64_t ldu, float *VT,
                   int64_t ldvt, float *work, int64_t work_count, int32_t *iwork);
int mlpi_gesdd_f64(int64_t m, int64_t n, double *A, int64_t lda, double *s, double *U, int64_t ldu,
                   double *VT, int64_t ldvt, double *work, int64_t work_count, int32_t *iwork);
int mlpi_gesdd_work_f32(int64_t m, int64_t n, int vectors, int64_t *work_count, int64_t *iwork_count);
int mlpi_gesdd_work_f64(int64_t m, int64_t n, int vectors, int64_t *work_count, int64_t *iwork_count);

/*
 * Rows for a QR factorisation that is there: R becomes the upper triangular factor of [R; B], so that R^T R grows by
 * B^T B. R n x n, what is below its diagonal neither read nor written; B m x n is destroyed. `work` has
 * mlpi_tpqrt_work elements.
 */
int mlpi_tpqrt_f32(int64_t m, int64_t n, float *R, int64_t ldr, float *B, int64_t ldb, float *work);
int mlpi_tpqrt_f64(int64_t m, int64_t n, double *R, int64_t ldr, double *B, int64_t ldb, double *work);
int64_t mlpi_tpqrt_work(int64_t n);

#endif
