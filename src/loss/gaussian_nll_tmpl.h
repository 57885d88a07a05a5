/* Gaussian negative log-likelihood, for both number types; included by gaussian_nll.c. */

/* z of a mean, target and log-variance; `precise` is e^(-log_variance / 2) */
static double T(standardize)(double mean, double t, double log_variance, double *precise)
{
    const double r = mean - t;
    *precise = exp(-log_variance / 2);
    return r == 0 && isinf(*precise) ? 0 : r * *precise; /* no NaN where the mean is right */
}

/* t, or where it is NULL the label */
static double T(evaluate)(int64_t n, const REAL *y, const REAL *t, int32_t label, double scale, REAL *y_bar)
{
    const int64_t m = n / 2;
    double sum = 0;
    for (int64_t p = 0; p < m; p++) {
        const double log_variance = (double)y[p + m];
        double precise;
        const double z = T(standardize)((double)y[p], t ? (double)t[p] : p == label, log_variance, &precise);
        sum += (log_variance + z * z) / 2;
        if (y_bar) {
            y_bar[p] = (REAL)(z == 0 ? 0 : scale * (precise * z));
            y_bar[p + m] = (REAL)(scale * (1 - z * z) / 2);
        }
    }
    return sum;
}

static double T(target)(double parameter, int64_t n, const REAL *y, const REAL *t, double scale, REAL *y_bar)
{
    (void)parameter;
    return T(evaluate)(n, y, t, -1, scale, y_bar);
}

static double T(label)(double parameter, int64_t n, const REAL *y, int32_t label, double scale, REAL *y_bar)
{
    (void)parameter;
    return T(evaluate)(n, y, NULL, label, scale, y_bar);
}

static void T(multiply)(int64_t n, const REAL *y, const REAL *t, int32_t label, double scale,
                        const T(mlpi_loss_vectors) *vectors)
{
    const int64_t m = n / 2;
    for (int64_t p = 0; p < m; p++) {
        double precise;
        const double z =
            T(standardize)((double)y[p], t ? (double)t[p] : p == label, (double)y[p + m], &precise);
        for (int64_t k = 0; k < vectors->count; k++) {
            REAL *hv = vectors->hv + k * vectors->ldh;
            const REAL *v = vectors->v + k * vectors->ldv;
            const double v_p = (double)v[p], v_q = (double)v[p + m];
            hv[p] = (REAL)(scale * precise * (precise * v_p - z * v_q));
            hv[p + m] = (REAL)(scale * z * (z / 2 * v_q - precise * v_p));
        }
    }
}

static void T(target_hvp)(double parameter, int64_t n, const REAL *y, const REAL *t, double scale,
                          const T(mlpi_loss_vectors) *vectors)
{
    (void)parameter;
    T(multiply)(n, y, t, -1, scale, vectors);
}

static void T(label_hvp)(double parameter, int64_t n, const REAL *y, int32_t label, double scale,
                         const T(mlpi_loss_vectors) *vectors)
{
    (void)parameter;
    T(multiply)(n, y, NULL, label, scale, vectors);
}
