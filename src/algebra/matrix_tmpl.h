/* Template: A_l to double and back. */

static double T(factor)(beside scales, int64_t i, int64_t j)
{
    const REAL *left = scales.left, *right = scales.right;
    return (left ? (double)left[i] : 1) * (right ? (double)right[j] : 1);
}

/* Returns whether all is finite. */
static int T(widen)(const mlpi_layer *layer, beside scales, double *values)
{
    const REAL *A = layer->A;
    int finite = 1;
    for (int64_t j = 0; j < layer->n_in; j++)
        for (int64_t i = 0; i < layer->n_out; i++) {
            const double value = T(factor)(scales, i, j) * (double)A[i + j * layer->lda];
            values[i + j * layer->n_out] = value;
            finite &= isfinite(value) != 0;
        }
    return finite;
}

/* Returns whether all is finite. */
static int T(narrow)(const double *values, beside scales, const mlpi_layer *layer)
{
    REAL *A = layer->A;
    int finite = 1;
    for (int64_t j = 0; j < layer->n_in; j++)
        for (int64_t i = 0; i < layer->n_out; i++) {
            const double factor = T(factor)(scales, i, j);
            if (factor == 0)
                continue;
            const REAL value = (REAL)(values[i + j * layer->n_out] / factor);
            A[i + j * layer->lda] = value;
            finite &= isfinite(value) != 0;
        }
    return finite;
}
