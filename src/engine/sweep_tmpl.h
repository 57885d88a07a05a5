/* Template: the three sweeps over a chain. */

/* Y = sigma(Z) by the caller's callback, n_out x batch each, in the caller's floating-point mode. */
static mlp_status T(call_back)(const mlpi_plan *plan, const mlpi_layer *layer, uint64_t mode, int64_t batch,
                               const REAL *Z, REAL *Y, int64_t ld)
{
    leave(plan, mode);
    const mlp_status status = T(apply_columns)(layer->activation, 0, layer->n_out, batch, Z, ld, Y, ld);
    enter(plan);
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
        const int32_t sharing = mlpi_route_unit_threads(part.n_out, count);
        mlpi_plan_share(part.n_out, UNITS, index, sharing, &j, &end);
        if (index >= sharing)
            end = j;
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
        T(affine)(chain->plan, layer->n_out, layer->n_in, layer->A, layer->lda, layer->b, batch, x, ldx, Z,
                  tape->ld[l]);
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
    const uint64_t mode = enter(chain->plan);
    mlp_status status = MLP_OK;
    tape->has_slopes = 0;
    if (route->path != MLPI_PATH_LAYERS)
        T(native_forward)(chain, route, tape, batch, x, ldx);
    else
        status = T(forward_layers)(chain, tape, batch, x, ldx, mode);
    leave(chain->plan, mode);
    return status;
}

REAL *T(mlpi_chain_reverse)(const mlpi_chain *chain, const mlpi_tape *tape, int32_t from, int32_t to,
                            int64_t first, int64_t batch, int64_t streams, REAL *const scratch[2],
                            const mlpi_gradient *gradients, int input)
{
    const mlpi_plan *plan = chain->plan;
    const uint64_t mode = enter(plan);
    REAL *G = scratch[0], *other = scratch[1];
    for (int32_t l = from; l > to && G; l--) {
        const mlpi_layer *layer = &chain->layers[l - 1];
        int64_t ld = tape->ld[l], below = tape->ld[l - 1];
        /* Delta_l = sigma_l'(Z_l) o G_l, in place */
        T(mlpi_chain_scale_by_slope)(chain, tape, l, first, batch, streams, G, ld);
        if (gradients) {
            const mlpi_gradient *gradient = &gradients[l - 1];
            T(weight_gradient)(plan, layer, batch, G, ld, tape->y[l - 1], below, gradient->A, gradient->lda);
            T(bias_gradient)(plan, layer->n_out, batch, G, ld, gradient->b);
        }
        const int wanted = l > 1 || input;
        /* G_{l-1} = A_l^T Delta_l */
        if (wanted)
            T(pull_back)(plan, layer, batch * streams, G, ld, other, below);
        REAL *pulled = wanted ? other : NULL;
        other = G;
        G = pulled;
    }
    leave(plan, mode);
    return G;
}

REAL *T(mlpi_chain_tangent)(const mlpi_chain *chain, const mlpi_tape *tape, int32_t from, int32_t to,
                            int64_t first, int64_t batch, int64_t streams, REAL *const scratch[2], int seeded,
                            const mlpi_direction *directions)
{
    const mlpi_plan *plan = chain->plan;
    const uint64_t mode = enter(plan);
    REAL *Yd = scratch[0], *Zd = scratch[1];
    for (int32_t l = from + 1; l <= to; l++) {
        const mlpi_layer *layer = &chain->layers[l - 1];
        const mlpi_direction *direction = directions ? &directions[l - 1] : NULL;
        int64_t n = layer->n_out, columns = batch * streams, ld = tape->ld[l], below = tape->ld[l - 1];
        /* Zd_l = bd_l 1^T + A_l Yd_{l-1} + Ad_l Y_{l-1} */
        const REAL *bd = direction ? direction->b : NULL;
        if (seeded)
            T(affine)(plan, n, layer->n_in, layer->A, layer->lda, bd, columns, Yd, below, Zd, ld);
        else
            T(fill_columns)(n, columns, bd, Zd, ld);
        if (direction)
            T(add_product)(plan, n, layer->n_in, direction->A, n, columns, tape->y[l - 1], below, Zd, ld);
        /* Yd_l = sigma_l'(Z_l) o Zd_l, in place */
        T(mlpi_chain_scale_by_slope)(chain, tape, l, first, batch, streams, Zd, ld);
        seeded = 1;
        REAL *next = Zd;
        Zd = Yd;
        Yd = next;
    }
    leave(plan, mode);
    return Yd;
}
