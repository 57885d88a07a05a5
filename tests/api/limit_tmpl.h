/* Template: bringing norms down. */

static void T(get_theta)(const mlp_model *model, REAL *theta)
{
    accepted(T(mlp_model_get_params)(model, 0, mlp_model_param_count(model), theta));
}

/*
 * A' is the point of the ball |B|_2 <= bound that is nearest to A, if and only if <A - A', B - A'> <= 0 for every B of it;
 * and a second call finds nothing to do.
 */
static void T(test_nearest)(void **state)
{
    static const int64_t shapes[][2] = {{1, 1}, {5, 3}, {3, 5}, {17, 17}, {64, 30}};
    static double A[WIDEST * WIDEST], near[WIDEST * WIDEST], B[WIDEST * WIDEST];
    draw d = {23};
    (void)state;
    for (size_t k = 0; k < sizeof shapes / sizeof *shapes; k++) {
        const int64_t m = shapes[k][1], n = shapes[k][0];
        REAL bias_before[WIDEST], bias[WIDEST];
        mlp_model *model = T(make)(1, shapes[k], MLP_IDENTITY, k + 1);
        T(weights)(model, 1, NULL, NULL, A);
        accepted(T(mlp_model_get_bias)(model, 1, bias_before));
        const double before = T(spectral)(model, 1), bound = 0.6 * before;
        const uint64_t generation = mlp_model_generation(model);
        accepted(mlp_model_limit_spectral_norm(model, 1, before * (1 + 1e-9)));
        assert_true(mlp_model_generation(model) == generation);
        accepted(mlp_model_limit_spectral_norm(model, 1, bound));
        const uint64_t limited = mlp_model_generation(model);
        assert_true(limited != generation && T(spectral)(model, 1) <= bound);
        T(expect_near)(T(spectral)(model, 1), bound, 4 * (double)(m + n + 10) * EPSILON);
        T(weights)(model, 1, NULL, NULL, near);
        T(expect_near)(power_norm(m, n, near), bound, 4 * (double)(m + n + 10) * EPSILON);
        for (int trial = 0; trial < 50; trial++) {
            double inner = 0, length = 0;
            if (trial == 0)
                polar_factor(m, n, A, B);
            for (int64_t i = 0; i < m * n && trial > 0; i++)
                B[i] = draw_real(&d, -1, 1) + (trial % 2 ? 3 * near[i] : 0);
            const double size = power_norm(m, n, B);
            for (int64_t i = 0; i < m * n; i++) {
                inner += (A[i] - near[i]) * (B[i] * bound / size - near[i]);
                length += (A[i] - near[i]) * (A[i] - near[i]);
            }
            assert_true(length > 0 && inner <= 100 * EPSILON * (double)(m + n) * before * before);
        }
        accepted(mlp_model_limit_spectral_norm(model, 1, bound));
        accepted(T(mlp_model_get_bias)(model, 1, bias));
        assert_true(mlp_model_generation(model) == limited);
        assert_memory_equal(bias, bias_before, (size_t)m * sizeof *bias);
        mlp_model_destroy(model);
    }
}

/* A bound among the subnormal numbers of f32, or below them, is met too. */
static void T(test_tiny)(void **state)
{
    static const int64_t widths[] = {3, 3};
    static const double bounds[] = {1e-36, 3e-44, 1e-45, 1e-60, 1e-320};
    (void)state;
    for (size_t k = 0; k < sizeof bounds / sizeof *bounds; k++) {
        mlp_model *model = T(make)(1, widths, MLP_IDENTITY, 1);
        accepted(mlp_model_limit_spectral_norm(model, 1, bounds[k]));
        assert_true(T(spectral)(model, 1) <= bounds[k]);
        mlp_model_destroy(model);
    }
}

/* A product beyond double is told as infinite, and is brought down like any other. */
static void T(test_huge)(void **state)
{
    enum { LAYERS = 11 };
    static const int64_t widths[LAYERS + 1] = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
    mlp_model *model = T(make)(LAYERS, widths, MLP_RELU, 1);
    (void)state;
    accepted(mlp_model_initialize(model, MLP_INIT_CONSTANT, 1));
    for (int32_t l = 1; l <= LAYERS; l++)
        accepted(T(mlp_model_set_weights)(model, l, MLP_COLUMN_MAJOR, &(REAL){(REAL)1e38}, 1));
    assert_true(isinf(T(lipschitz)(model)));
    accepted(mlp_model_limit_lipschitz(model, 2));
    assert_true(T(lipschitz)(model) <= 2);
    T(expect_near)(T(lipschitz)(model), 2, 1000 * EPSILON);
    mlp_model_destroy(model);
}

/* A bound that is less by one unit in the last place, of layers that are all alike. */
static void T(test_hair)(void **state)
{
    static const int64_t widths[] = {4, 4, 4, 4, 4, 4, 4, 4, 4};
    (void)state;
    for (int32_t L = 1; L <= 8; L++)
        for (int gain = 1; gain <= 20; gain++) {
            mlp_model *model = T(make)(L, widths, MLP_RELU, 1);
            for (int32_t l = 1; l <= L; l++)
                accepted(mlp_model_initialize_layer(model, l, MLP_INIT_ORTHOGONAL, 0.3 * gain, 1));
            const double bound = nextafter(T(lipschitz)(model), 0);
            accepted(mlp_model_limit_lipschitz(model, bound));
            assert_true(T(lipschitz)(model) <= bound);
            T(expect_near)(T(lipschitz)(model), bound, 1000 * EPSILON);
            mlp_model_destroy(model);
        }
}

/* The bound is met, and met closely; a layer below the common cap keeps its bits. */
static void T(test_limit_network)(void **state)
{
    enum { COUNT = 6 * 9 + 6 + 6 * 6 + 6 + 2 * 6 + 2 };
    static const int64_t widths[] = {9, 6, 6, 2};
    static const double bounds[] = {300, 5, 1, 0.01, 1e-6};
    static const REAL in[] = {2, (REAL)0.5, -1, 1, 1, 1, 1, 1, 1}, out[] = {3, (REAL)-0.25},
                      shift[9] = {1, -1, 2};
    REAL before[COUNT], after[COUNT];
    (void)state;
    for (size_t k = 0; k < sizeof bounds / sizeof *bounds; k++) {
        mlp_model *model = T(make)(3, widths, MLP_SIGMOID, 3);
        accepted(mlp_model_initialize_layer(model, 1, MLP_INIT_NORMAL, 20, 1));
        accepted(mlp_model_initialize_layer(model, 2, MLP_INIT_NORMAL, 0.5, 2));
        accepted(mlp_model_initialize_layer(model, 3, MLP_INIT_NORMAL, 10, 3));
        accepted(T(mlp_model_set_input_scaling)(model, in, shift));
        accepted(T(mlp_model_set_output_scaling)(model, out, shift));
        T(get_theta)(model, before);
        assert_true(T(lipschitz)(model) > 2 * bounds[0]);
        accepted(mlp_model_limit_lipschitz(model, bounds[k]));
        const uint64_t limited = mlp_model_generation(model);
        T(get_theta)(model, after);
        assert_true(T(lipschitz)(model) <= bounds[k]);
        T(expect_near)(T(lipschitz)(model), bounds[k], 1000 * EPSILON);
        assert_true(memcmp(before, after, sizeof before) != 0);
        if (bounds[k] >= 1) /* |A_2| is 2 or so, a quarter of which is below any cap there is */
            assert_memory_equal(before + 60, after + 60, 42 * sizeof *before);
        accepted(mlp_model_limit_lipschitz(model, bounds[k]));
        assert_true(mlp_model_generation(model) == limited);
        mlp_model_destroy(model);
    }
}

/* What a scale of 0 hides is not counted and not changed. */
static void T(test_hidden_by_zero)(void **state)
{
    static const int64_t widths[] = {3, 2};
    static const REAL in[] = {1, 0, 2}, out[] = {0, 1}, zeros[3] = {0}, A[] = {1000, 2, 3000, 4000, 5000, 6};
    REAL after[6];
    mlp_model *model = T(make)(1, widths, MLP_IDENTITY, 1);
    (void)state;
    accepted(T(mlp_model_set_weights)(model, 1, MLP_COLUMN_MAJOR, A, 2));
    accepted(T(mlp_model_set_input_scaling)(model, in, zeros));
    accepted(T(mlp_model_set_output_scaling)(model, out, zeros));
    T(expect_near)(T(lipschitz)(model), sqrt(2 * 2 + 12 * 12), 1e-13);
    accepted(mlp_model_limit_lipschitz(model, 1));
    accepted(T(mlp_model_get_weights)(model, 1, MLP_COLUMN_MAJOR, after, 2));
    assert_true(after[0] == 1000 && after[2] == 3000 && after[3] == 4000 && after[4] == 5000);
    T(expect_near)((double)after[1], 2 / sqrt(148), 10 * EPSILON);
    T(expect_near)((double)after[5], 6 / sqrt(148), 10 * EPSILON);
    mlp_model_destroy(model);
}

static int32_t T(own)(int32_t order, int64_t n, const double *z, double *out, void *context)
{
    (void)context;
    for (int64_t i = 0; i < n; i++)
        out[i] = order == 0 ? z[i] : 1;
    return 0;
}

static void T(refuse_slopes)(mlp_activation hidden)
{
    static const int64_t widths[] = {2, 3, 2};
    double bound = 77;
    mlp_model *model = T(make)(2, widths, hidden, 1);
    const uint64_t generation = mlp_model_generation(model);
    refused(mlp_model_lipschitz(model, &bound), MLP_ERR_UNSUPPORTED, "model: nothing bounds the slope of");
    refused(mlp_model_limit_lipschitz(model, 1), MLP_ERR_UNSUPPORTED, "model: nothing bounds the slope of");
    assert_true(bound == 77 && mlp_model_generation(model) == generation);
    mlp_model_destroy(model);
}

static void T(test_refusals)(void **state)
{
    static const int64_t widths[] = {2, 3, 2};
    static const double bad[] = {0, -1, (double)INFINITY, (double)-INFINITY, (double)NAN};
    static const int32_t outside[] = {0, 3, -1, INT32_MIN, INT32_MAX};
    mlp_model *model = T(make)(2, widths, MLP_TANH, 1);
    mlp_activation own = 0;
    double value = 77;
    REAL A[6];
    (void)state;
    const uint64_t generation = mlp_model_generation(model);
    refused(mlp_model_spectral_norm(NULL, 1, &value), MLP_ERR_ARGUMENT, "model = NULL");
    refused(mlp_model_spectral_norm(model, 1, NULL), MLP_ERR_ARGUMENT, "norm = NULL");
    refused(mlp_model_lipschitz(NULL, &value), MLP_ERR_ARGUMENT, "model = NULL");
    refused(mlp_model_lipschitz(model, NULL), MLP_ERR_ARGUMENT, "bound = NULL");
    refused(mlp_model_limit_spectral_norm(NULL, 1, 1), MLP_ERR_ARGUMENT, "model = NULL");
    refused(mlp_model_limit_lipschitz(NULL, 1), MLP_ERR_ARGUMENT, "model = NULL");
    for (size_t i = 0; i < sizeof outside / sizeof *outside; i++) {
        refused(mlp_model_spectral_norm(model, outside[i], &value), MLP_ERR_ARGUMENT, "layer = ");
        refused(mlp_model_limit_spectral_norm(model, outside[i], 1), MLP_ERR_ARGUMENT, "layer = ");
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        refused(mlp_model_limit_spectral_norm(model, 1, bad[i]), MLP_ERR_ARGUMENT, "bound = ");
        refused(mlp_model_limit_lipschitz(model, bad[i]), MLP_ERR_ARGUMENT, "bound = ");
    }
    assert_true(mlp_model_generation(model) == generation);
    T(refuse_slopes)(MLP_SQUARE);
    T(refuse_slopes)(MLP_EXP);
    accepted(mlp_activation_register("without_a_bound", 1, T(own), NULL, NULL, &own));
    T(refuse_slopes)(own);
    accepted(mlp_activation_unregister(own));
    accepted(T(mlp_model_get_weights)(model, 2, MLP_COLUMN_MAJOR, A, 2));
    A[3] = (REAL)NAN;
    accepted(T(mlp_model_set_weights)(model, 2, MLP_COLUMN_MAJOR, A, 2));
    accepted(mlp_model_spectral_norm(model, 1, &value));
    value = 77;
    refused(mlp_model_spectral_norm(model, 2, &value), MLP_ERR_NUMERIC, "model: A_2");
    refused(mlp_model_lipschitz(model, &value), MLP_ERR_NUMERIC, "model: A_2");
    refused(mlp_model_limit_spectral_norm(model, 2, 1), MLP_ERR_NUMERIC, "model: A_2");
    refused(mlp_model_limit_lipschitz(model, 1), MLP_ERR_NUMERIC, "model: A_2");
    assert_true(value == 77);
    mlp_model_destroy(model);
}

static mlp_status T(limit_all)(void *context)
{
    mlp_model *model = NULL;
    mlp_status status = mlp_model_clone(context, &model);
    if (status == MLP_OK)
        status = mlp_model_limit_lipschitz(model, 0.01);
    if (status != MLP_OK && model)
        assert_true(mlp_model_generation(model) == mlp_model_generation(context));
    if (status == MLP_OK)
        status = mlp_model_limit_spectral_norm(model, 1, 1e-3);
    mlp_model_destroy(model);
    return status;
}

static void T(test_no_memory)(void **state)
{
    static const int64_t widths[] = {4, 5, 2};
    mlp_model *model = T(make)(2, widths, MLP_TANH, 1);
    (void)state;
    assert_true(failing_allocator_sweep(T(limit_all), model) > 20);
    mlp_model_destroy(model);
}
