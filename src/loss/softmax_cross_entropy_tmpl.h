/* Softmax cross-entropy, for both number types; included by softmax_cross_entropy.c. */

/* NaN anywhere but in front is passed over: the exponentials see it. */
static REAL T(largest)(int64_t n, const REAL *y)
{
    REAL m = y[0];
    for (int64_t p = 1; p < n; p++)
        m = y[p] > m ? y[p] : m;
    return m;
}

/* powers[i] = e^(y_i - m), count <= CHUNK of them */
static void T(exponentials)(int64_t count, const REAL *y, REAL m, REAL *powers)
{
    const mlpi_activation exponential = {.kind = mlpi_activation_kind_of(MLP_EXP)};
    for (int64_t i = 0; i < count; i++)
        powers[i] = y[i] - m;
    (void)T(mlpi_activation_apply)(&exponential, 0, count, powers, powers); /* fails only for callbacks */
}

/* Z = sum_p e^(y_p - m); `powers`, where not NULL, receives the terms and may be y itself. */
static double T(partition)(int64_t n, const REAL *y, REAL m, REAL *powers)
{
    REAL chunk[CHUNK];
    double Z = 0;
    for (int64_t first = 0; first < n; first += CHUNK) {
        const int64_t count = n - first < CHUNK ? n - first : CHUNK;
        T(exponentials)(count, y + first, m, chunk);
        for (int64_t p = 0; p < count; p++)
            Z += (double)chunk[p];
        if (powers)
            memcpy(powers + first, chunk, (size_t)count * sizeof(REAL));
    }
    return Z;
}

/* sum_p (y_p - m) / n */
static double T(mean_logit)(int64_t n, const REAL *y, REAL m)
{
    double sum = 0;
    for (int64_t p = 0; p < n; p++)
        sum += (double)y[p] - (double)m;
    return sum / (double)n;
}

static double T(target)(double smoothing, int64_t n, const REAL *y, const REAL *t, double scale, REAL *y_bar)
{
    const REAL m = T(largest)(n, y);
    double total = 0, expected = 0; /* sum_p t_p and sum_p t_p (y_p - m) */
    for (int64_t p = 0; p < n; p++) {
        total += (double)t[p];
        expected += (double)t[p] * ((double)y[p] - (double)m);
    }
    if (smoothing > 0)
        expected = (1 - smoothing) * expected + smoothing * total * T(mean_logit)(n, y, m);
    const double Z = T(partition)(n, y, m, y_bar), even = smoothing * total / (double)n;
    for (int64_t p = 0; y_bar && p < n; p++)
        y_bar[p] = (REAL)(scale * (total / Z * (double)y_bar[p] - (1 - smoothing) * (double)t[p] - even));
    return total * log(Z) - expected;
}

static double T(label)(double smoothing, int64_t n, const REAL *y, int32_t label, double scale, REAL *y_bar)
{
    const REAL m = T(largest)(n, y);
    double chosen = (double)y[label] - (double)m;
    if (smoothing > 0)
        chosen = (1 - smoothing) * chosen + smoothing * T(mean_logit)(n, y, m);
    const double Z = T(partition)(n, y, m, y_bar), even = smoothing / (double)n;
    for (int64_t p = 0; y_bar && p < n; p++)
        y_bar[p] = (REAL)(scale * ((double)y_bar[p] / Z - (p == label ? 1 - smoothing + even : even)));
    return log(Z) - chosen;
}

/* hv = scale s o (u - s^T u) for at most VECTORS vectors */
static void T(multiply)(int64_t n, const REAL *y, REAL m, double scale, const T(mlpi_loss_vectors) *vectors)
{
    double v_c[VECTORS], mean[VECTORS] = {0}, Z = 0; /* v at the largest output; s^T u, first times Z */
    REAL chunk[CHUNK];
    int64_t c = 0;
    while (c < n - 1 && !(y[c] == m))
        c++;
    for (int64_t k = 0; k < vectors->count; k++)
        v_c[k] = (double)vectors->v[k * vectors->ldv + c];
    for (int64_t first = 0; first < n; first += CHUNK) {
        const int64_t count = n - first < CHUNK ? n - first : CHUNK;
        T(exponentials)(count, y + first, m, chunk);
        for (int64_t p = 0; p < count; p++)
            Z += (double)chunk[p];
        for (int64_t k = 0; k < vectors->count; k++)
            for (int64_t p = 0; p < count; p++)
                mean[k] += (double)chunk[p] * ((double)vectors->v[k * vectors->ldv + first + p] - v_c[k]);
    }
    for (int64_t first = 0; first < n; first += CHUNK) {
        const int64_t count = n - first < CHUNK ? n - first : CHUNK;
        if (n > CHUNK)
            T(exponentials)(count, y + first, m, chunk);
        for (int64_t k = 0; k < vectors->count; k++) {
            const REAL *v = vectors->v + k * vectors->ldv + first;
            REAL *hv = vectors->hv + k * vectors->ldh + first;
            for (int64_t p = 0; p < count; p++)
                hv[p] = (REAL)(scale * ((double)chunk[p] / Z) * ((double)v[p] - v_c[k] - mean[k] / Z));
        }
    }
}

static void T(multiply_all)(int64_t n, const REAL *y, double scale, const T(mlpi_loss_vectors) *vectors)
{
    const REAL m = T(largest)(n, y);
    for (int64_t first = 0; first < vectors->count; first += VECTORS) {
        T(mlpi_loss_vectors) part = *vectors;
        part.count = vectors->count - first < VECTORS ? vectors->count - first : VECTORS;
        part.v += first * vectors->ldv;
        part.hv += first * vectors->ldh;
        T(multiply)(n, y, m, scale, &part);
    }
}

static void T(target_hvp)(double parameter, int64_t n, const REAL *y, const REAL *t, double scale,
                          const T(mlpi_loss_vectors) *vectors)
{
    (void)parameter; /* it leaves sum_p t_p as it is */
    double total = 0;
    for (int64_t p = 0; p < n; p++)
        total += (double)t[p];
    T(multiply_all)(n, y, scale * total, vectors);
}

static void T(label_hvp)(double parameter, int64_t n, const REAL *y, int32_t label, double scale,
                         const T(mlpi_loss_vectors) *vectors)
{
    (void)parameter; /* it leaves sum_p t_p as it is */
    (void)label;
    T(multiply_all)(n, y, scale, vectors);
}
