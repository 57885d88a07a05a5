/* Template: the optimizers through the library, in one number type. */

/* The parameters of a trainer; their number. */
static int64_t T(get_theta)(const mlp_trainer *trainer, const rig *r, REAL *theta)
{
    mlp_model *model = NULL;
    accepted(mlp_model_create(REAL_DTYPE, r->layers, r->widths, MLP_TANH, &model));
    accepted(mlp_trainer_get_model(trainer, model));
    const int64_t count = mlp_model_param_count(model);
    assert_true(count <= MOST);
    accepted(T(mlp_model_get_params)(model, 0, count, theta));
    mlp_model_destroy(model);
    return count;
}

/* The caller's gradients of many sizes against the equations, after each of 100 steps. */
static void T(own_gradient)(const optimizer_rule *rule, double tolerance)
{
    static optimizer_element reference[MOST];
    static REAL theta[MOST], g[MOST];
    const rig r = {.widths = small, .layers = 2, .threads = 1, .engine = MLP_ENGINE_AUTO, .batch = 1};
    mlp_trainer *trainer = create_trainer(rule, REAL_DTYPE, &r);
    draw d = {3};
    double worst = 0, size = 0;
    const int64_t count = T(get_theta)(trainer, &r, theta);
    for (int64_t i = 0; i < count; i++)
        reference[i] = (optimizer_element){.theta = (double)theta[i]};
    for (int t = 1; t <= STEPS; t++) {
        double error = 0;
        for (int64_t i = 0; i < count; i++) {
            g[i] = (REAL)(float)(exp2((double)(i % 15) - 12) * draw_real(&d, -1, 1));
            optimizer_rule_step(rule, &reference[i], (double)g[i], t, rule->rate);
        }
        accepted(T(mlp_trainer_apply_gradient)(trainer, g));
        T(get_theta)(trainer, &r, theta);
        for (int64_t i = 0; i < count; i++) {
            error = fmax(error, fabs((double)theta[i] - reference[i].theta));
            size = fmax(size, fabs(reference[i].theta));
        }
        worst = fmax(worst, error / size);
    }
    if (!(worst <= tolerance))
        fail_msg("%s: off by %g", rule->name, worst);
    mlp_trainer_destroy(trainer);
}

/* `steps` steps on one batch; the loss before the first and before the last. */
static void T(take_steps)(const optimizer_rule *rule, const rig *r, int steps, REAL *theta, double loss[2])
{
    static REAL x[MOST], t[MOST];
    const int64_t n_in = r->widths[0], n_out = r->widths[r->layers];
    mlp_trainer *trainer = create_trainer(rule, REAL_DTYPE, r);
    draw d = {8};
    for (int64_t i = 0; i < n_in * r->batch; i++)
        x[i] = (REAL)draw_real(&d, -1, 1);
    for (int64_t i = 0; i < n_out * r->batch; i++)
        t[i] = (REAL)draw_real(&d, -1, 1);
    for (int step = 0; step < steps; step++)
        accepted(T(mlp_trainer_step)(trainer, r->batch, x, n_in, t, n_out, NULL, &loss[step > 0]));
    T(get_theta)(trainer, r, theta);
    mlp_trainer_destroy(trainer);
}

static void T(threads)(const optimizer_rule *rule, int64_t batch)
{
    static REAL one[MOST], many[MOST];
    rig r = {.widths = large, .layers = 3, .threads = 1, .engine = MLP_ENGINE_NATIVE, .batch = batch};
    double loss[2];
    T(take_steps)(rule, &r, 3, one, loss);
    for (r.threads = 2; r.threads <= 3; r.threads++) {
        T(take_steps)(rule, &r, 3, many, loss);
        if (memcmp(one, many, sizeof one) != 0)
            fail_msg("%s: %d threads, batch %lld: other bits", rule->name, (int)r.threads, (long long)batch);
    }
}

static void T(engines)(const optimizer_rule *rule, double tolerance)
{
    static REAL native[MOST], passes[MOST];
    rig r = {.widths = small, .layers = 2, .threads = 1, .engine = MLP_ENGINE_NATIVE, .batch = 11};
    double loss[2], error = 0;
    T(take_steps)(rule, &r, 5, native, loss);
    r.engine = MLP_ENGINE_BLAS;
    T(take_steps)(rule, &r, 5, passes, loss);
    for (int64_t i = 0; i < MOST; i++)
        error = fmax(error, fabs((double)native[i] - (double)passes[i]));
    if (!(error <= tolerance * rule->rate))
        fail_msg("%s: the engines differ by %g, the rate is %g", rule->name, error, rule->rate);
}

static void T(learning)(const optimizer_rule *rule)
{
    static REAL theta[MOST];
    const rig r = {.widths = small, .layers = 2, .threads = 1, .engine = MLP_ENGINE_AUTO, .batch = 6};
    double loss[2];
    T(take_steps)(rule, &r, 300, theta, loss);
    print_message("%s: loss %.3g, after 300 steps %.3g\n", rule->name, loss[0], loss[1]);
    assert_true(loss[1] < 0.5 * loss[0]);
}
