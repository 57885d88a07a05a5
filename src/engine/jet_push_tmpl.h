/* Template: jets forward. */

mlp_status T(mlpi_jet_prepare)(const mlpi_chain *chain, const mlpi_tape *tape, mlpi_jet_memory *memory,
                               int32_t order, int64_t batch)
{
    for (int32_t l = 1; l <= chain->count; l++) {
        const mlpi_layer *layer = &chain->layers[l - 1];
        for (int32_t k = 2; k <= order && layer->activation->custom; k++) {
            const mlpi_jet_layer *own = &memory->layers[l];
            REAL *out = k == 2 ? own->second : own->third;
            const int64_t ld = tape->ld[l];
            for (int64_t s = 0; s < batch && k > memory->curves; s++) {
                const mlp_status status = T(mlpi_activation_apply)(
                    layer->activation, k, layer->n_out, (const REAL *)tape->z[l] + s * ld, out + s * ld);
                if (status != MLP_OK)
                    return status;
            }
        }
    }
    memory->curves = order > memory->curves ? order : memory->curves;
    return MLP_OK;
}

/* Directions of sample s, into n_0 x (M P) columns. */
static void T(load_directions)(const struct T(jet_sweep) *sweep, int64_t s, REAL *out, int64_t ld)
{
    const T(mlpi_directions) *from = sweep->directions;
    const int64_t n = sweep->group.chain->layers[0].n_in,
                  count = sweep->group.jet.groups * sweep->group.jet.size;
    if (from->v) {
        T(copy_stream)(n, count, from->scale, from->v + s * from->stride, from->ldv, out, ld);
        return;
    }
    for (int64_t d = 0; d < count; d++) {
        memset(out + d * ld, 0, (size_t)n * sizeof(REAL));
        out[d * ld + from->unit + d] = from->scale ? from->scale[from->unit + d] : 1;
    }
}

/* Where all samples have the same directions: z1 = A_1 v, n_1 x (M P), once for all of them */
static void T(push_base)(const struct T(jet_sweep) *sweep)
{
    const struct T(jet_group) *group = &sweep->group;
    const mlpi_layer *layer = &group->chain->layers[0];
    REAL *V = group->memory->layers[0].y;
    if (sweep->directions->stride != 0)
        return;
    T(load_directions)(sweep, 0, V, group->tape->ld[0]);
    T(push_product)(group->chain->plan, layer->n_out, layer->n_in, layer->A, layer->lda,
                    group->jet.groups * group->jet.size, V, group->tape->ld[0], group->memory->base,
                    group->tape->ld[1], MLPI_START_ZERO, NULL);
}

/* z1 = A_1 v, one product for all samples where they share their directions; z2 = z3 = 0 */
static void T(push_directions)(const struct T(jet_sweep) *sweep, const struct T(jet_group) *group)
{
    const mlpi_layer *layer = &group->chain->layers[0];
    const int64_t ld = group->tape->ld[1], below = group->tape->ld[0],
                  count = group->jet.groups * group->jet.size;
    REAL *V = T(y_of)(group, 0, 1), *Z = T(z_of)(group, 1, 1), *rest = T(z_of)(group, 1, 2);
    for (int64_t s = 0; s < group->samples; s++)
        T(load_directions)(sweep, group->offset + group->first + s, V + s * count * below, below);
    for (int64_t s = 0; s < group->samples && sweep->directions->stride == 0; s++)
        memcpy(Z + s * count * ld, group->memory->base, (size_t)(count * ld) * sizeof(REAL));
    if (sweep->directions->stride != 0)
        T(push_product)(group->chain->plan, layer->n_out, layer->n_in, layer->A, layer->lda,
                        group->samples * count, V, below, Z, ld, MLPI_START_ZERO, NULL);
    memset(rest, 0, (size_t)(T(z_of)(group, 1, group->jet.order + 1) - rest) * sizeof(REAL));
}

/* y_k of layer l from its z_k */
static void T(push_activation)(const struct T(jet_group) *group, int32_t l)
{
    const int64_t ld = group->tape->ld[l];
    if (!mlpi_activation_is_identity(group->chain->layers[l - 1].activation)) {
        const T(mlpi_jet_run) run = T(run_of)(group, l, group->jet.order, T(y_of)(group, l, 0));
        group->chain->plan->jets->REAL_KIND.push(&run);
    } else if (l < group->chain->count) {
        const int64_t columns = T(stream_at)(group, group->jet.order + 1) - group->samples;
        memcpy(T(y_of)(group, l, 1), T(z_of)(group, l, 1), (size_t)(columns * ld) * sizeof(REAL));
    }
}

static void T(push_group)(const struct T(jet_sweep) *sweep, const struct T(jet_group) *group)
{
    const int32_t L = group->chain->count;
    const int64_t columns = T(stream_at)(group, group->jet.order + 1) - group->samples;
    const int ends_linear = mlpi_activation_is_identity(group->chain->layers[L - 1].activation);
    T(push_directions)(sweep, group);
    T(push_activation)(group, 1);
    for (int32_t l = 2; l <= L; l++) {
        const mlpi_layer *layer = &group->chain->layers[l - 1];
        /* [Z1 Z2 Z3] = A [Y1 Y2 Y3] */
        T(push_product)(group->chain->plan, layer->n_out, layer->n_in, layer->A, layer->lda, columns,
                        T(y_of)(group, l - 1, 1), group->tape->ld[l - 1], T(z_of)(group, l, 1),
                        group->tape->ld[l], MLPI_START_ZERO, NULL);
        T(push_activation)(group, l);
    }
    for (int32_t k = 1; k <= group->jet.order; k++) {
        const T(mlpi_stream) *stream = &sweep->streams[k];
        const int64_t each = group->jet.groups * (k == 1 ? group->jet.size : 1);
        if (stream->out)
            T(copy_stream)(group->chain->layers[L - 1].n_out, group->samples * each, sweep->out_scale,
                           ends_linear ? T(z_of)(group, L, k) : T(y_of)(group, L, k), group->tape->ld[L],
                           stream->out + group->first * each * stream->ld, stream->ld);
    }
}

static void T(push_task)(void *context, int32_t index, int32_t count)
{
    const struct T(jet_sweep) *sweep = context;
    T(for_groups)(sweep, 0, sweep->batch, index, count, T(push_group));
}

void T(mlpi_jet_push)(const mlpi_chain *chain, const mlpi_tape *tape, mlpi_jet_memory *memory,
                      const mlpi_jet *jet, const T(mlpi_directions) *directions, int64_t first, int64_t batch,
                      const T(mlpi_stream) streams[4], const REAL *out_scale)
{
    const uint64_t mode = mlpi_plan_enter(chain->plan);
    struct T(jet_sweep) sweep = {
        .group = {.chain = chain, .tape = tape, .memory = memory, .jet = *jet, .offset = first},
        .batch = batch,
        .directions = directions,
        .streams = streams,
        .out_scale = out_scale,
    };
    T(push_base)(&sweep);
    mlpi_pool_run(chain->plan->pool, threads_for(chain, batch, jet), T(push_task), &sweep);
    memory->held = *jet;
    mlpi_plan_leave(chain->plan, mode);
}
