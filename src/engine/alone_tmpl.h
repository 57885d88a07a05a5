/* Template: one sample through all layers. */

static void T(run_alone)(const mlpi_chain *chain, const mlpi_tape *tape, const REAL *x, REAL *y)
{
    const mlpi_plan *plan = chain->plan;
    for (int32_t l = 1; l <= chain->count; l++) {
        const mlpi_layer *layer = &chain->layers[l - 1];
        REAL *out = l < chain->count ? tape->y[l] : y;
        /* z_l = A_l y_{l-1} + b_l,  n_l = (n_l x n_{l-1}) n_{l-1} */
        plan->kernels->REAL_KIND.single(layer->n_out, layer->n_in, layer->A, layer->lda, x, layer->b, out);
        if (layer->activation->kind->id != MLP_IDENTITY)
            T(mlpi_vectors_of)(plan, layer)
                ->value(1, layer->n_out, out, layer->n_out, out, layer->n_out, layer->activation->parameter);
        x = out;
    }
}

int T(mlpi_alone_forward)(const mlpi_chain *chain, const mlpi_tape *tape, const REAL *x, REAL *y)
{
    if (!can_run_alone(chain))
        return 0;
    const uint64_t mode = mlpi_flush_subnormals();
    T(run_alone)(chain, tape, x, y);
    mlpi_restore_mode(mode);
    return 1;
}
