/* Template: Levenberg-Marquardt in one number type. */

typedef struct T(samples) {
    REAL x[SAMPLES * N_IN], t[SAMPLES * N_OUT], weights[SAMPLES];
    int32_t labels[SAMPLES];
} T(samples);

static T(samples) T(draw_samples)(void)
{
    T(samples) s;
    draw d = {11};
    for (int i = 0; i < SAMPLES; i++) {
        const double a = draw_real(&d, -1.5, 1.5), b = draw_real(&d, -1.5, 1.5);
        s.x[i * N_IN] = (REAL)a;
        s.x[i * N_IN + 1] = (REAL)b;
        s.t[i * N_OUT] = (REAL)(sin(2 * a) + b);
        s.t[i * N_OUT + 1] = (REAL)(a * b);
        s.weights[i] = (REAL)draw_real(&d, 0, 2);
        s.labels[i] = a * b > 0;
    }
    return s;
}

static mlp_data *T(data_of)(const T(samples) *s)
{
    mlp_data *data = NULL;
    accepted(mlp_data_create(REAL_DTYPE, SAMPLES, &data));
    accepted(T(mlp_data_set_inputs)(data, N_IN, s->x, N_IN));
    accepted(T(mlp_data_set_targets)(data, N_OUT, s->t, N_OUT));
    accepted(T(mlp_data_set_weights)(data, s->weights));
    return data;
}

/* theta of a trainer; its length. */
static int64_t T(get_theta)(const mlp_trainer *trainer, const rig *r, REAL theta[MOST])
{
    mlp_model *model = NULL;
    memset(theta, 0, MOST * sizeof *theta);
    accepted(mlp_model_create(REAL_DTYPE, LAYERS, r->widths, r->activation, &model));
    accepted(mlp_trainer_get_model(trainer, model));
    const int64_t n = mlp_model_param_count(model);
    assert_true(n <= MOST);
    accepted(T(mlp_model_get_params)(model, 0, n, theta));
    mlp_model_destroy(model);
    return n;
}

/* ---- Against plain loops ---- */

static double T(x_64)[SAMPLES * N_IN], T(t_64)[SAMPLES * N_OUT], T(weights_64)[SAMPLES];

static dense_marquardt T(dense_of)(const T(samples) *s, int weighted)
{
    dense_marquardt m = {.layers = LAYERS, .samples = SAMPLES, .x = T(x_64), .t = T(t_64)};
    memcpy(m.widths, widths, sizeof widths);
    m.damping = 1e-3;
    m.decrease = 0.1;
    m.increase = 10;
    m.maximum = 1e10;
    m.weights = weighted ? T(weights_64) : NULL;
    for (int i = 0; i < SAMPLES * N_IN; i++)
        T(x_64)[i] = (double)s->x[i];
    for (int i = 0; i < SAMPLES * N_OUT; i++)
        T(t_64)[i] = (double)s->t[i];
    for (int i = 0; i < SAMPLES; i++)
        T(weights_64)[i] = (double)s->weights[i];
    return m;
}

/* 20 steps, in f64 side by side to 1e-10; in f32, whose rounding grows from step to step, each from where the trainer is. */
static void T(compare)(const rig *r, int weighted, double tolerance)
{
    const T(samples) s = T(draw_samples)();
    dense_marquardt m = T(dense_of)(&s, weighted);
    mlp_trainer *trainer = create_trainer(REAL_DTYPE, r);
    REAL theta[MOST];
    int rejected = 0;
    m.n = T(get_theta)(trainer, r, theta);
    for (int64_t i = 0; i < m.n; i++)
        m.theta[i] = (double)theta[i];
    for (int step = 0; step < 20; step++) {
        double loss = 0, moved = 0, off = 0, weight = 0;
        const double sum = dense_marquardt_sum(&m, m.theta, NULL, NULL);
        for (int i = 0; i < SAMPLES; i++)
            weight += weighted ? T(weights_64)[i] : 1;
        rejected += dense_marquardt_step(&m) - 1;
        accepted(
            T(mlp_trainer_step)(trainer, SAMPLES, s.x, N_IN, s.t, N_OUT, weighted ? s.weights : NULL, &loss));
        assert_true(fabs(loss * weight - sum) <= tolerance * sum);
        for (int64_t i = 0; i < m.n; i++)
            moved = fmax(moved, sizeof(REAL) == 8 ? fabs(m.theta[i]) : fabs(m.theta[i] - (double)theta[i]));
        T(get_theta)(trainer, r, theta);
        for (int64_t i = 0; i < m.n; i++) {
            off = fmax(off, fabs((double)theta[i] - m.theta[i]));
            if (sizeof(REAL) == 4)
                m.theta[i] = (double)theta[i];
        }
        if (!(off <= tolerance * moved))
            fail_msg("step %d: off by %g of %g", step, off, moved);
    }
    assert_true(rejected > 0);
    mlp_trainer_destroy(trainer);
}

static void T(test_dense)(void **state)
{
    rig r = usual;
    (void)state;
    for (r.solver = MLP_SOLVER_AUTO; r.solver <= MLP_SOLVER_QR; r.solver++)
        for (int weighted = 0; weighted < 2; weighted++)
            T(compare)(&r, weighted, sizeof(REAL) == 4 ? 2e-2 : 1e-10);
}

/* A label stands for a target of 1 among 0. */
static void T(test_labels)(void **state)
{
    T(samples) s = T(draw_samples)();
    mlp_trainer *by_labels = create_trainer(REAL_DTYPE, &usual),
                *by_targets = create_trainer(REAL_DTYPE, &usual);
    REAL one[MOST], other[MOST];
    (void)state;
    for (int i = 0; i < SAMPLES; i++)
        for (int p = 0; p < N_OUT; p++)
            s.t[i * N_OUT + p] = p == s.labels[i];
    for (int step = 0; step < 5; step++) {
        double loss, same;
        accepted(T(mlp_trainer_step_labels)(by_labels, SAMPLES, s.x, N_IN, s.labels, s.weights, &loss));
        accepted(T(mlp_trainer_step)(by_targets, SAMPLES, s.x, N_IN, s.t, N_OUT, s.weights, &same));
        assert_true(loss == same);
    }
    T(get_theta)(by_labels, &usual, one);
    T(get_theta)(by_targets, &usual, other);
    assert_memory_equal(one, other, sizeof one);
    mlp_trainer_destroy(by_labels);
    mlp_trainer_destroy(by_targets);
}

/* ---- Bits ---- */

/* theta and the last loss after 6 epochs, in one call or in 6. */
static double T(run_epochs)(const rig *r, int calls, REAL theta[MOST])
{
    const T(samples) s = T(draw_samples)();
    mlp_trainer *trainer = create_trainer(REAL_DTYPE, r);
    mlp_data *data = T(data_of)(&s);
    double loss = 0;
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_EPOCHS, 6 / calls));
    for (int call = 0; call < calls; call++)
        accepted(mlp_trainer_run(trainer, data, &loss));
    assert_int_equal(mlp_trainer_step_count(trainer), 6);
    assert_int_equal(mlp_trainer_epoch_count(trainer), 6);
    T(get_theta)(trainer, r, theta);
    mlp_data_destroy(data);
    mlp_trainer_destroy(trainer);
    return loss;
}

static void T(test_threads)(void **state)
{
    static const int32_t threads[] = {1, 2, 3, 8};
    static const int64_t blocks[] = {SAMPLES, 64, 1};
    REAL one[MOST], many[MOST];
    (void)state;
    for (size_t b = 0; b < 3 * sizeof blocks / sizeof *blocks; b++) {
        rig r = usual;
        r.engine = MLP_ENGINE_NATIVE;
        r.widths = wide;
        r.block = blocks[b / 3];
        r.solver = MLP_SOLVER_DIRECT + (int32_t)b % 3;
        r.acceleration = r.solver == MLP_SOLVER_CG ? 0 : (int64_t)b / 3;
        const double loss = T(run_epochs)(&r, 1, one);
        for (size_t i = 0; i < sizeof threads / sizeof *threads; i++) {
            r.threads = threads[i];
            assert_true(loss == T(run_epochs)(&r, i % 2 ? 1 : 6, many));
            assert_memory_equal(one, many, sizeof one);
        }
    }
}

/* The size of the blocks and the engine are a matter of rounding. */
static void T(test_blocks)(void **state)
{
    static const int64_t blocks[] = {40, 64, 100, 1};
    REAL theta[MOST];
    rig r = usual;
    (void)state;
    const double whole = T(run_epochs)(&r, 1, theta);
    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++) {
        r.block = blocks[i];
        assert_true(fabs(T(run_epochs)(&r, 1, theta) - whole) <= (sizeof(REAL) == 4 ? 1e-2 : 1e-8) * whole);
    }
}

static void T(test_engines)(void **state)
{
    REAL theta[MOST];
    rig r = usual;
    (void)state;
    const double native = T(run_epochs)(&r, 1, theta);
    r.engine = MLP_ENGINE_BLAS;
    r.block = 40;
    r.threads = 2;
    assert_true(fabs(T(run_epochs)(&r, 1, theta) - native) <= (sizeof(REAL) == 4 ? 1e-2 : 1e-8) * native);
}

/* ---- Where it ends, and what it leaves alone ---- */

/* Of a linear model it finds the least squares in a step or two, and then stays, to the bit. */
static void T(test_stays)(void **state)
{
    static const int64_t linear[] = {N_IN, N_OUT};
    const T(samples) s = T(draw_samples)();
    static REAL y[SAMPLES * N_OUT];
    REAL theta[6], after[6];
    mlp_model *model = NULL;
    mlp_workspace *workspace = NULL;
    double loss = 0, least = 0;
    (void)state;
    mlp_trainer *trainer = create_trainer_of(REAL_DTYPE, 1, linear, &usual, 1);
    accepted(mlp_trainer_set_real(trainer, MLP_TRAINER_DAMPING, 1e-9));
    accepted(mlp_trainer_prepare(trainer, SAMPLES, 1));
    accepted(mlp_model_create(REAL_DTYPE, 1, linear, MLP_TANH, &model));
    for (int step = 0; step < 12; step++) {
        accepted(T(mlp_trainer_step)(trainer, SAMPLES, s.x, N_IN, s.t, N_OUT, NULL, &loss));
        accepted(mlp_trainer_get_model(trainer, model));
        accepted(T(mlp_model_get_params)(model, 0, 6, step == 8 ? theta : after));
    }
    assert_memory_equal(theta, after, sizeof theta);
    assert_int_equal(mlp_trainer_step_count(trainer), 12);
    accepted(mlp_workspace_create(model, SAMPLES, 1, MLP_USE_FORWARD, &workspace));
    accepted(T(mlp_model_fit_output)(model, workspace, SAMPLES, s.x, N_IN, s.t, N_OUT, NULL));
    accepted(T(mlp_forward)(model, workspace, SAMPLES, s.x, N_IN, y, N_OUT));
    accepted(
        T(mlp_loss_evaluate)(MLP_SQUARED_ERROR, SAMPLES, N_OUT, y, N_OUT, s.t, N_OUT, NULL, &least, NULL, 0));
    assert_true(least > 0.1 && fabs(loss - least) <= (sizeof(REAL) == 4 ? 1e-6 : 1e-14) * least);
    mlp_workspace_destroy(workspace);
    mlp_trainer_destroy(trainer);
    mlp_model_destroy(model);
}

/* Odd shapes: the loss never rises, more parameters than residuals or less. */
static void T(test_shapes)(void **state)
{
    static const int64_t shapes[][4] = {
        {1, 1, 1, 1}, {1, 3, 1, 1}, {2, 17, 5, 2}, {2, 1, 9, 1}, {1, 33, 2, 2}};
    static const int64_t counts[] = {1, 2, 7, SAMPLES};
    const T(samples) s = T(draw_samples)();
    (void)state;
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++)
        for (int k = 0; k < 8; k++) {
            rig r = usual;
            r.solver = k % 4 == 1 ? MLP_SOLVER_QR : k % 4 == 3 ? MLP_SOLVER_CG : MLP_SOLVER_AUTO;
            r.activation = k % 3 ? MLP_SIGMOID : MLP_RELU;
            r.acceleration = r.solver == MLP_SOLVER_CG ? 0 : k / 4;
            mlp_trainer *trainer = create_trainer_of(REAL_DTYPE, 3, shapes[i], &r, 3);
            double before = INFINITY, loss = 0;
            accepted(mlp_trainer_prepare(trainer, SAMPLES, 1 + k % 2));
            for (int step = 0; step < 6; step++) {
                accepted(T(mlp_trainer_step)(trainer, counts[k / 2], s.x, shapes[i][0], s.t, shapes[i][3],
                                             NULL, &loss));
                assert_true(loss <= before);
                before = loss;
            }
            mlp_trainer_destroy(trainer);
        }
}

static void T(test_bad_samples)(void **state)
{
    T(samples) s = T(draw_samples)();
    REAL before[MOST], after[MOST];
    rig r = usual;
    double loss = 77;
    (void)state;
    r.block = 64;
    mlp_trainer *trainer = create_trainer(REAL_DTYPE, &r);
    accepted(T(mlp_trainer_step)(trainer, 64, s.x, N_IN, s.t, N_OUT, NULL, NULL));
    T(get_theta)(trainer, &r, before);
    s.x[100 * N_IN + 1] = (REAL)NAN;
    mlp_data *data = T(data_of)(&s);
    refused(mlp_trainer_run(trainer, data, &loss), MLP_ERR_NUMERIC,
            "x: element 1 of sample 100 is nan: step 2 was not taken");
    mlp_data_destroy(data);
    s.t[3] = (REAL)1e300;
    if (isfinite(s.t[3]))
        refused(T(mlp_trainer_step)(trainer, 64, s.x, N_IN, s.t, N_OUT, NULL, &loss), MLP_ERR_NUMERIC,
                "loss is not finite: step 2 was not taken");
    T(get_theta)(trainer, &r, after);
    assert_memory_equal(before, after, sizeof before);
    assert_true(loss == 77 && mlp_trainer_step_count(trainer) == 1);
    mlp_trainer_destroy(trainer);
}

/* Losses that are no squares, steps from a gradient, other solvers once it is prepared. */
static void T(test_refused)(void **state)
{
    REAL theta[MOST] = {0};
    (void)state;
    mlp_trainer *trainer = create_trainer_of(REAL_DTYPE, LAYERS, widths, &usual, 5);
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_LOSS, MLP_HUBER));
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_SOLVER, MLP_SOLVER_DIRECT));
    refused(mlp_trainer_prepare(trainer, 8, 1), MLP_ERR_UNSUPPORTED,
            "trainer: the solver direct needs the loss squared_error, not huber");
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_SOLVER, MLP_SOLVER_AUTO));
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_ACCELERATION, 1));
    refused(mlp_trainer_prepare(trainer, 8, 1), MLP_ERR_UNSUPPORTED,
            "trainer: the solver cg has no acceleration");
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_ACCELERATION, 0));
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_OPTIMIZER, MLP_BAYESIAN_REGULARIZATION));
    refused(mlp_trainer_prepare(trainer, 8, 1), MLP_ERR_UNSUPPORTED,
            "trainer: bayesian_regularization needs squared_error");
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_OPTIMIZER, MLP_LEVENBERG_MARQUARDT));
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_LOSS, MLP_SQUARED_ERROR));
    accepted(mlp_trainer_prepare(trainer, 8, 1));
    refused(T(mlp_trainer_apply_gradient)(trainer, theta), MLP_ERR_UNSUPPORTED,
            "trainer: levenberg_marquardt cannot step from a gradient alone");
    refused(mlp_trainer_set_int(trainer, MLP_TRAINER_SOLVER, MLP_SOLVER_QR), MLP_ERR_STATE, "option = ");
    mlp_trainer_destroy(trainer);
}

/* ---- Failures in the midst of a step ---- */

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

/* A step that fails at any of its calls leaves no trace: the next one goes as if it had not been. */
static void T(fail_at_calls)(mlp_solver solver)
{
    const T(samples) s = T(draw_samples)();
    T(own_tanh) own = {0};
    mlp_activation id = 0;
    REAL before[MOST], after[MOST], smooth[MOST];
    double loss = 77;
    rig r = usual;
    accepted(mlp_activation_register("own_tanh", 1, T(own), &own, NULL, &id));
    r.activation = id;
    r.solver = solver;
    r.acceleration = solver == MLP_SOLVER_CG ? 0 : 2;
    mlp_trainer *rough = create_trainer(REAL_DTYPE, &r), *even = create_trainer(REAL_DTYPE, &r);
    for (int step = 0; step < 4; step++) {
        const int64_t begin = own.calls;
        accepted(T(mlp_trainer_step)(even, SAMPLES, s.x, N_IN, s.t, N_OUT, NULL, NULL));
        const int64_t calls = own.calls - begin;
        T(get_theta)(rough, &r, before);
        for (int64_t k = 1; k <= calls; k++) {
            own.fails_at = own.calls + k;
            refused(T(mlp_trainer_step)(rough, SAMPLES, s.x, N_IN, s.t, N_OUT, NULL, &loss), MLP_ERR_CALLBACK,
                    "own_tanh");
            T(get_theta)(rough, &r, after);
            assert_memory_equal(before, after, sizeof before);
        }
        assert_true(loss == 77 && mlp_trainer_step_count(rough) == step);
        accepted(T(mlp_trainer_step)(rough, SAMPLES, s.x, N_IN, s.t, N_OUT, NULL, NULL));
        T(get_theta)(rough, &r, after);
        T(get_theta)(even, &r, smooth);
        assert_memory_equal(after, smooth, sizeof after);
    }
    mlp_trainer_destroy(rough);
    mlp_trainer_destroy(even);
    accepted(mlp_activation_unregister(id));
}

static void T(test_callback)(void **state)
{
    (void)state;
    for (mlp_solver solver = MLP_SOLVER_DIRECT; solver <= MLP_SOLVER_CG; solver++)
        T(fail_at_calls)(solver);
}

/* ---- By products ---- */

/* Iterated to the end, conjugate gradients make the steps of the factorisations. */
static void T(test_products)(void **state)
{
    const T(samples) s = T(draw_samples)();
    const double tolerance = sizeof(REAL) == 4 ? 1e-3 : 1e-9;
    double direct = 0, iterated = 0;
    rig r = usual;
    (void)state;
    for (int k = 0; k < 4; k++) {
        r.solver = k % 2 ? MLP_SOLVER_AUTO : MLP_SOLVER_DIRECT;
        r.block = k < 2 ? SAMPLES : 60;
        mlp_trainer *trainer = create_trainer_of(REAL_DTYPE, LAYERS, r.widths, &r, 5);
        accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_DIRECT_LIMIT, 48)); /* of 49 parameters */
        accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_SOLVER_ITERATIONS, 1000));
        accepted(mlp_trainer_set_real(trainer, MLP_TRAINER_SOLVER_TOLERANCE, 1e-13));
        accepted(mlp_trainer_set_real(trainer, MLP_TRAINER_DAMPING, 1));
        accepted(mlp_trainer_set_real(trainer, MLP_TRAINER_DAMPING_DECREASE, 1));
        accepted(mlp_trainer_prepare(trainer, r.block, 1));
        mlp_data *data = T(data_of)(&s);
        accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_EPOCHS, 8));
        accepted(mlp_trainer_run(trainer, data, k % 2 ? &iterated : &direct));
        mlp_data_destroy(data);
        mlp_trainer_destroy(trainer);
        if (k % 2 && !(fabs(iterated - direct) <= tolerance * direct))
            fail_msg("loss %.17g, by products %.17g", direct, iterated);
    }
}

/* Other losses: the mean loss falls in every step, and much. */
static void T(test_losses)(void **state)
{
    static const mlp_loss losses[] = {MLP_SOFTMAX_CROSS_ENTROPY, MLP_HUBER, MLP_LOG_COSH, MLP_POISSON,
                                      MLP_BINARY_CROSS_ENTROPY};
    T(samples) s = T(draw_samples)();
    (void)state;
    for (int i = 0; i < SAMPLES; i++)
        for (int p = 0; p < N_OUT; p++)
            s.t[i * N_OUT + p] = p == s.labels[i];
    for (size_t k = 0; k < sizeof losses / sizeof *losses; k++) {
        double first = 0, before = INFINITY, loss = 0;
        mlp_trainer *trainer = create_trainer_of(REAL_DTYPE, LAYERS, widths, &usual, 5);
        accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_LOSS, losses[k]));
        accepted(mlp_trainer_prepare(trainer, SAMPLES, 1));
        for (int step = 0; step < 25; step++) {
            accepted(T(mlp_trainer_step)(trainer, SAMPLES, s.x, N_IN, s.t, N_OUT, s.weights, &loss));
            assert_true(loss <= before);
            before = loss;
            first = step == 0 ? loss : first;
        }
        print_message("%s: loss %.3g -> %.3g\n", mlp_loss_name(losses[k]), first, loss);
        assert_true(loss < 0.6 * first);
        mlp_trainer_destroy(trainer);
    }
}
