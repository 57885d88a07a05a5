/* Template: objectives in one number type. */

/* How an objective behaves, and what it saw. */
typedef struct T(watch) {
    int64_t calls, fails_at;
    double loss_at; /* 0, or what the call that fails gives for a loss, while it returns 0 */
    mlp_trainer *trainer;
    mlp_workspace *workspace;
    int blind; /* no loss is a number but at the next place seen, and along the gradient there */
    REAL here[PARAMS], gradient[PARAMS];
} T(watch);

static void T(get_theta)(const mlp_model *model, REAL theta[PARAMS])
{
    accepted(T(mlp_model_get_params)(model, 0, PARAMS, theta));
}

static void T(theta_of)(const mlp_trainer *trainer, REAL theta[PARAMS])
{
    mlp_model *model = NULL;
    accepted(mlp_model_create(REAL_DTYPE, 2, widths, MLP_TANH, &model));
    accepted(mlp_trainer_get_model(trainer, model));
    T(get_theta)(model, theta);
    mlp_model_destroy(model);
}

/* What becomes of the call that is to fail. */
static int32_t T(end)(T(watch) *w, double *loss)
{
    if (++w->calls != w->fails_at)
        return 0;
    if (w->loss_at == 0)
        return 41;
    *loss = w->loss_at;
    return 0;
}

/* sum_i (i + 1) theta_i + theta_i^2 / 2: every element of the gradient is another */
static int32_t T(slope)(const mlp_model *model, int64_t params, REAL *theta_bar, double *loss, void *context)
{
    REAL theta[PARAMS];
    assert_int_equal(params, PARAMS);
    T(get_theta)(model, theta);
    *loss = 0;
    for (int i = 0; i < PARAMS; i++) {
        assert_true(theta_bar[i] == 0);
        theta_bar[i] = (REAL)(i + 1) + theta[i];
        *loss += (i + 1) * (double)theta[i] + (double)theta[i] * (double)theta[i] / 2;
    }
    return T(end)(context, loss);
}

/* theta - here is no multiple of the gradient. */
static int T(is_off)(const T(watch) *w, const REAL theta[PARAMS])
{
    double gg = 0, gd = 0, dd = 0;
    for (int i = 0; i < PARAMS; i++) {
        const double g = (double)w->gradient[i], d = (double)theta[i] - (double)w->here[i];
        gg += g * g;
        gd += g * d;
        dd += d * d;
    }
    return gd * gd < 0.999 * gg * dd;
}

static void T(blind)(T(watch) *w, const REAL theta[PARAMS], const REAL theta_bar[PARAMS], double *loss)
{
    if (w->blind == 1) {
        memcpy(w->here, theta, sizeof w->here);
        memcpy(w->gradient, theta_bar, sizeof w->gradient);
        w->blind = 2;
    }
    if (w->blind == 2 && T(is_off)(w, theta))
        *loss = (double)NAN;
}

/* Rosenbrock's function of every pair of parameters, theta = 0 being another place in the valley of each */
static int32_t T(rosenbrock)(const mlp_model *model, int64_t params, REAL *theta_bar, double *loss,
                             void *context)
{
    REAL theta[PARAMS];
    T(get_theta)(model, theta);
    *loss = 0;
    for (int64_t i = 0; i < params; i += 2) {
        const double a = (double)theta[i] - 1.2 + 0.03 * (double)i, b = (double)theta[i + 1] + 1,
                     c = b - a * a;
        *loss += 100 * c * c + (1 - a) * (1 - a);
        theta_bar[i] = (REAL)(-400 * c * a - 2 * (1 - a));
        theta_bar[i + 1] = (REAL)(200 * c);
    }
    T(blind)(context, theta, theta_bar, loss);
    return T(end)(context, loss);
}

/* x^2 / 2 of x = theta_0 + 1 near 0, and beyond x = -2 a plateau that is higher than where the step begins */
static int32_t T(plateau)(const mlp_model *model, int64_t params, REAL *theta_bar, double *loss,
                          void *context)
{
    REAL theta[PARAMS];
    (void)params;
    T(get_theta)(model, theta);
    const double x = (double)theta[0] + 1;
    *loss = x > -2 ? x * x / 2 : 2;
    theta_bar[0] = x > -2 ? (REAL)x : 0;
    return T(end)(context, loss);
}

/* A loss of the network itself, by a workspace of the caller's; and what a callback may not do. */
static int32_t T(network)(const mlp_model *model, int64_t params, REAL *theta_bar, double *loss,
                          void *context)
{
    static const REAL x[] = {1, -1, (REAL)0.5, 0, 1, 2};
    static const REAL t[] = {1, 2, 3, 4};
    REAL y[4];
    T(watch) *w = context;
    (void)params;
    if (w->trainer) {
        refused(T(mlp_trainer_step_objective)(w->trainer, T(network), w, loss), MLP_ERR_STATE,
                "trainer: is at work");
        refused(mlp_trainer_set_int(w->trainer, MLP_TRAINER_EPOCHS, 3), MLP_ERR_STATE, "trainer: is at work");
        assert_int_equal(mlp_trainer_step_count(w->trainer), 0);
    }
    accepted(T(mlp_forward)(model, w->workspace, 2, x, 3, y, 2));
    accepted(T(mlp_loss_evaluate)(MLP_SQUARED_ERROR, 2, 2, y, 2, t, 2, NULL, loss, y, 2));
    accepted(T(mlp_vjp)(model, w->workspace, y, 2, NULL, 0, theta_bar));
    return T(end)(w, loss);
}

/* An optimizer that steps along gradients calls once, and finds every element of the gradient in its place. */
static void T(test_gradient)(void **state)
{
    mlp_trainer *trainer = create_trainer(REAL_DTYPE, MLP_SGD, 1);
    REAL theta[PARAMS];
    T(watch) w = {0};
    double loss = 77;
    (void)state;
    accepted(T(mlp_trainer_step_objective)(trainer, T(slope), &w, &loss));
    T(theta_of)(trainer, theta);
    for (int i = 0; i < PARAMS; i++)
        assert_true(theta[i] == (REAL) - (i + 1));
    accepted(T(mlp_trainer_step_objective)(trainer, T(slope), &w, NULL));
    T(theta_of)(trainer, theta);
    for (int i = 0; i < PARAMS; i++)
        assert_true(theta[i] == (REAL) - (i + 1));
    assert_true(loss == 0 && w.calls == 2 && mlp_trainer_step_count(trainer) == 2);
    mlp_trainer_destroy(trainer);
}

/* A hard valley with many minima's worth of directions: down to rounding. */
static void T(test_rosenbrock)(void **state)
{
    static const mlp_optimizer methods[] = {MLP_LBFGS, MLP_BFGS};
    (void)state;
    for (size_t k = 0; k < sizeof methods / sizeof *methods; k++) {
        mlp_trainer *trainer = create_trainer(REAL_DTYPE, methods[k], 0.01);
        T(watch) w = {0};
        double loss = 77;
        accepted(T(mlp_trainer_run_objective)(trainer, 300, T(rosenbrock), &w, &loss));
        print_message("%s, %d bits: %.3g after 300 steps, %lld calls\n", mlp_optimizer_name(methods[k]),
                      8 * (int)sizeof(REAL), loss, (long long)w.calls);
        assert_true(loss < (sizeof(REAL) == 4 ? 1e-8 : 1e-20));
        mlp_trainer_destroy(trainer);
    }
}

/* A place that is flat but higher than the beginning is no end of a search, wherever on the way it is. */
static void T(test_plateau)(void **state)
{
    static const double rates[] = {4, 10, 1e4};
    (void)state;
    for (size_t k = 0; k < sizeof rates / sizeof *rates; k++) {
        mlp_trainer *trainer = create_trainer(REAL_DTYPE, MLP_LBFGS, rates[k]);
        T(watch) w = {0};
        double loss = 77, last = 0.5;
        for (int step = 0; step < 6; step++) {
            accepted(T(mlp_trainer_step_objective)(trainer, T(plateau), &w, &loss));
            assert_true(loss <= last);
            last = loss;
        }
        assert_true(loss < 1e-10);
        mlp_trainer_destroy(trainer);
    }
}

/* Where no loss along the direction is a number, all that is known is dropped: the trainer is as a new one. */
static void T(test_restart)(void **state)
{
    static const mlp_optimizer methods[] = {MLP_LBFGS, MLP_BFGS};
    (void)state;
    for (size_t k = 0; k < sizeof methods / sizeof *methods; k++) {
        mlp_trainer *old = create_trainer(REAL_DTYPE, methods[k], 0.01), *new = NULL;
        mlp_model *model = NULL;
        REAL a[PARAMS], b[PARAMS];
        T(watch) w = {0}, v = {0};
        accepted(T(mlp_trainer_run_objective)(old, 5, T(rosenbrock), &w, NULL));
        accepted(mlp_model_create(REAL_DTYPE, 2, widths, MLP_TANH, &model));
        accepted(mlp_trainer_get_model(old, model));
        accepted(mlp_trainer_create(model, &new));
        accepted(mlp_trainer_set_int(new, MLP_TRAINER_OPTIMIZER, methods[k]));
        accepted(mlp_trainer_prepare(new, 1, 1));
        w.blind = 1;
        accepted(T(mlp_trainer_step_objective)(old, T(rosenbrock), &w, NULL));
        w.blind = 0;
        accepted(T(mlp_trainer_run_objective)(old, 4, T(rosenbrock), &w, NULL));
        accepted(T(mlp_trainer_run_objective)(new, 5, T(rosenbrock), &v, NULL));
        T(theta_of)(old, a);
        T(theta_of)(new, b);
        assert_memory_equal(a, b, sizeof a);
        mlp_model_destroy(model);
        mlp_trainer_destroy(old);
        mlp_trainer_destroy(new);
    }
}

/* Many steps in one call are the steps one by one, with fewer calls; no memory is taken. */
static void T(test_run)(void **state)
{
    mlp_trainer *one = create_trainer(REAL_DTYPE, MLP_LBFGS, 0.01);
    mlp_trainer *many = create_trainer(REAL_DTYPE, MLP_LBFGS, 0.01);
    REAL a[PARAMS], b[PARAMS];
    T(watch) w = {0}, v = {0};
    double loss = 0, last = 0;
    diary d = {0};
    (void)state;
    accepted(mlp_trainer_set_callback(many, write_diary, &d, NULL));
    const int64_t calls = failing_allocator_calls();
    for (int step = 0; step < 20; step++)
        accepted(T(mlp_trainer_step_objective)(one, T(rosenbrock), &w, &loss));
    accepted(T(mlp_trainer_run_objective)(many, 20, T(rosenbrock), &v, &last));
    assert_int_equal(failing_allocator_calls(), calls);
    T(theta_of)(one, a);
    T(theta_of)(many, b);
    assert_memory_equal(a, b, sizeof a);
    assert_true(loss == last && d.loss == last);
    assert_true(d.steps == 20 && d.samples == 0 && w.calls == v.calls + 19);
    mlp_trainer_destroy(one);
    mlp_trainer_destroy(many);
}

/* The callback and cancellation end a run between steps. */
static void T(test_stops)(void **state)
{
    mlp_trainer *trainer = create_trainer(REAL_DTYPE, MLP_LBFGS, 0.01);
    T(watch) w = {0};
    double loss = 77;
    diary d = {.stop_at = 3};
    (void)state;
    mlp_trainer_cancel(trainer);
    assert_int_equal(T(mlp_trainer_run_objective)(trainer, 9, T(rosenbrock), &w, &loss), MLP_STOPPED);
    assert_true(loss == 77 && w.calls == 0 && mlp_trainer_step_count(trainer) == 0);
    accepted(mlp_trainer_set_callback(trainer, write_diary, &d, NULL));
    assert_int_equal(T(mlp_trainer_run_objective)(trainer, 9, T(rosenbrock), &w, &loss), MLP_STOPPED);
    assert_true(loss == d.loss && mlp_trainer_step_count(trainer) == 3);
    mlp_trainer_destroy(trainer);
}

/* Takes a step that is to be refused at each of its first calls in turn; what it leaves is told by the bits. */
static void T(fail_at_each)(mlp_trainer *trainer, T(watch) *w, int64_t calls)
{
    REAL before[PARAMS], after[PARAMS];
    double loss = 77;
    T(theta_of)(trainer, before);
    for (int64_t k = 1; k <= calls; k++) {
        w->fails_at = w->calls + k;
        refused(T(mlp_trainer_step_objective)(trainer, T(rosenbrock), w, &loss), MLP_ERR_CALLBACK,
                "the objective of a step");
        assert_int_equal(mlp_last_callback_value(), 41);
        T(theta_of)(trainer, after);
        assert_memory_equal(before, after, sizeof before);
    }
    w->fails_at = w->calls + 1;
    w->loss_at = (double)NAN;
    refused(T(mlp_trainer_step_objective)(trainer, T(rosenbrock), w, &loss), MLP_ERR_NUMERIC,
            "loss is not finite: step ");
    w->loss_at = 0;
    w->fails_at = 0;
    T(theta_of)(trainer, after);
    assert_memory_equal(before, after, sizeof before);
    assert_true(loss == 77);
}

/* Failures of the objective leave the parameters and all that is known of it, in every optimizer that takes one. */
static void T(test_failures)(void **state)
{
    (void)state;
    for (mlp_optimizer optimizer = MLP_SGD; optimizer <= MLP_BFGS; optimizer++) {
        mlp_trainer *rough = create_trainer(REAL_DTYPE, optimizer, 1e-4);
        mlp_trainer *even = create_trainer(REAL_DTYPE, optimizer, 1e-4);
        REAL a[PARAMS], b[PARAMS];
        T(watch) w = {0}, v = {0};
        for (int step = 0; step < 3; step++) {
            const int64_t before = v.calls;
            accepted(T(mlp_trainer_step_objective)(even, T(rosenbrock), &v, NULL));
            T(fail_at_each)(rough, &w, v.calls - before);
            accepted(T(mlp_trainer_step_objective)(rough, T(rosenbrock), &w, NULL));
            T(theta_of)(rough, a);
            T(theta_of)(even, b);
            assert_memory_equal(a, b, sizeof a);
        }
        assert_int_equal(mlp_trainer_step_count(rough), 3);
        mlp_trainer_destroy(rough);
        mlp_trainer_destroy(even);
    }
}

/* What goes with every step goes with these: the average of the parameters, and what methods refuse. */
static void T(test_with_every_step)(void **state)
{
    static const mlp_optimizer optimizers[] = {MLP_SGD, MLP_LBFGS, MLP_BFGS};
    (void)state;
    for (size_t k = 0; k < sizeof optimizers / sizeof *optimizers; k++) {
        mlp_trainer *trainer = create_averaging(REAL_DTYPE, optimizers[k]);
        mlp_model *model = NULL;
        REAL before[PARAMS], after[PARAMS], average[PARAMS];
        T(watch) w = {0};
        double loss = 77;
        accepted(mlp_model_create(REAL_DTYPE, 2, widths, MLP_TANH, &model));
        T(theta_of)(trainer, before);
        accepted(T(mlp_trainer_step_objective)(trainer, T(rosenbrock), &w, NULL));
        T(theta_of)(trainer, after);
        accepted(mlp_trainer_get_averaged_model(trainer, model));
        T(get_theta)(model, average);
        assert_memory_not_equal(before, after, sizeof before);
        for (int i = 0; i < PARAMS; i++)
            assert_true(fabs((double)average[i] - ((double)before[i] + (double)after[i]) / 2) <=
                        1e-6 * fabs((double)before[i]));
        accepted(mlp_trainer_set_real(trainer, MLP_TRAINER_L2, 0.1));
        if (optimizers[k] != MLP_SGD)
            refused(T(mlp_trainer_step_objective)(trainer, T(rosenbrock), &w, &loss), MLP_ERR_UNSUPPORTED,
                    "takes no penalties");
        assert_true(loss == 77);
        mlp_model_destroy(model);
        mlp_trainer_destroy(trainer);
    }
}

/* Optimizers that look at the residuals of samples have nothing to look at. */
static void T(test_without_residuals)(void **state)
{
    (void)state;
    for (mlp_optimizer optimizer = MLP_BFGS + 1; mlp_optimizer_name(optimizer); optimizer++) {
        mlp_trainer *trainer = create_trainer(REAL_DTYPE, optimizer, 0.01);
        T(watch) w = {.trainer = trainer};
        double loss = 77;
        refused(T(mlp_trainer_step_objective)(trainer, T(slope), &w, &loss), MLP_ERR_UNSUPPORTED,
                "needs samples");
        refused(T(mlp_trainer_run_objective)(trainer, 1, T(slope), &w, &loss), MLP_ERR_UNSUPPORTED,
                "needs samples");
        assert_true(loss == 77 && w.calls == 0 && mlp_trainer_step_count(trainer) == 0);
        mlp_trainer_destroy(trainer);
    }
}

static void T(test_refused)(void **state)
{
    mlp_trainer *trainer = create_trainer(REAL_DTYPE, MLP_LBFGS, 0.01), *unprepared = NULL;
    mlp_model *model = NULL;
    T(watch) w = {.trainer = trainer};
    double loss = 77;
    (void)state;
    accepted(mlp_model_create(REAL_DTYPE, 2, widths, MLP_TANH, &model));
    accepted(mlp_trainer_create(model, &unprepared));
    accepted(mlp_workspace_create(model, 2, 1, MLP_USE_DERIVATIVES, &w.workspace));
    refused(T(mlp_trainer_step_objective)(NULL, T(slope), &w, &loss), MLP_ERR_ARGUMENT, "trainer = NULL");
    refused(T(mlp_trainer_run_objective)(NULL, 1, T(slope), &w, &loss), MLP_ERR_ARGUMENT, "trainer = NULL");
    refused(T(mlp_trainer_step_objective)(trainer, NULL, &w, &loss), MLP_ERR_ARGUMENT, "function = NULL");
    refused(T(mlp_trainer_run_objective)(trainer, 1, NULL, &w, &loss), MLP_ERR_ARGUMENT, "function = NULL");
    refused(T(mlp_trainer_step_objective)(unprepared, T(slope), &w, &loss), MLP_ERR_STATE, "trainer: is not");
    refused(T(mlp_trainer_run_objective)(unprepared, 1, T(slope), &w, &loss), MLP_ERR_STATE,
            "trainer: is not");
    refused(OTHER(mlp_trainer_step_objective)(trainer, NULL, &w, &loss), MLP_ERR_DTYPE, "trainer is");
    refused(OTHER(mlp_trainer_run_objective)(trainer, 1, NULL, &w, &loss), MLP_ERR_DTYPE, "trainer is");
    refused(T(mlp_trainer_run_objective)(trainer, 0, T(slope), &w, &loss), MLP_ERR_SIZE, "steps = 0");
    refused(T(mlp_trainer_run_objective)(trainer, INT64_MIN, T(slope), &w, &loss), MLP_ERR_SIZE,
            "steps = -9");
    assert_string_equal(mlp_trainer_last_error(trainer), mlp_last_error());
    assert_true(loss == 77 && w.calls == 0 && mlp_trainer_step_count(trainer) == 0);
    accepted(T(mlp_trainer_step_objective)(trainer, T(network), &w, &loss));
    assert_true(loss != 77 && mlp_trainer_step_count(trainer) == 1);
    mlp_workspace_destroy(w.workspace);
    mlp_trainer_destroy(unprepared);
    mlp_trainer_destroy(trainer);
    mlp_model_destroy(model);
}
