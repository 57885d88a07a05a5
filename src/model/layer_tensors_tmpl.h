/* Template: weights in the row-major order of files, out and in. */

/* A weight's elements, for the container to write. */
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

/* A from its elements in row-major order, through a chunk on the stack. */
static mlp_status T(read_weight)(const mlpi_safetensors_tensor *tensor, const mlpi_layer *at)
{
    REAL chunk[CHUNK], *A = at->A;
    int64_t i = 0, j = 0;
    for (int64_t start = 0; start < tensor->count; start += CHUNK) {
        const int64_t count = tensor->count - start < CHUNK ? tensor->count - start : CHUNK;
        const mlp_status status = T(mlpi_safetensors_read)(tensor, start, count, chunk);
        if (status != MLP_OK)
            return status;
        for (int64_t k = 0; k < count; k++) {
            A[i + j * at->lda] = chunk[k];
            if (++j == at->n_in) {
                j = 0;
                i++;
            }
        }
    }
    return MLP_OK;
}

static mlp_status T(read_layer)(const mlpi_safetensors_tensor *weight, const mlpi_safetensors_tensor *bias,
                                const mlpi_layer *at)
{
    const mlp_status status = T(read_weight)(weight, at);
    return status == MLP_OK ? T(mlpi_safetensors_read)(bias, 0, at->n_out, at->b) : status;
}
