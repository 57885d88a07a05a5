/* Template: parts of data sets of one number type, whose every value says which sample it belongs to. */

static REAL T(value)(int64_t sample, int row)
{
    return (REAL)(sample + 1000 * (row + 1));
}

/* Samples 0 .. samples - 1 with targets and, if asked for, weights 1 + s. Arrays are padded, and borrowed where they can be. */
static mlp_data *T(numbered)(int64_t samples, int weighted)
{
    static REAL x[(N_IN + 1) * MOST], t[(N_OUT + 2) * MOST], weights[MOST];
    mlp_data *data = NULL;
    for (int64_t s = 0; s < samples; s++) {
        for (int i = 0; i < N_IN; i++)
            x[i + s * (N_IN + 1)] = T(value)(s, i);
        for (int i = 0; i < N_OUT; i++)
            t[i + s * (N_OUT + 2)] = T(value)(s, 5 + i);
        weights[s] = (REAL)(1 + s);
    }
    accepted(mlp_data_create(REAL_DTYPE, samples, &data));
    accepted(T(mlp_data_borrow_inputs)(data, N_IN, x, N_IN + 1));
    accepted(T(mlp_data_borrow_targets)(data, N_OUT, t, N_OUT + 2));
    accepted(T(mlp_data_set_weights)(data, weighted ? weights : NULL));
    return data;
}

/* Which sample each of the part is; that all its values are of that one. */
static void T(identify)(const mlp_data *part, int weighted, int64_t *numbers)
{
    static REAL x[N_IN * MOST], t[N_OUT * MOST], weights[MOST];
    const int64_t count = mlp_data_samples(part);
    accepted(T(mlp_data_get_inputs)(part, 0, count, x, N_IN));
    accepted(T(mlp_data_get_targets)(part, 0, count, t, N_OUT));
    accepted(T(mlp_data_get_weights)(part, 0, count, weights));
    for (int64_t s = 0; s < count; s++) {
        numbers[s] = (int64_t)x[s * N_IN] - 1000;
        for (int i = 0; i < N_IN; i++)
            assert_true(x[i + s * N_IN] == T(value)(numbers[s], i));
        for (int i = 0; i < N_OUT; i++)
            assert_true(t[i + s * N_OUT] == T(value)(numbers[s], 5 + i));
        assert_true(weights[s] == (REAL)(weighted ? 1 + numbers[s] : 1));
    }
}

static void T(test_subset)(void **state)
{
    static const int64_t indices[] = {4, 0, 4, 9, 1, 1, 1, 2, 3, 4, 5, 6};
    enum { COUNT = sizeof indices / sizeof *indices };
    (void)state;
    for (int weighted = 0; weighted < 2; weighted++) {
        int64_t numbers[COUNT];
        mlp_data *data = T(numbered)(10, weighted), *subset = NULL;
        accepted(mlp_data_subset(data, COUNT, indices, &subset));
        mlp_data_destroy(data);
        assert_int_equal(mlp_data_dtype(subset), REAL_DTYPE);
        assert_int_equal(mlp_data_samples(subset), COUNT);
        T(identify)(subset, weighted, numbers);
        assert_memory_equal(numbers, indices, sizeof indices);
        mlp_data_destroy(subset);
    }
    mlp_data *bare = NULL, *subset = NULL; /* nothing set: nothing copied */
    accepted(mlp_data_create(REAL_DTYPE, 10, &bare));
    accepted(mlp_data_subset(bare, COUNT, indices, &subset));
    assert_int_equal(mlp_data_input_width(subset) + mlp_data_target_width(subset) + mlp_data_classes(subset),
                     0);
    mlp_data_destroy(bare);
    mlp_data_destroy(subset);
}

/* Ascending, and together every sample once. */
static void T(check_parts)(const mlp_data *first, const mlp_data *second, int64_t samples, int weighted)
{
    const mlp_data *const parts[] = {first, second};
    int seen[MOST] = {0};
    for (int k = 0; k < 2; k++) {
        int64_t numbers[MOST];
        T(identify)(parts[k], weighted, numbers);
        for (int64_t s = 0; s < mlp_data_samples(parts[k]); s++) {
            assert_true(s == 0 || numbers[s] > numbers[s - 1]);
            seen[numbers[s]]++;
        }
    }
    for (int64_t s = 0; s < samples; s++)
        assert_int_equal(seen[s], 1);
}

static void T(test_split)(void **state)
{
    static const struct {
        int64_t samples, count;
    } cases[] = {{2, 1}, {3, 1}, {3, 2}, {17, 5}, {101, 100}, {MOST, 1}, {MOST, 128}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const int weighted = (int)i % 2;
        const int64_t samples = cases[i].samples, count = cases[i].count;
        mlp_data *data = T(numbered)(samples, weighted), *first = NULL, *second = NULL;
        accepted(mlp_data_split(data, count, 1 + i, &first, &second));
        assert_int_equal(mlp_data_samples(first), samples - count);
        assert_int_equal(mlp_data_samples(second), count);
        T(check_parts)(first, second, samples, weighted);
        mlp_data_destroy(first);
        mlp_data_destroy(second);
        mlp_data_destroy(data);
    }
}

static void T(test_folds)(void **state)
{
    enum { SAMPLES = 23, FOLDS = 5 };
    mlp_data *data = T(numbered)(SAMPLES, 1);
    int tested[SAMPLES] = {0};
    (void)state;
    for (int64_t fold = 0; fold < FOLDS; fold++) {
        int64_t numbers[MOST];
        mlp_data *train = NULL, *test = NULL;
        accepted(mlp_data_fold(data, FOLDS, fold, 12, &train, &test));
        T(check_parts)(train, test, SAMPLES, 1);
        T(identify)(test, 1, numbers);
        for (int64_t s = 0; s < mlp_data_samples(test); s++)
            tested[numbers[s]]++;
        mlp_data_destroy(train);
        mlp_data_destroy(test);
    }
    for (int s = 0; s < SAMPLES; s++)
        assert_int_equal(tested[s], 1);
    mlp_data_destroy(data);
}

/* A seed means the same parts on every machine: these are of a Philox in Python. Another seed means others. */
static void T(test_fixed)(void **state)
{
    static const int64_t split[] = {1, 2, 7, 11}, fold[] = {1, 6, 9, 11};
    int64_t numbers[MOST], others[MOST];
    mlp_data *data = T(numbered)(12, 0), *first = NULL, *second = NULL;
    (void)state;
    accepted(mlp_data_split(data, 4, 42, &first, &second));
    T(identify)(second, 0, numbers);
    assert_memory_equal(numbers, split, sizeof split);
    mlp_data_destroy(first);
    mlp_data_destroy(second);
    accepted(mlp_data_split(data, 4, 43, &first, &second));
    T(identify)(second, 0, others);
    assert_memory_not_equal(others, numbers, 4 * sizeof *numbers);
    mlp_data_destroy(first);
    mlp_data_destroy(second);
    accepted(mlp_data_fold(data, 3, 2, 42, &first, &second));
    T(identify)(second, 0, numbers);
    assert_memory_equal(numbers, fold, sizeof fold);
    mlp_data_destroy(first);
    mlp_data_destroy(second);
    mlp_data_destroy(data);
}

/* Ranges, leading dimensions, and every argument wrong in turn. */
static void T(test_read)(void **state)
{
    enum { SAMPLES = 6 };
    REAL values[7 * SAMPLES] = {77};
    mlp_data *data = T(numbered)(SAMPLES, 1), *other = NULL;
    mlp_status (*const functions[])(const mlp_data *, int64_t, int64_t, REAL *,
                                    int64_t) = {T(mlp_data_get_inputs), T(mlp_data_get_targets)};
    static const char *const names[][3] = {{"x = NULL", "data: has no inputs", "ldx = "},
                                           {"t = NULL", "data: has no targets", "ldt = "}};
    (void)state;
    accepted(mlp_data_create(OTHER, SAMPLES, &other));
    for (int f = 0; f < 2; f++) {
        refused(functions[f](NULL, 0, 1, values, 7), MLP_ERR_ARGUMENT, "data = NULL");
        refused(functions[f](data, -1, 1, values, 7), MLP_ERR_SIZE, "first = -1");
        refused(functions[f](data, SAMPLES, 1, values, 7), MLP_ERR_SIZE, "first = 6");
        refused(functions[f](data, 2, 5, values, 7), MLP_ERR_SIZE, "count = 5");
        refused(functions[f](data, 2, 0, values, 7), MLP_ERR_SIZE, "count = 0");
        refused(functions[f](data, 0, 1, NULL, 7), MLP_ERR_ARGUMENT, names[f][0]);
        refused(functions[f](data, 0, 1, values, 1), MLP_ERR_SIZE, names[f][2]);
        refused(functions[f](data, 0, 1, values, INT64_MAX), MLP_ERR_SIZE, names[f][2]);
        refused(functions[f](other, 0, 1, values, 7), MLP_ERR_DTYPE, "data is");
    }
    refused(T(mlp_data_get_weights)(NULL, 0, 1, values), MLP_ERR_ARGUMENT, "data = NULL");
    refused(T(mlp_data_get_weights)(data, 0, 7, values), MLP_ERR_SIZE, "count = 7");
    refused(T(mlp_data_get_weights)(data, 0, 1, NULL), MLP_ERR_ARGUMENT, "weights = NULL");
    refused(T(mlp_data_get_weights)(other, 0, 1, values), MLP_ERR_DTYPE, "data is");
    assert_true(values[0] == 77);
    accepted(T(mlp_data_get_targets)(data, 2, 3, values, 7));
    assert_true(values[N_OUT] == 0 && values[7 + 1] == T(value)(3, 6));
    accepted(T(mlp_data_get_weights)(data, 5, 1, values));
    assert_true(values[0] == 6);
    mlp_data_destroy(data);
    accepted(mlp_data_create(REAL_DTYPE, SAMPLES, &data));
    for (int f = 0; f < 2; f++)
        refused(functions[f](data, 0, 1, values, 7), MLP_ERR_STATE, names[f][1]);
    mlp_data_destroy(data);
    mlp_data_destroy(other);
}
