/* Template: dropout in one number type. */

static int64_t T(get_theta)(const mlp_trainer *trainer, const setting *s, mlp_activation activation,
                            REAL *theta)
{
    mlp_model *model = create_model(REAL_DTYPE, s, activation);
    accepted(mlp_trainer_get_model(trainer, model));
    const int64_t count = mlp_model_param_count(model);
    assert_true(count <= MOST_PARAMS);
    accepted(T(mlp_model_get_params)(model, 0, count, theta));
    mlp_model_destroy(model);
    return count;
}

static void T(draw_batch)(const setting *s, REAL *x, REAL *t)
{
    const int64_t n_in = s->widths[0], n_out = s->widths[s->layers];
    draw d = {4};
    assert_true(n_in * s->batch <= MOST_VALUES && n_out * s->batch <= MOST_VALUES);
    for (int64_t i = 0; i < n_in * s->batch; i++)
        x[i] = (REAL)(float)draw_real(&d, -1, 1);
    for (int64_t i = 0; i < n_out * s->batch; i++)
        t[i] = (REAL)(float)draw_real(&d, -1, 1);
}

static void T(take_step)(mlp_trainer *trainer, const setting *s, const REAL *weights, double *loss)
{
    static REAL x[MOST_VALUES], t[MOST_VALUES];
    T(draw_batch)(s, x, t);
    const int64_t calls = failing_allocator_calls();
    accepted(T(mlp_trainer_step)(trainer, s->batch, x, s->widths[0], t, s->widths[s->layers], weights, loss));
    assert_int_equal(failing_allocator_calls(), calls);
}

/* One sample: its half squared error with dropout, and its gradient added to g. */
static double T(sample_gradient)(const setting *s, const plan *p, const masks *m, const REAL *theta,
                                 const REAL *x, const REAL *t, double *g)
{
    static double y[MOST_LAYERS + 1][MOST_WIDTH], z[MOST_LAYERS + 1][MOST_WIDTH], slope[MOST_WIDTH],
        bar[MOST_LAYERS + 1][MOST_WIDTH];
    int64_t at = 0, from[MOST_LAYERS];
    double loss = 0;
    for (int32_t l = 0; l <= s->layers; l++) {
        const int64_t n = s->widths[l], below = l ? s->widths[l - 1] : 0;
        for (int64_t i = 0; i < n; i++)
            y[l][i] = l ? 0 : (double)x[i];
        if (l > 0) {
            from[l - 1] = at;
            for (int64_t i = 0; i < n; i++) {
                z[l][i] = (double)theta[at + n * below + i];
                for (int64_t j = 0; j < below; j++)
                    z[l][i] += (double)theta[at + i + j * n] * y[l - 1][j];
            }
            at += n * below + n;
            accepted(mlp_activation_evaluate_f64(l < s->layers ? p->activation : MLP_IDENTITY, 0, 0, n, z[l],
                                                 y[l]));
        }
        const double rate = l ? p->hidden : p->input;
        for (int64_t i = 0; l < s->layers && i < n; i++)
            y[l][i] *= m->dropped[l][i] ? 0 : 1 / (1 - rate);
    }
    for (int64_t i = 0; i < s->widths[s->layers]; i++) {
        bar[s->layers][i] = y[s->layers][i] - (double)t[i];
        loss += bar[s->layers][i] * bar[s->layers][i] / 2;
    }
    for (int32_t l = s->layers; l >= 1; l--) {
        const int64_t n = s->widths[l], below = s->widths[l - 1];
        accepted(
            mlp_activation_evaluate_f64(l < s->layers ? p->activation : MLP_IDENTITY, 0, 1, n, z[l], slope));
        for (int64_t j = 0; j < below; j++)
            bar[l - 1][j] = 0;
        for (int64_t i = 0; i < n; i++) {
            const double factor = l == s->layers ? 1 : m->dropped[l][i] ? 0 : 1 / (1 - p->hidden);
            const double delta = bar[l][i] * factor * slope[i];
            for (int64_t j = 0; j < below; j++) {
                g[from[l - 1] + i + j * n] += delta * y[l - 1][j];
                bar[l - 1][j] += delta * (double)theta[from[l - 1] + i + j * n];
            }
            g[from[l - 1] + n * below + i] += delta;
        }
    }
    return loss;
}

static void T(exact)(const setting *s, const plan *p, const masks *m, double tolerance)
{
    static REAL x[MOST_VALUES], t[MOST_VALUES], before[MOST_PARAMS], after[MOST_PARAMS];
    static double g[MOST_PARAMS];
    mlp_trainer *trainer = create_trainer(REAL_DTYPE, s, p);
    double loss = 0, expected = 0, worst = 0, size = 0;
    const int64_t count = T(get_theta)(trainer, s, p->activation, before);
    T(draw_batch)(s, x, t);
    memset(g, 0, sizeof g);
    for (int64_t k = 0; k < s->batch; k++)
        expected +=
            T(sample_gradient)(s, p, &m[k], before, x + k * s->widths[0], t + k * s->widths[s->layers], g);
    T(take_step)(trainer, s, NULL, &loss);
    T(get_theta)(trainer, s, p->activation, after);
    for (int64_t i = 0; i < count; i++) {
        const double expected_g = g[i] / (double)s->batch;
        worst = fmax(worst, fabs((double)before[i] - (double)after[i] - expected_g));
        size = fmax(size, fabs(expected_g));
    }
    expected /= (double)s->batch;
    if (!(worst <= tolerance * size && size > 1e-3) || !(fabs(loss - expected) <= tolerance * expected))
        fail_msg("%s, %s: the gradient is off by %g of %g, the loss by %g", s->name,
                 mlp_activation_name(p->activation), worst, size, loss - expected);
    mlp_trainer_destroy(trainer);
}

static void T(threads)(void)
{
    static const int64_t batches[] = {1, 5, 64, 300, 900};
    static const mlp_optimizer optimizers[] = {MLP_SGD, MLP_ADAM};
    static REAL one[MOST_PARAMS], many[MOST_PARAMS];
    for (int net = 3; net <= 4; net++)
        for (int o = 0; o < 2; o++)
            for (size_t b = 0; b < sizeof batches / sizeof *batches; b++) {
                setting s = settings[net];
                plan p = with(MLP_TANH, 3, hidden_rate, input_rate);
                s.batch = batches[b];
                p.optimizer = optimizers[o];
                for (p.threads = 1; p.threads <= 3; p.threads++) {
                    mlp_trainer *trainer = create_trainer(REAL_DTYPE, &s, &p);
                    accepted(mlp_trainer_set_real(trainer, MLP_TRAINER_LEARNING_RATE, 0.01));
                    for (int step = 0; step < 3; step++)
                        T(take_step)(trainer, &s, NULL, NULL);
                    T(get_theta)(trainer, &s, p.activation, p.threads == 1 ? one : many);
                    mlp_trainer_destroy(trainer);
                    if (p.threads > 1 && memcmp(one, many, sizeof one) != 0)
                        fail_msg("%s: %d threads, batch %lld: other bits", s.name, (int)p.threads,
                                 (long long)s.batch);
                }
            }
}

/* Looking drops nothing; nor does a step on a gradient. */
static void T(evaluate)(void)
{
    static REAL x[MOST_VALUES], t[MOST_VALUES], g[MOST_PARAMS], theta[2][MOST_PARAMS];
    const setting *s = &settings[2];
    double losses[2] = {0};
    mlp_data *data = NULL;
    T(draw_batch)(s, x, t);
    accepted(mlp_data_create(REAL_DTYPE, s->batch, &data));
    accepted(T(mlp_data_borrow_inputs)(data, s->widths[0], x, s->widths[0]));
    accepted(T(mlp_data_borrow_targets)(data, s->widths[s->layers], t, s->widths[s->layers]));
    for (int i = 0; i < MOST_PARAMS; i++)
        g[i] = (REAL)(i % 7) / 100;
    for (int dropout = 0; dropout < 2; dropout++) {
        const plan p = with(MLP_TANH, 1, dropout * 0.5, dropout * 0.5);
        mlp_trainer *trainer = create_trainer(REAL_DTYPE, s, &p);
        accepted(T(mlp_trainer_apply_gradient)(trainer, g));
        accepted(mlp_trainer_evaluate(trainer, data, &losses[dropout], NULL));
        T(get_theta)(trainer, s, p.activation, theta[dropout]);
        mlp_trainer_destroy(trainer);
    }
    assert_true(losses[0] == losses[1]);
    assert_memory_equal(theta[0], theta[1], sizeof theta[0]);
    mlp_data_destroy(data);
}
