/* Template: metrics of outputs in one number type. */

/* ---- By hand ---- */

static double T(by_label)(mlp_metric metric, double parameter, int64_t n, const REAL *y, int32_t label)
{
    double value = 77;
    accepted(T(mlp_metric_evaluate_labels)(metric, parameter, 1, n, y, n, &label, NULL, &value));
    return value;
}

/* Of equal outputs the first counts; NaN makes wrong what it could be before. */
static void T(test_classes)(void **state)
{
    static const struct {
        double y[4];
        int32_t rank[4]; /* of each label: the least k for which it is among the k largest; 9 for never */
        int32_t found;   /* the class, -1 for none */
    } cases[] = {
        {{3, 1, 4, 2}, {2, 4, 1, 3}, 2},        {{1, 1, 1, 1}, {1, 2, 3, 4}, 0},
        {{0, 2, 2, 1}, {4, 1, 2, 3}, 1},        {{-INFINITY, 0, INFINITY, INFINITY}, {4, 3, 1, 2}, 2},
        {{-0.0, 0.0, -1, -1}, {1, 2, 3, 4}, 0}, {{NAN, 1, 0, 2}, {9, 3, 4, 2}, -1},
        {{2, 1, 0, NAN}, {2, 3, 4, 9}, -1},     {{NAN, NAN, NAN, NAN}, {9, 9, 9, 9}, -1},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        REAL y[4];
        int64_t counts[16], total = 0;
        for (int p = 0; p < 4; p++)
            y[p] = (REAL)cases[i].y[p];
        for (int32_t label = 0; label < 4; label++) {
            REAL t[4] = {-1, -1, -1, -1};
            double value = 77;
            t[label] = 0;
            for (int k = 1; k <= 4; k++)
                assert_true(T(by_label)(MLP_METRIC_TOP_K, k, 4, y, label) == (k >= cases[i].rank[label]));
            assert_true(T(by_label)(MLP_METRIC_ACCURACY, 0, 4, y, label) == (cases[i].found == label));
            accepted(T(mlp_metric_evaluate)(MLP_METRIC_ACCURACY, 0, 1, 4, y, 4, t, 4, NULL, &value));
            assert_true(value == (cases[i].found == label));
            accepted(T(mlp_metric_confusion_labels)(NAN, 1, 4, y, 4, &label, counts));
            for (int c = 0; c < 16; c++)
                total += counts[c];
            if (cases[i].found >= 0)
                assert_int_equal(counts[cases[i].found + label * 4], 1);
        }
        assert_int_equal(total, cases[i].found >= 0 ? 4 : 0);
    }
}

/* One output stands for two classes, on either side of a bound. */
static void T(test_one_output)(void **state)
{
    static const REAL y[6] = {(REAL)0.7, (REAL)0.2, 0, (REAL)-0.1, (REAL)0.5, (REAL)NAN};
    static const REAL t[6] = {1, 1, 0, (REAL)0.5, (REAL)0.75, 1};
    static const int32_t labels[6] = {1, 1, 0, 0, 1, 1};
    static const int64_t at_0[4] = {2, 0, 0, 3}, at_half[4] = {2, 0, 2, 1};
    int64_t counts[4], by_targets[4];
    double value = 0;
    (void)state;
    for (int half = 0; half < 2; half++) {
        const double bound = half ? 0.5 : 0, right = half ? 3.0 / 6 : 5.0 / 6;
        accepted(T(mlp_metric_evaluate_labels)(MLP_METRIC_ACCURACY, bound, 6, 1, y, 1, labels, NULL, &value));
        assert_true(fabs(value - right) < 1e-15);
        accepted(T(mlp_metric_evaluate)(MLP_METRIC_ACCURACY, bound, 6, 1, y, 1, t, 1, NULL, &value));
        assert_true(fabs(value - right) < 1e-15);
        accepted(T(mlp_metric_confusion_labels)(bound, 6, 1, y, 1, labels, counts));
        accepted(T(mlp_metric_confusion)(bound, 6, 1, y, 1, t, 1, by_targets));
        assert_memory_equal(counts, half ? at_half : at_0, sizeof counts);
        assert_memory_equal(by_targets, counts, sizeof counts);
    }
    accepted(T(mlp_metric_evaluate)(MLP_METRIC_TOP_K, 1, 5, 1, y, 1, t, 1, NULL, &value));
    assert_true(value == 1);
}

/* The examples of scikit-learn's r2_score, targets that do not vary, and targets far from 0. */
static void T(test_r2)(void **state)
{
    static const REAL t1[] = {3, (REAL)-0.5, 2, 7}, y1[] = {2.5, 0, 2, 8};
    static const REAL t2[] = {0.5, 1, -1, 1, 7, -6}, y2[] = {0, 2, -1, 2, 8, -5};
    const REAL c = (REAL)0.1, constant[] = {c, c, c}, other[] = {c, c, 2 * c}, lost[] = {c, c, (REAL)NAN};
    const REAL far_t[] = {1000000, 1000001, 1000002}, far_y[] = {1000000, 1000001, 1000001};
    const REAL weights[] = {1, 0, 3}, weighted[] = {0, (REAL)NAN, 4}, weighted_y[] = {1, 5, 4};
    double value = 0;
    (void)state;
    accepted(T(mlp_metric_evaluate)(MLP_METRIC_R2, NAN, 4, 1, y1, 1, t1, 1, NULL, &value));
    assert_true(fabs(value - 0.9486081370449679) < 1e-15);
    accepted(T(mlp_metric_evaluate)(MLP_METRIC_R2, 0, 3, 2, y2, 2, t2, 2, NULL, &value));
    assert_true(fabs(value - 0.9368005266622779) < 1e-15);
    accepted(T(mlp_metric_evaluate)(MLP_METRIC_R2, 0, 3, 1, constant, 1, constant, 1, NULL, &value));
    assert_true(value == 1);
    accepted(T(mlp_metric_evaluate)(MLP_METRIC_R2, 0, 3, 1, other, 1, constant, 1, NULL, &value));
    assert_true(value == 0);
    accepted(T(mlp_metric_evaluate)(MLP_METRIC_R2, 0, 3, 1, lost, 1, constant, 1, NULL, &value));
    assert_true(isnan(value));
    accepted(T(mlp_metric_evaluate)(MLP_METRIC_R2, 0, 3, 1, far_y, 1, far_t, 1, NULL, &value));
    assert_true(fabs(value - 0.5) < 1e-9);
    /* mean 3, total 1 * 9 + 3 * 1, residual 1 */
    accepted(T(mlp_metric_evaluate)(MLP_METRIC_R2, 0, 3, 1, weighted_y, 1, weighted, 1, weights, &value));
    assert_true(fabs(value - (1 - 1.0 / 12)) < 1e-15);
}

/* ---- Against loops ---- */

/* The class of a column without NaN. */
static int32_t T(largest)(int64_t n, const REAL *y, double bound)
{
    int32_t best = 0;
    for (int32_t p = 1; p < n; p++)
        best = y[p] > y[best] ? p : best;
    return n == 1 ? (double)y[0] > bound : best;
}

static double T(r2_of_output)(int p, int64_t batch, const REAL *y, int64_t ldy, const REAL *t, int64_t ldt,
                              const REAL *weights)
{
    double weight = 0, mean = 0, residual = 0, total = 0;
    for (int64_t s = 0; s < batch; s++) {
        const double w = weights ? (double)weights[s] : 1;
        weight += w;
        mean += w * (double)t[p + s * ldt];
    }
    mean /= weight;
    for (int64_t s = 0; s < batch; s++) {
        const double w = weights ? (double)weights[s] : 1;
        residual += w * pow((double)y[p + s * ldy] - (double)t[p + s * ldt], 2);
        total += w * pow((double)t[p + s * ldt] - mean, 2);
    }
    return 1 - residual / total;
}

static found T(by_loops)(int64_t batch, int64_t n, const REAL *y, int64_t ldy, const REAL *t, int64_t ldt,
                         const REAL *weights, int64_t k, double bound)
{
    const int64_t classes = n == 1 ? 2 : n;
    double weight = 0, right = 0, among = 0, squares = 0, distances = 0, r2 = 0;
    found f = {0};
    for (int64_t s = 0; s < batch; s++) {
        const double w = weights ? (double)weights[s] : 1;
        const REAL *ys = y + s * ldy, *ts = t + s * ldt;
        const int32_t label = T(largest)(n, ts, 0.5), is = T(largest)(n, ys, bound);
        int64_t larger = 0;
        for (int64_t p = 0; p < n; p++) {
            larger += n > 1 && ys[p] > ys[label];
            squares += w * pow((double)ys[p] - (double)ts[p], 2);
            distances += w * fabs((double)ys[p] - (double)ts[p]);
        }
        weight += w;
        right += w * (is == label);
        among += w * (larger < k);
        f.counts[is + label * classes]++;
    }
    for (int p = 0; p < n; p++)
        r2 += T(r2_of_output)(p, batch, y, ldy, t, ldt, weights) / (double)n;
    f.value[MLP_METRIC_ACCURACY] = right / weight;
    f.value[MLP_METRIC_TOP_K] = among / weight;
    f.value[MLP_METRIC_RMSE] = sqrt(squares / (double)n / weight);
    f.value[MLP_METRIC_MAE] = distances / (double)n / weight;
    f.value[MLP_METRIC_R2] = r2;
    return f;
}

static void T(check_value)(mlp_metric metric, double value, double expected, double tolerance)
{
    if (!(fabs(value - expected) <= tolerance * (1 + fabs(expected))))
        fail_msg("%s is %.17g, expected %.17g", mlp_metric_name(metric), value, expected);
}

/* Random outputs and targets, which are close enough to them for all metrics to be neither 0 nor 1. */
static void T(draw_outputs)(draw *d, int64_t batch, int64_t n, REAL *y, int64_t ldy, REAL *t, int64_t ldt,
                            REAL *weights, int32_t *labels)
{
    for (int64_t s = 0; s < batch; s++) {
        for (int64_t p = 0; p < n; p++) {
            t[p + s * ldt] = (REAL)draw_real(d, -1, 2);
            y[p + s * ldy] = t[p + s * ldt] + (REAL)draw_real(d, -1, 1);
        }
        weights[s] = s % 5 == 4 ? 0 : (REAL)draw_real(d, 0.1, 3);
        labels[s] = T(largest)(n, t + s * ldt, 0.5);
    }
}

static void T(test_against_loops)(void **state)
{
    static const int64_t widths[] = {1, 2, 3, WIDEST}, batches[] = {2, 5, MOST};
    static REAL y[(WIDEST + 1) * MOST], t[(WIDEST + 2) * MOST], weights[MOST];
    static int32_t labels[MOST];
    draw d = {31};
    (void)state;
    for (int round = 0; round < 4 * 3 * 2; round++) {
        const int64_t n = widths[round % 4], batch = batches[round / 4 % 3], ldy = n + round / 12;
        const int64_t ldt = n + 2 * (int64_t)(round / 12), classes = n == 1 ? 2 : n;
        const int64_t k = n > 2 ? 2 : 1;
        const REAL *w = round / 12 ? weights : NULL;
        const double bound = 0.25;
        int64_t counts[WIDEST * WIDEST];
        T(draw_outputs)(&d, batch, n, y, ldy, t, ldt, weights, labels);
        const found f = T(by_loops)(batch, n, y, ldy, t, ldt, w, k, bound);
        for (mlp_metric metric = 1; mlp_metric_name(metric); metric++) {
            const double parameter = metric == MLP_METRIC_TOP_K ? (double)k : bound;
            double value = 77;
            accepted(T(mlp_metric_evaluate)(metric, parameter, batch, n, y, ldy, t, ldt, w, &value));
            T(check_value)(metric, value, f.value[metric], 1e-13);
            if (metric > MLP_METRIC_TOP_K || (metric == MLP_METRIC_TOP_K && n == 1))
                continue;
            accepted(T(mlp_metric_evaluate_labels)(metric, parameter, batch, n, y, ldy, labels, w, &value));
            T(check_value)(metric, value, f.value[metric], 1e-13);
        }
        accepted(T(mlp_metric_confusion)(bound, batch, n, y, ldy, t, ldt, counts));
        assert_memory_equal(counts, f.counts, (size_t)(classes * classes) * sizeof *counts);
        accepted(T(mlp_metric_confusion_labels)(bound, batch, n, y, ldy, labels, counts));
        assert_memory_equal(counts, f.counts, (size_t)(classes * classes) * sizeof *counts);
    }
}

/* ---- Refusals ---- */

/* Which calls refuse the arguments. */
enum { T(BY_TARGETS) = 1, T(BY_LABELS) = 2, T(CONFUSION) = 4, T(CONFUSION_LABELS) = 8, T(ALL) = 15 };

/* The arguments of a call, one of which is wrong. */
typedef struct T(arguments) {
    int calls;
    mlp_status status;
    const char *word;
    mlp_metric metric;
    double parameter;
    int64_t batch, n;
    const REAL *y;
    int64_t ldy;
    const REAL *t;
    int64_t ldt;
    const int32_t *labels;
    const REAL *weights;
} T(arguments);

static void T(refuse)(const T(arguments) *a)
{
    double value = 77;
    int64_t counts[9] = {77};
    if (a->calls & T(BY_TARGETS))
        refused(T(mlp_metric_evaluate)(a->metric, a->parameter, a->batch, a->n, a->y, a->ldy, a->t, a->ldt,
                                       a->weights, &value),
                a->status, a->word);
    if (a->calls & T(BY_LABELS))
        refused(T(mlp_metric_evaluate_labels)(a->metric, a->parameter, a->batch, a->n, a->y, a->ldy,
                                              a->labels, a->weights, &value),
                a->status, a->word);
    if (a->calls & T(CONFUSION))
        refused(T(mlp_metric_confusion)(a->parameter, a->batch, a->n, a->y, a->ldy, a->t, a->ldt, counts),
                a->status, a->word);
    if (a->calls & T(CONFUSION_LABELS))
        refused(T(mlp_metric_confusion_labels)(a->parameter, a->batch, a->n, a->y, a->ldy, a->labels, counts),
                a->status, a->word);
    assert_true(value == 77 && counts[0] == 77);
}

static void T(test_refused)(void **state)
{
    static const REAL y[6] = {1, 2, 3, 4, 5, 6};
    static const REAL minus[2] = {1, -1}, nan[2] = {(REAL)NAN, 1}, zero[2] = {0, 0};
    static const int32_t good[2] = {0, 2}, high[2] = {0, 3}, low[2] = {-1, 0}, two[2] = {0, 1};
    enum { ACC = MLP_METRIC_ACCURACY, TOP = MLP_METRIC_TOP_K, HUGE_N = INT32_MAX };
    enum { T_ = T(BY_TARGETS), L = T(BY_LABELS), C = T(CONFUSION), D = T(CONFUSION_LABELS), ALL = T(ALL) };
    const mlp_status size = MLP_ERR_SIZE, bad = MLP_ERR_ARGUMENT;
    const int64_t min = INT64_MIN, big = 2147483648;
    const char *const whole = "that of top_k must be a whole number from 1 to the number of outputs";
    const T(arguments) cases[] = {
        {ALL, size, "batch = 0", ACC, 0, 0, 3, y, 3, y, 3, good, NULL},
        {ALL, size, "batch = -9223372036854775808", ACC, 0, min, 3, y, 3, y, 3, good, NULL},
        {ALL, size, "n = 0", ACC, 0, 2, 0, y, 3, y, 3, good, NULL},
        {ALL, size, "n = 2147483648", ACC, 0, 2, big, y, big, y, big, good, NULL},
        {ALL, bad, "y = NULL", ACC, 0, 2, 3, NULL, 3, y, 3, good, NULL},
        {ALL, size, "ldy = 2", ACC, 0, 2, 3, y, 2, y, 3, good, NULL},
        {T_ | L, bad, "metric = 0: must be one of", 0, 0, 2, 3, y, 3, y, 3, good, NULL},
        {T_ | L, bad, "metric = 6: must be one of", 6, 0, 2, 3, y, 3, y, 3, good, NULL},
        {T_ | L, bad, "metric = -1: must be one of", -1, 0, 2, 3, y, 3, y, 3, good, NULL},
        {T_ | L, bad, whole, TOP, 0, 2, 3, y, 3, y, 3, good, NULL},
        {T_ | L, bad, whole, TOP, 4, 2, 3, y, 3, y, 3, good, NULL},
        {T_ | L, bad, whole, TOP, 1.5, 2, 3, y, 3, y, 3, good, NULL},
        {T_ | L, bad, whole, TOP, NAN, 2, 3, y, 3, y, 3, good, NULL},
        {T_ | L, bad, whole, TOP, INFINITY, 2, 3, y, 3, y, 3, good, NULL},
        {T_ | L, bad, "that of accuracy must be finite", ACC, NAN, 2, 3, y, 3, y, 3, good, NULL},
        {L, bad, "metric = 3: rmse needs targets", MLP_METRIC_RMSE, 0, 2, 3, y, 3, NULL, 0, good, NULL},
        {L, bad, "metric = 4: mae needs targets", MLP_METRIC_MAE, 0, 2, 3, y, 3, NULL, 0, good, NULL},
        {L, bad, "metric = 5: r2 needs targets", MLP_METRIC_R2, 0, 2, 3, y, 3, NULL, 0, good, NULL},
        {T_ | C, bad, "t = NULL", ACC, 0, 2, 3, y, 3, NULL, 3, NULL, NULL},
        {T_ | C, size, "ldt = 2", ACC, 0, 2, 3, y, 3, y, 2, NULL, NULL},
        {L | D, bad, "labels = NULL", ACC, 0, 2, 3, y, 3, NULL, 0, NULL, NULL},
        {L | D, bad, "labels[1] = 3: must be 0 to 2", ACC, 0, 2, 3, y, 3, NULL, 0, high, NULL},
        {L | D, bad, "labels[0] = -1: must be 0 to 2", ACC, 0, 2, 3, y, 3, NULL, 0, low, NULL},
        {L | D, bad, "labels[1] = 2: must be 0 to 1", ACC, 0, 2, 1, y, 1, NULL, 0, good, NULL},
        {L, bad, "labels[1] = 1: must be 0 to 0", TOP, 1, 2, 1, y, 1, NULL, 0, two, NULL},
        {T_ | L, bad, "weights[1] = -1", ACC, 0, 2, 3, y, 3, y, 3, good, minus},
        {T_ | L, bad, "weights[0] = ", ACC, 0, 2, 3, y, 3, y, 3, good, nan},
        {T_ | L, bad, "weights: sum to 0", ACC, 0, 2, 3, y, 3, y, 3, good, zero},
        {C | D, bad, "bound = inf", ACC, INFINITY, 2, 1, y, 1, y, 1, two, NULL},
        {C, size, "n = 2147483647: the counts", ACC, 0, 1, HUGE_N, y, HUGE_N, y, HUGE_N, NULL, NULL},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        T(refuse)(&cases[i]);
    refused(T(mlp_metric_evaluate)(ACC, 0, 2, 3, y, 3, y, 3, NULL, NULL), bad, "value = NULL");
    refused(T(mlp_metric_evaluate_labels)(ACC, 0, 2, 3, y, 3, good, NULL, NULL), bad, "value = NULL");
    refused(T(mlp_metric_confusion)(0, 2, 3, y, 3, y, 3, NULL), bad, "counts = NULL");
    refused(T(mlp_metric_confusion_labels)(0, 2, 3, y, 3, good, NULL), bad, "counts = NULL");
}
