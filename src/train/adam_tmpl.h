/* Adam, for both number types; included by adam.c. */

static void T(advance)(const factors *f, int64_t count, const REAL *restrict g, REAL *restrict m,
                       REAL *restrict v, REAL *restrict theta)
{
    const REAL beta1 = (REAL)f->beta1, fresh1 = (REAL)f->fresh1;
    const REAL beta2 = (REAL)f->beta2, fresh2 = (REAL)f->fresh2;
    const REAL rate = (REAL)(f->rate * f->correction1), correction2 = (REAL)f->correction2;
    const REAL epsilon = (REAL)f->epsilon;
    for (int64_t i = 0; i < count; i++) {
        m[i] = beta1 * m[i] + fresh1 * g[i];
        v[i] = beta2 * v[i] + fresh2 * (g[i] * g[i]);
        theta[i] -= rate * m[i] / (SQRT(v[i] * correction2) + epsilon);
    }
}

static void T(update)(const mlpi_options *options, int64_t step, int64_t count, const REAL *g,
                      const mlpi_optimizer_state *state, REAL *theta)
{
    const factors f = factors_of(options, step);
    T(advance)(&f, count, g, state->vectors[0], state->vectors[1], theta);
}
