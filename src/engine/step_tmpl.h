/* Template: a step, chunk by chunk in two phases. */

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

/* What no |Delta_l y_{l-1}| or |Delta_l| of samples s .. end - 1 exceeds; infinity where one of them is not finite. */
static double T(bound_of)(const struct T(chunk) *chunk, int64_t s, int64_t end)
{
    const T(mlpi_kernels) *kernels = &chunk->step->chain->plan->kernels->REAL_KIND;
    double bound = 0;
    for (int32_t l = 1; l <= chunk->step->chain->count; l++) {
        const mlpi_step_layer *layer = &chunk->step->memory->layers[l];
        const double input = T(largest_input)(chunk, l - 1, s, end);
        const double delta = (double)kernels->largest(end - s, chunk->step->chain->layers[l - 1].n_out,
                                                      T(at)(layer->delta, s * layer->ld), layer->ld);
        if (!isfinite(delta) || !isfinite(input))
            return (double)INFINITY;
        bound = fmax(bound, delta * fmax(input, 1));
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
