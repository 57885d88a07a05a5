/* Squared error, for both number types; included by squared_error.c. */

static double T(target)(double parameter, int64_t n, const REAL *y, const REAL *t, double scale, REAL *y_bar)
{
    (void)parameter;
    double sum = 0;
    for (int64_t p = 0; p < n; p++) {
        const double residual = (double)y[p] - (double)t[p];
        sum += residual * residual;
        if (y_bar)
            y_bar[p] = (REAL)(scale * residual);
    }
    return sum / 2;
}

static double T(label)(double parameter, int64_t n, const REAL *y, int32_t label, double scale, REAL *y_bar)
{
    (void)parameter;
    double sum = 0;
    for (int64_t p = 0; p < n; p++) {
        const double residual = (double)y[p] - (p == label);
        sum += residual * residual;
        if (y_bar)
            y_bar[p] = (REAL)(scale * residual);
    }
    return sum / 2;
}

static void T(multiply)(int64_t n, double scale, const T(mlpi_loss_vectors) *vectors)
{
    for (int64_t k = 0; k < vectors->count; k++)
        for (int64_t p = 0; p < n; p++)
            vectors->hv[k * vectors->ldh + p] = (REAL)(scale * (double)vectors->v[k * vectors->ldv + p]);
}

static void T(target_hvp)(double parameter, int64_t n, const REAL *y, const REAL *t, double scale,
                          const T(mlpi_loss_vectors) *vectors)
{
    (void)parameter;
    (void)y;
    (void)t;
    T(multiply)(n, scale, vectors);
}

static void T(label_hvp)(double parameter, int64_t n, const REAL *y, int32_t label, double scale,
                         const T(mlpi_loss_vectors) *vectors)
{
    (void)parameter;
    (void)y;
    (void)label;
    T(multiply)(n, scale, vectors);
}
