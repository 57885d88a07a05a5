/* Template: the weights phase. */

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
    const T(mlpi_step) *step = chunk->step;
    const mlpi_gradient *params = &step->params[l - 1];
    const int64_t ld = params->lda, most = part_of(ld);
    REAL *scratch = room->tiles[1];
    memset(scratch, 0, (size_t)(most * ld) * sizeof(REAL)); /* padding has no gradient */
    for (int64_t columns; j < end; j += columns) {
        columns = end - j < most ? end - j : most;
        T(weight_product)(chunk, l, j, j + columns, scratch, ld, MLPI_START_ZERO, MLPI_FINISH_STORE);
        step->update(step->context, l, (REAL *)params->A + j * ld, columns * ld, scratch);
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
    if (chunk->count == 1)
        sum = above->delta;
    else
        kernels->sum_rows(chunk->count, n, above->delta, above->ld, sum);
    if (chunk->fused && step->rate == 0)
        step->update(step->context, l, b, n, sum);
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
