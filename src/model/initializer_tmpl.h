/* Filling a layer, for both number types; included by initializer.c. */

static void T(fill_elements)(const mlpi_initializer_layer *layer, const mlpi_initializer *kind, double scale,
                             const mlpi_random *stream, REAL *A, int64_t lda)
{
    for (int64_t j = 0; j < layer->n_in; j++)
        for (int64_t i = 0; i < layer->n_out; i++)
            A[i + j * lda] = (REAL)(scale * kind->variate(stream, (uint64_t)(i + j * layer->n_out)));
}

/* A = scale Q for a tall layer, scale Q^T for a wide one. */
static mlp_status T(fill_orthogonal)(const mlpi_initializer_layer *layer, double scale,
                                     const mlpi_random *stream, REAL *A, int64_t lda)
{
    double *Q;
    const mlp_status status = draw_orthogonal(layer, stream, &Q);
    if (status != MLP_OK)
        return status;
    const int tall = layer->n_out >= layer->n_in;
    const int64_t row = tall ? 1 : layer->n_in, column = tall ? layer->n_out : 1;
    for (int64_t j = 0; j < layer->n_in; j++)
        for (int64_t i = 0; i < layer->n_out; i++)
            A[i + j * lda] = (REAL)(scale * Q[i * row + j * column]);
    mlpi_free(Q);
    return MLP_OK;
}

/* The biases continue the layer's stream behind its weights. */
static void T(fill_bias)(const mlpi_initializer_layer *layer, const mlpi_initializer *kind,
                         const mlpi_random *stream, REAL *b)
{
    const double bound = kind->bias_bound ? kind->bias_bound(layer) : 0;
    for (int64_t i = 0; i < layer->n_out; i++)
        b[i] = bound > 0 ? (REAL)(bound * symmetric(stream, (uint64_t)(layer->n_out * layer->n_in + i))) : 0;
}

mlp_status T(mlpi_initializer_fill)(const mlpi_initializer *kind, double parameter, uint64_t seed,
                                    int32_t layer, double omega, int64_t n_out, int64_t n_in, REAL *A,
                                    int64_t lda, REAL *b)
{
    const mlpi_initializer_layer shape = {.index = layer, .n_out = n_out, .n_in = n_in, .omega = omega};
    const mlpi_random stream = mlpi_random_stream(seed, MLPI_RANDOM_INITIALIZER, (uint64_t)layer);
    const double scale = kind->scale(&shape, parameter);
    if (kind->variate) {
        T(fill_elements)(&shape, kind, scale, &stream, A, lda);
    } else {
        const mlp_status status = T(fill_orthogonal)(&shape, scale, &stream, A, lda);
        if (status != MLP_OK)
            return status;
    }
    T(fill_bias)(&shape, kind, &stream, b);
    return MLP_OK;
}
