/* Template: the tangent sweep. */

/* A tangent sweep as its threads see it. */
struct T(tangent) {
    const T(mlpi_sweep) *sweep;
    const mlpi_direction *directions;
    int by_units;
};

/* A part of Zd_l = bd_l 1^T + A_l Yd_{l-1} + Ad_l Y_{l-1}; `seeded` 0: Yd is 0 */
static void T(push_part)(const struct T(tangent) *tangent, int32_t l, int seeded, const mlpi_part *part,
                         const REAL *Yd, REAL *Zd)
{
    const T(mlpi_sweep) *sweep = tangent->sweep;
    const mlpi_plan *plan = sweep->chain->plan;
    const mlpi_layer *layer = &sweep->chain->layers[l - 1];
    const mlpi_direction *direction = tangent->directions ? &tangent->directions[l - 1] : NULL;
    const int64_t ld = sweep->tape->ld[l], below = sweep->tape->ld[l - 1];
    const REAL *bd = direction ? (const REAL *)direction->b + part->row : NULL;
    if (seeded)
        T(affine)(plan, part->rows, layer->n_in, (const REAL *)layer->A + part->row, layer->lda, bd,
                  sweep->span.samples * sweep->span.streams, part->columns, Yd + part->column * below, below,
                  Zd, ld);
    else
        T(fill_columns)(part->rows, part->columns, bd, Zd, ld);
    if (direction)
        T(add_product)(plan, part->rows, layer->n_in, (const REAL *)direction->A + part->row, layer->n_out,
                       part->columns, (const REAL *)sweep->tape->y[l - 1] + part->column * below, below, Zd,
                       ld);
    /* Yd_l = sigma_l'(Z_l) o Zd_l, in place */
    T(mlpi_chain_scale_by_slope)(sweep->chain, sweep->tape, l, &sweep->span, part, Zd, ld);
}

/* Barriers as in the reverse sweep: others need the whole of Yd_l by units, or are still at Yd_{l-2} in its buffer. */
static void T(tangent_task)(void *context, int32_t index, int32_t count)
{
    const struct T(tangent) *tangent = context;
    const T(mlpi_sweep) *sweep = tangent->sweep;
    const int64_t *ld = sweep->tape->ld, columns = sweep->span.samples * sweep->span.streams;
    const int single = columns == 1 && !sweep->chain->plan->common_order;
    mlpi_pool *pool = sweep->chain->plan->pool;
    REAL *Yd = sweep->scratch[0], *Zd = sweep->scratch[1];
    int64_t c, end;
    share(columns, tangent->by_units ? 1 : GROUP, index, count, &c, &end);
    mlpi_part part = {c, end - c, 0, 0};
    if (sweep->begin && c < end)
        sweep->begin(sweep->context, c, end - c, Yd + c * ld[sweep->from], ld[sweep->from]);
    if (tangent->by_units) {
        mlpi_pool_wait(pool, count);
        part.column = 0;
        part.columns = columns;
    }
    for (int32_t l = sweep->from + 1; l <= sweep->to; l++) {
        own_rows(sweep->chain->layers[l - 1].n_out, single, tangent->by_units, index, count, &part);
        if (part.rows > 0 && part.columns > 0)
            T(push_part)(tangent, l, l > sweep->from + 1 || sweep->begin, &part, Yd,
                         Zd + part.column * ld[l] + part.row);
        if (tangent->by_units || (l < sweep->to && ld[l + 1] != ld[l - 1]))
            mlpi_pool_wait(pool, count);
        REAL *next = Zd;
        Zd = Yd;
        Yd = next;
    }
    if (sweep->finish && c < end)
        sweep->finish(sweep->context, c, end - c, Yd + c * ld[sweep->to], ld[sweep->to]);
}

REAL *T(mlpi_chain_tangent)(const T(mlpi_sweep) *sweep, const mlpi_direction *directions)
{
    const int64_t columns = sweep->span.samples * sweep->span.streams;
    const int single = columns == 1 && !sweep->chain->plan->common_order,
              products = (sweep->begin != NULL) + (directions != NULL);
    const sharing shared = share_sweep(sweep->chain, sweep->from, sweep->to, columns, products, 0,
                                       single ? 4 * UNITS : 2 * PANEL);
    const uint64_t mode = mlpi_plan_enter(sweep->chain->plan);
    struct T(tangent) tangent = {sweep, directions, shared.by_units};
    mlpi_pool_run(sweep->chain->plan->pool, shared.threads, T(tangent_task), &tangent);
    mlpi_plan_leave(sweep->chain->plan, mode);
    return sweep->scratch[(sweep->to - sweep->from) % 2];
}
