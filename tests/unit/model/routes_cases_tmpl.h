/* Template: passes on every route. */

static REAL T(x)[MOST * WIDEST], T(first)[MOST * WIDEST], T(other)[MOST * WIDEST];

/* Passes of one batch on all its routes; returns how many there are. */
static int32_t T(check_batch)(const net *n, const mlp_model *model, mlp_workspace *workspace, int64_t batch)
{
    const int64_t n_in = n->widths[0], n_out = n->widths[n->layers];
    const mlpi_chain chain = mlpi_workspace_chain(workspace, model);
    mlpi_route routes[MLPI_ROUTE_CANDIDATES + 1];
    workspace->plan.tunings = 0;
    const int32_t count =
        T(mlpi_route_candidates)(&chain, batch, mlpi_workspace_keeps_output_only(workspace), routes);
    assert_in_range(count, 1, MLPI_ROUTE_CANDIDATES + 1);
    assert_int_equal(T(mlpi_forward)(model, workspace, batch, T(x), n_in, T(first), n_out), MLP_OK);
    for (int32_t i = 0; i < count; i++) {
        mlpi_route given;
        mlpi_plan_tune(&workspace->plan, batch, routes[i]);
        T(mlpi_route_of)(&chain, batch, mlpi_workspace_keeps_output_only(workspace), &given);
        assert_true(given.path == routes[i].path && given.threads == routes[i].threads && given.tuned);
        memset(T(other), 0xff, sizeof T(other));
        assert_int_equal(T(mlpi_forward)(model, workspace, batch, T(x), n_in, T(other), n_out), MLP_OK);
        if (memcmp(T(first), T(other), (size_t)(batch * n_out) * sizeof(REAL)) != 0)
            fail_msg("%lld-...-%lld, batch %lld: path %d on %d threads has other bits", (long long)n_in,
                     (long long)n_out, (long long)batch, (int)routes[i].path, (int)routes[i].threads);
    }
    return count;
}

/* The bits of a pass do not depend on the way it goes. */
static void T(test_bits)(void **state)
{
    static const int32_t uses[] = {MLP_USE_FORWARD, MLP_USE_DERIVATIVES};
    mlpi_random random = mlpi_random_stream(3, MLPI_RANDOM_OTHER, 0);
    int32_t most = 0;
    (void)state;
    for (int32_t i = 0; i < MOST * WIDEST; i++)
        T(x)[i] = (REAL)(2 * mlpi_random_uniform(&random) - 1);
    for (int32_t k = 0; k < NETS; k++)
        for (int32_t u = 0; u < 2; u++) {
            mlp_model *model;
            mlp_workspace *workspace;
            assert_int_equal(
                mlpi_model_create(REAL_DTYPE, nets[k].layers, nets[k].widths, nets[k].activation, &model),
                MLP_OK);
            for (int64_t i = 0; i < model->param_count; i++) {
                const REAL value = (REAL)(mlpi_random_uniform(&random) / 4 - 0.125);
                T(mlpi_model_set_params)(model, i, 1, &value);
            }
            assert_int_equal(mlpi_workspace_create(model, MOST, THREADS, uses[u], NULL, &workspace), MLP_OK);
            for (int64_t batch = 1; batch <= MOST; batch++) {
                const int32_t count = T(check_batch)(&nets[k], model, workspace, batch);
                most = count > most ? count : most;
            }
            mlpi_workspace_destroy(workspace);
            mlpi_model_destroy(model);
        }
    assert_int_equal(most,
                     3 + 2 + 3); /* rows, units and columns on 1, 2 and 3 threads; units on several only */
}
