/* Template: measuring routes with passes over inputs of our own. */

struct T(trial) {
    const mlp_model *model;
    mlp_workspace *workspace;
    int64_t batch, n_in, n_out;
    REAL *x, *y; /* n_in x batch, n_out x batch */
};

/* Seconds that `passes` passes take on a route. None fails: callbacks are not measured. */
static double T(time_passes)(const struct T(trial) *trial, mlpi_route route, int64_t passes)
{
    mlpi_plan_tune(&trial->workspace->plan, trial->batch, route);
    const double begin = seconds();
    for (int64_t i = 0; i < passes; i++)
        (void)T(mlpi_forward)(trial->model, trial->workspace, trial->batch, trial->x, trial->n_in, trial->y,
                              trial->n_out);
    return seconds() - begin;
}

/* The fastest of the routes. Before each run a pass wakes the threads and warms the caches. */
static mlpi_route T(measure_routes)(const struct T(trial) *trial, const mlpi_route *routes, int32_t count)
{
    double best[MLPI_ROUTE_CANDIDATES + 1];
    const double begin = seconds(), once = T(time_passes)(trial, routes[0], 1);
    const double fit = SPAN / (once > 0 ? once : SPAN);
    const int64_t passes = fit < 1 ? 1 : fit > MOST_PASSES ? MOST_PASSES : (int64_t)fit;
    for (int32_t round = 0; round < ROUNDS && (round < LEAST || seconds() - begin < ENOUGH); round++)
        for (int32_t i = 0; i < count; i++) {
            (void)T(time_passes)(trial, routes[i], 1);
            const double time = T(time_passes)(trial, routes[i], passes);
            best[i] = round == 0 || time < best[i] ? time : best[i];
        }
    return routes[fastest(best, count)];
}

static mlp_status T(tune)(mlp_workspace *workspace, const mlp_model *model, int64_t batch)
{
    const mlpi_architecture *architecture = &workspace->architecture;
    const mlpi_chain chain = mlpi_workspace_chain(workspace, model);
    struct T(trial) trial = {.model = model,
                             .workspace = workspace,
                             .batch = batch,
                             .n_in = architecture->widths[0],
                             .n_out = architecture->widths[architecture->layers]};
    mlpi_route routes[MLPI_ROUTE_CANDIDATES + 1];
    mlpi_random random = mlpi_random_stream(0, MLPI_RANDOM_OTHER, 0);
    const int32_t count =
        T(mlpi_route_candidates)(&chain, batch, mlpi_workspace_keeps_output_only(workspace), routes);
    int64_t elements = 0;
    if (!mlpi_checked_mul(trial.n_in + trial.n_out, batch, &elements))
        return mlpi_fail(MLP_ERR_SIZE, "batch = %lld: it would not fit the address space", (long long)batch);
    trial.x = mlpi_calloc(elements, sizeof(REAL));
    if (!trial.x)
        return mlpi_fail_memory("inputs to measure with", elements * (int64_t)sizeof(REAL));
    trial.y = trial.x + trial.n_in * batch;
    for (int64_t i = 0; i < trial.n_in * batch; i++)
        trial.x[i] = (REAL)(2 * mlpi_random_uniform(&random) - 1);
    if (routes[0].path != MLPI_PATH_LAYERS)
        mlpi_plan_tune(&workspace->plan, batch, T(measure_routes)(&trial, routes, count));
    mlpi_workspace_forget(workspace);
    mlpi_free(trial.x);
    return MLP_OK;
}
