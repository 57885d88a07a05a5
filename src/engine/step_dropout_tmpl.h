/* Template: dropout in the samples phase. */

/* What lies between the runs of y_l and its mask: samples along the runs by columns, units by rows. */
static int64_t T(run_distance)(const struct T(chunk) *chunk, int32_t l)
{
    return chunk->by_columns ? chunk->step->memory->ld : chunk->step->memory->layers[l].ld;
}

static void T(drop_units)(const struct T(chunk) *chunk, int32_t l, int64_t s, int64_t count)
{
    const T(mlpi_step) *step = chunk->step;
    const mlpi_step_layer *layer = &step->memory->layers[l];
    const mlpi_dropout_kernels *kernels = mlpi_dropout_kernels_best();
    const mlpi_dropout_layer at = mlpi_dropout_of(step->dropout, l);
    const int64_t n = l ? step->chain->layers[l - 1].n_out : step->chain->layers[0].n_in;
    const int64_t ld = T(run_distance)(chunk, l), from = chunk->by_columns ? s : s * ld;
    const int64_t runs = chunk->by_columns ? n : count, length = chunk->by_columns ? count : n;
    REAL *Y = T(at)(layer->y, from), *M = T(at)(layer->mask, from);
    for (int64_t j = 0; layer->kept && j < runs; j++)
        memcpy(T(at)(layer->kept, from) + j * ld, Y + j * ld, (size_t)length * sizeof(REAL));
    (chunk->by_columns ? kernels->T(by_columns) : kernels->T(by_rows))(&at, chunk->first + s, count, n, M,
                                                                       ld);
    kernels->T(multiply)(runs, length, M, ld, Y, ld);
}

/* y_l of samples s .. s + count - 1 of the chunk loses some units; the mask stays for the way back, and y_l where sigma' reads it. */
static inline void T(drop)(const struct T(chunk) *chunk, int32_t l, int64_t s, int64_t count)
{
    if (chunk->step->memory->layers[l].mask)
        T(drop_units)(chunk, l, s, count);
}

/* Delta_l = M_l o Delta_l: `runs` of `length` from element `from` of the mask on */
static void T(drop_cotangent)(const struct T(chunk) *chunk, int32_t l, int64_t from, int64_t runs,
                              int64_t length, REAL *Delta, int64_t ldd)
{
    const mlpi_step_layer *layer = &chunk->step->memory->layers[l];
    if (layer->mask)
        mlpi_dropout_kernels_best()->T(multiply)(runs, length, T(at)(layer->mask, from),
                                                 T(run_distance)(chunk, l), Delta, ldd);
}

/* What sigma_l' reads. */
static REAL *T(slope_input)(const mlpi_step_layer *layer, int64_t from)
{
    return T(at)(layer->kept ? layer->kept : layer->z ? layer->z : layer->y, from);
}
