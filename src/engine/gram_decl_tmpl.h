/* A matrix whose columns are samples: Delta of a layer, or its input Y. */
typedef struct T(mlpi_samples) {
    int64_t n; /* rows */
    const REAL *X;
    int64_t ld;
} T(mlpi_samples);

/* Samples of a panel, at most. */
int64_t T(mlpi_gram_panel)(const mlpi_plan *plan);

/*
 * Adds one layer's part, Delta and Y, for samples t = first .. first + count - 1 of a panel: to rows t of columns
 * s = 0 .. first + count - 1 of K.
 */
void T(mlpi_gram_add)(const mlpi_plan *plan, const mlpi_gram *memory, const T(mlpi_samples) layer[2],
                      int64_t first, int64_t count, REAL *K, int64_t ldk);
