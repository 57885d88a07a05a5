/* Gradient descent, for both number types; included by sgd.c. */

static void T(update)(const mlpi_update *update, int64_t count, const REAL *g,
                      REAL *const vectors[MLPI_MAX_STATES], REAL *theta)
{
    if (vectors[0])
        mlpi_updates_best()->T(heavy_ball)(count, (REAL)update->rate, (REAL)update->momentum, g, vectors[0],
                                           theta);
    else
        mlpi_kernels_for(mlpi_cpu()->level)->REAL_KIND.add(count, (REAL)-update->rate, g, theta);
}
