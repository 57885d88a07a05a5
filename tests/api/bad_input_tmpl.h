/* Template: bad input in one number type. */

/* A prepared trainer, and a data set with inputs that the rows of the table make worse. */
typedef struct T(world) {
    mlp_trainer *trainer;
    mlp_data *data, *made;
    REAL x[N_IN * SAMPLES], t[N_OUT * SAMPLES], weights[SAMPLES];
} T(world);

static mlp_trainer *T(trainer)(mlp_loss loss, mlp_engine engine, mlp_activation hidden)
{
    mlp_model *model = NULL;
    mlp_trainer *trainer = NULL;
    accepted(mlp_model_create(REAL_DTYPE, 2, widths, hidden, &model));
    accepted(mlp_model_initialize(model, MLP_INIT_GLOROT_UNIFORM, 7));
    accepted(mlp_trainer_create(model, &trainer));
    mlp_model_destroy(model);
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_LOSS, loss));
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_ENGINE, engine));
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_SHUFFLE, 0));
    return trainer;
}

static void T(get_theta)(const mlp_trainer *trainer, REAL theta[PARAMS])
{
    mlp_model *model = NULL;
    accepted(mlp_model_create(REAL_DTYPE, 2, widths, MLP_TANH, &model));
    if (mlp_trainer_get_model(trainer, model) != MLP_OK) { /* another activation */
        mlp_model_destroy(model);
        accepted(mlp_model_create(REAL_DTYPE, 2, widths, MLP_RELU, &model));
        accepted(mlp_trainer_get_model(trainer, model));
    }
    accepted(T(mlp_model_get_params)(model, 0, PARAMS, theta));
    mlp_model_destroy(model);
}

static void T(create_world)(T(world) *w)
{
    *w = (T(world)){.made = (mlp_data *)(uintptr_t)64};
    w->trainer = T(trainer)(MLP_SQUARED_ERROR, MLP_ENGINE_AUTO, MLP_TANH);
    accepted(mlp_trainer_prepare(w->trainer, BATCH, 1));
    for (int i = 0; i < N_IN * SAMPLES; i++)
        w->x[i] = (REAL)(i % 7) / 7;
    for (int i = 0; i < N_OUT * SAMPLES; i++)
        w->t[i] = (REAL)(i % 5) / 5;
    for (int i = 0; i < SAMPLES; i++)
        w->weights[i] = 1;
    accepted(mlp_data_create(REAL_DTYPE, SAMPLES, &w->data));
    accepted(T(mlp_data_borrow_inputs)(w->data, N_IN, w->x, N_IN));
}

static void T(destroy_world)(T(world) *w)
{
    mlp_data_destroy(w->data);
    mlp_trainer_destroy(w->trainer);
}

/* ---- The rows: each does one wrong thing and returns the status of it ---- */

static mlp_status T(no_samples)(T(world) *w)
{
    return mlp_data_create(REAL_DTYPE, 0, &w->made);
}

static mlp_status T(empty_subset)(T(world) *w)
{
    static const int64_t none[1] = {0};
    return mlp_data_subset(w->data, 0, none, &w->made);
}

static mlp_status T(nothing_set)(T(world) *w)
{
    mlp_data *bare = NULL;
    accepted(mlp_data_create(REAL_DTYPE, SAMPLES, &bare));
    const mlp_status status = mlp_trainer_epoch(w->trainer, bare, NULL);
    mlp_data_destroy(bare);
    return status;
}

static mlp_status T(no_targets)(T(world) *w)
{
    return mlp_trainer_epoch(w->trainer, w->data, NULL);
}

static mlp_status T(other_type)(T(world) *w)
{
    mlp_data *other = NULL;
    accepted(mlp_data_create(OTHER, SAMPLES, &other));
    const mlp_status status = mlp_trainer_epoch(w->trainer, other, NULL);
    mlp_data_destroy(other);
    return status;
}

static mlp_status T(narrow_inputs)(T(world) *w)
{
    accepted(T(mlp_data_borrow_inputs)(w->data, N_IN - 1, w->x, N_IN));
    accepted(mlp_data_set_labels(w->data, N_OUT, good_labels));
    return mlp_trainer_run(w->trainer, w->data, NULL);
}

static mlp_status T(narrow_targets)(T(world) *w)
{
    accepted(T(mlp_data_borrow_targets)(w->data, N_OUT - 1, w->t, N_OUT));
    return mlp_trainer_epoch(w->trainer, w->data, NULL);
}

static mlp_status T(more_classes)(T(world) *w)
{
    accepted(mlp_data_set_labels(w->data, N_OUT + 1, good_labels));
    return mlp_trainer_epoch(w->trainer, w->data, NULL);
}

static mlp_status T(label_of_set)(T(world) *w)
{
    const int32_t labels[SAMPLES] = {0, 1, 2, 3, 4};
    return mlp_data_set_labels(w->data, N_OUT, labels);
}

static mlp_status T(negative_label)(T(world) *w)
{
    const int32_t labels[SAMPLES] = {0, 1, -2};
    return mlp_data_set_labels(w->data, N_OUT, labels);
}

static mlp_status T(label_of_step)(T(world) *w)
{
    const int32_t labels[BATCH] = {0, 1, 2, N_OUT};
    return T(mlp_trainer_step_labels)(w->trainer, BATCH, w->x, N_IN, labels, NULL, NULL);
}

static mlp_status T(negative_weight)(T(world) *w)
{
    w->weights[6] = -1;
    return T(mlp_data_set_weights)(w->data, w->weights);
}

static mlp_status T(nan_weight)(T(world) *w)
{
    w->weights[2] = (REAL)NAN;
    return T(mlp_data_set_weights)(w->data, w->weights);
}

static mlp_status T(no_weight)(T(world) *w)
{
    const REAL zeros[SAMPLES] = {0};
    return T(mlp_data_set_weights)(w->data, zeros);
}

static mlp_status T(weight_of_step)(T(world) *w)
{
    w->weights[3] = -1;
    return T(mlp_trainer_step)(w->trainer, BATCH, w->x, N_IN, w->t, N_OUT, w->weights, NULL);
}

static mlp_status T(negative_class_weight)(T(world) *w)
{
    const REAL by_class[N_OUT] = {1, 1, -3, 1};
    accepted(mlp_data_set_labels(w->data, N_OUT, good_labels));
    return T(mlp_data_apply_class_weights)(w->data, by_class);
}

static mlp_status T(large_step)(T(world) *w)
{
    return T(mlp_trainer_step)(w->trainer, BATCH + 1, w->x, N_IN, w->t, N_OUT, NULL, NULL);
}

static mlp_status T(large_batch)(T(world) *w)
{
    return mlp_trainer_set_int(w->trainer, MLP_TRAINER_BATCH, BATCH + 1);
}

static mlp_status T(nan_input)(T(world) *w)
{
    w->x[1 + 3 * N_IN] = (REAL)NAN;
    accepted(mlp_data_set_labels(w->data, N_OUT, good_labels));
    return mlp_trainer_epoch(w->trainer, w->data, NULL);
}

static mlp_status T(infinite_target)(T(world) *w)
{
    w->t[2 + 1 * N_OUT] = (REAL)-INFINITY;
    accepted(T(mlp_data_borrow_targets)(w->data, N_OUT, w->t, N_OUT));
    return mlp_trainer_epoch(w->trainer, w->data, NULL);
}

static mlp_status T(nan_without_weight)(T(world) *w)
{
    w->x[0] = (REAL)NAN;
    w->weights[0] = 0;
    return T(mlp_trainer_step)(w->trainer, BATCH, w->x, N_IN, w->t, N_OUT, w->weights, NULL);
}

static mlp_status T(nan_gradient)(T(world) *w)
{
    const REAL gradient[PARAMS] = {0, (REAL)NAN};
    return T(mlp_trainer_apply_gradient)(w->trainer, gradient);
}

static mlp_status T(nan_scaling)(T(world) *w)
{
    mlp_model *model = NULL;
    w->x[1 + 9 * N_IN] = (REAL)INFINITY;
    accepted(mlp_model_create(REAL_DTYPE, 2, widths, MLP_TANH, &model));
    const mlp_status status = mlp_model_fit_input_scaling(model, w->data, MLP_SCALING_STANDARD);
    mlp_model_destroy(model);
    return status;
}

static void T(test_table)(void **state)
{
    static const struct {
        mlp_status (*play)(T(world) *w);
        mlp_status status;
        const char *word;
    } rows[] = {
        {T(no_samples), MLP_ERR_SIZE, "samples = 0: must be"},
        {T(empty_subset), MLP_ERR_SIZE, "count = 0: must be"},
        {T(nothing_set), MLP_ERR_STATE, "data: has no inputs"},
        {T(no_targets), MLP_ERR_STATE, "data: has neither targets nor labels"},
        {T(other_type), MLP_ERR_DTYPE, "data is"},
        {T(narrow_inputs), MLP_ERR_SIZE, "data: has 1 features a sample: the model has 2 inputs"},
        {T(narrow_targets), MLP_ERR_SIZE, "data: has 3 targets a sample: the model has 4 outputs"},
        {T(more_classes), MLP_ERR_ARGUMENT, "data: has 5 classes: the model has 4 outputs"},
        {T(label_of_set), MLP_ERR_ARGUMENT, "labels[4] = 4: must be 0 to 3"},
        {T(negative_label), MLP_ERR_ARGUMENT, "labels[2] = -2: must be 0 to 3"},
        {T(label_of_step), MLP_ERR_ARGUMENT, "labels[3] = 4: must be 0 to 3"},
        {T(negative_weight), MLP_ERR_ARGUMENT, "weights[6] = -1: must be finite and at least 0"},
        {T(nan_weight), MLP_ERR_ARGUMENT, "weights[2] = nan: must be finite and at least 0"},
        {T(no_weight), MLP_ERR_ARGUMENT, "weights: sum to 0: the sum must be finite and greater than 0"},
        {T(weight_of_step), MLP_ERR_ARGUMENT, "weights[3] = -1: must be finite and at least 0"},
        {T(negative_class_weight), MLP_ERR_ARGUMENT, "class_weights[2] = -3: must be finite and at least 0"},
        {T(large_step), MLP_ERR_SIZE, "batch = 5: must be"},
        {T(large_batch), MLP_ERR_ARGUMENT, "value = 5: batch must be at most the prepared maximum, 4"},
        {T(nan_input), MLP_ERR_NUMERIC, "x: element 1 of sample 3 is nan: step 1 was not taken"},
        {T(infinite_target), MLP_ERR_NUMERIC, "t: element 2 of sample 1 is -inf: step 1 was not taken"},
        {T(nan_without_weight), MLP_ERR_NUMERIC, "x: element 0 of sample 0 is nan: step 1 was not taken"},
        {T(nan_gradient), MLP_ERR_NUMERIC, "gradient is not finite: step 1 was not taken"},
        {T(nan_scaling), MLP_ERR_NUMERIC, "data: element 1 of the inputs of sample 9 is inf: must be finite"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        T(world) w;
        REAL before[PARAMS], after[PARAMS];
        T(create_world)(&w);
        T(get_theta)(w.trainer, before);
        refused(rows[i].play(&w), rows[i].status, rows[i].word);
        T(get_theta)(w.trainer, after);
        assert_memory_equal(before, after, sizeof before);
        assert_int_equal(mlp_trainer_step_count(w.trainer) + mlp_trainer_epoch_count(w.trainer), 0);
        assert_true(w.made == NULL || w.made == (mlp_data *)(uintptr_t)64);
        T(destroy_world)(&w);
    }
}

/* ---- Every loss, engine and way of stepping looks at every number ---- */

/* Element `at` of sample 2 of a batch is `value`. */
static void T(refuse_number)(mlp_loss loss, mlp_engine engine, mlp_activation hidden, int64_t batch,
                             int target, int at, double value)
{
    REAL x[N_IN * SAMPLES], t[N_OUT * SAMPLES], before[PARAMS], after[PARAMS];
    mlp_trainer *trainer = T(trainer)(loss, engine, hidden);
    char word[80];
    accepted(mlp_trainer_prepare(trainer, SAMPLES, 1));
    for (int i = 0; i < N_IN * SAMPLES; i++)
        x[i] = (REAL)(i % 7 - 3) / 2;
    for (int i = 0; i < N_OUT * SAMPLES; i++)
        t[i] = i % N_OUT == 0;
    T(get_theta)(trainer, before);
    (target ? t + 2 * N_OUT : x + 2 * N_IN)[at] = (REAL)value;
    snprintf(word, sizeof word, "%c: element %d of sample 2 is %s%s: step 1 was not taken",
             target ? 't' : 'x', at, value < 0 ? "-" : "", isnan(value) ? "nan" : "inf");
    if (T(mlp_trainer_step)(trainer, batch, x, N_IN, t, N_OUT, NULL, NULL) != MLP_ERR_NUMERIC ||
        !strstr(mlp_last_error(), word))
        fail_msg("%s, %s, %s, batch %d: \"%s\", expected \"%s\"", mlp_loss_name(loss),
                 mlp_engine_name(engine), mlp_activation_name(hidden), (int)batch, mlp_last_error(), word);
    T(get_theta)(trainer, after);
    assert_memory_equal(before, after, sizeof before);
    mlp_trainer_destroy(trainer);
}

/* How many of a sample's targets a loss looks at. */
static int T(targets_of)(mlp_loss loss)
{
    return loss == MLP_GAUSSIAN_NLL ? N_OUT / 2 : N_OUT;
}

/* What a loss does not look at may be anything, and is no reason to skip. */
static void T(test_unused)(void **state)
{
    T(world) w;
    T(create_world)(&w);
    (void)state;
    for (int form = 0; form < 4; form++) {
        mlp_trainer *trainer =
            T(trainer)(MLP_GAUSSIAN_NLL, form & 1 ? MLP_ENGINE_BLAS : MLP_ENGINE_NATIVE, MLP_TANH);
        accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_SKIP_NONFINITE, form >> 1));
        accepted(mlp_trainer_prepare(trainer, SAMPLES, 1));
        w.t[2 * N_OUT + N_OUT / 2] = (REAL)NAN;
        accepted(T(mlp_trainer_step)(trainer, SAMPLES, w.x, N_IN, w.t, N_OUT, NULL, NULL));
        assert_int_equal(mlp_trainer_skipped_count(trainer), 0);
        mlp_trainer_destroy(trainer);
    }
    T(destroy_world)(&w);
}

static void T(test_numbers)(void **state)
{
    static const double values[] = {NAN, INFINITY, -INFINITY};
    static const int64_t batches[] = {3, SAMPLES};
    (void)state;
    for (mlp_loss loss = 1; mlp_loss_name(loss); loss++)
        for (int form = 0; form < 48; form++)
            for (int at = 0; at < (form & 8 ? T(targets_of)(loss) : N_IN); at++)
                T(refuse_number)(loss, form & 1 ? MLP_ENGINE_BLAS : MLP_ENGINE_NATIVE,
                                 form & 2 ? MLP_RELU : MLP_TANH, batches[form >> 2 & 1], form >> 3 & 1, at,
                                 values[form >> 4]);
}

/* A batch larger than the data set is one step on all of it. */
static void T(test_large)(void **state)
{
    T(world) w;
    mlp_trainer *large = T(trainer)(MLP_SQUARED_ERROR, MLP_ENGINE_AUTO, MLP_TANH);
    mlp_trainer *step = T(trainer)(MLP_SQUARED_ERROR, MLP_ENGINE_AUTO, MLP_TANH);
    REAL theta[PARAMS], expected[PARAMS];
    double loss = 0, of_step = 1;
    (void)state;
    T(create_world)(&w);
    accepted(T(mlp_data_set_targets)(w.data, N_OUT, w.t, N_OUT));
    accepted(mlp_trainer_prepare(large, 3 * SAMPLES, 1));
    accepted(mlp_trainer_set_int(large, MLP_TRAINER_BATCH, 2 * SAMPLES));
    accepted(mlp_trainer_prepare(step, SAMPLES, 1));
    accepted(mlp_trainer_epoch(large, w.data, &loss));
    accepted(T(mlp_trainer_step)(step, SAMPLES, w.x, N_IN, w.t, N_OUT, NULL, &of_step));
    assert_int_equal(mlp_trainer_step_count(large), 1);
    assert_true(loss == of_step);
    T(get_theta)(large, theta);
    T(get_theta)(step, expected);
    assert_memory_equal(theta, expected, sizeof theta);
    mlp_trainer_destroy(large);
    mlp_trainer_destroy(step);
    T(destroy_world)(&w);
}
