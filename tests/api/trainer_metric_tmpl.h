/* Template: metrics of a trainer's model on data sets. */

enum { T(IN) = 3 };

static mlp_trainer *T(trainer)(int64_t n_out, int64_t max_batch)
{
    const int64_t widths[] = {T(IN), 4, n_out};
    mlp_model *model = NULL;
    mlp_trainer *trainer = NULL;
    accepted(mlp_model_create(REAL_DTYPE, 2, widths, MLP_TANH, &model));
    accepted(mlp_model_initialize(model, MLP_INIT_LECUN_NORMAL, 3));
    accepted(mlp_trainer_create(model, &trainer));
    mlp_model_destroy(model);
    if (max_batch)
        accepted(mlp_trainer_prepare(trainer, max_batch, 1));
    return trainer;
}

/* The model's outputs for x. */
static void T(outputs)(const mlp_trainer *trainer, int64_t n_out, const REAL *x, REAL *y)
{
    const int64_t widths[] = {T(IN), 4, n_out};
    mlp_model *model = NULL;
    mlp_workspace *workspace = NULL;
    accepted(mlp_model_create(REAL_DTYPE, 2, widths, MLP_TANH, &model));
    accepted(mlp_trainer_get_model(trainer, model));
    accepted(mlp_workspace_create(model, MOST, 1, MLP_USE_FORWARD, &workspace));
    accepted(T(mlp_forward)(model, workspace, MOST, x, T(IN), y, n_out));
    mlp_workspace_destroy(workspace);
    mlp_model_destroy(model);
}

/* Targets near the outputs, so that metrics lie between their extremes; the labels are theirs. */
static void T(draw_samples)(draw *d, const mlp_trainer *trainer, int64_t n, REAL *x, REAL *y, REAL *t,
                            REAL *weights, int32_t *labels)
{
    for (int i = 0; i < T(IN) *MOST; i++)
        x[i] = (REAL)draw_real(d, -2, 2);
    T(outputs)(trainer, n, x, y);
    for (int64_t s = 0; s < MOST; s++) {
        for (int64_t p = 0; p < n; p++)
            t[p + s * n] = y[p + s * n] + (REAL)draw_real(d, -1, 1);
        weights[s] = s % 5 == 4 ? 0 : (REAL)draw_real(d, 0.1, 3);
        labels[s] = T(largest)(n, t + s * n, 0.5);
    }
}

/*
 * The same as those of the outputs themselves, whatever the batches, a last one of one sample in another order of summation
 * among them; and labels say what evaluation says.
 */
static void T(check_trainer)(mlp_trainer *trainer, mlp_data *data, int64_t n, const REAL *y, const REAL *t,
                             const REAL *weights, const int32_t *labels)
{
    const int64_t classes = n == 1 ? 2 : n;
    int64_t counts[WIDEST * WIDEST], expected[WIDEST * WIDEST];
    double value = 0, direct = 0, accuracy = 0;
    for (mlp_metric metric = 1; mlp_metric_name(metric); metric++) {
        accepted(mlp_trainer_metric(trainer, data, metric, 1, &value));
        accepted(T(mlp_metric_evaluate)(metric, 1, MOST, n, y, n, t, n, weights, &direct));
        T(check_value)(metric, value, direct, 8 * EPS);
    }
    accepted(mlp_trainer_confusion(trainer, data, 1, counts));
    accepted(T(mlp_metric_confusion)(1, MOST, n, y, n, t, n, expected));
    assert_memory_equal(counts, expected, (size_t)(classes * classes) * sizeof *counts);
    accepted(mlp_data_set_labels(data, (int32_t)classes, labels));
    accepted(mlp_trainer_metric(trainer, data, MLP_METRIC_ACCURACY, 1, &value));
    accepted(T(mlp_metric_evaluate_labels)(MLP_METRIC_ACCURACY, 1, MOST, n, y, n, labels, weights, &direct));
    T(check_value)(MLP_METRIC_ACCURACY, value, direct, 8 * EPS);
    if (n > 1) {
        accepted(mlp_trainer_evaluate(trainer, data, NULL, &accuracy));
        assert_true(accuracy == value && value > 0.1 && value < 0.99);
    }
    accepted(mlp_trainer_confusion(trainer, data, 1, counts));
    assert_memory_equal(counts, expected, (size_t)(classes * classes) * sizeof *counts);
}

static void T(test_trainer)(void **state)
{
    static const int64_t widths[] = {1, 2, 5}, batches[] = {2, 13, MOST};
    static REAL x[T(IN) *MOST], y[5 * MOST], t[5 * MOST], weights[MOST];
    static int32_t labels[MOST];
    draw d = {77};
    (void)state;
    for (int round = 0; round < 9; round++) {
        const int64_t n = widths[round % 3];
        const REAL *w = round % 2 ? weights : NULL;
        mlp_trainer *trainer = T(trainer)(n, batches[round / 3]);
        mlp_data *data = NULL;
        T(draw_samples)(&d, trainer, n, x, y, t, weights, labels);
        accepted(mlp_data_create(REAL_DTYPE, MOST, &data));
        accepted(T(mlp_data_borrow_inputs)(data, T(IN), x, T(IN)));
        accepted(T(mlp_data_borrow_targets)(data, n, t, n));
        accepted(T(mlp_data_set_weights)(data, w));
        T(check_trainer)(trainer, data, n, y, t, w, labels);
        mlp_data_destroy(data);
        mlp_trainer_destroy(trainer);
    }
}

static void T(refuse_trainer)(mlp_trainer *trainer, const mlp_data *data, mlp_metric metric, double parameter,
                              mlp_status status, const char *word)
{
    double value = 77;
    refused(mlp_trainer_metric(trainer, data, metric, parameter, &value), status, word);
    assert_true(value == 77);
}

static void T(refuse_counts)(mlp_trainer *trainer, const mlp_data *data, double bound, mlp_status status,
                             const char *word)
{
    int64_t counts[4] = {77};
    refused(mlp_trainer_confusion(trainer, data, bound, counts), status, word);
    assert_true(counts[0] == 77);
}

static void T(refuse_both)(mlp_trainer *trainer, const mlp_data *data, mlp_status status, const char *word)
{
    T(refuse_trainer)(trainer, data, MLP_METRIC_ACCURACY, 0, status, word);
    T(refuse_counts)(trainer, data, 0, status, word);
}

static void T(test_trainer_refused)(void **state)
{
    static const REAL x[(T(IN) + 1) * 2] = {0};
    static const int32_t labels[2] = {0, 1};
    mlp_trainer *bare = T(trainer)(1, 0), *trainer = T(trainer)(1, 2);
    mlp_data *data = NULL, *other = NULL;
    (void)state;
    accepted(mlp_data_create(REAL_DTYPE, 2, &data));
    accepted(mlp_data_create(OTHER, 2, &other));
    T(refuse_both)(NULL, data, MLP_ERR_ARGUMENT, "trainer = NULL");
    T(refuse_both)(bare, data, MLP_ERR_STATE, "trainer: is not prepared");
    T(refuse_both)(trainer, NULL, MLP_ERR_ARGUMENT, "data = NULL");
    T(refuse_both)(trainer, other, MLP_ERR_DTYPE, "data is");
    T(refuse_both)(trainer, data, MLP_ERR_STATE, "data: has no inputs");
    accepted(T(mlp_data_set_inputs)(data, T(IN), x, T(IN)));
    T(refuse_both)(trainer, data, MLP_ERR_STATE, "data: has neither targets nor labels");
    accepted(T(mlp_data_set_targets)(data, 2, x, 2));
    T(refuse_both)(trainer, data, MLP_ERR_SIZE, "data: has 2 targets");
    accepted(mlp_data_set_labels(data, 3, labels));
    T(refuse_both)(trainer, data, MLP_ERR_ARGUMENT, "data: has 3 classes");
    accepted(mlp_data_set_labels(data, 2, labels));
    T(refuse_trainer)(trainer, data, MLP_METRIC_TOP_K, 1, MLP_ERR_ARGUMENT, "data: has 2 classes");
    for (mlp_metric metric = MLP_METRIC_RMSE; mlp_metric_name(metric); metric++)
        T(refuse_trainer)(trainer, data, metric, 0, MLP_ERR_STATE, "needs targets");
    T(refuse_trainer)(trainer, data, 0, 0, MLP_ERR_ARGUMENT, "metric = 0");
    T(refuse_trainer)(trainer, data, MLP_METRIC_TOP_K, 2, MLP_ERR_ARGUMENT, "parameter = 2");
    T(refuse_counts)(trainer, data, NAN, MLP_ERR_ARGUMENT, "bound = ");
    refused(mlp_trainer_metric(trainer, data, MLP_METRIC_ACCURACY, 0, NULL), MLP_ERR_ARGUMENT,
            "value = NULL");
    refused(mlp_trainer_confusion(trainer, data, 0, NULL), MLP_ERR_ARGUMENT, "counts = NULL");
    assert_non_null(strstr(mlp_trainer_last_error(trainer), "counts = NULL"));
    accepted(T(mlp_data_set_inputs)(data, T(IN) + 1, x, T(IN) + 1));
    T(refuse_both)(trainer, data, MLP_ERR_SIZE, "data: has 4 features");
    mlp_data_destroy(data);
    mlp_data_destroy(other);
    mlp_trainer_destroy(bare);
    mlp_trainer_destroy(trainer);
}

/* An activation that fails in the second batch: nothing is written. */
static void T(test_callback)(void **state)
{
    static const int64_t widths[] = {T(IN), 4, 2};
    static const REAL x[T(IN) * 4] = {0};
    int calls = 0;
    mlp_activation activation = 0;
    mlp_model *model = NULL;
    mlp_trainer *trainer = NULL;
    mlp_data *data = NULL;
    (void)state;
    accepted(mlp_activation_register("second_fails", 1, second_fails, &calls, NULL, &activation));
    accepted(mlp_model_create(REAL_DTYPE, 2, widths, activation, &model));
    accepted(mlp_model_initialize(model, MLP_INIT_ZEROS, 0));
    accepted(mlp_trainer_create(model, &trainer));
    accepted(mlp_trainer_prepare(trainer, 2, 1));
    accepted(mlp_data_create(REAL_DTYPE, 4, &data));
    accepted(T(mlp_data_set_inputs)(data, T(IN), x, T(IN)));
    accepted(T(mlp_data_set_targets)(data, 2, x, 2));
    for (mlp_metric metric = 1; mlp_metric_name(metric); metric++) {
        calls = 0;
        T(refuse_trainer)(trainer, data, metric, 1, MLP_ERR_CALLBACK, "second_fails");
        assert_int_equal(calls, 2);
    }
    calls = 0;
    T(refuse_counts)(trainer, data, 0, MLP_ERR_CALLBACK, "second_fails");
    assert_int_equal(calls, 2);
    mlp_data_destroy(data);
    mlp_trainer_destroy(trainer);
    mlp_model_destroy(model);
    accepted(mlp_activation_unregister(activation));
}

/* ---- Memory ---- */

typedef struct T(scene) {
    mlp_trainer *trainer;
    const mlp_data *data;
} T(scene);

static mlp_status T(measure)(void *context)
{
    static const REAL y[4] = {1, 2, 3, 4};
    const T(scene) *scene = context;
    int64_t counts[4] = {77};
    double value = 77;
    mlp_status status = mlp_trainer_confusion(scene->trainer, scene->data, 0, counts);
    if (status != MLP_OK)
        assert_true(counts[0] == 77);
    for (mlp_metric metric = 1; mlp_metric_name(metric) && status == MLP_OK; metric++) {
        status = mlp_trainer_metric(scene->trainer, scene->data, metric, 1, &value);
        if (status == MLP_OK)
            status = T(mlp_metric_evaluate)(metric, 1, 4, 1, y, 1, y, 1, NULL, &value);
    }
    return status;
}

/* Counts, and R2 twice; no other metric allocates. */
static void T(test_no_memory)(void **state)
{
    static const REAL x[T(IN) * 2] = {1, 2, 3, 4, 5, 6};
    mlp_data *data = NULL;
    (void)state;
    accepted(mlp_data_create(REAL_DTYPE, 2, &data));
    accepted(T(mlp_data_set_inputs)(data, T(IN), x, T(IN)));
    accepted(T(mlp_data_set_targets)(data, 1, x, 1));
    T(scene) scene = {T(trainer)(1, 2), data};
    assert_int_equal(failing_allocator_sweep(T(measure), &scene), 3);
    mlp_trainer_destroy(scene.trainer);
    mlp_data_destroy(data);
}
