/* Template: the three sweeps over a chain. */

mlp_status T(mlpi_chain_forward)(const mlpi_chain *chain, mlpi_tape *tape, int64_t batch, const REAL *x,
                                 int64_t ldx)
{
    mlp_status status = MLP_OK;
    tape->has_slopes = 0;
    for (int32_t l = 1; l <= chain->count && status == MLP_OK; l++) {
        const mlpi_layer *layer = &chain->layers[l - 1];
        REAL *Y = tape->y[l], *Z = tape->z[l] ? tape->z[l] : Y;
        /* Z_l = b_l 1^T + A_l Y_{l-1},  (n_l x batch) = (n_l x n_{l-1})(n_{l-1} x batch) */
        T(fill_columns)(layer->n_out, batch, layer->b, Z, tape->ld[l]);
        T(add_product)(layer->n_out, layer->n_in, layer->A, layer->lda, batch, x, ldx, Z, tape->ld[l]);
        if (!mlpi_activation_is_identity(layer->activation))
            status =
                T(apply_columns)(layer->activation, 0, layer->n_out, batch, Z, tape->ld[l], Y, tape->ld[l]);
        x = Y;
        ldx = tape->ld[l];
    }
    return status;
}

REAL *T(mlpi_chain_reverse)(const mlpi_chain *chain, const mlpi_tape *tape, int32_t from, int32_t to,
                            int64_t first, int64_t batch, int64_t streams, REAL *const scratch[2],
                            const mlpi_gradient *gradients, int input)
{
    REAL *G = scratch[0], *other = scratch[1];
    for (int32_t l = from; l > to; l--) {
        const mlpi_layer *layer = &chain->layers[l - 1];
        int64_t ld = tape->ld[l], below = tape->ld[l - 1];
        /* Delta_l = sigma_l'(Z_l) o G_l, in place */
        T(mlpi_chain_scale_by_slope)(chain, tape, l, first, batch, streams, G, ld);
        if (gradients) {
            const mlpi_gradient *gradient = &gradients[l - 1];
            T(weight_gradient)(layer, batch, G, ld, tape->y[l - 1], below, gradient->A, gradient->lda);
            T(bias_gradient)(layer->n_out, batch, G, ld, gradient->b);
        }
        if (l == 1 && !input)
            return NULL;
        /* G_{l-1} = A_l^T Delta_l */
        T(pull_back)(layer, batch * streams, G, ld, other, below);
        REAL *pulled = other;
        other = G;
        G = pulled;
    }
    return G;
}

REAL *T(mlpi_chain_tangent)(const mlpi_chain *chain, const mlpi_tape *tape, int32_t from, int32_t to,
                            int64_t first, int64_t batch, int64_t streams, REAL *const scratch[2], int seeded,
                            const mlpi_direction *directions)
{
    REAL *Yd = scratch[0], *Zd = scratch[1];
    for (int32_t l = from + 1; l <= to; l++) {
        const mlpi_layer *layer = &chain->layers[l - 1];
        const mlpi_direction *direction = directions ? &directions[l - 1] : NULL;
        int64_t n = layer->n_out, columns = batch * streams, ld = tape->ld[l], below = tape->ld[l - 1];
        /* Zd_l = bd_l 1^T + A_l Yd_{l-1} + Ad_l Y_{l-1} */
        T(fill_columns)(n, columns, direction ? direction->b : NULL, Zd, ld);
        if (seeded)
            T(add_product)(n, layer->n_in, layer->A, layer->lda, columns, Yd, below, Zd, ld);
        if (direction)
            T(add_product)(n, layer->n_in, direction->A, n, columns, tape->y[l - 1], below, Zd, ld);
        /* Yd_l = sigma_l'(Z_l) o Zd_l, in place */
        T(mlpi_chain_scale_by_slope)(chain, tape, l, first, batch, streams, Zd, ld);
        seeded = 1;
        REAL *next = Zd;
        Zd = Yd;
        Yd = next;
    }
    return Yd;
}
