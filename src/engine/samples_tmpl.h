/* Template: what derivatives per sample do to the columns of a matrix. */

/* sum_j += x o x over n elements of column j, n <= LANES, for j < count */
MLPI_INLINE void T(squares_step)(int64_t count, int64_t n, const REAL *X, int64_t ldx, VECTOR *sum)
{
#pragma GCC unroll 16
    for (int j = 0; j < ELEMENTS; j++)
        if (j < count) {
            const VECTOR x = V(load_head)(X + j * ldx, n);
            sum[j] = V(fma)(x, x, sum[j]);
        }
}

/* out_j = |X_j|^2 for j < LANES, and for j < count only */
MLPI_INLINE void T(squares_of)(int64_t count, int64_t n, const REAL *X, int64_t ldx, REAL *out)
{
    VECTOR sum[ELEMENTS];
#pragma GCC unroll 16
    for (int j = 0; j < ELEMENTS; j++)
        sum[j] = V(zero)();
    int64_t i = 0;
    for (; i + ELEMENTS <= n; i += ELEMENTS)
        T(squares_step)(count, ELEMENTS, X + i, ldx, sum);
    if (i < n)
        T(squares_step)(count, n - i, X + i, ldx, sum);
    V(store_head)(out, V(sums)(sum), count);
}

/* One column's sum is the same whatever columns are beside it. */
static void T(squares)(int64_t columns, int64_t n, const REAL *X, int64_t ldx, REAL *out)
{
    int64_t s = 0;
    for (; s + ELEMENTS <= columns; s += ELEMENTS)
        T(squares_of)(ELEMENTS, n, X + s * ldx, ldx, out + s);
    if (s < columns)
        T(squares_of)(columns - s, n, X + s * ldx, ldx, out + s);
}

static void T(scale_columns)(int64_t columns, int64_t n, const REAL *factors, REAL *X, int64_t ldx)
{
    for (int64_t s = 0; s < columns; s++) {
        const VECTOR factor = V(set1)(factors[s]);
        REAL *x = X + s * ldx;
        int64_t i = 0;
        for (; i + ELEMENTS <= n; i += ELEMENTS)
            V(store)(x + i, factor * V(load)(x + i));
        if (i < n)
            V(store_head)(x + i, factor * V(load_head)(x + i, n - i), n - i);
    }
}

static void T(add_gram)(int64_t n, const REAL *x, const REAL *y, REAL *out)
{
    const VECTOR one = V(set1)(1);
    for (int64_t i = 0; i < n; i += ELEMENTS) {
        const int64_t count = n - i < ELEMENTS ? n - i : ELEMENTS;
        const VECTOR sum = V(load_head)(y + i, count) + one;
        V(store_head)
        (out + i, V(fma)(V(load_head)(x + i, count), sum, V(load_head)(out + i, count)), count);
    }
}
