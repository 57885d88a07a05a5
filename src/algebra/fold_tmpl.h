/* Template: a map of the inputs into the first layer; see fold.c. */

static mlp_status T(make_affine)(const mlp_model *model, int64_t n_in, const REAL *W, int64_t ldw,
                                 const REAL *mean, affine *map)
{
    const int64_t n = model->architecture.widths[0];
    const REAL *scale = model->input_scale, *shift = model->input_shift;
    mlp_status status = mlpi_matrix_create("a map of inputs", n, n_in, &map->G);
    if (status == MLP_OK)
        status = mlpi_matrix_create("a map of inputs", n, 1, &map->c);
    if (status != MLP_OK)
        return status;
    for (int64_t k = 0; k < n; k++)
        map->c.values[k] = shift ? (double)shift[k] : 0;
    for (int64_t i = 0; i < n_in; i++)
        for (int64_t k = 0; k < n; k++) {
            const double value = (scale ? (double)scale[k] : 1) * (double)W[k + i * ldw];
            map->G.values[k + i * n] = value;
            map->c.values[k] -= mean ? value * (double)mean[i] : 0;
        }
    return MLP_OK;
}

/* b_1 = b_1 + A_1 c; returns whether it is finite */
static int T(move_bias)(const mlpi_matrix *A, const double *c, const mlpi_layer *first)
{
    REAL *b = first->b;
    int finite = 1;
    for (int64_t i = 0; i < A->rows; i++) {
        double sum = (double)b[i];
        for (int64_t k = 0; k < A->columns; k++)
            sum += A->values[i + k * A->rows] * c[k];
        b[i] = (REAL)sum;
        finite &= isfinite(b[i]) != 0;
    }
    return finite;
}

/* A_1 and b_1 of `made`, which has b_1 of `model` so far */
static mlp_status T(fold_layer)(const mlp_model *model, const affine *map, mlp_model *made)
{
    const int64_t n_in = map->G.columns;
    mlpi_matrix A, product = {0};
    mlp_status status = mlpi_matrix_of_layer(model, 1, MLPI_OF_LAYER, &A);
    if (status == MLP_OK)
        status = mlpi_matrix_create("folded weights", A.rows, n_in, &product);
    if (status == MLP_OK) {
        /* product = A_1 G,  (n_1 x n_in) = (n_1 x n_0)(n_0 x n_in) */
        mlpi_gemm_f64(0, 0, A.rows, n_in, A.columns, 1, A.values, A.rows, map->G.values, A.columns, 0,
                      product.values, A.rows);
        status = mlpi_matrix_to_layer(&product, MLPI_OF_LAYER, made, 1);
    }
    if (status == MLP_OK && !T(move_bias)(&A, map->c.values, &made->layers[0]))
        status = mlpi_fail(MLP_ERR_NUMERIC, "model: b_1 would not be finite");
    mlpi_matrix_release(&A);
    mlpi_matrix_release(&product);
    return status;
}

static mlp_status T(fold)(const mlp_model *model, const affine *map, mlp_model **out)
{
    mlp_model *made = NULL;
    mlp_status status = mlpi_rebuild(model, (mlpi_rebuild_plan){.n_in = map->G.columns}, &made);
    if (!made)
        return status;
    T(mlpi_model_set_input_scaling)(made, NULL, NULL);
    status = T(fold_layer)(model, map, made);
    if (status != MLP_OK) {
        mlpi_model_destroy(made);
        return status;
    }
    mlpi_model_touch_params(made);
    *out = made;
    return MLP_OK;
}

mlp_status T(mlpi_fold_inputs)(const mlp_model *model, int64_t n_in, const REAL *W, int64_t ldw,
                               const REAL *mean, mlp_model **out)
{
    affine map = {0};
    mlp_status status = T(make_affine)(model, n_in, W, ldw, mean, &map);
    if (status == MLP_OK)
        status = T(fold)(model, &map, out);
    affine_release(&map);
    return status;
}
