/* Template: a group of samples, its streams and its slopes. */

/* Samples first .. first + samples - 1 of a jet. */
struct T(jet_group) {
    const mlpi_chain *chain;
    const mlpi_tape *tape;
    mlpi_jet_memory *memory;
    mlpi_jet_room *room;
    mlpi_jet jet;
    int64_t offset;         /* of the jet's first sample in the tape */
    int64_t first, samples; /* in the jet */
};

/* Where stream k begins in a group's matrix, in columns; k = order + 1: where it ends. */
static int64_t T(stream_at)(const struct T(jet_group) *group, int32_t k)
{
    const int64_t S = group->samples, M = group->jet.groups, P = group->jet.size;
    return k == 0 ? 0 : k == 1 ? S : S * (1 + M * P + (k - 2) * M);
}

/* Column of the group's first stream in the layers' matrices. */
static int64_t T(group_at)(const struct T(jet_group) *group)
{
    return group->first * mlpi_jet_streams(&group->jet);
}

static REAL *T(z_of)(const struct T(jet_group) *group, int32_t l, int32_t k)
{
    return (REAL *)group->memory->layers[l].z +
           (T(group_at)(group) + T(stream_at)(group, k)) * group->tape->ld[l];
}

static REAL *T(y_of)(const struct T(jet_group) *group, int32_t l, int32_t k)
{
    return (REAL *)group->memory->layers[l].y +
           (T(group_at)(group) + T(stream_at)(group, k)) * group->tape->ld[l];
}

/* sigma_l^(k), k = 1, 2, 3, at the group's samples, column s at s ld_l: stored by a callback, or computed into the room */
static const REAL *T(slopes_of)(const struct T(jet_group) *group, int32_t l, int32_t k)
{
    const mlpi_layer *layer = &group->chain->layers[l - 1];
    const mlpi_jet_layer *own = &group->memory->layers[l];
    const int64_t ld = group->tape->ld[l], at = (group->offset + group->first) * ld;
    void *const stored[] = {group->tape->slope[l], own->second, own->third};
    if (layer->activation->custom)
        return (const REAL *)stored[k - 1] + at;
    const struct T(mlpi_vectors) *vectors = T(mlpi_vectors_of)(group->chain->plan, layer);
    const REAL *t = (const REAL *)(group->tape->z[l] ? group->tape->z[l] : group->tape->y[l]) + at;
    REAL *out = group->room->slopes[k - 1];
    const T(mlpi_vector) functions[] = {vectors->slope, vectors->second, vectors->third};
    functions[k - 1](group->samples, layer->n_out, t, ld, out, ld, layer->activation->parameter);
    return out;
}

/* The group at layer l for the kernels, with the first `slopes` derivatives of sigma; y from `y`, streams in a row */
static T(mlpi_jet_run) T(run_of)(const struct T(jet_group) *group, int32_t l, int32_t slopes, REAL *y)
{
    const int64_t ld = group->tape->ld[l];
    T(mlpi_jet_run) run = {.n = group->chain->layers[l - 1].n_out,
                           .samples = group->samples,
                           .groups = group->jet.groups,
                           .size = group->jet.size,
                           .order = group->jet.order,
                           .is_straight = !mlpi_activation_is_curved(group->chain->layers[l - 1].activation),
                           .lds = ld,
                           .ld = ld,
                           .weights = group->memory->has_weights ? group->memory->weights : NULL};
    for (int32_t k = 0; k < (run.is_straight ? 1 : slopes); k++)
        run.slopes[k] = T(slopes_of)(group, l, k + 1);
    for (int32_t k = 0; k <= group->jet.order; k++) {
        run.z[k] = T(z_of)(group, l, k);
        run.y[k] = y + T(stream_at)(group, k) * ld;
    }
    return run;
}

/* out (n x count) = scale o in, columns of the border */
static void T(copy_stream)(int64_t n, int64_t count, const REAL *scale, const REAL *in, int64_t ldi,
                           REAL *out, int64_t ldo)
{
    T(mlpi_scale_columns)(n, count, scale, NULL, in, ldi, out, ldo);
}

/* What the threads of a sweep are given: they share the groups of samples. */
struct T(jet_sweep) {
    struct T(jet_group) group; /* but for room, first and samples */
    int64_t batch;
    const T(mlpi_directions) *directions;
    const T(mlpi_stream) *streams;
    const REAL *out_scale, *in_scale;
    const mlpi_gradient *gradients;
    REAL *x_bar;
    int64_t ldx;
};

/* Part `index` of `count` of the groups of samples first .. last - 1, each to `step`. */
static void T(for_groups)(const struct T(jet_sweep) *sweep, int64_t first, int64_t last, int32_t index,
                          int32_t count,
                          void (*step)(const struct T(jet_sweep) *, const struct T(jet_group) *))
{
    const int64_t samples = group_samples(&sweep->group.jet);
    int64_t s, end;
    mlpi_plan_share(last - first, samples, index, count, &s, &end);
    for (s += first, end += first; s < end; s += samples) {
        struct T(jet_group) group = sweep->group;
        group.room = &group.memory->rooms[index];
        group.first = s;
        group.samples = end - s < samples ? end - s : samples;
        step(sweep, &group);
    }
}
