/*
 * What stands behind blas.h: the same products on non-empty operands whose sizes fit 32 bits, by blas_cblas.c
 * or blas_plain.c; and how to ask a CBLAS about itself, by blas_system.c or blas_bundled.c.
 */
#ifndef MLPI_ENGINE_BLAS_BACKEND_H
#define MLPI_ENGINE_BLAS_BACKEND_H

#include <stddef.h>
#include <stdint.h>

void mlpi_backend_gemm_f32(int transA, int transB, int32_t m, int32_t n, int32_t k, float alpha,
                           const float *A, int32_t lda, const float *B, int32_t ldb, float beta, float *C,
                           int32_t ldc);
void mlpi_backend_gemm_f64(int transA, int transB, int32_t m, int32_t n, int32_t k, double alpha,
                           const double *A, int32_t lda, const double *B, int32_t ldb, double beta, double *C,
                           int32_t ldc);
void mlpi_backend_gemv_f32(int trans, int32_t m, int32_t n, float alpha, const float *A, int32_t lda,
                           const float *x, int32_t incx, float beta, float *y, int32_t incy);
void mlpi_backend_gemv_f64(int trans, int32_t m, int32_t n, double alpha, const double *A, int32_t lda,
                           const double *x, int32_t incx, double beta, double *y, int32_t incy);
void mlpi_backend_ger_f32(int32_t m, int32_t n, float alpha, const float *x, int32_t incx, const float *y,
                          int32_t incy, float *A, int32_t lda);
void mlpi_backend_ger_f64(int32_t m, int32_t n, double alpha, const double *x, int32_t incx, const double *y,
                          int32_t incy, double *A, int32_t lda);
void mlpi_backend_syrk_f32(int triangle, int trans, int32_t n, int32_t k, float alpha, const float *A,
                           int32_t lda, float beta, float *C, int32_t ldc);
void mlpi_backend_syrk_f64(int triangle, int trans, int32_t n, int32_t k, double alpha, const double *A,
                           int32_t lda, double beta, double *C, int32_t ldc);
void mlpi_backend_axpy_f32(int32_t n, float alpha, const float *x, int32_t incx, float *y, int32_t incy);
void mlpi_backend_axpy_f64(int32_t n, double alpha, const double *x, int32_t incx, double *y, int32_t incy);
float mlpi_backend_dot_f32(int32_t n, const float *x, int32_t incx, const float *y, int32_t incy);
double mlpi_backend_dot_f64(int32_t n, const double *x, int32_t incx, const double *y, int32_t incy);
float mlpi_backend_nrm2_f32(int32_t n, const float *x, int32_t incx);
double mlpi_backend_nrm2_f64(int32_t n, const double *x, int32_t incx);

/*
 * Around every call of a CBLAS or LAPACKE: waits for its turn where the library is not made for several threads at once,
 * and does nothing where it is.
 */
void mlpi_backend_enter(void);
void mlpi_backend_leave(void);

/* An address of code of the CBLAS that does the products (blas_cblas.c). */
const void *mlpi_backend_origin(void);

/* A function of that library by its name, to be cast to its type; NULL if the library has none. */
typedef void mlpi_backend_function(void);
mlpi_backend_function *mlpi_backend_find(const char *name);

/* The path of the library's file with symbolic links resolved; "" where it cannot be told. */
void mlpi_backend_file(char *path, size_t size);

#endif
