/* Gradient descent, for both number types; included by sgd.c. */

static void T(update)(const mlpi_update *update, int64_t count, const REAL *g,
                      REAL *const vectors[MLPI_MAX_STATES], REAL *theta)
{
    const mlpi_updates *loops = mlpi_updates_best();
    if (vectors[0] && update->nesterov)
        loops->T(nesterov)(count, update, g, vectors[0], theta);
    else if (vectors[0])
        loops->T(heavy_ball)(count, update, g, vectors[0], theta);
    else if (update->shrink != 0)
        loops->T(descend)(count, update, g, theta);
    else
        mlpi_kernels_for(mlpi_cpu()->level)->REAL_KIND.add(count, (REAL)-update->rate, g, theta);
}
