/* Template: the forward sweep. */

/* Y = sigma(Z) by the caller's callback, n_out x batch each, in the caller's floating-point mode. */
static mlp_status T(call_back)(const mlpi_plan *plan, const mlpi_layer *layer, uint64_t mode, int64_t batch,
                               const REAL *Z, REAL *Y, int64_t ld)
{
    mlpi_plan_leave(plan, mode);
    const mlp_status status = T(apply_columns)(layer->activation, 0, layer->n_out, batch, Z, ld, Y, ld);
    mlpi_plan_enter(plan);
    return status;
}

/* A native forward pass as its threads see it. */
struct T(forward_pass) {
    const mlpi_chain *chain;
    const mlpi_tape *tape;
    int64_t batch;
    const REAL *x;
    int64_t ldx;
};

static const REAL *T(input_of)(const struct T(forward_pass) *pass, int32_t l, int64_t *ld)
{
    *ld = l == 1 ? pass->ldx : pass->tape->ld[l - 1];
    return l == 1 ? pass->x : (const REAL *)pass->tape->y[l - 1];
}

/*
 * Each thread takes its samples through all layers. On a tape of two buffers in turn, layers of other leading dimensions
 * overlap: there nobody begins a layer before all have done the one before.
 */
static void T(forward_samples)(void *context, int32_t index, int32_t count)
{
    const struct T(forward_pass) *pass = context;
    const mlpi_plan *plan = pass->chain->plan;
    const int single = mlpi_plan_is_single(plan, pass->batch);
    int64_t s, end;
    mlpi_plan_share(pass->batch, SAMPLES, index, count, &s, &end);
    for (int32_t l = 1; l <= pass->chain->count; l++) {
        int64_t ldx, ld = pass->tape->ld[l];
        const REAL *x = T(input_of)(pass, l, &ldx);
        REAL *Y = (REAL *)pass->tape->y[l] + s * ld;
        REAL *Z = pass->tape->z[l] ? (REAL *)pass->tape->z[l] + s * ld : Y;
        if (s < end)
            T(mlpi_native_layer)(plan, &pass->chain->layers[l - 1], single, end - s, x + s * ldx, ldx, Z, Y,
                                 ld);
        if (l < pass->chain->count && pass->tape->y[l + 1] == pass->tape->y[l - 1])
            mlpi_pool_wait(plan->pool, count);
    }
}

/* Few samples, wide layers: each thread takes its units of one layer after the other. */
static void T(forward_units)(void *context, int32_t index, int32_t count)
{
    const struct T(forward_pass) *pass = context;
    for (int32_t l = 1; l <= pass->chain->count; l++) {
        mlpi_layer part = pass->chain->layers[l - 1];
        int64_t ldx, ld = pass->tape->ld[l], j, end;
        const REAL *x = T(input_of)(pass, l, &ldx);
        REAL *Y = pass->tape->y[l], *Z = pass->tape->z[l] ? pass->tape->z[l] : Y;
        share_units(part.n_out, 1, index, count, &j, &end);
        part.n_out = end - j;
        part.A = (REAL *)part.A + j;
        part.b = (REAL *)part.b + j;
        if (j < end)
            T(mlpi_native_layer)(pass->chain->plan, &part,
                                 mlpi_plan_is_single(pass->chain->plan, pass->batch), pass->batch, x, ldx,
                                 Z + j, Y + j, ld);
        if (l < pass->chain->count)
            mlpi_pool_wait(pass->chain->plan->pool, count);
    }
}

static void T(native_forward)(const mlpi_chain *chain, const mlpi_route *route, const mlpi_tape *tape,
                              int64_t batch, const REAL *x, int64_t ldx)
{
    struct T(forward_pass) pass = {chain, tape, batch, x, ldx};
    mlpi_pool_run(chain->plan->pool, route->threads,
                  route->path == MLPI_PATH_UNITS ? T(forward_units) : T(forward_samples), &pass);
}

/* Layer by layer on the calling thread: by the BLAS, or because callbacks must not run elsewhere. */
static mlp_status T(forward_layers)(const mlpi_chain *chain, const mlpi_tape *tape, int64_t batch,
                                    const REAL *x, int64_t ldx, uint64_t mode)
{
    mlp_status status = MLP_OK;
    for (int32_t l = 1; l <= chain->count && status == MLP_OK; l++) {
        const mlpi_layer *layer = &chain->layers[l - 1];
        REAL *Y = tape->y[l], *Z = tape->z[l] ? tape->z[l] : Y;
        /* Z_l = b_l 1^T + A_l Y_{l-1},  (n_l x batch) = (n_l x n_{l-1})(n_{l-1} x batch) */
        T(affine)(chain->plan, layer->n_out, layer->n_in, layer->A, layer->lda, layer->b, batch, batch, x,
                  ldx, Z, tape->ld[l]);
        if (layer->activation->custom)
            status = T(call_back)(chain->plan, layer, mode, batch, Z, Y, tape->ld[l]);
        else
            T(activate)(chain->plan, layer, batch, Z, Y, tape->ld[l]);
        x = Y;
        ldx = tape->ld[l];
    }
    return status;
}

mlp_status T(mlpi_chain_forward)(const mlpi_chain *chain, const mlpi_route *route, mlpi_tape *tape,
                                 int64_t batch, const REAL *x, int64_t ldx)
{
    const uint64_t mode = mlpi_plan_enter(chain->plan);
    mlp_status status = MLP_OK;
    tape->has_slopes = 0;
    if (route->path != MLPI_PATH_LAYERS)
        T(native_forward)(chain, route, tape, batch, x, ldx);
    else
        status = T(forward_layers)(chain, tape, batch, x, ldx, mode);
    mlpi_plan_leave(chain->plan, mode);
    return status;
}
