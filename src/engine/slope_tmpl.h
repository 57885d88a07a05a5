/* Template: sigma and sigma' applied to the matrices of a pass. */

/* out[:, s] = sigma^(order)(t[:, s]) by a callback, for the n x batch matrices t and out, which may be one */
static mlp_status T(apply_columns)(const mlpi_activation *activation, int32_t order, int64_t n, int64_t batch,
                                   const REAL *t, int64_t ldt, REAL *out, int64_t ldo)
{
    if (batch == 1 || (ldt == n && ldo == n))
        return T(mlpi_activation_apply)(activation, order, n * batch, t, out);
    mlp_status status = MLP_OK;
    for (int64_t s = 0; s < batch && status == MLP_OK; s++)
        status = T(mlpi_activation_apply)(activation, order, n, t + s * ldt, out + s * ldo);
    return status;
}

mlp_status T(mlpi_chain_prepare_slopes)(const mlpi_chain *chain, mlpi_tape *tape, int64_t batch)
{
    mlp_status status = MLP_OK;
    for (int32_t l = 1; l <= chain->count && !tape->has_slopes && status == MLP_OK; l++) {
        const mlpi_layer *layer = &chain->layers[l - 1];
        if (tape->slope[l])
            status = T(apply_columns)(layer->activation, 1, layer->n_out, batch, tape->z[l], tape->ld[l],
                                      tape->slope[l], tape->ld[l]);
    }
    tape->has_slopes = status == MLP_OK;
    return status;
}

/* G[i] *= slope[i] */
static void T(multiply)(int64_t n, const REAL *slope, REAL *G)
{
    for (int64_t i = 0; i < n; i++)
        G[i] *= slope[i];
}

/* The slopes of rows first .. first + n - 1 of one sample's column: stored by a callback, or computed into `buffer` */
static const REAL *T(slope_of)(const mlpi_chain *chain, const mlpi_tape *tape, int32_t l, int64_t column,
                               int64_t first, int64_t n, REAL *buffer)
{
    int64_t at = column * tape->ld[l] + first;
    if (tape->slope[l])
        return (const REAL *)tape->slope[l] + at;
    const REAL *t = tape->z[l] ? tape->z[l] : tape->y[l];
    const mlpi_layer *layer = &chain->layers[l - 1];
    T(mlpi_vectors_of)(chain->plan, layer)->slope(1, n, t + at, n, buffer, n, layer->activation->parameter);
    return buffer;
}

void T(mlpi_chain_scale_by_slope)(const mlpi_chain *chain, const mlpi_tape *tape, int32_t l,
                                  const mlpi_span *span, const mlpi_part *part, REAL *G, int64_t ldg)
{
    enum { BLOCK = 256 };
    const mlpi_layer *layer = &chain->layers[l - 1];
    const int64_t ld = tape->ld[l], end = part->column + part->columns;
    REAL buffer[BLOCK];
    if (mlpi_activation_is_identity(layer->activation))
        return;
    if (span->streams == 1 && !tape->slope[l]) {
        const REAL *t = tape->z[l] ? tape->z[l] : tape->y[l];
        T(mlpi_vectors_of)(chain->plan, layer)
            ->scale(part->columns, part->rows, t + (span->first + part->column) * ld + part->row, ld, G, ldg,
                    layer->activation->parameter);
        return;
    }
    for (int64_t column = part->column, next; column < end; column = next) {
        const int64_t sample = column / span->streams;
        next = (sample + 1) * span->streams < end ? (sample + 1) * span->streams : end;
        for (int64_t i = 0; i < part->rows; i += BLOCK) {
            const int64_t n = part->rows - i < BLOCK ? part->rows - i : BLOCK;
            const REAL *slope = T(slope_of)(chain, tape, l, span->first + sample, part->row + i, n, buffer);
            for (int64_t k = column; k < next; k++)
                T(multiply)(n, slope, G + (k - part->column) * ldg + i);
        }
    }
}
