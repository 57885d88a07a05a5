/* Template: histories in one number type. */

static void T(draw_samples)(uint64_t seed, REAL *x, REAL *t, int32_t *labels)
{
    draw d = {seed};
    for (int i = 0; i < SAMPLES * N_IN; i++)
        x[i] = (REAL)draw_real(&d, -2, 2);
    for (int i = 0; i < SAMPLES * N_OUT; i++)
        t[i] = (REAL)draw_real(&d, 0, 0.5);
    for (int i = 0; i < SAMPLES; i++)
        labels[i] = (int32_t)draw_int(&d, 0, N_OUT - 1);
}

static mlp_data *T(data)(int labelled)
{
    REAL x[SAMPLES * N_IN], t[SAMPLES * N_OUT];
    int32_t labels[SAMPLES];
    mlp_data *data = NULL;
    T(draw_samples)(6, x, t, labels);
    accepted(mlp_data_create(REAL_DTYPE, SAMPLES, &data));
    accepted(T(mlp_data_set_inputs)(data, N_IN, x, N_IN));
    accepted(labelled ? mlp_data_set_labels(data, N_OUT, labels)
                      : T(mlp_data_set_targets)(data, N_OUT, t, N_OUT));
    return data;
}

/* Every number against what the other calls say at the same time. */
static void T(test_records)(void **state)
{
    (void)state;
    for (int validated = 0; validated < 3; validated++) { /* without, with labels, with targets */
        mlp_trainer *trainer = create_trainer(REAL_DTYPE, MLP_ADAM);
        mlp_data *data = T(data)(1), *validation = T(data)(validated == 1);
        witness w = {.trainer = trainer};
        accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_SCHEDULE, MLP_SCHEDULE_EXPONENTIAL));
        accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_SCHEDULE_BY_STEP, 1));
        accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_PERIOD, 10));
        accepted(mlp_trainer_prepare(trainer, BATCH, 1));
        accepted(mlp_trainer_set_callback(trainer, look, &w, NULL));
        if (validated)
            accepted(mlp_trainer_borrow_validation(trainer, validation));
        for (int epoch = 0; epoch < 4; epoch++) {
            double loss = 77, validation_loss = 77, accuracy = 77;
            const int norms = epoch == 2;
            accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_GRADIENT_NORM, norms));
            accepted(mlp_trainer_epoch(trainer, data, &loss));
            accepted(mlp_trainer_evaluate(trainer, validation, &validation_loss, &accuracy));
            assert_int_equal(mlp_trainer_history_count(trainer), epoch + 1);
            assert_true(get(trainer, epoch, MLP_HISTORY_LOSS) == loss);
            if (validated)
                assert_true(get(trainer, epoch, MLP_HISTORY_VALIDATION_LOSS) == validation_loss);
            else
                assert_true(isnan(get(trainer, epoch, MLP_HISTORY_VALIDATION_LOSS)));
            if (validated == 1)
                assert_true(get(trainer, epoch, MLP_HISTORY_VALIDATION_ACCURACY) == accuracy);
            else
                assert_true(isnan(get(trainer, epoch, MLP_HISTORY_VALIDATION_ACCURACY)));
            assert_true(isnan(get(trainer, epoch, MLP_HISTORY_GRADIENT_NORM)) == !norms);
            if (norms)
                assert_true(get(trainer, epoch, MLP_HISTORY_GRADIENT_NORM) ==
                            mlp_trainer_gradient_norm(trainer));
            assert_true(get(trainer, epoch, MLP_HISTORY_STEPS) == 5 * (epoch + 1));
            assert_true(fabs(get(trainer, epoch, MLP_HISTORY_LEARNING_RATE) -
                             0.01 * pow(0.1, (5 * (epoch + 1) - 1) / 10.0)) < 1e-16);
            assert_in_range((int64_t)(1e9 * get(trainer, epoch, MLP_HISTORY_SECONDS)), 1, 60000000000);
        }
        assert_int_equal(w.seen, 4);
        mlp_trainer_destroy(trainer);
        mlp_data_destroy(data);
        mlp_data_destroy(validation);
    }
}

/* Longer than there is room for at first: memory that is missing then costs nothing but the call. */
static void T(test_growth)(void **state)
{
    enum { EPOCHS = 300, MARK = 1000 };
    mlp_trainer *trainer = create_trainer(REAL_DTYPE, MLP_SGD);
    mlp_data *data = T(data)(0);
    double losses[EPOCHS];
    int failures = 0;
    (void)state;
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_SHUFFLE, 0));
    accepted(mlp_trainer_prepare(trainer, SAMPLES, 1));
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
        failing_allocator_fail_once(0);
        mlp_status status = mlp_trainer_epoch(trainer, data, &losses[epoch]);
        failing_allocator_relent();
        if (status != MLP_OK) {
            failures++;
            assert_int_equal(status, MLP_ERR_MEMORY);
            assert_int_equal(mlp_trainer_step_count(trainer), epoch);
            assert_int_equal(mlp_trainer_history_count(trainer), epoch);
            accepted(mlp_trainer_epoch(trainer, data, &losses[epoch]));
        }
    }
    assert_int_equal(failures, 1);
    assert_int_equal(mlp_trainer_history_count(trainer), EPOCHS);
    for (int epoch = 0; epoch < EPOCHS; epoch++)
        assert_true(get(trainer, epoch, MLP_HISTORY_LOSS) == losses[epoch]);
    mlp_trainer_destroy(trainer);
    mlp_data_destroy(data);
}

/* An epoch that was ended early has no record until a call finishes it, which takes no step where the last one was taken. */
static void T(test_stopped)(void **state)
{
    mlp_trainer *trainer = create_trainer(REAL_DTYPE, MLP_SGD);
    mlp_data *data = T(data)(0);
    witness w = {.trainer = trainer, .stop_at = 4};
    (void)state;
    accepted(mlp_trainer_prepare(trainer, BATCH, 1));
    accepted(mlp_trainer_set_callback(trainer, look, &w, NULL));
    assert_int_equal(mlp_trainer_epoch(trainer, data, NULL), MLP_STOPPED);
    assert_int_equal(mlp_trainer_history_count(trainer), 0);
    w.stop_at = mlp_trainer_step_count(trainer) + 1;
    while (mlp_trainer_epoch(trainer, data, NULL) == MLP_STOPPED) {
        assert_int_equal(mlp_trainer_history_count(trainer), 0);
        w.stop_at++;
    }
    assert_int_equal(mlp_trainer_epoch_count(trainer), 1);
    assert_int_equal(mlp_trainer_history_count(trainer), 1);
    assert_true(get(trainer, 0, MLP_HISTORY_STEPS) == (double)mlp_trainer_step_count(trainer));
    mlp_trainer_destroy(trainer);
    mlp_data_destroy(data);
}

/* |g + l2 theta| over the layers that move, from a forward pass, the loss and a vjp */
static double T(expected_norm)(const mlp_trainer *trainer, const REAL *x, const REAL *t, double l2,
                               int frozen)
{
    mlp_model *model = create_model(REAL_DTYPE);
    mlp_workspace *workspace = NULL;
    REAL y[SAMPLES * N_OUT], g[PARAMS], theta[PARAMS];
    double sum = 0;
    accepted(mlp_trainer_get_model(trainer, model));
    accepted(mlp_workspace_create(model, SAMPLES, 1, MLP_USE_DERIVATIVES, &workspace));
    accepted(T(mlp_forward)(model, workspace, SAMPLES, x, N_IN, y, N_OUT));
    accepted(T(mlp_loss_evaluate)(MLP_SOFTMAX_CROSS_ENTROPY, SAMPLES, N_OUT, y, N_OUT, t, N_OUT, NULL, NULL,
                                  y, N_OUT));
    accepted(T(mlp_vjp)(model, workspace, y, N_OUT, NULL, 0, g));
    accepted(T(mlp_model_get_params)(model, 0, PARAMS, theta));
    for (int i = frozen ? N_IN * 9 + 9 : 0; i < PARAMS; i++) {
        const int bias = i < 36 ? i >= 27 : i >= 72;
        const double h = (double)g[i] + (bias ? 0 : l2 * (double)theta[i]);
        sum += h * h;
    }
    mlp_workspace_destroy(workspace);
    mlp_model_destroy(model);
    return sqrt(sum);
}

static void T(test_norm)(void **state)
{
    static const mlp_engine engines[] = {MLP_ENGINE_NATIVE, MLP_ENGINE_BLAS};
    const double tolerance = REAL_DTYPE == MLP_F32 ? 1e-5 : 1e-13;
    REAL x[SAMPLES * N_IN], t[SAMPLES * N_OUT];
    int32_t labels[SAMPLES];
    (void)state;
    T(draw_samples)(3, x, t, labels);
    for (int e = 0; e < 2; e++)
        for (int optimizer = MLP_SGD; optimizer <= MLP_ADAM; optimizer++) {
            mlp_trainer *trainer = create_trainer(REAL_DTYPE, optimizer);
            accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_ENGINE, engines[e]));
            accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_GRADIENT_NORM, 1));
            accepted(mlp_trainer_prepare(trainer, SAMPLES, 1));
            for (int step = 0; step < 12; step++) {
                const double l2 = step < 3 ? 0 : 0.5, clip = step < 6 ? 0 : 0.01;
                const int frozen = step >= 9;
                accepted(mlp_trainer_set_real(trainer, MLP_TRAINER_L2, l2));
                accepted(mlp_trainer_set_real(trainer, MLP_TRAINER_CLIP_NORM, clip));
                accepted(mlp_trainer_set_layer_rate(trainer, 1, !frozen));
                const double norm = T(expected_norm)(trainer, x, t, l2, frozen);
                accepted(T(mlp_trainer_step)(trainer, SAMPLES, x, N_IN, t, N_OUT, NULL, NULL));
                if (!(fabs(mlp_trainer_gradient_norm(trainer) - norm) <= tolerance * norm))
                    fail_msg("step %d: the norm is %.17g, not %.17g", step,
                             mlp_trainer_gradient_norm(trainer), norm);
            }
            mlp_trainer_destroy(trainer);
        }
}

/* Taking the norm changes no bit of the training, and is not told of a step that did not take it. */
static void T(test_no_influence)(void **state)
{
    REAL x[SAMPLES * N_IN], t[SAMPLES * N_OUT], theta[2][PARAMS];
    int32_t labels[SAMPLES];
    (void)state;
    T(draw_samples)(3, x, t, labels);
    for (int optimizer = MLP_SGD; optimizer <= MLP_RPROP; optimizer++)
        for (int64_t batch = 1; batch <= SAMPLES; batch += 11) {
            for (int norms = 0; norms < 2; norms++) {
                mlp_trainer *trainer = create_trainer(REAL_DTYPE, optimizer);
                mlp_model *model = create_model(REAL_DTYPE);
                accepted(mlp_trainer_prepare(trainer, SAMPLES, 1));
                for (int step = 0; step < 5; step++) {
                    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_GRADIENT_NORM, norms && step < 4));
                    accepted(T(mlp_trainer_step)(trainer, batch, x, N_IN, t, N_OUT, NULL, NULL));
                    assert_true(isnan(mlp_trainer_gradient_norm(trainer)) == !(norms && step < 4));
                }
                accepted(mlp_trainer_get_model(trainer, model));
                accepted(T(mlp_model_get_params)(model, 0, PARAMS, theta[norms]));
                mlp_model_destroy(model);
                mlp_trainer_destroy(trainer);
            }
            if (memcmp(theta[0], theta[1], sizeof theta[0]) != 0)
                fail_msg("%s, batch %lld: other bits with the norm", mlp_optimizer_name(optimizer),
                         (long long)batch);
        }
}
