/* Template: one sample, or few: kernels that read each weight once, by whole columns. */

/*
 * y (columns of at most eight vectors) = b + A x. Fewer than eight chains would wait for each other, so that narrow
 * columns get four chains for each element, p, p + 4, ..., added up at the end: `phases` is 1 or 4.
 */
MLPI_INLINE void T(columns_of)(int64_t k, const REAL *A, int64_t lda, const REAL *x, const REAL *b, REAL *y,
                               int vectors, int phases, int64_t tail)
{
    VECTOR chain[4][8];
#pragma GCC unroll 8
    for (int v = 0; v < vectors; v++) {
        chain[0][v] = b ? T(load_at)(b, v, vectors, tail) : V(zero)();
#pragma GCC unroll 4
        for (int phase = 1; phase < phases; phase++)
            chain[phase][v] = V(zero)();
    }
    int64_t p = 0;
    for (; p + phases <= k; p += phases)
#pragma GCC unroll 4
        for (int phase = 0; phase < phases; phase++)
#pragma GCC unroll 8
            for (int v = 0; v < vectors; v++) {
                if (vectors == 8) /* from the second cache: 784 x 128 in 1.6 us instead of 2.8 */
                    __builtin_prefetch(A + (p + 8) * lda + v * ELEMENTS);
                chain[phase][v] =
                    V(fma)(V(set1)(x[p + phase]), T(load_at)(A + (p + phase) * lda, v, vectors, tail),
                           chain[phase][v]);
            }
    for (; p < k; p++)
#pragma GCC unroll 8
        for (int v = 0; v < vectors; v++)
            chain[0][v] = V(fma)(V(set1)(x[p]), T(load_at)(A + p * lda, v, vectors, tail), chain[0][v]);
#pragma GCC unroll 8
    for (int v = 0; v < vectors; v++) {
        VECTOR sum = chain[0][v];
        if (phases == 4)
            sum = (sum + chain[1][v]) + (chain[2][v] + chain[3][v]);
        T(store_at)(y, sum, v, vectors, tail);
    }
}

/* y (n) += A x for `columns` columns, 1 to 8, as they lie: y stays in the nearest cache */
MLPI_INLINE void T(sweep)(int64_t n, int columns, const REAL *A, int64_t lda, const REAL *x, REAL *y)
{
    VECTOR a[8];
#pragma GCC unroll 8
    for (int p = 0; p < columns; p++)
        a[p] = V(set1)(x[p]);
    int64_t i = 0;
    for (; i + ELEMENTS <= n; i += ELEMENTS) {
        VECTOR chain = V(load)(y + i);
#pragma GCC unroll 8
        for (int p = 0; p < columns; p++)
            chain = V(fma)(a[p], V(load)(A + p * lda + i), chain);
        V(store)(y + i, chain);
    }
    if (i < n) {
        VECTOR chain = V(load_head)(y + i, n - i);
#pragma GCC unroll 8
        for (int p = 0; p < columns; p++)
            chain = V(fma)(a[p], V(load_head)(A + p * lda + i, n - i), chain);
        V(store_head)(y + i, chain, n - i);
    }
}

static void T(wide)(int64_t n, int64_t k, const REAL *A, int64_t lda, const REAL *x, const REAL *b, REAL *y)
{
    if (b)
        memcpy(y, b, (size_t)n * sizeof(REAL));
    else
        memset(y, 0, (size_t)n * sizeof(REAL));
    int64_t p = 0;
    for (; p + 8 <= k; p += 8)
        T(sweep)(n, 8, A + p * lda, lda, x + p, y);
    for (; p < k; p++)
        T(sweep)(n, 1, A + p * lda, lda, x + p, y);
}

/* 128 columns of A or fewer, four chains each */
static void T(narrow)(int64_t n, int64_t k, const REAL *A, int64_t lda, const REAL *x, const REAL *b, REAL *y)
{
    for (int64_t j = 0; j < n; j += 4 * ELEMENTS) {
        const int64_t left = n - j, vectors = left < 4 * ELEMENTS ? (left + ELEMENTS - 1) / ELEMENTS : 4;
        const int64_t tail = left < 4 * ELEMENTS ? left - (vectors - 1) * ELEMENTS : ELEMENTS;
        const REAL *from = b ? b + j : NULL;
        if (vectors == 4)
            T(columns_of)(k, A + j, lda, x, from, y + j, 4, 4, tail);
        else if (vectors == 3)
            T(columns_of)(k, A + j, lda, x, from, y + j, 3, 4, tail);
        else if (vectors == 2)
            T(columns_of)(k, A + j, lda, x, from, y + j, 2, 4, tail);
        else if (tail < ELEMENTS)
            T(columns_of)(k, A + j, lda, x, from, y + j, 1, 4, tail);
        else /* what is loaded next need not wait for a masked store */
            T(columns_of)(k, A + j, lda, x, from, y + j, 1, 4, ELEMENTS);
    }
}

static void T(single)(int64_t n, int64_t k, const REAL *A, int64_t lda, const REAL *x, const REAL *b, REAL *y)
{
    enum { MIDDLE = 8 * ELEMENTS }; /* one pass with all of y in registers */
    if (n < 128)
        T(narrow)(n, k, A, lda, x, b, y);
    else if (n == MIDDLE)
        T(columns_of)(k, A, lda, x, b, y, 8, 1, ELEMENTS);
    else
        T(wide)(n, k, A, lda, x, b, y);
}

/* sum_j += a W_j over n elements, n <= LANES, for j < count */
MLPI_INLINE void T(dots_step)(int64_t count, int64_t n, const REAL *a, const REAL *W, int64_t ldw,
                              VECTOR *sum)
{
    const VECTOR x = V(load_head)(a, n);
#pragma GCC unroll 16
    for (int j = 0; j < ELEMENTS; j++)
        if (j < count)
            sum[j] = V(fma)(x, V(load_head)(W + j * ldw, n), sum[j]);
}

/* C_j = sum over p of a[p] W_j[p] for j < LANES, and for j < count only */
MLPI_INLINE void T(dots_of)(int64_t count, int64_t k, const REAL *a, const REAL *W, int64_t ldw, REAL *C)
{
    VECTOR sum[ELEMENTS];
#pragma GCC unroll 16
    for (int j = 0; j < ELEMENTS; j++)
        sum[j] = V(zero)();
    int64_t p = 0;
    for (; p + ELEMENTS <= k; p += ELEMENTS)
        T(dots_step)(count, ELEMENTS, a + p, W + p, ldw, sum);
    if (p < k)
        T(dots_step)(count, k - p, a + p, W + p, ldw, sum);
    V(store_head)(C, V(sums)(sum), count);
}

/* C_ij for up to four samples and four columns: long columns are read end to end, once for all the samples */
MLPI_INLINE void T(dots_block)(int rows, int columns, int64_t k, const REAL *A, int64_t lda, const REAL *W,
                               int64_t ldw, REAL *C, int64_t ldc)
{
    VECTOR sum[4][4];
#pragma GCC unroll 4
    for (int i = 0; i < rows; i++)
#pragma GCC unroll 4
        for (int j = 0; j < columns; j++)
            sum[i][j] = V(zero)();
    for (int64_t p = 0; p < k; p += ELEMENTS) {
        const int64_t n = k - p < ELEMENTS ? k - p : ELEMENTS;
        VECTOR w[4];
#pragma GCC unroll 4
        for (int j = 0; j < columns; j++) {
            w[j] = V(load_head)(W + j * ldw + p, n);
            __builtin_prefetch(W + (j + columns) * ldw + p);
        }
#pragma GCC unroll 4
        for (int i = 0; i < rows; i++) {
            const VECTOR x = V(load_head)(A + i * lda + p, n);
#pragma GCC unroll 4
            for (int j = 0; j < columns; j++)
                sum[i][j] = V(fma)(x, w[j], sum[i][j]);
        }
    }
#pragma GCC unroll 4
    for (int i = 0; i < rows; i++)
#pragma GCC unroll 4
        for (int j = 0; j < columns; j++)
            C[i * ldc + j] = V(sum)(sum[i][j]);
}

/* All samples against `columns` columns, 1 to 4; `columns` is a constant */
MLPI_INLINE void T(dots_columns)(int columns, int64_t m, int64_t k, const REAL *A, int64_t lda, const REAL *W,
                                 int64_t ldw, REAL *C, int64_t ldc)
{
    int64_t i = 0;
    for (; i + 4 <= m; i += 4)
        T(dots_block)(4, columns, k, A + i * lda, lda, W, ldw, C + i * ldc, ldc);
    if (i + 2 <= m) {
        T(dots_block)(2, columns, k, A + i * lda, lda, W, ldw, C + i * ldc, ldc);
        i += 2;
    }
    if (i < m)
        T(dots_block)(1, columns, k, A + i * lda, lda, W, ldw, C + i * ldc, ldc);
}

static void T(dots_long)(int64_t m, int64_t n, int64_t k, const REAL *A, int64_t lda, const REAL *W,
                         int64_t ldw, REAL *C, int64_t ldc)
{
    int64_t j = 0;
    for (; j + 4 <= n; j += 4)
        T(dots_columns)(4, m, k, A, lda, W + j * ldw, ldw, C + j, ldc);
    for (; j < n; j++)
        T(dots_columns)(1, m, k, A, lda, W + j * ldw, ldw, C + j, ldc);
}

/* One sample: column by column, which is what memory is fastest at, in two chains */
static void T(dots_alone)(int64_t n, int64_t k, const REAL *a, const REAL *W, int64_t ldw, REAL *C)
{
    for (int64_t j = 0; j < n; j++, W += ldw) {
        VECTOR even = V(zero)(), odd = V(zero)();
        int64_t p = 0;
        for (; p + 2 * ELEMENTS <= k; p += 2 * ELEMENTS) {
            __builtin_prefetch(W + ldw + p);
            __builtin_prefetch(W + ldw + p + ELEMENTS);
            even = V(fma)(V(load)(a + p), V(load)(W + p), even);
            odd = V(fma)(V(load)(a + p + ELEMENTS), V(load)(W + p + ELEMENTS), odd);
        }
        const int64_t left = k - p, first = left < ELEMENTS ? left : ELEMENTS, second = left - first;
        even = V(fma)(V(load_head)(a + p, first), V(load_head)(W + p, first), even);
        if (second > 0)
            odd = V(fma)(V(load_head)(a + p + first, second), V(load_head)(W + p + first, second), odd);
        C[j] = V(sum)(even + odd);
    }
}

static void T(dots)(int64_t m, int64_t n, int64_t k, const REAL *A, int64_t lda, const REAL *W, int64_t ldw,
                    REAL *C, int64_t ldc)
{
    enum { LONG = 16 }; /* vectors from which adding up at the end is little */
    if (m == 1 && k > NEAR * ELEMENTS) {
        T(dots_alone)(n, k, A, W, ldw, C);
        return;
    }
    if (k >= LONG * ELEMENTS) {
        T(dots_long)(m, n, k, A, lda, W, ldw, C, ldc);
        return;
    }
    for (int64_t j = 0; j < n; j += ELEMENTS)
        for (int64_t i = 0; i < m; i++) {
            const REAL *a = A + i * lda, *w = W + j * ldw;
            REAL *c = C + i * ldc + j;
            if (n - j >= ELEMENTS)
                T(dots_of)(ELEMENTS, k, a, w, ldw, c);
            else
                T(dots_of)(n - j, k, a, w, ldw, c);
        }
}

/* Four sums at a time, rows s, s + 4, ... each, added up at the end */
static void T(sum_rows)(int64_t rows, int64_t n, const REAL *in, int64_t ldi, REAL *out)
{
    for (int64_t j = 0; j < n; j += ELEMENTS) {
        const int64_t count = n - j < ELEMENTS ? n - j : ELEMENTS;
        VECTOR sum[4] = {V(zero)(), V(zero)(), V(zero)(), V(zero)()};
        int64_t s = 0;
        for (; s + 4 <= rows; s += 4)
#pragma GCC unroll 4
            for (int i = 0; i < 4; i++)
                sum[i] += V(load_head)(in + (s + i) * ldi + j, count);
        for (; s < rows; s++)
            sum[0] += V(load_head)(in + s * ldi + j, count);
        V(store_head)(out + j, (sum[0] + sum[1]) + (sum[2] + sum[3]), count);
    }
}

static void T(add)(int64_t n, REAL alpha, const REAL *x, REAL *y)
{
    const VECTOR a = V(set1)(alpha);
    for (int64_t i = 0; i < n; i += ELEMENTS) {
        const int64_t count = n - i < ELEMENTS ? n - i : ELEMENTS;
        V(store_head)(y + i, V(fma)(a, V(load_head)(x + i, count), V(load_head)(y + i, count)), count);
    }
}

/* 0 x is 0 for finite x and NaN for others, which then stays in the sum */
static REAL T(largest)(int64_t runs, int64_t n, const REAL *x, int64_t ld)
{
    VECTOR sum[2] = {V(zero)(), V(zero)()}, most[2] = {V(zero)(), V(zero)()};
    if (ld == n) {
        n *= runs;
        runs = 1;
    }
    for (int64_t r = 0; r < runs; r++, x += ld) {
        int64_t i = 0;
        for (; i + 2 * ELEMENTS <= n; i += 2 * ELEMENTS)
#pragma GCC unroll 2
            for (int k = 0; k < 2; k++) {
                const VECTOR v = V(load)(x + i + k * ELEMENTS);
                sum[k] = V(fma)(v, V(zero)(), sum[k]);
                most[k] = V(max)(V(max)(v, -v), most[k]);
            }
        for (; i < n; i += ELEMENTS) {
            const VECTOR v = V(load_head)(x + i, n - i < ELEMENTS ? n - i : ELEMENTS);
            sum[0] = V(fma)(v, V(zero)(), sum[0]);
            most[0] = V(max)(V(max)(v, -v), most[0]);
        }
    }
    return V(sum)(sum[0] + sum[1]) == 0 ? V(largest)(V(max)(most[0], most[1])) : (REAL)INFINITY;
}

/* A square of LANES x LANES, of which `rows` rows and `columns` columns exist */
MLPI_INLINE void T(transpose_square)(int64_t rows, int64_t columns, const REAL *in, int64_t ldi, REAL *out,
                                     int64_t ldo)
{
    VECTOR x[ELEMENTS];
    const REAL *from = in, *to = out;
#pragma GCC unroll 16
    for (int i = 0; i < ELEMENTS; i++) {
        x[i] = i < rows ? V(load_head)(from, columns) : V(zero)();
        T(advance)(&from, ldi);
    }
    V(transpose)(x);
#pragma GCC unroll 16
    for (int j = 0; j < ELEMENTS; j++) {
        if (j < columns)
            V(store_head)((REAL *)to, x[j], rows);
        T(advance)(&to, ldo);
    }
}

/* Little: element by element */
static void T(transpose_thin)(int64_t rows, int64_t columns, const REAL *in, int64_t ldi, REAL *out,
                              int64_t ldo)
{
    for (int64_t j = 0; j < columns; j++)
        for (int64_t i = 0; i < rows; i++)
            out[j * ldo + i] = in[i * ldi + j];
}

static void T(transpose)(int64_t rows, int64_t columns, const REAL *in, int64_t ldi, REAL *out, int64_t ldo)
{
    if (rows * columns <= 4 * ELEMENTS) { /* where squares would be mostly empty */
        T(transpose_thin)(rows, columns, in, ldi, out, ldo);
        return;
    }
    for (int64_t j = 0; j < columns; j += ELEMENTS)
        for (int64_t i = 0; i < rows; i += ELEMENTS) {
            const REAL *square = in + i * ldi + j;
            REAL *target = out + j * ldo + i;
            if (rows - i >= ELEMENTS && columns - j >= ELEMENTS)
                T(transpose_square)(ELEMENTS, ELEMENTS, square, ldi, target, ldo);
            else
                T(transpose_square)(rows - i < ELEMENTS ? rows - i : ELEMENTS,
                                    columns - j < ELEMENTS ? columns - j : ELEMENTS, square, ldi, target,
                                    ldo);
        }
}

/*
 * Short columns of W, up to a vector of them, become a panel whose vectors run along them, which meets all samples at once:
 * no sum is one of elements of a vector.
 */
static void T(pull)(int64_t m, int64_t n, int64_t k, const REAL *A, int64_t lda, const REAL *W, int64_t ldw,
                    REAL *C, int64_t ldc)
{
    if (k > ELEMENTS) {
        T(dots)(m, n, k, A, lda, W, ldw, C, ldc);
        return;
    }
    REAL panel[ELEMENTS * ELEMENTS];
    T(mlpi_product) tile = {.k = k, .rsa = lda, .csa = 1, .V = panel, .ldv = ELEMENTS, .ldc = ldc};
    tile.next = panel;
    for (int64_t j = 0; j < n; j += ELEMENTS) {
        const int64_t columns = n - j < ELEMENTS ? n - j : ELEMENTS;
        if (columns == ELEMENTS)
            T(transpose_square)(ELEMENTS, k, W + j * ldw, ldw, panel, ELEMENTS);
        else
            T(transpose_square)(columns, k, W + j * ldw, ldw, panel, ELEMENTS);
        for (int64_t i = 0; i < m; i += LIMIT_1) {
            tile.A = A + i * lda;
            tile.C = C + i * ldc + j;
            T(tile_1)(&tile, m - i < LIMIT_1 ? (int)(m - i) : LIMIT_1, columns);
        }
    }
}
