/* Template: heads on a batch with room between the columns, against long double. */

static void T(reference)(mlp_head head, int64_t n, const REAL *y, long double *out)
{
    long double largest = -INFINITY, sum = 0;
    for (int64_t i = 0; i < n; i++)
        largest = y[i] > largest ? y[i] : largest;
    for (int64_t i = 0; i < n; i++)
        sum += expl(y[i] - largest);
    for (int64_t i = 0; i < n; i++)
        out[i] = head == MLP_HEAD_SOFTMAX   ? expl(y[i] - largest) / sum
                 : head == MLP_HEAD_SIGMOID ? 1 / (1 + expl(-(long double)y[i]))
                                            : y[i];
}

static mlp_model *T(model_with)(mlp_head head, int64_t n)
{
    const int64_t widths[] = {1, n};
    mlp_model *model;
    assert_int_equal(mlpi_model_create(REAL_DTYPE, 1, widths, MLP_IDENTITY, &model), MLP_OK);
    model->head = head;
    return model;
}

static void T(check_head)(mlp_head head, int64_t n, double reach)
{
    enum { BATCH = 5, ROOM = 3 };
    const int64_t ld = n + ROOM;
    const long double unit = REAL_BITS == 32 ? FLT_EPSILON : DBL_EPSILON;
    const long double tiny = REAL_BITS == 32 ? FLT_MIN : DBL_MIN;
    REAL *y = malloc((size_t)(ld * BATCH) * sizeof *y), *before = malloc((size_t)(ld * BATCH) * sizeof *y);
    long double *expected = malloc((size_t)n * sizeof *expected);
    draw random = {(uint64_t)(n * 1000 + head)};
    mlp_model *model = T(model_with)(head, n);
    for (int64_t k = 0; k < ld * BATCH; k++)
        before[k] = y[k] = (REAL)draw_real(&random, -reach, reach);
    T(mlpi_apply_head)(model, BATCH, y, ld);
    for (int64_t s = 0; s < BATCH; s++) {
        T(reference)(head, n, before + s * ld, expected);
        for (int64_t i = 0; i < n; i++) {
            const long double error = fabsl(y[i + s * ld] - expected[i]);
            /* the argument's rounding, |y - m| units, and the sum's */
            assert_true(error <= (2 * reach + 8) * unit * expected[i] + tiny || error == 0);
        }
        for (int64_t i = n; i < ld; i++)
            assert_true(y[i + s * ld] == before[i + s * ld]);
    }
    mlpi_model_destroy(model);
    free(y);
    free(before);
    free(expected);
}

static void T(test_values)(void **state)
{
    static const int64_t sizes[] = {1, 2, 7, 16, 129};
    (void)state;
    for (size_t n = 0; n < sizeof sizes / sizeof *sizes; n++)
        for (int32_t k = 0; k < mlpi_head_count(); k++) {
            T(check_head)(mlpi_head_at(k)->id, sizes[n], 3);
            T(check_head)(mlpi_head_at(k)->id, sizes[n], 1000);
        }
}

/* The largest numbers there are: no overflow, probabilities sum to 1. */
static void T(test_extremes)(void **state)
{
    const REAL most = REAL_BITS == 32 ? (REAL)FLT_MAX : (REAL)DBL_MAX;
    REAL y[] = {most, -most, 0, most};
    mlp_model *model = T(model_with)(MLP_HEAD_SOFTMAX, 4);
    (void)state;
    T(mlpi_apply_head)(model, 1, y, 4);
    assert_true(y[0] == (REAL)0.5 && y[1] == 0 && y[2] == 0 && y[3] == (REAL)0.5);
    mlpi_model_destroy(model);
    REAL z[] = {most, -most, 0, INFINITY};
    model = T(model_with)(MLP_HEAD_SIGMOID, 4);
    T(mlpi_apply_head)(model, 1, z, 4);
    assert_true(z[0] == 1 && z[1] == 0 && z[2] == (REAL)0.5 && z[3] == 1);
    mlpi_model_destroy(model);
}

/* A NaN anywhere: every probability of a softmax is NaN, the one output of a sigmoid is; other samples are not. */
static void T(test_nan)(void **state)
{
    (void)state;
    for (int64_t n = 1; n <= 20; n++)
        for (int64_t at = 0; at < n; at++)
            for (int32_t k = 0; k < mlpi_head_count(); k++) {
                REAL y[40] = {0};
                const mlp_head head = mlpi_head_at(k)->id;
                mlp_model *model = T(model_with)(head, n);
                y[at] = NAN;
                T(mlpi_apply_head)(model, 2, y, n);
                for (int64_t i = 0; i < 2 * n; i++)
                    assert_int_equal(isnan(y[i]) != 0, i == at || (i < n && head == MLP_HEAD_SOFTMAX));
                mlpi_model_destroy(model);
            }
}
