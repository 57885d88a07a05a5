/*
 * Template: wrong objects and wrong states for all T(derivatives), of which T(in_order) is every one in an order in which all
 * succeed. T(remembers) leaves with the workspace what T(uses) needs. Seeds from T(SEED).
 */

static void T(refuse_all)(const mlp_model *model, mlp_workspace *workspace, mlp_status status,
                          const char *word)
{
    for (size_t k = 0; k < sizeof T(derivatives) / sizeof *T(derivatives); k++)
        T(refuse)(T(derivatives)[k], model, workspace, status, word);
}

static void T(accept_all)(const mlp_model *model, mlp_workspace *workspace)
{
    for (size_t k = 0; k < sizeof T(in_order) / sizeof *T(in_order); k++)
        T(accept)(T(in_order)[k], model, workspace);
}

static void T(test_wrong_objects)(void **state)
{
    T(network) net = T(set_up_second)(T(SEED), T(STREAMS));
    (void)state;
    T(pass)(&net);
    T(accept)(T(remembers), net.model, net.workspace);
    T(refuse_all)(NULL, net.workspace, MLP_ERR_ARGUMENT, "model = NULL");
    T(refuse_all)(net.model, NULL, MLP_ERR_ARGUMENT, "workspace = NULL");
    T(refuse_all)(net.other, net.workspace, MLP_ERR_DTYPE, "model is");
    T(refuse_all)(net.other, net.foreign, MLP_ERR_DTYPE, "model is");
    T(refuse_all)(net.model, net.foreign, MLP_ERR_DTYPE, "workspace is");
    T(refuse_all)(net.narrow, net.workspace, MLP_ERR_ARGUMENT, "model: its widths or activations");
    T(refuse_all)(net.relu, net.workspace, MLP_ERR_ARGUMENT, "model: its widths or activations");
    T(accept)(T(uses), net.model, net.workspace); /* none of these has taken what it needs */
    T(accept_all)(net.model, net.workspace);
    T(tear_down)(&net);
}

/* There is no pass of this model in this state, or the workspace is not for it. */
static void T(test_wrong_states)(void **state)
{
    static const REAL b[HIDDEN] = {1, 2, 3}, one[N_IN] = {1, 1, 1};
    const char *const none = "workspace: remembers no forward pass", *const changed = "model: has changed",
                      *const shallow = "workspace: was created without MLP_USE_SECOND_ORDER";
    T(network) net = T(set_up_second)(T(SEED) + 1, T(STREAMS));
    mlp_workspace *outputs = NULL;
    (void)state;
    T(refuse_all)(net.model, net.workspace, MLP_ERR_STATE, none);
    accepted(T(mlp_forward)(net.model, net.shallow, BATCH, net.x, LDX, NULL, 0));
    T(refuse_all)(net.model, net.shallow, MLP_ERR_STATE, shallow);
    accepted(mlp_workspace_create(net.model, BATCH, 1, MLP_USE_FORWARD, &outputs));
    accepted(T(mlp_forward)(net.model, outputs, BATCH, net.x, LDX, NULL, 0));
    T(refuse_all)(net.model, outputs, MLP_ERR_STATE, shallow);
    T(pass)(&net);
    T(accept)(T(remembers), net.model, net.workspace);
    T(refuse_all)(net.same, net.workspace, MLP_ERR_STATE, changed);
    accepted(T(mlp_model_set_bias)(net.model, 1, b));
    T(refuse_all)(net.model, net.workspace, MLP_ERR_STATE, changed);
    T(pass)(&net);
    T(accept_all)(net.model, net.workspace);
    T(accept)(T(remembers), net.model, net.workspace);
    accepted(T(mlp_model_set_input_scaling)(net.model, one, one));
    T(refuse_all)(net.model, net.workspace, MLP_ERR_STATE, changed);
    T(pass)(&net);
    T(accept_all)(net.model, net.workspace);
    accepted(mlp_workspace_prepare(net.workspace, net.model));
    T(refuse_all)(net.model, net.workspace, MLP_ERR_STATE, none);
    T(pass)(&net);
    T(accept_all)(net.model, net.workspace);
    mlp_workspace_destroy(outputs);
    T(tear_down)(&net);
}
