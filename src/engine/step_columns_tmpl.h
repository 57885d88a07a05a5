/* Template: the samples phase by columns, samples along the vectors, a panel at a time. */

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
    T(take_losses)(chunk, s, count);
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
    T(drop)(chunk, 0, s, count);
    for (int32_t l = 1; l <= chain->count; l++) {
        REAL *Y = T(at)(layers[l].y, s), *Z = layers[l].z ? T(at)(layers[l].z, s) : Y;
        T(tile_layer)(chain->plan, &chain->layers[l - 1], count, V, ld, Z, Y, ld);
        T(drop)(chunk, l, s, count);
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
        const REAL *t = T(slope_input)(&layers[l], s);
        /* Delta_l = sigma_l'(Z_l) o G_l */
        if (!mlpi_activation_is_identity(layer->activation))
            T(mlpi_vectors_of)(chain->plan, layer)
                ->scale(layer->n_out, count, t, step->memory->ld, G, ld, layer->activation->parameter);
        T(drop_cotangent)(chunk, l, s, layer->n_out, count, G, ld);
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
