/* Template: quasi-Newton methods in one number type. */

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
        s.t[i * N_OUT] = (REAL)(sin(2 * a) + b);
        s.t[i * N_OUT + 1] = (REAL)(a * b);
        s.weights[i] = (REAL)draw_real(&d, 0.5, 1.5);
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

/* A model and what it takes to see the loss of all samples from outside. */
typedef struct T(outside) {
    T(samples) samples;
    mlp_model *model;
    mlp_workspace *workspace;
    int64_t n;
    double previous; /* loss before the last step */
} T(outside);

/* theta, the loss there, and its gradient. */
typedef struct T(place) {
    double theta[MOST], gradient[MOST], loss;
} T(place);

static T(outside) T(create_outside)(const rig *r)
{
    T(outside) o = {.samples = T(draw_samples)()};
    accepted(mlp_model_create(REAL_DTYPE, 3, widths, r->activation, &o.model));
    accepted(mlp_workspace_create(o.model, SAMPLES, 1, MLP_USE_DERIVATIVES, &o.workspace));
    o.n = mlp_model_param_count(o.model);
    assert_true(o.n <= MOST);
    return o;
}

static void T(destroy_outside)(T(outside) *o)
{
    mlp_workspace_destroy(o->workspace);
    mlp_model_destroy(o->model);
}

/* What is to be seen at the model's parameters. */
static void T(look)(T(outside) *o, T(place) *place)
{
    static REAL y[SAMPLES * N_OUT], theta[MOST], theta_bar[MOST];
    const T(samples) *s = &o->samples;
    accepted(T(mlp_model_get_params)(o->model, 0, o->n, theta));
    accepted(T(mlp_forward)(o->model, o->workspace, SAMPLES, s->x, N_IN, y, N_OUT));
    accepted(T(mlp_loss_evaluate)(MLP_SQUARED_ERROR, SAMPLES, N_OUT, y, N_OUT, s->t, N_OUT, s->weights,
                                  &place->loss, y, N_OUT));
    accepted(T(mlp_vjp)(o->model, o->workspace, y, N_OUT, NULL, 0, theta_bar));
    for (int64_t i = 0; i < o->n; i++) {
        place->theta[i] = (double)theta[i];
        place->gradient[i] = (double)theta_bar[i];
    }
}

static void T(look_at)(T(outside) *o, const mlp_trainer *trainer, T(place) *place)
{
    accepted(mlp_trainer_get_model(trainer, o->model));
    T(look)(o, place);
}

static double T(product)(int64_t n, const double *x, const double *y)
{
    double sum = 0;
    for (int64_t i = 0; i < n; i++)
        sum += x[i] * y[i];
    return sum;
}

/* Whether a step of alpha p satisfies the strong Wolfe conditions, up to rounding. */
static int T(is_strong_wolfe)(int64_t n, const T(place) *before, const T(place) *after, const double *p,
                              double alpha)
{
    const double epsilon = sizeof(REAL) == 4 ? 1e-6 : 1e-14;
    const double slope = T(product)(n, before->gradient, p), there = T(product)(n, after->gradient, p);
    return after->loss <= before->loss * (1 + epsilon) + 1e-4 * alpha * slope &&
           fabs(there) <= -0.9 * slope * (1 + 1e4 * epsilon);
}

/* The place a step of alpha p leads to. */
static void T(look_ahead)(T(outside) *o, const T(place) *before, const double *p, double alpha,
                          T(place) *ahead)
{
    REAL theta[MOST];
    for (int64_t i = 0; i < o->n; i++)
        theta[i] = (REAL)(before->theta[i] + alpha * p[i]);
    accepted(T(mlp_model_set_params)(o->model, 0, o->n, theta));
    T(look)(o, ahead);
}

/* The length that is to be tried first: 1, or the one at which the loss would fall as much as in the step before. */
static double T(first_length)(const T(outside) *o, const rig *r, const T(place) *before, const double *p)
{
    const double fall = 2.02 * (before->loss - o->previous) / T(product)(o->n, before->gradient, p);
    return r->tries_one || fall > 1 ? 1 : fall;
}

/* The step from one place to the next goes along p, as far as the conditions say, and as far as is tried first if they hold there. */
static void T(check_step)(T(outside) *o, const rig *r, const T(place) *before, const T(place) *after,
                          const double *p, int step, double tolerance)
{
    double d[MOST], off[MOST];
    T(place) ahead;
    for (int64_t i = 0; i < o->n; i++)
        d[i] = after->theta[i] - before->theta[i];
    const double alpha = T(product)(o->n, d, p) / T(product)(o->n, p, p);
    for (int64_t i = 0; i < o->n; i++)
        off[i] = d[i] - alpha * p[i];
    const double angle = sqrt(T(product)(o->n, off, off) / T(product)(o->n, d, d));
    if (!(angle <= tolerance))
        fail_msg("step %d, alpha %g: off its direction by %g", step, alpha, angle);
    if (!T(is_strong_wolfe)(o->n, before, after, p, alpha))
        fail_msg("step %d, alpha %g: loss %.17g -> %.17g: the strong Wolfe conditions do not hold", step,
                 alpha, before->loss, after->loss);
    const double first = T(first_length)(o, r, before, p);
    T(look_ahead)(o, before, p, first, &ahead);
    if (step > 0 && fabs(alpha / first - 1) > tolerance && T(is_strong_wolfe)(o->n, before, &ahead, p, first))
        fail_msg("step %d: alpha is %g where %g would do", step, alpha, first);
}

/* Takes a step, checks it against the pairs in `b`, and adds its own. */
static void T(take_step)(T(outside) *o, mlp_trainer *trainer, const rig *r, dense_bfgs *b, int step,
                         double tolerance)
{
    static T(place) before, after;
    const T(samples) *s = &o->samples;
    double p[MOST], loss = 0;
    T(look_at)(o, trainer, &before);
    accepted(T(mlp_trainer_step)(trainer, SAMPLES, s->x, N_IN, s->t, N_OUT, s->weights, &loss));
    T(look_at)(o, trainer, &after);
    assert_true(fabs(loss - before.loss) <= (sizeof(REAL) == 4 ? 1e-6 : 1e-14) * before.loss);
    r->direction(b, r->pairs, before.gradient, p);
    T(check_step)(o, r, &before, &after, p, step, tolerance);
    o->previous = before.loss;
    for (int64_t i = 0; i < o->n; i++) {
        b->s[b->count][i] = after.theta[i] - before.theta[i];
        b->y[b->count][i] = after.gradient[i] - before.gradient[i];
        b->g[b->count][i] = before.gradient[i];
    }
    b->count++;
}

static void T(steps)(const rig *r, int steps, double tolerance)
{
    assert_true(steps <= DENSE_BFGS_MOST);
    static dense_bfgs b;
    T(outside) o = T(create_outside)(r);
    T(place) first, last;
    mlp_trainer *trainer = create_trainer(REAL_DTYPE, r, MLP_SQUARED_ERROR);
    b.n = o.n;
    b.count = 0;
    T(look_at)(&o, trainer, &first);
    for (int step = 0; step < steps; step++)
        T(take_step)(&o, trainer, r, &b, step, tolerance);
    T(look_at)(&o, trainer, &last);
    assert_int_equal(mlp_trainer_step_count(trainer), steps);
    print_message("%s, %d bits, rate %g: loss %.3g, after %d steps %.3g\n", mlp_optimizer_name(r->optimizer),
                  8 * (int)sizeof(REAL), r->rate, first.loss, steps, last.loss);
    assert_true(last.loss < 0.2 * first.loss);
    mlp_trainer_destroy(trainer);
    T(destroy_outside)(&o);
}

/* theta of a trainer. */
static void T(get_theta)(const mlp_trainer *trainer, REAL theta[MOST])
{
    mlp_model *model = NULL;
    memset(theta, 0, MOST * sizeof *theta);
    accepted(mlp_model_create(REAL_DTYPE, 3, widths, MLP_TANH, &model));
    accepted(mlp_trainer_get_model(trainer, model));
    accepted(T(mlp_model_get_params)(model, 0, mlp_model_param_count(model), theta));
    mlp_model_destroy(model);
}

/* Of a linear model it finds the least squares, and then stays where it is. */
static void T(quadratic)(const rig *r)
{
    static const int64_t linear[] = {N_IN, N_OUT};
    const T(samples) s = T(draw_samples)();
    static REAL y[SAMPLES * N_OUT];
    mlp_model *model = NULL;
    mlp_trainer *trainer = NULL;
    mlp_workspace *workspace = NULL;
    double least = 0, loss = 0, last = 0;
    REAL theta[6], after[6];
    accepted(mlp_model_create(REAL_DTYPE, 1, linear, MLP_TANH, &model));
    accepted(mlp_trainer_create(model, &trainer));
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_OPTIMIZER, r->optimizer));
    accepted(mlp_trainer_prepare(trainer, SAMPLES, 1));
    for (int step = 0; step < 40; step++)
        accepted(T(mlp_trainer_step)(trainer, SAMPLES, s.x, N_IN, s.t, N_OUT, NULL, &loss));
    accepted(mlp_trainer_get_model(trainer, model));
    accepted(T(mlp_model_get_params)(model, 0, 6, theta));
    for (int step = 0; step < 3; step++) {
        accepted(T(mlp_trainer_step)(trainer, SAMPLES, s.x, N_IN, s.t, N_OUT, NULL, &last));
        assert_true(last == loss);
    }
    accepted(mlp_trainer_get_model(trainer, model));
    accepted(T(mlp_model_get_params)(model, 0, 6, after));
    assert_memory_equal(theta, after, sizeof theta);
    assert_int_equal(mlp_trainer_step_count(trainer), 43);
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

/* theta and the last loss after 12 epochs, in one call or in 12. */
static double T(run_epochs)(const rig *r, int calls, REAL theta[MOST])
{
    const T(samples) s = T(draw_samples)();
    mlp_trainer *trainer = create_trainer(REAL_DTYPE, r, MLP_SQUARED_ERROR);
    mlp_data *data = T(data_of)(&s);
    double loss = 0;
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_EPOCHS, 12 / calls));
    for (int call = 0; call < calls; call++)
        accepted(mlp_trainer_run(trainer, data, &loss));
    assert_int_equal(mlp_trainer_step_count(trainer), 12);
    assert_int_equal(mlp_trainer_epoch_count(trainer), 12);
    T(get_theta)(trainer, theta);
    mlp_data_destroy(data);
    mlp_trainer_destroy(trainer);
    return loss;
}

/* The same bits by any number of threads and in any number of calls, from whole and from several blocks. */
static void T(threads)(const rig *usual)
{
    static const int32_t threads[] = {1, 2, 3, 8};
    static const int64_t blocks[] = {SAMPLES, 64, 1};
    REAL one[MOST], many[MOST];
    for (size_t b = 0; b < sizeof blocks / sizeof *blocks; b++) {
        rig r = *usual;
        r.engine = MLP_ENGINE_NATIVE;
        r.block = blocks[b];
        const double loss = T(run_epochs)(&r, 1, one);
        for (size_t i = 0; i < sizeof threads / sizeof *threads; i++) {
            r.threads = threads[i];
            assert_true(loss == T(run_epochs)(&r, i % 2 ? 1 : 12, many));
            assert_memory_equal(one, many, sizeof one);
        }
    }
}

/* The size of the blocks and the engine are a matter of rounding. */
static void T(blocks)(const rig *usual)
{
    REAL theta[MOST];
    rig r = *usual;
    const double whole = T(run_epochs)(&r, 1, theta);
    r.block = 40;
    assert_true(fabs(T(run_epochs)(&r, 1, theta) - whole) <= (sizeof(REAL) == 4 ? 1e-2 : 1e-9) * whole);
}

static void T(engines)(const rig *usual)
{
    REAL theta[MOST];
    rig r = *usual;
    const double native = T(run_epochs)(&r, 1, theta);
    r.engine = MLP_ENGINE_BLAS;
    r.block = 40;
    assert_true(fabs(T(run_epochs)(&r, 1, theta) - native) <= (sizeof(REAL) == 4 ? 1e-2 : 1e-9) * native);
}

/* From a first step that leads to infinity it finds the way back. */
static void T(overflow)(const rig *usual)
{
    const T(samples) s = T(draw_samples)();
    rig r = *usual;
    r.activation = MLP_EXP;
    r.rate = 1e5;
    mlp_trainer *trainer = create_trainer(REAL_DTYPE, &r, MLP_SQUARED_ERROR);
    double loss = INFINITY, last = 0, first = 0;
    for (int step = 0; step < 20; step++) {
        accepted(T(mlp_trainer_step)(trainer, SAMPLES, s.x, N_IN, s.t, N_OUT, NULL, &last));
        assert_true(last <= loss);
        loss = last;
        first = step == 0 ? loss : first;
    }
    if (!(loss < 0.5 * first))
        fail_msg("loss %g -> %g", first, loss);
    mlp_trainer_destroy(trainer);
}

/* A number that is not finite, in whichever block, is refused before the step, which is named. */
static void T(bad_samples)(const rig *usual)
{
    T(samples) s = T(draw_samples)();
    REAL before[MOST], after[MOST];
    rig r = *usual;
    double loss = 77;
    r.block = 64;
    mlp_trainer *trainer = create_trainer(REAL_DTYPE, &r, MLP_SQUARED_ERROR);
    accepted(T(mlp_trainer_step)(trainer, 64, s.x, N_IN, s.t, N_OUT, NULL, NULL));
    T(get_theta)(trainer, before);
    s.x[100 * N_IN + 1] = (REAL)NAN;
    mlp_data *data = T(data_of)(&s);
    refused(mlp_trainer_run(trainer, data, &loss), MLP_ERR_NUMERIC,
            "x: element 1 of sample 100 is nan: step 2 was not taken");
    mlp_data_destroy(data);
    s.t[3] = (REAL)INFINITY;
    refused(T(mlp_trainer_step)(trainer, 64, s.x, N_IN, s.t, N_OUT, NULL, &loss), MLP_ERR_NUMERIC,
            "t: element 1 of sample 1 is inf: step 2 was not taken");
    s.t[3] = (REAL)1e300;
    if (isfinite(s.t[3]))
        refused(T(mlp_trainer_step)(trainer, 64, s.x, N_IN, s.t, N_OUT, NULL, &loss), MLP_ERR_NUMERIC,
                "loss is not finite: step 2 was not taken");
    T(get_theta)(trainer, after);
    assert_memory_equal(before, after, sizeof before);
    assert_true(loss == 77 && mlp_trainer_step_count(trainer) == 1);
    mlp_trainer_destroy(trainer);
}

/* Half the squared error, which fails at one of its calls. */
typedef struct T(own_loss) {
    int64_t calls, fails_at;
} T(own_loss);

static int32_t T(own)(int32_t order, int64_t n, const double *y, const double *t, int32_t label,
                      const double *v, double *value, double *out, void *context)
{
    T(own_loss) *own = context;
    (void)label;
    (void)v;
    *value = 0;
    for (int64_t p = 0; p < n; p++) {
        *value += (y[p] - t[p]) * (y[p] - t[p]) / 2;
        if (order == 1)
            out[p] = y[p] - t[p];
    }
    return ++own->calls == own->fails_at;
}

/* A failure in the midst of a search leaves no trace: not in theta, nor in what is known of the Hessian. */
static void T(callback)(const rig *usual)
{
    const T(samples) s = T(draw_samples)();
    T(own_loss) own = {0};
    mlp_loss id = 0;
    REAL before[MOST], after[MOST], smooth[MOST];
    double loss = 77;
    rig r = *usual;
    r.pairs = 2;
    accepted(mlp_loss_register("own", 1, T(own), &own, NULL, &id));
    mlp_trainer *rough = create_trainer(REAL_DTYPE, &r, id);
    mlp_trainer *even = create_trainer(REAL_DTYPE, &r, id);
    for (int step = 0; step < 5; step++) {
        const int64_t begin = own.calls;
        accepted(T(mlp_trainer_step)(even, SAMPLES, s.x, N_IN, s.t, N_OUT, NULL, NULL));
        const int64_t evaluations = (own.calls - begin) / SAMPLES;
        T(get_theta)(rough, before);
        for (int64_t k = 0; k < evaluations; k++) {
            own.fails_at = own.calls + k * SAMPLES + 3;
            refused(T(mlp_trainer_step)(rough, SAMPLES, s.x, N_IN, s.t, N_OUT, NULL, &loss), MLP_ERR_CALLBACK,
                    "loss");
            T(get_theta)(rough, after);
            assert_memory_equal(before, after, sizeof before);
        }
        assert_true(loss == 77 && mlp_trainer_step_count(rough) == step);
        accepted(T(mlp_trainer_step)(rough, SAMPLES, s.x, N_IN, s.t, N_OUT, NULL, NULL));
        T(get_theta)(rough, after);
        T(get_theta)(even, smooth);
        assert_memory_equal(after, smooth, sizeof after);
    }
    mlp_trainer_destroy(rough);
    mlp_trainer_destroy(even);
    accepted(mlp_loss_unregister(id));
}

/* What it does not do: step from a gradient alone. A rate of 0 leaves everything where it is. */
static void T(refused)(const rig *usual)
{
    const T(samples) s = T(draw_samples)();
    REAL before[MOST], after[MOST];
    rig r = *usual;
    double loss = 0;
    r.rate = 0;
    mlp_trainer *trainer = create_trainer(REAL_DTYPE, &r, MLP_SQUARED_ERROR);
    T(get_theta)(trainer, before);
    refused(T(mlp_trainer_apply_gradient)(trainer, before), MLP_ERR_UNSUPPORTED,
            "cannot step from a gradient alone");
    refused(T(mlp_trainer_step_laplacian)(trainer, 1, s.x, N_IN, NULL, NULL, NULL, &loss),
            MLP_ERR_UNSUPPORTED, "cannot step from a gradient alone");
    refused(mlp_trainer_set_int(trainer, MLP_TRAINER_PAIRS, 3), MLP_ERR_STATE, "option = ");
    assert_int_equal(mlp_trainer_step_count(trainer), 0);
    accepted(T(mlp_trainer_step)(trainer, SAMPLES, s.x, N_IN, s.t, N_OUT, NULL, &loss));
    T(get_theta)(trainer, after);
    assert_memory_equal(before, after, sizeof before);
    assert_true(loss > 0 && mlp_trainer_step_count(trainer) == 1);
    mlp_trainer_destroy(trainer);
}

/* Parameters that their matrix would be too large for are refused where memory would be taken, the number being told. */
static void T(test_too_many)(void **state)
{
    static const int64_t wide[] = {1, 1, 32766};
    mlp_model *model = NULL;
    mlp_trainer *trainer = NULL;
    (void)state;
    accepted(mlp_model_create(REAL_DTYPE, 2, wide, MLP_TANH, &model));
    accepted(mlp_trainer_create(model, &trainer));
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_OPTIMIZER, MLP_BFGS));
    refused(mlp_trainer_prepare(trainer, 1, 1), MLP_ERR_SIZE,
            "trainer: has 65534 parameters, too many for bfgs");
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_OPTIMIZER, MLP_LBFGS));
    accepted(mlp_trainer_prepare(trainer, 1, 1));
    mlp_trainer_destroy(trainer);
    mlp_model_destroy(model);
}
