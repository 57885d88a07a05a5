/* Template: what the threads of a step share. */

/* One chunk of a step: what all its threads read. */
struct T(chunk) {
    const T(mlpi_step) *step;
    int64_t first, count; /* of its samples in the batch */
    int by_columns;       /* how the samples phase goes */
    int continued;        /* the gradients have been begun by an earlier chunk */
    int fused;            /* the parameters are updated, no gradient is stored */
};

static REAL *T(at)(void *matrix, int64_t index)
{
    return (REAL *)matrix + index;
}
