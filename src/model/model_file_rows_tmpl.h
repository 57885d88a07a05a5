/* Template: a weight's elements in the row-major order of files, for the container to write. */

static mlp_status T(supply_rows)(void *context, int64_t start, int64_t count, void *elements)
{
    const mlpi_layer *at = context;
    const REAL *A = at->A;
    REAL *out = elements;
    int64_t i = start / at->n_in, j = start % at->n_in;
    for (int64_t k = 0; k < count; k++) {
        out[k] = A[i + j * at->lda];
        if (++j == at->n_in) {
            j = 0;
            i++;
        }
    }
    return MLP_OK;
}
