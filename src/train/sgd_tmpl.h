/* Gradient descent, for both number types; included by sgd.c. */

static void T(update)(const mlpi_options *options, int64_t step, int64_t count, const REAL *g,
                      const mlpi_optimizer_state *state, REAL *theta)
{
    (void)step;
    const REAL rate = (REAL)mlpi_options_real(options, MLP_TRAINER_LEARNING_RATE);
    const REAL momentum = (REAL)mlpi_options_real(options, MLP_TRAINER_MOMENTUM);
    if (state->count == 0)
        mlpi_updates_best()->T(plain)(count, rate, g, theta);
    else
        mlpi_updates_best()->T(heavy_ball)(count, rate, momentum, g, state->vectors[0], theta);
}
