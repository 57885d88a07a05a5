/* Template: derivatives at the remembered pass, in one number type. */

enum { T(OUTPUT), T(BIAS), T(WEIGHT) }; /* by what a Jacobian differentiates */

typedef mlp_status (*T(jacobian))(const mlp_model *, mlp_workspace *, int32_t, int32_t, REAL *, int64_t,
                                  int64_t);

static const T(jacobian)
    T(jacobians)[] = {T(mlp_jacobian_output), T(mlp_jacobian_bias), T(mlp_jacobian_weight)};

/* Columns of a Jacobian. */
static int64_t T(columns)(int by, int32_t layer)
{
    return network_widths[layer] * (by == T(WEIGHT) ? network_widths[layer - 1] : 1);
}

enum { T(ROOM) = BATCH * 600 }; /* values: enough for every output of every derivative */

/* ---- Every derivative with right arguments but for the model and the workspace ---- */

typedef mlp_status (*T(derivative))(const mlp_model *, mlp_workspace *, REAL *out);

static const REAL T(ones)[PARAMS] = {1, 1, 1, 1, 1, 1, 1, 1};

static mlp_status T(vjp)(const mlp_model *model, mlp_workspace *workspace, REAL *out)
{
    return T(mlp_vjp)(model, workspace, T(ones), N_OUT, out, N_IN, out + BATCH * N_IN);
}

static mlp_status T(jvp)(const mlp_model *model, mlp_workspace *workspace, REAL *out)
{
    return T(mlp_jvp)(model, workspace, T(ones), N_IN, T(ones), out, N_OUT);
}

static mlp_status T(by_output)(const mlp_model *model, mlp_workspace *workspace, REAL *out)
{
    return T(mlp_jacobian_output)(model, workspace, 2, 0, out, N_OUT, N_OUT * N_IN);
}

static mlp_status T(by_bias)(const mlp_model *model, mlp_workspace *workspace, REAL *out)
{
    return T(mlp_jacobian_bias)(model, workspace, 2, 1, out, N_OUT, N_OUT * HIDDEN);
}

static mlp_status T(by_weight)(const mlp_model *model, mlp_workspace *workspace, REAL *out)
{
    return T(mlp_jacobian_weight)(model, workspace, 2, 1, out, N_OUT, N_OUT * HIDDEN * N_IN);
}

static mlp_status T(whole)(const mlp_model *model, mlp_workspace *workspace, REAL *out)
{
    return T(mlp_jacobian)(model, workspace, out, N_OUT, N_OUT * N_IN);
}

static mlp_status T(by_theta)(const mlp_model *model, mlp_workspace *workspace, REAL *out)
{
    return T(mlp_jacobian_theta)(model, workspace, out, PARAMS);
}

/* Sums in double, in the same room. */
static mlp_status T(normal_add)(const mlp_model *model, mlp_workspace *workspace, REAL *out)
{
    double *const JtJ = (double *)(void *)out;
    return T(mlp_jacobian_normal_add)(model, workspace, T(ones), N_OUT, JtJ, PARAMS, JtJ + PARAMS * PARAMS);
}

static mlp_status T(gradients)(const mlp_model *model, mlp_workspace *workspace, REAL *out)
{
    return T(mlp_sample_gradients)(model, workspace, T(ones), N_OUT, out, PARAMS);
}

static mlp_status T(norms)(const mlp_model *model, mlp_workspace *workspace, REAL *out)
{
    return T(mlp_sample_norms)(model, workspace, T(ones), N_OUT, out);
}

static mlp_status T(clipped_sum)(const mlp_model *model, mlp_workspace *workspace, REAL *out)
{
    return T(mlp_sample_clipped_sum)(model, workspace, T(ones), N_OUT, 0.5, out, out + BATCH);
}

static mlp_status T(inner_products)(const mlp_model *model, mlp_workspace *workspace, REAL *out)
{
    return T(mlp_sample_inner_products)(model, workspace, T(ones), N_OUT, out, BATCH);
}

static const T(derivative) T(derivatives)[] = {T(vjp),       T(jvp),   T(by_output),   T(by_bias),
                                               T(by_weight), T(whole), T(by_theta),    T(normal_add),
                                               T(gradients), T(norms), T(clipped_sum), T(inner_products)};

enum { T(DERIVATIVES) = sizeof T(derivatives) / sizeof *T(derivatives) };

/* All of them refuse, write nothing and leave the message with the workspace. */
static void T(refuse_all)(const mlp_model *model, mlp_workspace *workspace, mlp_status status,
                          const char *word)
{
    for (int k = 0; k < T(DERIVATIVES); k++) {
        _Alignas(double) REAL out[T(ROOM)];
        T(fill)(out, T(ROOM), SENTINEL);
        refused(T(derivatives)[k](model, workspace, out), status, word);
        assert_true(T(untouched)(out, T(ROOM)));
        if (workspace)
            assert_string_equal(mlp_workspace_last_error(workspace), mlp_last_error());
    }
}

static void T(accept_all)(const mlp_model *model, mlp_workspace *workspace)
{
    _Alignas(double) REAL out[T(ROOM)];
    T(fill)(out, T(ROOM), 0);
    for (int k = 0; k < T(DERIVATIVES); k++)
        accepted(T(derivatives)[k](model, workspace, out));
}

static void T(test_wrong_objects)(void **state)
{
    T(network) net = T(set_up)(201);
    (void)state;
    T(pass)(&net);
    T(refuse_all)(NULL, net.workspace, MLP_ERR_ARGUMENT, "model = NULL");
    T(refuse_all)(net.model, NULL, MLP_ERR_ARGUMENT, "workspace = NULL");
    T(refuse_all)(net.other, net.workspace, MLP_ERR_DTYPE, "model is");
    T(refuse_all)(net.other, net.foreign, MLP_ERR_DTYPE, "model is");
    T(refuse_all)(net.model, net.foreign, MLP_ERR_DTYPE, "workspace is");
    T(refuse_all)(net.narrow, net.workspace, MLP_ERR_ARGUMENT, "model: its widths or activations");
    T(refuse_all)(net.relu, net.workspace, MLP_ERR_ARGUMENT, "model: its widths or activations");
    T(accept_all)(net.model, net.workspace);
    T(tear_down)(&net);
}

/* There is no pass of this model in this state: the message says which of the reasons it is. */
static void T(test_wrong_states)(void **state)
{
    static const REAL b[HIDDEN] = {1, 2, 3}, one[N_IN] = {1, 1, 1};
    const char *const none = "workspace: remembers no forward pass", *const changed = "model: has changed";
    T(network) net = T(set_up)(202);
    (void)state;
    T(refuse_all)(net.model, net.workspace, MLP_ERR_STATE, none);
    accepted(T(mlp_forward)(net.model, net.shallow, BATCH, net.x, LDX, NULL, 0));
    T(refuse_all)(net.model, net.shallow, MLP_ERR_STATE, "workspace: was created without MLP_USE_");
    T(pass)(&net);
    T(refuse_all)(net.same, net.workspace, MLP_ERR_STATE, changed);
    accepted(T(mlp_model_set_bias)(net.model, 1, b));
    T(refuse_all)(net.model, net.workspace, MLP_ERR_STATE, changed);
    T(pass)(&net);
    accepted(T(mlp_model_set_input_scaling)(net.model, one, one));
    T(refuse_all)(net.model, net.workspace, MLP_ERR_STATE, changed);
    T(pass)(&net);
    accepted(mlp_model_copy_params(net.model, net.same));
    T(refuse_all)(net.model, net.workspace, MLP_ERR_STATE, changed);
    T(pass)(&net);
    refused(T(mlp_forward)(net.model, net.workspace, BATCH, NULL, LDX, NULL, 0), MLP_ERR_ARGUMENT,
            "x = NULL");
    T(refuse_all)(net.model, net.workspace, MLP_ERR_STATE, none);
    T(pass)(&net);
    accepted(mlp_workspace_prepare(net.workspace, net.model));
    T(refuse_all)(net.model, net.workspace, MLP_ERR_STATE, none);
    T(pass)(&net);
    T(accept_all)(net.model, net.workspace);
    T(tear_down)(&net);
}

/* A copy shares the generation until it or the original changes, also when the original is gone. */
static void T(test_clone)(void **state)
{
    static const REAL b[HIDDEN] = {1, 2, 3};
    T(network) net = T(set_up)(203);
    mlp_model *clone = NULL;
    (void)state;
    T(pass)(&net);
    accepted(mlp_model_clone(net.model, &clone));
    T(accept_all)(clone, net.workspace);
    accepted(T(mlp_model_set_bias)(clone, 1, b));
    T(refuse_all)(clone, net.workspace, MLP_ERR_STATE, "model: has changed");
    T(accept_all)(net.model, net.workspace);
    mlp_model_destroy(clone);
    accepted(mlp_model_clone(net.model, &clone));
    mlp_model_destroy(net.model);
    net.model = clone;
    T(accept_all)(clone, net.workspace);
    T(tear_down)(&net);
}

/* ---- Arguments of each ---- */

static void T(test_bad_vjp)(void **state)
{
    T(network) net = T(set_up)(204);
    REAL out[T(ROOM)], *const x_bar = out, *const theta_bar = out + LDX * BATCH;
    const REAL *const y_bar = T(ones);
    const struct {
        const REAL *y_bar;
        int64_t ldy;
        REAL *x_bar;
        int64_t ldx;
        REAL *theta_bar;
        mlp_status status;
        const char *word;
    } cases[] = {
        {NULL, N_OUT, x_bar, LDX, theta_bar, MLP_ERR_ARGUMENT, "y_bar = NULL"},
        {y_bar, N_OUT, NULL, LDX, NULL, MLP_ERR_ARGUMENT, "x_bar = NULL and theta_bar = NULL"},
        {y_bar, N_OUT - 1, x_bar, LDX, theta_bar, MLP_ERR_SIZE, "ldy = 1"},
        {y_bar, 0, NULL, LDX, theta_bar, MLP_ERR_SIZE, "ldy = 0"},
        {y_bar, -2, x_bar, LDX, NULL, MLP_ERR_SIZE, "ldy = -2"},
        {y_bar, INT64_MIN, x_bar, LDX, theta_bar, MLP_ERR_SIZE, "ldy = -9223372036854775808"},
        {y_bar, INT64_MAX, x_bar, LDX, theta_bar, MLP_ERR_SIZE, "ldy = 9223372036854775807"},
        {y_bar, N_OUT, x_bar, N_IN - 1, theta_bar, MLP_ERR_SIZE, "ldx = 2"},
        {y_bar, N_OUT, x_bar, 0, NULL, MLP_ERR_SIZE, "ldx = 0"},
        {y_bar, N_OUT, x_bar, -3, theta_bar, MLP_ERR_SIZE, "ldx = -3"},
        {y_bar, N_OUT, x_bar, INT64_MIN, theta_bar, MLP_ERR_SIZE, "ldx = -9223372036854775808"},
        {y_bar, N_OUT, x_bar, INT64_MAX, theta_bar, MLP_ERR_SIZE, "ldx = 9223372036854775807"},
    };
    (void)state;
    T(pass)(&net);
    T(fill)(out, T(ROOM), SENTINEL);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        refused(T(mlp_vjp)(net.model, net.workspace, cases[i].y_bar, cases[i].ldy, cases[i].x_bar,
                           cases[i].ldx, cases[i].theta_bar),
                cases[i].status, cases[i].word);
        assert_true(T(untouched)(out, T(ROOM)));
        assert_string_equal(mlp_workspace_last_error(net.workspace), mlp_last_error());
    }
    T(accept_all)(net.model, net.workspace);
    T(tear_down)(&net);
}

static void T(test_bad_jvp)(void **state)
{
    T(network) net = T(set_up)(205);
    REAL y_dot[T(ROOM)];
    const REAL *const x_dot = T(ones), *const theta_dot = T(ones);
    const struct {
        const REAL *x_dot;
        int64_t ldx;
        const REAL *theta_dot;
        REAL *y_dot;
        int64_t ldy;
        mlp_status status;
        const char *word;
    } cases[] = {
        {NULL, N_IN, NULL, y_dot, LDY, MLP_ERR_ARGUMENT, "x_dot = NULL and theta_dot = NULL"},
        {x_dot, N_IN, theta_dot, NULL, LDY, MLP_ERR_ARGUMENT, "y_dot = NULL"},
        {x_dot, N_IN - 1, theta_dot, y_dot, LDY, MLP_ERR_SIZE, "ldx = 2"},
        {x_dot, 0, NULL, y_dot, LDY, MLP_ERR_SIZE, "ldx = 0"},
        {x_dot, -1, theta_dot, y_dot, LDY, MLP_ERR_SIZE, "ldx = -1"},
        {x_dot, INT64_MIN, theta_dot, y_dot, LDY, MLP_ERR_SIZE, "ldx = -9223372036854775808"},
        {x_dot, INT64_MAX, theta_dot, y_dot, LDY, MLP_ERR_SIZE, "ldx = 9223372036854775807"},
        {x_dot, N_IN, theta_dot, y_dot, N_OUT - 1, MLP_ERR_SIZE, "ldy = 1"},
        {NULL, N_IN, theta_dot, y_dot, 0, MLP_ERR_SIZE, "ldy = 0"},
        {x_dot, N_IN, theta_dot, y_dot, -4, MLP_ERR_SIZE, "ldy = -4"},
        {x_dot, N_IN, theta_dot, y_dot, INT64_MIN, MLP_ERR_SIZE, "ldy = -9223372036854775808"},
        {x_dot, N_IN, theta_dot, y_dot, INT64_MAX, MLP_ERR_SIZE, "ldy = 9223372036854775807"},
    };
    (void)state;
    T(pass)(&net);
    T(fill)(y_dot, T(ROOM), SENTINEL);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        refused(T(mlp_jvp)(net.model, net.workspace, cases[i].x_dot, cases[i].ldx, cases[i].theta_dot,
                           cases[i].y_dot, cases[i].ldy),
                cases[i].status, cases[i].word);
        assert_true(T(untouched)(y_dot, T(ROOM)));
        assert_string_equal(mlp_workspace_last_error(net.workspace), mlp_last_error());
    }
    T(accept_all)(net.model, net.workspace);
    T(tear_down)(&net);
}

/* `word` is what the message begins with; "layer" stands for the name of the fourth argument. */
static void T(refuse_jacobian)(const T(network) *net, int by, int32_t to, int32_t layer, int64_t ldj,
                               int64_t stride, mlp_status status, const char *word)
{
    REAL J[T(ROOM)];
    T(fill)(J, T(ROOM), SENTINEL);
    refused(T(jacobians)[by](net->model, net->workspace, to, layer, J, ldj, stride), status, word);
    assert_true(T(untouched)(J, T(ROOM)));
    assert_string_equal(mlp_workspace_last_error(net->workspace), mlp_last_error());
}

static void T(test_bad_jacobian_layers)(void **state)
{
    static const struct {
        int32_t to;
        const char *word;
    } tos[] = {{0, "to = 0"},
               {-1, "to = -1"},
               {3, "to = 3"},
               {INT32_MIN, "to = -2147483648"},
               {INT32_MAX, "to = 2147483647"}};
    static const struct {
        int32_t to, from;
        const char *word;
    } layers[] = {{2, -1, "-1"},
                  {2, 2, "2"},
                  {1, 1, "1"},
                  {2, 3, "3"},
                  {2, INT32_MIN, "-2147483648"},
                  {1, INT32_MAX, "2147483647"}};
    T(network) net = T(set_up)(206);
    (void)state;
    T(pass)(&net);
    for (int by = T(OUTPUT); by <= T(WEIGHT); by++) {
        for (size_t i = 0; i < sizeof tos / sizeof *tos; i++)
            T(refuse_jacobian)(&net, by, tos[i].to, 1, 50, 90, MLP_ERR_ARGUMENT, tos[i].word);
        for (size_t i = 0; i < sizeof layers / sizeof *layers; i++) {
            char word[32];
            const int32_t from = layers[i].from, layer = from < 0 || from > 2 ? from : from + 1;
            if (by == T(OUTPUT))
                snprintf(word, sizeof word, "from = %s", layers[i].word);
            else
                snprintf(word, sizeof word, "layer = %d", (int)layer);
            T(refuse_jacobian)(&net, by, layers[i].to, by == T(OUTPUT) ? from : layer, 50, 90,
                               MLP_ERR_ARGUMENT, word);
        }
        if (by != T(OUTPUT))
            T(refuse_jacobian)(&net, by, 2, 0, 50, 90, MLP_ERR_ARGUMENT, "layer = 0");
        refused(T(jacobians)[by](net.model, net.workspace, 2, 1, NULL, 2, 90), MLP_ERR_ARGUMENT, "J = NULL");
    }
    T(accept_all)(net.model, net.workspace);
    T(tear_down)(&net);
}

static void T(test_bad_jacobian_sizes)(void **state)
{
    static const int64_t lds[] = {N_OUT - 1, 0, -2, INT64_MIN, INT64_MAX};
    T(network) net = T(set_up)(207);
    char word[64];
    (void)state;
    T(pass)(&net);
    for (int by = T(OUTPUT); by <= T(WEIGHT); by++) {
        const int64_t span = N_OUT * T(columns)(by, 1);
        /* too small, and what overflows as elements of the last matrix or only as their bytes */
        const int64_t strides[] = {span - 1, 0, -1, -span};
        const int64_t wide[] = {INT64_MAX, INT64_MIN, INT64_MAX / 2, INT64_MAX / BATCH,
                                INT64_MAX / BATCH / (int64_t)sizeof(REAL) * 2};
        for (size_t i = 0; i < sizeof lds / sizeof *lds; i++) {
            snprintf(word, sizeof word, "ldj = %lld: must be", (long long)lds[i]);
            T(refuse_jacobian)(&net, by, 2, 1, lds[i], 1000, MLP_ERR_SIZE, word);
        }
        for (size_t i = 0; i < sizeof strides / sizeof *strides; i++) {
            snprintf(word, sizeof word, "stride = %lld: must be at least %lld", (long long)strides[i],
                     (long long)span);
            T(refuse_jacobian)(&net, by, 2, 1, N_OUT, strides[i], MLP_ERR_SIZE, word);
        }
        for (size_t i = 0; i < sizeof wide / sizeof *wide; i++) {
            snprintf(word, sizeof word, "stride = %lld", (long long)wide[i]);
            T(refuse_jacobian)(&net, by, 2, 1, N_OUT, wide[i], MLP_ERR_SIZE, word);
        }
    }
    T(accept_all)(net.model, net.workspace);
    T(tear_down)(&net);
}

/* ---- Registered activations ---- */

/* Without a derivative a pass is possible and its derivatives are not. */
static void T(test_no_derivative)(void **state)
{
    fickle f = {.fail_at = -1};
    T(network) net = T(set_up)(208);
    mlp_activation activation = 0;
    mlp_workspace *workspace = NULL;
    (void)state;
    accepted(mlp_activation_register("value_only", 0, fickle_tanh, &f, NULL, &activation));
    mlp_model *model = T(create_model)(REAL_DTYPE, network_widths, activation);
    accepted(mlp_workspace_create(model, BATCH, 1, every_use, &workspace));
    accepted(T(mlp_forward)(model, workspace, BATCH, net.x, LDX, NULL, 0));
    T(refuse_all)(model, workspace, MLP_ERR_UNSUPPORTED, "model: the activation \"value_only\" of layer 1");
    assert_int_equal(mlp_workspace_batch(workspace), BATCH);
    accepted(mlp_activation_unregister(activation));
    mlp_workspace_destroy(workspace);
    mlp_model_destroy(model);
    T(tear_down)(&net);
}

/* A callback that fails in a derivative leaves the pass: the same call succeeds once the callback does. */
static void T(test_failing_callback)(void **state)
{
    T(network) net = T(set_up)(209);
    (void)state;
    for (int k = 0; k < T(DERIVATIVES); k++) {
        fickle f = {.fail_at = -1, .value = 21 + k};
        mlp_activation activation = 0;
        mlp_workspace *workspace = NULL;
        _Alignas(double) REAL out[T(ROOM)];
        accepted(mlp_activation_register("fickle_tanh", 1, fickle_tanh, &f, NULL, &activation));
        mlp_model *model = T(create_model)(REAL_DTYPE, network_widths, activation);
        accepted(mlp_workspace_create(model, BATCH, 1, every_use, &workspace));
        accepted(T(mlp_forward)(model, workspace, BATCH, net.x, LDX, NULL, 0));
        T(fill)(out, T(ROOM), SENTINEL);
        f.fail_at = f.calls;
        refused(T(derivatives)[k](model, workspace, out), MLP_ERR_CALLBACK, "fickle_tanh");
        assert_int_equal(mlp_last_callback_value(), 21 + k);
        assert_true(T(untouched)(out, T(ROOM)));
        assert_int_equal(mlp_workspace_batch(workspace), BATCH);
        accepted(T(derivatives)[k](model, workspace, out));
        assert_false(T(untouched)(out, N_OUT));
        accepted(mlp_activation_unregister(activation));
        mlp_workspace_destroy(workspace);
        mlp_model_destroy(model);
    }
    T(tear_down)(&net);
}
