/* Template: jets and the room for them, registered activations, and what is written. After jet_api_tmpl.h. */

/* ---- Room ---- */

static void T(test_room)(void **state)
{
    static REAL v[N_IN * 300], y[N_OUT * 300];
    T(network) net = T(set_up_second)(308, T(STREAMS));
    mlp_workspace *least = NULL, *large = NULL;
    REAL out[T(ROOM)];
    (void)state;
    /* two streams of each of four samples, or eight of one */
    accepted(mlp_workspace_create(net.model, BATCH, 1, MLP_USE_SECOND_ORDER, &least));
    accepted(T(mlp_forward)(net.model, least, BATCH, net.x, LDX, NULL, 0));
    accepted(T(mlp_jet)(net.model, least, 2, v, N_IN, 0, out, NULL, NULL, N_OUT));
    accepted(T(mlp_jet)(net.model, least, 1, v, N_IN, 0, NULL, out, NULL, N_OUT));
    T(fill)(out, T(ROOM), SENTINEL);
    refused(T(mlp_jet)(net.model, least, 3, v, N_IN, 0, out, NULL, NULL, N_OUT), MLP_ERR_SIZE,
            "workspace: a batch of 4 with 3 streams each; it has room for 8 of them in all");
    assert_string_equal(mlp_workspace_last_error(least), mlp_last_error());
    refused(T(mlp_jet)(net.model, least, 1, v, N_IN, 0, NULL, NULL, out, N_OUT), MLP_ERR_SIZE,
            "workspace: a batch of 4 with 3 streams each");
    refused(T(mlp_laplacian)(net.model, least, NULL, NULL, out, N_OUT), MLP_ERR_SIZE,
            "workspace: a batch of 4 with 4 streams each");
    assert_true(T(untouched)(out, T(ROOM)));
    T(accept)(T(mixed_vjp), net.model, least);
    accepted(T(mlp_forward)(net.model, least, 1, net.x, LDX, NULL, 0));
    accepted(T(mlp_jet)(net.model, least, 11, v, N_IN, 0, y, NULL, NULL, N_OUT));
    refused(T(mlp_jet)(net.model, least, 12, v, N_IN, 0, y, NULL, NULL, N_OUT), MLP_ERR_SIZE,
            "workspace: a batch of 1 with 12 streams each");
    accepted(T(mlp_laplacian)(net.model, least, NULL, NULL, out, N_OUT));
    /* many samples make no room for more than 255 streams of one */
    accepted(mlp_workspace_create(net.model, 500, 1, MLP_USE_SECOND_ORDER, &large));
    accepted(T(mlp_forward)(net.model, large, 1, net.x, LDX, NULL, 0));
    accepted(T(mlp_jet)(net.model, large, 255, v, N_IN, 0, y, NULL, NULL, N_OUT));
    refused(T(mlp_jet)(net.model, large, 256, v, N_IN, 0, y, NULL, NULL, N_OUT), MLP_ERR_SIZE,
            "and for 255 of a sample");
    mlp_workspace_destroy(least);
    mlp_workspace_destroy(large);
    T(tear_down)(&net);
}

/* ---- Registered activations ---- */

/* A model of an activation with derivatives up to max_order, and a pass. */
typedef struct T(registered) {
    mlp_activation activation;
    mlp_model *model;
    mlp_workspace *workspace;
} T(registered);

static T(registered) T(set_up_registered)(const T(network) *net, int32_t max_order, moody *context)
{
    T(registered) r = {0};
    accepted(mlp_activation_register("moody_exp", max_order, moody_exp, context, NULL, &r.activation));
    r.model = T(create_model)(REAL_DTYPE, network_widths, r.activation);
    accepted(mlp_workspace_create(r.model, BATCH, 1, MLP_USE_SECOND_ORDER + T(STREAMS) *MLP_USE_STREAM,
                                  &r.workspace));
    accepted(T(mlp_forward)(r.model, r.workspace, BATCH, net->x, LDX, NULL, 0));
    return r;
}

static void T(tear_down_registered)(T(registered) *r)
{
    accepted(mlp_activation_unregister(r->activation));
    mlp_workspace_destroy(r->workspace);
    mlp_model_destroy(r->model);
}

static void T(test_lacking_orders)(void **state)
{
    T(network) net = T(set_up_second)(309, T(STREAMS));
    (void)state;
    for (int32_t most = 0; most <= 3; most++) {
        /* each call with the order it needs; the gradient follows a jet of one less */
        const struct {
            T(derivative) call, before;
            int32_t order;
        } calls[] = {{T(first_jet), NULL, 1},       {T(jet), NULL, 2},
                     {T(third_jet), NULL, 3},       {T(laplacian), NULL, 2},
                     {T(jet_vjp), T(first_jet), 2}, {T(jet_vjp), T(jet), 3},
                     {T(mixed_vjp), NULL, 2}};
        moody context = {.fail_order = -1};
        T(registered) r = T(set_up_registered)(&net, most, &context);
        for (size_t k = 0; k < sizeof calls / sizeof *calls; k++) {
            if (calls[k].before && calls[k].order > most + 1)
                continue;
            if (calls[k].before && most > 0)
                T(accept)(calls[k].before, r.model, r.workspace);
            if (calls[k].order <= most)
                T(accept)(calls[k].call, r.model, r.workspace);
            else
                T(refuse)(calls[k].call, r.model, r.workspace, MLP_ERR_UNSUPPORTED,
                          "model: the activation \"moody_exp\" of layer 1 was registered without derivative "
                          "of order");
        }
        assert_int_equal(mlp_workspace_batch(r.workspace), BATCH);
        T(tear_down_registered)(&r);
    }
    T(tear_down)(&net);
}

/* A callback that fails leaves the pass and the jet: the same call succeeds once the callback does. */
static void T(test_failing_callback)(void **state)
{
    const struct {
        T(derivative) call, before;
        int32_t order; /* at which the callback fails */
    } calls[] = {{T(first_jet), NULL, 1},       {T(jet), NULL, 1},       {T(jet), NULL, 2},
                 {T(third_jet), NULL, 2},       {T(third_jet), NULL, 3}, {T(laplacian), NULL, 2},
                 {T(jet_vjp), T(first_jet), 2}, {T(jet_vjp), T(jet), 3}, {T(jet_vjp), T(laplacian), 3},
                 {T(mixed_vjp), NULL, 1},       {T(mixed_vjp), NULL, 2}, {T(mixed_vjp), T(first_jet), 2}};
    T(network) net = T(set_up_second)(310, T(STREAMS));
    (void)state;
    for (size_t k = 0; k < sizeof calls / sizeof *calls; k++) {
        moody context = {.fail_order = -1, .value = 31 + (int32_t)k};
        T(registered) r = T(set_up_registered)(&net, 3, &context);
        if (calls[k].before)
            T(accept)(calls[k].before, r.model, r.workspace);
        context.fail_order = calls[k].order;
        T(refuse)(calls[k].call, r.model, r.workspace, MLP_ERR_CALLBACK, "moody_exp");
        assert_int_equal(mlp_last_callback_value(), context.value);
        assert_int_equal(mlp_workspace_batch(r.workspace), BATCH);
        context.fail_order = -1;
        if (calls[k].before && calls[k].call != T(jet_vjp))
            T(accept)(T(jet_vjp), r.model, r.workspace); /* what was remembered still is */
        T(accept)(calls[k].call, r.model, r.workspace);
        T(tear_down_registered)(&r);
    }
    T(tear_down)(&net);
}

/* A mixed gradient that fails in its second derivative has not taken the jet: it pulls back as it would have. */
static void T(test_failing_mixed_vjp)(void **state)
{
    T(network) net = T(set_up_second)(312, T(STREAMS));
    moody context = {.fail_order = -1, .value = 3};
    REAL out[2][T(ROOM)];
    (void)state;
    T(registered) r = T(set_up_registered)(&net, 2, &context);
    for (int failing = 0; failing < 2; failing++) {
        T(fill)(out[failing], T(ROOM), SENTINEL);
        accepted(T(mlp_forward)(r.model, r.workspace, BATCH, net.x, LDX, NULL, 0));
        T(accept)(T(first_jet), r.model, r.workspace);
        context.fail_order = failing ? 2 : -1;
        if (failing)
            T(refuse)(T(mixed_vjp), r.model, r.workspace, MLP_ERR_CALLBACK, "moody_exp");
        context.fail_order = -1;
        accepted(T(jet_vjp)(r.model, r.workspace, out[failing]));
    }
    assert_memory_equal(out[0], out[1], sizeof out[0]);
    T(tear_down_registered)(&r);
    T(tear_down)(&net);
}

/* Callbacks are asked once for each order at a pass. */
static void T(test_callbacks_once)(void **state)
{
    T(network) net = T(set_up_second)(311, T(STREAMS));
    moody context = {.fail_order = -1};
    (void)state;
    T(registered) r = T(set_up_registered)(&net, 3, &context);
    for (int pass = 0; pass < 3; pass++) {
        T(accept_all)(r.model, r.workspace);
        T(accept_all)(r.model, r.workspace);
        for (int order = 1; order < 4; order++)
            assert_int_equal(context.values[order], context.values[0]);
        accepted(T(mlp_forward)(r.model, r.workspace, BATCH, net.x, LDX, NULL, 0));
    }
    T(tear_down_registered)(&r);
    T(tear_down)(&net);
}

/* ---- Outputs ---- */

/* Columns at ldy, rows beyond n_L left alone; a skipped output changes none of the others. */
static void T(test_outputs)(void **state)
{
    enum { COLUMNS = T(K) *BATCH };
    T(network) net = T(set_up_second)(313, T(STREAMS));
    REAL whole[3][LDY * COLUMNS], part[3][LDY * COLUMNS], x_bar[LDX * BATCH];
    (void)state;
    T(pass)(&net);
    T(fill)(whole[0], 3 * LDY * COLUMNS, SENTINEL);
    accepted(
        T(mlp_jet)(net.model, net.workspace, T(K), T(ones), N_IN, N_IN, whole[0], whole[1], whole[2], LDY));
    for (int k = 0; k < 3; k++)
        T(check_padding)(whole[k], N_OUT, LDY, COLUMNS);
    for (int asked = 1; asked < 8; asked++) {
        T(fill)(part[0], 3 * LDY * COLUMNS, SENTINEL);
        accepted(T(mlp_jet)(net.model, net.workspace, T(K), T(ones), N_IN, N_IN, asked & 1 ? part[0] : NULL,
                            asked & 2 ? part[1] : NULL, asked & 4 ? part[2] : NULL, LDY));
        for (int k = 0; k < 3; k++)
            if (asked >> k & 1)
                assert_memory_equal(part[k], whole[k], sizeof part[k]);
            else
                assert_true(T(untouched)(part[k], LDY * COLUMNS));
    }
    for (int s = 0; s < BATCH;
         s++) { /* y1 by plain loops; neighbouring samples share all directions but one */
        const plain_point point = T(point)(&net, s);
        for (int d = 0; d < T(K); d++)
            for (int p = 0; p < N_OUT; p++) {
                double sum = 0;
                for (int j = 0; j < N_IN; j++)
                    sum += net.plain.s_2[p] * plain_by_output(&net.plain, &point, 2, 0, p, j) *
                           net.plain.s_0[j] * (double)T(ones)[(s + d) * N_IN + j];
                T(near)(whole[0][(s * T(K) + d) * LDY + p], sum);
            }
    }
    T(fill)(x_bar, LDX * BATCH, SENTINEL);
    accepted(T(mlp_mixed_vjp)(net.model, net.workspace, T(ones), N_IN, T(ones), N_OUT, x_bar, LDX, NULL));
    T(check_padding)(x_bar, N_IN, LDX, BATCH);
    T(tear_down)(&net);
}
