/*
 * Template: the reverse sweep over a remembered jet, chunk by chunk in two phases as a step (step.h):
 *
 *     samples   groups of samples: z_k_bar of every layer over its z_k, and y0 beside y_k
 *     weights   A_bar_l = sum_k Z_k_bar Y_k^T, b_bar_l = Z_0_bar 1: a part of the columns of every A_l for each thread
 */

/* The cotangents of y_L, scaled, into the group's streams at `to`; absent ones are 0 */
static void T(load_cotangents)(const struct T(jet_sweep) *sweep, const struct T(jet_group) *group, REAL *to)
{
    const int32_t L = group->chain->count;
    const int64_t n = group->chain->layers[L - 1].n_out, ld = group->tape->ld[L];
    for (int32_t k = 0; k <= group->jet.order; k++) {
        const T(mlpi_stream) *stream = &sweep->streams[k];
        const int64_t each = k == 0 ? 1 : group->jet.groups * (k == 1 ? group->jet.size : 1);
        REAL *out = to + T(stream_at)(group, k) * ld;
        if (stream->in)
            T(copy_stream)(n, group->samples * each, sweep->out_scale,
                           stream->in + group->first * each * stream->ld, stream->ld, out, ld);
        else
            memset(out, 0, (size_t)(group->samples * each * ld) * sizeof(REAL));
    }
}

/* z_k_bar of layer l over its z_k, from the cotangents g_k */
static void T(pull_activation)(const struct T(jet_group) *group, int32_t l, REAL *cotangents)
{
    if (mlpi_activation_is_identity(group->chain->layers[l - 1].activation)) {
        const int64_t columns = T(stream_at)(group, group->jet.order + 1);
        memcpy(T(z_of)(group, l, 0), cotangents, (size_t)(columns * group->tape->ld[l]) * sizeof(REAL));
        return;
    }
    const T(mlpi_jet_run) run = T(run_of)(group, l, group->jet.order + 1, cotangents);
    group->chain->plan->jets->REAL_KIND.pull(&run);
}

static void T(pull_group)(const struct T(jet_sweep) *sweep, const struct T(jet_group) *group)
{
    const int64_t columns = T(stream_at)(group, group->jet.order + 1), *ld = group->tape->ld;
    REAL *G = group->room->cotangents;
    T(load_cotangents)(sweep, group, G);
    for (int32_t l = group->chain->count; l >= 1; l--) {
        const mlpi_layer *layer = &group->chain->layers[l - 1];
        T(pull_activation)(group, l, G);
        if (sweep->gradients)
            memcpy(T(y_of)(group, l - 1, 0), (const REAL *)group->tape->y[l - 1] + group->first * ld[l - 1],
                   (size_t)(group->samples * ld[l - 1]) * sizeof(REAL));
        /* [G0 G1 G2] = A^T [Z0_bar Z1_bar Z2_bar]; of x only G0 is wanted */
        if (l > 1 || sweep->x_bar)
            T(pull_product)(group->chain->plan, group->room->panel, layer->n_out, layer->n_in, layer->A,
                            layer->lda, l > 1 ? columns : group->samples, T(z_of)(group, l, 0), ld[l], G,
                            ld[l - 1], MLPI_START_ZERO);
    }
    if (sweep->x_bar)
        T(copy_stream)(group->chain->layers[0].n_in, group->samples, sweep->in_scale, G, ld[0],
                       sweep->x_bar + group->first * sweep->ldx, sweep->ldx);
}

/* b_bar_l (+)= sum over the chunk's samples of z0_bar, groups in order */
static void T(bias_of)(const struct T(jet_sweep) *sweep, int64_t first, int64_t end, int32_t l)
{
    struct T(jet_group) group = sweep->group;
    const int64_t most = group_samples(&group.jet), n = group.chain->layers[l - 1].n_out,
                  ld = group.tape->ld[l];
    REAL *b_bar = sweep->gradients[l - 1].b;
    if (first == 0)
        memset(b_bar, 0, (size_t)n * sizeof(REAL));
    for (group.first = first; group.first < end; group.first += most) {
        group.samples = end - group.first < most ? end - group.first : most;
        const REAL *Z = T(z_of)(&group, l, 0);
        for (int64_t s = 0; s < group.samples; s++)
            for (int64_t i = 0; i < n; i++)
                b_bar[i] += Z[s * ld + i];
    }
}

/* Columns j .. j + count - 1 of A_bar_l from `columns` streams of layers l - 1 and l */
static void T(weights_of)(const struct T(jet_sweep) *sweep, int32_t l, int64_t j, int64_t count,
                          int64_t columns, const REAL *Z_bar, const REAL *Y, int continued)
{
    const int64_t *ld = sweep->group.tape->ld;
    const mlpi_gradient *gradient = &sweep->gradients[l - 1];
    T(weight_product)(sweep->group.chain->plan, sweep->group.chain->layers[l - 1].n_out, count, columns,
                      Z_bar, ld[l], Y + j, ld[l - 1], (REAL *)gradient->A + j * gradient->lda, gradient->lda,
                      continued ? MLPI_START_CONTINUE : MLPI_START_ZERO);
}

/* Columns j .. end - 1 of A_bar_1: y2 = 0 there, so of each group y0 and y1 alone */
static void T(first_weights)(const struct T(jet_sweep) *sweep, int64_t first, int64_t last, int64_t j,
                             int64_t end)
{
    struct T(jet_group) group = sweep->group;
    const int64_t most = group_samples(&group.jet);
    for (group.first = first; group.first < last; group.first += most) {
        group.samples = last - group.first < most ? last - group.first : most;
        T(weights_of)(sweep, 1, j, end - j, T(stream_at)(&group, 2), T(z_of)(&group, 1, 0),
                      T(y_of)(&group, 0, 0), group.first > 0);
    }
}

/* Samples first .. last - 1: the part of thread `index` in all gradients */
static void T(pull_weights)(const struct T(jet_sweep) *sweep, int64_t first, int64_t last, int32_t index,
                            int32_t count)
{
    struct T(jet_group) group = sweep->group;
    const int64_t columns = (last - first) * mlpi_jet_streams(&group.jet);
    group.first = first;
    for (int32_t l = 1; l <= group.chain->count; l++) {
        int64_t j, end;
        mlpi_plan_share(group.chain->layers[l - 1].n_in, 1, index, count, &j, &end);
        if (l == 1 && j < end)
            T(first_weights)(sweep, first, last, j, end);
        else if (j < end)
            T(weights_of)(sweep, l, j, end - j, columns, T(z_of)(&group, l, 0), T(y_of)(&group, l - 1, 0),
                          first > 0);
        if (l % count == index)
            T(bias_of)(sweep, first, last, l);
    }
}

/* Samples whose streams fit the second cache, in whole groups. */
static int64_t T(chunk_of)(const struct T(jet_sweep) *sweep)
{
    const struct T(jet_group) *group = &sweep->group;
    const int64_t most = group_samples(&group->jet);
    int64_t bytes = group->tape->ld[0];
    for (int32_t l = 1; l <= group->chain->count; l++)
        bytes += 2 * group->tape->ld[l];
    bytes *= (int64_t)sizeof(REAL) * mlpi_jet_streams(&group->jet);
    return larger(1, MLPI_JET_CHUNK_BYTES / bytes / most) * most;
}

static void T(pull_task)(void *context, int32_t index, int32_t count)
{
    const struct T(jet_sweep) *sweep = context;
    mlpi_pool *pool = sweep->group.chain->plan->pool;
    const int64_t chunk = sweep->gradients ? T(chunk_of)(sweep) : sweep->batch;
    for (int64_t s = 0, last; s < sweep->batch; s = last) {
        last = sweep->batch - s < chunk ? sweep->batch : s + chunk;
        T(for_groups)(sweep, s, last, index, count, T(pull_group));
        if (!sweep->gradients)
            return;
        mlpi_pool_wait(pool, count);
        T(pull_weights)(sweep, s, last, index, count);
    }
}

void T(mlpi_jet_pull)(const mlpi_chain *chain, const mlpi_tape *tape, mlpi_jet_memory *memory, int64_t batch,
                      const T(mlpi_stream) streams[4], const REAL *out_scale, const mlpi_gradient *gradients,
                      const REAL *in_scale, REAL *x_bar, int64_t ldx)
{
    const uint64_t mode = mlpi_plan_enter(chain->plan);
    struct T(jet_sweep) sweep = {
        .group = {.chain = chain, .tape = tape, .memory = memory, .jet = memory->held},
        .batch = batch,
        .streams = streams,
        .out_scale = out_scale,
        .in_scale = in_scale,
        .gradients = gradients,
        .x_bar = x_bar,
        .ldx = ldx,
    };
    mlpi_pool_run(chain->plan->pool, threads_for(chain, batch, &memory->held), T(pull_task), &sweep);
    memory->held.groups = 0;
    mlpi_plan_leave(chain->plan, mode);
}
