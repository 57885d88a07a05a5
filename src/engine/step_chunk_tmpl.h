/* Template: what the threads of a step share. */

/* One chunk of a step: what all its threads read. */
struct T(chunk) {
    const T(mlpi_step) *step;
    int64_t first, count; /* of its samples in the batch */
    int by_columns;       /* how the samples phase goes */
    int continued;        /* the gradients have been begun by an earlier chunk */
    int fused;            /* the parameters are updated, no gradient is stored */
    int few;              /* of plain descent: the parameters might be updated on the way down */
};

static REAL *T(at)(void *matrix, int64_t index)
{
    return (REAL *)matrix + index;
}

/* The losses of samples s .. s + count - 1 of the chunk, group by group; their outputs become cotangents. */
static void T(take_losses)(const struct T(chunk) *chunk, int64_t s, int64_t count)
{
    const T(mlpi_step) *step = chunk->step;
    for (int64_t end = s + count, size; s < end; s += size) {
        const int64_t first = chunk->first + s;
        size = end - s < MLPI_STEP_GROUP ? end - s : MLPI_STEP_GROUP;
        step->memory->sums[s / MLPI_STEP_GROUP] =
            step->loss(step->context, first, size, step->y + first * step->ldy, step->ldy);
    }
}
