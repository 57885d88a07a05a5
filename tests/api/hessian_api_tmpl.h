/* Template: second derivatives, with every argument and state wrong in turn, in one number type. */

enum { T(SEED) = 501, T(STREAMS) = 0, T(SQUARE) = N_IN * N_IN * N_OUT }; /* values of a sample's Hessians */

static const int32_t T(classes)[BATCH] = {0, 1, 1, 0};

/* ---- Every call with right arguments but for the model and the workspace ---- */

static mlp_status T(linearize)(const mlp_model *model, mlp_workspace *workspace, REAL *out)
{
    return T(mlp_linearize)(model, workspace, MLP_LOG_COSH, T(ones), N_OUT, NULL, &T(value), out);
}

static mlp_status T(linearize_labels)(const mlp_model *model, mlp_workspace *workspace, REAL *out)
{
    return T(mlp_linearize_labels)(model, workspace, MLP_SOFTMAX_CROSS_ENTROPY, T(classes), T(ones),
                                   &T(value), out);
}

static mlp_status T(hvp)(const mlp_model *model, mlp_workspace *workspace, REAL *out)
{
    return T(mlp_hvp)(model, workspace, T(ones), out);
}

static mlp_status T(gauss_newton)(const mlp_model *model, mlp_workspace *workspace, REAL *out)
{
    return T(mlp_gauss_newton)(model, workspace, T(ones), out);
}

static mlp_status T(hessian_x)(const mlp_model *model, mlp_workspace *workspace, REAL *out)
{
    return T(mlp_hessian_x)(model, workspace, out, N_IN, T(SQUARE));
}

static const T(derivative)
    T(derivatives)[] = {T(hessian_x), T(linearize), T(hvp), T(gauss_newton), T(linearize_labels)};

static const T(derivative)
    T(in_order)[] = {T(hessian_x), T(linearize), T(hvp), T(gauss_newton), T(linearize_labels)};

static const T(derivative) T(remembers) = T(linearize), T(uses) = T(hvp);

#include "second_states_tmpl.h"

static void T(refuse_products)(const mlp_model *model, mlp_workspace *workspace, const char *word)
{
    T(refuse)(T(hvp), model, workspace, MLP_ERR_STATE, word);
    T(refuse)(T(gauss_newton), model, workspace, MLP_ERR_STATE, word);
}

static mlp_status T(jet)(const mlp_model *model, mlp_workspace *workspace, REAL *out)
{
    return T(mlp_jet)(model, workspace, 1, T(ones), N_IN, 0, out, NULL, NULL, N_OUT);
}

static mlp_status T(jet_vjp)(const mlp_model *model, mlp_workspace *workspace, REAL *out)
{
    return T(mlp_jet_vjp)(model, workspace, T(ones), N_OUT, T(ones), NULL, N_OUT, out, N_IN, NULL);
}

/* What makes a workspace forget its loss, and its jet, and what does not. */
static void T(test_remembered)(void **state)
{
    const char *const none = "workspace: no loss is linearised";
    T(network) net = T(set_up_second)(503, T(STREAMS));
    mlp_workspace *const w = net.workspace;
    mlp_model *clone = NULL;
    REAL out[T(ROOM)];
    (void)state;
    T(pass)(&net);
    T(refuse_products)(net.model, w, none);
    T(accept)(T(hessian_x), net.model, w); /* needs no loss */
    T(accept)(T(linearize), net.model, w);
    T(accept)(T(hvp), net.model, w);
    T(pass)(&net);
    T(refuse_products)(net.model, w, none); /* another point */
    T(accept)(T(linearize_labels), net.model, w);
    refused(T(mlp_forward)(net.model, w, BATCH + 1, net.x, LDX, NULL, 0), MLP_ERR_SIZE, "batch = 5");
    T(refuse_all)(net.model, w, MLP_ERR_STATE, "workspace: remembers no forward pass");
    T(pass)(&net);
    T(refuse_products)(net.model, w, none);
    T(accept)(T(linearize), net.model, w);
    accepted(mlp_workspace_set_int(w, MLP_WORKSPACE_ENGINE, MLP_ENGINE_NATIVE));
    T(pass)(&net);
    T(refuse_products)(net.model, w, none); /* another plan */
    T(accept)(T(linearize), net.model, w);
    accepted(T(mlp_vjp)(net.model, w, T(ones), N_OUT, out, N_IN, NULL));
    accepted(T(mlp_jvp)(net.model, w, T(ones), N_IN, NULL, out, N_OUT));
    accepted(T(jet)(net.model, w, out));
    accepted(mlp_model_clone(net.model, &clone));
    T(accept)(T(gauss_newton), clone, w); /* a clone has the generation */
    T(accept)(T(linearize), net.model, w);
    T(accept)(T(jet_vjp), net.model, w); /* neither of them has taken the jet */
    accepted(T(jet)(net.model, w, out));
    T(accept)(T(hvp), net.model, w);
    T(refuse)(T(jet_vjp), net.model, w, MLP_ERR_STATE, "workspace: remembers no jet");
    accepted(T(jet)(net.model, w, out));
    T(accept)(T(hessian_x), net.model, w);
    T(refuse)(T(jet_vjp), net.model, w, MLP_ERR_STATE, "workspace: remembers no jet");
    T(accept)(T(hvp), net.model, w);
    assert_int_equal(mlp_workspace_batch(w), BATCH);
    assert_int_equal(mlp_workspace_generation(w), mlp_model_generation(net.model));
    mlp_model_destroy(clone);
    T(tear_down)(&net);
}

/* ---- Arguments of each ---- */

static void T(test_bad_linearize)(void **state)
{
    static const REAL negative[BATCH] = {1, -1, 1, 1}, nan[BATCH] = {1, 1, 1, (REAL)NAN}, zero[BATCH] = {0};
    static const REAL infinite[BATCH] = {(REAL)INFINITY, 1, 1, 1};
    const mlp_loss loss = MLP_LOG_COSH;
    const REAL *const t = T(ones);
    T(network) net = T(set_up_second)(504, T(STREAMS));
    REAL out[T(ROOM)], before[T(ROOM)], after[T(ROOM)];
    const struct {
        mlp_loss loss;
        const REAL *t;
        int64_t ldt;
        const REAL *weights;
        mlp_status status;
        const char *word;
    } cases[] = {
        {loss, NULL, N_OUT, NULL, MLP_ERR_ARGUMENT, "t = NULL"},
        {0, t, N_OUT, NULL, MLP_ERR_ARGUMENT, "loss = 0"},
        {-1, t, N_OUT, NULL, MLP_ERR_ARGUMENT, "loss = -1"},
        {INT32_MAX, t, N_OUT, NULL, MLP_ERR_ARGUMENT, "loss = 2147483647"},
        {INT32_MIN, t, N_OUT, NULL, MLP_ERR_ARGUMENT, "loss = -2147483648"},
        {loss, t, N_OUT - 1, NULL, MLP_ERR_SIZE, "ldt = 1"},
        {loss, t, 0, NULL, MLP_ERR_SIZE, "ldt = 0"},
        {loss, t, -2, NULL, MLP_ERR_SIZE, "ldt = -2"},
        {loss, t, INT64_MIN, NULL, MLP_ERR_SIZE, "ldt = -9223372036854775808"},
        {loss, t, INT64_MAX, NULL, MLP_ERR_SIZE, "ldt = 9223372036854775807"},
        {loss, t, N_OUT, negative, MLP_ERR_ARGUMENT, "weights[1] = -1"},
        {loss, t, N_OUT, nan, MLP_ERR_ARGUMENT, "weights[3] = "},
        {loss, t, N_OUT, infinite, MLP_ERR_ARGUMENT, "weights[0] = inf"},
        {loss, t, N_OUT, zero, MLP_ERR_ARGUMENT, "weights"},
    };
    (void)state;
    T(pass)(&net);
    T(accept)(T(linearize_labels), net.model, net.workspace);
    accepted(T(hvp)(net.model, net.workspace, before));
    T(fill)(out, T(ROOM), SENTINEL);
    T(value) = SENTINEL;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        refused(T(mlp_linearize)(net.model, net.workspace, cases[i].loss, cases[i].t, cases[i].ldt,
                                 cases[i].weights, &T(value), out),
                cases[i].status, cases[i].word);
        assert_true(T(untouched)(out, T(ROOM)) && T(value) == SENTINEL);
        assert_string_equal(mlp_workspace_last_error(net.workspace), mlp_last_error());
    }
    accepted(T(hvp)(net.model, net.workspace, after)); /* the loss that was linearised still is */
    assert_memory_equal(after, before, PARAMS * sizeof(REAL));
    T(tear_down)(&net);
}

static void T(test_bad_labels)(void **state)
{
    static const int32_t negative[BATCH] = {0, -1, 0, 0}, large[BATCH] = {0, 0, 0, N_OUT},
                         huge[BATCH] = {INT32_MAX, 0, 0, 0}, least[BATCH] = {0, 0, INT32_MIN, 0};
    static const REAL nan[BATCH] = {1, 1, (REAL)NAN, 1}, zero[BATCH] = {0};
    const mlp_loss loss = MLP_SOFTMAX_CROSS_ENTROPY;
    T(network) net = T(set_up_second)(505, T(STREAMS));
    REAL out[T(ROOM)];
    const struct {
        mlp_loss loss;
        const int32_t *labels;
        const REAL *weights;
        const char *word;
    } cases[] = {
        {loss, NULL, NULL, "labels = NULL"},
        {0, T(classes), NULL, "loss = 0"},
        {99, T(classes), NULL, "loss = 99"},
        {loss, negative, NULL, "labels[1] = -1"},
        {loss, large, NULL, "labels[3] = 2"},
        {loss, huge, NULL, "labels[0] = 2147483647"},
        {loss, least, NULL, "labels[2] = -2147483648"},
        {loss, T(classes), nan, "weights[2] = "},
        {loss, T(classes), zero, "weights"},
    };
    (void)state;
    T(pass)(&net);
    T(fill)(out, T(ROOM), SENTINEL);
    T(value) = SENTINEL;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        refused(T(mlp_linearize_labels)(net.model, net.workspace, cases[i].loss, cases[i].labels,
                                        cases[i].weights, &T(value), out),
                MLP_ERR_ARGUMENT, cases[i].word);
        assert_true(T(untouched)(out, T(ROOM)) && T(value) == SENTINEL);
        assert_string_equal(mlp_workspace_last_error(net.workspace), mlp_last_error());
    }
    T(refuse_products)(net.model, net.workspace, "workspace: no loss is linearised");
    T(tear_down)(&net);
}

typedef mlp_status (*T(product))(const mlp_model *, mlp_workspace *, const REAL *, REAL *);

static void T(test_bad_products)(void **state)
{
    static const T(product) products[] = {T(mlp_hvp), T(mlp_gauss_newton)};
    static const char *const names[] = {"theta_hv", "theta_gv"};
    T(network) net = T(set_up_second)(506, T(STREAMS));
    REAL room[T(ROOM)], *const v = room + 100;
    char word[64];
    (void)state;
    T(pass)(&net);
    T(accept)(T(linearize), net.model, net.workspace);
    for (int k = 0; k < 2; k++) {
        T(fill)(room, T(ROOM), SENTINEL);
        refused(products[k](net.model, net.workspace, NULL, v), MLP_ERR_ARGUMENT, "theta_dot = NULL");
        snprintf(word, sizeof word, "%s = NULL", names[k]);
        refused(products[k](net.model, net.workspace, v, NULL), MLP_ERR_ARGUMENT, word);
        snprintf(word, sizeof word, "%s: must not overlap theta_dot", names[k]);
        for (int offset = 1 - PARAMS; offset < PARAMS; offset++) {
            refused(products[k](net.model, net.workspace, v, v + offset), MLP_ERR_ARGUMENT, word);
            assert_string_equal(mlp_workspace_last_error(net.workspace), mlp_last_error());
        }
        assert_true(T(untouched)(room, T(ROOM)));
        accepted(products[k](net.model, net.workspace, v, v + PARAMS));
        accepted(products[k](net.model, net.workspace, v, v - PARAMS));
        assert_memory_equal(v + PARAMS, v - PARAMS, PARAMS * sizeof(REAL));
        assert_true(T(untouched)(room, 100 - PARAMS) && T(untouched)(v, PARAMS) &&
                    T(untouched)(v + 2 * PARAMS, 100));
    }
    T(tear_down)(&net);
}

static void T(test_bad_hessian_x)(void **state)
{
    T(network) net = T(set_up_second)(507, T(STREAMS));
    REAL out[T(ROOM)];
    const int64_t square = T(SQUARE);
    const struct {
        REAL *H;
        int64_t ldh, stride;
        mlp_status status;
        const char *word;
    } cases[] = {
        {NULL, N_IN, square, MLP_ERR_ARGUMENT, "H = NULL"},
        {out, N_IN - 1, square, MLP_ERR_SIZE, "ldh = 2"},
        {out, 0, square, MLP_ERR_SIZE, "ldh = 0"},
        {out, -3, square, MLP_ERR_SIZE, "ldh = -3"},
        {out, INT64_MIN, square, MLP_ERR_SIZE, "ldh = -9223372036854775808"},
        {out, INT64_MAX, square, MLP_ERR_SIZE, "ldh = 9223372036854775807"},
        {out, N_IN, square - 1, MLP_ERR_SIZE, "stride = 17"},
        {out, N_IN + 1, square, MLP_ERR_SIZE, "stride = 18"},
        {out, N_IN, 0, MLP_ERR_SIZE, "stride = 0"},
        {out, N_IN, -square, MLP_ERR_SIZE, "stride = -18"},
        {out, N_IN, INT64_MIN, MLP_ERR_SIZE, "stride = -9223372036854775808"},
        {out, N_IN, INT64_MAX, MLP_ERR_SIZE, "stride = 9223372036854775807: the Hessians do not fit"},
        {out, N_IN, INT64_MAX / 3, MLP_ERR_SIZE, "stride = 3074457345618258602: the Hessians do not fit"},
        {out, N_IN, INT64_MAX / 3 / 4, MLP_ERR_SIZE, "stride = 768614336404564650: the Hessians do not fit"},
        {out, INT32_MAX, square, MLP_ERR_SIZE, "stride = 18"},
    };
    (void)state;
    T(pass)(&net);
    accepted(T(jet)(net.model, net.workspace, out));
    T(fill)(out, T(ROOM), SENTINEL);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        refused(T(mlp_hessian_x)(net.model, net.workspace, cases[i].H, cases[i].ldh, cases[i].stride),
                cases[i].status, cases[i].word);
        assert_true(T(untouched)(out, T(ROOM)));
        assert_string_equal(mlp_workspace_last_error(net.workspace), mlp_last_error());
    }
    T(accept)(T(jet_vjp), net.model, net.workspace); /* refusals have not taken the jet */
    T(accept)(T(hessian_x), net.model, net.workspace);
    T(tear_down)(&net);
}

/* 255 inputs always fit; more need streams. */
static void T(test_room)(void **state)
{
    static const struct {
        int64_t n_in;
        int32_t streams, fits;
    } cases[] = {{255, 0, 1}, {256, 0, 0}, {256, 255, 0}, {256, 256, 1}, {300, 300, 1}, {300, 299, 0}};
    static REAL H[300 * 300], x[300];
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const int64_t widths[] = {cases[i].n_in, 3, 1};
        mlp_model *model = T(create_model)(REAL_DTYPE, widths, MLP_TANH);
        mlp_workspace *workspace = NULL;
        accepted(mlp_workspace_create(model, 1, 1, MLP_USE_SECOND_ORDER + cases[i].streams * MLP_USE_STREAM,
                                      &workspace));
        T(fill)(H, 300 * 300, SENTINEL);
        accepted(T(mlp_forward)(model, workspace, 1, x, 300, NULL, 0));
        const mlp_status status = T(mlp_hessian_x)(model, workspace, H, 300, (int64_t)300 * 300);
        if (cases[i].fits)
            accepted(status);
        else
            refused(status, MLP_ERR_SIZE, "workspace: has no room for n_0 = ");
        assert_int_equal(T(untouched)(H, 300 * 300), !cases[i].fits);
        mlp_workspace_destroy(workspace);
        mlp_model_destroy(model);
    }
}

/* ---- Outputs ---- */

/* Element j, k of the Hessian of output p, by plain loops: tanh'' = -2 tanh tanh' */
static double T(plain_hessian)(const T(network) *net, const plain_point *point, int p, int j, int k)
{
    const plain_network *plain = &net->plain;
    double sum = 0;
    for (int i = 0; i < HIDDEN; i++)
        sum += plain_A(plain, 2, p, i) * -2 * point->y[1][i] * point->slope[i] * plain_A(plain, 1, i, j) *
               plain_A(plain, 1, i, k);
    return plain->s_2[p] * sum * plain->s_0[j] * plain->s_0[k];
}

/* Room between columns, outputs and samples is left alone; skipped outputs change none of the others. */
static void T(test_outputs)(void **state)
{
    enum { LDH = 5, STRIDE = LDH * N_IN * N_OUT + 7 };
    T(network) net = T(set_up_second)(508, T(STREAMS));
    REAL H[STRIDE * BATCH], compact[T(SQUARE) *BATCH], theta_bar[2][PARAMS];
    double value = 0, alone = 0;
    (void)state;
    T(pass)(&net);
    T(fill)(H, STRIDE * BATCH, SENTINEL);
    accepted(T(mlp_hessian_x)(net.model, net.workspace, H, LDH, STRIDE));
    accepted(T(mlp_hessian_x)(net.model, net.workspace, compact, N_IN, T(SQUARE)));
    for (int s = 0; s < BATCH; s++) {
        T(check_padding)(H + s * STRIDE, N_IN, LDH, N_IN * N_OUT);
        assert_true(T(untouched)(H + s * STRIDE + LDH * N_IN * N_OUT, 7));
        for (int k = 0; k < T(SQUARE); k++)
            assert_true(H[s * STRIDE + k / N_IN * LDH + k % N_IN] == compact[s * T(SQUARE) + k]);
        const plain_point point = T(point)(&net, s);
        for (int k = 0; k < T(SQUARE); k++)
            T(near)(compact[s * T(SQUARE) + k],
                    T(plain_hessian)(&net, &point, k / N_IN / N_IN, k % N_IN, k / N_IN % N_IN));
    }
    const REAL *const t = T(ones), *const w = T(ones);
    accepted(T(mlp_linearize)(net.model, net.workspace, MLP_HUBER, t, 3, w, &value, theta_bar[0]));
    accepted(T(mlp_linearize)(net.model, net.workspace, MLP_HUBER, t, 3, w, &alone, NULL));
    accepted(T(mlp_linearize)(net.model, net.workspace, MLP_HUBER, t, 3, w, NULL, theta_bar[1]));
    accepted(T(mlp_linearize)(net.model, net.workspace, MLP_HUBER, t, 3, w, NULL, NULL));
    assert_true(value == alone);
    assert_memory_equal(theta_bar[0], theta_bar[1], sizeof theta_bar[0]);
    T(tear_down)(&net);
}
