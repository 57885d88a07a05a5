/* Template: steps in one number type. */

/* SAMPLES samples drawn from one seed. */
typedef struct T(samples) {
    REAL x[SAMPLES * N_IN], t[SAMPLES * N_OUT], weights[SAMPLES];
    int32_t labels[SAMPLES];
} T(samples);

static T(samples) T(draw_samples)(void)
{
    T(samples) s;
    draw d = {11};
    for (int i = 0; i < SAMPLES * N_IN; i++)
        s.x[i] = (REAL)draw_real(&d, -2, 2);
    for (int i = 0; i < SAMPLES * N_OUT; i++)
        s.t[i] = (REAL)draw_real(&d, -1, 1);
    for (int i = 0; i < SAMPLES; i++) {
        s.weights[i] = (REAL)draw_real(&d, 0, 2);
        s.labels[i] = (int32_t)draw_int(&d, 0, N_OUT - 1);
    }
    return s;
}

static void T(get_theta)(const mlp_trainer *trainer, REAL theta[PARAMS])
{
    mlp_model *model = create_model(REAL_DTYPE);
    accepted(mlp_trainer_get_model(trainer, model));
    accepted(T(mlp_model_get_params)(model, 0, PARAMS, theta));
    mlp_model_destroy(model);
}

static void T(test_unprepared)(void **state)
{
    const T(samples) s = T(draw_samples)();
    mlp_trainer *trainer = create_trainer(REAL_DTYPE);
    mlp_data *data = NULL;
    double loss = 77, accuracy = 77;
    REAL theta_bar[PARAMS] = {0};
    (void)state;
    accepted(mlp_data_create(REAL_DTYPE, SAMPLES, &data));
    refused(T(mlp_trainer_step)(trainer, 1, s.x, N_IN, s.t, N_OUT, NULL, &loss), MLP_ERR_STATE,
            "trainer: is not");
    refused(T(mlp_trainer_step_labels)(trainer, 1, s.x, N_IN, s.labels, NULL, &loss), MLP_ERR_STATE,
            "trainer: is not");
    refused(T(mlp_trainer_apply_gradient)(trainer, theta_bar), MLP_ERR_STATE, "trainer: is not");
    refused(mlp_trainer_epoch(trainer, data, &loss), MLP_ERR_STATE, "trainer: is not");
    refused(mlp_trainer_run(trainer, data, &loss), MLP_ERR_STATE, "trainer: is not");
    refused(mlp_trainer_evaluate(trainer, data, &loss, &accuracy), MLP_ERR_STATE, "trainer: is not");
    assert_true(loss == 77 && accuracy == 77);
    assert_string_equal(mlp_trainer_last_error(trainer), mlp_last_error());
    mlp_data_destroy(data);
    mlp_trainer_destroy(trainer);
}

static void T(test_bad_step)(void **state)
{
    const T(samples) s = T(draw_samples)();
    static const int32_t low[] = {0, -1}, high[] = {0, N_OUT}, extreme[] = {INT32_MAX, INT32_MIN};
    static const REAL negative[] = {-1, 1}, zero[] = {0, 0}, nan[] = {1, (REAL)NAN},
                      infinite[] = {(REAL)INFINITY, 1};
    const struct {
        int64_t batch;
        const REAL *x;
        int64_t ldx;
        const REAL *t;
        int64_t ldt;
        const int32_t *labels;
        const REAL *weights;
        mlp_status status;
        const char *word, *label_word; /* NULL: this form does not take the argument */
    } cases[] = {
        {0, s.x, N_IN, s.t, N_OUT, s.labels, NULL, MLP_ERR_SIZE, "batch = 0", "batch = 0"},
        {-1, s.x, N_IN, s.t, N_OUT, s.labels, NULL, MLP_ERR_SIZE, "batch = -1", "batch = -1"},
        {5, s.x, N_IN, s.t, N_OUT, s.labels, NULL, MLP_ERR_SIZE, "batch = 5", "batch = 5"},
        {INT64_MIN, s.x, N_IN, s.t, N_OUT, s.labels, NULL, MLP_ERR_SIZE, "batch = -9", "batch = -9"},
        {INT64_MAX, s.x, N_IN, s.t, N_OUT, s.labels, NULL, MLP_ERR_SIZE, "batch = 9", "batch = 9"},
        {2, NULL, N_IN, s.t, N_OUT, s.labels, NULL, MLP_ERR_ARGUMENT, "x = NULL", "x = NULL"},
        {2, s.x, 1, s.t, N_OUT, s.labels, NULL, MLP_ERR_SIZE, "ldx = 1", "ldx = 1"},
        {2, s.x, 0, s.t, N_OUT, s.labels, NULL, MLP_ERR_SIZE, "ldx = 0", "ldx = 0"},
        {2, s.x, -2, s.t, N_OUT, s.labels, NULL, MLP_ERR_SIZE, "ldx = -2", "ldx = -2"},
        {2, s.x, INT64_MIN, s.t, N_OUT, s.labels, NULL, MLP_ERR_SIZE, "ldx = -9", "ldx = -9"},
        {2, s.x, INT64_MAX, s.t, N_OUT, s.labels, NULL, MLP_ERR_SIZE, "ldx = 9", "ldx = 9"},
        {2, s.x, N_IN, NULL, N_OUT, NULL, NULL, MLP_ERR_ARGUMENT, "t = NULL", "labels = NULL"},
        {2, s.x, N_IN, s.t, N_OUT - 1, s.labels, NULL, MLP_ERR_SIZE, "ldt = 2", NULL},
        {2, s.x, N_IN, s.t, 0, s.labels, NULL, MLP_ERR_SIZE, "ldt = 0", NULL},
        {2, s.x, N_IN, s.t, -3, s.labels, NULL, MLP_ERR_SIZE, "ldt = -3", NULL},
        {2, s.x, N_IN, s.t, INT64_MIN, s.labels, NULL, MLP_ERR_SIZE, "ldt = -9", NULL},
        {2, s.x, N_IN, s.t, INT64_MAX, s.labels, NULL, MLP_ERR_SIZE, "ldt = 9", NULL},
        {2, s.x, N_IN, s.t, N_OUT, extreme, NULL, MLP_ERR_ARGUMENT, NULL, "labels[0] = 2147483647"},
        {2, s.x, N_IN, s.t, N_OUT, s.labels, nan, MLP_ERR_ARGUMENT, "weights[1] = ", "weights[1] = "},
        {2, s.x, N_IN, s.t, N_OUT, s.labels, infinite, MLP_ERR_ARGUMENT, "weights[0] = inf",
         "weights[0] = inf"},
        {2, s.x, N_IN, s.t, N_OUT, low, NULL, MLP_ERR_ARGUMENT, NULL, "labels[1] = -1"},
        {2, s.x, N_IN, s.t, N_OUT, high, NULL, MLP_ERR_ARGUMENT, NULL, "labels[1] = 3"},
        {2, s.x, N_IN, s.t, N_OUT, s.labels, negative, MLP_ERR_ARGUMENT, "weights[0] = -1",
         "weights[0] = -1"},
        {2, s.x, N_IN, s.t, N_OUT, s.labels, zero, MLP_ERR_ARGUMENT, "weights: ", "weights: "},
    };
    mlp_trainer *trainer = prepared(REAL_DTYPE, MLP_SQUARED_ERROR);
    REAL before[PARAMS], after[PARAMS];
    double loss = 77;
    (void)state;
    T(get_theta)(trainer, before);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        if (cases[i].word)
            refused(T(mlp_trainer_step)(trainer, cases[i].batch, cases[i].x, cases[i].ldx, cases[i].t,
                                        cases[i].ldt, cases[i].weights, &loss),
                    cases[i].status, cases[i].word);
        if (cases[i].label_word)
            refused(T(mlp_trainer_step_labels)(trainer, cases[i].batch, cases[i].x, cases[i].ldx,
                                               cases[i].labels, cases[i].weights, &loss),
                    cases[i].status, cases[i].label_word);
        assert_string_equal(mlp_trainer_last_error(trainer), mlp_last_error());
    }
    refused(T(mlp_trainer_step)(NULL, 1, s.x, N_IN, s.t, N_OUT, NULL, &loss), MLP_ERR_ARGUMENT,
            "trainer = NULL");
    refused(T(mlp_trainer_step_labels)(NULL, 1, s.x, N_IN, s.labels, NULL, &loss), MLP_ERR_ARGUMENT,
            "trainer = NULL");
    refused(T(mlp_trainer_apply_gradient)(NULL, before), MLP_ERR_ARGUMENT, "trainer = NULL");
    refused(T(mlp_trainer_apply_gradient)(trainer, NULL), MLP_ERR_ARGUMENT, "theta_bar = NULL");
    refused(OTHER(mlp_trainer_step)(trainer, 1, NULL, N_IN, NULL, N_OUT, NULL, &loss), MLP_ERR_DTYPE,
            "trainer is");
    refused(OTHER(mlp_trainer_step_labels)(trainer, 1, NULL, N_IN, s.labels, NULL, &loss), MLP_ERR_DTYPE,
            "trainer is");
    refused(OTHER(mlp_trainer_apply_gradient)(trainer, NULL), MLP_ERR_DTYPE, "trainer is");
    T(get_theta)(trainer, after);
    assert_memory_equal(before, after, sizeof before);
    assert_true(loss == 77 && mlp_trainer_step_count(trainer) == 0);
    mlp_trainer_destroy(trainer);
}

/* Numbers that are not finite, wherever they are, leave the trainer as it was. */
static void T(test_bad_samples)(void **state)
{
    static const double bad[] = {NAN, INFINITY, -INFINITY};
    T(samples) s = T(draw_samples)();
    mlp_trainer *trainer = prepared(REAL_DTYPE, MLP_SQUARED_ERROR);
    REAL before[PARAMS], after[PARAMS], theta_bar[PARAMS] = {0};
    double loss = 77;
    (void)state;
    accepted(T(mlp_trainer_step)(trainer, BATCH, s.x, N_IN, s.t, N_OUT, NULL, NULL));
    T(get_theta)(trainer, before);
    for (int k = 0; k < 3; k++) {
        const T(samples) kept = s;
        s.x[5] = (REAL)bad[k];
        refused(T(mlp_trainer_step)(trainer, BATCH, s.x, N_IN, s.t, N_OUT, NULL, &loss), MLP_ERR_NUMERIC,
                "x: element 1 of sample 2 is ");
        refused(T(mlp_trainer_step_labels)(trainer, BATCH, s.x, N_IN, s.labels, NULL, &loss), MLP_ERR_NUMERIC,
                "step 2 was not taken");
        s = kept;
        s.t[4] = (REAL)bad[k];
        refused(T(mlp_trainer_step)(trainer, BATCH, s.x, N_IN, s.t, N_OUT, NULL, &loss), MLP_ERR_NUMERIC,
                "t: element 1 of sample 1 is ");
        s = kept;
        theta_bar[PARAMS - 1] = (REAL)bad[k];
        refused(T(mlp_trainer_apply_gradient)(trainer, theta_bar), MLP_ERR_NUMERIC, "gradient is not finite");
    }
    T(get_theta)(trainer, after);
    assert_memory_equal(before, after, sizeof before);
    assert_true(loss == 77 && mlp_trainer_step_count(trainer) == 1);
    accepted(T(mlp_trainer_step)(trainer, BATCH, s.x, N_IN, s.t, N_OUT, s.weights, &loss));
    assert_true(loss != 77 && mlp_trainer_step_count(trainer) == 2);
    mlp_trainer_destroy(trainer);
}

/* Finite data whose loss or gradient is not. */
static void T(test_overflow)(void **state)
{
    const REAL huge = REAL_DTYPE == MLP_F32 ? (REAL)1e38 : (REAL)1e300;
    const REAL x[N_IN] = {huge, huge}, t[N_OUT] = {huge, huge, huge};
    static const int64_t linear[] = {N_IN, N_OUT};
    mlp_model *model = NULL;
    mlp_trainer *trainer = NULL;
    REAL theta[N_OUT * (N_IN + 1)] = {0};
    double loss = 77;
    (void)state;
    accepted(mlp_model_create(REAL_DTYPE, 1, linear, MLP_IDENTITY, &model));
    accepted(mlp_trainer_create(model, &trainer));
    accepted(mlp_trainer_prepare(trainer, 1, 1));
    refused(T(mlp_trainer_step)(trainer, 1, x, N_IN, t, N_OUT, NULL, &loss), MLP_ERR_NUMERIC,
            REAL_DTYPE == MLP_F32 ? "gradient is not finite: step 1" : "loss is not finite: step 1");
    accepted(mlp_trainer_get_model(trainer, model));
    accepted(T(mlp_model_get_params)(model, 0, N_OUT * (N_IN + 1), theta));
    for (int i = 0; i < N_OUT * (N_IN + 1); i++)
        assert_true(theta[i] == 0);
    assert_true(loss == 77);
    mlp_trainer_destroy(trainer);
    mlp_model_destroy(model);
}

/* A step is forward, loss, vjp and apply_gradient: to the bit. */
static void T(test_apply_gradient)(void **state)
{
    const T(samples) s = T(draw_samples)();
    mlp_trainer *whole = prepared(REAL_DTYPE, MLP_SOFTMAX_CROSS_ENTROPY);
    mlp_trainer *parts = prepared(REAL_DTYPE, MLP_SOFTMAX_CROSS_ENTROPY);
    mlp_model *model = create_model(REAL_DTYPE);
    mlp_workspace *workspace = NULL;
    (void)state;
    accepted(mlp_workspace_create(model, BATCH, 1, MLP_USE_DERIVATIVES, &workspace));
    for (int step = 0; step < 5; step++) {
        REAL y[BATCH * N_OUT], theta_bar[PARAMS], a[PARAMS], b[PARAMS];
        double loss = 0, expected = 0;
        accepted(T(mlp_trainer_step_labels)(whole, BATCH, s.x, N_IN, s.labels, s.weights, &loss));
        accepted(mlp_trainer_get_model(parts, model));
        accepted(T(mlp_forward)(model, workspace, BATCH, s.x, N_IN, y, N_OUT));
        accepted(T(mlp_loss_evaluate_labels)(MLP_SOFTMAX_CROSS_ENTROPY, BATCH, N_OUT, y, N_OUT, s.labels,
                                             s.weights, &expected, y, N_OUT));
        accepted(T(mlp_vjp)(model, workspace, y, N_OUT, NULL, 0, theta_bar));
        accepted(T(mlp_trainer_apply_gradient)(parts, theta_bar));
        T(get_theta)(whole, a);
        T(get_theta)(parts, b);
        assert_memory_equal(a, b, sizeof a);
        assert_true(loss == expected);
    }
    assert_int_equal(mlp_trainer_step_count(parts), 5);
    mlp_workspace_destroy(workspace);
    mlp_model_destroy(model);
    mlp_trainer_destroy(whole);
    mlp_trainer_destroy(parts);
}

/* Preparing again keeps the optimizer's state; failing to leaves everything. */
static void T(test_prepare_again)(void **state)
{
    const T(samples) s = T(draw_samples)();
    mlp_trainer *trainers[2] = {prepared(REAL_DTYPE, MLP_SQUARED_ERROR),
                                prepared(REAL_DTYPE, MLP_SQUARED_ERROR)};
    REAL a[PARAMS], b[PARAMS];
    (void)state;
    for (int step = 0; step < 4; step++) {
        for (int i = 0; i < 2; i++)
            accepted(T(mlp_trainer_step)(trainers[i], BATCH, s.x, N_IN, s.t, N_OUT, NULL, NULL));
        failing_allocator_fail_once(step);
        assert_int_equal(mlp_trainer_prepare(trainers[1], 100, 1), MLP_ERR_MEMORY);
        failing_allocator_relent();
        accepted(mlp_trainer_prepare(trainers[1], BATCH + step, 1));
    }
    T(get_theta)(trainers[0], a);
    T(get_theta)(trainers[1], b);
    assert_memory_equal(a, b, sizeof a);
    mlp_trainer_destroy(trainers[0]);
    mlp_trainer_destroy(trainers[1]);
}
