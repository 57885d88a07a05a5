/* Template: principal components; see principal.c. */

static double T(weight)(const T(mlpi_inputs) *inputs, int64_t s)
{
    return inputs->weights ? (double)inputs->weights[s] : 1;
}

/*
 * m = x_0 + sum_s w_s (x_s - x_0) / sum_s w_s, so that an element that never changes is centred to 0 exactly; returns the
 * sum of the weights
 */
static double T(average)(const T(mlpi_inputs) *inputs, double *mean)
{
    double sum = 0;
    for (int64_t i = 0; i < inputs->n; i++)
        mean[i] = 0;
    for (int64_t s = 0; s < inputs->samples; s++) {
        const REAL *x = inputs->x + s * inputs->ldx;
        const double weight = T(weight)(inputs, s);
        for (int64_t i = 0; i < inputs->n; i++)
            mean[i] += weight * ((double)x[i] - (double)inputs->x[i]);
        sum += weight;
    }
    for (int64_t i = 0; i < inputs->n; i++)
        mean[i] = (double)inputs->x[i] + mean[i] / sum;
    return sum;
}

/* Columns sqrt(w_s / sum) (x_s - m) of samples first .. first + count - 1 */
static void T(centre)(const T(mlpi_inputs) *inputs, const double *mean, double sum, int64_t first,
                      int64_t count, double *block)
{
    for (int64_t s = 0; s < count; s++) {
        const REAL *x = inputs->x + (first + s) * inputs->ldx;
        const double root = sqrt(T(weight)(inputs, first + s) / sum);
        for (int64_t i = 0; i < inputs->n; i++)
            block[i + s * inputs->n] = root * ((double)x[i] - mean[i]);
    }
}

/* Mean and covariance, the latter's lower triangle where V will be */
static mlp_status T(measure)(const T(mlpi_inputs) *inputs, principal *p)
{
    const int64_t n = inputs->n, samples = inputs->samples;
    const double sum = T(average)(inputs, p->mean.values);
    mlpi_matrix block;
    double trace = 0;
    const mlp_status status =
        mlpi_matrix_create("centred inputs", n, samples < BLOCK ? samples : BLOCK, &block);
    if (status != MLP_OK)
        return status;
    for (int64_t first = 0, count; first < samples; first += count) {
        count = samples - first < BLOCK ? samples - first : BLOCK;
        T(centre)(inputs, p->mean.values, sum, first, count, block.values);
        /* C += X X^T,  n x n, X n x count */
        mlpi_syrk_f64(MLPI_LOWER, 0, n, count, 1, block.values, n, first ? 1 : 0, p->eigen.vectors.values, n);
    }
    mlpi_matrix_release(&block);
    for (int64_t i = 0; i < n; i++)
        trace += p->eigen.vectors.values[i + i * n];
    if (isfinite(trace)) /* then all is: |C_ij|^2 <= C_ii C_jj */
        return trace > 0 ? MLP_OK : mlpi_fail(MLP_ERR_NUMERIC, "x: all samples are the same");
    return mlpi_fail(MLP_ERR_NUMERIC, "x: holds a value that is not finite, or whose square is not");
}

/* Row k of W is `factor` times component k, or zeros from the count on. */
static void T(store_row)(const principal *p, int64_t k, double factor, const T(mlpi_components) *wanted)
{
    const double *v = p->eigen.vectors.values + place_of(p, k) * p->eigen.vectors.rows;
    for (int64_t i = 0; i < p->eigen.vectors.rows; i++)
        wanted->W[k + i * wanted->ldw] = factor == 0 ? 0 : (REAL)(factor * v[i]);
}

/* With a floor of variances >= 0 whitened, with a negative one not */
static void T(store)(const principal *p, double floor, const T(mlpi_components) *wanted)
{
    const int64_t count = count_components(p, wanted->most, wanted->fraction);
    for (int64_t k = 0; k < wanted->most; k++) {
        const double variance = k < count ? variance_of(p, k) : 0;
        const double size = floor < 0 ? 1 : 1 / sqrt(fmax(variance, floor));
        if (wanted->W)
            T(store_row)(p, k, k < count ? sign_of(p, k) * size : 0, wanted);
        if (wanted->variances)
            wanted->variances[k] = (REAL)variance;
    }
    for (int64_t i = 0; i < p->mean.rows && wanted->mean; i++)
        wanted->mean[i] = (REAL)p->mean.values[i];
    if (wanted->count)
        *wanted->count = count;
}

static mlp_status T(find)(const T(mlpi_inputs) *inputs, principal *p)
{
    mlp_status status = principal_create(inputs->n, p);
    if (status == MLP_OK)
        status = T(measure)(inputs, p);
    return status == MLP_OK ? mlpi_eigen_solve(&p->eigen) : status;
}

mlp_status T(mlpi_pca)(const T(mlpi_inputs) *inputs, const T(mlpi_components) *wanted)
{
    principal p = {0};
    const mlp_status status = T(find)(inputs, &p);
    if (status == MLP_OK)
        T(store)(&p, -1, wanted);
    principal_release(&p);
    return status;
}

mlp_status T(mlpi_whiten)(const T(mlpi_inputs) *inputs, double epsilon, const T(mlpi_components) *wanted)
{
    principal p = {0};
    const mlp_status status = T(find)(inputs, &p);
    if (status == MLP_OK) /* eigenvalues below n eps of the largest are rounding errors */
        T(store)(&p, fmax(epsilon, (double)inputs->n * DBL_EPSILON) * variance_of(&p, 0), wanted);
    principal_release(&p);
    return status;
}
