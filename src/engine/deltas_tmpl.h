/* Template: the reverse sweep that shows its Deltas, and the pieces of gradients. */

void T(mlpi_chain_deltas)(const mlpi_chain *chain, const mlpi_tape *tape, int64_t first, int64_t batch,
                          int64_t streams, void *const *delta, T(mlpi_delta_visit) *visit, void *context)
{
    const uint64_t mode = mlpi_plan_enter(chain->plan);
    const mlpi_span span = {first, batch, streams};
    for (int32_t l = chain->count; l >= 1; l--) {
        REAL *Delta = delta[l];
        /* Delta_l = sigma_l'(Z_l) o G_l, in place */
        const mlpi_part whole = {0, batch * streams, 0, chain->layers[l - 1].n_out};
        T(mlpi_chain_scale_by_slope)(chain, tape, l, &span, &whole, Delta, tape->ld[l]);
        if (visit)
            visit(context, l, Delta);
        /* G_{l-1} = A_l^T Delta_l,  (n_{l-1} x batch K) = (n_{l-1} x n_l)(n_l x batch K) */
        if (l > 1)
            T(pull_back)(chain->plan, 0, &chain->layers[l - 1], batch * streams, batch * streams, Delta,
                         tape->ld[l], delta[l - 1], tape->ld[l - 1]);
    }
    mlpi_plan_leave(chain->plan, mode);
}

void T(mlpi_layer_gradient)(const mlpi_plan *plan, const mlpi_layer *layer, int64_t batch, const REAL *Delta,
                            int64_t ldd, const REAL *Y, int64_t ldy, const mlpi_gradient *gradient)
{
    const uint64_t mode = mlpi_plan_enter(plan);
    T(weight_gradient)(plan, layer->n_out, layer->n_in, batch, Delta, ldd, Y, ldy, gradient->A,
                       gradient->lda);
    T(mlpi_bias_gradient)(plan, layer->n_out, batch, Delta, ldd, gradient->b);
    mlpi_plan_leave(plan, mode);
}

void T(mlpi_outer)(const mlpi_plan *plan, int64_t n_out, int64_t n_in, const REAL *delta, const REAL *y,
                   REAL *A_bar)
{
    const uint64_t mode = mlpi_plan_enter(plan);
    T(weight_gradient)(plan, n_out, n_in, 1, delta, n_out, y, n_in, A_bar, n_out);
    mlpi_plan_leave(plan, mode);
}

void T(mlpi_squares)(const mlpi_plan *plan, int64_t n, int64_t columns, const REAL *X, int64_t ldx, REAL *out)
{
    const uint64_t mode = mlpi_plan_enter(plan);
    if (plan->kernels)
        plan->kernels->REAL_KIND.squares(columns, n, X, ldx, out);
    else
        for (int64_t s = 0; s < columns; s++)
            out[s] = T(mlpi_dot)(n, X + s * ldx, 1, X + s * ldx, 1);
    mlpi_plan_leave(plan, mode);
}

void T(mlpi_weight_columns)(const mlpi_plan *plan, int64_t n, int64_t columns, const REAL *factors, REAL *X,
                            int64_t ldx)
{
    const uint64_t mode = mlpi_plan_enter(plan);
    if (plan->kernels)
        plan->kernels->REAL_KIND.scale_columns(columns, n, factors, X, ldx);
    else
        for (int64_t s = 0; s < columns; s++)
            for (int64_t i = 0; i < n; i++)
                X[s * ldx + i] *= factors[s];
    mlpi_plan_leave(plan, mode);
}
