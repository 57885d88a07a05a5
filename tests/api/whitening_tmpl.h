/* Template: principal components and whitening, in one number type. */

/* Samples m + Q diag(deviations) g with normal g */
static void T(make_inputs)(const double *deviations, REAL *x)
{
    double Q[N_IN * N_IN];
    draw d = {17};
    make_rotation(Q);
    for (int s = 0; s < SAMPLES; s++) {
        double g[N_IN];
        for (int k = 0; k < N_IN; k++)
            g[k] = deviations[k] * draw_normal(&d);
        for (int i = 0; i < N_IN; i++) {
            double sum = 10 * i - 20;
            for (int k = 0; k < N_IN; k++)
                sum += Q[i + k * N_IN] * g[k];
            x[i + s * LDX] = (REAL)sum;
        }
    }
}

static const double T(deviations)[N_IN] = {0.5, 4, 1, 2, 0.125};

/* K (k x k) = the covariance of W (x - mean), in double; weights NULL is 1 */
static void T(covariance)(int64_t k, const REAL *W, const REAL *x, const REAL *weights, double *K)
{
    double mean[LDW] = {0}, sum = 0;
    memset(K, 0, (size_t)(k * k) * sizeof *K);
    for (int pass = 0; pass < 2; pass++)
        for (int s = 0; s < SAMPLES; s++) {
            double u[LDW];
            const double weight = weights ? (double)weights[s] : 1;
            for (int64_t p = 0; p < k; p++) {
                u[p] = pass ? -mean[p] / sum : 0;
                for (int i = 0; i < N_IN; i++)
                    u[p] += (double)W[p + i * LDW] * (double)x[i + s * LDX];
                mean[p] += pass ? 0 : weight * u[p];
            }
            sum += pass ? 0 : weight;
            for (int64_t p = 0; p < k && pass; p++)
                for (int64_t q = 0; q < k; q++)
                    K[p + q * k] += weight * u[p] * u[q] / sum;
        }
}

/* Orthonormal rows, variances that fall and are what the samples have along them, no correlation; the mean. */
static void T(test_components)(void **state)
{
    static REAL x[LDX * SAMPLES];
    REAL W[LDW * N_IN], mean[N_IN], variances[N_IN];
    double K[N_IN * N_IN];
    int64_t k = 0;
    (void)state;
    T(make_inputs)(T(deviations), x);
    accepted(T(mlp_pca)(N_IN, SAMPLES, x, LDX, NULL, N_IN, 1, W, LDW, mean, variances, &k));
    assert_int_equal(k, N_IN);
    T(covariance)(k, W, x, NULL, K);
    for (int p = 0; p < N_IN; p++) {
        double largest = 0;
        for (int q = 0; q < N_IN; q++) {
            double inner = p == q ? -1 : 0;
            for (int i = 0; i < N_IN; i++)
                inner += (double)W[p + i * LDW] * (double)W[q + i * LDW];
            assert_true(fabs(inner) < 20 * EPSILON);
            assert_true(fabs(K[p + q * k] - (p == q ? (double)variances[p] : 0)) <
                        100 * EPSILON * (double)variances[0]);
        }
        for (int i = 0; i < N_IN; i++)
            if (fabs((double)W[p + i * LDW]) > fabs(largest))
                largest = (double)W[p + i * LDW];
        assert_true(largest > 0);
        assert_true(p == 0 || variances[p] < variances[p - 1]);
    }
    for (int i = 0; i < N_IN; i++) {
        double sum = 0;
        for (int s = 0; s < SAMPLES; s++)
            sum += (double)x[i + s * LDX] / SAMPLES;
        assert_true(fabs((double)mean[i] - sum) < 100 * EPSILON);
    }
}

/* The directions the samples were made of are found, and their variances. */
static void T(test_planted)(void **state)
{
    static const int order[N_IN] = {1, 3, 2, 0, 4};
    static REAL x[LDX * SAMPLES];
    REAL W[LDW * N_IN], variances[N_IN];
    double Q[N_IN * N_IN];
    (void)state;
    make_rotation(Q);
    T(make_inputs)(T(deviations), x);
    accepted(T(mlp_pca)(N_IN, SAMPLES, x, LDX, NULL, N_IN, 1, W, LDW, NULL, variances, NULL));
    for (int p = 0; p < N_IN; p++) {
        double inner = 0, expected = T(deviations)[order[p]];
        for (int i = 0; i < N_IN; i++)
            inner += (double)W[p + i * LDW] * Q[i + order[p] * N_IN];
        assert_true(fabs(inner) > 0.99); /* 700 samples do not tell more */
        assert_true(fabs((double)variances[p] / (expected * expected) - 1) < 0.2);
    }
}

/* k is the least number with the fraction, and max_components cuts it; what is not there is 0. */
static void T(test_fraction)(void **state)
{
    static REAL x[LDX * SAMPLES];
    REAL all[N_IN], W[LDW * N_IN], some[LDW * N_IN], variances[N_IN];
    double total = 0, sum = 0;
    int64_t k = 0;
    (void)state;
    T(make_inputs)(T(deviations), x);
    accepted(T(mlp_pca)(N_IN, SAMPLES, x, LDX, NULL, N_IN, 1, W, LDW, NULL, all, NULL));
    for (int i = 0; i < N_IN; i++)
        total += (double)all[i];
    for (int p = 1; p < N_IN; p++) {
        sum += (double)all[p - 1];
        for (int above = -1; above <= 1; above += 2) {
            const double fraction = sum / total * (1 + above * 1e-5);
            accepted(T(mlp_pca)(N_IN, SAMPLES, x, LDX, NULL, N_IN, fraction, some, LDW, NULL, variances, &k));
            assert_int_equal(k, above < 0 ? p : p + 1);
            for (int q = 0; q < N_IN; q++) {
                assert_true(variances[q] == (q < k ? all[q] : 0));
                for (int i = 0; i < N_IN; i++)
                    assert_true(some[q + i * LDW] == (q < k ? W[q + i * LDW] : 0));
            }
        }
        accepted(T(mlp_pca)(N_IN, SAMPLES, x, LDX, NULL, p, 1, NULL, 0, NULL, NULL, &k));
        assert_int_equal(k, p);
    }
    accepted(T(mlp_pca)(N_IN, SAMPLES, x, LDX, NULL, N_IN, 1e-9, NULL, 0, NULL, NULL, &k));
    assert_int_equal(k, 1);
}

/* A weight of 3 is three samples, one of 0 none. */
static void T(test_weights)(void **state)
{
    static REAL x[LDX * SAMPLES], repeated[N_IN * 3 * SAMPLES];
    REAL weights[SAMPLES], W[2][LDW * N_IN], mean[2][N_IN], variances[2][N_IN];
    int64_t count = 0;
    (void)state;
    T(make_inputs)(T(deviations), x);
    for (int s = 0; s < SAMPLES; s++) {
        weights[s] = (REAL)(s * 7 % 4);
        for (int r = 0; r < s * 7 % 4; r++)
            if (count < 3 * SAMPLES)
                memcpy(repeated + N_IN * count++, x + LDX * s, N_IN * sizeof *x);
    }
    accepted(T(mlp_pca)(N_IN, SAMPLES, x, LDX, weights, N_IN, 1, W[0], LDW, mean[0], variances[0], NULL));
    accepted(T(mlp_pca)(N_IN, count, repeated, N_IN, NULL, N_IN, 1, W[1], LDW, mean[1], variances[1], NULL));
    for (int i = 0; i < N_IN; i++) {
        assert_true(fabs((double)mean[0][i] - (double)mean[1][i]) < 1e3 * EPSILON);
        assert_true(fabs((double)variances[0][i] / (double)variances[1][i] - 1) < 1e4 * EPSILON);
        for (int p = 0; p < N_IN; p++)
            assert_true(fabs((double)W[0][p + i * LDW] - (double)W[1][p + i * LDW]) < 1e4 * EPSILON);
    }
}

/* Whitened inputs have the identity for their covariance, with weights and with fewer components as well. */
static void T(test_white)(void **state)
{
    static REAL x[LDX * SAMPLES];
    REAL W[LDW * N_IN], weights[SAMPLES];
    double K[N_IN * N_IN];
    (void)state;
    T(make_inputs)(T(deviations), x);
    for (int s = 0; s < SAMPLES; s++)
        weights[s] = (REAL)(1 + s % 5) / 3;
    for (int weighted = 0; weighted < 2; weighted++)
        for (int64_t most = 1; most <= N_IN; most++) {
            int64_t k = 0;
            accepted(T(mlp_whiten)(N_IN, SAMPLES, x, LDX, weighted ? weights : NULL, most, 1, 0, W, LDW, NULL,
                                   &k));
            assert_int_equal(k, most);
            T(covariance)(k, W, x, weighted ? weights : NULL, K);
            for (int64_t i = 0; i < k * k; i++)
                assert_true(fabs(K[i] - (i % (k + 1) == 0)) < 5e3 * EPSILON);
        }
}

/* A direction without variance stays small, and variances below epsilon count as that much. */
static void T(test_flat)(void **state)
{
    static const double flat[N_IN] = {1, 0, 2, 0.125, 0};
    static REAL x[LDX * SAMPLES];
    REAL W[LDW * N_IN];
    double K[N_IN * N_IN];
    int64_t k = 0;
    (void)state;
    T(make_inputs)(flat, x);
    accepted(T(mlp_whiten)(N_IN, SAMPLES, x, LDX, NULL, N_IN, 1, 0, W, LDW, NULL, &k));
    for (int i = 0; i < LDW * N_IN; i++)
        assert_true(i % LDW >= N_IN || fabs((double)W[i]) < 1e9);
    accepted(T(mlp_whiten)(N_IN, SAMPLES, x, LDX, NULL, N_IN, 1, 0.0625, W, LDW, NULL, &k));
    assert_int_equal(k, N_IN);
    T(covariance)(k, W, x, NULL, K);
    assert_true(fabs(K[0] - 1) < 1e4 * EPSILON && fabs(K[1 + k] - 1) < 1e4 * EPSILON);
    /* 0.125^2 is counted as 2^2 / 16, 16 times what it is */
    assert_true(fabs(K[2 + 2 * k] - 0.0625) < 0.02);
    assert_true(K[3 + 3 * k] < 1e4 * EPSILON * EPSILON * 1e3 && K[4 + 4 * k] < 1e4 * EPSILON * EPSILON * 1e3);
}

static void T(test_refusals)(void **state)
{
    static REAL x[LDX * SAMPLES];
    REAL weights[SAMPLES], W[LDW * N_IN], mean[N_IN], variances[N_IN];
    int64_t k = 77;
    (void)state;
    T(make_inputs)(T(deviations), x);
    for (int s = 0; s < SAMPLES; s++)
        weights[s] = s == 3 ? -1 : 1;
    for (int i = 0; i < LDW * N_IN; i++)
        W[i] = 77;
    for (int i = 0; i < N_IN; i++)
        mean[i] = variances[i] = 77;
    const struct {
        int64_t n_in, samples;
        const REAL *x;
        int64_t ldx;
        const REAL *weights;
        int64_t most;
        double fraction, epsilon;
        int64_t ldw;
        mlp_status status;
        const char *word;
    } cases[] = {
        {0, 9, x, LDX, NULL, 1, 1, 0, LDW, MLP_ERR_SIZE, "n_in = 0"},
        {INT64_MIN, 9, x, LDX, NULL, 1, 1, 0, LDW, MLP_ERR_SIZE, "n_in = -9"},
        {2147483648, 9, x, LDX, NULL, 1, 1, 0, LDW, MLP_ERR_SIZE, "n_in = 2147483648"},
        {N_IN, 0, x, LDX, NULL, 1, 1, 0, LDW, MLP_ERR_SIZE, "samples = 0"},
        {N_IN, INT64_MAX, x, LDX, NULL, 1, 1, 0, LDW, MLP_ERR_SIZE, "samples = 9"},
        {N_IN, 9, NULL, LDX, NULL, 1, 1, 0, LDW, MLP_ERR_ARGUMENT, "x = NULL"},
        {N_IN, 9, x, N_IN - 1, NULL, 1, 1, 0, LDW, MLP_ERR_SIZE, "ldx = 4"},
        {N_IN, 9, x, INT64_MAX, NULL, 1, 1, 0, LDW, MLP_ERR_SIZE, "ldx = 9"},
        {N_IN, 9, x, LDX, weights, 1, 1, 0, LDW, MLP_ERR_ARGUMENT, "weights[3] = -1"},
        {N_IN, 9, x, LDX, NULL, 0, 1, 0, LDW, MLP_ERR_SIZE, "max_components = 0"},
        {N_IN, 9, x, LDX, NULL, N_IN + 1, 1, 0, LDW, MLP_ERR_SIZE, "max_components = 6"},
        {N_IN, 9, x, LDX, NULL, 1, 0, 0, LDW, MLP_ERR_ARGUMENT, "fraction = 0"},
        {N_IN, 9, x, LDX, NULL, 1, 1.01, 0, LDW, MLP_ERR_ARGUMENT, "fraction = 1.01"},
        {N_IN, 9, x, LDX, NULL, 1, (double)NAN, 0, LDW, MLP_ERR_ARGUMENT, "fraction = "},
        {N_IN, 9, x, LDX, NULL, 3, 1, 0, 2, MLP_ERR_SIZE, "ldw = 2"},
        {N_IN, 9, x, LDX, NULL, 3, 1, 0, INT64_MIN, MLP_ERR_SIZE, "ldw = -9"},
        {N_IN, 1, x, LDX, NULL, 3, 1, 0, LDW, MLP_ERR_NUMERIC, "x: all samples are the same"},
        {N_IN, 9, x, LDX, NULL, 3, 1, -0.1, LDW, MLP_ERR_ARGUMENT,
         "epsilon = -0.1"}, /* from here on whiten alone */
        {N_IN, 9, x, LDX, NULL, 3, 1, 1, LDW, MLP_ERR_ARGUMENT, "epsilon = 1"},
        {N_IN, 9, x, LDX, NULL, 3, 1, (double)NAN, LDW, MLP_ERR_ARGUMENT, "epsilon = "},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        refused(T(mlp_whiten)(cases[i].n_in, cases[i].samples, cases[i].x, cases[i].ldx, cases[i].weights,
                              cases[i].most, cases[i].fraction, cases[i].epsilon, W, cases[i].ldw, mean, &k),
                cases[i].status, cases[i].word);
        if (cases[i].epsilon == 0)
            refused(T(mlp_pca)(cases[i].n_in, cases[i].samples, cases[i].x, cases[i].ldx, cases[i].weights,
                               cases[i].most, cases[i].fraction, W, cases[i].ldw, mean, variances, &k),
                    cases[i].status, cases[i].word);
    }
    x[LDX * 4 + 2] = (REAL)NAN;
    refused(T(mlp_pca)(N_IN, 9, x, LDX, NULL, 3, 1, W, LDW, mean, variances, &k), MLP_ERR_NUMERIC,
            "x: holds");
    x[LDX * 4 + 2] = (REAL)INFINITY;
    refused(T(mlp_whiten)(N_IN, 9, x, LDX, NULL, 3, 1, 0, W, LDW, mean, &k), MLP_ERR_NUMERIC, "x: holds");
    for (int i = 0; i < LDX * 9; i++)
        x[i] = (REAL)(i % LDX + 1) / 10;
    refused(T(mlp_pca)(N_IN, 9, x, LDX, NULL, 3, 1, W, LDW, mean, variances, &k), MLP_ERR_NUMERIC,
            "x: all samples");
    assert_int_equal(k, 77);
    for (int i = 0; i < LDW * N_IN; i++)
        assert_true(W[i] == 77 && mean[i % N_IN] == 77 && variances[i % N_IN] == 77);
}

static mlp_status T(whiten_some)(void *context)
{
    REAL W[LDW * N_IN];
    return T(mlp_whiten)(N_IN, SAMPLES, context, LDX, NULL, N_IN, 1, 0, W, LDW, NULL, NULL);
}

static void T(test_no_memory)(void **state)
{
    static REAL x[LDX * SAMPLES];
    (void)state;
    T(make_inputs)(T(deviations), x);
    assert_true(failing_allocator_sweep(T(whiten_some), x) == 6);
}
