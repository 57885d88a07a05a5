/* Template: Bayesian regularisation in one number type. */

typedef struct T(samples) {
    REAL x[SAMPLES], t[SAMPLES], weights[SAMPLES];
} T(samples);

/* A sine with noise that looks normal. */
static T(samples) T(draw_samples)(uint64_t seed)
{
    T(samples) s;
    draw d = {seed};
    for (int i = 0; i < SAMPLES; i++) {
        double noise = -6;
        for (int k = 0; k < 12; k++)
            noise += draw_real(&d, 0, 1);
        s.x[i] = (REAL)draw_real(&d, -1, 1);
        s.t[i] = (REAL)(sin(4 * (double)s.x[i]) + NOISE * noise);
        s.weights[i] = (REAL)draw_int(&d, 0, 2);
    }
    return s;
}

static void T(get_theta)(const mlp_trainer *trainer, const int64_t *shape, REAL theta[MOST])
{
    mlp_model *model = NULL;
    memset(theta, 0, MOST * sizeof *theta);
    accepted(mlp_model_create(REAL_DTYPE, LAYERS, shape, MLP_TANH, &model));
    accepted(mlp_trainer_get_model(trainer, model));
    accepted(T(mlp_model_get_params)(model, 0, mlp_model_param_count(model), theta));
    mlp_model_destroy(model);
}

/* 20 steps beside plain loops: theta, alpha, beta and gamma. In f32 each step begins where the trainer is. */
static void T(test_dense)(void **state)
{
    static double x[SAMPLES], t[SAMPLES], weights[SAMPLES];
    const T(samples) s = T(draw_samples)(3);
    const double tolerance = sizeof(REAL) == 4 ? 2e-2 : 1e-9;
    dense_bayes b = {.m = {.layers = LAYERS,
                           .n = 16,
                           .samples = SAMPLES,
                           .x = x,
                           .t = t,
                           .weights = weights,
                           .damping = 1e-3,
                           .decrease = 0.1,
                           .increase = 10,
                           .maximum = 1e10},
                     .alpha = 0.01,
                     .beta = 1};
    REAL theta[MOST];
    mlp_trainer *trainer = create_trainer(REAL_DTYPE, MLP_BAYESIAN_REGULARIZATION, few, 1);
    (void)state;
    memcpy(b.m.widths, few, sizeof few);
    for (int i = 0; i < SAMPLES; i++) {
        x[i] = (double)s.x[i];
        t[i] = (double)s.t[i];
        weights[i] = (double)s.weights[i];
    }
    T(get_theta)(trainer, few, theta);
    for (int step = 0; step < 20; step++) {
        for (int64_t i = 0; i < b.m.n && (step == 0 || sizeof(REAL) == 4); i++)
            b.m.theta[i] = (double)theta[i];
        dense_bayes_step(&b);
        accepted(T(mlp_trainer_step)(trainer, SAMPLES, s.x, N_IN, s.t, N_OUT, s.weights, NULL));
        T(get_theta)(trainer, few, theta);
        for (int64_t i = 0; i < b.m.n; i++)
            if (!(fabs((double)theta[i] - b.m.theta[i]) <= tolerance))
                fail_msg("step %d: parameter %d is %g, not %g", step, (int)i, (double)theta[i], b.m.theta[i]);
        assert_true(fabs(statistic(trainer, MLP_STATISTIC_ALPHA) - b.alpha) <= tolerance * b.alpha);
        assert_true(fabs(statistic(trainer, MLP_STATISTIC_BETA) - b.beta) <= tolerance * b.beta);
        assert_true(fabs(statistic(trainer, MLP_STATISTIC_GAMMA) - b.gamma) <= tolerance * b.gamma);
        if (sizeof(REAL) == 4) {
            b.alpha = statistic(trainer, MLP_STATISTIC_ALPHA);
            b.beta = statistic(trainer, MLP_STATISTIC_BETA);
            b.gamma = statistic(trainer, MLP_STATISTIC_GAMMA);
        }
    }
    mlp_trainer_destroy(trainer);
}

/* The mean square of what 61 parameters make of other points of the same sine, after 100 steps. */
static double T(generalise)(mlp_optimizer optimizer, mlp_trainer **trainer)
{
    const T(samples) s = T(draw_samples)(3);
    T(samples) fresh = T(draw_samples)(4);
    mlp_data *data = NULL;
    double loss = 0;
    *trainer = create_trainer(REAL_DTYPE, optimizer, many, 1);
    for (int step = 0; step < 100; step++)
        accepted(T(mlp_trainer_step)(*trainer, SAMPLES, s.x, N_IN, s.t, N_OUT, NULL, &loss));
    for (int i = 0; i < SAMPLES; i++)
        fresh.t[i] = (REAL)sin(4 * (double)fresh.x[i]);
    accepted(mlp_data_create(REAL_DTYPE, SAMPLES, &data));
    accepted(T(mlp_data_set_inputs)(data, N_IN, fresh.x, N_IN));
    accepted(T(mlp_data_set_targets)(data, N_OUT, fresh.t, N_OUT));
    accepted(mlp_trainer_evaluate(*trainer, data, &loss, NULL));
    mlp_data_destroy(data);
    return 2 * loss;
}

/* Of 61 parameters the data determine a few, the noise is told from the sine, and other points are met better. */
static void T(test_noise)(void **state)
{
    mlp_trainer *bayes, *plain;
    (void)state;
    const double regular = T(generalise)(MLP_BAYESIAN_REGULARIZATION, &bayes),
                 fitted = T(generalise)(MLP_LEVENBERG_MARQUARDT, &plain);
    const double gamma = statistic(bayes, MLP_STATISTIC_GAMMA),
                 noise = sqrt(1 / (2 * statistic(bayes, MLP_STATISTIC_BETA)));
    print_message("gamma %.2f of 61, noise %.3f, mean square elsewhere %.2g, without %.2g\n", gamma, noise,
                  regular, fitted);
    assert_true(gamma > 4 && gamma < 15 && fabs(noise - NOISE) < 0.3 * NOISE);
    assert_true(regular < 0.5 * fitted && regular < 0.3 * NOISE * NOISE);
    mlp_trainer_destroy(bayes);
    mlp_trainer_destroy(plain);
}

static void T(test_threads)(void **state)
{
    const T(samples) s = T(draw_samples)(3);
    REAL one[MOST], other[MOST];
    (void)state;
    for (int32_t threads = 1; threads <= 3; threads++) {
        mlp_trainer *trainer = create_trainer(REAL_DTYPE, MLP_BAYESIAN_REGULARIZATION, many, threads);
        for (int step = 0; step < 6; step++)
            accepted(T(mlp_trainer_step)(trainer, SAMPLES, s.x, N_IN, s.t, N_OUT, NULL, NULL));
        T(get_theta)(trainer, many, threads == 1 ? one : other);
        if (threads > 1)
            assert_memory_equal(one, other, sizeof one);
        mlp_trainer_destroy(trainer);
    }
}
