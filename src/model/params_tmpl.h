/* Template: parameters and scaling, in and out. */

void T(mlpi_model_get_params)(const mlp_model *model, int64_t offset, int64_t count, REAL *theta)
{
    T(mlpi_layout_gather)(model->layout, model->architecture.layers, model->params, offset, count, theta);
}

void T(mlpi_model_set_params)(mlp_model *model, int64_t offset, int64_t count, const REAL *theta)
{
    T(mlpi_layout_scatter)(model->layout, model->architecture.layers, theta, offset, count, model->params);
    mlpi_model_touch_params(model);
}

/* Y = X, both m x n, column-major */
static void T(copy_matrix)(int64_t m, int64_t n, const REAL *X, int64_t ldx, REAL *Y, int64_t ldy)
{
    for (int64_t j = 0; j < n; j++)
        memcpy(Y + j * ldy, X + j * ldx, (size_t)m * sizeof(REAL));
}

/* Y = X^T of a tile: X is m x n, Y is n x m, column-major */
static void T(transpose_tile)(int64_t m, int64_t n, const REAL *X, int64_t ldx, REAL *Y, int64_t ldy)
{
    for (int64_t j = 0; j < n; j++)
        for (int64_t i = 0; i < m; i++)
            Y[j + i * ldy] = X[i + j * ldx];
}

/* Y = X^T in tiles that stay in the first cache */
static void T(transpose)(int64_t m, int64_t n, const REAL *X, int64_t ldx, REAL *Y, int64_t ldy)
{
    for (int64_t j = 0; j < n; j += TILE)
        for (int64_t i = 0; i < m; i += TILE)
            T(transpose_tile)(m - i < TILE ? m - i : TILE, n - j < TILE ? n - j : TILE, X + i + j * ldx, ldx,
                              Y + j + i * ldy, ldy);
}

void T(mlpi_model_get_weights)(const mlp_model *model, int32_t layer, mlp_order order, REAL *A, int64_t lda)
{
    const mlpi_layer *at = &model->layers[layer - 1];
    if (order == MLP_COLUMN_MAJOR)
        T(copy_matrix)(at->n_out, at->n_in, at->A, at->lda, A, lda);
    else
        T(transpose)(at->n_out, at->n_in, at->A, at->lda, A, lda);
}

void T(mlpi_model_set_weights)(mlp_model *model, int32_t layer, mlp_order order, const REAL *A, int64_t lda)
{
    const mlpi_layer *at = &model->layers[layer - 1];
    if (order == MLP_COLUMN_MAJOR)
        T(copy_matrix)(at->n_out, at->n_in, A, lda, at->A, at->lda);
    else
        T(transpose)(at->n_in, at->n_out, A, lda, at->A, at->lda);
    mlpi_model_touch_params(model);
}

void T(mlpi_model_get_bias)(const mlp_model *model, int32_t layer, REAL *b)
{
    const mlpi_layer *at = &model->layers[layer - 1];
    memcpy(b, at->b, (size_t)at->n_out * sizeof(REAL));
}

void T(mlpi_model_set_bias)(mlp_model *model, int32_t layer, const REAL *b)
{
    const mlpi_layer *at = &model->layers[layer - 1];
    memcpy(at->b, b, (size_t)at->n_out * sizeof(REAL));
    mlpi_model_touch_params(model);
}

/* Fills the room and points at it, or, without scale, at nothing. */
static void T(place_scaling)(int64_t n, const REAL *scale, const REAL *shift, REAL *room, void **placed_scale,
                             void **placed_shift)
{
    *placed_scale = scale ? room : NULL;
    *placed_shift = scale ? room + n : NULL;
    if (scale) {
        memcpy(room, scale, (size_t)n * sizeof(REAL));
        memcpy(room + n, shift, (size_t)n * sizeof(REAL));
    }
}

void T(mlpi_model_set_input_scaling)(mlp_model *model, const REAL *scale, const REAL *shift)
{
    T(place_scaling)(model->architecture.widths[0], scale, shift, model->input_room, &model->input_scale,
                     &model->input_shift);
    mlpi_model_touch(model);
}

void T(mlpi_model_set_output_scaling)(mlp_model *model, const REAL *scale, const REAL *shift)
{
    T(place_scaling)(model->architecture.widths[model->architecture.layers], scale, shift, model->output_room,
                     &model->output_scale, &model->output_shift);
    mlpi_model_touch(model);
}

/* out = values, or `otherwise` where there are none */
static void T(copy_or_fill)(int64_t n, const REAL *values, REAL otherwise, REAL *out)
{
    for (int64_t i = 0; out && i < n; i++)
        out[i] = values ? values[i] : otherwise;
}

void T(mlpi_model_get_input_scaling)(const mlp_model *model, REAL *scale, REAL *shift)
{
    const int64_t n = model->architecture.widths[0];
    T(copy_or_fill)(n, model->input_scale, 1, scale);
    T(copy_or_fill)(n, model->input_shift, 0, shift);
}

void T(mlpi_model_get_output_scaling)(const mlp_model *model, REAL *scale, REAL *shift)
{
    const int64_t n = model->architecture.widths[model->architecture.layers];
    T(copy_or_fill)(n, model->output_scale, 1, scale);
    T(copy_or_fill)(n, model->output_shift, 0, shift);
}
