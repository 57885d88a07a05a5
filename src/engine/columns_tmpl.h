/* Template: the columns path. */

/* One tile of `count` <= ld samples through all layers. */
static void T(tile_forward)(const mlpi_chain *chain, int64_t count, T(mlpi_border) in, const REAL *x,
                            int64_t ldx, T(mlpi_border) out, REAL *y, int64_t ldy, REAL *const buffers[2],
                            int64_t ld)
{
    const T(mlpi_kernels) *kernels = &chain->plan->kernels->REAL_KIND;
    const int64_t n_in = chain->layers[0].n_in, n_out = chain->layers[chain->count - 1].n_out;
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

int64_t T(mlpi_columns_tile)(const mlpi_plan *plan, int64_t batch)
{
    return tile_of(plan->kernels->REAL_KIND.panel, plan->kernels->REAL_KIND.lanes, batch);
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
    const T(mlpi_kernels) *kernels = &pass->chain->plan->kernels->REAL_KIND;
    const int64_t tile = T(mlpi_columns_tile)(pass->chain->plan, pass->batch),
                  room = widest_of(pass->chain) * tile;
    REAL *tiles = (REAL *)pass->chain->plan->tiles + 2 * index * room, *buffers[2] = {tiles, tiles + room};
    int64_t s, end;
    mlpi_plan_share(pass->batch, kernels->lanes, index, count, &s, &end);
    for (int64_t size; s < end; s += size) {
        size = end - s < tile ? end - s : tile;
        T(tile_forward)(pass->chain, size, pass->in, pass->x + s * pass->ldx, pass->ldx, pass->out,
                        pass->y + s * pass->ldy, pass->ldy, buffers, tile);
    }
}

void T(mlpi_columns_forward)(const mlpi_chain *chain, int32_t threads, int64_t batch, T(mlpi_border) in,
                             const REAL *x, int64_t ldx, T(mlpi_border) out, REAL *y, int64_t ldy)
{
    const uint64_t mode = mlpi_flush_subnormals();
    struct T(columns_pass) pass = {chain, batch, in, out, x, ldx, y, ldy};
    mlpi_pool_run(chain->plan->pool, threads, T(columns_task), &pass);
    mlpi_restore_mode(mode);
}

/* A vector of sigma, in vector multiply-adds; what the product does on its way costs nothing. */
static double T(activation_cost)(const mlpi_layer *layer)
{
    const int32_t id = mlpi_activation_id(layer->activation);
    return id == MLP_IDENTITY || id == MLP_RELU ? 0 : REAL_BITS == 32 ? 18 : 44;
}

/*
 * In vector multiply-adds; a square of a transpose costs half a one for each of its elements, there or not. Over 18 networks of
 * up to 256 units and batches from 4 to 128, on every set, what this chooses takes 1.2 % more time than what is best, at
 * worst 45 %.
 */
void T(mlpi_columns_weigh)(const mlpi_chain *chain, mlpi_plan *plan)
{
    const int64_t lanes = plan->kernels->REAL_KIND.lanes, n_in = chain->layers[0].n_in,
                  n_out = chain->layers[chain->count - 1].n_out;
    const int64_t squares = (n_in + lanes - 1) / lanes + (n_out + lanes - 1) / lanes;
    mlpi_columns_cost cost = {0, 0, (double)(squares * lanes * lanes) / 2};
    for (int32_t l = 0; l < chain->count; l++) {
        const mlpi_layer *layer = &chain->layers[l];
        const int64_t across = (layer->n_out + lanes - 1) / lanes;
        const double sigma = T(activation_cost)(layer), filled = (double)layer->n_out / (double)lanes;
        /* rows of less than a vector follow each other without gaps */
        cost.sample +=
            (double)layer->n_in * width_cost(across) + sigma * (across == 1 ? filled : (double)across);
        cost.products += (double)layer->n_out * (double)layer->n_in;
        cost.vector += (double)layer->n_out * sigma;
    }
    plan->columns = cost;
}

int T(mlpi_columns_pay)(const mlpi_plan *plan, int64_t batch)
{
    if (batch < MLPI_COLUMNS_FEW || !plan->tiles)
        return 0;
    const int64_t lanes = plan->kernels->REAL_KIND.lanes, vectors = (batch + lanes - 1) / lanes;
    const mlpi_columns_cost *cost = &plan->columns;
    return cost->products * width_cost(vectors) + cost->vector * (double)vectors <
           cost->sample * (double)batch;
}

/* The same for forward, backward and gradient: by rows every A_l is transposed, by columns every Delta_l. */
int T(mlpi_columns_pay_training)(const mlpi_chain *chain, int64_t batch)
{
    const int64_t lanes = chain->plan->kernels->REAL_KIND.lanes, vectors = (batch + lanes - 1) / lanes;
    double rows = 0, columns = (double)chain->layers[0].n_in * (double)batch / 2;
    if (batch < MLPI_PLAN_FEW) /* the rows path takes dots */
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
