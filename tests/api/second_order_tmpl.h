/*
 * Template: what every second derivative refuses alike. The includer has the network of network_tmpl.h, and passes the calls
 * with right arguments but for the model and the workspace, which write to `out`.
 */

enum { T(ROOM) = 400 }; /* values of all outputs */

static const REAL T(ones)[T(ROOM)] = {1, 2, 3, 4, 5, 6, 7, 8};

typedef mlp_status (*T(derivative))(const mlp_model *, mlp_workspace *, REAL *out);

static double T(value) = SENTINEL; /* what linearising writes besides `out` */

/* The network with workspaces of second order, and `streams`; `shallow` has first derivatives. */
static T(network) T(set_up_second)(uint64_t seed, int32_t streams)
{
    const int32_t uses = MLP_USE_SECOND_ORDER + streams * MLP_USE_STREAM;
    T(network) net = T(set_up)(seed);
    mlp_workspace_destroy(net.workspace);
    mlp_workspace_destroy(net.shallow);
    mlp_workspace_destroy(net.foreign);
    accepted(mlp_workspace_create(net.model, BATCH, 1, uses, &net.workspace));
    accepted(mlp_workspace_create(net.model, BATCH, 1, MLP_USE_DERIVATIVES, &net.shallow));
    accepted(mlp_workspace_create(net.other, BATCH, 1, uses, &net.foreign));
    return net;
}

/* The call refuses, writes nothing and leaves the message with the workspace. */
static void T(refuse)(T(derivative) call, const mlp_model *model, mlp_workspace *workspace, mlp_status status,
                      const char *word)
{
    REAL out[T(ROOM)];
    T(fill)(out, T(ROOM), SENTINEL);
    T(value) = SENTINEL;
    refused(call(model, workspace, out), status, word);
    assert_true(T(untouched)(out, T(ROOM)) && T(value) == SENTINEL);
    if (workspace)
        assert_string_equal(mlp_workspace_last_error(workspace), mlp_last_error());
}

static void T(accept)(T(derivative) call, const mlp_model *model, mlp_workspace *workspace)
{
    REAL out[T(ROOM)];
    T(fill)(out, T(ROOM), SENTINEL);
    accepted(call(model, workspace, out));
    assert_false(T(untouched)(out, T(ROOM)));
}
