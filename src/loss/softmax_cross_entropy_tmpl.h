/* Softmax cross-entropy, for both number types; included by softmax_cross_entropy.c. */

/* NaN anywhere but in front is passed over: the exponentials see it. */
static REAL T(largest)(int64_t n, const REAL *y)
{
    REAL m = y[0];
    for (int64_t p = 1; p < n; p++)
        m = y[p] > m ? y[p] : m;
    return m;
}

/* Z = sum_p e^(y_p - m); `powers`, where not NULL, receives the terms and may be y itself. */
static double T(partition)(int64_t n, const REAL *y, REAL m, REAL *powers)
{
    const mlpi_activation exponential = {.kind = mlpi_activation_kind_of(MLP_EXP)};
    REAL chunk[CHUNK];
    double Z = 0;
    for (int64_t first = 0; first < n; first += CHUNK) {
        const int64_t count = n - first < CHUNK ? n - first : CHUNK;
        for (int64_t p = 0; p < count; p++)
            chunk[p] = y[first + p] - m;
        (void)T(mlpi_activation_apply)(&exponential, 0, count, chunk, chunk); /* fails only for callbacks */
        for (int64_t p = 0; p < count; p++)
            Z += (double)chunk[p];
        if (powers)
            memcpy(powers + first, chunk, (size_t)count * sizeof(REAL));
    }
    return Z;
}

static double T(target)(int64_t n, const REAL *y, const REAL *t, double scale, REAL *y_bar)
{
    const REAL m = T(largest)(n, y);
    double total = 0, expected = 0; /* sum_p t_p and sum_p t_p (y_p - m) */
    for (int64_t p = 0; p < n; p++) {
        total += (double)t[p];
        expected += (double)t[p] * ((double)y[p] - (double)m);
    }
    const double Z = T(partition)(n, y, m, y_bar);
    for (int64_t p = 0; y_bar && p < n; p++)
        y_bar[p] = (REAL)(scale * (total / Z * (double)y_bar[p] - (double)t[p]));
    return total * log(Z) - expected;
}

static double T(label)(int64_t n, const REAL *y, int32_t label, double scale, REAL *y_bar)
{
    const REAL m = T(largest)(n, y);
    const double chosen = (double)y[label] - (double)m;
    const double Z = T(partition)(n, y, m, y_bar);
    for (int64_t p = 0; y_bar && p < n; p++)
        y_bar[p] = (REAL)(scale * ((double)y_bar[p] / Z - (p == label)));
    return log(Z) - chosen;
}
