/* Template: the extended Kalman filter in one number type. */

typedef struct T(samples) {
    REAL x[SAMPLES * N_IN], t[SAMPLES * N_OUT], weights[SAMPLES];
} T(samples);

static T(samples) T(draw_samples)(void)
{
    T(samples) s;
    draw d = {11};
    for (int i = 0; i < SAMPLES; i++) {
        const double a = draw_real(&d, -1.5, 1.5), b = draw_real(&d, -1.5, 1.5);
        s.x[i * N_IN] = (REAL)a;
        s.x[i * N_IN + 1] = (REAL)b;
        s.t[i * N_OUT] = (REAL)sin(2 * a);
        s.t[i * N_OUT + 1] = (REAL)(a * b);
        s.weights[i] = (REAL)draw_int(&d, 0, 2);
    }
    return s;
}

static void T(get_theta)(const mlp_trainer *trainer, mlp_activation activation, REAL theta[PARAMS])
{
    mlp_model *model = NULL;
    accepted(mlp_model_create(REAL_DTYPE, LAYERS, widths, activation, &model));
    accepted(mlp_trainer_get_model(trainer, model));
    accepted(T(mlp_model_get_params)(model, 0, PARAMS, theta));
    mlp_model_destroy(model);
}

/* Three passes beside plain loops, weights of 0 among the others. */
static void T(test_dense)(void **state)
{
    static dense_kalman k;
    static double x[SAMPLES * N_IN], t[SAMPLES * N_OUT], weights[SAMPLES];
    const T(samples) s = T(draw_samples)();
    const double tolerance = sizeof(REAL) == 4 ? 1e-2 : 1e-9;
    REAL theta[PARAMS];
    mlp_trainer *trainer = create_trainer(REAL_DTYPE, MLP_TANH, 1);
    (void)state;
    k = (dense_kalman){
        .m = {.layers = LAYERS, .n = PARAMS, .samples = SAMPLES, .x = x, .t = t, .weights = weights},
        .covariance = 10,
        .measurement = 0.1,
        .process = 1e-4};
    memcpy(k.m.widths, widths, sizeof widths);
    for (int i = 0; i < SAMPLES * N_IN; i++)
        x[i] = (double)s.x[i];
    for (int i = 0; i < SAMPLES * N_OUT; i++)
        t[i] = (double)s.t[i];
    for (int i = 0; i < SAMPLES; i++)
        weights[i] = (double)s.weights[i];
    T(get_theta)(trainer, MLP_TANH, theta);
    for (int i = 0; i < PARAMS; i++)
        k.m.theta[i] = (double)theta[i];
    dense_kalman_begin(&k);
    for (int pass = 0; pass < 3; pass++) {
        double loss = 0;
        const double wanted = dense_kalman_pass(&k);
        accepted(T(mlp_trainer_step)(trainer, SAMPLES, s.x, N_IN, s.t, N_OUT, s.weights, &loss));
        assert_true(fabs(loss - wanted) <= tolerance * wanted);
        T(get_theta)(trainer, MLP_TANH, theta);
        for (int i = 0; i < PARAMS; i++)
            if (!(fabs((double)theta[i] - k.m.theta[i]) <= tolerance * 10))
                fail_msg("pass %d: parameter %d is %g, not %g", pass, i, (double)theta[i], k.m.theta[i]);
    }
    assert_int_equal(mlp_trainer_step_count(trainer), 3);
    mlp_trainer_destroy(trainer);
}

/* One pass over many samples learns what is there to learn: of a mean square of 0.9, a fiftieth is left. */
static void T(test_one_pass)(void **state)
{
    enum { MANY = 1500 };
    static REAL x[MANY * N_IN], t[MANY * N_OUT];
    mlp_trainer *trainer = create_trainer(REAL_DTYPE, MLP_TANH, 1);
    mlp_data *data = NULL;
    double before = 0, after = 0;
    draw d = {5};
    (void)state;
    for (int i = 0; i < MANY; i++) {
        const double a = draw_real(&d, -1.5, 1.5), b = draw_real(&d, -1.5, 1.5);
        x[i * N_IN] = (REAL)a;
        x[i * N_IN + 1] = (REAL)b;
        t[i * N_OUT] = (REAL)sin(2 * a);
        t[i * N_OUT + 1] = (REAL)(a * b);
    }
    accepted(mlp_data_create(REAL_DTYPE, MANY, &data));
    accepted(T(mlp_data_set_inputs)(data, N_IN, x, N_IN));
    accepted(T(mlp_data_set_targets)(data, N_OUT, t, N_OUT));
    accepted(mlp_trainer_evaluate(trainer, data, &before, NULL));
    accepted(mlp_trainer_epoch(trainer, data, NULL));
    accepted(mlp_trainer_evaluate(trainer, data, &after, NULL));
    print_message("one pass: loss %.3g -> %.3g\n", before, after);
    assert_true(after < 0.02 * before);
    assert_int_equal(mlp_trainer_step_count(trainer), 1);
    assert_int_equal(mlp_trainer_epoch_count(trainer), 1);
    mlp_data_destroy(data);
    mlp_trainer_destroy(trainer);
}

static void T(test_threads)(void **state)
{
    const T(samples) s = T(draw_samples)();
    REAL one[PARAMS], other[PARAMS];
    (void)state;
    for (int32_t threads = 1; threads <= 3; threads++) {
        mlp_trainer *trainer = create_trainer(REAL_DTYPE, MLP_TANH, threads);
        for (int pass = 0; pass < 2; pass++)
            accepted(T(mlp_trainer_step)(trainer, SAMPLES, s.x, N_IN, s.t, N_OUT, NULL, NULL));
        T(get_theta)(trainer, MLP_TANH, threads == 1 ? one : other);
        if (threads > 1)
            assert_memory_equal(one, other, sizeof one);
        mlp_trainer_destroy(trainer);
    }
}

typedef struct T(own_tanh) {
    int64_t calls, fails_at;
} T(own_tanh);

static int32_t T(own)(int32_t order, int64_t n, const double *z, double *out, void *context)
{
    T(own_tanh) *own = context;
    for (int64_t i = 0; i < n; i++)
        out[i] = order == 0 ? tanh(z[i]) : 1 - tanh(z[i]) * tanh(z[i]);
    return ++own->calls == own->fails_at;
}

/* A pass that fails in its midst leaves theta and P as they were: the next one goes as if it had not been. */
static void T(test_failures)(void **state)
{
    const T(samples) s = T(draw_samples)();
    T(own_tanh) own = {0};
    mlp_activation id = 0;
    REAL before[PARAMS], after[PARAMS], smooth[PARAMS];
    double loss = 77;
    (void)state;
    accepted(mlp_activation_register("own_tanh", 1, T(own), &own, NULL, &id));
    mlp_trainer *rough = create_trainer(REAL_DTYPE, id, 1), *even = create_trainer(REAL_DTYPE, id, 1);
    for (int pass = 0; pass < 2; pass++) {
        accepted(T(mlp_trainer_step)(even, SAMPLES, s.x, N_IN, s.t, N_OUT, NULL, NULL));
        T(get_theta)(rough, id, before);
        own.fails_at = own.calls + 101;
        refused(T(mlp_trainer_step)(rough, SAMPLES, s.x, N_IN, s.t, N_OUT, NULL, &loss), MLP_ERR_CALLBACK,
                "own_tanh");
        T(get_theta)(rough, id, after);
        assert_memory_equal(before, after, sizeof before);
        assert_true(loss == 77 && mlp_trainer_step_count(rough) == pass);
        accepted(T(mlp_trainer_step)(rough, SAMPLES, s.x, N_IN, s.t, N_OUT, NULL, NULL));
        T(get_theta)(rough, id, after);
        T(get_theta)(even, id, smooth);
        assert_memory_equal(after, smooth, sizeof after);
    }
    mlp_trainer_destroy(rough);
    mlp_trainer_destroy(even);
    accepted(mlp_activation_unregister(id));
}

static int32_t T(objective)(const mlp_model *model, int64_t params, REAL *theta_bar, double *loss,
                            void *context)
{
    (void)model;
    (void)params;
    (void)theta_bar;
    (void)loss;
    (void)context;
    return 1;
}

static void T(test_refused)(void **state)
{
    T(samples) s = T(draw_samples)();
    mlp_model *model = NULL;
    mlp_trainer *trainer = NULL;
    double loss = 77;
    (void)state;
    accepted(mlp_model_create(REAL_DTYPE, LAYERS, widths, MLP_TANH, &model));
    accepted(mlp_trainer_create(model, &trainer));
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_OPTIMIZER, MLP_KALMAN));
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_LOSS, MLP_HUBER));
    refused(mlp_trainer_prepare(trainer, SAMPLES, 1), MLP_ERR_UNSUPPORTED,
            "trainer: kalman needs the loss squared_error, not huber");
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_LOSS, MLP_SQUARED_ERROR));
    accepted(mlp_trainer_prepare(trainer, SAMPLES, 1));
    s.x[7 * N_IN] = (REAL)NAN;
    refused(T(mlp_trainer_step)(trainer, SAMPLES, s.x, N_IN, s.t, N_OUT, NULL, &loss), MLP_ERR_NUMERIC,
            "x: element 0 of sample 7 is nan: step 1 was not taken");
    refused(T(mlp_trainer_step_objective)(trainer, T(objective), NULL, &loss), MLP_ERR_UNSUPPORTED,
            "trainer: kalman needs samples");
    refused(T(mlp_trainer_run_objective)(trainer, 2, T(objective), NULL, &loss), MLP_ERR_UNSUPPORTED,
            "trainer: kalman needs samples");
    assert_true(loss == 77);
    mlp_trainer_destroy(trainer);
    mlp_model_destroy(model);
}
