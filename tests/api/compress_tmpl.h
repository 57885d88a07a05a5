/* Template: compression of layers, in one number type. */

/* Everything that is to survive: scaling, a slope, a head, metadata. */
static mlp_model *T(make)(void)
{
    static const REAL in[N_IN] = {1, 2, (REAL)0.5, -1, 1, 1}, out[N_OUT] = {3, -2, 1},
                      shift[N_IN] = {1, 2, 3};
    mlp_model *model = NULL;
    accepted(mlp_model_create(REAL_DTYPE, 3, widths, MLP_TANH, &model));
    accepted(mlp_model_set_activation(model, 2, MLP_LEAKY_RELU));
    accepted(mlp_model_set_activation_parameter(model, 2, 0.25));
    accepted(mlp_model_set_activation(model, 3, MLP_SOFTPLUS));
    accepted(mlp_model_initialize(model, MLP_INIT_LECUN_NORMAL, 4));
    for (int32_t l = 1; l <= 3; l++) {
        REAL b[WIDE];
        for (int64_t i = 0; i < widths[l]; i++)
            b[i] = (REAL)(i + l) / 7;
        accepted(T(mlp_model_set_bias)(model, l, b));
    }
    accepted(T(mlp_model_set_input_scaling)(model, in, shift));
    accepted(T(mlp_model_set_output_scaling)(model, out, shift));
    accepted(mlp_model_set_head(model, MLP_HEAD_SOFTMAX));
    accepted(mlp_model_set_metadata(model, "key", "value"));
    return model;
}

/* y of BATCH samples */
static void T(run)(const mlp_model *model, REAL *y)
{
    mlp_workspace *workspace = NULL;
    REAL x[N_IN * BATCH];
    draw d = {3};
    for (int i = 0; i < N_IN * BATCH; i++)
        x[i] = (REAL)draw_real(&d, -1, 1);
    accepted(mlp_workspace_create(model, BATCH, 1, MLP_USE_FORWARD, &workspace));
    accepted(T(mlp_forward)(model, workspace, BATCH, x, N_IN, y, N_OUT));
    mlp_workspace_destroy(workspace);
}

static void T(test_full)(void **state)
{
    (void)state;
    for (int32_t layer = 1; layer <= 3; layer++) {
        mlp_model *model = T(make)(), *compressed = NULL;
        REAL y[N_OUT * BATCH], again[N_OUT * BATCH];
        int64_t rank = 0;
        double error = -1;
        accepted(mlp_model_compress(model, layer, INT64_MAX, 0, &compressed, &rank, &error));
        assert_int_equal(rank, widths[layer] < widths[layer - 1] ? widths[layer] : widths[layer - 1]);
        assert_true(error == 0);
        T(run)(model, y);
        T(run)(compressed, again);
        for (int i = 0; i < N_OUT * BATCH; i++)
            assert_true(fabs((double)y[i] - (double)again[i]) <= 200 * EPSILON * (1 + fabs((double)y[i])));
        mlp_model_destroy(compressed);
        mlp_model_destroy(model);
    }
}

/* |A - C B|, by a model of one layer that holds the difference */
static double T(distance)(const mlp_model *model, const mlp_model *compressed, int32_t layer)
{
    const int64_t m = widths[layer], n = widths[layer - 1], r = mlp_model_width(compressed, layer);
    REAL A[WIDE * WIDE], B[WIDE * WIDE], C[WIDE * WIDE];
    double difference[WIDE * WIDE], norm = -1;
    mlp_model *held = NULL;
    accepted(T(mlp_model_get_weights)(model, layer, MLP_COLUMN_MAJOR, A, m));
    accepted(T(mlp_model_get_weights)(compressed, layer, MLP_COLUMN_MAJOR, B, r));
    accepted(T(mlp_model_get_weights)(compressed, layer + 1, MLP_COLUMN_MAJOR, C, m));
    for (int64_t j = 0; j < n; j++)
        for (int64_t i = 0; i < m; i++) {
            difference[i + j * m] = (double)A[i + j * m];
            for (int64_t k = 0; k < r; k++)
                difference[i + j * m] -= (double)C[i + k * m] * (double)B[k + j * r];
        }
    accepted(mlp_model_create(MLP_F64, 1, (const int64_t[]){n, m}, MLP_IDENTITY, &held));
    accepted(mlp_model_set_weights_f64(held, 1, MLP_COLUMN_MAJOR, difference, m));
    accepted(mlp_model_spectral_norm(held, 1, &norm));
    mlp_model_destroy(held);
    return norm;
}

/* The error told is the error made, falls with the rank, and the tolerance means what it says. */
static void T(test_error)(void **state)
{
    mlp_model *model = T(make)(), *compressed = NULL;
    double largest = 0, before, error = 0;
    (void)state;
    accepted(mlp_model_spectral_norm(model, 2, &largest));
    before = largest;
    for (int64_t r = 1; r < DEEP; r++) {
        int64_t rank = 0;
        accepted(mlp_model_compress(model, 2, r, 0, &compressed, &rank, &error));
        assert_int_equal(rank, r);
        assert_true(error > 0 && error <= before);
        assert_true(fabs(T(distance)(model, compressed, 2) - error) <= 50 * EPSILON * largest);
        mlp_model_destroy(compressed);
        accepted(
            mlp_model_compress(model, 2, INT64_MAX, error / largest * (1 + 1e-9), &compressed, &rank, NULL));
        assert_int_equal(rank, r);
        mlp_model_destroy(compressed);
        before = error;
    }
    mlp_model_destroy(model);
}

/* A layer that is of rank 3 is found to be, and one of zeros has rank 1. */
static void T(test_planted)(void **state)
{
    mlp_model *model = T(make)(), *compressed = NULL;
    REAL A[WIDE * DEEP], y[N_OUT * BATCH], again[N_OUT * BATCH];
    int64_t rank = 0;
    double error = -1;
    (void)state;
    for (int j = 0; j < WIDE; j++)
        for (int i = 0; i < DEEP; i++)
            A[i + j * DEEP] = (REAL)(cos(i) * sin(j) + 0.5 * (i % 3 - 1) * (j % 5 - 1) + 0.1 * i) / 8;
    accepted(T(mlp_model_set_weights)(model, 2, MLP_COLUMN_MAJOR, A, DEEP));
    accepted(mlp_model_compress(model, 2, INT64_MAX, 1e-5, &compressed, &rank, &error));
    assert_int_equal(rank, 3);
    assert_true(error < 20 * EPSILON);
    T(run)(model, y);
    T(run)(compressed, again);
    for (int i = 0; i < N_OUT * BATCH; i++)
        assert_true(fabs((double)y[i] - (double)again[i]) <= 200 * EPSILON * (1 + fabs((double)y[i])));
    mlp_model_destroy(compressed);
    memset(A, 0, sizeof A);
    accepted(T(mlp_model_set_weights)(model, 2, MLP_COLUMN_MAJOR, A, DEEP));
    accepted(mlp_model_compress(model, 2, INT64_MAX, 0, &compressed, &rank, &error));
    assert_true(rank == 1 && error == 0);
    T(run)(model, y);
    T(run)(compressed, again);
    assert_memory_equal(y, again, sizeof y);
    mlp_model_destroy(compressed);
    mlp_model_destroy(model);
}

/* All but the layer is as it was, to the bit. */
static void T(test_rest)(void **state)
{
    mlp_model *model = T(make)(), *compressed = NULL;
    REAL a[WIDE * WIDE], b[WIDE * WIDE], scale[2][N_IN], shift[2][N_IN];
    char value[16];
    (void)state;
    accepted(mlp_model_compress(model, 2, 2, 0, &compressed, NULL, NULL));
    assert_int_equal(mlp_model_layer_count(compressed), 4);
    assert_true(mlp_model_width(compressed, 1) == WIDE && mlp_model_width(compressed, 2) == 2);
    assert_true(mlp_model_width(compressed, 3) == DEEP && mlp_model_width(compressed, 4) == N_OUT);
    assert_int_equal(mlp_model_activation(compressed, 1), MLP_TANH);
    assert_int_equal(mlp_model_activation(compressed, 2), MLP_IDENTITY);
    assert_int_equal(mlp_model_activation(compressed, 3), MLP_LEAKY_RELU);
    assert_true(mlp_model_activation_parameter(compressed, 3) == 0.25);
    assert_int_equal(mlp_model_activation(compressed, 4), MLP_SOFTPLUS);
    for (int32_t l = 1; l <= 3; l++) {
        const int32_t at = l < 2 ? l : l + 1;
        accepted(T(mlp_model_get_bias)(model, l, a));
        accepted(T(mlp_model_get_bias)(compressed, at, b));
        assert_memory_equal(a, b, (size_t)widths[l] * sizeof *a);
        if (l == 2)
            continue;
        accepted(T(mlp_model_get_weights)(model, l, MLP_COLUMN_MAJOR, a, widths[l]));
        accepted(T(mlp_model_get_weights)(compressed, at, MLP_COLUMN_MAJOR, b, widths[l]));
        assert_memory_equal(a, b, (size_t)(widths[l] * widths[l - 1]) * sizeof *a);
    }
    accepted(T(mlp_model_get_bias)(compressed, 2, b));
    assert_true(b[0] == 0 && b[1] == 0);
    accepted(T(mlp_model_get_input_scaling)(model, scale[0], shift[0]));
    accepted(T(mlp_model_get_input_scaling)(compressed, scale[1], shift[1]));
    assert_memory_equal(scale[0], scale[1], sizeof scale[0]);
    assert_memory_equal(shift[0], shift[1], sizeof shift[0]);
    accepted(T(mlp_model_get_output_scaling)(model, scale[0], shift[0]));
    accepted(T(mlp_model_get_output_scaling)(compressed, scale[1], shift[1]));
    assert_memory_equal(scale[0], scale[1], N_OUT * sizeof(REAL));
    assert_memory_equal(shift[0], shift[1], N_OUT * sizeof(REAL));
    assert_int_equal(mlp_model_head(compressed), MLP_HEAD_SOFTMAX);
    assert_int_equal(mlp_model_metadata(compressed, "key", value, sizeof value), 6);
    assert_string_equal(value, "value");
    refused(mlp_model_set_activation(compressed, 2, MLP_RELU), MLP_ERR_STATE, "model");
    mlp_model_destroy(compressed);
    mlp_model_destroy(model);
}

/* An activation of the user's is shared: let go of when the last of the models is gone, and once. */
static void T(test_registered)(void **state)
{
    static const REAL A[] = {1, 2, 3, 4};
    int released = 0;
    mlp_activation own = 0;
    mlp_model *model = NULL, *compressed = NULL, *folded = NULL;
    (void)state;
    accepted(mlp_activation_register("double_it", 2, double_it, &released, count_release, &own));
    accepted(mlp_model_create(REAL_DTYPE, 2, (const int64_t[]){2, 2, 2}, own, &model));
    accepted(T(mlp_model_set_weights)(model, 1, MLP_COLUMN_MAJOR, A, 2));
    accepted(mlp_model_compress(model, 1, 1, 0, &compressed, NULL, NULL));
    accepted(T(mlp_model_fold_inputs)(model, 2, A, 2, NULL, &folded));
    assert_true(mlp_model_activation(compressed, 2) == own && mlp_model_activation(folded, 1) == own);
    accepted(mlp_activation_unregister(own));
    mlp_model_destroy(model);
    mlp_model_destroy(folded);
    assert_int_equal(released, 0);
    mlp_model_destroy(compressed);
    assert_int_equal(released, 1);
}

static void T(test_refusals)(void **state)
{
    static int64_t ones[4097];
    mlp_model *model = T(make)(), *deepest = NULL, *compressed;
    REAL b[WIDE * N_IN];
    int64_t rank = 77;
    double error = 77;
    (void)state;
    for (int i = 0; i < 4097; i++)
        ones[i] = 1;
    accepted(mlp_model_create(REAL_DTYPE, 4096, ones, MLP_TANH, &deepest));
    const struct {
        const mlp_model *model;
        int32_t layer;
        int64_t max_rank;
        double tolerance;
        mlp_status status;
        const char *word;
    } cases[] = {
        {NULL, 1, 1, 0, MLP_ERR_ARGUMENT, "model = NULL"},
        {model, 0, 1, 0, MLP_ERR_ARGUMENT, "layer = 0"},
        {model, 4, 1, 0, MLP_ERR_ARGUMENT, "layer = 4"},
        {model, INT32_MIN, 1, 0, MLP_ERR_ARGUMENT, "layer = -2"},
        {model, 1, 0, 0, MLP_ERR_ARGUMENT, "max_rank = 0"},
        {model, 1, INT64_MIN, 0, MLP_ERR_ARGUMENT, "max_rank = -9"},
        {model, 1, 1, -0.1, MLP_ERR_ARGUMENT, "tolerance = -0.1"},
        {model, 1, 1, 1, MLP_ERR_ARGUMENT, "tolerance = 1"},
        {model, 1, 1, (double)NAN, MLP_ERR_ARGUMENT, "tolerance = "},
        {deepest, 1, 1, 0, MLP_ERR_SIZE, "model: has 4096 layers"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        compressed = model;
        refused(mlp_model_compress(cases[i].model, cases[i].layer, cases[i].max_rank, cases[i].tolerance,
                                   &compressed, &rank, &error),
                cases[i].status, cases[i].word);
        assert_null(compressed);
    }
    refused(mlp_model_compress(model, 1, 1, 0, NULL, &rank, &error), MLP_ERR_ARGUMENT, "compressed = NULL");
    accepted(T(mlp_model_get_weights)(model, 1, MLP_COLUMN_MAJOR, b, WIDE));
    b[5] = (REAL)INFINITY;
    accepted(T(mlp_model_set_weights)(model, 1, MLP_COLUMN_MAJOR, b, WIDE));
    compressed = model;
    refused(mlp_model_compress(model, 1, 1, 0, &compressed, &rank, &error), MLP_ERR_NUMERIC, "model: A_1");
    assert_true(!compressed && rank == 77 && error == 77);
    mlp_model_destroy(deepest);
    mlp_model_destroy(model);
}

static mlp_status T(compress)(void *context)
{
    mlp_model *compressed = context;
    int64_t rank = 77;
    const mlp_status status = mlp_model_compress(context, 2, 4, 0, &compressed, &rank, NULL);
    assert_true(status == MLP_OK ? rank == 4 : !compressed && rank == 77);
    mlp_model_destroy(compressed);
    return status;
}

static void T(test_no_memory)(void **state)
{
    mlp_model *model = T(make)();
    (void)state;
    assert_true(failing_allocator_sweep(T(compress), model) > 8);
    mlp_model_destroy(model);
}
