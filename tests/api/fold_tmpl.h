/* Template: maps of the inputs folded into a model, in one number type. */

enum { T(FOLDED_BATCH) = 33, T(FOLDED_OUT) = 2 };

/* A model of n_0 = `n` inputs with all that is to survive. */
static mlp_model *T(make_model)(int64_t n)
{
    const int64_t widths[] = {n, 8, T(FOLDED_OUT)};
    static const REAL in[N_IN] = {1, 2, (REAL)0.5, -1, 1}, out[] = {3, -2}, shift[N_IN] = {1, 2, 3};
    REAL b[8];
    mlp_model *model = NULL;
    accepted(mlp_model_create(REAL_DTYPE, 2, widths, MLP_TANH, &model));
    accepted(mlp_model_initialize(model, MLP_INIT_LECUN_NORMAL, 4));
    for (int i = 0; i < 8; i++)
        b[i] = (REAL)i / 9;
    accepted(T(mlp_model_set_bias)(model, 1, b));
    accepted(T(mlp_model_set_input_scaling)(model, in, shift));
    accepted(T(mlp_model_set_output_scaling)(model, out, shift));
    accepted(mlp_model_set_metadata(model, "key", "value"));
    return model;
}

static void T(evaluate)(const mlp_model *model, const REAL *x, int64_t ldx, REAL *y)
{
    mlp_workspace *workspace = NULL;
    accepted(mlp_workspace_create(model, T(FOLDED_BATCH), 1, MLP_USE_FORWARD, &workspace));
    accepted(T(mlp_forward)(model, workspace, T(FOLDED_BATCH), x, ldx, y,
                            mlp_model_width(model, mlp_model_layer_count(model))));
    mlp_workspace_destroy(workspace);
}

/* U (rows x batch) = W (x - mean), rounded as little as can be */
static void T(map)(int64_t rows, const REAL *W, const REAL *mean, const REAL *x, REAL *U)
{
    for (int s = 0; s < T(FOLDED_BATCH); s++)
        for (int64_t p = 0; p < rows; p++) {
            double sum = 0;
            for (int i = 0; i < N_IN; i++)
                sum += (double)W[p + i * LDW] * ((double)x[i + s * LDX] - (mean ? (double)mean[i] : 0));
            U[p + s * rows] = (REAL)sum;
        }
}

/* Whiten, then the model; and the folded model: the same outputs, with and without mean, for all components and three. */
static void T(test_fold)(void **state)
{
    static REAL x[LDX * SAMPLES];
    (void)state;
    T(make_inputs)(T(deviations), x);
    for (int64_t k = 3; k <= N_IN; k += 2)
        for (int centred = 0; centred < 2; centred++) {
            REAL W[LDW * N_IN], mean[N_IN], U[N_IN * T(FOLDED_BATCH)], y[T(FOLDED_OUT) *T(FOLDED_BATCH)],
                again[T(FOLDED_OUT) *T(FOLDED_BATCH)], scale[N_IN];
            char value[16];
            mlp_model *model = T(make_model)(k), *folded = NULL;
            accepted(T(mlp_whiten)(N_IN, SAMPLES, x, LDX, NULL, k, 1, 0, W, LDW, mean, NULL));
            T(map)(k, W, centred ? mean : NULL, x, U);
            accepted(T(mlp_model_fold_inputs)(model, N_IN, W, LDW, centred ? mean : NULL, &folded));
            assert_true(mlp_model_width(folded, 0) == N_IN && mlp_model_activation(folded, 1) == MLP_TANH);
            T(evaluate)(model, U, k, y);
            T(evaluate)(folded, x, LDX, again);
            for (int i = 0; i < T(FOLDED_OUT) *T(FOLDED_BATCH); i++)
                assert_true(fabs((double)y[i] - (double)again[i]) < 1e4 * EPSILON);
            accepted(T(mlp_model_get_input_scaling)(folded, scale, NULL));
            assert_true(scale[0] == 1 && scale[3] == 1);
            assert_int_equal(mlp_model_metadata(folded, "key", value, sizeof value), 6);
            mlp_model_destroy(folded);
            mlp_model_destroy(model);
        }
}

/* A model of one layer with the identity, folded, applies the map. */
static void T(test_apply)(void **state)
{
    static const int64_t widths[] = {N_IN, N_IN};
    static REAL x[LDX * SAMPLES];
    REAL W[LDW * N_IN], mean[N_IN], I[N_IN * N_IN] = {0}, U[N_IN * T(FOLDED_BATCH)],
                                             y[N_IN * T(FOLDED_BATCH)];
    mlp_model *model = NULL, *folded = NULL;
    (void)state;
    T(make_inputs)(T(deviations), x);
    for (int i = 0; i < N_IN; i++)
        I[i * (N_IN + 1)] = 1;
    accepted(mlp_model_create(REAL_DTYPE, 1, widths, MLP_IDENTITY, &model));
    accepted(T(mlp_model_set_weights)(model, 1, MLP_COLUMN_MAJOR, I, N_IN));
    accepted(T(mlp_whiten)(N_IN, SAMPLES, x, LDX, NULL, N_IN, 1, 0, W, LDW, mean, NULL));
    accepted(T(mlp_model_fold_inputs)(model, N_IN, W, LDW, mean, &folded));
    T(map)(N_IN, W, mean, x, U);
    T(evaluate)(folded, x, LDX, y);
    for (int i = 0; i < N_IN * T(FOLDED_BATCH); i++)
        assert_true(fabs((double)y[i] - (double)U[i]) < 1e4 * EPSILON);
    mlp_model_destroy(folded);
    mlp_model_destroy(model);
}

/* Where there is one layer, the scaling of the outputs is kept beside it. */
static void T(test_output)(void **state)
{
    static const int64_t widths[] = {2, 1};
    static const REAL W[] = {2, 0, 1, 3}, mean[] = {10, 20}, scale[] = {100}, shift[] = {7},
                      A[] = {1, (REAL)0.5}, x[T(FOLDED_BATCH) * 2] = {11, 23};
    REAL y[T(FOLDED_BATCH)];
    mlp_model *model = NULL, *folded = NULL;
    (void)state;
    accepted(mlp_model_create(REAL_DTYPE, 1, widths, MLP_IDENTITY, &model));
    accepted(T(mlp_model_set_weights)(model, 1, MLP_COLUMN_MAJOR, A, 1));
    accepted(T(mlp_model_set_output_scaling)(model, scale, shift));
    accepted(T(mlp_model_fold_inputs)(model, 2, W, 2, mean, &folded));
    T(evaluate)(folded, x, 2, y);
    assert_true(y[0] == 100 * (2 * 1 + 3 + (REAL)0.5 * 3 * 3) + 7);
    mlp_model_destroy(folded);
    mlp_model_destroy(model);
}

static void T(test_map_refusals)(void **state)
{
    static const REAL W[LDW * N_IN] = {1}, mean[N_IN] = {(REAL)NAN};
    mlp_model *model = T(make_model)(N_IN), *folded;
    REAL bad[LDW * N_IN] = {1};
    (void)state;
    bad[3] = (REAL)INFINITY;
    const struct {
        const mlp_model *model;
        int64_t n_in;
        const REAL *W;
        int64_t ldw;
        const REAL *mean;
        mlp_status status;
        const char *word;
    } cases[] = {
        {NULL, N_IN, W, LDW, NULL, MLP_ERR_ARGUMENT, "model = NULL"},
        {model, 0, W, LDW, NULL, MLP_ERR_SIZE, "n_in = 0"},
        {model, 2147483648, W, LDW, NULL, MLP_ERR_SIZE, "n_in = 2147483648"},
        {model, INT64_MIN, W, LDW, NULL, MLP_ERR_SIZE, "n_in = -9"},
        {model, N_IN, NULL, LDW, NULL, MLP_ERR_ARGUMENT, "W = NULL"},
        {model, N_IN, W, N_IN - 1, NULL, MLP_ERR_SIZE, "ldw = 4"},
        {model, N_IN, W, INT64_MAX, NULL, MLP_ERR_SIZE, "ldw = 9"},
        {model, N_IN, bad, LDW, NULL, MLP_ERR_NUMERIC, "model: A_1"},
        {model, N_IN, W, LDW, mean, MLP_ERR_NUMERIC, "model: b_1"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        folded = model;
        refused(T(mlp_model_fold_inputs)(cases[i].model, cases[i].n_in, cases[i].W, cases[i].ldw,
                                         cases[i].mean, &folded),
                cases[i].status, cases[i].word);
        assert_null(folded);
    }
    refused(T(mlp_model_fold_inputs)(model, N_IN, W, LDW, NULL, NULL), MLP_ERR_ARGUMENT, "folded = NULL");
    refused(OTHER(mlp_model_fold_inputs)(model, N_IN, NULL, LDW, NULL, &folded), MLP_ERR_DTYPE, "model is");
    mlp_model_destroy(model);
}

static mlp_status T(fold_some)(void *context)
{
    static const REAL W[LDW * N_IN] = {1}, mean[N_IN] = {1};
    mlp_model *folded = NULL;
    const mlp_status status = T(mlp_model_fold_inputs)(context, N_IN, W, LDW, mean, &folded);
    mlp_model_destroy(folded);
    return status;
}

static void T(test_fold_no_memory)(void **state)
{
    mlp_model *model = T(make_model)(N_IN);
    (void)state;
    assert_true(failing_allocator_sweep(T(fold_some), model) >= 6);
    mlp_model_destroy(model);
}
