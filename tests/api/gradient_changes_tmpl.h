/* Template: changes of gradients in one number type. */

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

/*
 * The caller's gradients, each step from where the library stands: under an L1 penalty the sign of a parameter decides, and
 * near 0 that is a matter of rounding.
 */
static void T(own_gradient)(const optimizer_rule *rule, const changes *all, double tolerance)
{
    static optimizer_element reference[MOST];
    static REAL theta[MOST], g[MOST];
    static double changed[MOST], at[MOST];
    const rig r = {.widths = small, .layers = 2, .threads = 1, .engine = MLP_ENGINE_AUTO, .batch = 1};
    mlp_trainer *trainer = create_trainer(rule, REAL_DTYPE, &r);
    changes now = *all;
    const changes *c = &now;
    draw d = {3};
    double worst = 0, size = 0;
    const int64_t count = T(get_theta)(trainer, &r, theta);
    memset(reference, 0, sizeof reference);
    for (int t = 1; t <= STEPS; t++) {
        now.rates[0] = t < STEPS / 3 || t > STEPS / 2 ? all->rates[0] : 0; /* for a while */
        set_changes(trainer, c, r.layers);
        for (int64_t i = 0; i < count; i++) {
            g[i] = (REAL)(float)(exp2((double)(i % 15) - 12) * draw_real(&d, -1, 1));
            changed[i] = (double)g[i];
            at[i] = reference[i].theta = (double)theta[i];
        }
        change_gradient(c, &r, count, at, changed);
        const int64_t calls = failing_allocator_calls();
        accepted(T(mlp_trainer_apply_gradient)(trainer, g));
        assert_int_equal(failing_allocator_calls(), calls);
        T(get_theta)(trainer, &r, theta);
        for (int64_t i = 0; i < count; i++) {
            int bias = 0;
            const double rate = c->rates[layer_of(&r, i, &bias)];
            optimizer_rule scaled = *rule;
            scaled.rate *= rate;
            if (rate > 0)
                optimizer_rule_step(&scaled, &reference[i], changed[i], t, scaled.rate);
            worst = fmax(worst, fabs((double)theta[i] - reference[i].theta));
            size = fmax(size, fabs(reference[i].theta));
        }
    }
    if (!(worst <= tolerance * size))
        fail_msg("%s with %s: off by %g of %g", rule->name, c->name, worst, size);
    mlp_trainer_destroy(trainer);
}

/* A batch of the rig's. */
static void T(take_step)(mlp_trainer *trainer, const rig *r, uint64_t seed, double *loss)
{
    static REAL x[MOST], t[MOST];
    const int64_t n_in = r->widths[0], n_out = r->widths[r->layers];
    draw d = {seed};
    for (int64_t i = 0; i < n_in * r->batch; i++)
        x[i] = (REAL)draw_real(&d, -1, 1);
    for (int64_t i = 0; i < n_out * r->batch; i++)
        t[i] = (REAL)draw_real(&d, -1, 1);
    const int64_t calls = failing_allocator_calls();
    accepted(T(mlp_trainer_step)(trainer, r->batch, x, n_in, t, n_out, NULL, loss));
    assert_int_equal(failing_allocator_calls(), calls);
}

/*
 * A step of the engine's own against the gradient that a plain twin reveals by moving along it: h = (theta_0 - theta_1) / rate.
 * The reported loss is the same: that of the data.
 */
static void T(steps)(const changes *c, int64_t batch, double tolerance)
{
    static REAL before[MOST], after[MOST], plain[MOST];
    static double at[MOST], g[MOST];
    const optimizer_rule descent = {.name = "sgd", .optimizer = MLP_SGD, .rate = 1};
    const rig r = {.widths = large, .layers = 3, .threads = 1, .engine = MLP_ENGINE_NATIVE, .batch = batch};
    mlp_trainer *trainer = create_trainer(&descent, REAL_DTYPE, &r);
    mlp_trainer *twin = create_trainer(&descent, REAL_DTYPE, &r);
    double losses[2] = {0}, worst = 0;
    const int64_t count = T(get_theta)(trainer, &r, before);
    set_changes(trainer, c, r.layers);
    T(take_step)(trainer, &r, 8, &losses[0]);
    T(take_step)(twin, &r, 8, &losses[1]);
    T(get_theta)(trainer, &r, after);
    T(get_theta)(twin, &r, plain);
    for (int64_t i = 0; i < count; i++) {
        at[i] = (double)before[i];
        g[i] = (double)before[i] - (double)plain[i];
    }
    change_gradient(c, &r, count, at, g);
    for (int64_t i = 0; i < count; i++) {
        int bias = 0;
        const double moved = c->rates[layer_of(&r, i, &bias)] * g[i];
        worst = fmax(worst, fabs((double)before[i] - moved - (double)after[i]));
    }
    if (!(worst <= tolerance))
        fail_msg("%s, batch %lld: off by %g", c->name, (long long)batch, worst);
    assert_true(losses[0] == losses[1]);
    mlp_trainer_destroy(trainer);
    mlp_trainer_destroy(twin);
}

static void T(threads)(const optimizer_rule *rule, const changes *c, int64_t batch)
{
    static REAL one[MOST], many[MOST];
    rig r = {.widths = large, .layers = 3, .engine = MLP_ENGINE_NATIVE, .batch = batch};
    for (r.threads = 1; r.threads <= 3; r.threads++) {
        mlp_trainer *trainer = create_trainer(rule, REAL_DTYPE, &r);
        set_changes(trainer, c, r.layers);
        for (uint64_t step = 0; step < 3; step++)
            T(take_step)(trainer, &r, step, NULL);
        T(get_theta)(trainer, &r, r.threads == 1 ? one : many);
        mlp_trainer_destroy(trainer);
        if (r.threads > 1 && memcmp(one, many, sizeof one) != 0)
            fail_msg("%s with %s: %d threads, batch %lld: other bits", rule->name, c->name, (int)r.threads,
                     (long long)batch);
    }
}

/* A frozen layer stays to the bit, decay and penalties or not, and so does its state: thawed, it goes on where it was. */
static void T(frozen)(const optimizer_rule *rule, mlp_engine engine)
{
    static REAL start[MOST], theta[MOST];
    const rig r = {.widths = large, .layers = 3, .threads = 2, .engine = engine, .batch = 40};
    const changes c = {"frozen", 0.1, 0.1, 0.01, 0.001, {1, 1, 1}};
    const int64_t from = 17 * 131 + 131, count = 131 * 67 + 67;
    mlp_trainer *trainer = create_trainer(rule, REAL_DTYPE, &r);
    for (int with_changes = 0; with_changes < 2; with_changes++) {
        if (with_changes)
            set_changes(trainer, &c, r.layers);
        T(take_step)(trainer, &r, 1, NULL);
        const int64_t all = T(get_theta)(trainer, &r, start);
        accepted(mlp_trainer_set_layer_rate(trainer, 2, 0));
        for (uint64_t step = 0; step < 3; step++)
            T(take_step)(trainer, &r, step, NULL);
        T(get_theta)(trainer, &r, theta);
        assert_memory_equal(theta + from, start + from, (size_t)count * sizeof(REAL));
        assert_memory_not_equal(theta, start, (size_t)from * sizeof(REAL));
        assert_memory_not_equal(theta + from + count, start + from + count,
                                (size_t)(all - from - count) * sizeof(REAL));
        accepted(mlp_trainer_set_layer_rate(trainer, 2, 1));
    }
    T(take_step)(trainer, &r, 1, NULL);
    T(get_theta)(trainer, &r, theta);
    assert_memory_not_equal(theta + from, start + from, (size_t)count * sizeof(REAL));
    mlp_trainer_destroy(trainer);
}

/* A gradient whose elements are finite and whose norm, in double, is not: refused where the norm is wanted. */
static void T(test_long_norm)(void **state)
{
    static REAL before[MOST], after[MOST], g[MOST];
    const rig r = {.widths = small, .layers = 2, .threads = 1, .engine = MLP_ENGINE_AUTO, .batch = 1};
    const optimizer_rule descent = {.name = "sgd", .optimizer = MLP_SGD, .rate = 1e-6};
    mlp_trainer *trainer = create_trainer(&descent, REAL_DTYPE, &r);
    const int64_t count = T(get_theta)(trainer, &r, before);
    double sum = 0;
    (void)state;
    for (int64_t i = 0; i < count; i++)
        g[i] = (REAL)(REAL_DTYPE == MLP_F32 ? 1e38 : 1e300);
    accepted(mlp_trainer_set_real(trainer, MLP_TRAINER_CLIP_NORM, 1e6));
    if (REAL_DTYPE == MLP_F64) {
        refused(T(mlp_trainer_apply_gradient)(trainer, g), MLP_ERR_NUMERIC,
                "the norm of the gradient is not");
        T(get_theta)(trainer, &r, after);
        assert_memory_equal(before, after, sizeof before);
        assert_int_equal(mlp_trainer_step_count(trainer), 0);
    } else {
        accepted(T(mlp_trainer_apply_gradient)(trainer, g));
        T(get_theta)(trainer, &r, after);
        for (int64_t i = 0; i < count; i++)
            sum += ((double)before[i] - (double)after[i]) * ((double)before[i] - (double)after[i]);
        assert_true(fabs(sqrt(sum) - 1) < 1e-6);
    }
    mlp_trainer_destroy(trainer);
}
