/* Template: the averaged parameters in one number type. */

static int64_t T(get_params)(const mlp_trainer *trainer, mlp_status (*get)(const mlp_trainer *, mlp_model *),
                             REAL *theta)
{
    mlp_model *model = NULL;
    accepted(mlp_model_create(REAL_DTYPE, LAYERS, widths, MLP_TANH, &model));
    accepted(get(trainer, model));
    const int64_t count = mlp_model_param_count(model);
    assert_true(count <= MOST);
    accepted(T(mlp_model_get_params)(model, 0, count, theta));
    mlp_model_destroy(model);
    return count;
}

/* Steps on batches, and every third on a gradient. */
static void T(take_step)(mlp_trainer *trainer, int64_t batch, int step)
{
    static REAL x[MOST], t[MOST], g[MOST];
    const int64_t n_in = widths[0], n_out = widths[LAYERS];
    draw d = {(uint64_t)step};
    for (int64_t i = 0; i < n_in * batch; i++)
        x[i] = (REAL)draw_real(&d, -1, 1);
    for (int64_t i = 0; i < n_out * batch; i++)
        t[i] = (REAL)draw_real(&d, -1, 1);
    for (int64_t i = 0; i < MOST; i++)
        g[i] = (REAL)draw_real(&d, -1, 1);
    const int64_t calls = failing_allocator_calls();
    accepted(step % 3 == 2 ? T(mlp_trainer_apply_gradient)(trainer, g)
                           : T(mlp_trainer_step)(trainer, batch, x, n_in, t, n_out, NULL, NULL));
    assert_int_equal(failing_allocator_calls(), calls);
}

/* The average of the parameters as they come; training goes its way as without. */
static void T(follow)(const manner *m, double decay, double tolerance)
{
    static double average[MOST];
    static REAL theta[MOST], averaged[MOST], alone[MOST];
    mlp_trainer *trainer = create_trainer(REAL_DTYPE, m, decay, 1),
                *without = create_trainer(REAL_DTYPE, m, 0, 1);
    double worst = 0;
    const int64_t count = T(get_params)(trainer, mlp_trainer_get_model, theta);
    T(get_params)(trainer, mlp_trainer_get_averaged_model, averaged);
    assert_memory_equal(theta, averaged, (size_t)count * sizeof(REAL)); /* theta_0 */
    for (int64_t i = 0; i < count; i++)
        average[i] = (double)theta[i];
    for (int step = 0; step < STEPS; step++) {
        if (step == STEPS / 2)
            accepted(mlp_trainer_prepare(trainer, m->batch + 1, 2)); /* it stays */
        T(take_step)(trainer, m->batch, step);
        T(take_step)(without, m->batch, step);
        T(get_params)(trainer, mlp_trainer_get_model, theta);
        T(get_params)(without, mlp_trainer_get_model, alone);
        T(get_params)(trainer, mlp_trainer_get_averaged_model, averaged);
        assert_memory_equal(theta, alone, (size_t)count * sizeof(REAL));
        for (int64_t i = 0; i < count; i++) {
            average[i] = decay * average[i] + (1 - decay) * (double)theta[i];
            worst = fmax(worst, fabs(average[i] - (double)averaged[i]));
        }
    }
    if (!(worst <= tolerance))
        fail_msg("%s, decay %g: off by %g", m->name, decay, worst);
    mlp_trainer_destroy(trainer);
    mlp_trainer_destroy(without);
}

static void T(threads)(const manner *m)
{
    static REAL one[MOST], many[MOST];
    for (int32_t threads = 1; threads <= 3; threads++) {
        mlp_trainer *trainer = create_trainer(REAL_DTYPE, m, 0.9, threads);
        for (int step = 0; step < 4; step++)
            T(take_step)(trainer, m->batch, step);
        T(get_params)(trainer, mlp_trainer_get_averaged_model, threads == 1 ? one : many);
        mlp_trainer_destroy(trainer);
        if (threads > 1 && m->engine != MLP_ENGINE_BLAS && memcmp(one, many, sizeof one) != 0)
            fail_msg("%s: %d threads: other bits", m->name, (int)threads);
    }
}

/* The average of what does not move is what does not move. */
static void T(frozen)(const manner *m)
{
    static REAL theta[MOST], averaged[MOST];
    mlp_trainer *trainer = create_trainer(REAL_DTYPE, m, 0.7, 1);
    const int64_t first = widths[0] * widths[1] + widths[1];
    accepted(mlp_trainer_set_layer_rate(trainer, 1, 0));
    for (int step = 0; step < 5; step++)
        T(take_step)(trainer, m->batch, step);
    const int64_t count = T(get_params)(trainer, mlp_trainer_get_model, theta);
    T(get_params)(trainer, mlp_trainer_get_averaged_model, averaged);
    assert_memory_equal(theta, averaged, (size_t)first * sizeof(REAL));
    assert_memory_not_equal(theta + first, averaged + first, (size_t)(count - first) * sizeof(REAL));
    mlp_trainer_destroy(trainer);
}
