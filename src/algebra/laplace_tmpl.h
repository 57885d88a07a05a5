/* Template: the Laplace approximation of the last layer; see laplace.c. */

/* H (n x count) = [Y; 1] in double */
static void T(load_tile)(mlp_laplace *laplace, int64_t count, const REAL *Y, int64_t ldy)
{
    const int64_t n = laplace->eigen.vectors.rows;
    for (int64_t s = 0; s < count; s++) {
        double *h = laplace->H.values + s * n;
        for (int64_t i = 0; i < n - 1; i++)
            h[i] = (double)Y[i + s * ldy];
        h[n - 1] = 1;
    }
}

/* What is summed over the samples, and of which: where a tile of them begins. */
struct T(sums) {
    const mlp_model *model;
    const T(mlpi_laplace_data) *data;
    const double *A; /* A_L, n_L x n_{L-1} */
    double count;    /* the sum of the weights */
    double *squares; /* of residuals in the units of y_L, weighted: n_L */
};

static double T(weight_of)(const T(mlpi_laplace_data) *data, int64_t s)
{
    return data->weights ? (double)data->weights[s] : 1;
}

/* squares_p += w_s r_ps^2, r = (t - shift) / scale - A_L h - b_L */
static void T(add_residuals)(mlp_laplace *laplace, struct T(sums) *sums, int64_t first, int64_t count)
{
    const mlp_model *model = sums->model;
    const int64_t n = laplace->eigen.vectors.rows, outputs = laplace->outputs;
    const REAL *scale = model->output_scale, *shift = model->output_shift,
               *b = model->layers[model->architecture.layers - 1].b;
    double *R = laplace->R.values;
    /* R = A_L Y,  (n_L x count) = (n_L x n_{L-1})(n_{L-1} x count) */
    mlpi_gemm_f64(0, 0, outputs, count, n - 1, 1, sums->A, outputs, laplace->H.values, n, 0, R, outputs);
    for (int64_t s = 0; s < count; s++) {
        const REAL *t = sums->data->t + (first + s) * sums->data->ldt;
        for (int64_t p = 0; p < outputs; p++) {
            const double target = scale ? ((double)t[p] - (double)shift[p]) / (double)scale[p] : (double)t[p];
            const double r = target - R[p + s * outputs] - (double)b[p];
            sums->squares[p] += T(weight_of)(sums->data, first + s) * r * r;
        }
    }
}

/* The lower triangle where V will be += sum_s w_s h_s h_s^T; scales the tile */
static void T(add_tile)(mlp_laplace *laplace, struct T(sums) *sums, int64_t first, int64_t count)
{
    const int64_t n = laplace->eigen.vectors.rows;
    for (int64_t s = 0; s < count; s++) {
        const double weight = T(weight_of)(sums->data, first + s), root = sqrt(weight);
        for (int64_t i = 0; i < n; i++)
            laplace->H.values[i + s * n] *= root;
        sums->count += weight;
    }
    /* C += H H^T,  n x n, H n x count */
    mlpi_syrk_f64(MLPI_LOWER, 0, n, count, 1, laplace->H.values, n, first ? 1 : 0,
                  laplace->eigen.vectors.values, n);
}

/* Passes of at most max_batch samples, in tiles */
static mlp_status T(add_samples)(mlp_laplace *laplace, mlp_workspace *workspace, struct T(sums) *sums)
{
    const T(mlpi_laplace_data) *data = sums->data;
    const int64_t ld = workspace->tape.ld[sums->model->architecture.layers - 1];
    for (int64_t first = 0, batch; first < data->samples; first += batch) {
        const REAL *Y;
        batch = data->samples - first < workspace->max_batch ? data->samples - first : workspace->max_batch;
        const mlp_status status =
            T(mlpi_forward_hidden)(sums->model, workspace, batch, data->x + first * data->ldx, data->ldx, &Y);
        if (status != MLP_OK)
            return status;
        for (int64_t at = 0, count; at < batch; at += count) {
            count = batch - at < TILE ? batch - at : TILE;
            T(load_tile)(laplace, count, Y + at * ld, ld);
            if (!data->noise)
                T(add_residuals)(laplace, sums, first + at, count);
            T(add_tile)(laplace, sums, first + at, count);
        }
    }
    return MLP_OK;
}

/* sigma_p^2, and what follows from it */
static mlp_status T(set_noise)(mlp_laplace *laplace, const struct T(sums) *sums, double prior)
{
    const REAL *given = sums->data->noise;
    for (int64_t p = 0; p < laplace->outputs; p++) {
        const double square = laplace->squares.values[p], squares = sums->squares[p];
        double noise;
        if (!given && !(squares > 0 && isfinite(squares)))
            return mlpi_fail(MLP_ERR_NUMERIC,
                             squares == 0 ? "t: output %lld is met exactly; give the noise"
                                          : "t: the residuals of output %lld are not finite",
                             (long long)p);
        noise = given ? (double)given[p] / square
                      : estimate_noise(&laplace->eigen.values, prior, sums->count, squares);
        laplace->noise.values[p] = given ? (double)given[p] : noise * square;
        fill_spread(laplace, p, noise, prior);
    }
    return MLP_OK;
}

static mlp_status T(fill)(const mlp_model *model, mlp_workspace *workspace, const T(mlpi_laplace_data) *data,
                          double prior, mlp_laplace *laplace)
{
    const REAL *scale = model->output_scale;
    mlpi_matrix A = {0}, squares = {0};
    mlp_status status = allocate(model, laplace);
    if (status == MLP_OK)
        status = mlpi_matrix_of_layer(model, model->architecture.layers, MLPI_OF_LAYER, &A);
    if (status == MLP_OK)
        status = mlpi_matrix_create("sums of squares", laplace->outputs, 1, &squares);
    struct T(sums) sums = {model, data, A.values, 0, squares.values};
    for (int64_t p = 0; p < laplace->outputs && status == MLP_OK; p++) {
        squares.values[p] = 0;
        laplace->squares.values[p] = scale ? (double)scale[p] * (double)scale[p] : 1;
    }
    if (status == MLP_OK)
        status = T(add_samples)(laplace, workspace, &sums);
    if (status == MLP_OK)
        status = diagonalise(laplace);
    if (status == MLP_OK)
        status = T(set_noise)(laplace, &sums, prior);
    mlpi_matrix_release(&A);
    mlpi_matrix_release(&squares);
    return status;
}

mlp_status T(mlpi_laplace_create)(const mlp_model *model, mlp_workspace *workspace,
                                  const T(mlpi_laplace_data) *data, double prior, mlp_laplace **out)
{
    mlp_laplace *laplace = mlpi_calloc(1, sizeof *laplace);
    mlpi_workspace_forget(workspace);
    if (!laplace)
        return mlpi_fail_memory("Laplace approximation", sizeof *laplace);
    const mlp_status status = T(fill)(model, workspace, data, prior, laplace);
    if (status == MLP_OK)
        *out = laplace;
    else
        mlpi_laplace_destroy(laplace);
    return status;
}

/* R (n_L x count) = h^T S_p h in the units of y_L, for the samples of the tile */
static void T(spread_tile)(mlp_laplace *laplace, int64_t count)
{
    const int64_t n = laplace->eigen.vectors.rows, outputs = laplace->outputs;
    double *Q = laplace->Q.values;
    /* Q = V^T H,  (n x count) = (n x n)(n x count) */
    mlpi_gemm_f64(1, 0, n, count, n, 1, laplace->eigen.vectors.values, n, laplace->H.values, n, 0, Q, n);
    for (int64_t i = 0; i < n * count; i++)
        Q[i] *= Q[i];
    /* R = spread^T Q,  (n_L x count) = (n_L x n)(n x count) */
    mlpi_gemm_f64(1, 0, outputs, count, n, 1, laplace->spread.values, n, Q, n, 0, laplace->R.values, outputs);
}

void T(mlpi_laplace_variance)(mlp_laplace *laplace, const mlp_workspace *workspace, REAL *variance,
                              int64_t ldv, REAL *model_variance, int64_t ldm)
{
    const int32_t last = workspace->architecture.layers - 1;
    const int64_t ld = workspace->tape.ld[last], outputs = laplace->outputs;
    const REAL *Y = workspace->tape.y[last];
    for (int64_t at = 0, count; at < workspace->batch; at += count) {
        count = workspace->batch - at < TILE ? workspace->batch - at : TILE;
        T(load_tile)(laplace, count, Y + at * ld, ld);
        T(spread_tile)(laplace, count);
        for (int64_t i = 0; i < outputs * count; i++) {
            const int64_t p = i % outputs, s = at + i / outputs;
            const double of_model = laplace->squares.values[p] * laplace->R.values[i];
            if (variance)
                variance[p + s * ldv] = (REAL)(of_model + laplace->noise.values[p]);
            if (model_variance)
                model_variance[p + s * ldm] = (REAL)of_model;
        }
    }
}

void T(mlpi_laplace_noise)(const mlp_laplace *laplace, REAL *noise)
{
    for (int64_t p = 0; p < laplace->outputs; p++)
        noise[p] = (REAL)laplace->noise.values[p];
}
