/*
 * Template: threads share groups of samples; then, where gradients are wanted, the columns of every A_l.
 */

/* One sweep as its threads see it. */
struct T(curve_sweep) {
    const mlpi_chain *chain;
    const mlpi_tape *tape;
    const mlpi_curvature_memory *memory;
    int64_t first, batch; /* samples of the tape and of what is kept */
    const mlpi_direction *directions;
    const REAL *from; /* the cotangents of y_L */
    const mlpi_gradient *gradients;
};

/* Sample s of the sweep in a matrix of layer l that has all samples of the tape, or those of the sweep alone */
static REAL *T(kept_of)(const struct T(curve_sweep) *sweep, void *matrix, int32_t l, int64_t s)
{
    return (REAL *)matrix + (sweep->first + s) * sweep->tape->ld[l];
}

static REAL *T(column_of)(const struct T(curve_sweep) *sweep, void *matrix, int32_t l, int64_t s)
{
    return (REAL *)matrix + s * sweep->tape->ld[l];
}

static void T(curve_samples)(const struct T(curve_sweep) *sweep, int32_t index, int32_t count,
                             void (*step)(const struct T(curve_sweep) *, mlpi_jet_room *, int64_t, int64_t))
{
    int64_t s, end;
    mlpi_plan_share(sweep->batch, GROUP, index, count, &s, &end);
    for (int64_t samples; s < end; s += samples) {
        samples = end - s < sweep->memory->jets->most ? end - s : sweep->memory->jets->most;
        step(sweep, &sweep->memory->jets->rooms[index], s, samples);
    }
}

static void T(copy_columns)(int64_t n, int64_t columns, int64_t ld, const REAL *in, REAL *out)
{
    for (int64_t s = 0; s < columns; s++)
        memcpy(out + s * ld, in + s * ld, (size_t)n * sizeof(REAL));
}

/* ---- Keeping ---- */

/* sigma^(k) of layer l at samples s .. : by the kernels, or copied from where a callback left it */
static void T(keep_slope)(const struct T(curve_sweep) *sweep, int32_t l, int32_t k, int64_t s,
                          int64_t samples, REAL *out)
{
    const mlpi_layer *layer = &sweep->chain->layers[l - 1];
    const int64_t ld = sweep->tape->ld[l];
    void *stored = k == 1 ? sweep->tape->slope[l] : sweep->memory->jets->layers[l].second;
    if (layer->activation->custom) {
        T(copy_columns)(layer->n_out, samples, ld, T(kept_of)(sweep, stored, l, s), out);
        return;
    }
    const struct T(mlpi_vectors) *vectors = T(mlpi_vectors_of)(sweep->chain->plan, layer);
    const REAL *t = T(kept_of)(sweep, sweep->tape->z[l] ? sweep->tape->z[l] : sweep->tape->y[l], l, s);
    (k == 1 ? vectors->slope : vectors->second)(samples, layer->n_out, t, ld, out, ld,
                                                layer->activation->parameter);
}

/* sigma', Delta and sigma'' o G of layer l from G */
static void T(keep_layer)(const struct T(curve_sweep) *sweep, int32_t l, int64_t s, int64_t samples,
                          const REAL *G)
{
    const T(mlpi_jet_functions) *functions = &sweep->chain->plan->jets->REAL_KIND;
    const mlpi_curvature_layer *kept = &sweep->memory->layers[l - 1];
    const int64_t n = sweep->chain->layers[l - 1].n_out, ld = sweep->tape->ld[l];
    REAL *Delta = T(kept_of)(sweep, kept->delta, l, s);
    if (!kept->slope) {
        T(copy_columns)(n, samples, ld, G, Delta);
        return;
    }
    REAL *slope = T(kept_of)(sweep, kept->slope, l, s);
    T(keep_slope)(sweep, l, 1, s, samples, slope);
    functions->multiply(samples, n, ld, slope, G, Delta);
    if (!kept->bend)
        return;
    REAL *bend = T(kept_of)(sweep, kept->bend, l, s);
    T(keep_slope)(sweep, l, 2, s, samples, bend);
    functions->multiply(samples, n, ld, bend, G, bend);
}

static void T(keep_samples)(const struct T(curve_sweep) *sweep, mlpi_jet_room *room, int64_t s,
                            int64_t samples)
{
    const REAL *G = sweep->from + s * sweep->tape->ld[sweep->chain->count];
    for (int32_t l = sweep->chain->count; l >= 1; l--) {
        const mlpi_layer *layer = &sweep->chain->layers[l - 1];
        T(keep_layer)(sweep, l, s, samples, G);
        /* G_{l-1} = A_l^T Delta_l */
        if (l > 1)
            T(pull_product)(sweep->chain->plan, room->panel, layer->n_out, layer->n_in, layer->A, layer->lda,
                            samples, T(kept_of)(sweep, sweep->memory->layers[l - 1].delta, l, s),
                            sweep->tape->ld[l], room->cotangents, sweep->tape->ld[l - 1], MLPI_START_ZERO);
        G = room->cotangents;
    }
}

/* out (+)= Delta 1, samples in order */
static void T(sum_samples)(const struct T(curve_sweep) *sweep, int32_t index, int32_t l, const REAL *Delta)
{
    const int64_t n = sweep->chain->layers[l - 1].n_out, ld = sweep->tape->ld[l];
    REAL *out = sweep->gradients[l - 1].b,
         *sums = (REAL *)sweep->memory->sums + index * sweep->memory->jets->widest;
    T(mlpi_bias_gradient)(sweep->chain->plan, n, sweep->batch, Delta, ld, sweep->first > 0 ? sums : out);
    for (int64_t i = 0; sweep->first > 0 && i < n; i++)
        out[i] += sums[i];
}

/* Part `index` of the gradients (+)= Delta Y^T + Other RY^T  and  Delta 1;  Other NULL for none */
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
                          T(kept_of)(sweep, sweep->tape->y[l - 1], l - 1, 0) + j, below, A_bar, gradient->lda,
                          sweep->first > 0 ? MLPI_START_CONTINUE : MLPI_START_ZERO);
        if (Other)
            T(weight_product)(sweep->chain->plan, layer->n_out, end - j, sweep->batch, Other, ld, RY + j,
                              below, A_bar, gradient->lda, MLPI_START_CONTINUE);
    }
    if (l % count == index)
        T(sum_samples)(sweep, index, l, Delta);
}

static void T(keep_task)(void *context, int32_t index, int32_t count)
{
    const struct T(curve_sweep) *sweep = context;
    T(curve_samples)(sweep, index, count, T(keep_samples));
    if (!sweep->gradients)
        return;
    mlpi_pool_wait(sweep->chain->plan->pool, count);
    for (int32_t l = 1; l <= sweep->chain->count; l++)
        T(curve_weights)(sweep, index, count, l, T(kept_of)(sweep, sweep->memory->layers[l - 1].delta, l, 0),
                         NULL, NULL);
}

void T(mlpi_curvature_keep)(const mlpi_chain *chain, const mlpi_tape *tape,
                            const mlpi_curvature_memory *memory, int64_t first, int64_t batch, const REAL *G,
                            const mlpi_gradient *gradients)
{
    const uint64_t mode = mlpi_plan_enter(chain->plan);
    struct T(curve_sweep) sweep = {chain, tape, memory, first, batch, NULL, G, gradients};
    mlpi_pool_run(chain->plan->pool, mlpi_chain_threads(chain, batch, 2), T(keep_task), &sweep);
    mlpi_plan_leave(chain->plan, mode);
}

/* ---- Products ---- */

/* RZ_l = v_l 1^T + V_l Y_{l-1} + A_l RY_{l-1},  RY_0 = 0 */
static void T(curve_push_layer)(const struct T(curve_sweep) *sweep, int32_t l, int64_t s, int64_t samples,
                                REAL *RZ)
{
    const mlpi_layer *layer = &sweep->chain->layers[l - 1];
    const mlpi_direction *direction = &sweep->directions[l - 1];
    const int64_t n = layer->n_out, ld = sweep->tape->ld[l], below = sweep->tape->ld[l - 1];
    T(push_product)(sweep->chain->plan, n, layer->n_in, direction->A, n, samples,
                    T(kept_of)(sweep, sweep->tape->y[l - 1], l - 1, s), below, RZ, ld, MLPI_START_ROW,
                    direction->b);
    if (l > 1)
        T(push_product)(sweep->chain->plan, n, layer->n_in, layer->A, layer->lda, samples,
                        T(column_of)(sweep, sweep->memory->jets->layers[l - 1].y, l - 1, s), below, RZ, ld,
                        MLPI_START_CONTINUE, NULL);
}

static void T(curve_push)(const struct T(curve_sweep) *sweep, mlpi_jet_room *room, int64_t s, int64_t samples)
{
    (void)room;
    for (int32_t l = 1; l <= sweep->chain->count; l++) {
        const mlpi_jet_layer *streams = &sweep->memory->jets->layers[l];
        const int64_t n = sweep->chain->layers[l - 1].n_out, ld = sweep->tape->ld[l];
        void *slope = sweep->memory->layers[l - 1].slope;
        REAL *RZ = T(column_of)(sweep, streams->z, l, s), *RY = T(column_of)(sweep, streams->y, l, s);
        T(curve_push_layer)(sweep, l, s, samples, RZ);
        /* RY_l = sigma' o RZ_l */
        if (slope)
            sweep->chain->plan->jets->REAL_KIND.multiply(samples, n, ld, T(kept_of)(sweep, slope, l, s), RZ,
                                                         RY);
        else if (streams->y)
            T(copy_columns)(n, samples, ld, RZ, RY);
    }
}

static void T(curve_push_task)(void *context, int32_t index, int32_t count)
{
    T(curve_samples)(context, index, count, T(curve_push));
}

const REAL *T(mlpi_curvature_push)(const mlpi_chain *chain, const mlpi_tape *tape,
                                   const mlpi_curvature_memory *memory, int64_t first, int64_t batch,
                                   const mlpi_direction *directions)
{
    const uint64_t mode = mlpi_plan_enter(chain->plan);
    struct T(curve_sweep) sweep = {chain, tape, memory, first, batch, directions, NULL, NULL};
    const mlpi_jet_layer *last = &memory->jets->layers[chain->count];
    mlpi_pool_run(chain->plan->pool, mlpi_chain_threads(chain, batch, 2), T(curve_push_task), &sweep);
    memory->jets->held.groups = 0;
    mlpi_plan_leave(chain->plan, mode);
    return last->y ? last->y : last->z;
}

/* RDelta_l = sigma' o RG_l + sigma'' o G_l o RZ_l, over RZ_l */
static void T(curve_pull_activation)(const struct T(curve_sweep) *sweep, int32_t l, int64_t s,
                                     int64_t samples, const REAL *RG, REAL *RDelta)
{
    const T(mlpi_jet_functions) *functions = &sweep->chain->plan->jets->REAL_KIND;
    const mlpi_curvature_layer *kept = &sweep->memory->layers[l - 1];
    const int64_t n = sweep->chain->layers[l - 1].n_out, ld = sweep->tape->ld[l];
    if (!kept->slope)
        T(copy_columns)(n, samples, ld, RG, RDelta);
    else if (!kept->bend)
        functions->multiply(samples, n, ld, T(kept_of)(sweep, kept->slope, l, s), RG, RDelta);
    else
        functions->combine(samples, n, ld, T(kept_of)(sweep, kept->slope, l, s), RG,
                           T(kept_of)(sweep, kept->bend, l, s), RDelta, RDelta);
}

static void T(curve_pull)(const struct T(curve_sweep) *sweep, mlpi_jet_room *room, int64_t s, int64_t samples)
{
    const mlpi_plan *plan = sweep->chain->plan;
    const REAL *RG = sweep->from + s * sweep->tape->ld[sweep->chain->count];
    for (int32_t l = sweep->chain->count; l >= 1; l--) {
        const mlpi_layer *layer = &sweep->chain->layers[l - 1];
        const int64_t n = layer->n_out, ld = sweep->tape->ld[l], below = sweep->tape->ld[l - 1];
        REAL *RDelta = T(column_of)(sweep, sweep->memory->jets->layers[l].z, l, s);
        T(curve_pull_activation)(sweep, l, s, samples, RG, RDelta);
        if (l == 1)
            return;
        /* RG_{l-1} = A_l^T RDelta_l + V_l^T Delta_l */
        T(pull_product)(plan, room->panel, n, layer->n_in, layer->A, layer->lda, samples, RDelta, ld,
                        room->cotangents, below, MLPI_START_ZERO);
        T(pull_product)(plan, room->panel, n, layer->n_in, sweep->directions[l - 1].A, n, samples,
                        T(kept_of)(sweep, sweep->memory->layers[l - 1].delta, l, s), ld, room->cotangents,
                        below, MLPI_START_CONTINUE);
        RG = room->cotangents;
    }
}

static void T(curve_pull_task)(void *context, int32_t index, int32_t count)
{
    const struct T(curve_sweep) *sweep = context;
    const mlpi_jet_layer *streams = sweep->memory->jets->layers;
    T(curve_samples)(sweep, index, count, T(curve_pull));
    mlpi_pool_wait(sweep->chain->plan->pool, count);
    for (int32_t l = 1; l <= sweep->chain->count; l++)
        T(curve_weights)(sweep, index, count, l, streams[l].z,
                         l > 1 ? T(kept_of)(sweep, sweep->memory->layers[l - 1].delta, l, 0) : NULL,
                         streams[l - 1].y);
}

void T(mlpi_curvature_pull)(const mlpi_chain *chain, const mlpi_tape *tape,
                            const mlpi_curvature_memory *memory, int64_t first, int64_t batch,
                            const mlpi_direction *directions, const REAL *RG, const mlpi_gradient *products)
{
    const uint64_t mode = mlpi_plan_enter(chain->plan);
    struct T(curve_sweep) sweep = {chain, tape, memory, first, batch, directions, RG, products};
    mlpi_pool_run(chain->plan->pool, mlpi_chain_threads(chain, batch, 2), T(curve_pull_task), &sweep);
    mlpi_plan_leave(chain->plan, mode);
}
