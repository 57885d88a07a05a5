/* Template: the choice of a route. */

/* By rows, threads take samples; few samples have none to share, but wide layers have units. */
static mlpi_path T(path_by_rows)(const mlpi_chain *chain, int64_t batch, int32_t *threads)
{
    const mlpi_plan *plan = chain->plan;
    const double work = plan->pool ? mlpi_chain_work(chain, batch) : 0;
    *threads = mlpi_plan_threads(plan, work);
    if (*threads == 1 || batch >= MLPI_ROUTE_SAMPLES * *threads)
        return MLPI_PATH_ROWS;
    if (work >= BANDWIDTH)
        return MLPI_PATH_UNITS;
    *threads = 1;
    return MLPI_PATH_ROWS;
}

/* Written member by member: a structure returned whole is put together in memory, and read back before it is there (4 ns). */
void T(mlpi_route_of)(const mlpi_chain *chain, int64_t batch, int output_only, mlpi_route *route)
{
    const mlpi_plan *plan = chain->plan;
    const mlpi_route *tuned = plan->tunings ? mlpi_plan_tuned(plan, batch) : NULL;
    route->tuned = 0;
    route->threads = 1;
    if (!plan->kernels || plan->calls_back) {
        route->path = MLPI_PATH_LAYERS;
    } else if (tuned && (tuned->path != MLPI_PATH_COLUMNS || output_only)) {
        *route = *tuned;
    } else if (output_only && T(mlpi_columns_pay)(plan, batch)) {
        route->path = MLPI_PATH_COLUMNS;
        route->threads = mlpi_plan_threads(plan, mlpi_chain_work(chain, batch));
    } else {
        route->path = T(path_by_rows)(chain, batch, &route->threads);
    }
}

/* Whether a path is open to so many threads, each with something to do. */
static int T(is_open)(const mlpi_chain *chain, int64_t batch, int output_only, mlpi_path path,
                      int32_t threads)
{
    const mlpi_plan *plan = chain->plan;
    if (path == MLPI_PATH_COLUMNS)
        return output_only && plan->tiles && batch > 1 &&
               batch > (threads - 1) * plan->kernels->REAL_KIND.lanes;
    if (path == MLPI_PATH_UNITS)
        return threads > 1;
    return batch > (threads - 1) * (int64_t)MLPI_ROUTE_SAMPLES;
}

int32_t T(mlpi_route_candidates)(const mlpi_chain *chain, int64_t batch, int output_only,
                                 mlpi_route routes[MLPI_ROUTE_CANDIDATES + 1])
{
    const int32_t most = chain->plan->threads;
    int32_t count = 1;
    T(mlpi_route_of)(chain, batch, output_only, &routes[0]);
    if (routes[0].path == MLPI_PATH_LAYERS)
        return count;
    for (mlpi_path path = MLPI_PATH_ROWS; path <= MLPI_PATH_COLUMNS; path++)
        for (int32_t threads = 1; threads <= most;
             threads = threads < most && 2 * threads > most ? most : 2 * threads)
            if ((path != routes[0].path || threads != routes[0].threads) &&
                T(is_open)(chain, batch, output_only, path, threads))
                routes[count++] = (mlpi_route){path, threads, 0};
    return count;
}
