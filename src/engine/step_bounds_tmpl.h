/* Template: what no number of a step exceeds. */

/* y_l of samples s .. end - 1: the largest magnitude */
static double T(largest_input)(const struct T(chunk) *chunk, int32_t l, int64_t s, int64_t end)
{
    const T(mlpi_kernels) *kernels = &chunk->step->chain->plan->kernels->REAL_KIND;
    const mlpi_step_layer *at = &chunk->step->memory->layers[l];
    const int64_t n = chunk->step->chain->layers[l].n_in;
    int64_t ld = at->ld;
    if (l > 0 && chunk->step->chain->layers[l - 1].activation->kind->bounded)
        return at->mask ? 1 / (1 - chunk->step->dropout->rates[l]) : 1;
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

/* |A_l| and |b_l| of every layer, by looking at them */
static void T(look_at_params)(const T(mlpi_step) *step)
{
    mlpi_step_memory *memory = step->memory;
    const T(mlpi_kernels) *kernels = &step->chain->plan->kernels->REAL_KIND;
    for (int32_t l = 1; l <= step->chain->count; l++) {
        const mlpi_layer *layer = &step->chain->layers[l - 1];
        const double weight = (double)kernels->largest(layer->n_in, layer->n_out, layer->A, layer->lda);
        memory->layers[l].weight =
            fmax(weight, (double)kernels->largest(1, layer->n_out, layer->b, layer->n_out));
    }
    memory->looked = 1;
    memory->age = 0;
}

/* After an update by rate times a gradient whose elements are at most `bound`, rounded once or twice */
static void T(widen)(const T(mlpi_step) *step, int32_t l, double bound)
{
    double *weight = &step->memory->layers[l].weight;
    *weight = (*weight + fabs(step->rate) * bound) * (1 + 4 * (double)REAL_STEP);
}

/*
 * Whether all z_l, Delta_l and gradients of the chunk are finite, from |z| <= n |A| |y| + |b| and |G| <= n |A| |Delta| with
 * the largest y and the cotangents of y_L as they are. A factor of 2 leaves room for rounding.
 */
static int T(stays_finite)(const struct T(chunk) *chunk)
{
    const T(mlpi_step) *step = chunk->step;
    const double most = (double)REAL_LARGEST / 2, count = (double)chunk->count;
    const int32_t L = step->chain->count;
    const mlpi_step_layer *layers = step->memory->layers;
    double delta = (double)step->chain->plan->kernels->REAL_KIND.largest(
        chunk->count, step->chain->layers[L - 1].n_out, layers[L].delta, layers[L].ld);
    for (int32_t l = L; l >= 1; l--) {
        const mlpi_layer *layer = &step->chain->layers[l - 1];
        const double input = layers[l].input;
        delta *= mlpi_activation_steepest(layer->activation);
        if (!(layers[l].weight * ((double)layer->n_in * input + 1) < most && delta * count * input < most))
            return 0;
        delta *= layers[l].weight * (double)layer->n_out;
    }
    return 1;
}

/* The same, with the bounds made anew where they may have grown for nothing. */
static int T(can_descend)(const struct T(chunk) *chunk)
{
    enum { OLD = 256 }; /* steps, against which a look at all parameters is little */
    mlpi_step_memory *memory = chunk->step->memory;
    for (int32_t l = 1; l <= chunk->step->chain->count; l++)
        memory->layers[l].input = fmax(T(largest_input)(chunk, l - 1, 0, chunk->count), 1);
    memory->age++;
    if (memory->looked && T(stays_finite)(chunk))
        return 1;
    if (memory->looked && memory->age < OLD)
        return 0;
    T(look_at_params)(chunk->step);
    return T(stays_finite)(chunk);
}
