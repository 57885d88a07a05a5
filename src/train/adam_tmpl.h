/* Adam, for both number types; included by adam.c. */

static void T(update)(const mlpi_options *options, int64_t step, int64_t count, const REAL *g,
                      const mlpi_optimizer_state *state, REAL *theta)
{
    const mlpi_adam_factors f = factors_of(options, step);
    mlpi_updates_best()->T(adam)(count, &f, g, state->vectors[0], state->vectors[1], theta);
}
