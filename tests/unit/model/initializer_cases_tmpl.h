/* The golden net, for both number types; included by test_initializer.c. */

/* Fingerprint of A and b of all layers, stored with a padded leading dimension. */
static uint64_t T(fingerprint_net)(const mlpi_initializer *kind)
{
    uint64_t fingerprint = fingerprint_start;
    for (int32_t layer = 1; layer < GOLDEN_WIDTHS; layer++) {
        const int64_t n_out = golden_widths[layer], n_in = golden_widths[layer - 1], lda = n_out + layer;
        REAL A[32 * 32], b[32];
        assert_int_equal(T(mlpi_initializer_fill)(kind, golden_parameter, 20240607, layer, golden_omega,
                                                  n_out, n_in, A, lda, b),
                         MLP_OK);
        for (int64_t j = 0; j < n_in; j++)
            for (int64_t i = 0; i < n_out; i++)
                fingerprint = T(fingerprint_add)(fingerprint, A[i + j * lda]);
        for (int64_t i = 0; i < n_out; i++)
            fingerprint = T(fingerprint_add)(fingerprint, b[i]);
    }
    return fingerprint;
}

/* Elements outside A keep their value, whatever the leading dimension, and those inside do not depend on it. */
static void T(check_padding)(const mlpi_initializer *kind)
{
    enum { N_OUT = 5, N_IN = 4, LDA = 9 };
    REAL tight[N_OUT * N_IN], padded[LDA * N_IN], b[N_OUT + 1], b_tight[N_OUT];
    for (int i = 0; i < LDA * N_IN; i++)
        padded[i] = 77;
    b[N_OUT] = 77;
    T(mlpi_initializer_fill)(kind, 0.5, 3, 2, 4, N_OUT, N_IN, tight, N_OUT, b_tight);
    T(mlpi_initializer_fill)(kind, 0.5, 3, 2, 4, N_OUT, N_IN, padded, LDA, b);
    for (int j = 0; j < N_IN; j++)
        for (int i = 0; i < LDA; i++)
            assert_true(padded[i + j * LDA] == (i < N_OUT ? tight[i + j * N_OUT] : 77));
    assert_memory_equal(b, b_tight, sizeof b_tight);
    assert_true(b[N_OUT] == 77);
}

/* Without memory the orthogonal kind fails and writes nothing. */
static void T(check_memory_failure)(void)
{
    const mlpi_initializer *kind = mlpi_initializer_of(MLP_INIT_ORTHOGONAL);
    for (int allowed = 0; allowed < 2; allowed++) {
        REAL A[6] = {1, 2, 3, 4, 5, 6}, b[3] = {7, 8, 9};
        allocations_left = allowed;
        const mlp_status status = T(mlpi_initializer_fill)(kind, 1, 1, 1, 1, 3, 2, A, 3, b);
        allocations_left = -1;
        assert_int_equal(status, MLP_ERR_MEMORY);
        for (int i = 0; i < 6; i++)
            assert_true(A[i] == (REAL)(i + 1));
        assert_true(b[0] == 7 && b[1] == 8 && b[2] == 9);
        assert_int_equal(allocations_held, 0);
    }
}
