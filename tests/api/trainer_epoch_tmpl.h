/* Template: passes over data sets in one number type. */

/* The samples with targets, copied. */
static mlp_data *T(data)(void)
{
    const T(samples) s = T(draw_samples)();
    mlp_data *data = NULL;
    accepted(mlp_data_create(REAL_DTYPE, SAMPLES, &data));
    accepted(T(mlp_data_set_inputs)(data, N_IN, s.x, N_IN));
    accepted(T(mlp_data_set_targets)(data, N_OUT, s.t, N_OUT));
    return data;
}

static void T(test_no_allocation)(void **state)
{
    const T(samples) s = T(draw_samples)();
    const REAL theta_bar[PARAMS] = {0};
    mlp_trainer *trainer = prepared(REAL_DTYPE, MLP_SQUARED_ERROR);
    mlp_data *data = T(data)();
    (void)state;
    int64_t calls = failing_allocator_calls();
    for (int step = 0; step < 3; step++) {
        accepted(T(mlp_trainer_step)(trainer, BATCH, s.x, N_IN, s.t, N_OUT, s.weights, NULL));
        accepted(T(mlp_trainer_step_labels)(trainer, 1, s.x, N_IN, s.labels, NULL, NULL));
        accepted(T(mlp_trainer_apply_gradient)(trainer, theta_bar));
        accepted(mlp_trainer_evaluate(trainer, data, NULL, NULL));
    }
    assert_int_equal(failing_allocator_calls(), calls);
    accepted(mlp_trainer_epoch(trainer, data, NULL));
    calls = failing_allocator_calls();
    accepted(mlp_trainer_run(trainer, data, NULL));
    assert_int_equal(failing_allocator_calls(), calls);
    mlp_data_destroy(data);
    mlp_trainer_destroy(trainer);
}

static void T(refuse_data)(mlp_trainer *trainer, const mlp_data *data, mlp_status status, const char *word)
{
    double loss = 77, accuracy = 77;
    refused(mlp_trainer_epoch(trainer, data, &loss), status, word);
    refused(mlp_trainer_run(trainer, data, &loss), status, word);
    refused(mlp_trainer_evaluate(trainer, data, &loss, &accuracy), status, word);
    assert_true(loss == 77 && accuracy == 77 && mlp_trainer_step_count(trainer) == 0);
}

static void T(test_bad_data)(void **state)
{
    const T(samples) s = T(draw_samples)();
    mlp_trainer *trainer = prepared(REAL_DTYPE, MLP_SQUARED_ERROR);
    mlp_data *data = NULL, *other = NULL;
    (void)state;
    accepted(mlp_data_create(REAL_DTYPE, SAMPLES, &data));
    accepted(mlp_data_create(REAL_DTYPE == MLP_F32 ? MLP_F64 : MLP_F32, SAMPLES, &other));
    refused(mlp_trainer_epoch(NULL, data, NULL), MLP_ERR_ARGUMENT, "trainer = NULL");
    refused(mlp_trainer_run(NULL, data, NULL), MLP_ERR_ARGUMENT, "trainer = NULL");
    refused(mlp_trainer_evaluate(NULL, data, NULL, NULL), MLP_ERR_ARGUMENT, "trainer = NULL");
    T(refuse_data)(trainer, NULL, MLP_ERR_ARGUMENT, "data = NULL");
    T(refuse_data)(trainer, other, MLP_ERR_DTYPE, "data is");
    T(refuse_data)(trainer, data, MLP_ERR_STATE, "data: has no inputs");
    accepted(T(mlp_data_set_inputs)(data, N_IN, s.x, N_IN));
    T(refuse_data)(trainer, data, MLP_ERR_STATE, "data: has neither");
    accepted(T(mlp_data_set_targets)(data, N_OUT - 1, s.t, N_OUT));
    T(refuse_data)(trainer, data, MLP_ERR_SIZE, "data: has 2 targets");
    accepted(mlp_data_set_labels(data, N_OUT + 1, s.labels));
    T(refuse_data)(trainer, data, MLP_ERR_ARGUMENT, "data: has 4 classes");
    accepted(T(mlp_data_set_inputs)(data, N_IN - 1, s.x, N_IN));
    T(refuse_data)(trainer, data, MLP_ERR_SIZE, "data: has 1 features");
    mlp_data_destroy(data);
    mlp_data_destroy(other);
    mlp_trainer_destroy(trainer);
}

/* Without shuffling, an epoch is its steps in order, the last one smaller; and with it, another order. */
static void T(test_order)(void **state)
{
    const T(samples) s = T(draw_samples)();
    mlp_trainer *epoch = prepared(REAL_DTYPE, MLP_SQUARED_ERROR),
                *steps = prepared(REAL_DTYPE, MLP_SQUARED_ERROR);
    mlp_trainer *shuffled = prepared(REAL_DTYPE, MLP_SQUARED_ERROR);
    mlp_data *data = T(data)();
    REAL a[PARAMS], b[PARAMS];
    double sum = 0, weight = 0, loss = 0;
    (void)state;
    accepted(T(mlp_data_set_weights)(data, s.weights));
    accepted(mlp_trainer_set_int(epoch, MLP_TRAINER_SHUFFLE, 0));
    accepted(mlp_trainer_epoch(epoch, data, &loss));
    for (int first = 0; first < SAMPLES; first += BATCH) {
        const int count = SAMPLES - first < BATCH ? SAMPLES - first : BATCH;
        double mean = 0, total = 0;
        accepted(T(mlp_trainer_step)(steps, count, s.x + first * N_IN, N_IN, s.t + first * N_OUT, N_OUT,
                                     s.weights + first, &mean));
        for (int k = first; k < first + count; k++)
            total += (double)s.weights[k];
        sum += mean * total;
        weight += total;
    }
    assert_int_equal(mlp_trainer_step_count(epoch), 3);
    assert_int_equal(mlp_trainer_epoch_count(epoch), 1);
    assert_true(fabs(loss - sum / weight) < 1e-13 * loss);
    T(get_theta)(epoch, a);
    T(get_theta)(steps, b);
    assert_memory_equal(a, b, sizeof a);
    accepted(mlp_trainer_epoch(shuffled, data, NULL));
    T(get_theta)(shuffled, b);
    assert_memory_not_equal(a, b, sizeof a);
    mlp_data_destroy(data);
    mlp_trainer_destroy(epoch);
    mlp_trainer_destroy(steps);
    mlp_trainer_destroy(shuffled);
}

/* The same seed, data and calls give the same bits; another seed, others; run is its epochs. */
static void T(test_seed)(void **state)
{
    static const int64_t seeds[] = {5, 5, 6};
    mlp_data *data = T(data)();
    REAL theta[3][PARAMS];
    double losses[3];
    (void)state;
    for (int i = 0; i < 3; i++) {
        mlp_trainer *trainer = prepared(REAL_DTYPE, MLP_SQUARED_ERROR);
        accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_SEED, seeds[i]));
        accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_BATCH, 3));
        accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_EPOCHS, 4));
        for (int epoch = 0; i == 1 && epoch < 4; epoch++)
            accepted(mlp_trainer_epoch(trainer, data, &losses[i]));
        if (i != 1)
            accepted(mlp_trainer_run(trainer, data, &losses[i]));
        assert_int_equal(mlp_trainer_step_count(trainer), 16);
        assert_int_equal(mlp_trainer_epoch_count(trainer), 4);
        T(get_theta)(trainer, theta[i]);
        mlp_trainer_destroy(trainer);
    }
    assert_memory_equal(theta[0], theta[1], sizeof theta[0]);
    assert_memory_not_equal(theta[0], theta[2], sizeof theta[0]);
    assert_true(losses[0] == losses[1]);
    mlp_data_destroy(data);
}

/* A shuffled batch holds the samples with their own targets or labels and weights: all of them, the loss of the set. */
static void T(test_gather)(void **state)
{
    const T(samples) s = T(draw_samples)();
    mlp_data *data = T(data)();
    (void)state;
    accepted(T(mlp_data_set_weights)(data, s.weights));
    for (int by_label = 0; by_label < 2; by_label++) {
        mlp_trainer *trainer = create_trainer(REAL_DTYPE);
        double expected = 0, loss = 0;
        if (by_label)
            accepted(mlp_data_set_labels(data, N_OUT, s.labels));
        accepted(mlp_trainer_prepare(trainer, SAMPLES, 1));
        accepted(mlp_trainer_evaluate(trainer, data, &expected, NULL));
        accepted(mlp_trainer_epoch(trainer, data, &loss));
        assert_int_equal(mlp_trainer_step_count(trainer), 1);
        assert_true(fabs(loss - expected) < (REAL_DTYPE == MLP_F32 ? 1e-6 : 1e-14) * expected);
        mlp_trainer_destroy(trainer);
    }
    mlp_data_destroy(data);
}

/* A trainer that learns nothing, so that losses tell samples apart; and its diary. */
static mlp_trainer *T(idle)(diary *d)
{
    mlp_trainer *trainer = create_trainer(REAL_DTYPE);
    accepted(mlp_trainer_set_real(trainer, MLP_TRAINER_LEARNING_RATE, 0));
    accepted(mlp_trainer_prepare(trainer, BATCH, 1));
    accepted(mlp_trainer_set_callback(trainer, write_diary, d, NULL));
    return trainer;
}

/* Every epoch has an order of its own: with nothing learnt, its first step still has another loss. */
static void T(test_new_order)(void **state)
{
    mlp_data *data = T(data)();
    diary d = {.stop_at = 1};
    mlp_trainer *trainer = T(idle)(&d);
    double first = 0, again = 0;
    (void)state;
    assert_int_equal(mlp_trainer_epoch(trainer, data, &first), MLP_STOPPED);
    accepted(mlp_trainer_epoch(trainer, data, NULL));
    assert_int_equal(mlp_trainer_step_count(trainer), 3);
    d.stop_at = 4; /* the first step of the next */
    assert_int_equal(mlp_trainer_epoch(trainer, data, &again), MLP_STOPPED);
    assert_true(first != again);
    mlp_data_destroy(data);
    mlp_trainer_destroy(trainer);
}

/* An epoch ended early begins again where its samples are others or will have another order, and only there. */
static void T(test_lost_place)(void **state)
{
    static const struct {
        mlp_trainer_option option;
        int64_t value;
        int again;
    } cases[] = {{MLP_TRAINER_SEED, 0, 0},    {MLP_TRAINER_SEED, 1, 1},   {MLP_TRAINER_SHUFFLE, 1, 0},
                 {MLP_TRAINER_SHUFFLE, 0, 1}, {MLP_TRAINER_EPOCHS, 3, 0}, {MLP_TRAINER_BATCH, 2, 0}};
    const T(samples) s = T(draw_samples)();
    mlp_data *data = T(data)(), *fewer = NULL;
    (void)state;
    accepted(mlp_data_create(REAL_DTYPE, SAMPLES - 1, &fewer));
    accepted(T(mlp_data_set_inputs)(fewer, N_IN, s.x, N_IN));
    accepted(T(mlp_data_set_targets)(fewer, N_OUT, s.t, N_OUT));
    for (size_t i = 0; i <= sizeof cases / sizeof *cases; i++) {
        const int resized = i == sizeof cases / sizeof *cases;
        diary d = {.stop_at = 1};
        mlp_trainer *trainer = T(idle)(&d);
        assert_int_equal(mlp_trainer_epoch(trainer, data, NULL), MLP_STOPPED);
        if (!resized)
            accepted(mlp_trainer_set_int(trainer, cases[i].option, cases[i].value));
        d.stop_at = 2;
        assert_int_equal(mlp_trainer_epoch(trainer, resized ? fewer : data, NULL), MLP_STOPPED);
        const int64_t step = resized || cases[i].option != MLP_TRAINER_BATCH ? BATCH : 2;
        assert_int_equal(d.samples, resized || cases[i].again ? step : BATCH + step);
        mlp_trainer_destroy(trainer);
    }
    mlp_data_destroy(data);
    mlp_data_destroy(fewer);
}

/* Stopped after every step and called again: the bits, losses and epochs of the run nobody stopped. */
static int32_t T(stop)(int32_t event, int64_t epoch, int64_t step, int64_t samples, double loss,
                       void *context)
{
    int *epochs = context;
    (void)epoch;
    (void)step;
    (void)samples;
    (void)loss;
    *epochs += event == MLP_EVENT_EPOCH;
    return event == MLP_EVENT_STEP;
}

static void T(test_go_on)(void **state)
{
    enum { EPOCHS = 3 };
    mlp_data *data = T(data)();
    (void)state;
    for (int64_t shuffle = 0; shuffle < 2; shuffle++) {
        mlp_trainer *whole = prepared(REAL_DTYPE, MLP_SQUARED_ERROR),
                    *parts = prepared(REAL_DTYPE, MLP_SQUARED_ERROR);
        REAL a[PARAMS], b[PARAMS];
        double loss = 0, again = 0;
        int calls = 1, epochs = 0;
        accepted(mlp_trainer_set_int(whole, MLP_TRAINER_SHUFFLE, shuffle));
        accepted(mlp_trainer_set_int(parts, MLP_TRAINER_SHUFFLE, shuffle));
        accepted(mlp_trainer_set_callback(parts, T(stop), &epochs, NULL));
        for (int epoch = 0; epoch < EPOCHS; epoch++) {
            accepted(mlp_trainer_epoch(whole, data, &loss));
            for (; mlp_trainer_epoch(parts, data, &again) == MLP_STOPPED; calls++)
                assert_int_equal(mlp_trainer_epoch_count(parts), epoch);
            assert_int_equal(mlp_trainer_epoch_count(parts), epoch + 1);
            assert_true(loss == again);
        }
        assert_int_equal(calls, 3 * EPOCHS + 1);
        assert_int_equal(epochs, EPOCHS);
        assert_int_equal(mlp_trainer_step_count(parts), 3 * EPOCHS);
        T(get_theta)(whole, a);
        T(get_theta)(parts, b);
        assert_memory_equal(a, b, sizeof a);
        mlp_trainer_destroy(whole);
        mlp_trainer_destroy(parts);
    }
    mlp_data_destroy(data);
}

/* NaN in a borrowed array is found before the step that would use it, and the steps before it stand. */
static void T(test_not_finite_data)(void **state)
{
    T(samples) s = T(draw_samples)();
    mlp_trainer *trainer = prepared(REAL_DTYPE, MLP_SQUARED_ERROR),
                *one = prepared(REAL_DTYPE, MLP_SQUARED_ERROR);
    mlp_data *data = NULL;
    REAL a[PARAMS], b[PARAMS];
    double loss = 77;
    (void)state;
    accepted(mlp_data_create(REAL_DTYPE, SAMPLES, &data));
    accepted(T(mlp_data_borrow_inputs)(data, N_IN, s.x, N_IN));
    accepted(T(mlp_data_borrow_targets)(data, N_OUT, s.t, N_OUT));
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_SHUFFLE, 0));
    s.x[7 * N_IN] = (REAL)NAN;
    refused(mlp_trainer_epoch(trainer, data, &loss), MLP_ERR_NUMERIC, "x: element 0 of sample 7 is ");
    assert_non_null(strstr(mlp_trainer_last_error(trainer), "step 2 was not taken"));
    assert_int_equal(mlp_trainer_step_count(trainer), 1);
    assert_int_equal(mlp_trainer_epoch_count(trainer), 0);
    assert_true(loss == 77);
    accepted(T(mlp_trainer_step)(one, BATCH, s.x, N_IN, s.t, N_OUT, NULL, NULL));
    T(get_theta)(trainer, a);
    T(get_theta)(one, b);
    assert_memory_equal(a, b, sizeof a);
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_SHUFFLE, 1));
    refused(mlp_trainer_epoch(trainer, data, &loss), MLP_ERR_NUMERIC, "x: element 0 of sample 7 is ");
    assert_true(loss == 77);
    s.x[7 * N_IN] = 0;
    accepted(mlp_trainer_epoch(trainer, data, &loss));
    assert_true(loss != 77);
    mlp_data_destroy(data);
    mlp_trainer_destroy(trainer);
    mlp_trainer_destroy(one);
}

/* Calls that would change the trainer are refused while its callback runs. */
static int32_t T(meddle)(int32_t event, int64_t epoch, int64_t step, int64_t samples, double loss,
                         void *context)
{
    const T(samples) s = T(draw_samples)();
    mlp_trainer *trainer = context;
    REAL theta[PARAMS];
    (void)event;
    (void)epoch;
    (void)samples;
    (void)loss;
    refused(T(mlp_trainer_step)(trainer, 1, s.x, N_IN, s.t, N_OUT, NULL, NULL), MLP_ERR_STATE, "trainer: ");
    refused(T(mlp_trainer_apply_gradient)(trainer, s.x), MLP_ERR_STATE, "trainer: ");
    refused(mlp_trainer_prepare(trainer, 1, 1), MLP_ERR_STATE, "trainer: ");
    refused(mlp_trainer_set_int(trainer, MLP_TRAINER_SEED, 1), MLP_ERR_STATE, "trainer: ");
    refused(mlp_trainer_set_callback(trainer, NULL, NULL, NULL), MLP_ERR_STATE, "trainer: ");
    refused(mlp_trainer_epoch(trainer, NULL, NULL), MLP_ERR_STATE, "trainer: ");
    refused(T(mlp_trainer_step_labels)(trainer, 1, s.x, N_IN, s.labels, NULL, NULL), MLP_ERR_STATE,
            "trainer: ");
    refused(mlp_trainer_set_real(trainer, MLP_TRAINER_LEARNING_RATE, 1), MLP_ERR_STATE, "trainer: ");
    refused(mlp_trainer_run(trainer, NULL, NULL), MLP_ERR_STATE, "trainer: ");
    refused(mlp_trainer_evaluate(trainer, NULL, NULL, NULL), MLP_ERR_STATE, "trainer: ");
    T(get_theta)(trainer, theta);
    assert_int_equal(mlp_trainer_step_count(trainer), step);
    return 0;
}

static void T(test_callback)(void **state)
{
    mlp_trainer *trainer = prepared(REAL_DTYPE, MLP_SQUARED_ERROR);
    mlp_data *data = T(data)();
    diary d = {0};
    double loss = 77;
    (void)state;
    accepted(mlp_trainer_set_callback(trainer, write_diary, &d, NULL));
    accepted(mlp_trainer_epoch(trainer, data, &loss));
    assert_int_equal(d.steps, 3);
    assert_int_equal(d.epochs, 1);
    assert_int_equal(d.samples, SAMPLES);
    assert_int_equal(d.epoch, 0);
    assert_true(d.loss == loss);
    d.stop_at = 5; /* the second step of the second epoch */
    assert_int_equal(mlp_trainer_run(trainer, data, &loss), MLP_STOPPED);
    assert_int_equal(mlp_trainer_step_count(trainer), 5);
    assert_int_equal(mlp_trainer_epoch_count(trainer), 1);
    assert_int_equal(d.samples, 2 * BATCH);
    assert_int_equal(d.epoch, 1);
    d.stop_at = 6; /* the last step of the epoch, which the next call ends */
    assert_int_equal(mlp_trainer_epoch(trainer, data, &loss), MLP_STOPPED);
    assert_int_equal(d.samples, SAMPLES);
    assert_int_equal(mlp_trainer_epoch_count(trainer), 1);
    assert_int_equal(d.epochs, 1);
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_EPOCHS, 2));
    accepted(mlp_trainer_run(trainer, data, &loss));
    assert_int_equal(mlp_trainer_step_count(trainer), 9);
    assert_int_equal(mlp_trainer_epoch_count(trainer), 3);
    assert_int_equal(d.epochs, 3);
    accepted(mlp_trainer_set_callback(trainer, T(meddle), trainer, NULL));
    accepted(mlp_trainer_epoch(trainer, data, &loss));
    accepted(mlp_trainer_set_callback(trainer, NULL, NULL, NULL));
    mlp_data_destroy(data);
    mlp_trainer_destroy(trainer);
}

static void T(test_cancel)(void **state)
{
    mlp_trainer *trainer = prepared(REAL_DTYPE, MLP_SQUARED_ERROR);
    mlp_data *data = T(data)();
    diary d = {.trainer = trainer, .cancel_at = 4};
    double loss = 77;
    (void)state;
    mlp_trainer_cancel(trainer);
    assert_int_equal(mlp_trainer_epoch(trainer, data, &loss), MLP_STOPPED);
    assert_true(loss == 77 && mlp_trainer_step_count(trainer) == 0);
    accepted(mlp_trainer_set_callback(trainer, write_diary, &d, NULL));
    assert_int_equal(mlp_trainer_run(trainer, data, &loss), MLP_STOPPED);
    assert_int_equal(mlp_trainer_step_count(trainer), 4);
    assert_int_equal(mlp_trainer_epoch_count(trainer), 1);
    assert_true(loss != 77);
    mlp_trainer_cancel(trainer);
    assert_int_equal(mlp_trainer_epoch(trainer, data, &loss), MLP_STOPPED);
    assert_int_equal(mlp_trainer_step_count(trainer), 4);
    accepted(mlp_trainer_epoch(trainer, data, &loss));
    assert_int_equal(mlp_trainer_step_count(trainer), 6);
    mlp_data_destroy(data);
    mlp_trainer_destroy(trainer);
}

/* Loss and accuracy against the forward pass, in batches that do not divide the data set. */
static void T(test_evaluate)(void **state)
{
    const T(samples) s = T(draw_samples)();
    mlp_trainer *trainer = prepared(REAL_DTYPE, MLP_SOFTMAX_CROSS_ENTROPY);
    mlp_model *model = create_model(REAL_DTYPE);
    mlp_workspace *workspace = NULL;
    mlp_data *data = T(data)();
    REAL y[SAMPLES * N_OUT];
    double loss = 0, accuracy = 0, expected = 0, right = 0, weight = 0;
    (void)state;
    accepted(mlp_workspace_create(model, SAMPLES, 1, MLP_USE_FORWARD, &workspace));
    accepted(T(mlp_forward)(model, workspace, SAMPLES, s.x, N_IN, y, N_OUT));
    accepted(mlp_trainer_evaluate(trainer, data, &loss, &accuracy));
    accepted(T(mlp_loss_evaluate)(MLP_SOFTMAX_CROSS_ENTROPY, SAMPLES, N_OUT, y, N_OUT, s.t, N_OUT, NULL,
                                  &expected, NULL, 0));
    assert_true(fabs(loss - expected) < 1e-5 * fabs(expected) && isnan(accuracy));
    accepted(mlp_data_set_labels(data, N_OUT, s.labels));
    accepted(T(mlp_data_set_weights)(data, s.weights));
    accepted(mlp_trainer_evaluate(trainer, data, &loss, &accuracy));
    accepted(T(mlp_loss_evaluate_labels)(MLP_SOFTMAX_CROSS_ENTROPY, SAMPLES, N_OUT, y, N_OUT, s.labels,
                                         s.weights, &expected, NULL, 0));
    for (int k = 0; k < SAMPLES; k++) {
        int best = 0;
        for (int p = 1; p < N_OUT; p++)
            best = y[k * N_OUT + p] > y[k * N_OUT + best] ? p : best;
        right += best == s.labels[k] ? (double)s.weights[k] : 0;
        weight += (double)s.weights[k];
    }
    assert_true(fabs(loss - expected) < 1e-5 * expected && fabs(accuracy - right / weight) < 1e-12);
    assert_true(accuracy > 0 && accuracy < 1);
    accepted(mlp_trainer_evaluate(trainer, data, NULL, NULL));
    assert_int_equal(mlp_trainer_step_count(trainer), 0);
    mlp_data_destroy(data);
    mlp_workspace_destroy(workspace);
    mlp_model_destroy(model);
    mlp_trainer_destroy(trainer);
}

/* A batch whose samples all have weight 0 has no loss and no gradient. */
static void T(test_weightless_batch)(void **state)
{
    REAL weights[SAMPLES] = {0}, before[PARAMS], after[PARAMS];
    mlp_trainer *trainer = create_trainer(REAL_DTYPE);
    mlp_data *data = T(data)();
    diary d = {.stop_at = 1};
    double loss = 77;
    (void)state;
    weights[SAMPLES - 1] = 1;
    accepted(T(mlp_data_set_weights)(data, weights));
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_SHUFFLE, 0));
    accepted(mlp_trainer_prepare(trainer, BATCH, 1));
    accepted(mlp_trainer_set_callback(trainer, write_diary, &d, NULL));
    T(get_theta)(trainer, before);
    assert_int_equal(mlp_trainer_epoch(trainer, data, &loss), MLP_STOPPED);
    T(get_theta)(trainer, after);
    assert_memory_equal(before, after, sizeof before);
    assert_true(loss == 0 && d.loss == 0);
    accepted(mlp_trainer_epoch(trainer, data, &loss));
    assert_true(loss > 0);
    mlp_data_destroy(data);
    mlp_trainer_destroy(trainer);
}
