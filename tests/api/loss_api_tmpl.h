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
        {99, 2, 3, T(y), 3, T(t), 3, labels, 3, MLP_ERR_ARGUMENT, "loss = 99"},
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
        if (loss == MLP_GAUSSIAN_NLL) /* 3 is odd */
            continue;
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

/* Worked by hand: delta 0.5 on residuals (1, 1, 3) and (4, 5, 5); tau 0.75 on outputs that are all too large. */
static void T(test_configured)(void **state)
{
    REAL y_bar[6] = {0}, hv[6];
    double value = 0;
    mlp_loss huber = 0, quantile = 0, smooth = 0;
    static const int32_t labels[] = {1, 2};
    (void)state;
    accepted(mlp_loss_configure(MLP_HUBER, 0.5, &huber));
    accepted(mlp_loss_configure(MLP_QUANTILE, 0.75, &quantile));
    accepted(mlp_loss_configure(MLP_SOFTMAX_CROSS_ENTROPY, 0.3, &smooth));
    accepted(T(mlp_loss_evaluate)(huber, 2, 3, T(y), 3, T(t), 3, NULL, &value, y_bar, 3));
    assert_true(fabs(value - 0.5 * (19 - 6 * 0.25) / 2) < 1e-12);
    assert_true(y_bar[0] == (REAL)0.25 && y_bar[5] == (REAL)0.25);
    accepted(T(mlp_loss_hvp)(huber, 2, 3, T(y), 3, T(t), 3, NULL, T(y), 3, hv, 3));
    assert_true(hv[0] == 0 && hv[5] == 0);
    accepted(T(mlp_loss_evaluate)(quantile, 2, 3, T(y), 3, T(t), 3, NULL, &value, y_bar, 3));
    assert_true(fabs(value - 0.25 * 19 / 2) < 1e-12 && y_bar[4] == (REAL)0.125);
    /* a third of 0.3 goes to each class */
    accepted(T(mlp_loss_evaluate_labels)(smooth, 2, 3, T(y), 3, labels, NULL, &value, y_bar, 3));
    assert_true(fabs(value - (log(1 + exp(-1) + exp(-2)) + 0.7 * 0.5 + 0.3)) < 1e-6);
    accepted(mlp_loss_unregister(huber));
    accepted(mlp_loss_unregister(quantile));
    accepted(mlp_loss_unregister(smooth));
    refused(T(mlp_loss_evaluate)(huber, 2, 3, T(y), 3, T(t), 3, NULL, &value, y_bar, 3), MLP_ERR_ARGUMENT,
            "loss = ");
}

/* Two means and two log-variances; the second half of the targets may be anything. */
static void T(test_pairs)(void **state)
{
    static const REAL y[] = {1, 2, 0, 0}, t[] = {0, 0, (REAL)NAN, (REAL)NAN};
    static const int32_t labels[] = {0, 1};
    REAL y_bar[4] = {77, 77, 77, 77};
    double value = 77;
    (void)state;
    refused(T(mlp_loss_evaluate)(MLP_GAUSSIAN_NLL, 1, 3, y, 3, t, 3, NULL, &value, y_bar, 3), MLP_ERR_SIZE,
            "n = 3: gaussian_nll takes an even number");
    refused(T(mlp_loss_evaluate_labels)(MLP_GAUSSIAN_NLL, 1, 1, y, 1, labels, NULL, &value, y_bar, 1),
            MLP_ERR_SIZE, "n = 1: gaussian_nll");
    refused(T(mlp_loss_hvp)(MLP_GAUSSIAN_NLL, 1, 3, y, 3, t, 3, NULL, y, 3, y_bar, 3), MLP_ERR_SIZE,
            "n = 3: gaussian_nll");
    assert_true(value == 77 && y_bar[0] == 77);
    accepted(T(mlp_loss_evaluate)(MLP_GAUSSIAN_NLL, 1, 4, y, 4, t, 4, NULL, &value, y_bar, 4));
    assert_true(value == 2.5);
    assert_true(y_bar[0] == 1 && y_bar[1] == 2 && y_bar[2] == 0 && y_bar[3] == (REAL)-1.5);
}

/* Every loss falls when a trainer is given it, configured ones with any number of threads to the same bits. */
static void T(test_training)(void **state)
{
    static const int64_t widths[] = {1, 8, 2};
    static const REAL x[] = {-1, (REAL)-0.5, 0, (REAL)0.5, 1}, t[] = {0, 1, 0, 1, 1, 0, 0, 1, 1, 0};
    mlp_model *model = NULL;
    (void)state;
    accepted(mlp_model_create(REAL_DTYPE, 2, widths, MLP_TANH, &model));
    accepted(mlp_model_initialize(model, MLP_INIT_GLOROT_UNIFORM, 3));
    for (mlp_loss constant = 1; mlp_loss_name(constant); constant++) {
        const char *parameter = NULL;
        double last[2] = {0, 0};
        accepted(mlp_loss_parameter(constant, &parameter, NULL, NULL, NULL));
        mlp_loss loss = constant;
        if (parameter)
            accepted(mlp_loss_configure(constant, 0.3, &loss));
        for (int32_t threads = 1; threads <= 2; threads++) {
            mlp_trainer *trainer = NULL;
            double first = 0;
            accepted(mlp_trainer_create(model, &trainer));
            accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_LOSS, loss));
            accepted(mlp_trainer_set_real(trainer, MLP_TRAINER_LEARNING_RATE, 0.05));
            accepted(mlp_trainer_prepare(trainer, 5, threads));
            accepted(T(mlp_trainer_step)(trainer, 5, x, 1, t, 2, NULL, &first));
            for (int step = 0; step < 100; step++)
                accepted(T(mlp_trainer_step)(trainer, 5, x, 1, t, 2, NULL, &last[threads - 1]));
            if (!(last[threads - 1] < first - 0.01))
                fail_msg("%s: %g after %g", mlp_loss_name(loss), last[threads - 1], first);
            mlp_trainer_destroy(trainer);
        }
        assert_true(last[0] == last[1]);
        if (parameter)
            accepted(mlp_loss_unregister(loss));
    }
    mlp_model_destroy(model);
}
