/* Template: variances of outputs, in one number type. */

/* A model with scaling, data whose targets it meets but for noise, and places to ask at. */
typedef struct T(problem) {
    mlp_model *model;
    mlp_workspace *workspace; /* its batches do not divide the samples */
    REAL x[N_IN * MANY], t[N_OUT * MANY], weights[SAMPLES];
    REAL places[N_IN * PLACES];
    REAL h[UNKNOWNS * MANY], asked[UNKNOWNS * PLACES]; /* [y_{L-1}; 1] of both */
} T(problem);

static T(problem) T(p);

/* [y_{L-1}; 1] and, unless NULL, y */
static void T(hidden)(int64_t count, const REAL *x, REAL *h, REAL *y)
{
    mlp_workspace *workspace = NULL;
    accepted(mlp_workspace_create(T(p).model, MANY, 1, MLP_USE_DERIVATIVES, &workspace));
    accepted(T(mlp_forward)(T(p).model, workspace, count, x, N_IN, y, N_OUT));
    accepted(T(mlp_workspace_get_output)(workspace, 2, h, UNKNOWNS));
    for (int64_t s = 0; s < count; s++)
        h[s * UNKNOWNS + HIDDEN] = 1;
    mlp_workspace_destroy(workspace);
}

static void T(set_up)(void)
{
    static const int64_t widths[] = {N_IN, 5, HIDDEN, N_OUT};
    static const REAL in[N_IN] = {2, (REAL)0.5, -1}, in_shift[N_IN] = {0, 1, (REAL)0.25};
    static const REAL out[N_OUT] = {30, (REAL)-0.25}, out_shift[N_OUT] = {100, 3};
    T(problem) *p = &T(p);
    draw d = {29};
    memset(p, 0, sizeof *p);
    accepted(mlp_model_create(REAL_DTYPE, 3, widths, MLP_TANH, &p->model));
    accepted(mlp_model_initialize(p->model, MLP_INIT_GLOROT_NORMAL, 3));
    accepted(T(mlp_model_set_input_scaling)(p->model, in, in_shift));
    accepted(T(mlp_model_set_output_scaling)(p->model, out, out_shift));
    accepted(mlp_workspace_create(p->model, BATCH, 1, MLP_USE_DERIVATIVES, &p->workspace));
    for (int i = 0; i < N_IN * SAMPLES; i++)
        p->x[i] = (REAL)draw_real(&d, -1, 1);
    for (int i = 0; i < N_IN * PLACES; i++)
        p->places[i] = (REAL)draw_real(&d, -3, 3);
    for (int s = 0; s < SAMPLES; s++)
        p->weights[s] = (REAL)(s % 4) / 2;
    T(hidden)(PLACES, p->places, p->asked, NULL);
    T(hidden)(SAMPLES, p->x, p->h, p->t);
    for (int i = 0; i < N_OUT * SAMPLES; i++)
        p->t[i] += (REAL)((i % 2 ? 0.05 : 4) * draw_real(&d, -1, 1));
}

static void T(tear_down)(void)
{
    mlp_workspace_destroy(T(p).workspace);
    mlp_model_destroy(T(p).model);
}

/* S_p for noise in the units of y_L; returns gamma = n - alpha trace S */
static double T(posterior)(const REAL *weights, double noise, double prior, long double *S)
{
    long double C[UNKNOWNS * UNKNOWNS], trace = 0;
    for (int i = 0; i < UNKNOWNS; i++)
        for (int j = 0; j < UNKNOWNS; j++) {
            C[i + j * UNKNOWNS] = i == j ? (long double)prior : 0;
            for (int s = 0; s < SAMPLES; s++)
                C[i + j * UNKNOWNS] += (weights ? (long double)weights[s] : 1) *
                                       (long double)T(p).h[i + s * UNKNOWNS] *
                                       (long double)T(p).h[j + s * UNKNOWNS] / (long double)noise;
        }
    invert(UNKNOWNS, C, S);
    for (int i = 0; i < UNKNOWNS; i++)
        trace += S[i + i * UNKNOWNS];
    return (double)(UNKNOWNS - (long double)prior * trace);
}

/* Variances at all places, batch by batch, are s^2 h^T S h and with the noise added. */
static void T(expect_variances)(mlp_laplace *laplace, const REAL *weights, const double *noise, double prior)
{
    enum { STEP = BATCH, LDV = 3, LDM = 4 };
    static const double scale[N_OUT] = {30, -0.25};
    T(problem) *p = &T(p);
    long double S[N_OUT][UNKNOWNS * UNKNOWNS];
    for (int q = 0; q < N_OUT; q++)
        T(posterior)(weights, noise[q] / (scale[q] * scale[q]), prior, S[q]);
    for (int first = 0; first < PLACES; first += STEP) {
        const int count = PLACES - first < STEP ? PLACES - first : STEP;
        REAL y[N_OUT * STEP], variance[LDV * STEP], of_model[LDM * STEP], alone[LDM * STEP];
        accepted(T(mlp_forward)(p->model, p->workspace, count, p->places + N_IN * first, N_IN, y, N_OUT));
        const int64_t calls = failing_allocator_calls();
        accepted(T(mlp_laplace_variance)(laplace, p->model, p->workspace, variance, LDV, of_model, LDM));
        accepted(T(mlp_laplace_variance)(laplace, p->model, p->workspace, NULL, 0, alone, LDM));
        accepted(T(mlp_laplace_variance)(laplace, p->model, p->workspace, NULL, 0, NULL, 0));
        assert_int_equal(failing_allocator_calls(), calls);
        for (int s = 0; s < count; s++)
            for (int q = 0; q < N_OUT; q++) {
                const REAL *h = p->asked + (first + s) * UNKNOWNS;
                long double expected = 0;
                for (int i = 0; i < UNKNOWNS; i++)
                    for (int j = 0; j < UNKNOWNS; j++)
                        expected += (long double)h[i] * S[q][i + j * UNKNOWNS] * (long double)h[j];
                expected *= (long double)(scale[q] * scale[q]);
                const double told = (double)of_model[q + s * LDM];
                assert_true(fabsl((long double)told - expected) < (4 * EPSILON + 1e-10) * expected);
                assert_true(fabsl((long double)variance[q + s * LDV] - expected - (long double)noise[q]) <
                            (4 * EPSILON + 1e-10) * (expected + (long double)noise[q]));
                assert_true(alone[q + s * LDM] == of_model[q + s * LDM]);
            }
    }
}

static void T(test_given_noise)(void **state)
{
    static const REAL noise[N_OUT] = {9, (REAL)0.0625};
    static const double priors[] = {1e-3, 1, 100};
    (void)state;
    T(set_up)();
    for (size_t k = 0; k < sizeof priors / sizeof *priors; k++)
        for (int weighted = 0; weighted < 2; weighted++) {
            mlp_laplace *laplace = NULL;
            REAL told[N_OUT];
            const REAL *weights = weighted ? T(p).weights : NULL;
            accepted(T(mlp_laplace_create)(T(p).model, T(p).workspace, SAMPLES, T(p).x, N_IN, NULL, 0,
                                           weights, priors[k], noise, &laplace));
            assert_int_equal(mlp_workspace_batch(T(p).workspace), 0);
            accepted(T(mlp_laplace_get_noise)(laplace, told));
            for (int q = 0; q < N_OUT; q++)
                assert_true(told[q] == noise[q]);
            T(expect_variances)(laplace, weights, (const double[]){9, 0.0625}, priors[k]);
            mlp_laplace_destroy(laplace);
        }
    T(tear_down)();
}

/* The estimate solves MacKay's equation, sigma^2 (N - gamma) = sum of squares, and variances are those of the estimate. */
static void T(test_estimated_noise)(void **state)
{
    static const double scale[N_OUT] = {30, -0.25}, made[N_OUT] = {16.0 / 3, 0.0025 / 3};
    (void)state;
    T(set_up)();
    for (int weighted = 0; weighted < 2; weighted++) {
        mlp_laplace *laplace = NULL;
        REAL y[N_OUT * SAMPLES], h[UNKNOWNS * SAMPLES], told[N_OUT];
        double noise[N_OUT];
        const REAL *weights = weighted ? T(p).weights : NULL;
        T(hidden)(SAMPLES, T(p).x, h, y);
        accepted(T(mlp_laplace_create)(T(p).model, T(p).workspace, SAMPLES, T(p).x, N_IN, T(p).t, N_OUT,
                                       weights, 0.01, NULL, &laplace));
        accepted(T(mlp_laplace_get_noise)(laplace, told));
        for (int q = 0; q < N_OUT; q++) {
            long double S[UNKNOWNS * UNKNOWNS];
            double squares = 0, count = 0;
            noise[q] = (double)told[q];
            for (int s = 0; s < SAMPLES; s++) {
                const double r = (double)T(p).t[q + s * N_OUT] - (double)y[q + s * N_OUT];
                squares += (weights ? (double)weights[s] : 1) * r * r;
                count += weights ? (double)weights[s] : 1;
            }
            const double gamma = T(posterior)(weights, noise[q] / (scale[q] * scale[q]), 0.01, S);
            assert_true(fabs(noise[q] * (count - gamma) / squares - 1) < 3e3 * EPSILON);
            assert_true(gamma > 1 && gamma < UNKNOWNS && fabs(noise[q] / made[q] - 1) < 0.4);
        }
        if (sizeof(REAL) == 8) /* in f32 told is rounded */
            T(expect_variances)(laplace, weights, noise, 0.01);
        mlp_laplace_destroy(laplace);
    }
    T(tear_down)();
}

/* One layer without a prior to speak of is linear regression: sigma^2 = SSE / (N - 2), and the textbook's variance. */
static void T(test_regression)(void **state)
{
    static const int64_t widths[] = {1, 1};
    static const REAL x[] = {0, 1, 2, 3, 4, 5}, t[] = {1, 3, 2, 5, 4, 6};
    mlp_model *model = NULL;
    mlp_workspace *workspace = NULL;
    mlp_laplace *laplace = NULL;
    REAL noise, y[6], variance[6], theta[2];
    double squares = 0;
    (void)state;
    accepted(mlp_model_create(REAL_DTYPE, 1, widths, MLP_IDENTITY, &model));
    accepted(mlp_workspace_create(model, 6, 1, MLP_USE_DERIVATIVES, &workspace));
    accepted(T(mlp_model_fit_output)(model, workspace, 6, x, 1, t, 1, NULL));
    accepted(T(mlp_model_get_params)(model, 0, 2, theta));
    accepted(T(mlp_laplace_create)(model, workspace, 6, x, 1, t, 1, NULL, 1e-12, NULL, &laplace));
    accepted(T(mlp_laplace_get_noise)(laplace, &noise));
    accepted(T(mlp_forward)(model, workspace, 6, x, 1, y, 1));
    for (int s = 0; s < 6; s++)
        squares += pow((double)t[s] - (double)y[s], 2);
    assert_true(fabs((double)noise / (squares / 4) - 1) < 100 * EPSILON + 1e-9);
    accepted(T(mlp_laplace_variance)(laplace, model, workspace, NULL, 0, variance, 1));
    for (int s = 0; s < 6; s++) {
        const double expected = squares / 4 * (1.0 / 6 + pow((double)x[s] - 2.5, 2) / 17.5);
        assert_true(fabs((double)variance[s] / expected - 1) < 100 * EPSILON + 1e-9);
    }
    mlp_laplace_destroy(laplace);
    mlp_workspace_destroy(workspace);
    mlp_model_destroy(model);
}

/* The same bits for every number of threads and every workspace with the same batches, and for a clone. */
static void T(test_threads)(void **state)
{
    static const int32_t threads[] = {1, 2, 3, 8};
    REAL variance[4][N_OUT * PLACES], noise[4][N_OUT];
    (void)state;
    T(set_up)();
    for (int k = 0; k < 4; k++) {
        mlp_workspace *workspace = NULL;
        mlp_laplace *laplace = NULL;
        mlp_model *clone = NULL;
        accepted(mlp_workspace_create(T(p).model, PLACES, threads[k], MLP_USE_DERIVATIVES, &workspace));
        accepted(T(mlp_laplace_create)(T(p).model, workspace, SAMPLES, T(p).x, N_IN, T(p).t, N_OUT, NULL, 0.1,
                                       NULL, &laplace));
        accepted(mlp_model_clone(T(p).model, &clone));
        accepted(T(mlp_forward)(clone, workspace, PLACES, T(p).places, N_IN, NULL, N_OUT));
        accepted(T(mlp_laplace_variance)(laplace, clone, workspace, variance[k], N_OUT, NULL, 0));
        accepted(T(mlp_laplace_get_noise)(laplace, noise[k]));
        assert_memory_equal(variance[k], variance[0], sizeof variance[0]);
        assert_memory_equal(noise[k], noise[0], sizeof noise[0]);
        mlp_model_destroy(clone);
        mlp_laplace_destroy(laplace);
        mlp_workspace_destroy(workspace);
    }
    T(tear_down)();
}
