/*
 * Template: the product in registers. A tile of C has `rows` rows of `vectors` vectors; with both known to the
 * compiler its chains live in registers while k runs.
 */

/* Vector v of a row at p; of the last one only `tail` elements exist. */
MLPI_INLINE VECTOR T(load_at)(const REAL *p, int v, int vectors, int64_t tail)
{
    return v == vectors - 1 ? V(load_head)(p + v * ELEMENTS, tail) : V(load)(p + v * ELEMENTS);
}

MLPI_INLINE void T(store_at)(REAL *p, VECTOR x, int v, int vectors, int64_t tail)
{
    if (v == vectors - 1)
        V(store_head)(p + v * ELEMENTS, x, tail);
    else
        V(store)(p + v * ELEMENTS, x);
}

/* The next row: found from the last one. Addresses of all rows, kept from square to square, would find no registers. */
MLPI_INLINE void T(advance)(const REAL **row, int64_t ld)
{
    *row += ld;
    __asm__("" : "+r"(*row));
}

MLPI_INLINE void T(begin)(const T(mlpi_product) *t, int rows, int vectors, int64_t tail,
                          VECTOR chain[MAX_ROWS][4])
{
#pragma GCC unroll 16
    for (int i = 0; i < rows; i++)
#pragma GCC unroll 4
        for (int v = 0; v < vectors; v++) {
            if (t->start == MLPI_START_ROW)
                chain[i][v] = T(load_at)(t->bias, v, vectors, tail);
            else if (t->start == MLPI_START_COLUMN)
                chain[i][v] = V(set1)(t->bias[i]);
            else if (t->start == MLPI_START_CONTINUE)
                chain[i][v] = T(load_at)(t->C + i * t->ldc, v, vectors, tail);
            else
                chain[i][v] = V(zero)();
        }
}

/* chain becomes what goes into C */
MLPI_INLINE VECTOR T(finished)(const T(mlpi_product) *t, VECTOR chain, const REAL *c, int v, int vectors,
                               int64_t tail)
{
    if (t->finish == MLPI_FINISH_RELU)
        return V(max)(V(zero)(), chain);
    if (t->finish == MLPI_FINISH_UPDATE)
        return V(fma)(V(set1)(t->alpha), chain, T(load_at)(c, v, vectors, tail));
    return chain;
}

/*
 * All of a narrow C is read before any is written: its rows may be shorter than a vector, and the load of one that
 * reaches into the row just stored would wait for the store to leave the core.
 */
MLPI_INLINE void T(end)(const T(mlpi_product) *t, int rows, int vectors, int64_t tail,
                        VECTOR chain[MAX_ROWS][4])
{
    if (vectors == 1)
#pragma GCC unroll 16
        for (int i = 0; i < rows; i++)
            chain[i][0] = T(finished)(t, chain[i][0], t->C + i * t->ldc, 0, vectors, tail);
#pragma GCC unroll 16
    for (int i = 0; i < rows; i++)
#pragma GCC unroll 4
        for (int v = 0; v < vectors; v++) {
            REAL *c = t->C + i * t->ldc;
            if (vectors > 1)
                chain[i][v] = T(finished)(t, chain[i][v], c, v, vectors, tail);
            T(store_at)(c, chain[i][v], v, vectors, tail);
        }
}

/*
 * The chains of a tile, and what it asks for early: V itself, AHEAD / vectors rows on, and at its end what is read next. Where
 * V does not stay in a cache and t->hold tiles read it in turn, each asks for its part of what is read next instead, a row of
 * it in t->hold of its own, so that memory is never idle.
 */
MLPI_INLINE void T(chains)(const T(mlpi_product) *t, int rows, int vectors, int64_t tail, int spread,
                           VECTOR chain[MAX_ROWS][4])
{
    const REAL *A = t->A, *row = t->V;
    const int64_t rsa = t->rsa, csa = t->csa, ldv = t->ldv, distance = spread ? 0 : AHEAD / vectors;
    const REAL *ahead = !spread && t->k > distance ? row + distance * ldv : t->next;
    int32_t held = t->hold;
    for (int64_t p = t->k; p > 0; p--) {
        VECTOR x[4];
        if (!spread && __builtin_expect(p == distance, 0))
            ahead = t->next;
#pragma GCC unroll 4
        for (int v = 0; v < vectors; v++) {
            x[v] = T(load_at)(row, v, vectors, tail);
            __builtin_prefetch(ahead + v * ELEMENTS);
        }
#pragma GCC unroll 16
        for (int i = 0; i < rows; i++) {
            const VECTOR a = V(set1)(A[i * rsa]);
#pragma GCC unroll 4
            for (int v = 0; v < vectors; v++)
                chain[i][v] = V(fma)(a, x[v], chain[i][v]);
        }
        A += csa;
        row += ldv;
        if (!spread || --held == 0) {
            ahead += ldv;
            held = t->hold;
        }
    }
}

MLPI_INLINE void T(tile)(const T(mlpi_product) *t, int rows, int vectors, int64_t tail, int spread)
{
    VECTOR chain[MAX_ROWS][4];
    if (t->finish == MLPI_FINISH_UPDATE)
#pragma GCC unroll 16
        for (int i = 0; i < rows; i++)
#pragma GCC unroll 4
            for (int v = 0; v < vectors; v++)
                __builtin_prefetch(t->C + i * t->ldc + v * ELEMENTS, 1);
    T(begin)(t, rows, vectors, tail, chain);
    T(chains)(t, rows, vectors, tail, spread, chain);
    T(end)(t, rows, vectors, tail, chain);
}

/* A tile of as many rows as asked for, 1 .. limit; `vectors`, `limit` and `spread` are constants. */
MLPI_INLINE void T(tile_of)(const T(mlpi_product) *t, int rows, int vectors, int limit, int64_t tail,
                            int spread)
{
    switch (rows) {
    case 1:
        T(tile)(t, 1, vectors, tail, spread);
        break;
    case 2:
        T(tile)(t, 2, vectors, tail, spread);
        break;
    case 3:
        T(tile)(t, 3, vectors, tail, spread);
        break;
    case 4:
        if (limit >= 4)
            T(tile)(t, 4, vectors, tail, spread);
        break;
    case 5:
        if (limit >= 5)
            T(tile)(t, 5, vectors, tail, spread);
        break;
    case 6:
        if (limit >= 6)
            T(tile)(t, 6, vectors, tail, spread);
        break;
    case 7:
        if (limit >= 7)
            T(tile)(t, 7, vectors, tail, spread);
        break;
    case 8:
        if (limit >= 8)
            T(tile)(t, 8, vectors, tail, spread);
        break;
    case 9:
        if (limit >= 9)
            T(tile)(t, 9, vectors, tail, spread);
        break;
    case 10:
        if (limit >= 10)
            T(tile)(t, 10, vectors, tail, spread);
        break;
    case 11:
        if (limit >= 11)
            T(tile)(t, 11, vectors, tail, spread);
        break;
    default:
        if (limit >= 12)
            T(tile)(t, 12, vectors, tail, spread);
        break;
    }
}

static void T(tile_1)(const T(mlpi_product) *t, int rows, int64_t tail)
{
    T(tile_of)(t, rows, 1, LIMIT_1, tail, 0);
}

static void T(tile_2)(const T(mlpi_product) *t, int rows, int64_t tail)
{
    T(tile_of)(t, rows, 2, LIMIT_2, tail, 0);
}

static void T(tile_3)(const T(mlpi_product) *t, int rows, int64_t tail)
{
    T(tile_of)(t, rows, 3, LIMIT_3, tail, 0);
}

static void T(tile_4)(const T(mlpi_product) *t, int rows, int64_t tail)
{
    T(tile_of)(t, rows, 4, LIMIT_4, tail, 0);
}

static void T(tile_spread)(const T(mlpi_product) *t, int rows, int64_t tail)
{
    T(tile_of)(t, rows, MAX_VECTORS, LIMIT_WIDEST, tail, 1);
}

typedef void (*T(tile_function))(const T(mlpi_product) *t, int rows, int64_t tail);

/* The tiles of `vectors` vectors. */
static const struct {
    T(tile_function) run;
    int limit;
} T(shapes)[5] = {
    {NULL, 0}, {T(tile_1), LIMIT_1}, {T(tile_2), LIMIT_2}, {T(tile_3), LIMIT_3}, {T(tile_4), LIMIT_4},
};

/* All rows of one panel; t->k of the chain's elements. Rows are spread evenly over tiles. `huge`: V stays in no cache. */
static void T(column_of_tiles)(T(mlpi_product) t, int vectors, int64_t tail, int huge)
{
    const int limit = T(shapes)[vectors].limit;
    const int64_t tiles = (t.m + limit - 1) / limit;
    const int spread = huge && tiles > 1 && vectors == MAX_VECTORS;
    const T(tile_function) run = spread ? T(tile_spread) : T(shapes)[vectors].run;
    const REAL *next = t.next;
    t.hold = (int32_t)tiles;
    for (int64_t i = 0, left = t.m; i < tiles; i++) {
        const int rows = (int)((left + tiles - i - 1) / (tiles - i));
        if (spread)
            t.next = next + i * t.k / tiles * t.ldv;
        run(&t, rows, tail);
        t.A += rows * t.rsa;
        t.C += rows * t.ldc;
        if (t.start == MLPI_START_COLUMN)
            t.bias += rows;
        left -= rows;
    }
}

/* Rows i .. i + rows - 1 of the panel of `columns` columns that begins at column j: chains in pieces of DEPTH. */
static void T(block)(const T(mlpi_product) *whole, int64_t i, int64_t rows, int64_t j, int64_t columns)
{
    const int vectors = (int)((columns + ELEMENTS - 1) / ELEMENTS);
    const int64_t tail = columns - (vectors - 1) * ELEMENTS;
    T(mlpi_product) t = *whole;
    const int huge = t.k * t.n >= HUGE_V && t.finish != MLPI_FINISH_UPDATE;
    t.m = rows;
    t.C += i * t.ldc + j;
    if (t.start == MLPI_START_ROW)
        t.bias += j;
    if (t.start == MLPI_START_COLUMN)
        t.bias += i;
    /* an update has nowhere to keep the beginning of a chain: C is what it is added to */
    const int64_t depth = whole->finish == MLPI_FINISH_UPDATE ? whole->k : DEPTH;
    for (int64_t p = 0; p < whole->k; p += t.k) {
        t.k = whole->k - p <= depth + depth / 2 ? whole->k - p : depth;
        t.A = whole->A + i * t.rsa + p * t.csa;
        t.V = whole->V + j + p * t.ldv;
        t.next = p + t.k < whole->k ? t.V + t.k * t.ldv : whole->V + j + columns;
        t.finish = p + t.k < whole->k ? MLPI_FINISH_STORE : whole->finish;
        T(column_of_tiles)(t, vectors, tail, huge);
        t.start = MLPI_START_CONTINUE;
    }
}

/*
 * `vectors` vectors from column j on of `rows` rows, whose chains have k terms a[row][p] V_p; of the last vector `tail` elements.
 * All but the tail are constants.
 */
MLPI_INLINE void T(outer_vectors)(const T(mlpi_product) *t, REAL *C, VECTOR a[ABREAST][SHORT], int rows,
                                  int vectors, int k, int64_t j, int64_t tail)
{
    VECTOR before[ABREAST][2], chain[ABREAST][2];
#pragma GCC unroll 2
    for (int i = 0; i < rows; i++)
#pragma GCC unroll 2
        for (int v = 0; v < vectors; v++) {
            before[i][v] = T(load_at)(C + i * t->ldc + j, v, vectors, tail);
            chain[i][v] = t->start == MLPI_START_CONTINUE ? before[i][v] : V(zero)();
        }
    const REAL *row = t->V + j;
#pragma GCC unroll 8
    for (int p = 0; p < k; p++) {
#pragma GCC unroll 2
        for (int v = 0; v < vectors; v++) {
            const VECTOR x = T(load_at)(row, v, vectors, tail);
#pragma GCC unroll 2
            for (int i = 0; i < rows; i++)
                chain[i][v] = V(fma)(a[i][p], x, chain[i][v]);
        }
        T(advance)(&row, t->ldv);
    }
#pragma GCC unroll 2
    for (int i = 0; i < rows; i++)
#pragma GCC unroll 2
        for (int v = 0; v < vectors; v++) {
            if (t->finish == MLPI_FINISH_UPDATE)
                chain[i][v] = V(fma)(V(set1)(t->alpha), chain[i][v], before[i][v]);
            T(store_at)(C + i * t->ldc + j, chain[i][v], v, vectors, tail);
        }
}

/* Rows i .. i + rows - 1 of C, end to end: one store for each vector, and no call between them. */
MLPI_INLINE void T(outer_rows)(const T(mlpi_product) *t, int64_t i, int rows, int k)
{
    REAL *C = t->C + i * t->ldc;
    VECTOR a[ABREAST][SHORT];
    int64_t j = 0;
#pragma GCC unroll 2
    for (int r = 0; r < rows; r++) {
        const REAL *column = t->A + (i + r) * t->rsa;
#pragma GCC unroll 8
        for (int p = 0; p < k; p++) {
            a[r][p] = V(set1)(*column);
            T(advance)(&column, t->csa);
        }
    }
    for (; j + 2 * ELEMENTS <= t->n; j += 2 * ELEMENTS) {
#pragma GCC unroll 2
        for (int v = 0; v < 2; v++)
            __builtin_prefetch(C + j + (16 + v) * ELEMENTS);
        T(outer_vectors)(t, C, a, rows, 2, k, j, ELEMENTS);
    }
    if (j + ELEMENTS < t->n)
        T(outer_vectors)(t, C, a, rows, 2, k, j, t->n - j - ELEMENTS);
    else if (j < t->n)
        T(outer_vectors)(t, C, a, rows, 1, k, j, t->n - j);
}

/* k is a constant */
MLPI_INLINE void T(outer_terms)(const T(mlpi_product) *whole, int k)
{
    const T(mlpi_product) copy = *whole, *t = &copy; /* which no store can change */
    int64_t i = 0;
    for (; i + ABREAST <= t->m; i += ABREAST)
        T(outer_rows)(t, i, ABREAST, k);
    for (; i < t->m; i++)
        T(outer_rows)(t, i, 1, k);
}

/* A sum of few outer products: the way to C takes longest, so C is gone through by rows, end to end. */
static void T(outer)(const T(mlpi_product) *t)
{
    switch (t->k) {
    case 1:
        T(outer_terms)(t, 1);
        break;
    case 2:
        T(outer_terms)(t, 2);
        break;
    case 3:
        T(outer_terms)(t, 3);
        break;
    case 4:
        T(outer_terms)(t, 4);
        break;
    case 5:
        T(outer_terms)(t, 5);
        break;
    case 6:
        T(outer_terms)(t, 6);
        break;
    case 7:
        T(outer_terms)(t, 7);
        break;
    default:
        T(outer_terms)(t, 8);
        break;
    }
}

/* Few terms, or several for long rows; many columns, and nothing that only tiles do. */
static int T(is_outer)(const T(mlpi_product) *t)
{
    return t->k <= SHORT && t->n >= (t->k <= SHORT / 2 ? 2 : 16) * ELEMENTS &&
           t->finish != MLPI_FINISH_RELU && (t->start == MLPI_START_ZERO || t->start == MLPI_START_CONTINUE);
}

/*
 * Columns of a panel. Where narrower ones have room for all rows of C in one tile, a V too large for the first cache is read
 * once, and panels are of one width. With more rows that pays beyond the second cache: while other tiles came after the
 * first, no more of V would be on its way.
 */
static int64_t T(panel_for)(const T(mlpi_product) *t)
{
    int64_t vectors = MAX_VECTORS;
    if (t->k * t->n < (t->m > LIMIT_3 ? LARGE_V : SMALL_V) || t->m > LIMIT_2)
        return PANEL;
    while (vectors > 2 && t->m > T(shapes)[vectors].limit)
        vectors--;
    const int64_t all = (t->n + ELEMENTS - 1) / ELEMENTS, panels = (all + vectors - 1) / vectors;
    return (all + panels - 1) / panels * ELEMENTS;
}

static void T(product)(const T(mlpi_product) *whole)
{
    const int64_t panel = T(panel_for)(whole);
    if (T(is_outer)(whole)) {
        T(outer)(whole);
        return;
    }
    for (int64_t i = 0, rows; i < whole->m; i += rows) {
        rows = whole->m - i < BLOCK_ROWS ? whole->m - i : BLOCK_ROWS;
        for (int64_t j = 0; j < whole->n; j += panel)
            T(block)(whole, i, rows, j, whole->n - j < panel ? whole->n - j : panel);
    }
}
