/* Template: Hessian products in one number type. */

/* A batch with leading dimensions of its own. */
typedef struct T(batch) {
    int64_t n, streams, ldy, ldt, ldv, ldh;
    REAL y[SAMPLES * (MOST + 1)], t[SAMPLES * (MOST + 2)], weights[SAMPLES];
    REAL v[COLUMNS * (MOST + 3)], hv[COLUMNS * (MOST + 4)];
    int32_t labels[SAMPLES];
} T(batch);

static void T(draw_batch)(draw *d, int64_t n, int64_t streams, double spread, T(batch) *b)
{
    *b = (T(batch)){.n = n, .streams = streams, .ldy = n + 1, .ldt = n + 2, .ldv = n + 3, .ldh = n + 4};
    for (int64_t i = 0; i < SAMPLES * b->ldt; i++)
        b->t[i] = (REAL)draw_real(d, 0, 1);
    for (int64_t i = 0; i < SAMPLES * b->ldy; i++)
        b->y[i] = (REAL)draw_real(d, -spread, spread);
    for (int64_t i = 0; i < SAMPLES * streams * b->ldv; i++)
        b->v[i] = (REAL)draw_real(d, -1, 1);
    for (int64_t i = 0; i < SAMPLES * streams * b->ldh; i++)
        b->hv[i] = 77;
    for (int64_t s = 0; s < SAMPLES; s++) {
        b->weights[s] = (REAL)draw_real(d, 0, 3);
        b->labels[s] = (int32_t)draw_int(d, 0, n - 1);
    }
}

static void T(multiply)(int which, T(batch) *b, int by_label, double scale)
{
    const T(mlpi_targets) targets = {
        .t = b->t, .ldt = b->ldt, .labels = by_label ? b->labels : NULL, .weights = b->weights};
    T(mlpi_loss_hvp)(mlpi_loss_at(which), b->n, SAMPLES, b->y, b->ldy, &targets, scale, b->v, b->ldv,
                     b->streams, b->hv, b->ldh);
}

static void T(widen)(int64_t n, const REAL *x, long double *wide)
{
    for (int64_t p = 0; p < n; p++)
        wide[p] = (long double)x[p];
}

/* Column k of the batch, at outputs spread over it, against the difference of gradients; nothing around it is written. */
static void T(check_column)(int which, const T(batch) *b, int64_t k, uint64_t seed)
{
    const int64_t s = k / b->streams;
    long double y[MOST], t[MOST], v[MOST];
    T(widen)(b->n, b->y + s * b->ldy, y);
    T(widen)(b->n, b->t + s * b->ldt, t);
    T(widen)(b->n, b->v + k * b->ldv, v);
    for (int64_t p = 0; p<b->n; p += b->n> 20 ? 61 : 1) {
        const long double expected =
            (long double)b->weights[s] / 2 *
            reference_hvp(&references[which], b->n, y, t, mlpi_loss_at(which)->parameter_value, v, p);
        close_to((double)b->hv[k * b->ldh + p], expected,
                 3 * (double)(references[which].size * (1 + b->n)) * (4 * EPSILON + 1e-9),
                 mlpi_loss_at(which)->name, seed);
    }
    for (int64_t p = b->n; p < b->ldh; p++)
        assert_true(b->hv[k * b->ldh + p] == 77);
}

static void T(test_differences)(void **state)
{
    static T(batch) b;
    (void)state;
    for (int which = 0; which < REFERENCES; which++)
        for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
            for (size_t j = 0; j < sizeof counts / sizeof *counts; j++) {
                const uint64_t seed = 1 + i + 10 * j;
                draw d = {seed};
                if (!fits(which, sizes[i]))
                    continue;
                T(draw_batch)(&d, sizes[i], counts[j], 4, &b);
                T(multiply)(which, &b, 0, 0.5);
                for (int64_t k = 0; k<SAMPLES * b.streams; k += b.streams> 2 ? 7 : 1)
                    T(check_column)(which, &b, k, seed);
            }
}

/* u^T (H v) = v^T (H u) */
static void T(test_symmetry)(void **state)
{
    static T(batch) b;
    (void)state;
    for (int which = 0; which < REFERENCES; which++)
        for (uint64_t seed = 1; seed <= 20; seed++) {
            draw d = {seed};
            if (!fits(which, sizes[seed % (sizeof sizes / sizeof *sizes)]))
                continue;
            T(draw_batch)(&d, sizes[seed % (sizeof sizes / sizeof *sizes)], 2, 4, &b);
            T(multiply)(which, &b, seed % 2 == 0, 1);
            for (int64_t s = 0; s < SAMPLES; s++) {
                const REAL *v = b.v + 2 * s * b.ldv, *hv = b.hv + 2 * s * b.ldh;
                double one = 0, other = 0, size = 0;
                for (int64_t p = 0; p < b.n; p++) {
                    one += (double)v[p] * (double)hv[b.ldh + p];
                    other += (double)v[b.ldv + p] * (double)hv[p];
                    size += fabs((double)hv[p]) + fabs((double)hv[b.ldh + p]);
                }
                close_to(one, (long double)other, 8 * EPSILON * size, mlpi_loss_at(which)->name, seed);
            }
        }
}

/* Label c stands for t = e_c. */
static void T(test_labels)(void **state)
{
    static T(batch) b, other;
    (void)state;
    for (int which = 0; which < REFERENCES; which++)
        for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
            draw d = {i};
            if (!fits(which, sizes[i]))
                continue;
            T(draw_batch)(&d, sizes[i], 2, 4, &b);
            for (int64_t s = 0; s < SAMPLES; s++)
                for (int64_t p = 0; p < b.n; p++)
                    b.t[s * b.ldt + p] = p == b.labels[s];
            other = b;
            T(multiply)(which, &b, 0, 1);
            T(multiply)(which, &other, 1, 1);
            for (int64_t k = 0; k < SAMPLES * 2 * b.ldh; k++)
                close_to((double)other.hv[k], (long double)b.hv[k], 2 * EPSILON * fabs((double)b.hv[k]),
                         mlpi_loss_at(which)->name, i);
        }
}

static void T(test_in_place)(void **state)
{
    static T(batch) b, apart;
    (void)state;
    for (int which = 0; which < REFERENCES; which++)
        for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
            draw d = {i};
            if (!fits(which, sizes[i]))
                continue;
            T(draw_batch)(&d, sizes[i], 17, 4, &b);
            b.ldh = b.ldv;
            apart = b;
            T(multiply)(which, &apart, i % 2 == 0, 0.7);
            const T(mlpi_targets) targets = {
                .t = b.t, .ldt = b.ldt, .labels = i % 2 == 0 ? b.labels : NULL, .weights = b.weights};
            T(mlpi_loss_hvp)(mlpi_loss_at(which), b.n, SAMPLES, b.y, b.ldy, &targets, 0.7, b.v, b.ldv, 17,
                             b.v, b.ldv);
            for (int64_t k = 0; k < SAMPLES * 17; k++)
                assert_memory_equal(b.v + k * b.ldv, apart.hv + k * b.ldv, (size_t)b.n * sizeof(REAL));
        }
}

/* s_p sum_q s_q (v_p - v_q) has no large terms to cancel: every digit must be right. */
static void T(test_saturated_softmax)(void **state)
{
    static const double spreads[] = {4, 20, 1e4};
    static T(batch) b;
    (void)state;
    for (uint64_t seed = 1; seed <= 30; seed++) {
        draw d = {seed};
        T(draw_batch)(&d, 10, 1, spreads[seed % 3], &b);
        if (seed % 3 == 1) /* one class holds nearly all */
            b.y[3] = b.y[b.ldy + 5] = 40;
        T(multiply)(1, &b, 1, 1);
        for (int64_t s = 0; s < SAMPLES; s++) {
            const REAL *y = b.y + s * b.ldy, *v = b.v + s * b.ldv;
            long double m = y[0], Z = 0;
            for (int64_t p = 1; p < 10; p++)
                m = y[p] > m ? y[p] : m;
            for (int64_t p = 0; p < 10; p++)
                Z += expl(y[p] - m);
            for (int64_t p = 0; p < 10; p++) {
                long double sum = 0, size = 0;
                for (int64_t q = 0; q < 10; q++) {
                    if (q == p)
                        continue;
                    const long double share =
                        (long double)b.weights[s] * expl(y[p] - m) / Z * expl(y[q] - m) / Z;
                    sum += share * (v[p] - v[q]);
                    /* y - m is rounded before its exponential is taken */
                    size += share * (fabsl((long double)v[p]) + fabsl((long double)v[q])) *
                            (16 + 2 * m - y[p] - y[q]);
                }
                /* an exponential of the size of the number type's least counts as 0 */
                close_to((double)b.hv[s * b.ldh + p], sum, EPSILON * (double)size + 1e-37, "hv", seed);
            }
        }
    }
}

/* NaN among the logits is NaN in every product; NaN in one vector stays with it. */
static void T(test_not_finite)(void **state)
{
    static T(batch) b;
    (void)state;
    for (int by_label = 0; by_label < 2; by_label++)
        for (int64_t p = 0; p < 10; p++) {
            draw d = {7};
            T(draw_batch)(&d, 10, 2, 4, &b);
            b.y[b.ldy + p] = (REAL)NAN;
            T(multiply)(1, &b, by_label, 1);
            for (int64_t q = 0; q < 10; q++) {
                assert_true(isfinite(b.hv[1 * b.ldh + q]) && isfinite(b.hv[4 * b.ldh + q]));
                assert_true(isnan(b.hv[2 * b.ldh + q]) && isnan(b.hv[3 * b.ldh + q]));
            }
            for (int which = 0; which < REFERENCES; which++) {
                T(draw_batch)(&d, 10, 2, 4, &b);
                b.v[3 * b.ldv + p] = (REAL)NAN;
                T(multiply)(which, &b, by_label, 1);
                assert_true(isnan(b.hv[3 * b.ldh + p]));
                for (int64_t q = 0; q < 10; q++)
                    assert_true(isfinite(b.hv[2 * b.ldh + q]) && isfinite(b.hv[4 * b.ldh + q]));
            }
        }
}
