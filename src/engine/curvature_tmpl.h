/*
 * Template: threads share groups of samples; then, where gradients are wanted, the columns of every A_l.
 */

/* One sweep as its threads see it. */
struct T(curve_sweep) {
    const mlpi_chain *chain;
    const mlpi_tape *tape;
    const mlpi_curvature_memory *memory;
    int64_t batch;
    const mlpi_direction *directions;
    const REAL *from; /* the cotangents of y_L */
    const mlpi_gradient *gradients;
};

static REAL *T(column_of)(const struct T(curve_sweep) *sweep, void *matrix, int32_t l, int64_t s)
{
    return (REAL *)matrix + s * sweep->tape->ld[l];
}

static void T(curve_groups)(const struct T(curve_sweep) *sweep, int32_t index, int32_t count,
                            void (*step)(const struct T(curve_sweep) *, mlpi_jet_room *, int64_t, int64_t))
{
    int64_t s, end;
    mlpi_plan_share(sweep->batch, MLPI_CURVATURE_GROUP, index, count, &s, &end);
    for (int64_t samples; s < end; s += samples) {
        samples = end - s < MLPI_CURVATURE_GROUP ? end - s : MLPI_CURVATURE_GROUP;
        step(sweep, &sweep->memory->jets->rooms[index], s, samples);
    }
}

static void T(copy_columns)(int64_t n, int64_t columns, int64_t ld, const REAL *in, REAL *out)
{
    for (int64_t s = 0; s < columns; s++)
        memcpy(out + s * ld, in + s * ld, (size_t)n * sizeof(REAL));
}

/* ---- Keeping ---- */

/* sigma' and sigma'' of layer l into what is kept: by the kernels, or copied from where a callback left them */
static void T(keep_slopes)(const struct T(curve_sweep) *sweep, int32_t l, int64_t s, int64_t samples)
{
    const mlpi_layer *layer = &sweep->chain->layers[l - 1];
    const mlpi_curvature_layer *kept = &sweep->memory->layers[l - 1];
    const int64_t ld = sweep->tape->ld[l];
    REAL *slope = T(column_of)(sweep, kept->slope, l, s), *bend = T(column_of)(sweep, kept->bend, l, s);
    if (layer->activation->custom) {
        T(copy_columns)(layer->n_out, samples, ld, T(column_of)(sweep, sweep->tape->slope[l], l, s), slope);
        T(copy_columns)(layer->n_out, samples, ld,
                        T(column_of)(sweep, sweep->memory->jets->layers[l].second, l, s), bend);
        return;
    }
    const struct T(mlpi_vectors) *vectors = T(mlpi_vectors_of)(sweep->chain->plan, layer);
    const REAL *t = T(column_of)(sweep, sweep->tape->z[l] ? sweep->tape->z[l] : sweep->tape->y[l], l, s);
    vectors->slope(samples, layer->n_out, t, ld, slope, ld, layer->activation->parameter);
    vectors->second(samples, layer->n_out, t, ld, bend, ld, layer->activation->parameter);
}

static void T(keep_group)(const struct T(curve_sweep) *sweep, mlpi_jet_room *room, int64_t s, int64_t samples)
{
    const T(mlpi_jet_functions) *functions = &sweep->chain->plan->jets->REAL_KIND;
    const REAL *G = sweep->from + s * sweep->tape->ld[sweep->chain->count];
    for (int32_t l = sweep->chain->count; l >= 1; l--) {
        const mlpi_layer *layer = &sweep->chain->layers[l - 1];
        const mlpi_curvature_layer *kept = &sweep->memory->layers[l - 1];
        const int64_t n = layer->n_out, ld = sweep->tape->ld[l];
        REAL *Delta = T(column_of)(sweep, kept->delta, l, s);
        if (!kept->slope) {
            T(copy_columns)(n, samples, ld, G, Delta);
        } else {
            REAL *slope = T(column_of)(sweep, kept->slope, l, s), *bend = T(column_of)(sweep, kept->bend, l, s);
            T(keep_slopes)(sweep, l, s, samples);
            functions->multiply(samples, n, ld, slope, G, Delta);
            functions->multiply(samples, n, ld, bend, G, bend);
        }
        /* G_{l-1} = A_l^T Delta_l */
        if (l > 1)
            T(pull_product)(sweep->chain->plan, room->panel, n, layer->n_in, layer->A, layer->lda, samples, Delta,
                            ld, room->cotangents, sweep->tape->ld[l - 1], MLPI_START_ZERO);
        G = room->cotangents;
    }
}

/* b_bar = Delta 1, samples in order */
static void T(sum_samples)(const struct T(curve_sweep) *sweep, int32_t l, const REAL *Delta)
{
    const int64_t n = sweep->chain->layers[l - 1].n_out, ld = sweep->tape->ld[l];
    REAL *b_bar = sweep->gradients[l - 1].b;
    memset(b_bar, 0, (size_t)n * sizeof(REAL));
    for (int64_t s = 0; s < sweep->batch; s++)
        for (int64_t i = 0; i < n; i++)
            b_bar[i] += Delta[s * ld + i];
}

/* Part `index` of the gradients  Delta Y^T + Other RY^T  and  Delta 1;  Other NULL for none */
static void T(curve_weights)(const struct T(curve_sweep) *sweep, int32_t index, int32_t count, int32_t l,
                             const REAL *Delta, const REAL *Other, const REAL *RY)
{
    const mlpi_layer *layer = &sweep->chain->layers[l - 1];
    const mlpi_gradient *gradient = &sweep->gradients[l - 1];
    const int64_t ld = sweep->tape->ld[l], below = sweep->tape->ld[l - 1];
    int64_t j, end;
    mlpi_plan_share(layer->n_in, 1, index, count, &j, &end);
    if (j < end) {
        REAL *A_bar = (REAL *)gradient->A + j * gradient->lda;
        T(weight_product)(sweep->chain->plan, layer->n_out, end - j, sweep->batch, Delta, ld,
                          (const REAL *)sweep->tape->y[l - 1] + j, below, A_bar, gradient->lda,
                          MLPI_START_ZERO);
        if (Other)
            T(weight_product)(sweep->chain->plan, layer->n_out, end - j, sweep->batch, Other, ld, RY + j, below,
                              A_bar, gradient->lda, MLPI_START_CONTINUE);
    }
    if (l % count == index)
        T(sum_samples)(sweep, l, Delta);
}

static void T(keep_task)(void *context, int32_t index, int32_t count)
{
    const struct T(curve_sweep) *sweep = context;
    T(curve_groups)(sweep, index, count, T(keep_group));
    if (!sweep->gradients)
        return;
    mlpi_pool_wait(sweep->chain->plan->pool, count);
    for (int32_t l = 1; l <= sweep->chain->count; l++)
        T(curve_weights)(sweep, index, count, l, sweep->memory->layers[l - 1].delta, NULL, NULL);
}

void T(mlpi_curvature_keep)(const mlpi_chain *chain, const mlpi_tape *tape, mlpi_curvature_memory *memory,
                            int64_t batch, REAL *G, const mlpi_gradient *gradients)
{
    const uint64_t mode = mlpi_plan_enter(chain->plan);
    struct T(curve_sweep) sweep = {chain, tape, memory, batch, NULL, G, gradients};
    mlpi_pool_run(chain->plan->pool, threads_for(chain, batch), T(keep_task), &sweep);
    memory->ready = 1;
    mlpi_plan_leave(chain->plan, mode);
}

/* ---- Products ---- */

static void T(curve_push_group)(const struct T(curve_sweep) *sweep, mlpi_jet_room *room, int64_t s,
                                int64_t samples)
{
    (void)room;
    const mlpi_plan *plan = sweep->chain->plan;
    const mlpi_jet_layer *streams = sweep->memory->jets->layers;
    for (int32_t l = 1; l <= sweep->chain->count; l++) {
        const mlpi_layer *layer = &sweep->chain->layers[l - 1];
        const mlpi_direction *direction = &sweep->directions[l - 1];
        const int64_t n = layer->n_out, ld = sweep->tape->ld[l], below = sweep->tape->ld[l - 1];
        REAL *RZ = T(column_of)(sweep, streams[l].z, l, s);
        for (int64_t k = 0; k < samples; k++)
            memcpy(RZ + k * ld, direction->b, (size_t)n * sizeof(REAL));
        /* RZ_l = v_l 1^T + V_l Y_{l-1} + A_l RY_{l-1} */
        T(push_product)(plan, n, layer->n_in, direction->A, n, samples,
                        T(column_of)(sweep, sweep->tape->y[l - 1], l - 1, s), below, RZ, ld,
                        MLPI_START_CONTINUE);
        if (l > 1)
            T(push_product)(plan, n, layer->n_in, layer->A, layer->lda, samples,
                            T(column_of)(sweep, streams[l - 1].y, l - 1, s), below, RZ, ld,
                            MLPI_START_CONTINUE);
        if (!streams[l].y)
            return;
        REAL *RY = T(column_of)(sweep, streams[l].y, l, s);
        if (sweep->memory->layers[l - 1].slope)
            plan->jets->REAL_KIND.multiply(
                samples, n, ld, T(column_of)(sweep, sweep->memory->layers[l - 1].slope, l, s), RZ, RY);
        else
            T(copy_columns)(n, samples, ld, RZ, RY);
    }
}

static void T(curve_push_task)(void *context, int32_t index, int32_t count)
{
    T(curve_groups)(context, index, count, T(curve_push_group));
}

const REAL *T(mlpi_curvature_push)(const mlpi_chain *chain, const mlpi_tape *tape,
                                   const mlpi_curvature_memory *memory, int64_t batch,
                                   const mlpi_direction *directions)
{
    const uint64_t mode = mlpi_plan_enter(chain->plan);
    struct T(curve_sweep) sweep = {chain, tape, memory, batch, directions, NULL, NULL};
    const mlpi_jet_layer *last = &memory->jets->layers[chain->count];
    mlpi_pool_run(chain->plan->pool, threads_for(chain, batch), T(curve_push_task), &sweep);
    memory->jets->held.groups = 0;
    mlpi_plan_leave(chain->plan, mode);
    return last->y ? last->y : last->z;
}

static void T(curve_pull_group)(const struct T(curve_sweep) *sweep, mlpi_jet_room *room, int64_t s,
                                int64_t samples)
{
    const mlpi_plan *plan = sweep->chain->plan;
    const REAL *RG = sweep->from + s * sweep->tape->ld[sweep->chain->count];
    for (int32_t l = sweep->chain->count; l >= 1; l--) {
        const mlpi_layer *layer = &sweep->chain->layers[l - 1];
        const mlpi_curvature_layer *kept = &sweep->memory->layers[l - 1];
        const int64_t n = layer->n_out, ld = sweep->tape->ld[l], below = sweep->tape->ld[l - 1];
        REAL *RDelta = T(column_of)(sweep, sweep->memory->jets->layers[l].z, l, s); /* RZ before */
        if (kept->slope)
            plan->jets->REAL_KIND.combine(samples, n, ld, T(column_of)(sweep, kept->slope, l, s), RG,
                                          T(column_of)(sweep, kept->bend, l, s), RDelta, RDelta);
        else
            T(copy_columns)(n, samples, ld, RG, RDelta);
        if (l == 1)
            return;
        /* RG_{l-1} = A_l^T RDelta_l + V_l^T Delta_l */
        T(pull_product)(plan, room->panel, n, layer->n_in, layer->A, layer->lda, samples, RDelta, ld,
                        room->cotangents, below, MLPI_START_ZERO);
        T(pull_product)(plan, room->panel, n, layer->n_in, sweep->directions[l - 1].A, n, samples,
                        T(column_of)(sweep, kept->delta, l, s), ld, room->cotangents, below,
                        MLPI_START_CONTINUE);
        RG = room->cotangents;
    }
}

static void T(curve_pull_task)(void *context, int32_t index, int32_t count)
{
    const struct T(curve_sweep) *sweep = context;
    const mlpi_jet_layer *streams = sweep->memory->jets->layers;
    T(curve_groups)(sweep, index, count, T(curve_pull_group));
    mlpi_pool_wait(sweep->chain->plan->pool, count);
    for (int32_t l = 1; l <= sweep->chain->count; l++)
        T(curve_weights)(sweep, index, count, l, streams[l].z, l > 1 ? sweep->memory->layers[l - 1].delta : NULL,
                         streams[l - 1].y);
}

void T(mlpi_curvature_pull)(const mlpi_chain *chain, const mlpi_tape *tape, const mlpi_curvature_memory *memory,
                            int64_t batch, const mlpi_direction *directions, const REAL *RG,
                            const mlpi_gradient *products)
{
    const uint64_t mode = mlpi_plan_enter(chain->plan);
    struct T(curve_sweep) sweep = {chain, tape, memory, batch, directions, RG, products};
    mlpi_pool_run(chain->plan->pool, threads_for(chain, batch), T(curve_pull_task), &sweep);
    mlpi_plan_leave(chain->plan, mode);
}
