/* Template: products and the table of kernels in one number type. */

typedef struct T(mlpi_product) {
    int64_t m, n, k;
    const REAL *A; /* element (i, p) at i rsa + p csa */
    int64_t rsa, csa;
    const REAL *V; /* row p at p ldv */
    int64_t ldv;
    REAL *C; /* row i at i ldc */
    int64_t ldc;
    int32_t start, finish;
    const REAL *bias;
    REAL alpha;
    /* the kernels' own: */
    int32_t hold;     /* tiles that ask for `next` in turn */
    const REAL *next; /* what is read after V */
} T(mlpi_product);

/* The way down through a layer for 1 .. MLPI_FEW samples, and its update. */
typedef struct T(mlpi_descent) {
    int64_t samples, n, columns;
    REAL *A; /* n x columns, column j at j lda */
    int64_t lda;
    const REAL *Delta; /* n of sample s at s ldd */
    int64_t ldd;
    const REAL *Y; /* `columns` of sample s at s ldy */
    int64_t ldy;
    REAL *G; /* likewise; NULL where it is not wanted */
    int64_t ldg;
    REAL alpha;
} T(mlpi_descent);

typedef struct T(mlpi_kernels) {
    int64_t lanes; /* elements of a vector */
    int64_t panel; /* columns of C a product works on at a time */

    void (*product)(const T(mlpi_product) *product);

    /* y (n) = b + A x,  A n x k at lda, b NULL for 0: the chains of a product, or up to four of them for each y where n < 128 */
    void (*single)(int64_t n, int64_t k, const REAL *A, int64_t lda, const REAL *x, const REAL *b, REAL *y);

    /* C (m x n, row i at i ldc)_ij = sum over p < k of A_i[p] W_j[p], A_i at i lda, W_j at j ldw: sums by vectors */
    void (*dots)(int64_t m, int64_t n, int64_t k, const REAL *A, int64_t lda, const REAL *W, int64_t ldw,
                 REAL *C, int64_t ldc);

    /* the same for MLPI_SEVERAL samples or more; where k <= lanes, as the chains of a product */
    void (*pull)(int64_t m, int64_t n, int64_t k, const REAL *A, int64_t lda, const REAL *W, int64_t ldw,
                 REAL *C, int64_t ldc);

    /* G_s[j] = A_j . Delta_s as pull, or dots for fewer samples, and then A_j += alpha sum_s y_s[j] Delta_s as a product that updates */
    void (*descend)(const T(mlpi_descent) *descent);

    /* out (n) = sum of the rows of `rows` x n at ldi, in a fixed order */
    void (*sum_rows)(int64_t rows, int64_t n, const REAL *in, int64_t ldi, REAL *out);

    /* y += alpha x,  n elements */
    void (*add)(int64_t n, REAL alpha, const REAL *x, REAL *y);

    /* the largest magnitude in `runs` runs of n elements, ld apart; infinity if not all are finite */
    REAL (*largest)(int64_t runs, int64_t n, const REAL *x, int64_t ld);

    /* out (columns x rows, row j at j ldo) = in^T (rows x columns, row i at i ldi) */
    void (*transpose)(int64_t rows, int64_t columns, const REAL *in, int64_t ldi, REAL *out, int64_t ldo);

    /* out (columns)_s = |X_s|^2, column s of X at s ldx with n elements: sums by vectors */
    void (*squares)(int64_t columns, int64_t n, const REAL *X, int64_t ldx, REAL *out);

    /* X_s *= factors[s], column s of X at s ldx with n elements */
    void (*scale_columns)(int64_t columns, int64_t n, const REAL *factors, REAL *X, int64_t ldx);

    /* out += x o (y + 1),  n elements */
    void (*add_gram)(int64_t n, const REAL *x, const REAL *y, REAL *out);
} T(mlpi_kernels);
