/* Template: steps of few samples update on the way down; what they must not do is to change something and then refuse. */

static void T(params_of)(const mlp_trainer *trainer, mlp_model *model, REAL *theta)
{
    accepted(mlp_trainer_get_model(trainer, model));
    accepted(T(mlp_model_get_params)(model, 0, mlp_model_param_count(model), theta));
}

static mlp_trainer *T(descent_of)(const mlp_model *model, int64_t batch, double rate)
{
    mlp_trainer *trainer;
    accepted(mlp_trainer_create(model, &trainer));
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_CPU, cpu_under_test));
    accepted(mlp_trainer_set_real(trainer, MLP_TRAINER_LEARNING_RATE, rate));
    accepted(mlp_trainer_prepare(trainer, batch, 1));
    return trainer;
}

/* All outputs are 0, and the last layer's gradient is finite; the cotangents overflow two layers below. */
static void T(check_late_overflow)(const net *n, int64_t batch)
{
    const int64_t n_in = n->widths[0], n_out = n->widths[n->layers];
    mlp_model *model = T(make)(n);
    const int64_t count = mlp_model_param_count(model);
    REAL *before = T(first).theta_bar, *after = T(second).theta_bar;
    for (int64_t i = 0; i < count; i++)
        before[i] = 0;
    accepted(T(mlp_model_set_params)(model, 0, count, before));
    for (int64_t i = 0; i < count; i++)
        before[i] = (REAL)(REAL_BITS == 32 ? 1e20 : 1e200);
    for (int32_t l = 2; l <= n->layers; l++)
        accepted(T(mlp_model_set_weights)(model, l, MLP_COLUMN_MAJOR, before, n->widths[l]));
    mlp_trainer *trainer = T(descent_of)(model, batch, 1e-3);
    T(params_of)(trainer, model, before);
    refused(T(mlp_trainer_step)(trainer, batch, T(x), n_in, T(x_dot), n_out, NULL, NULL), MLP_ERR_NUMERIC,
            "gradient is not finite: step 1 was not taken");
    T(params_of)(trainer, model, after);
    assert_memory_equal(before, after, (size_t)count * sizeof *before);
    mlp_trainer_destroy(trainer);
    mlp_model_destroy(model);
}

/* Weights, each the mean of its inputs, without biases */
static void T(set_means)(mlp_model *model, const net *n)
{
    REAL *theta = T(first).theta_bar;
    const int64_t count = mlp_model_param_count(model);
    for (int64_t i = 0; i < count; i++)
        theta[i] = 0;
    accepted(T(mlp_model_set_params)(model, 0, count, theta));
    for (int32_t l = 1; l <= n->layers; l++) {
        for (int64_t i = 0; i < n->widths[l] * n->widths[l - 1]; i++)
            theta[i] = (REAL)(1 / (double)n->widths[l - 1]);
        accepted(T(mlp_model_set_weights)(model, l, MLP_COLUMN_MAJOR, theta, n->widths[l]));
    }
}

/*
 * One step, or a gradient of the caller's, makes the weights so large that the cotangents of the next overflow, in the
 * first layers alone.
 */
static void T(check_growth)(const net *n, int64_t batch, int by_caller)
{
    const int64_t n_in = n->widths[0], n_out = n->widths[n->layers];
    const double big = REAL_BITS == 32 ? 1e10 : 1e77;
    static REAL zero[8 * 4];
    REAL *before = T(first).theta_bar, *after = T(second).theta_bar, large[8 * 4];
    mlp_model *model = T(make)(n);
    const int64_t count = mlp_model_param_count(model), first = n->widths[1] * (n_in + 1);
    for (int64_t i = 0; i < 8 * 4; i++)
        large[i] = (REAL)big;
    T(set_means)(model, n);
    mlp_trainer *trainer = T(descent_of)(model, batch, 1 / big);
    accepted(T(mlp_trainer_step)(trainer, batch, by_caller ? zero : large, n_in, zero, n_out, NULL, NULL));
    for (int64_t i = 0; i < count; i++)
        before[i] = (REAL)(i < first ? big : i < count - n_out ? big * big : 0);
    if (by_caller)
        accepted(T(mlp_trainer_apply_gradient)(trainer, before));
    T(params_of)(trainer, model, before);
    refused(T(mlp_trainer_step)(trainer, batch, zero, n_in, zero, n_out, NULL, NULL), MLP_ERR_NUMERIC,
            "is not finite: step ");
    T(params_of)(trainer, model, after);
    assert_memory_equal(before, after, (size_t)count * sizeof *before);
    mlp_trainer_destroy(trainer);
    mlp_model_destroy(model);
}

/* Descent that runs away ends with a refusal, after steps along finite gradients only. */
static void T(check_runaway)(const net *n, int64_t batch, double rate)
{
    const int64_t n_in = n->widths[0], n_out = n->widths[n->layers];
    mlp_model *model = T(make)(n);
    const int64_t count = mlp_model_param_count(model);
    REAL *before = T(first).theta_bar, *after = T(second).theta_bar;
    mlp_trainer *trainer = T(descent_of)(model, batch, rate);
    mlp_status status = MLP_OK;
    int64_t steps = 0;
    T(params_of)(trainer, model, before);
    for (; steps < 3000 && status == MLP_OK; steps++) {
        status = T(mlp_trainer_step)(trainer, batch, T(x), n_in, T(x_dot), n_out, NULL, NULL);
        T(params_of)(trainer, model, after);
        if (status == MLP_OK)
            for (int64_t i = 0; i < count; i++)
                assert_true(isfinite(before[i] = after[i]));
    }
    assert_int_equal(status, MLP_ERR_NUMERIC);
    assert_memory_equal(before, after, (size_t)count * sizeof *before);
    assert_int_equal(mlp_trainer_step_count(trainer), steps - 1);
    mlp_trainer_destroy(trainer);
    mlp_model_destroy(model);
}

static void T(test_refused_descents)(void **state)
{
    static const net linear[] = {{3, {4, 20, 20, 3}, MLP_IDENTITY}, {3, {4, 130, 130, 3}, MLP_IDENTITY}};
    (void)state;
    for (int k = 0; k < 2; k++)
        for (int64_t batch = 1; batch <= 8; batch++) {
            T(check_late_overflow)(&linear[k], batch);
            T(check_growth)(&linear[k], batch, 0);
            T(check_growth)(&linear[k], batch, 1);
            for (double rate = 0.25; rate < 0.5; rate += 0.01)
                T(check_runaway)(&linear[k], batch, rate);
        }
}
