/* Template: the products of one number type, and the factorisations that steps make. */

typedef void TYPE_OF(gemm)(int, int, int, int, int, int, REAL, const REAL *, int, const REAL *, int, REAL,
                           REAL *, int);
typedef void TYPE_OF(gemv)(int, int, int, int, REAL, const REAL *, int, const REAL *, int, REAL, REAL *, int);
typedef void TYPE_OF(ger)(int, int, int, REAL, const REAL *, int, const REAL *, int, REAL *, int);
typedef void TYPE_OF(syrk)(int, int, int, int, int, REAL, const REAL *, int, REAL, REAL *, int);
typedef void TYPE_OF(axpy)(int, REAL, const REAL *, int, REAL *, int);
typedef REAL TYPE_OF(dot)(int, const REAL *, int, const REAL *, int);
typedef REAL TYPE_OF(nrm2)(int, const REAL *, int);
typedef int TYPE_OF(potrf_work)(int, char, int, REAL *, int);
typedef int TYPE_OF(potri_work)(int, char, int, REAL *, int);
typedef int TYPE_OF(potrs_work)(int, char, int, int, const REAL *, int, REAL *, int);
typedef int TYPE_OF(tpqrt_work)(int, int, int, int, int, REAL *, int, REAL *, int, REAL *, int, REAL *);

TYPE_OF(gemm) CBLAS(gemm);
TYPE_OF(gemv) CBLAS(gemv);
TYPE_OF(ger) CBLAS(ger);
TYPE_OF(syrk) CBLAS(syrk);
TYPE_OF(axpy) CBLAS(axpy);
TYPE_OF(dot) CBLAS(dot);
TYPE_OF(nrm2) CBLAS(nrm2);
TYPE_OF(potrf_work) LAPACKE(potrf_work);
TYPE_OF(potri_work) LAPACKE(potri_work);
TYPE_OF(potrs_work) LAPACKE(potrs_work);
TYPE_OF(tpqrt_work) LAPACKE(tpqrt_work);

void CBLAS(gemm)(int order, int transA, int transB, int m, int n, int k, REAL alpha, const REAL *A, int lda,
                 const REAL *B, int ldb, REAL beta, REAL *C, int ldc)
{
    ((TYPE_OF(gemm) *)enter(NAME_OF(gemm)))(order, transA, transB, m, n, k, alpha, A, lda, B, ldb, beta, C,
                                            ldc);
    leave();
}

void CBLAS(gemv)(int order, int trans, int m, int n, REAL alpha, const REAL *A, int lda, const REAL *x,
                 int incx, REAL beta, REAL *y, int incy)
{
    ((TYPE_OF(gemv) *)enter(NAME_OF(gemv)))(order, trans, m, n, alpha, A, lda, x, incx, beta, y, incy);
    leave();
}

void CBLAS(ger)(int order, int m, int n, REAL alpha, const REAL *x, int incx, const REAL *y, int incy,
                REAL *A, int lda)
{
    ((TYPE_OF(ger) *)enter(NAME_OF(ger)))(order, m, n, alpha, x, incx, y, incy, A, lda);
    leave();
}

void CBLAS(syrk)(int order, int triangle, int trans, int n, int k, REAL alpha, const REAL *A, int lda,
                 REAL beta, REAL *C, int ldc)
{
    ((TYPE_OF(syrk) *)enter(NAME_OF(syrk)))(order, triangle, trans, n, k, alpha, A, lda, beta, C, ldc);
    leave();
}

void CBLAS(axpy)(int n, REAL alpha, const REAL *x, int incx, REAL *y, int incy)
{
    ((TYPE_OF(axpy) *)enter(NAME_OF(axpy)))(n, alpha, x, incx, y, incy);
    leave();
}

REAL CBLAS(dot)(int n, const REAL *x, int incx, const REAL *y, int incy)
{
    const REAL value = ((TYPE_OF(dot) *)enter(NAME_OF(dot)))(n, x, incx, y, incy);
    leave();
    return value;
}

REAL CBLAS(nrm2)(int n, const REAL *x, int incx)
{
    const REAL value = ((TYPE_OF(nrm2) *)enter(NAME_OF(nrm2)))(n, x, incx);
    leave();
    return value;
}

int LAPACKE(potrf_work)(int layout, char triangle, int n, REAL *A, int lda)
{
    const int info = ((TYPE_OF(potrf_work) *)enter(LAPACKE_NAME_OF(potrf_work)))(layout, triangle, n, A, lda);
    leave();
    return info;
}

int LAPACKE(potri_work)(int layout, char triangle, int n, REAL *A, int lda)
{
    const int info = ((TYPE_OF(potri_work) *)enter(LAPACKE_NAME_OF(potri_work)))(layout, triangle, n, A, lda);
    leave();
    return info;
}

int LAPACKE(potrs_work)(int layout, char triangle, int n, int nrhs, const REAL *A, int lda, REAL *B, int ldb)
{
    const int info = ((TYPE_OF(potrs_work) *)enter(LAPACKE_NAME_OF(potrs_work)))(layout, triangle, n, nrhs, A,
                                                                                 lda, B, ldb);
    leave();
    return info;
}

int LAPACKE(tpqrt_work)(int layout, int m, int n, int l, int nb, REAL *A, int lda, REAL *B, int ldb, REAL *T,
                        int ldt, REAL *work)
{
    const int info = ((TYPE_OF(tpqrt_work) *)enter(LAPACKE_NAME_OF(tpqrt_work)))(layout, m, n, l, nb, A, lda,
                                                                                 B, ldb, T, ldt, work);
    leave();
    return info;
}
