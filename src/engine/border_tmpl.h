/* Template: scaling of columns. */

/* y = scale x + shift for one column; a NULL scale stands for 1, a NULL shift for 0 */
static void T(scale_column)(int64_t n, const REAL *scale, const REAL *shift, const REAL *x, REAL *y)
{
    if (!scale)
        memmove(y, x, (size_t)n * sizeof(REAL));
    for (int64_t i = 0; scale && i < n; i++)
        y[i] = scale[i] * x[i];
    for (int64_t i = 0; shift && i < n; i++)
        y[i] += shift[i];
}

void T(mlpi_scale_columns)(int64_t n, int64_t batch, const REAL *scale, const REAL *shift, const REAL *X,
                           int64_t ldx, REAL *Y, int64_t ldy)
{
    for (int64_t s = 0; s < batch; s++)
        T(scale_column)(n, scale, shift, X + s * ldx, Y + s * ldy);
}
