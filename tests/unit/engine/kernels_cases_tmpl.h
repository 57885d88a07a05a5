/* Template: the kernels of one instruction set in one number type against plain chains. */

enum { T(ROOM) = 1 << 15 };

typedef struct T(arrays) {
    REAL A[T(ROOM)], V[T(ROOM)], C[T(ROOM)], before[T(ROOM)], bias[256];
} T(arrays);

static T(arrays) T(room);

static void T(fill)(draw *d)
{
    for (int64_t i = 0; i < T(ROOM); i++) {
        T(room).A[i] = (REAL)draw_real(d, -1, 1);
        T(room).V[i] = (REAL)draw_real(d, -1, 1);
        T(room).before[i] = T(room).C[i] = (REAL)draw_real(d, -1, 1);
    }
    for (int64_t i = 0; i < 256; i++)
        T(room).bias[i] = (REAL)draw_real(d, -1, 1);
}

static REAL T(multiply_add)(REAL a, REAL b, REAL c)
{
    return kernels->level >= MLPI_VECTOR_AVX2 ? (REAL)FMA(a, b, c) : a * b + c;
}

/* What element (i, j) of C must be, bit for bit. */
static REAL T(chain)(const T(mlpi_product) *p, int64_t i, int64_t j)
{
    const REAL before = T(room).before[i * p->ldc + j];
    REAL sum = p->start == MLPI_START_ROW        ? p->bias[j]
               : p->start == MLPI_START_COLUMN   ? p->bias[i]
               : p->start == MLPI_START_CONTINUE ? before
                                                 : 0;
    for (int64_t k = 0; k < p->k; k++)
        sum = T(multiply_add)(p->A[i * p->rsa + k * p->csa], p->V[k * p->ldv + j], sum);
    if (p->finish == MLPI_FINISH_RELU)
        return sum < 0 ? 0 : sum;
    return p->finish == MLPI_FINISH_UPDATE ? T(multiply_add)(p->alpha, sum, before) : sum;
}

static int T(equal)(REAL a, REAL b)
{
    return memcmp(&a, &b, sizeof a) == 0 || (a == 0 && b == 0) || (a != a && b != b);
}

static void T(check_product)(const T(mlpi_product) *p)
{
    for (int64_t i = 0; i < p->m + 1; i++)
        for (int64_t j = 0; j < p->ldc; j++) {
            const int64_t at = i * p->ldc + j;
            const int inside = i < p->m && j < p->n;
            if (!T(equal)(T(room).C[at], inside ? T(chain)(p, i, j) : T(room).before[at]))
                fail_msg(
                    "%s, %d bits, seed %llu: %lld x %lld x %lld, start %d, finish %d: C(%lld, %lld) = %.9g",
                    kernels->name, REAL_BITS, (unsigned long long)seed, (long long)p->m, (long long)p->n,
                    (long long)p->k, p->start, p->finish, (long long)i, (long long)j, (double)T(room).C[at]);
        }
}

static T(mlpi_product) T(random_product)(draw *d)
{
    static const int64_t sizes[] = {1, 2, 3, 5, 7, 11, 12, 13, 15, 16, 17, 31, 33, 50, 63, 64, 65, 70, 129};
    const int64_t m = sizes[draw_int(d, 0, 16)], n = sizes[draw_int(d, 0, 18)], k = sizes[draw_int(d, 0, 18)];
    const int transposed = draw_chance(d, 0.5);
    T(mlpi_product) p = {
        .m = m, .n = n, .k = k, .A = T(room).A, .V = T(room).V, .C = T(room).C, .bias = T(room).bias};
    p.rsa = transposed ? 1 : k + draw_int(d, 0, 3);
    p.csa = transposed ? m + draw_int(d, 0, 3) : 1;
    p.ldv = n + draw_int(d, 0, 5);
    p.ldc = n + draw_int(d, 0, 5);
    p.start = (int32_t)draw_int(d, MLPI_START_ZERO, MLPI_START_CONTINUE);
    p.finish = (int32_t)draw_int(d, MLPI_FINISH_STORE, MLPI_FINISH_UPDATE);
    if (p.finish == MLPI_FINISH_UPDATE)
        p.start = MLPI_START_ZERO;
    p.alpha = (REAL)draw_real(d, -1, 1);
    return p;
}

static void T(test_products)(void **state)
{
    (void)state;
    for (seed = 1; seed <= 400; seed++) {
        draw d = {seed};
        T(fill)(&d);
        T(mlpi_product) p = T(random_product)(&d);
        kernels->REAL_KIND.product(&p);
        T(check_product)(&p);
    }
}

/* Longer than any block: a deep chain, many rows. */
static void T(test_blocks)(void **state)
{
    (void)state;
    draw d = {seed = 77};
    T(fill)(&d);
    T(mlpi_product) p = {.m = 5,
                         .n = 19,
                         .k = 1500,
                         .A = T(room).A,
                         .rsa = 1500,
                         .csa = 1,
                         .V = T(room).V,
                         .ldv = 20,
                         .C = T(room).C,
                         .ldc = 19,
                         .bias = T(room).bias};
    for (p.start = MLPI_START_ZERO; p.start <= MLPI_START_CONTINUE; p.start++) {
        memcpy(T(room).C, T(room).before, sizeof T(room).C);
        kernels->REAL_KIND.product(&p);
        T(check_product)(&p);
    }
    p.start = MLPI_START_ZERO;
    p.finish = MLPI_FINISH_UPDATE;
    p.alpha = (REAL)-0.25;
    memcpy(T(room).C, T(room).before, sizeof T(room).C);
    kernels->REAL_KIND.product(&p);
    T(check_product)(&p);
    p = (T(mlpi_product)){.m = 1000,
                          .n = 9,
                          .k = 7,
                          .A = T(room).A,
                          .rsa = 7,
                          .csa = 1,
                          .V = T(room).V,
                          .ldv = 9,
                          .C = T(room).C,
                          .ldc = 10,
                          .bias = T(room).bias,
                          .start = MLPI_START_COLUMN};
    p.start = MLPI_START_ROW;
    memcpy(T(room).C, T(room).before, sizeof T(room).C);
    kernels->REAL_KIND.product(&p);
    T(check_product)(&p);
}

static void T(test_nan)(void **state)
{
    (void)state;
    draw d = {seed = 5};
    T(fill)(&d);
    T(room).A[3] = (REAL)NAN;
    T(mlpi_product) p = {.m = 4,
                         .n = 20,
                         .k = 2,
                         .A = T(room).A,
                         .rsa = 2,
                         .csa = 1,
                         .V = T(room).V,
                         .ldv = 20,
                         .C = T(room).C,
                         .ldc = 20,
                         .finish = MLPI_FINISH_RELU};
    kernels->REAL_KIND.product(&p);
    for (int j = 0; j < 20; j++)
        assert_true(T(room).C[20 + j] != T(room).C[20 + j] && T(room).C[j] == T(room).C[j]);
}

static void T(near)(REAL value, double exact, double scale, const char *what)
{
    if (!(fabs((double)value - exact) <= 8 * EPSILON * (scale + 1)))
        fail_msg("%s, %s, %d bits, seed %llu: %.9g instead of %.9g", kernels->name, what, REAL_BITS,
                 (unsigned long long)seed, (double)value, exact);
}

/* y = b + A x, and g = A^T d, for every shape up to a few vectors and some beyond */
static void T(check_single)(draw *d, int64_t n, int64_t k)
{
    const int64_t lda = n + draw_int(d, 0, 3);
    REAL *y = T(room).C, *g = T(room).C + 4096;
    kernels->REAL_KIND.single(n, k, T(room).A, lda, T(room).V, T(room).bias, y);
    kernels->REAL_KIND.dots(1, k, n, T(room).bias, n, T(room).A, lda, g, k);
    for (int64_t i = 0; i < n; i++) {
        double sum = (double)T(room).bias[i];
        for (int64_t p = 0; p < k; p++)
            sum += (double)T(room).A[i + p * lda] * (double)T(room).V[p];
        T(near)(y[i], sum, (double)k, "single");
    }
    for (int64_t p = 0; p < k; p++) {
        double sum = 0;
        for (int64_t i = 0; i < n; i++)
            sum += (double)T(room).A[i + p * lda] * (double)T(room).bias[i];
        T(near)(g[p], sum, (double)n, "dots");
    }
    assert_true(T(equal)(y[n], T(room).before[n]) && T(equal)(g[k], T(room).before[4096 + k]));
}

static void T(test_single)(void **state)
{
    (void)state;
    for (seed = 1; seed <= 300; seed++) {
        draw d = {seed};
        T(fill)(&d);
        T(check_single)(&d, draw_int(&d, 1, seed % 3 ? 70 : 200), draw_int(&d, 1, 90));
    }
}

/* pull gives the bits of the product with W^T, where the columns of W fit a vector. */
static void T(check_pull)(int64_t m, int64_t n, int64_t k, int64_t ld, const REAL *C)
{
    REAL transposed[16 * 40], expected[9 * 40];
    for (int64_t p = 0; p < k; p++)
        for (int64_t j = 0; j < n; j++)
            transposed[p * n + j] = T(room).V[j * ld + p];
    kernels->REAL_KIND.product(&(T(mlpi_product)){.m = m,
                                                  .n = n,
                                                  .k = k,
                                                  .A = T(room).A,
                                                  .rsa = ld,
                                                  .csa = 1,
                                                  .V = transposed,
                                                  .ldv = n,
                                                  .C = expected,
                                                  .ldc = n});
    for (int64_t i = 0; i < m; i++)
        assert_memory_equal(C + i * (n + 1), expected + i * n, (size_t)n * sizeof *C);
}

static void T(check_dots)(draw *d, int64_t m, int64_t n, int64_t k)
{
    const int64_t ld = k + draw_int(d, 0, 3);
    const int pulls = draw_chance(d, 0.5);
    REAL *C = T(room).C;
    (pulls ? kernels->REAL_KIND.pull : kernels->REAL_KIND.dots)(m, n, k, T(room).A, ld, T(room).V, ld, C,
                                                                n + 1);
    for (int64_t i = 0; i < m; i++) {
        for (int64_t j = 0; j < n; j++) {
            double sum = 0;
            for (int64_t p = 0; p < k; p++)
                sum += (double)T(room).A[i * ld + p] * (double)T(room).V[j * ld + p];
            T(near)(C[i * (n + 1) + j], sum, (double)k, pulls ? "pull" : "dots");
        }
        assert_true(T(equal)(C[i * (n + 1) + n], T(room).before[i * (n + 1) + n]));
    }
    if (pulls && k <= kernels->REAL_KIND.lanes)
        T(check_pull)(m, n, k, ld, C);
}

static void T(test_dots)(void **state)
{
    (void)state;
    for (seed = 1; seed <= 200; seed++) {
        draw d = {seed};
        T(fill)(&d);
        const int64_t m = draw_int(&d, 1, 9), n = draw_int(&d, 1, 40);
        T(check_dots)(&d, m, n, draw_int(&d, 1, seed % 3 == 0 ? 600 : seed % 3 == 1 ? 70 : 16));
    }
}

static void T(test_sums_and_transposes)(void **state)
{
    (void)state;
    for (seed = 1; seed <= 100; seed++) {
        draw d = {seed};
        T(fill)(&d);
        const int64_t most = seed % 3 ? 70 : 9;
        const int64_t m = draw_int(&d, 1, most), n = draw_int(&d, 1, most), ldi = n + draw_int(&d, 0, 3),
                      ldo = m + draw_int(&d, 0, 3);
        kernels->REAL_KIND.sum_rows(m, n, T(room).A, ldi, T(room).V);
        kernels->REAL_KIND.transpose(m, n, T(room).A, ldi, T(room).C, ldo);
        for (int64_t j = 0; j < n; j++) {
            double sum = 0;
            for (int64_t i = 0; i < m; i++) {
                sum += (double)T(room).A[i * ldi + j];
                assert_true(T(equal)(T(room).C[j * ldo + i], T(room).A[i * ldi + j]));
            }
            for (int64_t i = m; i < ldo; i++)
                assert_true(T(equal)(T(room).C[j * ldo + i], T(room).before[j * ldo + i]));
            T(near)(T(room).V[j], sum, (double)m, "sum_rows");
        }
    }
}

static void T(test_add_and_largest)(void **state)
{
    (void)state;
    for (seed = 1; seed <= 200; seed++) {
        draw d = {seed};
        T(fill)(&d);
        const int64_t runs = draw_int(&d, 1, 9), n = draw_int(&d, 1, 70), ld = n + draw_int(&d, 0, 3);
        const int64_t bad = draw_int(&d, 0, runs - 1) * ld + draw_int(&d, 0, n - 1);
        REAL most = 0;
        kernels->REAL_KIND.add(n, T(room).bias[0], T(room).A, T(room).C);
        for (int64_t i = 0; i < n; i++)
            assert_true(
                T(equal)(T(room).C[i], T(multiply_add)(T(room).bias[0], T(room).A[i], T(room).before[i])));
        assert_true(T(equal)(T(room).C[n], T(room).before[n]));
        for (int64_t i = 0; i < ld * runs; i++)
            if (i % ld >= n)
                T(room).V[i] = (REAL)NAN; /* not to be looked at */
            else
                most = (REAL)fmax((double)most, fabs((double)T(room).V[i]));
        assert_true(kernels->REAL_KIND.largest(runs, n, T(room).V, ld) == most);
        T(room).V[bad] = seed % 2 ? (REAL)NAN : (REAL)-INFINITY;
        assert_true(kernels->REAL_KIND.largest(runs, n, T(room).V, ld) == (REAL)INFINITY);
    }
}

/* Squared norms of columns, columns times factors, out += x o (y + 1) */
static void T(test_samples)(void **state)
{
    (void)state;
    for (seed = 1; seed <= 200; seed++) {
        draw d = {seed};
        T(fill)(&d);
        const int64_t columns = draw_int(&d, 1, 40), n = draw_int(&d, 1, 70), ld = n + draw_int(&d, 0, 3);
        kernels->REAL_KIND.squares(columns, n, T(room).A, ld, T(room).V);
        kernels->REAL_KIND.scale_columns(columns, n, T(room).bias, T(room).C, ld);
        for (int64_t s = 0; s < columns; s++) {
            double sum = 0;
            for (int64_t i = 0; i < ld; i++) {
                const REAL before = T(room).before[s * ld + i];
                sum += i < n ? (double)T(room).A[s * ld + i] * (double)T(room).A[s * ld + i] : 0;
                assert_true(
                    T(equal)(T(room).C[s * ld + i], i < n ? (REAL)(T(room).bias[s] * before) : before));
            }
            T(near)(T(room).V[s], sum, (double)n, "squares");
        }
        memcpy(T(room).C, T(room).before, sizeof T(room).C);
        kernels->REAL_KIND.add_gram(n, T(room).A, T(room).bias, T(room).C);
        for (int64_t i = 0; i < n; i++)
            assert_true(T(equal)(T(room).C[i],
                                 T(multiply_add)(T(room).A[i], T(room).bias[i] + 1, T(room).before[i])));
        assert_true(T(equal)(T(room).C[n], T(room).before[n]));
    }
}

/* A way down gives the bits of dots, or pull, and of a product that updates, with G and without, and touches nothing else. */
static void T(check_descent)(draw *d, int64_t samples, int64_t n, int64_t columns)
{
    const int64_t lda = n + draw_int(d, 0, 1) * draw_int(d, 0, 3), ldd = n + draw_int(d, 0, 3),
                  ldy = columns + draw_int(d, 0, 3);
    REAL *G = T(room).V, *g = T(room).V + 8192;
    const REAL *Delta = T(room).A, *Y = T(room).A + 16384;
    T(mlpi_descent) t = {samples, n, columns, T(room).C, lda, Delta, ldd, Y, ldy, G, ldy, (REAL)-0.25};
    memcpy(T(room).C, T(room).before, sizeof T(room).C);
    if (draw_chance(d, 0.3))
        t.G = NULL;
    for (int64_t i = 0; i < 8192; i++)
        G[i] = g[i] = 77;
    kernels->REAL_KIND.descend(&t);
    if (t.G)
        (samples >= MLPI_SEVERAL ? kernels->REAL_KIND.pull : kernels->REAL_KIND.dots)(
            samples, columns, n, Delta, ldd, T(room).before, lda, g, ldy);
    assert_memory_equal(G, g, 8192 * sizeof *G);
    T(mlpi_product)
    p = {.m = columns,
         .n = n,
         .k = samples,
         .A = Y,
         .rsa = 1,
         .csa = ldy,
         .V = Delta,
         .ldv = ldd,
         .C = T(room).C,
         .ldc = lda,
         .start = MLPI_START_ZERO,
         .finish = MLPI_FINISH_UPDATE,
         .bias = T(room).bias,
         .alpha = t.alpha};
    T(check_product)(&p);
}

static void T(test_descents)(void **state)
{
    static const int64_t lengths[] = {1, 2, 4, 10, 15, 16, 17, 33, 50, 64, 70, 100, 128, 129, 145, 300, 515};
    (void)state;
    for (seed = 1; seed <= 900; seed++) {
        draw d = {seed};
        T(fill)(&d);
        const int64_t n = lengths[seed % 17];
        T(check_descent)(&d, draw_int(&d, 1, MLPI_FEW), n, draw_int(&d, 1, n > 128 ? 20 : 70));
    }
}
