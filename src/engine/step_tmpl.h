/* Template: a step, chunk by chunk in two phases. */

static void T(samples_phase)(const struct T(chunk) *chunk, int32_t index, int32_t count)
{
    mlpi_step_room *room = &chunk->step->memory->rooms[index];
    int64_t s, end;
    mlpi_plan_share(chunk->count, MLPI_STEP_GROUP, index, count, &s, &end);
    if (chunk->by_columns)
        T(samples_by_columns)(chunk, room, s, end);
    else
        T(samples_by_rows)(chunk, room, s, end);
    room->bound = s < end && !(chunk->few && chunk->step->memory->descends) ? T(bound_of)(chunk, s, end) : 0;
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

/* Whether a step may update on the way down; MLPI_FEW samples of layers neither wide nor tiny go by products. */
static int T(is_few)(const T(mlpi_step) *step)
{
    const T(mlpi_kernels) *kernels = &step->chain->plan->kernels->REAL_KIND;
    int64_t widest = 0;
    if (step->rate == 0 || step->stores || step->dropout || step->batch > MLPI_FEW)
        return 0;
    for (int32_t l = 0; l < step->chain->count && step->batch == MLPI_FEW; l++)
        if (step->chain->layers[l].n_out > widest)
            widest = step->chain->layers[l].n_out;
    return step->batch < MLPI_FEW || widest > kernels->panel || widest <= kernels->lanes;
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
    struct T(chunk) chunk = {.step = step};
    double bound;
    *sum = 0;
    chunk.few = T(is_few)(step);
    chunk.by_columns = !chunk.few && T(mlpi_columns_pay_training)(step->chain, step->batch);
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
        if (chunk.few && memory->descends) {
            chunk.fused = 1;
            T(descent_phase)(&chunk, index, count);
            return MLPI_STEP_UPDATED;
        }
        chunk.fused = !step->stores && chunk.count == step->batch && bound < (double)REAL_LARGEST;
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
    step->memory->descends = 0;
    struct T(run) run = {.step = step};
    const double work = 3 * mlpi_chain_work(step->chain, step->batch);
    mlpi_pool_run(step->chain->plan->pool, mlpi_plan_threads(step->chain->plan, work), T(run_task), &run);
    mlpi_restore_mode(mode);
    if (run.result == MLPI_STEP_UPDATED && !step->memory->descends)
        step->memory->looked = 0;
    *sum = run.sum;
    return run.result;
}
