/* Squared error, for both number types; included by squared_error.c. */

static double T(target)(int64_t n, const REAL *y, const REAL *t, double scale, REAL *y_bar)
{
    double sum = 0;
    for (int64_t p = 0; p < n; p++) {
        const double residual = (double)y[p] - (double)t[p];
        sum += residual * residual;
        if (y_bar)
            y_bar[p] = (REAL)(scale * residual);
    }
    return sum / 2;
}

static double T(label)(int64_t n, const REAL *y, int32_t label, double scale, REAL *y_bar)
{
    double sum = 0;
    for (int64_t p = 0; p < n; p++) {
        const double residual = (double)y[p] - (p == label);
        sum += residual * residual;
        if (y_bar)
            y_bar[p] = (REAL)(scale * residual);
    }
    return sum / 2;
}
