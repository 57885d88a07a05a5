/* Template: the samples phase by rows, units along the vectors. */

/* y_0 of the chunk: x itself, where it needs no scaling and loses nothing */
static const REAL *T(rows_input)(const struct T(chunk) *chunk, int64_t s, int64_t *ld)
{
    const T(mlpi_step) *step = chunk->step;
    if (!step->in.scale && !step->memory->layers[0].mask) {
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
    if (step->in.scale || layers[0].mask)
        T(mlpi_scale_columns)(chain->layers[0].n_in, count, step->in.scale, step->in.shift,
                              step->x + (chunk->first + s) * step->ldx, step->ldx, T(at)(layers[0].y, s * ld),
                              ld);
    T(drop)(chunk, 0, s, count);
    for (int32_t l = 1; l <= chain->count; l++) {
        const int64_t at = s * layers[l].ld;
        REAL *next = T(at)(layers[l].y, at), *Z = layers[l].z ? T(at)(layers[l].z, at) : next;
        T(mlpi_native_layer)(chain->plan, &chain->layers[l - 1], step->batch == 1, count, Y, ld, Z, next,
                             layers[l].ld);
        T(drop)(chunk, l, s, count);
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
    T(take_losses)(chunk, s, count);
    T(mlpi_scale_columns)(n, count, step->out.scale, NULL, y, step->ldy, T(at)(last->delta, s * last->ld),
                          last->ld);
}

/* Delta_l = sigma_l'(Z_l) o G_l in units j .. end - 1, where they were not dropped */
static void T(rows_scale)(const struct T(chunk) *chunk, int32_t l, int64_t s, int64_t count, int64_t j,
                          int64_t end)
{
    const mlpi_chain *chain = chunk->step->chain;
    const mlpi_layer *layer = &chain->layers[l - 1];
    const mlpi_step_layer *at = &chunk->step->memory->layers[l];
    if (!mlpi_activation_is_identity(layer->activation))
        T(mlpi_vectors_of)(chain->plan, layer)
            ->scale(count, end - j, T(slope_input)(at, s * at->ld + j), at->ld,
                    T(at)(at->delta, s * at->ld + j), at->ld, layer->activation->parameter);
    T(drop_cotangent)(chunk, l, s * at->ld + j, count, end - j, T(at)(at->delta, s * at->ld + j), at->ld);
}

static void T(rows_backward)(const struct T(chunk) *chunk, void *panel, int64_t s, int64_t count)
{
    const T(mlpi_step) *step = chunk->step;
    const mlpi_chain *chain = step->chain;
    mlpi_step_layer *layers = step->memory->layers;
    for (int32_t l = chain->count; l >= 1; l--) {
        const mlpi_layer *layer = &chain->layers[l - 1];
        T(rows_scale)(chunk, l, s, count, 0, layer->n_out);
        /* G_{l-1} = A_l^T Delta_l */
        if (l > 1)
            T(mlpi_native_pull_back)(chain->plan, panel, layer, step->batch, count,
                                     T(at)(layers[l].delta, s * layers[l].ld), layers[l].ld,
                                     T(at)(layers[l - 1].delta, s * layers[l - 1].ld), layers[l - 1].ld);
    }
}
