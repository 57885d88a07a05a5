/* Template: a step in two phases. */

/* One chunk of a step: what all its threads read. */
struct T(chunk) {
    const T(mlpi_step) *step;
    int64_t first, count; /* of its samples in the batch */
    int by_columns;       /* how the samples phase goes */
    int continued;        /* the gradients have been begun by an earlier chunk */
    int fused;            /* the parameters are updated, no gradient is stored */
};

static REAL *T(at)(void *matrix, int64_t index)
{
    return (REAL *)matrix + index;
}

/* ---- The samples phase by columns: samples along the vectors, a panel at a time ---- */

/* G (n_l x count) of the last layer, from the cotangents of y */
static REAL *T(columns_loss)(const struct T(chunk) *chunk, int64_t s, int64_t count, const REAL *last,
                             int64_t ld, REAL *G)
{
    const T(mlpi_step) *step = chunk->step;
    const T(mlpi_kernels) *kernels = &step->chain->plan->kernels->REAL_KIND;
    const int64_t n = step->chain->layers[step->chain->count - 1].n_out;
    REAL *y = step->y + (chunk->first + s) * step->ldy;
    kernels->transpose(n, count, last, ld, y, step->ldy);
    if (step->out.scale)
        T(mlpi_scale_columns)(n, count, step->out.scale, step->out.shift, y, step->ldy, y, step->ldy);
    for (int64_t g = 0, size; g < count; g += size) {
        size = count - g < MLPI_STEP_GROUP ? count - g : MLPI_STEP_GROUP;
        step->memory->sums[(s + g) / MLPI_STEP_GROUP] =
            step->loss(step->context, chunk->first + s + g, size, y + g * step->ldy, step->ldy);
    }
    kernels->transpose(count, n, y, step->ldy, G, kernels->panel);
    T(scale_rows)((T(mlpi_border)){step->out.scale, NULL}, n, count, G, kernels->panel);
    return G;
}

/* y_l and where sigma' reads it z_l, for samples s .. s + count - 1 of the chunk */
static void T(columns_forward)(const struct T(chunk) *chunk, int64_t s, int64_t count)
{
    const T(mlpi_step) *step = chunk->step;
    const mlpi_chain *chain = step->chain;
    const T(mlpi_kernels) *kernels = &chain->plan->kernels->REAL_KIND;
    mlpi_step_layer *layers = step->memory->layers;
    const int64_t ld = step->memory->ld, n_in = chain->layers[0].n_in;
    REAL *V = T(at)(layers[0].y, s);
    kernels->transpose(count, n_in, step->x + (chunk->first + s) * step->ldx, step->ldx, V, ld);
    T(scale_rows)(step->in, n_in, count, V, ld);
    for (int32_t l = 1; l <= chain->count; l++) {
        REAL *Y = T(at)(layers[l].y, s), *Z = layers[l].z ? T(at)(layers[l].z, s) : Y;
        T(tile_layer)(chain->plan, &chain->layers[l - 1], count, V, ld, Z, Y, ld);
        V = Y;
    }
}

/* Delta_l of every layer, from G (n_L x count), in one of the two tiles */
static void T(columns_backward)(const struct T(chunk) *chunk, int64_t s, int64_t count, REAL *G, REAL *other)
{
    const T(mlpi_step) *step = chunk->step;
    const mlpi_chain *chain = step->chain;
    const T(mlpi_kernels) *kernels = &chain->plan->kernels->REAL_KIND;
    mlpi_step_layer *layers = step->memory->layers;
    const int64_t ld = kernels->panel;
    for (int32_t l = chain->count; l >= 1; l--) {
        const mlpi_layer *layer = &chain->layers[l - 1];
        const REAL *t = T(at)(layers[l].z ? layers[l].z : layers[l].y, s);
        /* Delta_l = sigma_l'(Z_l) o G_l */
        if (!mlpi_activation_is_identity(layer->activation))
            chain->plan->vectors->REAL_KIND[layer->activation->kind->id].scale(
                layer->n_out, count, t, step->memory->ld, G, ld, layer->activation->parameter);
        kernels->transpose(layer->n_out, count, G, ld, T(at)(layers[l].delta, s * layers[l].ld),
                           layers[l].ld);
        if (l == 1)
            break;
        /* G_{l-1} = A_l^T Delta_l,  (n_{l-1} x count) = (n_{l-1} x n_l)(n_l x count) */
        kernels->product(&(T(mlpi_product)){.m = layer->n_in,
                                            .n = count,
                                            .k = layer->n_out,
                                            .A = layer->A,
                                            .rsa = layer->lda,
                                            .csa = 1,
                                            .V = G,
                                            .ldv = ld,
                                            .panel_stride = ld,
                                            .C = other,
                                            .ldc = ld});
        REAL *pulled = other;
        other = G;
        G = pulled;
    }
}

static void T(samples_by_columns)(const struct T(chunk) *chunk, mlpi_step_room *room, int64_t s, int64_t end)
{
    const int64_t panel = chunk->step->chain->plan->kernels->REAL_KIND.panel;
    const mlpi_step_memory *memory = chunk->step->memory;
    for (int64_t count; s < end; s += count) {
        count = end - s < panel ? end - s : panel;
        T(columns_forward)(chunk, s, count);
        const REAL *last = T(at)(memory->layers[chunk->step->chain->count].y, s);
        REAL *G = T(columns_loss)(chunk, s, count, last, memory->ld, room->tiles[0]);
        T(columns_backward)(chunk, s, count, G, room->tiles[1]);
    }
}

/* ---- The samples phase by rows: units along the vectors ---- */

/* y_0 of the chunk: x itself, where it needs no scaling */
static const REAL *T(rows_input)(const struct T(chunk) *chunk, int64_t s, int64_t *ld)
{
    const T(mlpi_step) *step = chunk->step;
    if (!step->in.scale) {
        *ld = step->ldx;
        return step->x + (chunk->first + s) * step->ldx;
    }
    *ld = step->memory->layers[0].ld;
    return T(at)(step->memory->layers[0].y, s * *ld);
}

static void T(rows_forward)(const struct T(chunk) *chunk, int64_t s, int64_t count)
{
    const T(mlpi_step) *step = chunk->step;
    const mlpi_chain *chain = step->chain;
    mlpi_step_layer *layers = step->memory->layers;
    int64_t ld;
    const REAL *Y = T(rows_input)(chunk, s, &ld);
    if (step->in.scale)
        T(mlpi_scale_columns)(chain->layers[0].n_in, count, step->in.scale, step->in.shift,
                              step->x + (chunk->first + s) * step->ldx, step->ldx, T(at)(layers[0].y, s * ld),
                              ld);
    for (int32_t l = 1; l <= chain->count; l++) {
        const int64_t at = s * layers[l].ld;
        REAL *next = T(at)(layers[l].y, at), *Z = layers[l].z ? T(at)(layers[l].z, at) : next;
        T(mlpi_native_layer)(chain->plan, &chain->layers[l - 1], step->batch == 1, count, Y, ld, Z, next,
                             layers[l].ld);
        Y = next;
        ld = layers[l].ld;
    }
}

/* The cotangents of y_L, in the chunk's Delta_L */
static void T(rows_loss)(const struct T(chunk) *chunk, int64_t s, int64_t count)
{
    const T(mlpi_step) *step = chunk->step;
    const int32_t L = step->chain->count;
    const mlpi_step_layer *last = &step->memory->layers[L];
    const int64_t n = step->chain->layers[L - 1].n_out;
    REAL *y = step->y + (chunk->first + s) * step->ldy;
    T(mlpi_scale_columns)(n, count, step->out.scale, step->out.shift, T(at)(last->y, s * last->ld), last->ld,
                          y, step->ldy);
    for (int64_t g = 0, size; g < count; g += size) {
        size = count - g < MLPI_STEP_GROUP ? count - g : MLPI_STEP_GROUP;
        step->memory->sums[(s + g) / MLPI_STEP_GROUP] =
            step->loss(step->context, chunk->first + s + g, size, y + g * step->ldy, step->ldy);
    }
    T(mlpi_scale_columns)(n, count, step->out.scale, NULL, y, step->ldy, T(at)(last->delta, s * last->ld),
                          last->ld);
}

static void T(rows_backward)(const struct T(chunk) *chunk, void *panel, int64_t s, int64_t count)
{
    const T(mlpi_step) *step = chunk->step;
    const mlpi_chain *chain = step->chain;
    mlpi_step_layer *layers = step->memory->layers;
    for (int32_t l = chain->count; l >= 1; l--) {
        const mlpi_layer *layer = &chain->layers[l - 1];
        const int64_t ld = layers[l].ld;
        REAL *Delta = T(at)(layers[l].delta, s * ld);
        const REAL *t = T(at)(layers[l].z ? layers[l].z : layers[l].y, s * ld);
        /* Delta_l = sigma_l'(Z_l) o G_l */
        if (!mlpi_activation_is_identity(layer->activation))
            chain->plan->vectors->REAL_KIND[layer->activation->kind->id].scale(
                count, layer->n_out, t, ld, Delta, ld, layer->activation->parameter);
        /* G_{l-1} = A_l^T Delta_l */
        if (l > 1)
            T(mlpi_native_pull_back)(chain->plan, panel, layer, step->batch, count, Delta, ld,
                                     T(at)(layers[l - 1].delta, s * layers[l - 1].ld), layers[l - 1].ld);
    }
}

static void T(samples_by_rows)(const struct T(chunk) *chunk, mlpi_step_room *room, int64_t s, int64_t end)
{
    for (int64_t count; s < end; s += count) {
        count = end - s < MLPI_STEP_ROWS ? end - s : MLPI_STEP_ROWS;
        T(rows_forward)(chunk, s, count);
        T(rows_loss)(chunk, s, count);
        T(rows_backward)(chunk, room->panel, s, count);
    }
}

/* ---- The two phases ---- */

/* y_l of samples s .. end - 1: the largest magnitude */
static double T(largest_input)(const struct T(chunk) *chunk, int32_t l, int64_t s, int64_t end)
{
    const T(mlpi_kernels) *kernels = &chunk->step->chain->plan->kernels->REAL_KIND;
    const mlpi_step_layer *at = &chunk->step->memory->layers[l];
    const int64_t n = chunk->step->chain->layers[l].n_in;
    int64_t ld = at->ld;
    if (l > 0 && chunk->step->chain->layers[l - 1].activation->kind->bounded)
        return 1;
    if (chunk->by_columns)
        return (double)kernels->largest(n, end - s, T(at)(at->y, s), chunk->step->memory->ld);
    const REAL *Y = l ? T(at)(at->y, s * ld) : T(rows_input)(chunk, s, &ld);
    return (double)kernels->largest(end - s, n, Y, ld);
}

static double T(bound_of)(const struct T(chunk) *chunk, int64_t s, int64_t end)
{
    const T(mlpi_kernels) *kernels = &chunk->step->chain->plan->kernels->REAL_KIND;
    double bound = 0;
    for (int32_t l = 1; l <= chunk->step->chain->count; l++) {
        const mlpi_step_layer *layer = &chunk->step->memory->layers[l];
        const double delta = (double)kernels->largest(end - s, chunk->step->chain->layers[l - 1].n_out,
                                                      T(at)(layer->delta, s * layer->ld), layer->ld);
        const double product = delta * fmax(T(largest_input)(chunk, l - 1, s, end), 1);
        bound = isfinite(delta) ? fmax(bound, product) : (double)INFINITY;
        if (!isfinite(delta))
            break;
    }
    return bound;
}

static void T(samples_phase)(const struct T(chunk) *chunk, int32_t index, int32_t count)
{
    mlpi_step_room *room = &chunk->step->memory->rooms[index];
    int64_t s, end;
    mlpi_plan_share(chunk->count, MLPI_STEP_GROUP, index, count, &s, &end);
    if (chunk->by_columns)
        T(samples_by_columns)(chunk, room, s, end);
    else
        T(samples_by_rows)(chunk, room, s, end);
    room->bound = s < end ? T(bound_of)(chunk, s, end) : 0;
}

/* dA_l, columns j .. end - 1, into C: inputs are the rows of the product,  dA^T = Y Delta^T */
static void T(weight_product)(const struct T(chunk) *chunk, int32_t l, int64_t j, int64_t end, REAL *C,
                              int64_t ldc, int32_t start, int32_t finish)
{
    const T(mlpi_step) *step = chunk->step;
    const T(mlpi_kernels) *kernels = &step->chain->plan->kernels->REAL_KIND;
    const mlpi_step_layer *above = &step->memory->layers[l], *below = &step->memory->layers[l - 1];
    int64_t rsa = step->memory->ld, csa = 1;
    const REAL *Y = below->y;
    if (!chunk->by_columns) {
        rsa = 1;
        csa = below->ld;
        if (l == 1)
            Y = T(rows_input)(chunk, 0, &csa);
    }
    kernels->product(&(T(mlpi_product)){.m = end - j,
                                        .n = step->chain->layers[l - 1].n_out,
                                        .k = chunk->count,
                                        .A = Y + j * rsa,
                                        .rsa = rsa,
                                        .csa = csa,
                                        .V = above->delta,
                                        .ldv = above->ld,
                                        .panel_stride = kernels->panel,
                                        .C = C,
                                        .ldc = ldc,
                                        .start = start,
                                        .finish = finish,
                                        .alpha = (REAL)-step->rate});
}

/* The gradient of a few columns at a time goes to the optimizer while it is in the nearest cache. */
static void T(update_weights)(const struct T(chunk) *chunk, mlpi_step_room *room, int32_t l, int64_t j,
                              int64_t end)
{
    enum {
        SCRATCH = 8192,
        TILE = 6,
        TILES = 5
    }; /* a tile of the room has at least TILE TILES columns of any layer */
    const T(mlpi_step) *step = chunk->step;
    const mlpi_gradient *params = &step->params[l - 1];
    const int64_t ld = params->lda, fit = SCRATCH / ld / TILE;
    const int64_t most = TILE * (fit < 1 ? 1 : fit > TILES ? TILES : fit);
    REAL *scratch = room->tiles[1];
    memset(scratch, 0, (size_t)(most * ld) * sizeof(REAL)); /* padding has no gradient */
    for (int64_t columns; j < end; j += columns) {
        columns = end - j < most ? end - j : most;
        T(weight_product)(chunk, l, j, j + columns, scratch, ld, MLPI_START_ZERO, MLPI_FINISH_STORE);
        step->update(step->context, (REAL *)params->A + j * ld, columns * ld, scratch);
    }
}

static void T(weights_of)(const struct T(chunk) *chunk, mlpi_step_room *room, int32_t l, int64_t j,
                          int64_t end)
{
    const T(mlpi_step) *step = chunk->step;
    const mlpi_gradient *to = chunk->fused ? &step->params[l - 1] : &step->gradients[l - 1];
    REAL *C = (REAL *)to->A + j * to->lda;
    if (!chunk->fused)
        T(weight_product)(chunk, l, j, end, C, to->lda,
                          chunk->continued ? MLPI_START_CONTINUE : MLPI_START_ZERO, MLPI_FINISH_STORE);
    else if (step->rate != 0)
        T(weight_product)(chunk, l, j, end, C, to->lda, MLPI_START_ZERO, MLPI_FINISH_UPDATE);
    else
        T(update_weights)(chunk, room, l, j, end);
}

/* db_l = Delta_l 1 */
static void T(biases_of)(const struct T(chunk) *chunk, mlpi_step_room *room, int32_t l)
{
    const T(mlpi_step) *step = chunk->step;
    const T(mlpi_kernels) *kernels = &step->chain->plan->kernels->REAL_KIND;
    const mlpi_step_layer *above = &step->memory->layers[l];
    const int64_t n = step->chain->layers[l - 1].n_out;
    REAL *sum = room->tiles[0], *b = chunk->fused ? step->params[l - 1].b : step->gradients[l - 1].b;
    kernels->sum_rows(chunk->count, n, above->delta, above->ld, sum);
    if (chunk->fused && step->rate == 0)
        step->update(step->context, b, n, sum);
    else if (chunk->fused)
        kernels->add(n, (REAL)-step->rate, sum, b);
    else if (chunk->continued)
        kernels->add(n, 1, sum, b);
    else
        memcpy(b, sum, (size_t)n * sizeof(REAL));
}

static void T(weights_phase)(const struct T(chunk) *chunk, int32_t index, int32_t count)
{
    mlpi_step_room *room = &chunk->step->memory->rooms[index];
    for (int32_t l = chunk->step->chain->count; l >= 1; l--) {
        int64_t j, end;
        mlpi_plan_share(chunk->step->chain->layers[l - 1].n_in, 1, index, count, &j, &end);
        if (j < end)
            T(weights_of)(chunk, room, l, j, end);
        if (index == 0)
            T(biases_of)(chunk, room, l);
    }
}

/* The sum of the chunk's losses, groups in order, and what bounds an element of its gradients. */
static double T(chunk_loss)(const struct T(chunk) *chunk, int32_t threads, double *bound)
{
    const mlpi_step_memory *memory = chunk->step->memory;
    double sum = 0;
    for (int64_t g = 0; g * MLPI_STEP_GROUP < chunk->count; g++)
        sum += memory->sums[g];
    *bound = 0;
    for (int32_t t = 0; t < threads; t++)
        *bound = fmax(*bound, memory->rooms[t].bound * (double)chunk->count);
    return sum;
}

/* A run as its threads see it. */
struct T(run) {
    const T(mlpi_step) *step;
    double sum;
    mlpi_step_result result;
};

/* Every thread goes through the chunks and comes to the same decisions. */
static mlpi_step_result T(run_chunks)(const T(mlpi_step) *step, int32_t index, int32_t count, double *sum)
{
    const mlpi_step_memory *memory = step->memory;
    mlpi_pool *pool = step->chain->plan->pool;
    struct T(chunk) chunk = {.step = step,
                             .by_columns = T(mlpi_columns_pay_training)(step->chain, step->batch)};
    double bound;
    *sum = 0;
    for (int64_t s = 0; s < step->batch; s += chunk.count) {
        chunk.first = s;
        chunk.count = step->batch - s < memory->chunk ? step->batch - s : memory->chunk;
        T(samples_phase)(&chunk, index, count);
        mlpi_pool_wait(pool, count);
        *sum += T(chunk_loss)(&chunk, count, &bound);
        if (!isfinite(*sum))
            return MLPI_STEP_BAD_LOSS;
        if (!isfinite(bound))
            return MLPI_STEP_BAD_GRADIENT;
        chunk.fused = chunk.count == step->batch && bound < (double)REAL_LARGEST;
        T(weights_phase)(&chunk, index, count);
        if (s + chunk.count < step->batch)
            mlpi_pool_wait(pool, count);
        chunk.continued = 1;
    }
    return chunk.fused ? MLPI_STEP_UPDATED : MLPI_STEP_STORED;
}

static void T(run_task)(void *context, int32_t index, int32_t count)
{
    struct T(run) *run = context;
    double sum;
    const mlpi_step_result result = T(run_chunks)(run->step, index, count, &sum);
    if (index == 0) {
        run->sum = sum;
        run->result = result;
    }
}

mlpi_step_result T(mlpi_step_run)(const T(mlpi_step) *step, double *sum)
{
    const uint64_t mode = mlpi_flush_subnormals();
    struct T(run) run = {.step = step};
    const double work = 3 * mlpi_chain_work(step->chain, step->batch);
    mlpi_pool_run(step->chain->plan->pool, mlpi_plan_threads(step->chain->plan, work), T(run_task), &run);
    mlpi_restore_mode(mode);
    *sum = run.sum;
    return run.result;
}
