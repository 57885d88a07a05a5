/* iRprop-, for both number types; included by rprop.c. */

static void T(update)(const mlpi_update *update, int64_t count, const REAL *g,
                      REAL *const vectors[MLPI_MAX_STATES], REAL *theta)
{
    mlpi_updates_best()->T(rprop)(count, update, g, vectors[0], vectors[1], theta);
}
