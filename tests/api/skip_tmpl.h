/* Template: skipping in one number type. */

/* Samples, some of them spoilt; and what is left without these. Columns are padded. */
typedef struct T(samples) {
    int64_t count;
    REAL x[LDX * SAMPLES], t[LDT * SAMPLES], weights[SAMPLES];
    int32_t labels[SAMPLES];
} T(samples);

static T(samples) T(draw_samples)(uint64_t seed)
{
    T(samples) s = {.count = SAMPLES};
    draw d = {seed};
    for (int i = 0; i < LDX * SAMPLES; i++)
        s.x[i] = (REAL)draw_real(&d, -2, 2);
    for (int i = 0; i < LDT * SAMPLES; i++)
        s.t[i] = (REAL)draw_real(&d, -1, 1);
    for (int i = 0; i < SAMPLES; i++) {
        s.weights[i] = (REAL)draw_real(&d, 0.1, 2);
        s.labels[i] = (int32_t)draw_int(&d, 0, N_OUT - 1);
    }
    return s;
}

/* Whether sample `i` is to be spoilt; about one in four, the first and the last of batches among them. */
static int T(is_bad)(int i)
{
    return i % 12 == 0 || i % 5 == 3 || i == 23 || i == SAMPLES - 1;
}

/* A NaN or infinity in every bad sample; in its inputs, or for every other one in its targets, if `targets`. */
static T(samples) T(spoil)(T(samples) s, int targets)
{
    static const double values[] = {NAN, INFINITY, -INFINITY};
    int k = 0;
    for (int i = 0; i < SAMPLES; i++)
        if (T(is_bad)(i)) {
            if (targets && k % 2)
                s.t[i * LDT + k % N_OUT] = (REAL)values[k % 3];
            else
                s.x[i * LDX + k % N_IN] = (REAL)values[k % 3];
            k++;
        }
    return s;
}

/* Those of first .. first + count - 1 that are not bad. */
static T(samples) T(without)(const T(samples) *s, int first, int count)
{
    T(samples) left = {.count = 0};
    for (int i = first; i < first + count; i++)
        if (!T(is_bad)(i)) {
            memcpy(left.x + left.count * LDX, s->x + i * LDX, sizeof *s->x * N_IN);
            memcpy(left.t + left.count * LDT, s->t + i * LDT, sizeof *s->t * N_OUT);
            left.weights[left.count] = s->weights[i];
            left.labels[left.count++] = s->labels[i];
        }
    return left;
}

static mlp_trainer *T(trainer)(mlp_engine engine, mlp_optimizer optimizer, mlp_loss loss, int skip)
{
    mlp_model *model = NULL;
    mlp_trainer *trainer = NULL;
    accepted(mlp_model_create(REAL_DTYPE, 2, widths, MLP_TANH, &model));
    accepted(mlp_model_initialize(model, MLP_INIT_GLOROT_UNIFORM, 7));
    accepted(mlp_trainer_create(model, &trainer));
    mlp_model_destroy(model);
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_ENGINE, engine));
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_OPTIMIZER, optimizer));
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_LOSS, loss));
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_SKIP_NONFINITE, skip));
    accepted(mlp_trainer_prepare(trainer, BATCH, 1));
    return trainer;
}

static void T(get_theta)(const mlp_trainer *trainer, REAL theta[PARAMS])
{
    mlp_model *model = NULL;
    accepted(mlp_model_create(REAL_DTYPE, 2, widths, MLP_TANH, &model));
    accepted(mlp_trainer_get_model(trainer, model));
    accepted(T(mlp_model_get_params)(model, 0, PARAMS, theta));
    mlp_model_destroy(model);
}

static void T(assert_same)(const mlp_trainer *a, const mlp_trainer *b)
{
    REAL theta_a[PARAMS], theta_b[PARAMS];
    T(get_theta)(a, theta_a);
    T(get_theta)(b, theta_b);
    assert_memory_equal(theta_a, theta_b, sizeof theta_a);
}

/* One step on samples `first` .. `first` + count - 1, with targets or labels. */
static mlp_status T(step)(mlp_trainer *trainer, const T(samples) *s, int first, int64_t count, int labelled,
                          int weighted, double *loss)
{
    const REAL *x = s->x + first * LDX, *weights = weighted ? s->weights + first : NULL;
    return labelled ? T(mlp_trainer_step_labels)(trainer, count, x, LDX, s->labels + first, weights, loss)
                    : T(mlp_trainer_step)(trainer, count, x, LDX, s->t + first * LDT, LDT, weights, loss);
}

/* Steps on spoilt batches and on what is left of them, by every form and engine. */
static void T(test_steps)(void **state)
{
    (void)state;
    for (int form = 0; form < 16; form++) {
        const int labelled = form & 1, weighted = form >> 1 & 1;
        const mlp_engine engine = form & 4 ? MLP_ENGINE_BLAS : MLP_ENGINE_NATIVE;
        const mlp_optimizer optimizer = form & 8 ? MLP_ADAM : MLP_SGD;
        const T(samples) clean = T(draw_samples)(5), s = T(spoil)(clean, !labelled);
        mlp_trainer *skips = T(trainer)(engine, optimizer, MLP_SQUARED_ERROR, 1);
        mlp_trainer *plain = T(trainer)(engine, optimizer, MLP_SQUARED_ERROR, 0);
        int64_t skipped = 0;
        for (int first = 0; first + BATCH <= SAMPLES; first += 3) {
            const T(samples) left = T(without)(&s, first, BATCH);
            double loss = 0, expected = 1;
            accepted(T(step)(skips, &s, first, BATCH, labelled, weighted, &loss));
            accepted(T(step)(plain, &left, 0, left.count, labelled, weighted, &expected));
            assert_true(loss == expected);
            skipped += BATCH - left.count;
            assert_int_equal(mlp_trainer_skipped_count(skips), skipped);
            T(assert_same)(skips, plain);
        }
        assert_true(skipped > 0);
        assert_int_equal(mlp_trainer_skipped_count(plain), 0);
        mlp_trainer_destroy(skips);
        mlp_trainer_destroy(plain);
    }
}

static mlp_data *T(data)(const T(samples) *s, const REAL *weights, int labelled)
{
    mlp_data *data = NULL;
    accepted(mlp_data_create(REAL_DTYPE, SAMPLES, &data));
    accepted(T(mlp_data_set_inputs)(data, N_IN, s->x, LDX));
    accepted(labelled ? mlp_data_set_labels(data, N_OUT, s->labels)
                      : T(mlp_data_set_targets)(data, N_OUT, s->t, LDT));
    accepted(T(mlp_data_set_weights)(data, weights));
    return data;
}

/* An epoch in order is its steps on what is left of each batch; its loss is the mean over what is left. */
static void T(test_epoch)(void **state)
{
    (void)state;
    for (int form = 0; form < 4; form++) {
        const int labelled = form & 1, weighted = form >> 1;
        const T(samples) s = T(spoil)(T(draw_samples)(6), !labelled), all = T(without)(&s, 0, SAMPLES);
        mlp_data *data = T(data)(&s, weighted ? s.weights : NULL, labelled);
        mlp_trainer *epoch = T(trainer)(MLP_ENGINE_AUTO, MLP_ADAM, MLP_SQUARED_ERROR, 1);
        mlp_trainer *steps = T(trainer)(MLP_ENGINE_AUTO, MLP_ADAM, MLP_SQUARED_ERROR, 0);
        double loss = 0, part = 0, sum = 0, weight = 0;
        accepted(mlp_trainer_set_int(epoch, MLP_TRAINER_SHUFFLE, 0));
        accepted(mlp_trainer_epoch(epoch, data, &loss));
        for (int first = 0; first < SAMPLES; first += BATCH) {
            const int count = SAMPLES - first < BATCH ? SAMPLES - first : BATCH;
            const T(samples) left = T(without)(&s, first, count);
            double of_batch = 0;
            accepted(T(step)(steps, &left, 0, left.count, labelled, weighted, &part));
            for (int64_t i = 0; i < left.count; i++)
                of_batch += weighted ? (double)left.weights[i] : 1;
            sum += part * of_batch;
            weight += of_batch;
        }
        T(assert_same)(epoch, steps);
        assert_true(fabs(loss - sum / weight) <= 1e-14 * loss);
        assert_int_equal(mlp_trainer_skipped_count(epoch), SAMPLES - all.count);
        assert_int_equal(mlp_trainer_epoch_count(epoch), 1);
        mlp_data_destroy(data);
        mlp_trainer_destroy(epoch);
        mlp_trainer_destroy(steps);
    }
}

/* Shuffled, it is the epoch in which these samples have weight 0, but for the order of summation. */
static void T(test_shuffled)(void **state)
{
    const T(samples) clean = T(draw_samples)(8), s = T(spoil)(clean, 1);
    REAL weights[SAMPLES], theta[PARAMS], expected[PARAMS];
    double loss = 0, other = 0;
    (void)state;
    for (int i = 0; i < SAMPLES; i++)
        weights[i] = T(is_bad)(i) ? 0 : 1;
    mlp_data *spoilt = T(data)(&s, NULL, 0), *weighted = T(data)(&clean, weights, 0);
    mlp_trainer *skips = T(trainer)(MLP_ENGINE_AUTO, MLP_SGD, MLP_SQUARED_ERROR, 1);
    mlp_trainer *plain = T(trainer)(MLP_ENGINE_AUTO, MLP_SGD, MLP_SQUARED_ERROR, 0);
    accepted(mlp_trainer_run(skips, spoilt, &loss));
    accepted(mlp_trainer_run(plain, weighted, &other));
    assert_int_equal(mlp_trainer_step_count(skips), mlp_trainer_step_count(plain));
    T(get_theta)(skips, theta);
    T(get_theta)(plain, expected);
    for (int i = 0; i < PARAMS; i++)
        assert_true(fabs((double)theta[i] - (double)expected[i]) <= 100 * (double)EPS);
    assert_true(fabs(loss - other) <= 100 * (double)EPS);
    mlp_data_destroy(spoilt);
    mlp_data_destroy(weighted);
    mlp_trainer_destroy(skips);
    mlp_trainer_destroy(plain);
}

/* Where nothing is left, or nothing with a weight, no step is taken and no loss told; an epoch goes on. */
static void T(test_nothing)(void **state)
{
    T(samples) s = T(draw_samples)(9);
    mlp_trainer *trainer = T(trainer)(MLP_ENGINE_AUTO, MLP_ADAM, MLP_SQUARED_ERROR, 1);
    mlp_trainer *fresh = T(trainer)(MLP_ENGINE_AUTO, MLP_ADAM, MLP_SQUARED_ERROR, 1);
    double loss = 77;
    (void)state;
    for (int i = 0; i < BATCH; i++)
        s.x[i * LDX] = (REAL)NAN;
    accepted(T(step)(trainer, &s, 0, BATCH, 0, 0, &loss));
    accepted(T(step)(trainer, &s, 0, BATCH, 1, 1, &loss));
    s.weights[BATCH] = 0;
    accepted(T(step)(trainer, &s, BATCH - 1, 2, 0, 1, &loss));
    assert_true(loss == 77);
    assert_int_equal(mlp_trainer_step_count(trainer), 0);
    assert_int_equal(mlp_trainer_skipped_count(trainer), 2 * BATCH + 2);
    T(assert_same)(trainer, fresh);
    mlp_data *data = T(data)(&s, NULL, 0);
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_SHUFFLE, 0));
    accepted(mlp_trainer_epoch(trainer, data, &loss));
    assert_true(loss > 0 && loss < 77);
    assert_int_equal(mlp_trainer_step_count(trainer), 2); /* of three batches */
    mlp_data_destroy(data);
    for (int i = 0; i < SAMPLES; i++)
        s.t[i * LDT] = (REAL)INFINITY;
    data = T(data)(&s, NULL, 0);
    loss = 77;
    accepted(mlp_trainer_run(fresh, data, &loss));
    assert_true(loss == 77 && mlp_trainer_step_count(fresh) == 0 && mlp_trainer_epoch_count(fresh) == 10);
    assert_int_equal(mlp_trainer_skipped_count(fresh), 10 * SAMPLES);
    mlp_data_destroy(data);
    mlp_trainer_destroy(trainer);
    mlp_trainer_destroy(fresh);
}

/* Numbers that are finite and whose loss is not are no reason to skip: the step is refused, and nothing counted. */
static void T(test_failure)(void **state)
{
    T(samples) s = T(spoil)(T(draw_samples)(10), 0);
    const REAL huge = REAL_DTYPE == MLP_F32 ? FLT_MAX : (REAL)DBL_MAX;
    double loss = 77;
    (void)state;
    for (mlp_engine engine = MLP_ENGINE_NATIVE; engine <= MLP_ENGINE_BLAS; engine++) {
        mlp_trainer *trainer = T(trainer)(engine, MLP_SGD, MLP_SQUARED_ERROR, 1);
        mlp_trainer *fresh = T(trainer)(engine, MLP_SGD, MLP_SQUARED_ERROR, 1);
        s.t[1 * LDT] = s.t[1 * LDT + 1] = huge; /* A_2^T of both overflows, if not their squares */
        refused(T(step)(trainer, &s, 0, 2, 0, 0, &loss), MLP_ERR_NUMERIC, "step 1 was not taken");
        assert_true(loss == 77 && mlp_trainer_skipped_count(trainer) == 0);
        T(assert_same)(trainer, fresh);
        accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_SKIP_NONFINITE, 0));
        s.t[1 * LDT] = s.t[1 * LDT + 1] = 1;
        refused(T(step)(trainer, &s, 0, BATCH, 0, 0, &loss), MLP_ERR_NUMERIC,
                "x: element 0 of sample 0 is nan");
        T(assert_same)(trainer, fresh);
        mlp_trainer_destroy(trainer);
        mlp_trainer_destroy(fresh);
    }
}

static void T(test_hot)(void **state)
{
    const T(samples) s = T(spoil)(T(draw_samples)(11), 1);
    mlp_data *data = T(data)(&s, s.weights, 0);
    mlp_trainer *trainer = T(trainer)(MLP_ENGINE_AUTO, MLP_ADAM, MLP_SQUARED_ERROR, 1);
    (void)state;
    accepted(mlp_trainer_epoch(trainer, data, NULL));
    const int64_t calls = failing_allocator_calls();
    accepted(mlp_trainer_run(trainer, data, NULL));
    accepted(T(step)(trainer, &s, 0, BATCH, 0, 1, NULL));
    assert_int_equal(failing_allocator_calls(), calls);
    mlp_data_destroy(data);
    mlp_trainer_destroy(trainer);
}
