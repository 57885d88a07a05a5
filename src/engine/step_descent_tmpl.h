/*
 * Template: plain descent with few samples. On the way down every A_l is read once for G_{l-1} = A_l^T Delta_l and updated
 * in the same pass, layer by layer from the last. What must be known before the first of them changes is that no layer's
 * gradient will turn out not to be finite: it follows from bounds of the parameters, which are kept from step to step.
 */

/* Columns j .. end - 1 of A_l: Delta_{l-1} there, from Delta_l, and their update */
static void T(descend_part)(const struct T(chunk) *chunk, int32_t l, int64_t j, int64_t end)
{
    const T(mlpi_step) *step = chunk->step;
    const mlpi_gradient *params = &step->params[l - 1];
    const mlpi_step_layer *above = &step->memory->layers[l], *below = &step->memory->layers[l - 1];
    int64_t ldy = below->ld;
    const REAL *Y = l == 1 ? T(rows_input)(chunk, 0, &ldy) : below->y;
    step->chain->plan->kernels->REAL_KIND.descend(
        &(T(mlpi_descent)){.samples = chunk->count,
                           .n = step->chain->layers[l - 1].n_out,
                           .columns = end - j,
                           .A = (REAL *)params->A + j * params->lda,
                           .lda = params->lda,
                           .Delta = above->delta,
                           .ldd = above->ld,
                           .Y = Y + j,
                           .ldy = ldy,
                           .G = l > 1 ? (REAL *)below->delta + j : NULL,
                           .ldg = below->ld,
                           .alpha = (REAL)-step->rate});
    if (l > 1)
        T(rows_scale)(chunk, l - 1, 0, chunk->count, j, end);
}

/* b_l, and the bounds of both */
static void T(descend_rest)(const struct T(chunk) *chunk, mlpi_step_room *room, int32_t l)
{
    const mlpi_step_layer *layer = &chunk->step->memory->layers[l];
    const double delta = (double)chunk->step->chain->plan->kernels->REAL_KIND.largest(
        chunk->count, chunk->step->chain->layers[l - 1].n_out, layer->delta, layer->ld);
    T(biases_of)(chunk, room, l);
    T(widen)(chunk->step, l, delta * (double)chunk->count * layer->input);
}

static void T(descent_phase)(const struct T(chunk) *chunk, int32_t index, int32_t count)
{
    const mlpi_chain *chain = chunk->step->chain;
    for (int32_t l = chain->count; l >= 1; l--) {
        int64_t j, end;
        mlpi_plan_share(chain->layers[l - 1].n_in, MLPI_STEP_GROUP, index, count, &j, &end);
        if (j < end)
            T(descend_part)(chunk, l, j, end);
        if (index == 0)
            T(descend_rest)(chunk, &chunk->step->memory->rooms[0], l);
        if (l > 1)
            mlpi_pool_wait(chain->plan->pool, count);
    }
}

static void T(samples_by_rows)(const struct T(chunk) *chunk, mlpi_step_room *room, int64_t s, int64_t end)
{
    const int32_t L = chunk->step->chain->count;
    for (int64_t count; s < end; s += count) {
        count = end - s < MLPI_STEP_ROWS ? end - s : MLPI_STEP_ROWS;
        T(rows_forward)(chunk, s, count);
        T(rows_loss)(chunk, s, count);
        if (chunk->few)
            chunk->step->memory->descends = T(can_descend)(chunk);
        if (chunk->few && chunk->step->memory->descends)
            T(rows_scale)(chunk, L, s, count, 0, chunk->step->chain->layers[L - 1].n_out);
        else
            T(rows_backward)(chunk, room->panel, s, count);
    }
}
