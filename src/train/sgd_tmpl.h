/* Gradient descent, for both number types; included by sgd.c. */

static void T(plain)(int64_t count, REAL rate, const REAL *restrict g, REAL *restrict theta)
{
    for (int64_t i = 0; i < count; i++)
        theta[i] -= rate * g[i];
}

static void T(heavy_ball)(int64_t count, REAL rate, REAL momentum, const REAL *restrict g, REAL *restrict v,
                          REAL *restrict theta)
{
    for (int64_t i = 0; i < count; i++) {
        v[i] = momentum * v[i] + g[i];
        theta[i] -= rate * v[i];
    }
}

static void T(update)(const mlpi_options *options, int64_t step, int64_t count, const REAL *g,
                      const mlpi_optimizer_state *state, REAL *theta)
{
    (void)step;
    const REAL rate = (REAL)mlpi_options_real(options, MLP_TRAINER_LEARNING_RATE);
    const REAL momentum = (REAL)mlpi_options_real(options, MLP_TRAINER_MOMENTUM);
    if (state->count == 0)
        T(plain)(count, rate, g, theta);
    else
        T(heavy_ball)(count, rate, momentum, g, state->vectors[0], theta);
}
