/* Template: second derivatives with callbacks of the user's, activations and losses. After hessian_api_tmpl.h. */

/* ---- Registered activations ---- */

typedef struct T(registered) {
    mlp_activation activation;
    mlp_model *model;
    mlp_workspace *workspace;
} T(registered);

static T(registered) T(set_up_registered)(const T(network) *net, int32_t max_order, int32_t *fail_order)
{
    T(registered) r = {0};
    accepted(mlp_activation_register("moody_exp", max_order, moody_exp, fail_order, NULL, &r.activation));
    r.model = T(create_model)(REAL_DTYPE, network_widths, r.activation);
    accepted(mlp_workspace_create(r.model, BATCH, 1, MLP_USE_SECOND_ORDER, &r.workspace));
    accepted(T(mlp_forward)(r.model, r.workspace, BATCH, net->x, LDX, NULL, 0));
    return r;
}

static void T(tear_down_registered)(T(registered) *r)
{
    accepted(mlp_activation_unregister(r->activation));
    mlp_workspace_destroy(r->workspace);
    mlp_model_destroy(r->model);
}

static void T(test_lacking_activation)(void **state)
{
    T(network) net = T(set_up_second)(511, T(STREAMS));
    (void)state;
    for (int32_t most = 0; most <= 2; most++) {
        int32_t fail_order = -1;
        T(registered) r = T(set_up_registered)(&net, most, &fail_order);
        if (most == 2)
            T(accept_all)(r.model, r.workspace);
        else
            T(refuse_all)(r.model, r.workspace, MLP_ERR_UNSUPPORTED,
                          "model: the activation \"moody_exp\" of layer 1 was registered without derivative "
                          "of order");
        assert_int_equal(mlp_workspace_batch(r.workspace), BATCH);
        T(tear_down_registered)(&r);
    }
    T(tear_down)(&net);
}

/* An activation that fails leaves the pass: the same call succeeds once the callback does. */
static void T(test_failing_activation)(void **state)
{
    static const T(derivative) calls[] = {T(linearize), T(linearize_labels), T(hessian_x)};
    T(network) net = T(set_up_second)(512, T(STREAMS));
    (void)state;
    for (size_t k = 0; k < sizeof calls / sizeof *calls; k++)
        for (int32_t order = 1; order <= 2; order++) {
            int32_t fail_order = order;
            T(registered) r = T(set_up_registered)(&net, 2, &fail_order);
            T(refuse)(calls[k], r.model, r.workspace, MLP_ERR_CALLBACK, "moody_exp");
            assert_int_equal(mlp_last_callback_value(), 29);
            T(refuse_products)(r.model, r.workspace, "workspace: no loss is linearised");
            assert_int_equal(mlp_workspace_batch(r.workspace), BATCH);
            fail_order = -1;
            T(accept)(calls[k], r.model, r.workspace);
            fail_order = order; /* what it was asked once is not asked again */
            T(accept_all)(r.model, r.workspace);
            T(tear_down_registered)(&r);
        }
    T(tear_down)(&net);
}

/* ---- Losses ---- */

static void T(test_lacking_loss)(void **state)
{
    static const int64_t odd[] = {N_IN, HIDDEN, 3};
    T(network) net = T(set_up_second)(513, T(STREAMS));
    REAL out[T(ROOM)];
    (void)state;
    T(pass)(&net);
    T(fill)(out, T(ROOM), SENTINEL);
    T(value) = SENTINEL;
    for (int32_t most = 0; most <= 1; most++) {
        record r;
        const mlp_loss loss = own(&r, most);
        refused(T(mlp_linearize)(net.model, net.workspace, loss, T(ones), N_OUT, NULL, &T(value), out),
                MLP_ERR_UNSUPPORTED, "loss quartic has no second derivative");
        refused(T(mlp_linearize_labels)(net.model, net.workspace, loss, T(classes), NULL, &T(value), out),
                MLP_ERR_UNSUPPORTED, "loss quartic has no second derivative");
        accepted(mlp_loss_unregister(loss));
        assert_int_equal(r.calls[0] + r.calls[1] + r.calls[2], 0);
        assert_int_equal(r.released, 1);
        refused(T(mlp_linearize)(net.model, net.workspace, loss, T(ones), N_OUT, NULL, &T(value), out),
                MLP_ERR_ARGUMENT, "loss = ");
    }
    /* three outputs are no pairs */
    mlp_model *model = T(create_model)(REAL_DTYPE, odd, MLP_TANH);
    mlp_workspace *workspace = NULL;
    accepted(mlp_workspace_create(model, BATCH, 1, MLP_USE_SECOND_ORDER, &workspace));
    accepted(T(mlp_forward)(model, workspace, BATCH, net.x, LDX, NULL, 0));
    refused(T(mlp_linearize)(model, workspace, MLP_GAUSSIAN_NLL, T(ones), 3, NULL, &T(value), out),
            MLP_ERR_SIZE, "n = 3: gaussian_nll");
    refused(T(mlp_linearize_labels)(model, workspace, MLP_GAUSSIAN_NLL, T(classes), NULL, &T(value), out),
            MLP_ERR_SIZE, "n = 3: gaussian_nll");
    assert_true(T(untouched)(out, T(ROOM)) && T(value) == SENTINEL);
    mlp_workspace_destroy(workspace);
    mlp_model_destroy(model);
    T(tear_down)(&net);
}

/* A loss that fails at whatever sample while it is linearised: nothing is written, and none is linearised. */
static void T(test_failing_gradient)(void **state)
{
    T(network) net = T(set_up_second)(514, T(STREAMS));
    REAL out[T(ROOM)];
    record r;
    const mlp_loss loss = own(&r, 2);
    (void)state;
    T(pass)(&net);
    T(fill)(out, T(ROOM), SENTINEL);
    r.fail_order = 1;
    for (int64_t sample = 0; sample < BATCH; sample++) {
        T(accept)(T(linearize), net.model, net.workspace);
        T(accept)(T(hvp), net.model, net.workspace);
        T(value) = SENTINEL;
        r.calls[1] = 0;
        r.fail_after = sample;
        refused(T(mlp_linearize)(net.model, net.workspace, loss, T(ones), N_OUT, NULL, &T(value), out),
                MLP_ERR_CALLBACK, "the loss \"quartic\" returned -42");
        assert_int_equal(mlp_last_callback_value(), -42);
        assert_int_equal(r.calls[1], sample + 1);
        assert_true(T(untouched)(out, T(ROOM)) && T(value) == SENTINEL);
        T(refuse_products)(net.model, net.workspace, "workspace: no loss is linearised");
    }
    assert_int_equal(mlp_workspace_batch(net.workspace), BATCH);
    accepted(mlp_loss_unregister(loss));
    assert_int_equal(r.released, 1); /* a loss that failed is not held on to */
    T(tear_down)(&net);
}

/* One that fails in a product: nothing is written, and the next product is as if nothing had been. */
static void T(test_failing_curve)(void **state)
{
    static const T(product) products[] = {T(mlp_hvp), T(mlp_gauss_newton)};
    T(network) net = T(set_up_second)(515, T(STREAMS));
    record r;
    const mlp_loss loss = own(&r, 2);
    (void)state;
    for (int k = 0; k < 4; k++)
        for (int64_t sample = 0; sample < BATCH; sample++) {
            REAL out[T(ROOM)], before[PARAMS], theta_bar[PARAMS];
            r.fail_order = -1;
            T(pass)(&net);
            accepted(T(mlp_linearize)(net.model, net.workspace, loss, T(ones), N_OUT, T(ones), NULL,
                                      k / 2 ? theta_bar : NULL));
            accepted(products[k % 2](net.model, net.workspace, T(ones), before));
            accepted(T(mlp_linearize)(net.model, net.workspace, loss, T(ones), N_OUT, T(ones), NULL,
                                      k / 2 ? theta_bar : NULL));
            T(fill)(out, T(ROOM), SENTINEL);
            r.calls[2] = 0;
            r.fail_order = 2;
            r.fail_after = sample;
            refused(products[k % 2](net.model, net.workspace, T(ones), out), MLP_ERR_CALLBACK,
                    "the loss \"quartic\" returned -42");
            assert_int_equal(mlp_last_callback_value(), -42);
            assert_int_equal(r.calls[2], sample + 1);
            assert_true(T(untouched)(out, T(ROOM)));
            r.fail_order = -1;
            accepted(products[k % 2](net.model, net.workspace, T(ones), out));
            assert_memory_equal(out, before, sizeof before);
        }
    T(tear_down)(&net);
    assert_int_equal(r.released, 0);
    accepted(mlp_loss_unregister(loss));
    assert_int_equal(r.released, 1);
    assert_int_equal(r.elsewhere + r.strange, 0);
}

/* A linearised loss outlives its name, until the workspace forgets it. */
static void T(test_lifetime)(void **state)
{
    T(network) net = T(set_up_second)(516, T(STREAMS));
    (void)state;
    for (int way = 0; way < 4; way++) {
        record r;
        const mlp_loss loss = own(&r, 2);
        REAL out[2][PARAMS];
        T(pass)(&net);
        accepted(T(mlp_linearize_labels)(net.model, net.workspace, loss, T(classes), NULL, NULL, NULL));
        accepted(T(hvp)(net.model, net.workspace, out[0]));
        accepted(mlp_loss_unregister(loss));
        accepted(T(hvp)(net.model, net.workspace, out[1]));
        assert_memory_equal(out[0], out[1], sizeof out[0]);
        accepted(T(gauss_newton)(net.model, net.workspace, out[1]));
        assert_int_equal(r.released, 0);
        if (way == 0)
            T(pass)(&net);
        else if (way == 1)
            T(accept)(T(linearize), net.model, net.workspace);
        else if (way == 2)
            accepted(mlp_workspace_set_int(net.workspace, MLP_WORKSPACE_COMMON_ORDER, 1));
        else {
            mlp_workspace_destroy(net.workspace);
            net.workspace = NULL;
        }
        assert_int_equal(r.released, 1);
        assert_int_equal(r.elsewhere + r.strange, 0);
    }
    T(tear_down)(&net);
}

/* A loss that another thread takes back while it is linearised is linearised all the same. */
static void T(test_leaving_loss)(void **state)
{
    T(network) net = T(set_up_second)(517, T(STREAMS));
    (void)state;
    for (int asks_gradient = 0; asks_gradient < 2; asks_gradient++) {
        record r;
        const mlp_loss loss = own(&r, 2);
        REAL theta_bar[PARAMS];
        T(pass)(&net);
        r.leaving = loss;
        accepted(T(mlp_linearize)(net.model, net.workspace, loss, T(ones), N_OUT, NULL, NULL,
                                  asks_gradient ? theta_bar : NULL));
        assert_null(mlp_loss_name(loss));
        T(accept)(T(hvp), net.model, net.workspace);
        assert_int_equal(r.released, 0);
        T(pass)(&net);
        assert_int_equal(r.released, 1);
        assert_int_equal(r.elsewhere + r.strange, 0);
    }
    T(tear_down)(&net);
}

/* Many samples: callbacks stay on the calling thread, and one that fails late has nothing written before. */
static void T(test_many_samples)(void **state)
{
    enum { MANY = 400, WIDE = 64 };
    static const int64_t widths[] = {N_IN, WIDE, N_OUT};
    static REAL x[N_IN * MANY], t[N_OUT * MANY], v[WIDE * (N_IN + 1) + N_OUT * (WIDE + 1)],
        out[sizeof v / sizeof *v];
    mlp_model *model = T(create_model)(REAL_DTYPE, widths, MLP_TANH);
    mlp_workspace *workspace = NULL;
    record r;
    const mlp_loss loss = own(&r, 2);
    (void)state;
    for (int k = 0; k < N_IN * MANY; k++)
        x[k] = (REAL)(k % 17) / 17;
    accepted(mlp_workspace_create(model, MANY, 3, MLP_USE_SECOND_ORDER, &workspace));
    accepted(T(mlp_forward)(model, workspace, MANY, x, N_IN, NULL, 0));
    accepted(T(mlp_linearize)(model, workspace, loss, t, N_OUT, NULL, NULL, out));
    accepted(T(mlp_hvp)(model, workspace, v, out));
    accepted(T(mlp_gauss_newton)(model, workspace, v, out));
    assert_int_equal(r.calls[1], MANY);
    assert_int_equal(r.calls[2], 2 * MANY);
    T(fill)(out, sizeof out / sizeof *out, SENTINEL);
    r.calls[2] = 0;
    r.fail_order = 2;
    r.fail_after = MANY - 1;
    refused(T(mlp_hvp)(model, workspace, v, out), MLP_ERR_CALLBACK, "the loss \"quartic\" returned -42");
    r.calls[2] = 0;
    refused(T(mlp_gauss_newton)(model, workspace, v, out), MLP_ERR_CALLBACK, "the loss \"quartic\"");
    assert_true(T(untouched)(out, sizeof out / sizeof *out));
    assert_int_equal(r.elsewhere + r.strange, 0);
    mlp_workspace_destroy(workspace);
    mlp_model_destroy(model);
    accepted(mlp_loss_unregister(loss));
    assert_int_equal(r.released, 1);
}
