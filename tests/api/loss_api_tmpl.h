/* Template: losses in one number type. */

static const REAL T(y)[] = {1, 2, 3, 4, 5, 6}, T(t)[] = {0, 1, 0, 0, 0, 1};

static void T(test_refusals)(void **state)
{
    static const int32_t labels[] = {1, 2}, high[] = {0, 3}, low[] = {-1, 0},
                         extreme[] = {INT32_MAX, INT32_MIN};
    static const struct {
        mlp_loss loss;
        int64_t batch, n;
        const REAL *y;
        int64_t ldy;
        const REAL *t;
        int64_t ldt;
        const int32_t *labels;
        int64_t ldb;
        mlp_status status;
        const char *word;
    } cases[] = {
        {0, 2, 3, T(y), 3, T(t), 3, labels, 3, MLP_ERR_ARGUMENT, "loss = 0"},
        {3, 2, 3, T(y), 3, T(t), 3, labels, 3, MLP_ERR_ARGUMENT, "loss = 3"},
        {-1, 2, 3, T(y), 3, T(t), 3, labels, 3, MLP_ERR_ARGUMENT, "loss = -1"},
        {1, 0, 3, T(y), 3, T(t), 3, labels, 3, MLP_ERR_SIZE, "batch = 0"},
        {1, -5, 3, T(y), 3, T(t), 3, labels, 3, MLP_ERR_SIZE, "batch = -5"},
        {1, 2, 0, T(y), 3, T(t), 3, labels, 3, MLP_ERR_SIZE, "n = 0"},
        {1, 2, INT64_MIN, T(y), 3, T(t), 3, labels, 3, MLP_ERR_SIZE, "n = -"},
        {1, 2, 2147483648, T(y), 3, T(t), 3, labels, 3, MLP_ERR_SIZE, "n = 2147483648"},
        {1, 2, 3, NULL, 3, T(t), 3, labels, 3, MLP_ERR_ARGUMENT, "y = NULL"},
        {1, 2, 3, T(y), 2, T(t), 3, labels, 3, MLP_ERR_SIZE, "ldy = 2"},
        {1, 2, 3, T(y), INT64_MAX, T(t), 3, labels, 3, MLP_ERR_SIZE, "ldy = 9223"},
        {1, 2, 3, T(y), 3, T(t), 3, labels, 2, MLP_ERR_SIZE, "ldb = 2"},
        {1, 2, 3, T(y), 3, T(t), 3, labels, -1, MLP_ERR_SIZE, "ldb = -1"},
        {INT32_MIN, 2, 3, T(y), 3, T(t), 3, labels, 3, MLP_ERR_ARGUMENT, "loss = -2147483648"},
        {INT32_MAX, 2, 3, T(y), 3, T(t), 3, labels, 3, MLP_ERR_ARGUMENT, "loss = 2147483647"},
        {1, INT64_MIN, 3, T(y), 3, T(t), 3, labels, 3, MLP_ERR_SIZE, "batch = -9223372036854775808"},
        {1, 2, -1, T(y), 3, T(t), 3, labels, 3, MLP_ERR_SIZE, "n = -1"},
        {1, 2, INT64_MAX, T(y), INT64_MAX, T(t), 3, labels, 3, MLP_ERR_SIZE, "n = 9223372036854775807"},
        {1, 2, 3, T(y), 0, T(t), 3, labels, 3, MLP_ERR_SIZE, "ldy = 0"},
        {1, 2, 3, T(y), -3, T(t), 3, labels, 3, MLP_ERR_SIZE, "ldy = -3"},
        {1, 2, 3, T(y), INT64_MIN, T(t), 3, labels, 3, MLP_ERR_SIZE, "ldy = -9223372036854775808"},
        {1, 2, 3, T(y), 3, T(t), 3, labels, 0, MLP_ERR_SIZE, "ldb = 0"},
        {1, 2, 3, T(y), 3, T(t), 3, labels, INT64_MIN, MLP_ERR_SIZE, "ldb = -9223372036854775808"},
        {1, 2, 3, T(y), 3, T(t), 3, labels, INT64_MAX, MLP_ERR_SIZE, "ldb = 9223372036854775807"},
        {1, 2, 3, T(y), 3, NULL, 3, NULL, 3, MLP_ERR_ARGUMENT, " = NULL"},
        {1, 2, 3, T(y), 3, T(t), 2, low, 3, 0, ""},
        {2, 2, 3, T(y), 3, T(t), 2, high, 3, 0, ""},
        {1, 2, 3, T(y), 3, T(t), 2, extreme, 3, 0, ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        double value = 77;
        REAL y_bar[6] = {77, 77, 77, 77, 77, 77};
        const mlp_status expected = cases[i].status;
        refused(T(mlp_loss_evaluate)(cases[i].loss, cases[i].batch, cases[i].n, cases[i].y, cases[i].ldy,
                                     cases[i].t, cases[i].ldt, NULL, &value, y_bar, cases[i].ldb),
                expected ? expected : MLP_ERR_SIZE, expected ? cases[i].word : "ldt = 2");
        refused(T(mlp_loss_evaluate_labels)(cases[i].loss, cases[i].batch, cases[i].n, cases[i].y,
                                            cases[i].ldy, cases[i].labels, NULL, &value, y_bar, cases[i].ldb),
                expected ? expected : MLP_ERR_ARGUMENT, expected ? cases[i].word : "labels[");
        assert_true(value == 77);
        for (int k = 0; k < 6; k++)
            assert_true(y_bar[k] == 77);
    }
    static const int64_t lds[] = {0, -3, INT64_MIN, INT64_MAX};
    for (size_t i = 0; i < sizeof lds / sizeof *lds; i++) {
        char word[40];
        double value = 77;
        snprintf(word, sizeof word, "ldt = %lld: ", (long long)lds[i]);
        refused(T(mlp_loss_evaluate)(1, 2, 3, T(y), 3, T(t), lds[i], NULL, &value, NULL, 0), MLP_ERR_SIZE,
                word);
        assert_true(value == 77);
    }
    REAL both[8] = {0};
    refused(T(mlp_loss_evaluate)(1, 2, 3, both, 3, T(t), 3, NULL, NULL, both, 4), MLP_ERR_SIZE, "ldb = 4");
    refused(T(mlp_loss_evaluate_labels)(1, 2, 3, both, 3, labels, NULL, NULL, both, 4), MLP_ERR_SIZE,
            "ldb = 4");
}

static void T(test_weights)(void **state)
{
    static const REAL negative[] = {1, -1}, zero[] = {0, 0}, nan[] = {1, (REAL)NAN},
                      infinite[] = {(REAL)INFINITY, 1};
    static const struct {
        const REAL *weights;
        const char *word;
    } cases[] = {{negative, "weights[1] = -1"},
                 {zero, "weights: sum to 0"},
                 {nan, "weights[1] = "},
                 {infinite, "weights[0] = inf"}};
    static const int32_t labels[] = {1, 2};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        double value = 77;
        refused(T(mlp_loss_evaluate)(1, 2, 3, T(y), 3, T(t), 3, cases[i].weights, &value, NULL, 0),
                MLP_ERR_ARGUMENT, cases[i].word);
        refused(T(mlp_loss_evaluate_labels)(1, 2, 3, T(y), 3, labels, cases[i].weights, &value, NULL, 0),
                MLP_ERR_ARGUMENT, cases[i].word);
        assert_true(value == 77);
    }
}

/* Worked by hand: residuals (1, 1, 3) and (4, 5, 5), weights 3 and 1. */
static void T(test_values)(void **state)
{
    static const REAL weights[] = {3, 1};
    static const int32_t labels[] = {1, 2};
    REAL y_bar[6] = {0};
    double value = 0;
    (void)state;
    accepted(T(mlp_loss_evaluate)(MLP_SQUARED_ERROR, 2, 3, T(y), 3, T(t), 3, weights, &value, y_bar, 3));
    assert_true(fabs(value - (3 * 5.5 + 33) / 4) < 1e-12);
    assert_true(y_bar[0] == (REAL)0.75 && y_bar[2] == (REAL)2.25 && y_bar[5] == (REAL)1.25);
    accepted(T(mlp_loss_evaluate_labels)(MLP_SQUARED_ERROR, 2, 3, T(y), 3, labels, NULL, &value, y_bar, 3));
    assert_true(fabs(value - (5.5 + 33) / 2) < 1e-12);
    /* logits that differ by 1: log(1 + e^-1 + e^-2) and what the label lies below the largest */
    accepted(T(mlp_loss_evaluate_labels)(MLP_SOFTMAX_CROSS_ENTROPY, 2, 3, T(y), 3, labels, NULL, &value,
                                         y_bar, 3));
    assert_true(fabs(value - (log(1 + exp(-1) + exp(-2)) + 0.5)) < 1e-6);
    assert_true(fabs((double)(y_bar[0] + y_bar[1] + y_bar[2])) < 1e-6);
}

static void T(test_skips)(void **state)
{
    REAL y[6], y_bar[6];
    double value = 0, alone = 0;
    (void)state;
    memcpy(y, T(y), sizeof y);
    for (mlp_loss loss = 1; mlp_loss_name(loss); loss++) {
        accepted(T(mlp_loss_evaluate)(loss, 2, 3, T(y), 3, T(t), 3, NULL, &value, y_bar, 3));
        accepted(T(mlp_loss_evaluate)(loss, 2, 3, T(y), 3, T(t), 3, NULL, &alone, NULL, 0));
        assert_true(value == alone);
        accepted(T(mlp_loss_evaluate)(loss, 2, 3, T(y), 3, T(t), 3, NULL, NULL, NULL, 0));
        memcpy(y, T(y), sizeof y);
        accepted(T(mlp_loss_evaluate)(loss, 2, 3, y, 3, T(t), 3, NULL, NULL, y, 3));
        assert_memory_equal(y, y_bar, sizeof y);
    }
}

static void T(test_hvp_refusals)(void **state)
{
    static const int32_t labels[] = {1, 2}, high[] = {0, 3};
    static const REAL v[6] = {1}, negative[] = {1, -1};
    static const struct {
        mlp_loss loss;
        int64_t batch, n;
        const REAL *y;
        int64_t ldy;
        const REAL *v;
        int64_t ldv;
        int hv;
        int64_t ldh;
        const REAL *weights;
        mlp_status status;
        const char *word;
    } cases[] = {
        {0, 2, 3, T(y), 3, v, 3, 1, 3, NULL, MLP_ERR_ARGUMENT, "loss = 0"},
        {-1, 2, 3, T(y), 3, v, 3, 1, 3, NULL, MLP_ERR_ARGUMENT, "loss = -1"},
        {INT32_MAX, 2, 3, T(y), 3, v, 3, 1, 3, NULL, MLP_ERR_ARGUMENT, "loss = 2147483647"},
        {1, 0, 3, T(y), 3, v, 3, 1, 3, NULL, MLP_ERR_SIZE, "batch = 0"},
        {1, INT64_MIN, 3, T(y), 3, v, 3, 1, 3, NULL, MLP_ERR_SIZE, "batch = -9"},
        {1, 2, 0, T(y), 3, v, 3, 1, 3, NULL, MLP_ERR_SIZE, "n = 0"},
        {1, 2, 2147483648, T(y), 3, v, 3, 1, 3, NULL, MLP_ERR_SIZE, "n = 2147483648"},
        {1, 2, 3, NULL, 3, v, 3, 1, 3, NULL, MLP_ERR_ARGUMENT, "y = NULL"},
        {1, 2, 3, T(y), 2, v, 3, 1, 3, NULL, MLP_ERR_SIZE, "ldy = 2"},
        {1, 2, 3, T(y), 3, NULL, 3, 1, 3, NULL, MLP_ERR_ARGUMENT, "v = NULL"},
        {1, 2, 3, T(y), 3, v, 2, 1, 3, NULL, MLP_ERR_SIZE, "ldv = 2"},
        {1, 2, 3, T(y), 3, v, INT64_MAX, 1, 3, NULL, MLP_ERR_SIZE, "ldv = 9"},
        {1, 2, 3, T(y), 3, v, 3, 0, 3, NULL, MLP_ERR_ARGUMENT, "hv = NULL"},
        {1, 2, 3, T(y), 3, v, 3, 1, 0, NULL, MLP_ERR_SIZE, "ldh = 0"},
        {1, 2, 3, T(y), 3, v, 3, 1, INT64_MIN, NULL, MLP_ERR_SIZE, "ldh = -9"},
        {1, 2, 3, T(y), 3, v, 3, 1, 3, negative, MLP_ERR_ARGUMENT, "weights[1] = -1"},
    };
    (void)state;
    REAL hv[8] = {77, 77, 77, 77, 77, 77, 77, 77};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        REAL *to = cases[i].hv ? hv : NULL;
        refused(T(mlp_loss_hvp)(cases[i].loss, cases[i].batch, cases[i].n, cases[i].y, cases[i].ldy, T(t), 3,
                                cases[i].weights, cases[i].v, cases[i].ldv, to, cases[i].ldh),
                cases[i].status, cases[i].word);
        refused(T(mlp_loss_hvp_labels)(cases[i].loss, cases[i].batch, cases[i].n, cases[i].y, cases[i].ldy,
                                       labels, cases[i].weights, cases[i].v, cases[i].ldv, to, cases[i].ldh),
                cases[i].status, cases[i].word);
    }
    refused(T(mlp_loss_hvp)(1, 2, 3, T(y), 3, NULL, 3, NULL, v, 3, hv, 3), MLP_ERR_ARGUMENT, "t = NULL");
    refused(T(mlp_loss_hvp)(1, 2, 3, T(y), 3, T(t), 2, NULL, v, 3, hv, 3), MLP_ERR_SIZE, "ldt = 2");
    refused(T(mlp_loss_hvp)(1, 2, 3, T(y), 3, T(t), 3, NULL, hv, 3, hv, 4), MLP_ERR_SIZE, "ldh = 4");
    refused(T(mlp_loss_hvp_labels)(1, 2, 3, T(y), 3, NULL, NULL, v, 3, hv, 3), MLP_ERR_ARGUMENT,
            "labels = NULL");
    refused(T(mlp_loss_hvp_labels)(1, 2, 3, T(y), 3, high, NULL, v, 3, hv, 3), MLP_ERR_ARGUMENT,
            "labels[1] = 3");
    for (int i = 0; i < 8; i++)
        assert_true(hv[i] == 77);
}

/* Worked by hand: weights 3 and 1 share out as 3/4 and 1/4; two equal logits have s o (v - s^T v) = +-1/4. */
static void T(test_hvp_values)(void **state)
{
    static const REAL weights[] = {3, 1}, v[] = {1, 2, 3, 4, 5, 6}, equal[] = {2, 2, 7, 7},
                      e[] = {1, 0, 0, 1};
    static const int32_t labels[] = {1, 0};
    REAL hv[6] = {0}, vectors[] = {1, 0, 0, 1};
    (void)state;
    accepted(T(mlp_loss_hvp)(MLP_SQUARED_ERROR, 2, 3, T(y), 3, T(t), 3, weights, v, 3, hv, 3));
    assert_true(hv[0] == (REAL)0.75 && hv[2] == (REAL)2.25 && hv[5] == (REAL)1.5);
    accepted(T(mlp_loss_hvp_labels)(MLP_SQUARED_ERROR, 2, 3, T(y), 3, labels, NULL, v, 3, hv, 3));
    assert_true(hv[0] == (REAL)0.5 && hv[5] == 3);
    accepted(T(mlp_loss_hvp)(MLP_SOFTMAX_CROSS_ENTROPY, 2, 2, equal, 2, e, 2, NULL, vectors, 2, hv, 3));
    assert_true(fabs((double)hv[0] - 0.125) < 1e-7 && fabs((double)hv[1] + 0.125) < 1e-7);
    assert_true(fabs((double)hv[3] + 0.125) < 1e-7 && fabs((double)hv[4] - 0.125) < 1e-7);
    accepted(T(mlp_loss_hvp_labels)(MLP_SOFTMAX_CROSS_ENTROPY, 2, 2, equal, 2, labels, weights, vectors, 2,
                                    vectors, 2));
    assert_true(fabs((double)vectors[0] - 0.1875) < 1e-7 && fabs((double)vectors[3] - 0.0625) < 1e-7);
}
