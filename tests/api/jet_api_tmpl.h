/* Template: jets and what pulls them back, with every argument and state wrong in turn, in one number type. */

enum { T(SEED) = 301, T(K) = 2, T(STREAMS) = 3 * N_IN }; /* directions; streams of a sample */

/* ---- Every call with right arguments but for the model and the workspace ---- */

static mlp_status T(jet)(const mlp_model *model, mlp_workspace *workspace, REAL *out)
{
    return T(mlp_jet)(model, workspace, T(K), T(ones), N_IN, N_IN * T(K), out, out + 100, NULL, N_OUT);
}

static mlp_status T(first_jet)(const mlp_model *model, mlp_workspace *workspace, REAL *out)
{
    return T(mlp_jet)(model, workspace, N_IN, NULL, 0, 0, out, NULL, NULL, N_OUT);
}

static mlp_status T(third_jet)(const mlp_model *model, mlp_workspace *workspace, REAL *out)
{
    return T(mlp_jet)(model, workspace, T(K), T(ones), N_IN, 0, NULL, NULL, out, N_OUT);
}

static mlp_status T(laplacian)(const mlp_model *model, mlp_workspace *workspace, REAL *out)
{
    return T(mlp_laplacian)(model, workspace, NULL, out + 100, out, N_OUT);
}

static mlp_status T(jet_vjp)(const mlp_model *model, mlp_workspace *workspace, REAL *out)
{
    return T(mlp_jet_vjp)(model, workspace, T(ones), N_OUT, T(ones), NULL, N_OUT, out, N_IN, out + 100);
}

static mlp_status T(mixed_vjp)(const mlp_model *model, mlp_workspace *workspace, REAL *out)
{
    return T(mlp_mixed_vjp)(model, workspace, T(ones), N_IN, T(ones), N_OUT, out, N_IN, out + 100);
}

static const T(derivative)
    T(derivatives)[] = {T(jet), T(first_jet), T(third_jet), T(laplacian), T(jet_vjp), T(mixed_vjp)};

static const T(derivative) T(in_order)[] = {T(third_jet), T(first_jet), T(jet_vjp), T(jet),
                                            T(jet_vjp),   T(laplacian), T(jet_vjp), T(mixed_vjp)};

static const T(derivative) T(remembers) = T(jet), T(uses) = T(jet_vjp);

#include "second_states_tmpl.h"

/* What makes a workspace forget its jet, and what does not. */
static void T(test_remembered_jet)(void **state)
{
    const char *const none = "workspace: remembers no jet";
    T(network) net = T(set_up_second)(303, T(STREAMS));
    REAL out[T(ROOM)];
    mlp_model *clone = NULL;
    (void)state;
    T(pass)(&net);
    T(refuse)(T(jet_vjp), net.model, net.workspace, MLP_ERR_STATE, none);
    T(accept)(T(jet), net.model, net.workspace);
    T(accept)(T(jet_vjp), net.model, net.workspace);
    T(refuse)(T(jet_vjp), net.model, net.workspace, MLP_ERR_STATE, none); /* used up */
    T(accept)(T(jet), net.model, net.workspace);
    T(accept)(T(mixed_vjp), net.model, net.workspace);
    T(refuse)(T(jet_vjp), net.model, net.workspace, MLP_ERR_STATE, none); /* given up */
    T(accept)(T(laplacian), net.model, net.workspace);
    T(pass)(&net);
    T(refuse)(T(jet_vjp), net.model, net.workspace, MLP_ERR_STATE, none); /* another point */
    T(accept)(T(laplacian), net.model, net.workspace);
    accepted(mlp_workspace_set_int(net.workspace, MLP_WORKSPACE_ENGINE, MLP_ENGINE_NATIVE));
    T(pass)(&net);
    T(refuse)(T(jet_vjp), net.model, net.workspace, MLP_ERR_STATE, none); /* another plan */
    T(accept)(T(third_jet), net.model, net.workspace);
    T(refuse)(T(jet_vjp), net.model, net.workspace, MLP_ERR_STATE,
              "workspace: remembers a jet of third order");
    T(accept)(T(jet), net.model, net.workspace); /* in its place */
    refused(T(mlp_jet)(net.model, net.workspace, 0, T(ones), N_IN, 0, out, NULL, NULL, N_OUT), MLP_ERR_SIZE,
            "directions = 0");
    accepted(T(mlp_vjp)(net.model, net.workspace, T(ones), N_OUT, out, N_IN, NULL));
    accepted(T(mlp_jvp)(net.model, net.workspace, T(ones), N_IN, NULL, out, N_OUT));
    accepted(T(mlp_jacobian_output)(net.model, net.workspace, 2, 0, out, N_OUT, N_OUT * N_IN));
    accepted(mlp_model_clone(net.model, &clone));
    T(accept)(T(jet_vjp), clone,
              net.workspace); /* a clone has the generation; refusals and others took nothing */
    assert_int_equal(mlp_workspace_batch(net.workspace), BATCH);
    mlp_model_destroy(clone);
    T(tear_down)(&net);
}

/* ---- Arguments of each ---- */

static void T(test_bad_jet)(void **state)
{
    T(network) net = T(set_up_second)(304, T(STREAMS));
    REAL out[T(ROOM)], *const y1 = out, *const y2 = out + 100, *const y3 = out + 200;
    const REAL *const v = T(ones);
    const struct {
        int64_t directions;
        const REAL *v;
        int64_t ldv, stride;
        REAL *y1, *y2, *y3;
        int64_t ldy;
        mlp_status status;
        const char *word;
    } cases[] = {
        {0, v, N_IN, 9, y1, y2, y3, N_OUT, MLP_ERR_SIZE, "directions = 0"},
        {-1, v, N_IN, 9, y1, y2, y3, N_OUT, MLP_ERR_SIZE, "directions = -1"},
        {INT64_MIN, v, N_IN, 9, y1, y2, y3, N_OUT, MLP_ERR_SIZE, "directions = -9223372036854775808"},
        {INT64_MAX, v, N_IN, 9, y1, y2, y3, N_OUT, MLP_ERR_SIZE, "directions = 9223372036854775807"},
        {INT32_MAX, v, N_IN, 0, y1, y2, y3, N_OUT, MLP_ERR_SIZE, "workspace: a batch of 4"},
        {2, NULL, N_IN, 9, y1, y2, y3, N_OUT, MLP_ERR_ARGUMENT, "v = NULL: directions must then be n_0 = 3"},
        {4, NULL, N_IN, 9, y1, y2, y3, N_OUT, MLP_ERR_ARGUMENT, "v = NULL: directions must then be n_0 = 3"},
        {2, v, N_IN - 1, 9, y1, y2, y3, N_OUT, MLP_ERR_SIZE, "ldv = 2"},
        {2, v, 0, 0, y1, y2, y3, N_OUT, MLP_ERR_SIZE, "ldv = 0"},
        {2, v, -3, 9, y1, y2, y3, N_OUT, MLP_ERR_SIZE, "ldv = -3"},
        {2, v, INT64_MIN, 9, y1, y2, y3, N_OUT, MLP_ERR_SIZE, "ldv = -9223372036854775808"},
        {2, v, INT64_MAX, 9, y1, y2, y3, N_OUT, MLP_ERR_SIZE, "ldv = 9223372036854775807"},
        {2, v, N_IN, -1, y1, y2, y3, N_OUT, MLP_ERR_SIZE, "stride = -1"},
        {2, v, N_IN, INT64_MIN, y1, y2, y3, N_OUT, MLP_ERR_SIZE, "stride = -9223372036854775808"},
        {2, v, N_IN, INT64_MAX, y1, y2, y3, N_OUT, MLP_ERR_SIZE, "stride = 9223372036854775807"},
        {2, v, N_IN, INT64_MAX / 3, y1, y2, y3, N_OUT, MLP_ERR_SIZE, "stride = 3074457345618258602"},
        {2, v, N_IN, INT64_MAX / 3 / 4, y1, y2, y3, N_OUT, MLP_ERR_SIZE, "stride = 768614336404564650"},
        {2, v, N_IN, 9, NULL, NULL, NULL, N_OUT, MLP_ERR_ARGUMENT, "y1, y2 and y3 = NULL"},
        {2, v, N_IN, 9, y1, NULL, NULL, N_OUT - 1, MLP_ERR_SIZE, "ldy = 1"},
        {2, v, N_IN, 9, NULL, y2, NULL, 0, MLP_ERR_SIZE, "ldy = 0"},
        {2, v, N_IN, 9, NULL, NULL, y3, -4, MLP_ERR_SIZE, "ldy = -4"},
        {2, v, N_IN, 9, y1, y2, y3, INT64_MIN, MLP_ERR_SIZE, "ldy = -9223372036854775808"},
        {2, v, N_IN, 9, y1, y2, y3, INT64_MAX, MLP_ERR_SIZE, "ldy = 9223372036854775807"},
    };
    (void)state;
    T(pass)(&net);
    T(fill)(out, T(ROOM), SENTINEL);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        refused(T(mlp_jet)(net.model, net.workspace, cases[i].directions, cases[i].v, cases[i].ldv,
                           cases[i].stride, cases[i].y1, cases[i].y2, cases[i].y3, cases[i].ldy),
                cases[i].status, cases[i].word);
        assert_true(T(untouched)(out, T(ROOM)));
        assert_string_equal(mlp_workspace_last_error(net.workspace), mlp_last_error());
    }
    T(accept_all)(net.model, net.workspace);
    T(tear_down)(&net);
}

static void T(test_bad_laplacian)(void **state)
{
    static const REAL nan[N_IN] = {1, (REAL)NAN, 1}, infinite[N_IN] = {1, 1, -(REAL)INFINITY};
    T(network) net = T(set_up_second)(305, T(STREAMS));
    REAL out[T(ROOM)], *const y1 = out, *const sum = out + 100;
    const struct {
        const REAL *weights;
        REAL *y1, *laplacian;
        int64_t ldy;
        mlp_status status;
        const char *word;
    } cases[] = {
        {NULL, y1, NULL, N_OUT, MLP_ERR_ARGUMENT, "laplacian = NULL"},
        {nan, y1, sum, N_OUT, MLP_ERR_ARGUMENT, "weights[1] = "},
        {infinite, NULL, sum, N_OUT, MLP_ERR_ARGUMENT, "weights[2] = -inf"},
        {NULL, y1, sum, N_OUT - 1, MLP_ERR_SIZE, "ldy = 1"},
        {T(ones), NULL, sum, 0, MLP_ERR_SIZE, "ldy = 0"},
        {NULL, y1, sum, -2, MLP_ERR_SIZE, "ldy = -2"},
        {NULL, y1, sum, INT64_MIN, MLP_ERR_SIZE, "ldy = -9223372036854775808"},
        {NULL, y1, sum, INT64_MAX, MLP_ERR_SIZE, "ldy = 9223372036854775807"},
    };
    (void)state;
    T(pass)(&net);
    T(fill)(out, T(ROOM), SENTINEL);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        refused(T(mlp_laplacian)(net.model, net.workspace, cases[i].weights, cases[i].y1, cases[i].laplacian,
                                 cases[i].ldy),
                cases[i].status, cases[i].word);
        assert_true(T(untouched)(out, T(ROOM)));
        assert_string_equal(mlp_workspace_last_error(net.workspace), mlp_last_error());
    }
    T(accept_all)(net.model, net.workspace);
    T(tear_down)(&net);
}

static void T(test_bad_jet_vjp)(void **state)
{
    T(network) net = T(set_up_second)(306, T(STREAMS));
    REAL out[T(ROOM)], *const x_bar = out, *const theta_bar = out + 100;
    const REAL *const bar = T(ones);
    const struct {
        int first_order;
        const REAL *y_bar;
        int64_t ldb;
        const REAL *y1_bar, *y2_bar;
        int64_t ldy;
        REAL *x_bar;
        int64_t ldx;
        REAL *theta_bar;
        mlp_status status;
        const char *word;
    } cases[] = {
        {0, NULL, 2, NULL, NULL, 2, x_bar, 3, theta_bar, MLP_ERR_ARGUMENT, "y_bar, y1_bar and y2_bar = NULL"},
        {0, bar, 2, bar, bar, 2, NULL, 3, NULL, MLP_ERR_ARGUMENT, "x_bar = NULL and theta_bar = NULL"},
        {1, bar, 2, bar, bar, 2, x_bar, 3, theta_bar, MLP_ERR_ARGUMENT, "y2_bar: must be NULL"},
        {1, NULL, 2, NULL, bar, 2, x_bar, 3, theta_bar, MLP_ERR_ARGUMENT, "y2_bar: must be NULL"},
        {0, bar, 1, bar, bar, 2, x_bar, 3, theta_bar, MLP_ERR_SIZE, "ldb = 1"},
        {0, bar, 0, NULL, NULL, 0, x_bar, 3, theta_bar, MLP_ERR_SIZE, "ldb = 0"},
        {0, bar, INT64_MIN, bar, bar, 2, x_bar, 3, NULL, MLP_ERR_SIZE, "ldb = -9223372036854775808"},
        {0, bar, INT64_MAX, bar, bar, 2, NULL, 3, theta_bar, MLP_ERR_SIZE, "ldb = 9223372036854775807"},
        {0, bar, 2, bar, bar, 1, x_bar, 3, theta_bar, MLP_ERR_SIZE, "ldy = 1"},
        {0, NULL, 2, NULL, bar, 0, x_bar, 3, theta_bar, MLP_ERR_SIZE, "ldy = 0"},
        {1, NULL, 2, bar, NULL, -7, x_bar, 3, theta_bar, MLP_ERR_SIZE, "ldy = -7"},
        {0, bar, 2, bar, NULL, INT64_MIN, x_bar, 3, theta_bar, MLP_ERR_SIZE, "ldy = -9223372036854775808"},
        {0, bar, 2, bar, bar, INT64_MAX, x_bar, 3, theta_bar, MLP_ERR_SIZE, "ldy = 9223372036854775807"},
        {0, bar, 2, bar, bar, 2, x_bar, 2, theta_bar, MLP_ERR_SIZE, "ldx = 2"},
        {0, bar, 2, bar, bar, 2, x_bar, 0, NULL, MLP_ERR_SIZE, "ldx = 0"},
        {0, bar, 2, bar, bar, 2, x_bar, INT64_MIN, theta_bar, MLP_ERR_SIZE, "ldx = -9223372036854775808"},
        {0, bar, 2, bar, bar, 2, x_bar, INT64_MAX, theta_bar, MLP_ERR_SIZE, "ldx = 9223372036854775807"},
    };
    (void)state;
    T(pass)(&net);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        accepted((cases[i].first_order ? T(first_jet) : T(jet))(net.model, net.workspace, out));
        T(fill)(out, T(ROOM), SENTINEL);
        refused(T(mlp_jet_vjp)(net.model, net.workspace, cases[i].y_bar, cases[i].ldb, cases[i].y1_bar,
                               cases[i].y2_bar, cases[i].ldy, cases[i].x_bar, cases[i].ldx,
                               cases[i].theta_bar),
                cases[i].status, cases[i].word);
        assert_true(T(untouched)(out, T(ROOM)));
        assert_string_equal(mlp_workspace_last_error(net.workspace), mlp_last_error());
        T(accept)(T(jet_vjp), net.model, net.workspace); /* the jet is still there */
    }
    accepted(T(jet)(net.model, net.workspace, out)); /* what is ignored may be anything */
    accepted(T(mlp_jet_vjp)(net.model, net.workspace, bar, N_OUT, NULL, NULL, -1, NULL, -1, theta_bar));
    accepted(T(jet)(net.model, net.workspace, out));
    accepted(T(mlp_jet_vjp)(net.model, net.workspace, NULL, -1, NULL, bar, N_OUT, x_bar, N_IN, NULL));
    T(tear_down)(&net);
}

static void T(test_bad_mixed_vjp)(void **state)
{
    T(network) net = T(set_up_second)(307, T(STREAMS));
    REAL out[T(ROOM)], *const x_bar = out, *const theta_bar = out + 100;
    const REAL *const v = T(ones), *const bar = T(ones);
    const struct {
        const REAL *x_dot;
        int64_t ldv;
        const REAL *y_bar;
        int64_t ldy;
        REAL *x_bar;
        int64_t ldx;
        REAL *theta_bar;
        mlp_status status;
        const char *word;
    } cases[] = {
        {NULL, 3, bar, 2, x_bar, 3, theta_bar, MLP_ERR_ARGUMENT, "x_dot = NULL"},
        {v, 3, NULL, 2, x_bar, 3, theta_bar, MLP_ERR_ARGUMENT, "y_bar = NULL"},
        {v, 3, bar, 2, NULL, 3, NULL, MLP_ERR_ARGUMENT, "x_bar = NULL and theta_bar = NULL"},
        {v, 2, bar, 2, x_bar, 3, theta_bar, MLP_ERR_SIZE, "ldv = 2"},
        {v, 0, bar, 2, x_bar, 3, theta_bar, MLP_ERR_SIZE, "ldv = 0"},
        {v, INT64_MIN, bar, 2, x_bar, 3, NULL, MLP_ERR_SIZE, "ldv = -9223372036854775808"},
        {v, INT64_MAX, bar, 2, x_bar, 3, theta_bar, MLP_ERR_SIZE, "ldv = 9223372036854775807"},
        {v, 3, bar, 1, x_bar, 3, theta_bar, MLP_ERR_SIZE, "ldy = 1"},
        {v, 3, bar, -2, NULL, 3, theta_bar, MLP_ERR_SIZE, "ldy = -2"},
        {v, 3, bar, INT64_MIN, x_bar, 3, theta_bar, MLP_ERR_SIZE, "ldy = -9223372036854775808"},
        {v, 3, bar, INT64_MAX, x_bar, 3, theta_bar, MLP_ERR_SIZE, "ldy = 9223372036854775807"},
        {v, 3, bar, 2, x_bar, 2, theta_bar, MLP_ERR_SIZE, "ldx = 2"},
        {v, 3, bar, 2, x_bar, -1, NULL, MLP_ERR_SIZE, "ldx = -1"},
        {v, 3, bar, 2, x_bar, INT64_MIN, theta_bar, MLP_ERR_SIZE, "ldx = -9223372036854775808"},
        {v, 3, bar, 2, x_bar, INT64_MAX, theta_bar, MLP_ERR_SIZE, "ldx = 9223372036854775807"},
    };
    (void)state;
    T(pass)(&net);
    T(accept)(T(jet), net.model, net.workspace);
    T(fill)(out, T(ROOM), SENTINEL);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        refused(T(mlp_mixed_vjp)(net.model, net.workspace, cases[i].x_dot, cases[i].ldv, cases[i].y_bar,
                                 cases[i].ldy, cases[i].x_bar, cases[i].ldx, cases[i].theta_bar),
                cases[i].status, cases[i].word);
        assert_true(T(untouched)(out, T(ROOM)));
        assert_string_equal(mlp_workspace_last_error(net.workspace), mlp_last_error());
    }
    T(accept)(T(jet_vjp), net.model, net.workspace); /* refusals have not taken the jet */
    accepted(T(mlp_mixed_vjp)(net.model, net.workspace, v, N_IN, bar, N_OUT, NULL, -1, theta_bar));
    T(tear_down)(&net);
}
