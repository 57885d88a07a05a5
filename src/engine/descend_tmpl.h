/*
 * Template: few samples, the cotangent of a layer's input and the update of its weights in one pass. A wide A_l takes
 * longest on its way from memory, so that each column is read once, for the dots as it was and for the update, and written
 * once. The bits are those of dots, or of pull for several samples, and of a product that updates.
 */

/* Elements i .. i + count - 1 of `columns` columns from A on; `samples`, `columns` and `pull` are constants */
MLPI_INLINE void T(descend_vectors)(const T(mlpi_descent) *t, REAL *A, int samples, int columns, int pull,
                                    int64_t i, int64_t count, VECTOR y[2][MLPI_FEW], VECTOR sum[2][MLPI_FEW])
{
    VECTOR d[MLPI_FEW];
    const REAL *delta = t->Delta + i;
#pragma GCC unroll 8
    for (int s = 0; s < samples; s++) {
        d[s] = V(load_head)(delta, count);
        T(advance)(&delta, t->ldd);
    }
#pragma GCC unroll 2
    for (int c = 0; c < columns; c++) {
        const VECTOR a = V(load_head)(A + c * t->lda + i, count);
        VECTOR chain = V(zero)();
        __builtin_prefetch(A + (c + columns) * t->lda + i, 1);
#pragma GCC unroll 8
        for (int s = 0; s < samples; s++) {
            if (pull)
                sum[c][s] = V(fma)(d[s], a, sum[c][s]);
            chain = V(fma)(y[c][s], d[s], chain);
        }
        V(store_head)(A + c * t->lda + i, V(fma)(V(set1)(t->alpha), chain, a), count);
    }
}

/* Columns j .. j + columns - 1, end to end; what adds up to an element of G goes where its column is in a block of LANES */
MLPI_INLINE void T(descend_columns)(const T(mlpi_descent) *t, int64_t j, int samples, int columns, int pull,
                                    VECTOR (*sums)[ELEMENTS])
{
    REAL *A = t->A + j * t->lda;
    VECTOR y[2][MLPI_FEW], sum[2][MLPI_FEW];
    const REAL *input = t->Y + j;
#pragma GCC unroll 8
    for (int s = 0; s < samples; s++) {
#pragma GCC unroll 2
        for (int c = 0; c < columns; c++) {
            y[c][s] = V(set1)(input[c]);
            sum[c][s] = V(zero)();
        }
        T(advance)(&input, t->ldy);
    }
    int64_t i = 0;
    for (; i + ELEMENTS <= t->n; i += ELEMENTS)
        T(descend_vectors)(t, A, samples, columns, pull, i, ELEMENTS, y, sum);
    if (i < t->n)
        T(descend_vectors)(t, A, samples, columns, pull, i, t->n - i, y, sum);
    if (pull)
#pragma GCC unroll 2
        for (int c = 0; c < columns; c++)
#pragma GCC unroll 8
            for (int s = 0; s < samples; s++)
                sums[s][(j + c) % ELEMENTS] = sum[c][s];
}

/* As many columns at a time as there are registers for. */
MLPI_INLINE void T(descend_few)(const T(mlpi_descent) *whole, int samples, int pull)
{
    const T(mlpi_descent) copy = *whole, *t = &copy; /* which no store can change */
    const int group = samples <= PAIRED ? 2 : 1;
    VECTOR sums[MLPI_FEW][ELEMENTS];
    for (int64_t j = 0, count; j < t->columns; j += count) {
        count = t->columns - j < ELEMENTS ? t->columns - j : ELEMENTS;
        if (count < ELEMENTS)
            memset(sums, 0, sizeof sums);
        int64_t c = 0;
        for (; c + group <= count; c += group)
            T(descend_columns)(t, j + c, samples, group, pull, sums);
        for (; c < count; c++)
            T(descend_columns)(t, j + c, samples, 1, pull, sums);
        for (int s = 0; pull && s < samples; s++)
            V(store_head)(t->G + s * t->ldg + j, V(sums)(sums[s]), count);
    }
}

/* `samples` is a constant */
MLPI_INLINE void T(descend_samples)(const T(mlpi_descent) *t, int samples)
{
    if (t->G)
        T(descend_few)(t, samples, 1);
    else
        T(descend_few)(t, samples, 0);
}

static void T(descend_2)(const T(mlpi_descent) *t)
{
    T(descend_samples)(t, 2);
}

static void T(descend_3)(const T(mlpi_descent) *t)
{
    T(descend_samples)(t, 3);
}

static void T(descend_4)(const T(mlpi_descent) *t)
{
    T(descend_samples)(t, 4);
}

static void T(descend_5)(const T(mlpi_descent) *t)
{
    T(descend_samples)(t, 5);
}

static void T(descend_6)(const T(mlpi_descent) *t)
{
    T(descend_samples)(t, 6);
}

static void T(descend_7)(const T(mlpi_descent) *t)
{
    T(descend_samples)(t, 7);
}

static void T(descend_8)(const T(mlpi_descent) *t)
{
    T(descend_samples)(t, 8);
}

/* One sample, element i .. i + count - 1 of a column */
MLPI_INLINE void T(descend_vector)(const T(mlpi_descent) *t, REAL *A, int pull, int64_t i, int64_t count,
                                   VECTOR y, VECTOR *sum)
{
    const VECTOR d = V(load_head)(t->Delta + i, count), a = V(load_head)(A + i, count);
    __builtin_prefetch(A + t->lda + i, 1);
    if (pull)
        *sum = V(fma)(d, a, *sum);
    V(store_head)(A + i, V(fma)(V(set1)(t->alpha), V(fma)(y, d, V(zero)()), a), count);
}

/* One sample: column by column, which is what memory is fastest at; in two chains, as dots */
MLPI_INLINE void T(descend_long)(const T(mlpi_descent) *whole, int pull)
{
    const T(mlpi_descent) copy = *whole, *t = &copy; /* which no store can change */
    for (int64_t j = 0; j < t->columns; j++) {
        const VECTOR y = V(set1)(t->Y[j]);
        VECTOR even = V(zero)(), odd = V(zero)();
        REAL *A = t->A + j * t->lda;
        int64_t i = 0;
        for (; i + 2 * ELEMENTS <= t->n; i += 2 * ELEMENTS) {
            T(descend_vector)(t, A, pull, i, ELEMENTS, y, &even);
            T(descend_vector)(t, A, pull, i + ELEMENTS, ELEMENTS, y, &odd);
        }
        const int64_t left = t->n - i, first = left < ELEMENTS ? left : ELEMENTS;
        if (left > 0)
            T(descend_vector)(t, A, pull, i, first, y, &even);
        if (left > ELEMENTS)
            T(descend_vector)(t, A, pull, i + ELEMENTS, left - ELEMENTS, y, &odd);
        if (pull)
            t->G[j] = V(sum)(even + odd);
    }
}

static void T(descend_1)(const T(mlpi_descent) *t)
{
    if (t->G)
        T(descend_long)(t, 1);
    else
        T(descend_long)(t, 0);
}

/* For columns of more than NEAR vectors, by the number of samples less one */
static void (*const T(descends)[MLPI_FEW])(const T(mlpi_descent) *t) = {
    T(descend_1), T(descend_2), T(descend_3), T(descend_4),
    T(descend_5), T(descend_6), T(descend_7), T(descend_8),
};

/* One sample, `count` columns of at most NEAR vectors from j on: all constants but the tail; count is LANES or 1 */
MLPI_INLINE void T(descend_block)(const T(mlpi_descent) *t, int64_t j, int count, int vectors, int64_t tail,
                                  int pull)
{
    VECTOR d[NEAR], sum[ELEMENTS];
    REAL *A = t->A + j * t->lda;
    const VECTOR alpha = V(set1)(t->alpha);
#pragma GCC unroll 8
    for (int v = 0; v < vectors; v++)
        d[v] = T(load_at)(t->Delta, v, vectors, tail);
#pragma GCC unroll 16
    for (int c = 0; c < count; c++) {
        const VECTOR y = V(set1)(t->Y[j + c]);
        sum[c] = V(zero)();
#pragma GCC unroll 8
        for (int v = 0; v < vectors; v++) {
            const VECTOR a = T(load_at)(A + c * t->lda, v, vectors, tail);
            if (vectors > 4) /* from the second cache: 784 x 128 in 3.3 us instead of 3.8 */
                __builtin_prefetch(A + (c + 4) * t->lda + v * ELEMENTS, 1);
            if (pull)
                sum[c] = V(fma)(d[v], a, sum[c]);
            T(store_at)(A + c * t->lda, V(fma)(alpha, V(fma)(y, d[v], V(zero)()), a), v, vectors, tail);
        }
    }
    if (pull && count == 1)
        t->G[j] = V(sum)(sum[0]);
    else if (pull)
        V(store)(t->G + j, V(sums)(sum));
}

MLPI_INLINE void T(descend_blocks)(const T(mlpi_descent) *whole, int vectors, int pull)
{
    const T(mlpi_descent) copy = *whole, *t = &copy; /* which no store can change */
    const int64_t tail = t->n - (vectors - 1) * ELEMENTS;
    int64_t j = 0;
    for (; j + ELEMENTS <= t->columns; j += ELEMENTS)
        T(descend_block)(t, j, ELEMENTS, vectors, tail, pull);
    for (; j < t->columns; j++)
        T(descend_block)(t, j, 1, vectors, tail, pull);
}

/* `vectors` is a constant */
MLPI_INLINE void T(descend_short)(const T(mlpi_descent) *t, int vectors)
{
    if (t->G)
        T(descend_blocks)(t, vectors, 1);
    else
        T(descend_blocks)(t, vectors, 0);
}

static void T(descend_near)(const T(mlpi_descent) *t)
{
    switch ((t->n + ELEMENTS - 1) / ELEMENTS) {
    case 1:
        T(descend_short)(t, 1);
        break;
    case 2:
        T(descend_short)(t, 2);
        break;
    case 3:
        T(descend_short)(t, 3);
        break;
    case 4:
        T(descend_short)(t, 4);
        break;
    case 5:
        if (NEAR >= 5)
            T(descend_short)(t, 5);
        break;
    case 6:
        if (NEAR >= 6)
            T(descend_short)(t, 6);
        break;
    case 7:
        if (NEAR >= 7)
            T(descend_short)(t, 7);
        break;
    default:
        if (NEAR >= 8)
            T(descend_short)(t, 8);
        break;
    }
}

/* A_l is one row, and lies along the inputs. */
static void T(descend_row)(const T(mlpi_descent) *t)
{
    const VECTOR alpha = V(set1)(t->alpha);
    for (int64_t j = 0, count; j < t->columns; j += count) {
        count = t->columns - j < ELEMENTS ? t->columns - j : ELEMENTS;
        const VECTOR a = V(load_head)(t->A + j, count);
        VECTOR chain = V(zero)();
        for (int64_t s = 0; s < t->samples; s++) {
            const VECTOR d = V(set1)(t->Delta[s * t->ldd]);
            chain = V(fma)(V(load_head)(t->Y + s * t->ldy + j, count), d, chain);
            if (t->G)
                V(store_head)(t->G + s * t->ldg + j, V(fma)(d, a, V(zero)()), count);
        }
        V(store_head)(t->A + j, V(fma)(alpha, chain, a), count);
    }
}

/* Columns that are near anyway: one after the other. */
static void T(descend_apart)(const T(mlpi_descent) *t)
{
    if (t->G)
        (t->samples >= MLPI_SEVERAL ? T(pull) : T(dots))(t->samples, t->columns, t->n, t->Delta, t->ldd, t->A,
                                                         t->lda, t->G, t->ldg);
    T(product)(&(T(mlpi_product)){.m = t->columns,
                                  .n = t->n,
                                  .k = t->samples,
                                  .A = t->Y,
                                  .rsa = 1,
                                  .csa = t->ldy,
                                  .V = t->Delta,
                                  .ldv = t->ldd,
                                  .C = t->A,
                                  .ldc = t->lda,
                                  .finish = MLPI_FINISH_UPDATE,
                                  .alpha = t->alpha});
}

static void T(descend)(const T(mlpi_descent) *t)
{
    if (t->n == 1 && t->lda == 1)
        T(descend_row)(t);
    else if (t->n > (t->samples == 1 ? NEAR : SPREAD) * ELEMENTS)
        T(descends)[t->samples - 1](t);
    else if (t->samples > 1 || t->n < ELEMENTS)
        T(descend_apart)(t);
    else
        T(descend_near)(t);
}
