/* Multiclass hinge, for both number types; included by multiclass_hinge.c. */

static double T(at)(const REAL *t, int32_t label, int64_t p)
{
    return t ? (double)t[p] : p == label;
}

/* q and its y_q + 1 - t_q, which is NaN if one is */
static int64_t T(worst)(int64_t n, const REAL *y, const REAL *t, int32_t label, double *margin)
{
    int64_t q = 0;
    for (int64_t p = 1; p < n; p++)
        q = T(at)(t, label, p) > T(at)(t, label, q) ? p : q;
    *margin = (double)y[q] + 1 - T(at)(t, label, q);
    for (int64_t p = 0; p < n; p++) {
        const double candidate = (double)y[p] + 1 - T(at)(t, label, p);
        if (candidate > *margin || isnan(candidate)) {
            *margin = candidate;
            q = p;
        }
        if (isnan(candidate))
            break;
    }
    return q;
}

/* t, or where it is NULL the label */
static double T(evaluate)(int64_t n, const REAL *y, const REAL *t, int32_t label, double scale, REAL *y_bar)
{
    double margin, chosen = 0;
    const int64_t q = T(worst)(n, y, t, label, &margin);
    for (int64_t p = 0; p < n; p++) {
        const double t_p = T(at)(t, label, p);
        if (t_p != 0)
            chosen += t_p * (double)y[p];
        if (y_bar)
            y_bar[p] = (REAL)(isnan(margin) ? margin : scale * ((p == q) - t_p));
    }
    return margin - chosen;
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

/* 0, or NaN where v is not finite */
static void T(multiply)(int64_t n, const T(mlpi_loss_vectors) *vectors)
{
    for (int64_t k = 0; k < vectors->count; k++)
        for (int64_t p = 0; p < n; p++)
            vectors->hv[k * vectors->ldh + p] = 0 * vectors->v[k * vectors->ldv + p];
}

static void T(target_hvp)(double parameter, int64_t n, const REAL *y, const REAL *t, double scale,
                          const T(mlpi_loss_vectors) *vectors)
{
    (void)parameter;
    (void)y;
    (void)t;
    (void)scale;
    T(multiply)(n, vectors);
}

static void T(label_hvp)(double parameter, int64_t n, const REAL *y, int32_t label, double scale,
                         const T(mlpi_loss_vectors) *vectors)
{
    (void)parameter;
    (void)y;
    (void)label;
    (void)scale;
    T(multiply)(n, vectors);
}
