/* Template: a registered loss in one number type. */

typedef struct T(samples) {
    REAL x[N_IN * BATCH], y[N_OUT * BATCH], t[N_OUT * BATCH], weights[BATCH], out[(N_OUT + 1) * BATCH];
    int32_t labels[BATCH + 1]; /* even, so that no padding is compared */
} T(samples);

static T(samples) T(draw_samples)(uint64_t seed)
{
    draw d = {seed};
    T(samples) s;
    for (int i = 0; i < N_IN * BATCH; i++)
        s.x[i] = (REAL)draw_real(&d, -1, 1);
    for (int i = 0; i < N_OUT * BATCH; i++) {
        s.y[i] = (REAL)draw_real(&d, -2, 2);
        s.t[i] = (REAL)draw_real(&d, -2, 2);
    }
    for (int i = 0; i < BATCH; i++)
        s.weights[i] = (REAL)draw_real(&d, 0.5, 2);
    for (int i = 0; i <= BATCH; i++)
        s.labels[i] = (int32_t)draw_int(&d, 0, N_OUT - 1);
    for (int i = 0; i < (N_OUT + 1) * BATCH; i++)
        s.out[i] = 77;
    return s;
}

/* The library's own squared error, bit for bit: values, gradients in place and apart, products. */
static void T(test_values)(void **state)
{
    record r;
    const mlp_loss loss = own(&r, 2);
    (void)state;
    for (uint64_t seed = 1; seed <= 10; seed++) {
        T(samples) a = T(draw_samples)(seed), b = a;
        const REAL *weights = seed % 2 ? a.weights : NULL;
        double value = 1, expected = 2;
        accepted(T(mlp_loss_evaluate)(loss, BATCH, N_OUT, a.y, N_OUT, a.t, N_OUT, weights, &value, a.out,
                                      N_OUT + 1));
        accepted(T(mlp_loss_evaluate)(MLP_SQUARED_ERROR, BATCH, N_OUT, b.y, N_OUT, b.t, N_OUT, weights,
                                      &expected, b.out, N_OUT + 1));
        assert_true(value == expected);
        assert_memory_equal(a.out, b.out, sizeof a.out);
        accepted(
            T(mlp_loss_evaluate_labels)(loss, BATCH, N_OUT, a.y, N_OUT, a.labels, weights, &value, NULL, 0));
        accepted(T(mlp_loss_evaluate_labels)(MLP_SQUARED_ERROR, BATCH, N_OUT, b.y, N_OUT, b.labels, weights,
                                             &expected, NULL, 0));
        assert_true(value == expected);
        accepted(
            T(mlp_loss_hvp)(loss, BATCH, N_OUT, a.y, N_OUT, a.t, N_OUT, weights, a.x, 3, a.out, N_OUT + 1));
        accepted(T(mlp_loss_hvp)(MLP_SQUARED_ERROR, BATCH, N_OUT, b.y, N_OUT, b.t, N_OUT, weights, b.x, 3,
                                 b.out, N_OUT + 1));
        assert_memory_equal(a.out, b.out, sizeof a.out);
        accepted(T(mlp_loss_hvp_labels)(loss, BATCH, N_OUT, a.y, N_OUT, a.labels, weights, a.t, N_OUT, a.t,
                                        N_OUT));
        accepted(T(mlp_loss_hvp_labels)(MLP_SQUARED_ERROR, BATCH, N_OUT, b.y, N_OUT, b.labels, weights, b.t,
                                        N_OUT, b.t, N_OUT));
        assert_memory_equal(a.t, b.t, sizeof a.t);
        accepted(
            T(mlp_loss_evaluate_labels)(loss, BATCH, N_OUT, a.y, N_OUT, a.labels, weights, NULL, a.y, N_OUT));
        accepted(T(mlp_loss_evaluate_labels)(MLP_SQUARED_ERROR, BATCH, N_OUT, b.y, N_OUT, b.labels, weights,
                                             NULL, b.y, N_OUT));
        assert_memory_equal(a.y, b.y, sizeof a.y);
    }
    assert_int_equal(r.calls, 10 * 5 * BATCH);
    part(&r, loss);
}

/* At whatever sample it fails, nothing is written. */
static void T(test_callback_fails)(void **state)
{
    record r;
    const mlp_loss loss = own(&r, 2);
    (void)state;
    for (int at = 1; at <= BATCH; at++) {
        T(samples) s = T(draw_samples)(3);
        const T(samples) before = s;
        double value = 77;
        r.fail_at_call = at;
        r.calls = 0;
        refused(T(mlp_loss_evaluate)(loss, BATCH, N_OUT, s.y, N_OUT, s.t, N_OUT, NULL, &value, s.y, N_OUT),
                MLP_ERR_CALLBACK, "the loss \"own\" returned -42");
        assert_int_equal(mlp_last_callback_value(), -42);
        assert_int_equal(r.calls, at);
        r.calls = 0;
        refused(
            T(mlp_loss_evaluate_labels)(loss, BATCH, N_OUT, s.y, N_OUT, s.labels, NULL, &value, s.out, N_OUT),
            MLP_ERR_CALLBACK, "the loss \"own\" returned -42");
        r.calls = 0;
        refused(T(mlp_loss_hvp)(loss, BATCH, N_OUT, s.y, N_OUT, s.t, N_OUT, NULL, s.out, N_OUT, s.out, N_OUT),
                MLP_ERR_CALLBACK, "the loss \"own\" returned -42");
        assert_true(value == 77);
        assert_memory_equal(&s, &before, sizeof s);
    }
    part(&r, loss);
}

/* Orders it does not have, and no memory for the results. */
static void T(test_refusals)(void **state)
{
    record r;
    mlp_loss loss = own(&r, 0);
    T(samples) s = T(draw_samples)(3);
    const T(samples) before = s;
    double value = 77;
    (void)state;
    refused(T(mlp_loss_evaluate)(loss, BATCH, N_OUT, s.y, N_OUT, s.t, N_OUT, NULL, &value, s.out, N_OUT),
            MLP_ERR_UNSUPPORTED, "up to order 0, not 1");
    refused(T(mlp_loss_hvp)(loss, BATCH, N_OUT, s.y, N_OUT, s.t, N_OUT, NULL, s.y, N_OUT, s.out, N_OUT),
            MLP_ERR_UNSUPPORTED, "up to order 0, not 2");
    assert_int_equal(r.calls, 0);
    accepted(T(mlp_loss_evaluate)(loss, BATCH, N_OUT, s.y, N_OUT, s.t, N_OUT, NULL, NULL, NULL, 0));
    part(&r, loss);
    loss = own(&r, 1);
    refused(T(mlp_loss_hvp_labels)(loss, BATCH, N_OUT, s.y, N_OUT, s.labels, NULL, s.y, N_OUT, s.out, N_OUT),
            MLP_ERR_UNSUPPORTED, "up to order 1, not 2");
    part(&r, loss);
    loss = own(&r, 2);
    failing_allocator_fail_from(0);
    refused(T(mlp_loss_evaluate)(loss, BATCH, N_OUT, s.y, N_OUT, s.t, N_OUT, NULL, &value, s.out, N_OUT),
            MLP_ERR_MEMORY, "n = 3");
    refused(T(mlp_loss_hvp)(loss, BATCH, N_OUT, s.y, N_OUT, s.t, N_OUT, NULL, s.y, N_OUT, s.out, N_OUT),
            MLP_ERR_MEMORY, "n = 3");
    failing_allocator_relent();
    part(&r, loss);
    refused(T(mlp_loss_evaluate)(loss, BATCH, N_OUT, s.y, N_OUT, s.t, N_OUT, NULL, &value, s.out, N_OUT),
            MLP_ERR_ARGUMENT, "loss = ");
    assert_true(value == 77);
    assert_memory_equal(&s, &before, sizeof s);
}

static void T(get_params)(const mlp_trainer *trainer, mlp_activation activation, REAL *theta)
{
    static const int64_t widths[] = {N_IN, 4, N_OUT};
    mlp_model *model = NULL;
    accepted(mlp_model_create(REAL_DTYPE, 2, widths, activation, &model));
    accepted(mlp_trainer_get_model(trainer, model));
    accepted(T(mlp_model_get_params)(model, 0, PARAMS, theta));
    mlp_model_destroy(model);
}

/* Steps with targets, steps with labels, and the loss of a whole data set; none of it allocates. */
static void T(train)(mlp_trainer *trainer, mlp_activation activation, REAL *theta, double *losses)
{
    T(samples) s = T(draw_samples)(9);
    mlp_data *data = NULL;
    accepted(mlp_data_create(REAL_DTYPE, BATCH, &data));
    accepted(T(mlp_data_set_inputs)(data, N_IN, s.x, N_IN));
    accepted(mlp_data_set_labels(data, N_OUT, s.labels));
    accepted(mlp_trainer_prepare(trainer, BATCH, 3));
    accepted(mlp_trainer_epoch(trainer, data, losses++)); /* allocates the order of the samples */
    failing_allocator_fail_from(0);
    for (int step = 0; step < STEPS; step++) {
        accepted(T(mlp_trainer_step)(trainer, BATCH, s.x, N_IN, s.t, N_OUT, s.weights, losses++));
        accepted(T(mlp_trainer_step_labels)(trainer, BATCH - 1, s.x, N_IN, s.labels, NULL, losses++));
    }
    accepted(mlp_trainer_epoch(trainer, data, losses++));
    accepted(mlp_trainer_evaluate(trainer, data, losses, NULL));
    failing_allocator_relent();
    T(get_params)(trainer, activation, theta);
    mlp_data_destroy(data);
    mlp_trainer_destroy(trainer);
}

/*
 * With a registered loss a step is made of passes. Where squared error's are too, because of a registered
 * activation or of BLAS, the numbers are the same; where they are not, nearly.
 */
static void T(test_same_training)(void **state)
{
    mlp_activation slow = 0;
    record r;
    const mlp_loss loss = own(&r, 1);
    (void)state;
    accepted(mlp_activation_register("own_tanh", 1, own_tanh, NULL, NULL, &slow));
    const struct {
        mlp_activation activation;
        int32_t engine;
        double tolerance;
    } cases[] = {{slow, MLP_ENGINE_NATIVE, 0},
                 {MLP_TANH, MLP_ENGINE_BLAS, 0},
                 {MLP_TANH, MLP_ENGINE_AUTO, 64 * EPSILON}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        double losses[2][2 * STEPS + 3];
        REAL theta[2][PARAMS];
        for (int mine = 0; mine < 2; mine++)
            T(train)(create_trainer(REAL_DTYPE, cases[i].activation, mine ? loss : MLP_SQUARED_ERROR,
                                    cases[i].engine),
                     cases[i].activation, theta[mine], losses[mine]);
        for (int k = 0; k < PARAMS; k++)
            assert_true(fabs((double)(theta[0][k] - theta[1][k])) <= cases[i].tolerance);
        for (int k = 0; k < 2 * STEPS + 3; k++)
            assert_true(fabs(losses[0][k] - losses[1][k]) <= cases[i].tolerance);
        assert_true(losses[0][2 * STEPS + 2] < losses[0][0]);
    }
    part(&r, loss);
    accepted(mlp_activation_unregister(slow));
}

/* A failing callback or a loss that is not finite leaves everything as it was. */
static void T(test_failed_step)(void **state)
{
    record r;
    const mlp_loss loss = own(&r, 1);
    mlp_trainer *trainer = create_trainer(REAL_DTYPE, MLP_TANH, loss, MLP_ENGINE_AUTO);
    T(samples) s = T(draw_samples)(9);
    REAL before[PARAMS], after[PARAMS];
    double value = 77;
    mlp_data *data = NULL;
    (void)state;
    accepted(mlp_data_create(REAL_DTYPE, BATCH, &data));
    accepted(T(mlp_data_set_inputs)(data, N_IN, s.x, N_IN));
    accepted(mlp_data_set_labels(data, N_OUT, s.labels));
    accepted(mlp_trainer_prepare(trainer, BATCH, 2));
    accepted(T(mlp_trainer_step)(trainer, BATCH, s.x, N_IN, s.t, N_OUT, NULL, NULL));
    T(get_params)(trainer, MLP_TANH, before);
    for (int at = 1; at <= BATCH; at++) {
        r.fail_at_call = at;
        r.calls = 0;
        refused(T(mlp_trainer_step)(trainer, BATCH, s.x, N_IN, s.t, N_OUT, NULL, &value), MLP_ERR_CALLBACK,
                "the loss \"own\" returned -42");
        assert_string_equal(mlp_trainer_last_error(trainer), mlp_last_error());
        assert_int_equal(mlp_last_callback_value(), -42);
        r.calls = 0;
        refused(mlp_trainer_epoch(trainer, data, &value), MLP_ERR_CALLBACK, "the loss");
        r.calls = 0;
        refused(mlp_trainer_evaluate(trainer, data, &value, NULL), MLP_ERR_CALLBACK, "the loss");
    }
    r.fail_at_call = 0;
    r.bad_value = 1;
    refused(T(mlp_trainer_step_labels)(trainer, BATCH, s.x, N_IN, s.labels, NULL, &value), MLP_ERR_NUMERIC,
            "loss is not finite: step 2");
    T(get_params)(trainer, MLP_TANH, after);
    assert_memory_equal(before, after, sizeof before);
    assert_int_equal(mlp_trainer_step_count(trainer), 1);
    assert_true(value == 77);
    r.bad_value = 0;
    accepted(T(mlp_trainer_step)(trainer, BATCH, s.x, N_IN, s.t, N_OUT, NULL, &value));
    mlp_trainer_destroy(trainer);
    mlp_data_destroy(data);
    part(&r, loss);
}

static void T(test_trainer_refusals)(void **state)
{
    record r;
    mlp_loss loss = own(&r, 0);
    mlp_trainer *trainer = create_trainer(REAL_DTYPE, MLP_TANH, loss, MLP_ENGINE_AUTO);
    int64_t value = 0;
    (void)state;
    refused(mlp_trainer_prepare(trainer, BATCH, 1), MLP_ERR_UNSUPPORTED, "loss own has no gradient");
    refused(mlp_trainer_set_int(trainer, MLP_TRAINER_LOSS, loss + 1), MLP_ERR_ARGUMENT, "value = ");
    refused(mlp_trainer_set_int(trainer, MLP_TRAINER_LOSS, 99), MLP_ERR_ARGUMENT, "value = 99");
    refused(mlp_trainer_set_int(trainer, MLP_TRAINER_LOSS, (int64_t)1 << 32 | 1), MLP_ERR_ARGUMENT,
            "value = ");
    accepted(mlp_trainer_get_int(trainer, MLP_TRAINER_LOSS, &value));
    assert_int_equal(value, loss);
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_LOSS, MLP_SQUARED_ERROR));
    accepted(mlp_trainer_prepare(trainer, BATCH, 1));
    mlp_trainer_destroy(trainer);
    part(&r, loss);
    /* three outputs are no pairs */
    trainer = create_trainer(REAL_DTYPE, MLP_TANH, MLP_GAUSSIAN_NLL, MLP_ENGINE_AUTO);
    refused(mlp_trainer_prepare(trainer, BATCH, 1), MLP_ERR_SIZE, "n = 3: gaussian_nll");
    mlp_trainer_destroy(trainer);
    /* gone before it is prepared */
    loss = own(&r, 1);
    trainer = create_trainer(REAL_DTYPE, MLP_TANH, loss, MLP_ENGINE_AUTO);
    part(&r, loss);
    refused(mlp_trainer_prepare(trainer, BATCH, 1), MLP_ERR_ARGUMENT, "no longer registered");
    mlp_trainer_destroy(trainer);
}

/* A prepared trainer outlives the name, and lets the loss go. */
static void T(test_lifetime)(void **state)
{
    record r;
    const mlp_loss loss = own(&r, 1);
    mlp_trainer *trainer = create_trainer(REAL_DTYPE, MLP_TANH, loss, MLP_ENGINE_AUTO);
    const T(samples) s = T(draw_samples)(9);
    (void)state;
    accepted(mlp_trainer_prepare(trainer, BATCH, 2));
    accepted(mlp_loss_unregister(loss));
    assert_int_equal(r.released, 0);
    accepted(T(mlp_trainer_step)(trainer, BATCH, s.x, N_IN, s.t, N_OUT, NULL, NULL));
    accepted(mlp_trainer_prepare(trainer, 2 * BATCH, 1));
    accepted(T(mlp_trainer_step)(trainer, BATCH, s.x, N_IN, s.t, N_OUT, NULL, NULL));
    assert_int_equal(r.calls, 2 * BATCH);
    mlp_trainer_destroy(trainer);
    assert_int_equal(r.released, 1);
}
