/* Template: what the Laplace approximation refuses, in one number type. */

static void T(test_refusals)(void **state)
{
    static const int64_t widths[] = {N_IN, 2, N_OUT};
    static const REAL zero[N_OUT] = {1, 0}, good[N_OUT] = {1, 1}, bad[N_OUT] = {1, -2}, shift[N_OUT] = {0};
    mlp_model *sigmoid = NULL, *model;
    mlp_workspace *other = NULL, *workspace;
    mlp_laplace *laplace;
    REAL negative[SAMPLES];
    (void)state;
    T(set_up)();
    model = T(p).model;
    workspace = T(p).workspace;
    accepted(mlp_model_create(REAL_DTYPE, 2, widths, MLP_TANH, &sigmoid));
    accepted(mlp_model_set_activation(sigmoid, 2, MLP_SIGMOID));
    accepted(mlp_workspace_create(sigmoid, 9, 1, MLP_USE_DERIVATIVES, &other));
    for (int s = 0; s < SAMPLES; s++)
        negative[s] = s == 5 ? -1 : 1;
    const REAL *x = T(p).x, *t = T(p).t;
    const struct {
        const mlp_model *model;
        mlp_workspace *workspace;
        int64_t samples;
        const REAL *x;
        int64_t ldx;
        const REAL *t;
        int64_t ldt;
        const REAL *weights;
        double prior;
        const REAL *noise;
        mlp_status status;
        const char *word;
    } cases[] = {
        {NULL, workspace, 9, x, N_IN, t, N_OUT, NULL, 1, NULL, MLP_ERR_ARGUMENT, "model = NULL"},
        {model, NULL, 9, x, N_IN, t, N_OUT, NULL, 1, NULL, MLP_ERR_ARGUMENT, "workspace = NULL"},
        {model, other, 9, x, N_IN, t, N_OUT, NULL, 1, NULL, MLP_ERR_ARGUMENT, "model: "},
        {model, workspace, 0, x, N_IN, t, N_OUT, NULL, 1, NULL, MLP_ERR_SIZE, "samples = 0"},
        {model, workspace, 2147483648, x, N_IN, t, N_OUT, NULL, 1, NULL, MLP_ERR_SIZE,
         "samples = 2147483648"},
        {model, workspace, 9, NULL, N_IN, t, N_OUT, NULL, 1, NULL, MLP_ERR_ARGUMENT, "x = NULL"},
        {model, workspace, 9, x, N_IN - 1, t, N_OUT, NULL, 1, NULL, MLP_ERR_SIZE, "ldx = 2"},
        {model, workspace, 9, x, N_IN, NULL, N_OUT, NULL, 1, NULL, MLP_ERR_ARGUMENT, "t = NULL"},
        {model, workspace, 9, x, N_IN, t, N_OUT - 1, NULL, 1, NULL, MLP_ERR_SIZE, "ldt = 1"},
        {model, workspace, 9, x, N_IN, t, INT64_MIN, NULL, 1, NULL, MLP_ERR_SIZE, "ldt = -9"},
        {model, workspace, 9, x, N_IN, t, N_OUT, negative, 1, NULL, MLP_ERR_ARGUMENT, "weights[5] = -1"},
        {model, workspace, 9, x, N_IN, t, N_OUT, NULL, 0, NULL, MLP_ERR_ARGUMENT, "prior = 0"},
        {model, workspace, 9, x, N_IN, t, N_OUT, NULL, -1, NULL, MLP_ERR_ARGUMENT, "prior = -1"},
        {model, workspace, 9, x, N_IN, t, N_OUT, NULL, (double)INFINITY, NULL, MLP_ERR_ARGUMENT,
         "prior = inf"},
        {model, workspace, 9, x, N_IN, t, N_OUT, NULL, (double)NAN, NULL, MLP_ERR_ARGUMENT, "prior = "},
        {model, workspace, 9, x, N_IN, NULL, 0, NULL, 1, bad, MLP_ERR_ARGUMENT, "noise[1] = -2"},
        {sigmoid, other, 9, x, N_IN, t, N_OUT, NULL, 1, good, MLP_ERR_UNSUPPORTED,
         "model: its output activation"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        laplace = (mlp_laplace *)(uintptr_t)64;
        refused(T(mlp_laplace_create)(cases[i].model, cases[i].workspace, cases[i].samples, cases[i].x,
                                      cases[i].ldx, cases[i].t, cases[i].ldt, cases[i].weights,
                                      cases[i].prior, cases[i].noise, &laplace),
                cases[i].status, cases[i].word);
        assert_null(laplace);
        if (cases[i].workspace)
            assert_string_equal(mlp_workspace_last_error(cases[i].workspace), mlp_last_error());
    }
    refused(T(mlp_laplace_create)(model, workspace, 9, x, N_IN, t, N_OUT, NULL, 1, NULL, NULL),
            MLP_ERR_ARGUMENT, "laplace = NULL");
    refused(OTHER(mlp_laplace_create)(model, workspace, 9, NULL, N_IN, NULL, N_OUT, NULL, 1, NULL, &laplace),
            MLP_ERR_DTYPE, "model is");
    accepted(mlp_model_set_head(model, MLP_HEAD_SOFTMAX));
    refused(T(mlp_laplace_create)(model, workspace, 9, x, N_IN, t, N_OUT, NULL, 1, NULL, &laplace),
            MLP_ERR_UNSUPPORTED, "model: has a head");
    accepted(mlp_model_set_head(model, MLP_HEAD_NONE));
    accepted(T(mlp_model_set_output_scaling)(model, zero, shift));
    refused(T(mlp_laplace_create)(model, workspace, 9, x, N_IN, t, N_OUT, NULL, 1, NULL, &laplace),
            MLP_ERR_STATE, "model: the scale of output 1 is 0");
    mlp_laplace_destroy(NULL);
    mlp_workspace_destroy(other);
    mlp_model_destroy(sigmoid);
    T(tear_down)();
}

/* Variances need the model the handle was made for, as it was then, and its remembered pass; nothing is written otherwise. */
static void T(test_states)(void **state)
{
    static const REAL noise[N_OUT] = {1, 1};
    mlp_laplace *laplace = NULL;
    mlp_workspace *forward = NULL, *workspace;
    mlp_model *model, *clone = NULL;
    REAL variance[N_OUT * 4], b[HIDDEN];
    (void)state;
    T(set_up)();
    model = T(p).model;
    workspace = T(p).workspace;
    for (int i = 0; i < N_OUT * 4; i++)
        variance[i] = 77;
    accepted(mlp_model_clone(model, &clone));
    accepted(mlp_workspace_create(model, 4, 1, MLP_USE_FORWARD, &forward));
    accepted(T(mlp_laplace_create)(model, forward, SAMPLES, T(p).x, N_IN, NULL, 0, NULL, 1, noise, &laplace));
    refused(T(mlp_laplace_variance)(laplace, model, forward, variance, N_OUT, NULL, 0), MLP_ERR_STATE,
            "workspace: was created without");
    refused(T(mlp_laplace_variance)(laplace, model, workspace, variance, N_OUT, NULL, 0), MLP_ERR_STATE,
            "workspace: remembers no forward pass");
    accepted(T(mlp_forward)(model, workspace, 4, T(p).places, N_IN, NULL, 0));
    refused(T(mlp_laplace_variance)(NULL, model, workspace, variance, N_OUT, NULL, 0), MLP_ERR_ARGUMENT,
            "laplace = NULL");
    refused(T(mlp_laplace_variance)(laplace, NULL, workspace, variance, N_OUT, NULL, 0), MLP_ERR_ARGUMENT,
            "model = NULL");
    refused(T(mlp_laplace_variance)(laplace, model, NULL, variance, N_OUT, NULL, 0), MLP_ERR_ARGUMENT,
            "workspace = NULL");
    refused(T(mlp_laplace_variance)(laplace, model, workspace, variance, N_OUT - 1, NULL, 0), MLP_ERR_SIZE,
            "ldv = 1");
    refused(T(mlp_laplace_variance)(laplace, model, workspace, variance, N_OUT, variance, INT64_MIN),
            MLP_ERR_SIZE, "ldm = -9");
    refused(OTHER(mlp_laplace_variance)(laplace, model, workspace, NULL, 0, NULL, 0), MLP_ERR_DTYPE,
            "laplace is");
    refused(OTHER(mlp_laplace_get_noise)(laplace, NULL), MLP_ERR_DTYPE, "laplace is");
    refused(T(mlp_laplace_get_noise)(laplace, NULL), MLP_ERR_ARGUMENT, "noise = NULL");
    refused(T(mlp_laplace_get_noise)(NULL, variance), MLP_ERR_ARGUMENT, "laplace = NULL");
    accepted(T(mlp_model_get_bias)(clone, 1, b));
    accepted(T(mlp_model_set_bias)(clone, 1, b));
    accepted(T(mlp_forward)(clone, workspace, 4, T(p).places, N_IN, NULL, 0));
    refused(T(mlp_laplace_variance)(laplace, clone, workspace, variance, N_OUT, NULL, 0), MLP_ERR_STATE,
            "laplace: was made for another model");
    refused(T(mlp_laplace_variance)(laplace, model, workspace, variance, N_OUT, NULL, 0), MLP_ERR_STATE,
            "model: has changed");
    for (int i = 0; i < N_OUT * 4; i++)
        assert_true(variance[i] == 77);
    mlp_laplace_destroy(laplace);
    mlp_workspace_destroy(forward);
    mlp_model_destroy(clone);
    T(tear_down)();
}

static void T(test_not_finite)(void **state)
{
    static const REAL noise[N_OUT] = {1, 1};
    mlp_laplace *laplace = NULL;
    REAL y[N_OUT * SAMPLES], A[HIDDEN * N_OUT] = {0}, b[N_OUT] = {0}, shift[N_OUT] = {7, 7},
                                        scale[N_OUT] = {1, 1};
    (void)state;
    T(set_up)();
    T(p).x[100] = (REAL)NAN;
    refused(T(mlp_laplace_create)(T(p).model, T(p).workspace, SAMPLES, T(p).x, N_IN, NULL, 0, NULL, 1, noise,
                                  &laplace),
            MLP_ERR_NUMERIC, "x: gives");
    T(p).x[100] = 0;
    T(p).t[101] = (REAL)INFINITY;
    refused(T(mlp_laplace_create)(T(p).model, T(p).workspace, SAMPLES, T(p).x, N_IN, T(p).t, N_OUT, NULL, 1,
                                  NULL, &laplace),
            MLP_ERR_NUMERIC, "t: the residuals of output 1");
    accepted(T(mlp_model_set_weights)(T(p).model, 3, MLP_COLUMN_MAJOR, A, N_OUT));
    accepted(T(mlp_model_set_bias)(T(p).model, 3, b));
    accepted(T(mlp_model_set_output_scaling)(T(p).model, scale, shift));
    for (int i = 0; i < N_OUT * SAMPLES; i++)
        y[i] = 7;
    refused(T(mlp_laplace_create)(T(p).model, T(p).workspace, SAMPLES, T(p).x, N_IN, y, N_OUT, NULL, 1, NULL,
                                  &laplace),
            MLP_ERR_NUMERIC, "t: output 0 is met exactly");
    assert_null(laplace);
    T(tear_down)();
}

static void T(test_callback)(void **state)
{
    static const REAL noise[] = {1}, x[] = {1, 2};
    mlp_activation own = 0;
    mlp_model *model = NULL;
    mlp_workspace *workspace = NULL;
    mlp_laplace *laplace = NULL;
    (void)state;
    accepted(mlp_activation_register("gives_up", 1, give_up, NULL, NULL, &own));
    accepted(mlp_model_create(REAL_DTYPE, 2, (const int64_t[]){1, 3, 1}, own, &model));
    accepted(mlp_workspace_create(model, 2, 1, MLP_USE_FORWARD, &workspace));
    refused(T(mlp_laplace_create)(model, workspace, 2, x, 1, NULL, 0, NULL, 1, noise, &laplace),
            MLP_ERR_CALLBACK, "");
    assert_true(mlp_last_callback_value() == 7 && !laplace);
    accepted(mlp_activation_unregister(own));
    mlp_workspace_destroy(workspace);
    mlp_model_destroy(model);
}

static mlp_status T(approximate)(void *context)
{
    mlp_laplace *laplace = context;
    const mlp_status status = T(mlp_laplace_create)(T(p).model, T(p).workspace, SAMPLES, T(p).x, N_IN, T(p).t,
                                                    N_OUT, NULL, 1, NULL, &laplace);
    assert_true((status == MLP_OK) == (laplace != NULL));
    mlp_laplace_destroy(laplace);
    return status;
}

static void T(test_no_memory)(void **state)
{
    (void)state;
    T(set_up)();
    assert_int_equal(failing_allocator_sweep(T(approximate), &T(p)), 13);
    T(tear_down)();
}
