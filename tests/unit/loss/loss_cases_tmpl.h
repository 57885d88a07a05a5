/* Template: losses in one number type. */

/* A batch with leading dimensions of its own. */
typedef struct T(batch) {
    int64_t n, ldy, ldt, ldb;
    REAL y[SAMPLES * (MOST + 3)], t[SAMPLES * (MOST + 3)], y_bar[SAMPLES * (MOST + 3)], weights[SAMPLES];
    int32_t labels[SAMPLES];
} T(batch);

static void T(draw_batch)(draw *d, int64_t n, double spread, T(batch) *b)
{
    *b = (T(batch)){.n = n, .ldy = n + 1, .ldt = n + 2, .ldb = n + 3};
    for (size_t i = 0; i < sizeof b->y / sizeof *b->y; i++) {
        b->y[i] = (REAL)draw_real(d, -spread, spread);
        b->t[i] = (REAL)draw_real(d, 0, 1);
        b->y_bar[i] = 77;
    }
    for (int64_t s = 0; s < SAMPLES; s++) {
        b->weights[s] = (REAL)draw_real(d, 0, 3);
        b->labels[s] = (int32_t)draw_int(d, 0, n - 1);
    }
}

static void T(widen)(int64_t n, const REAL *x, long double *wide)
{
    for (int64_t p = 0; p < n; p++)
        wide[p] = (long double)x[p];
}

/* sum_s w_s l_s and its gradient times 1/2, against the definition */
static void T(check_definition)(int which, double parameter, const T(batch) *b, uint64_t seed)
{
    const reference *definition = &references[which];
    mlpi_loss loss = *mlpi_loss_of(definition->id);
    loss.parameter_value = parameter;
    const T(mlpi_targets) targets = {.t = b->t, .ldt = b->ldt, .weights = b->weights};
    T(batch) copy = *b;
    const double sum =
        T(mlpi_loss_sum)(&loss, b->n, SAMPLES, b->y, b->ldy, &targets, 0.5, copy.y_bar, b->ldb);
    long double expected = 0, y[MOST], t[MOST];
    for (int64_t s = 0; s < SAMPLES; s++) {
        T(widen)(b->n, b->y + s * b->ldy, y);
        T(widen)(b->n, b->t + s * b->ldt, t);
        expected += (long double)b->weights[s] * reference_value(definition, b->n, y, t, parameter);
        for (int64_t p = 0; p<b->n; p += b->n> 20 ? 17 : 1) {
            const long double g =
                (long double)b->weights[s] / 2 * reference_slope(definition, b->n, y, t, parameter, p);
            /* terms of the gradient: at most the sum of the targets and the largest residual */
            close_to((double)copy.y_bar[s * b->ldb + p], g, 3 * (double)(definition->size * (4 + b->n)),
                     4 * EPSILON, "y_bar", seed);
        }
        for (int64_t p = b->n; p < b->ldb; p++)
            assert_true(copy.y_bar[s * b->ldb + p] == 77);
    }
    const double terms = definition->signed_terms ? (double)(definition->size * SAMPLES * 3 * b->n) : 0;
    close_to(sum, expected, (double)fabsl(expected) + terms, 4 * EPSILON + 1e-15, "value", seed);
}

static void T(test_definition)(void **state)
{
    static T(batch) b;
    (void)state;
    for (uint64_t seed = 1; seed <= 5; seed++) {
        draw d = {seed};
        for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
            for (int which = 0; which < REFERENCES; which++) {
                if (!fits(which, sizes[i]))
                    continue;
                T(draw_batch)(&d, sizes[i], 4, &b);
                T(check_definition)(which, mlpi_loss_at(which)->parameter_value, &b, seed);
                if (mlpi_loss_at(which)->parameter)
                    T(check_definition)(which, references[which].other, &b, seed);
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
            const int64_t n = sizes[i];
            mlpi_loss loss = *mlpi_loss_at(which);
            if (loss.parameter && i % 2 == 1)
                loss.parameter_value = references[which].other;
            if (!fits(which, n))
                continue;
            T(draw_batch)(&d, n, 4, &b);
            for (int64_t s = 0; s < SAMPLES; s++)
                for (int64_t p = 0; p < n; p++)
                    b.t[s * b.ldt + p] = p == b.labels[s];
            other = b;
            const T(mlpi_targets) hot = {.t = b.t, .ldt = b.ldt}, labels = {.labels = b.labels};
            const double by_target = T(mlpi_loss_sum)(&loss, n, SAMPLES, b.y, b.ldy, &hot, 1, b.y_bar, b.ldb);
            const double by_label =
                T(mlpi_loss_sum)(&loss, n, SAMPLES, b.y, b.ldy, &labels, 1, other.y_bar, b.ldb);
            close_to(by_label, (long double)by_target, fabs(by_target), 1e-14, loss.name, i);
            for (int64_t k = 0; k < SAMPLES * b.ldb; k++)
                close_to((double)other.y_bar[k], (long double)b.y_bar[k], 1, 2 * EPSILON, loss.name, i);
        }
}

/* A batch is the weighted sum of its samples, in their order. */
static void T(test_weights)(void **state)
{
    static T(batch) b, single;
    (void)state;
    for (int32_t id = 1; id <= mlpi_loss_count(); id++) {
        draw d = {(uint64_t)id};
        T(draw_batch)(&d, 10, 4, &b);
        b.weights[3] = 0;
        single = b;
        const T(mlpi_targets) all = {.t = b.t, .ldt = b.ldt, .weights = b.weights};
        const double whole =
            T(mlpi_loss_sum)(mlpi_loss_of(id), 10, SAMPLES, b.y, b.ldy, &all, 1, b.y_bar, b.ldb);
        double sum = 0, weight = 0;
        for (int64_t s = 0; s < SAMPLES; s++) {
            const T(mlpi_targets) one = {.t = b.t + s * b.ldt, .ldt = b.ldt};
            sum += (double)b.weights[s] * T(mlpi_loss_sum)(mlpi_loss_of(id), 10, 1, b.y + s * b.ldy, b.ldy,
                                                           &one, (double)b.weights[s],
                                                           single.y_bar + s * b.ldb, b.ldb);
            weight += (double)b.weights[s];
        }
        assert_true(whole == sum);
        assert_true(T(mlpi_weight_sum)(SAMPLES, b.weights) == weight);
        assert_true(T(mlpi_weight_sum)(SAMPLES, NULL) == SAMPLES);
        assert_memory_equal(single.y_bar, b.y_bar, sizeof b.y_bar);
    }
}

static void T(test_in_place)(void **state)
{
    static T(batch) b, aliased;
    (void)state;
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        for (int32_t id = 1; id <= mlpi_loss_count(); id++)
            for (int by_label = 0; by_label < 2; by_label++) {
                draw d = {i};
                if (!fits(id - 1, sizes[i]))
                    continue;
                T(draw_batch)(&d, sizes[i], 4, &b);
                b.ldb = b.ldy;
                aliased = b;
                const T(mlpi_targets) targets = {
                    .t = b.t, .ldt = b.ldt, .labels = by_label ? b.labels : NULL, .weights = b.weights};
                const mlpi_loss *loss = mlpi_loss_of(id);
                const double apart =
                    T(mlpi_loss_sum)(loss, b.n, SAMPLES, b.y, b.ldy, &targets, 1, b.y_bar, b.ldy);
                const double without = T(mlpi_loss_sum)(loss, b.n, SAMPLES, b.y, b.ldy, &targets, 1, NULL, 0);
                const double within =
                    T(mlpi_loss_sum)(loss, b.n, SAMPLES, aliased.y, b.ldy, &targets, 1, aliased.y, b.ldy);
                assert_true(apart == within && apart == without);
                for (int64_t s = 0; s < SAMPLES; s++)
                    assert_memory_equal(aliased.y + s * b.ldy, b.y_bar + s * b.ldy,
                                        (size_t)b.n * sizeof(REAL));
            }
}

/* log-sum-exp neither overflows nor loses the small terms it can see. */
static void T(test_large_logits)(void **state)
{
    static T(batch) b;
    (void)state;
    for (uint64_t seed = 1; seed <= 5; seed++) {
        draw d = {seed};
        T(draw_batch)(&d, 10, 1e4, &b);
        T(check_definition)(1, 0, &b, seed);
        const T(mlpi_targets) labels = {.labels = b.labels};
        assert_true(isfinite(T(mlpi_loss_sum)(&mlpi_softmax_cross_entropy, 10, SAMPLES, b.y, b.ldy, &labels,
                                              1, b.y_bar, b.ldb)));
        for (int64_t s = 0; s < SAMPLES; s++) {
            double sum = 0; /* probabilities sum to 1, and the label takes 1 away */
            for (int64_t p = 0; p < 10; p++)
                sum += (double)b.y_bar[s * b.ldb + p];
            close_to(sum, 0, 1, 10 * EPSILON, "sum of y_bar", seed);
        }
    }
}

static void T(test_not_finite)(void **state)
{
    static T(batch) b;
    (void)state;
    for (int32_t id = 1; id <= mlpi_loss_count(); id++)
        for (int by_label = 0; by_label < 2; by_label++)
            for (int64_t p = 0; p < 10; p++) {
                draw d = {7};
                T(draw_batch)(&d, 10, 4, &b);
                const T(mlpi_targets) targets = {
                    .t = b.t, .ldt = b.ldt, .labels = by_label ? b.labels : NULL};
                b.y[2 * b.ldy + p] = (REAL)NAN;
                assert_true(isnan(T(mlpi_loss_sum)(mlpi_loss_of(id), 10, SAMPLES, b.y, b.ldy, &targets, 1,
                                                   b.y_bar, b.ldb)));
                assert_true(isnan(b.y_bar[2 * b.ldb + p]));
                assert_true(isfinite(b.y_bar[1 * b.ldb + p]));
            }
}
