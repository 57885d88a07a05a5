/* Template: the reverse sweep. */

/* A reverse sweep as its threads see it. */
struct T(reverse) {
    const T(mlpi_sweep) *sweep;
    const mlpi_gradient *gradients;
    int wanted, by_units;
};

/* dA_l and db_l: a part of the columns of A_l and of the elements of b_l, each one sum over all samples in order */
static inline void T(gradient_part)(const struct T(reverse) *reverse, int32_t l, int32_t index, int32_t count,
                                    const REAL *Delta)
{
    const T(mlpi_sweep) *sweep = reverse->sweep;
    const mlpi_layer *layer = &sweep->chain->layers[l - 1];
    const mlpi_gradient *to = &reverse->gradients[l - 1];
    const int64_t ld = sweep->tape->ld[l], below = sweep->tape->ld[l - 1], batch = sweep->span.samples;
    int64_t j, end;
    share(layer->n_in, 1, index, count, &j, &end);
    if (j < end)
        T(weight_gradient)(sweep->chain->plan, layer->n_out, end - j, batch, Delta, ld,
                           (const REAL *)sweep->tape->y[l - 1] + j, below, (REAL *)to->A + j * to->lda,
                           to->lda);
    share(layer->n_out, PANEL, index, count, &j, &end);
    if (j < end)
        T(mlpi_bias_gradient)(sweep->chain->plan, end - j, batch, Delta + j, ld, (REAL *)to->b + j);
}

/* A part of G_{l-1} = A_l^T Delta_l,  (n_{l-1} x columns) = (n_{l-1} x n_l)(n_l x columns) */
static inline void T(pull_back_part)(const T(mlpi_sweep) *sweep, int32_t l, int32_t index,
                                     const mlpi_part *part, const REAL *Delta, REAL *G)
{
    const int64_t ld = sweep->tape->ld[l], below = sweep->tape->ld[l - 1];
    const mlpi_layer *whole = &sweep->chain->layers[l - 1];
    const int64_t total = sweep->span.samples * sweep->span.streams;
    mlpi_layer layer;
    if (part->rows <= 0 || part->columns <= 0)
        return;
    if (part->rows < whole->n_in) {
        layer = *whole;
        layer.n_in = part->rows;
        layer.A = (REAL *)layer.A + part->row * layer.lda;
        whole = &layer;
    }
    T(pull_back)(sweep->chain->plan, index, whole, total, part->columns, Delta + part->column * ld, ld,
                 G + part->column * below + part->row, below);
}

/*
 * A thread's own part of a matrix is its columns, or its units of all columns, of G_l as of Delta_l. Others need it for
 * the gradient, or to pull it back by units; or they are still at the matrix before the last, in the same buffer at
 * another leading dimension. For all of these, one barrier for each layer is enough.
 */
static void T(reverse_task)(void *context, int32_t index, int32_t count)
{
    const struct T(reverse) *reverse = context;
    const T(mlpi_sweep) *sweep = reverse->sweep;
    const int64_t *ld = sweep->tape->ld, columns = sweep->span.samples * sweep->span.streams;
    mlpi_pool *pool = sweep->chain->plan->pool;
    REAL *G = sweep->scratch[0], *other = sweep->scratch[1];
    int64_t c, end;
    share(columns, reverse->by_units ? 1 : GROUP, index, count, &c, &end);
    mlpi_part part = {c, end - c, 0, 0};
    if (sweep->begin && c < end)
        sweep->begin(sweep->context, c, end - c, G + c * ld[sweep->from], ld[sweep->from]);
    if (reverse->by_units) {
        mlpi_pool_wait(pool, count);
        part.column = 0;
        part.columns = columns;
    }
    for (int32_t l = sweep->from; l > sweep->to; l--) {
        const mlpi_layer *layer = &sweep->chain->layers[l - 1];
        const int wanted = l > sweep->to + 1 || reverse->wanted;
        own_rows(layer->n_out, 0, reverse->by_units, index, count, &part);
        /* Delta_l = sigma_l'(Z_l) o G_l, in place */
        T(mlpi_chain_scale_by_slope)(sweep->chain, sweep->tape, l, &sweep->span, &part,
                                     G + part.column * ld[l] + part.row, ld[l]);
        if (reverse->by_units || reverse->gradients || (l < sweep->from && ld[l + 1] != ld[l - 1]))
            mlpi_pool_wait(pool, count);
        if (reverse->gradients)
            T(gradient_part)(reverse, l, index, count, G);
        own_rows(layer->n_in, 0, reverse->by_units, index, count, &part);
        if (wanted)
            T(pull_back_part)(sweep, l, index, &part, G, other);
        REAL *pulled = other;
        other = G;
        G = pulled;
    }
    if (reverse->by_units)
        mlpi_pool_wait(pool, count);
    if (sweep->finish && reverse->wanted && c < end)
        sweep->finish(sweep->context, c, end - c, G + c * ld[sweep->to], ld[sweep->to]);
}

REAL *T(mlpi_chain_reverse)(const T(mlpi_sweep) *sweep, const mlpi_gradient *gradients, int wanted)
{
    const int64_t columns = sweep->span.samples * sweep->span.streams;
    const sharing shared =
        share_sweep(sweep->chain, sweep->to, sweep->from, columns, gradients ? 2 : 1, 1, 2 * PANEL);
    const uint64_t mode = mlpi_plan_enter(sweep->chain->plan);
    struct T(reverse) reverse = {sweep, gradients, wanted, shared.by_units};
    mlpi_pool_run(sweep->chain->plan->pool, shared.threads, T(reverse_task), &reverse);
    mlpi_plan_leave(sweep->chain->plan, mode);
    return wanted ? sweep->scratch[(sweep->from - sweep->to) % 2] : NULL;
}
