/* Template: the heads' kernels. */

static void T(sigmoid)(int64_t n, REAL *y)
{
    const mlpi_activation sigma = {.kind = mlpi_activation_kind_of(MLP_SIGMOID)};
    T(mlpi_activation_apply)(&sigma, 0, n, y, y);
}

/*
 * y_i <- e^(y_i - m) / sum_k e^(y_k - m) with m = max y: no exponent is positive and one is 0, so nothing
 * overflows and the sum is at least 1.
 */
static void T(softmax)(int64_t n, REAL *y)
{
    const mlpi_activation exponential = {.kind = mlpi_activation_kind_of(MLP_EXP)};
    REAL m = y[0];
    for (int64_t i = 1; i < n; i++)
        m = y[i] > m ? y[i] : m;
    for (int64_t i = 0; i < n; i++)
        y[i] -= m;
    T(mlpi_activation_apply)(&exponential, 0, n, y, y);
    double sum = 0;
    for (int64_t i = 0; i < n; i++)
        sum += y[i];
    for (int64_t i = 0; i < n; i++)
        y[i] = (REAL)(y[i] / sum);
}
