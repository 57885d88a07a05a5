/*
 * A loss that is a sum over the outputs, l = sum_p l(y_p, t_p), for both number types. The file that includes it has, in
 * double, value(), slope() and curve() of one output: l and its first and second derivative by y.
 */

static double T(target)(double parameter, int64_t n, const REAL *y, const REAL *t, double scale, REAL *y_bar)
{
    double sum = 0;
    for (int64_t p = 0; p < n; p++) {
        const double y_p = (double)y[p], t_p = (double)t[p];
        sum += value(parameter, y_p, t_p);
        if (y_bar)
            y_bar[p] = (REAL)(scale * slope(parameter, y_p, t_p));
    }
    return sum;
}

static double T(label)(double parameter, int64_t n, const REAL *y, int32_t label, double scale, REAL *y_bar)
{
    double sum = 0;
    for (int64_t p = 0; p < n; p++) {
        const double y_p = (double)y[p], t_p = p == label;
        sum += value(parameter, y_p, t_p);
        if (y_bar)
            y_bar[p] = (REAL)(scale * slope(parameter, y_p, t_p));
    }
    return sum;
}

/* hv_p = scale l'' v_p of every vector */
static void T(multiply)(int64_t p, double factor, const T(mlpi_loss_vectors) *vectors)
{
    for (int64_t k = 0; k < vectors->count; k++)
        vectors->hv[k * vectors->ldh + p] = (REAL)(factor * (double)vectors->v[k * vectors->ldv + p]);
}

static void T(target_hvp)(double parameter, int64_t n, const REAL *y, const REAL *t, double scale,
                          const T(mlpi_loss_vectors) *vectors)
{
    for (int64_t p = 0; p < n; p++)
        T(multiply)(p, scale * curve(parameter, (double)y[p], (double)t[p]), vectors);
}

static void T(label_hvp)(double parameter, int64_t n, const REAL *y, int32_t label, double scale,
                         const T(mlpi_loss_vectors) *vectors)
{
    for (int64_t p = 0; p < n; p++)
        T(multiply)(p, scale * curve(parameter, (double)y[p], p == label), vectors);
}
