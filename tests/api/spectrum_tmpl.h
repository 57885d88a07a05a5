/* Template: what norms and Lipschitz bounds say, in one number type. */

static mlp_model *T(make)(int32_t layers, const int64_t *widths, mlp_activation hidden, uint64_t seed)
{
    mlp_model *model = NULL;
    accepted(mlp_model_create(REAL_DTYPE, layers, widths, hidden, &model));
    accepted(mlp_model_initialize(model, MLP_INIT_GLOROT_NORMAL, seed));
    return model;
}

/* diag(left) A_l diag(right) in double; NULL is 1 */
static void T(weights)(const mlp_model *model, int32_t layer, const REAL *left, const REAL *right, double *M)
{
    static REAL A[WIDEST * WIDEST];
    const int64_t m = mlp_model_width(model, layer), n = mlp_model_width(model, layer - 1);
    accepted(T(mlp_model_get_weights)(model, layer, MLP_COLUMN_MAJOR, A, m));
    for (int64_t j = 0; j < n; j++)
        for (int64_t i = 0; i < m; i++)
            M[i + j * m] =
                (left ? (double)left[i] : 1) * (double)A[i + j * m] * (right ? (double)right[j] : 1);
}

static double T(norm_of)(const mlp_model *model, int32_t layer, const REAL *left, const REAL *right)
{
    static double M[WIDEST * WIDEST];
    T(weights)(model, layer, left, right, M);
    return power_norm(mlp_model_width(model, layer), mlp_model_width(model, layer - 1), M);
}

static double T(spectral)(const mlp_model *model, int32_t layer)
{
    double norm = -1;
    accepted(mlp_model_spectral_norm(model, layer, &norm));
    return norm;
}

static double T(lipschitz)(const mlp_model *model)
{
    double bound = -1;
    accepted(mlp_model_lipschitz(model, &bound));
    return bound;
}

static void T(expect_near)(double value, double expected, double tolerance)
{
    if (!(fabs(value - expected) <= tolerance * fabs(expected)))
        fail_msg("%.17g, expected %.17g", value, expected);
}

static void T(test_norms)(void **state)
{
    static const int64_t widths[] = {1, 3, 64, 64, 1, 130, 17, 5};
    const int32_t L = sizeof widths / sizeof *widths - 1;
    mlp_model *model = T(make)(L, widths, MLP_SQUARE, 5); /* the activation plays no part */
    (void)state;
    for (int32_t l = 1; l <= L; l++)
        T(expect_near)(T(spectral)(model, l), T(norm_of)(model, l, NULL, NULL), 1e-12);
    accepted(mlp_model_initialize_layer(model, 3, MLP_INIT_ORTHOGONAL, 2.5, 1));
    T(expect_near)(T(spectral)(model, 3), 2.5, 100 * EPSILON);
    accepted(mlp_model_initialize(model, MLP_INIT_ZEROS, 0));
    assert_true(T(spectral)(model, 6) == 0 && mlp_model_layer_count(model) == L);
    mlp_model_destroy(model);
}

/* One layer: the bound is the norm of what the user sees, scaling included, and never below it. */
static void T(test_one_layer)(void **state)
{
    static const int64_t widths[] = {5, 3};
    static const REAL in[] = {2, (REAL)0.5, -1, 3, (REAL)0.001}, zeros[5] = {0},
                      out[] = {100, (REAL)-0.25, 7};
    mlp_model *model = T(make)(1, widths, MLP_IDENTITY, 7);
    (void)state;
    T(expect_near)(T(lipschitz)(model), T(norm_of)(model, 1, NULL, NULL), 1e-13);
    assert_true(T(lipschitz)(model) >= T(norm_of)(model, 1, NULL, NULL));
    accepted(T(mlp_model_set_input_scaling)(model, in, zeros));
    T(expect_near)(T(lipschitz)(model), T(norm_of)(model, 1, NULL, in), 1e-13);
    accepted(T(mlp_model_set_output_scaling)(model, out, zeros));
    T(expect_near)(T(lipschitz)(model), T(norm_of)(model, 1, out, in), 1e-13);
    mlp_model_destroy(model);
}

/* A slope that is attained is the bound: y = sigma(z), at its steepest. */
static void T(test_slopes)(void **state)
{
    static const struct {
        mlp_activation activation;
        double parameter, steepest;
    } cases[] = {{MLP_IDENTITY, 0, 1},
                 {MLP_RELU, 0, 1},
                 {MLP_LEAKY_RELU, -3, 3},
                 {MLP_LEAKY_RELU, 0.1, 1},
                 {MLP_ELU, 2.5, 2.5},
                 {MLP_SELU, 0, 1.7580993408473769},
                 {MLP_SIGMOID, 0, 0.25},
                 {MLP_HARD_SIGMOID, 0, 1.0 / 6},
                 {MLP_TANH, 0, 1},
                 {MLP_HARD_TANH, 0, 1},
                 {MLP_SOFTPLUS, 0, 1},
                 {MLP_SOFTSIGN, 0, 1},
                 {MLP_GELU, 0, 1.1289041452},
                 {MLP_GELU_TANH, 0, 1.1289930687},
                 {MLP_SILU, 0, 1.0998393201},
                 {MLP_MISH, 0, 1.0884981613},
                 {MLP_SINE, 30, 30},
                 {MLP_GAUSSIAN, 0, 0.85776388496}};
    static const int64_t widths[] = {1, 1};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        mlp_model *model = NULL;
        accepted(mlp_model_create(REAL_DTYPE, 1, widths, MLP_IDENTITY, &model));
        accepted(mlp_model_set_activation(model, 1, cases[i].activation));
        if (cases[i].parameter != 0)
            accepted(mlp_model_set_activation_parameter(model, 1, cases[i].parameter));
        accepted(mlp_model_initialize_layer(model, 1, MLP_INIT_CONSTANT, 1, 0));
        const double bound = T(lipschitz)(model);
        T(expect_near)(bound, cases[i].steepest, 3e-6);
        assert_true(bound >= cases[i].steepest * (1 - 1e-10));
        mlp_model_destroy(model);
    }
}

/* No Jacobian and no quotient of differences is beyond the bound, whatever the activations. */
static void T(test_holds)(void **state)
{
    enum { N_IN = 3, N_OUT = 2, PLACES = 40 };
    static const int64_t widths[] = {N_IN, 7, 6, N_OUT};
    static const REAL in[] = {2, (REAL)0.5, -1}, out[] = {3, (REAL)-0.25}, shift[] = {1, -1, 2};
    draw d = {11};
    double sharpest = 0;
    (void)state;
    for (mlp_activation hidden = MLP_IDENTITY; hidden < MLP_SQUARE; hidden++) {
        mlp_model *model = T(make)(3, widths, hidden, 3);
        mlp_workspace *workspace = NULL;
        REAL x[N_IN * PLACES], y[N_OUT * PLACES], J[N_OUT * N_IN * PLACES];
        accepted(T(mlp_model_set_input_scaling)(model, in, shift));
        accepted(T(mlp_model_set_output_scaling)(model, out, shift));
        accepted(mlp_workspace_create(model, PLACES, 1, MLP_USE_DERIVATIVES, &workspace));
        const double bound = T(lipschitz)(model);
        for (int i = 0; i < N_IN * PLACES; i++)
            x[i] = (REAL)draw_real(&d, -2, 2);
        accepted(T(mlp_forward)(model, workspace, PLACES, x, N_IN, y, N_OUT));
        accepted(T(mlp_jacobian)(model, workspace, J, N_OUT, (int64_t)N_OUT * N_IN));
        for (int s = 0; s < PLACES; s++) {
            double M[N_OUT * N_IN], dx = 0, dy = 0;
            for (int i = 0; i < N_OUT * N_IN; i++)
                M[i] = (double)J[s * N_OUT * N_IN + i];
            const double steep = power_norm(N_OUT, N_IN, M);
            const int next = (s + 1) % PLACES;
            for (int i = 0; i < N_IN; i++)
                dx += pow((double)x[s * N_IN + i] - (double)x[next * N_IN + i], 2);
            for (int i = 0; i < N_OUT; i++)
                dy += pow((double)y[s * N_OUT + i] - (double)y[next * N_OUT + i], 2);
            assert_true(steep <= bound * (1 + 100 * EPSILON));
            assert_true(sqrt(dy) <= bound * sqrt(dx) * (1 + 100 * EPSILON) + 100 * EPSILON);
            sharpest = fmax(sharpest, steep / bound);
        }
        mlp_workspace_destroy(workspace);
        mlp_model_destroy(model);
    }
    print_message("Jacobians reach %.2f of the bound\n", sharpest);
    assert_true(sharpest > 0.3);
}
