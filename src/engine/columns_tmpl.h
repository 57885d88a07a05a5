/* Template: the columns path. */

/* One tile of `count` samples, at most a panel, through all layers. */
static void T(tile_forward)(const mlpi_chain *chain, int64_t count, T(mlpi_border) in, const REAL *x,
                            int64_t ldx, T(mlpi_border) out, REAL *y, int64_t ldy, REAL *const buffers[2])
{
    const T(mlpi_kernels) *kernels = &chain->plan->kernels->REAL_KIND;
    const int64_t ld = kernels->panel, n_in = chain->layers[0].n_in,
                  n_out = chain->layers[chain->count - 1].n_out;
    REAL *V = buffers[0], *C = buffers[1];
    kernels->transpose(count, n_in, x, ldx, V, ld);
    T(scale_rows)(in, n_in, count, V, ld);
    for (int32_t l = 0; l < chain->count; l++) {
        T(tile_layer)(chain->plan, &chain->layers[l], count, V, ld, C, C, ld);
        REAL *next = V;
        V = C;
        C = next;
    }
    T(scale_rows)(out, n_out, count, V, ld);
    kernels->transpose(n_out, count, V, ld, y, ldy);
}

/* A forward pass as its threads see it. */
struct T(columns_pass) {
    const mlpi_chain *chain;
    int64_t batch;
    T(mlpi_border) in, out;
    const REAL *x;
    int64_t ldx;
    REAL *y;
    int64_t ldy;
};

static void T(columns_task)(void *context, int32_t index, int32_t count)
{
    const struct T(columns_pass) *pass = context;
    const int64_t panel = pass->chain->plan->kernels->REAL_KIND.panel, room = widest_of(pass->chain) * panel;
    REAL *tiles = (REAL *)pass->chain->plan->tiles + 2 * index * room, *buffers[2] = {tiles, tiles + room};
    int64_t s, end;
    mlpi_plan_share(pass->batch, pass->chain->plan->kernels->REAL_KIND.lanes, index, count, &s, &end);
    for (int64_t size; s < end; s += size) {
        size = end - s < panel ? end - s : panel;
        T(tile_forward)(pass->chain, size, pass->in, pass->x + s * pass->ldx, pass->ldx, pass->out,
                        pass->y + s * pass->ldy, pass->ldy, buffers);
    }
}

void T(mlpi_columns_forward)(const mlpi_chain *chain, int64_t batch, T(mlpi_border) in, const REAL *x,
                             int64_t ldx, T(mlpi_border) out, REAL *y, int64_t ldy)
{
    const uint64_t mode = mlpi_flush_subnormals();
    struct T(columns_pass) pass = {chain, batch, in, out, x, ldx, y, ldy};
    mlpi_pool_run(chain->plan->pool, mlpi_plan_threads(chain->plan, mlpi_chain_work(chain, batch)),
                  T(columns_task), &pass);
    mlpi_restore_mode(mode);
}

/* In vector multiply-adds for the whole batch; an element of a transpose costs about half a vector's multiply-add. */
int T(mlpi_columns_pay)(const mlpi_chain *chain, int64_t batch)
{
    const mlpi_plan *plan = chain->plan;
    enum { FEW = 4 }; /* below that a vector is mostly empty */
    if (batch < FEW || !plan->kernels || !plan->tiles)
        return 0;
    const int64_t lanes = plan->kernels->REAL_KIND.lanes, vectors = (batch + lanes - 1) / lanes;
    int narrow = 0; /* a hidden layer does not fill a vector of units either */
    double rows = 0, columns = (double)(chain->layers[0].n_in + chain->layers[chain->count - 1].n_out) *
                               (double)batch / 2;
    for (int32_t l = 0; l < chain->count; l++) {
        const mlpi_layer *layer = &chain->layers[l];
        const int64_t across = (layer->n_out + lanes - 1) / lanes;
        if (layer->activation->custom)
            return 0;
        narrow |= l + 1 < chain->count && layer->n_out < lanes;
        /* a tile one vector wide is bound by loading the samples: half the speed */
        rows += (double)batch * (double)layer->n_in * (across == 1 ? 2 : (double)across);
        columns += (double)vectors * (double)layer->n_in * (double)layer->n_out;
    }
    /* 4-16-16-1, 8 samples in vectors of 16: 0.21 us by columns, 0.15 by rows */
    return columns < rows && (narrow || 4 * batch > 3 * lanes);
}

/* The same for forward, backward and gradient: by rows every A_l is transposed, by columns every Delta_l. */
int T(mlpi_columns_pay_training)(const mlpi_chain *chain, int64_t batch)
{
    enum { FEW = 8 }; /* below that the rows path takes dots */
    const int64_t lanes = chain->plan->kernels->REAL_KIND.lanes, vectors = (batch + lanes - 1) / lanes;
    double rows = 0, columns = (double)chain->layers[0].n_in * (double)batch / 2;
    if (batch < FEW)
        return 0;
    for (int32_t l = 0; l < chain->count; l++) {
        const mlpi_layer *layer = &chain->layers[l];
        const int64_t out = (layer->n_out + lanes - 1) / lanes,
                      in = l == 0 ? 0 : (layer->n_in + lanes - 1) / lanes;
        const double weights = (double)layer->n_in * (double)layer->n_out;
        if (layer->n_in > MLPI_COLUMNS_WIDEST || layer->n_out > MLPI_COLUMNS_WIDEST)
            return 0;
        rows += (double)batch * (double)layer->n_in * (out == 1 ? 2 : (double)out);
        rows +=
            (double)batch * (double)layer->n_out * (in == 1 ? 2 : (double)in) + (l == 0 ? 0 : weights / 2);
        columns += (double)vectors * weights * (l == 0 ? 1 : 2) + (double)layer->n_out * (double)batch / 2;
    }
    return columns < rows;
}
