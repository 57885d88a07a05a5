/* Template: the updates. Nothing is fused, so that an element has the same bits in a vector and behind the last one. */

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
