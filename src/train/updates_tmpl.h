/* Template: the updates. Every element takes the same roundings, in a vector or behind the last whole one. */

static void T(plain)(int64_t n, REAL rate, const REAL *g, REAL *theta)
{
    for (int64_t i = 0; i < n; i += T(LANES)) {
        const int64_t count = n - i < T(LANES) ? n - i : T(LANES);
        const T(vec) step = T(v_load_head)(g + i, count), value = T(v_load_head)(theta + i, count);
        T(v_store_head)(theta + i, T(v_fma)(T(v_set1)(-rate), step, value), count);
    }
}

static void T(heavy_ball)(int64_t n, REAL rate, REAL momentum, const REAL *restrict g, REAL *restrict v,
                          REAL *restrict theta)
{
    for (int64_t i = 0; i < n; i++) {
        v[i] = momentum * v[i] + g[i];
        theta[i] -= rate * v[i];
    }
}

static void T(adam)(int64_t n, const mlpi_adam_factors *f, const REAL *restrict g, REAL *restrict m,
                    REAL *restrict v, REAL *restrict theta)
{
    const REAL beta1 = (REAL)f->beta1, fresh1 = (REAL)f->fresh1;
    const REAL beta2 = (REAL)f->beta2, fresh2 = (REAL)f->fresh2;
    const REAL rate = (REAL)(f->rate * f->correction1), correction2 = (REAL)f->correction2;
    const REAL epsilon = (REAL)f->epsilon;
    for (int64_t i = 0; i < n; i++) {
        m[i] = beta1 * m[i] + fresh1 * g[i];
        v[i] = beta2 * v[i] + fresh2 * (g[i] * g[i]);
        theta[i] -= rate * m[i] / (SQRT(v[i] * correction2) + epsilon);
    }
}
