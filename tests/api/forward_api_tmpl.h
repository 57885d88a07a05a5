/* Template: forward passes, predictions and the outputs they leave, in one number type. */

typedef mlp_status (*T(evaluation))(const mlp_model *, mlp_workspace *, int64_t, const REAL *, int64_t,
                                    REAL *, int64_t);

static void T(test_refusals)(void **state)
{
    T(network) net = T(set_up)(101);
    const T(evaluation) functions[] = {T(mlp_forward), T(mlp_predict)};
    REAL y[LDY * BATCH];
    const struct {
        const mlp_model *model;
        mlp_workspace *workspace;
        int64_t batch;
        const REAL *x;
        int64_t ldx, ldy;
        mlp_status status;
        const char *word;
    } cases[] = {
        {NULL, net.workspace, 2, net.x, LDX, LDY, MLP_ERR_ARGUMENT, "model = NULL"},
        {net.other, net.workspace, 2, net.x, LDX, LDY, MLP_ERR_DTYPE, "model is"},
        {net.narrow, net.workspace, 2, net.x, LDX, LDY, MLP_ERR_ARGUMENT, "model: "},
        {net.relu, net.workspace, 2, net.x, LDX, LDY, MLP_ERR_ARGUMENT, "model: "},
        {net.model, NULL, 2, net.x, LDX, LDY, MLP_ERR_ARGUMENT, "workspace = NULL"},
        {net.model, net.foreign, 2, net.x, LDX, LDY, MLP_ERR_DTYPE, "workspace is"},
        {net.model, net.workspace, -1, net.x, LDX, LDY, MLP_ERR_SIZE, "batch = -1"},
        {net.model, net.workspace, BATCH + 1, net.x, LDX, LDY, MLP_ERR_SIZE, "batch = 5"},
        {net.model, net.workspace, INT64_MIN, net.x, LDX, LDY, MLP_ERR_SIZE, "batch = -9223372036854775808"},
        {net.model, net.workspace, INT64_MAX, net.x, LDX, LDY, MLP_ERR_SIZE, "batch = 9223372036854775807"},
        {net.model, net.workspace, 2, NULL, LDX, LDY, MLP_ERR_ARGUMENT, "x = NULL"},
        {net.model, net.workspace, 0, NULL, LDX, LDY, MLP_ERR_ARGUMENT, "x = NULL"},
        {net.model, net.workspace, 2, net.x, N_IN - 1, LDY, MLP_ERR_SIZE, "ldx = 2"},
        {net.model, net.workspace, 2, net.x, 0, LDY, MLP_ERR_SIZE, "ldx = 0"},
        {net.model, net.workspace, 2, net.x, -LDX, LDY, MLP_ERR_SIZE, "ldx = -5"},
        {net.model, net.workspace, 2, net.x, INT64_MIN, LDY, MLP_ERR_SIZE, "ldx = -9223372036854775808"},
        {net.model, net.workspace, 2, net.x, INT64_MAX, LDY, MLP_ERR_SIZE, "ldx = 9223372036854775807"},
        {net.model, net.workspace, 2, net.x, LDX, N_OUT - 1, MLP_ERR_SIZE, "ldy = 1"},
        {net.model, net.workspace, 2, net.x, LDX, 0, MLP_ERR_SIZE, "ldy = 0"},
        {net.model, net.workspace, 2, net.x, LDX, -LDY, MLP_ERR_SIZE, "ldy = -4"},
        {net.model, net.workspace, 2, net.x, LDX, INT64_MIN, MLP_ERR_SIZE, "ldy = -9223372036854775808"},
        {net.model, net.workspace, 2, net.x, LDX, INT64_MAX, MLP_ERR_SIZE, "ldy = 9223372036854775807"},
    };
    (void)state;
    T(fill)(y, LDY * BATCH, SENTINEL);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (int f = 0; f < 2; f++) {
            T(pass)(&net);
            refused(functions[f](cases[i].model, cases[i].workspace, cases[i].batch, cases[i].x, cases[i].ldx,
                                 y, cases[i].ldy),
                    cases[i].status, cases[i].word);
            assert_true(T(untouched)(y, LDY * BATCH));
            if (cases[i].workspace) {
                assert_string_equal(mlp_workspace_last_error(cases[i].workspace), mlp_last_error());
                assert_int_equal(mlp_workspace_batch(cases[i].workspace), 0);
                assert_true(mlp_workspace_generation(cases[i].workspace) == 0);
            }
        }
    refused(T(mlp_predict)(net.model, net.workspace, 2, net.x, LDX, NULL, LDY), MLP_ERR_ARGUMENT, "y = NULL");
    T(tear_down)(&net);
}

/* Every batch size, in either workspace, with and without y. */
static void T(test_forward)(void **state)
{
    T(network) net = T(set_up)(102);
    (void)state;
    for (int64_t batch = 1; batch <= BATCH; batch++) {
        mlp_workspace *const workspaces[] = {net.workspace, net.shallow};
        for (int w = 0; w < 2; w++) {
            REAL y[LDY * BATCH];
            T(fill)(y, LDY * BATCH, SENTINEL);
            accepted(T(mlp_forward)(net.model, workspaces[w], batch, net.x, LDX, y, LDY));
            for (int64_t s = 0; s < batch; s++)
                for (int p = 0; p < N_OUT; p++)
                    T(near)(y[s * LDY + p], T(point)(&net, s).output[p]);
            T(check_padding)(y, N_OUT, LDY, batch);
            assert_true(T(untouched)(y + batch * LDY, (BATCH - batch) * LDY));
            accepted(T(mlp_forward)(net.model, workspaces[w], batch, net.x, LDX, NULL, INT64_MIN));
        }
        assert_int_equal(mlp_workspace_batch(net.workspace), batch);
        assert_true(mlp_workspace_generation(net.workspace) == mlp_model_generation(net.model));
        assert_int_equal(mlp_workspace_batch(net.shallow), 0); /* it remembers nothing */
        assert_true(mlp_workspace_generation(net.shallow) == 0);
    }
    T(check_padding)(net.x, N_IN, LDX, BATCH);
    T(tear_down)(&net);
}

/* No samples: nothing is written, and the pass before it stays the remembered one. */
static void T(test_empty_batch)(void **state)
{
    T(network) net = T(set_up)(103);
    REAL y[LDY];
    (void)state;
    T(fill)(y, LDY, SENTINEL);
    accepted(T(mlp_forward)(net.model, net.workspace, 0, net.x, LDX, y, LDY));
    assert_int_equal(mlp_workspace_batch(net.workspace), 0);
    T(pass)(&net);
    accepted(T(mlp_forward)(net.same, net.workspace, 0, net.x, LDX, y, LDY));
    accepted(T(mlp_forward)(net.same, net.workspace, 0, net.x, LDX, NULL, 0));
    accepted(T(mlp_predict)(net.same, net.workspace, 0, net.x, LDX, y, LDY));
    assert_true(T(untouched)(y, LDY));
    assert_int_equal(mlp_workspace_batch(net.workspace), BATCH);
    assert_true(mlp_workspace_generation(net.workspace) == mlp_model_generation(net.model));
    T(tear_down)(&net);
}

/* Probabilities of one sample's outputs, in place. */
static void T(plain_head)(mlp_head head, double y[N_OUT])
{
    const double most = fmax(y[0], y[1]);
    const double sum = exp(y[0] - most) + exp(y[1] - most);
    for (int p = 0; p < N_OUT; p++)
        if (head == MLP_HEAD_SIGMOID)
            y[p] = 1 / (1 + exp(-y[p]));
        else if (head == MLP_HEAD_SOFTMAX)
            y[p] = exp(y[p] - most) / sum;
}

static void T(test_predict)(void **state)
{
    T(network) net = T(set_up)(104);
    (void)state;
    for (mlp_head head = MLP_HEAD_NONE; head <= MLP_HEAD_SOFTMAX; head++) {
        REAL y[LDY * BATCH];
        accepted(mlp_model_set_head(net.model, head));
        T(fill)(y, LDY * BATCH, SENTINEL);
        accepted(T(mlp_predict)(net.model, net.workspace, BATCH - 1, net.x, LDX, y, LDY));
        for (int64_t s = 0; s < BATCH - 1; s++) {
            plain_point point = T(point)(&net, s);
            T(plain_head)(head, point.output);
            for (int p = 0; p < N_OUT; p++)
                T(near)(y[s * LDY + p], point.output[p]);
        }
        T(check_padding)(y, N_OUT, LDY, BATCH - 1);
        assert_true(T(untouched)(y + (BATCH - 1) * LDY, LDY));
        assert_int_equal(mlp_workspace_batch(net.workspace), BATCH - 1);
        /* the head is no part of the forward pass */
        accepted(T(mlp_forward)(net.model, net.shallow, 1, net.x, LDX, y, LDY));
        T(near)(y[0], T(point)(&net, 0).output[0]);
    }
    T(tear_down)(&net);
}

/* Outputs far apart: probabilities stay 0 and 1, and never NaN. */
static void T(test_saturated_heads)(void **state)
{
    static const REAL one[N_OUT] = {1, 1}, far[N_OUT] = {800, -800};
    T(network) net = T(set_up)(105);
    REAL y[N_OUT];
    (void)state;
    accepted(T(mlp_model_set_output_scaling)(net.model, one, far));
    for (mlp_head head = MLP_HEAD_SIGMOID; head <= MLP_HEAD_SOFTMAX; head++) {
        accepted(mlp_model_set_head(net.model, head));
        accepted(T(mlp_predict)(net.model, net.workspace, 1, net.x, LDX, y, N_OUT));
        assert_true(y[0] == 1 && y[1] >= 0 && y[1] < (REAL)1e-30);
    }
    T(tear_down)(&net);
}

/* y may be x itself where ldx = ldy: its other rows stay. */
static void T(test_in_place)(void **state)
{
    T(network) net = T(set_up)(106);
    mlp_workspace *const workspaces[] = {net.workspace, net.shallow};
    const T(evaluation) functions[] = {T(mlp_forward), T(mlp_predict)};
    (void)state;
    accepted(mlp_model_set_head(net.model, MLP_HEAD_SOFTMAX));
    for (int scaled = 1; scaled >= 0; scaled--) {
        for (int k = 0; k < 4; k++) {
            REAL xy[LDX * BATCH], y[LDX * BATCH];
            memcpy(xy, net.x, sizeof xy);
            memcpy(y, net.x, sizeof y);
            accepted(functions[k / 2](net.model, workspaces[k % 2], BATCH, net.x, LDX, y, LDX));
            accepted(functions[k / 2](net.model, workspaces[k % 2], BATCH, xy, LDX, xy, LDX));
            assert_memory_equal(xy, y, sizeof y);
            for (int s = 0; s < BATCH; s++)
                assert_true(xy[s * LDX + N_OUT] == net.x[s * LDX + N_OUT]);
            assert_memory_not_equal(xy, net.x, sizeof xy);
        }
        accepted(T(mlp_model_set_input_scaling)(net.model, NULL, NULL));
    }
    T(tear_down)(&net);
}

/* A callback that fails ends the pass: nothing written, nothing remembered, its value kept. */
static void T(test_failing_callback)(void **state)
{
    const T(evaluation) functions[] = {T(mlp_forward), T(mlp_predict)};
    fickle f = {.fail_at = -1};
    T(network) net = T(set_up)(107);
    mlp_activation activation = 0;
    mlp_workspace *workspace = NULL;
    REAL y[LDY * BATCH];
    (void)state;
    accepted(mlp_activation_register("fickle_tanh", 1, fickle_tanh, &f, fickle_release, &activation));
    mlp_model *model = T(create_model)(REAL_DTYPE, network_widths, activation);
    accepted(mlp_workspace_create(model, BATCH, 1, MLP_USE_DERIVATIVES, &workspace));
    for (int k = 0; k < 2; k++) {
        accepted(T(mlp_forward)(model, workspace, BATCH, net.x, LDX, y, LDY));
        T(fill)(y, LDY * BATCH, SENTINEL);
        f.fail_at = f.calls;
        f.value = 11 + k;
        refused(functions[k](model, workspace, BATCH, net.x, LDX, y, LDY), MLP_ERR_CALLBACK, "fickle_tanh");
        assert_int_equal(mlp_last_callback_value(), 11 + k);
        assert_true(T(untouched)(y, LDY * BATCH));
        assert_int_equal(mlp_workspace_batch(workspace), 0);
        f.fail_at = -1;
    }
    accepted(mlp_activation_unregister(activation));
    mlp_model_destroy(model);
    assert_int_equal(f.released, 0);
    mlp_workspace_destroy(workspace);
    assert_int_equal(f.released, 1);
    T(tear_down)(&net);
}

static void T(test_get_output_refusals)(void **state)
{
    T(network) net = T(set_up)(108);
    REAL y[LDX * BATCH];
    const struct {
        const mlp_workspace *workspace;
        int32_t layer;
        REAL *y;
        int64_t ldy;
        mlp_status status;
        const char *word;
    } cases[] = {
        {NULL, 1, y, LDX, MLP_ERR_ARGUMENT, "workspace = NULL"},
        {net.foreign, 1, y, LDX, MLP_ERR_DTYPE, "workspace is"},
        {net.shallow, 1, y, LDX, MLP_ERR_STATE, "workspace: was created without MLP_USE_DERIVATIVES"},
        {net.workspace, -1, y, LDX, MLP_ERR_ARGUMENT, "layer = -1"},
        {net.workspace, 3, y, LDX, MLP_ERR_ARGUMENT, "layer = 3"},
        {net.workspace, INT32_MIN, y, LDX, MLP_ERR_ARGUMENT, "layer = -2147483648"},
        {net.workspace, INT32_MAX, y, LDX, MLP_ERR_ARGUMENT, "layer = 2147483647"},
        {net.workspace, 1, NULL, LDX, MLP_ERR_ARGUMENT, "y = NULL"},
        {net.workspace, 0, y, N_IN - 1, MLP_ERR_SIZE, "ldy = 2"},
        {net.workspace, 1, y, HIDDEN - 1, MLP_ERR_SIZE, "ldy = 4"},
        {net.workspace, 2, y, N_OUT - 1, MLP_ERR_SIZE, "ldy = 1"},
        {net.workspace, 1, y, 0, MLP_ERR_SIZE, "ldy = 0"},
        {net.workspace, 1, y, INT64_MIN, MLP_ERR_SIZE, "ldy = -9223372036854775808"},
        {net.workspace, 1, y, INT64_MAX, MLP_ERR_SIZE, "ldy = 9223372036854775807"},
    };
    (void)state;
    T(fill)(y, LDX * BATCH, SENTINEL);
    refused(T(mlp_workspace_get_output)(net.workspace, 1, y, LDX), MLP_ERR_STATE,
            "workspace: remembers no forward pass");
    T(pass)(&net);
    accepted(T(mlp_forward)(net.model, net.shallow, BATCH, net.x, LDX, NULL, 0));
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        refused(T(mlp_workspace_get_output)(cases[i].workspace, cases[i].layer, cases[i].y, cases[i].ldy),
                cases[i].status, cases[i].word);
        if (cases[i].workspace)
            assert_string_equal(mlp_workspace_last_error(cases[i].workspace), mlp_last_error());
    }
    assert_true(T(untouched)(y, LDX * BATCH));
    assert_int_equal(mlp_workspace_batch(net.workspace), BATCH);
    T(tear_down)(&net);
}

/* y_0 and y_L are the scaled ones; the pass outlives its model. */
static void T(test_get_output)(void **state)
{
    enum { LD = HIDDEN + 1 };
    T(network) net = T(set_up)(109);
    (void)state;
    accepted(T(mlp_forward)(net.model, net.workspace, BATCH - 1, net.x, LDX, NULL, 0));
    for (int32_t layer = 0; layer <= 2; layer++) {
        REAL y[LD * BATCH];
        T(fill)(y, LD * BATCH, SENTINEL);
        accepted(T(mlp_workspace_get_output)(net.workspace, layer, y, LD));
        for (int64_t s = 0; s < BATCH - 1; s++)
            for (int64_t i = 0; i < network_widths[layer]; i++)
                T(near)(y[s * LD + i], T(point)(&net, s).y[layer][i]);
        T(check_padding)(y, network_widths[layer], LD, BATCH - 1);
        assert_true(T(untouched)(y + (BATCH - 1) * LD, LD));
        if (layer == 1) {
            mlp_model_destroy(net.model);
            net.model = NULL;
        }
    }
    T(tear_down)(&net);
}

/* Evaluating asks for no memory. */
static void T(test_no_allocation)(void **state)
{
    T(network) net = T(set_up)(110);
    REAL y[LDX * BATCH];
    const int64_t calls = failing_allocator_calls();
    (void)state;
    for (int64_t batch = 0; batch <= BATCH; batch++) {
        accepted(T(mlp_forward)(net.model, net.workspace, batch, net.x, LDX, y, LDY));
        accepted(T(mlp_forward)(net.same, net.shallow, batch, net.x, LDX, y, LDY));
        accepted(T(mlp_predict)(net.model, net.workspace, batch, net.x, LDX, y, LDY));
    }
    accepted(T(mlp_workspace_get_output)(net.workspace, 1, y, LDX));
    assert_int_equal(failing_allocator_calls(), calls);
    T(tear_down)(&net);
}
