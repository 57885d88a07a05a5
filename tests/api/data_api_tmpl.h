/* Template: the typed functions of mlp/data.h. */

static void T(test_arrays)(void **state)
{
    const REAL x[8 * SAMPLES] = {0};
    mlp_status (*const functions[])(mlp_data *, int64_t, const REAL *,
                                    int64_t) = {T(mlp_data_set_inputs), T(mlp_data_borrow_inputs),
                                                T(mlp_data_set_targets), T(mlp_data_borrow_targets)};
    const char *const names[][3] = {{"n_in", "x", "ldx"}, {"n_out", "t", "ldt"}};
    static const int64_t rows[] = {0, -1, 2147483648, INT64_MIN, INT64_MAX};
    static const int64_t lds[] = {1, 0, -2, 2147483648, INT64_MIN, INT64_MAX};
    mlp_data *data = NULL, *other = NULL;
    char word[64];
    (void)state;
    accepted(mlp_data_create(REAL_DTYPE, SAMPLES, &data));
    accepted(mlp_data_create(OTHER, SAMPLES, &other));
    for (int f = 0; f < 4; f++) {
        const char *const *name = names[f / 2];
        refused(functions[f](NULL, 2, x, 2), MLP_ERR_ARGUMENT, "data = NULL");
        refused(functions[f](other, 2, x, 2), MLP_ERR_DTYPE, "data is");
        for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
            snprintf(word, sizeof word, "%s = %lld: ", name[0], (long long)rows[i]);
            refused(functions[f](data, rows[i], x, INT64_MAX), MLP_ERR_SIZE, word);
        }
        snprintf(word, sizeof word, "%s = NULL", name[1]);
        refused(functions[f](data, 2, NULL, 2), MLP_ERR_ARGUMENT, word);
        for (size_t i = 0; i < sizeof lds / sizeof *lds; i++) {
            snprintf(word, sizeof word, "%s = %lld: ", name[2], (long long)lds[i]);
            refused(functions[f](data, 2, x, lds[i]), MLP_ERR_SIZE, word);
        }
        assert_int_equal(f < 2 ? mlp_data_input_width(data) : mlp_data_target_width(data), f % 2 ? 5 : 0);
        accepted(functions[f](data, 5, x, 6));
        assert_int_equal(f < 2 ? mlp_data_input_width(data) : mlp_data_target_width(data), 5);
    }
    mlp_data_destroy(data);
    accepted(mlp_data_create(REAL_DTYPE, INT64_MAX / 4, &data));
    refused(T(mlp_data_set_inputs)(data, 2, x, 2), MLP_ERR_SIZE, "ldx = 2");
    refused(T(mlp_data_borrow_inputs)(data, 2, x, 2), MLP_ERR_SIZE, "ldx = 2");
    refused(T(mlp_data_set_targets)(data, 2, x, 2), MLP_ERR_SIZE, "ldt = 2");
    refused(T(mlp_data_borrow_targets)(data, 2, x, 2), MLP_ERR_SIZE, "ldt = 2");
    assert_int_equal(mlp_data_input_width(data), 0);
    assert_int_equal(mlp_data_target_width(data), 0);
    mlp_data_destroy(data);
    mlp_data_destroy(other);
}

static void T(test_weights)(void **state)
{
    const REAL good[SAMPLES] = {0, 1, 2}, negative[SAMPLES] = {1, -1, 1}, nan[SAMPLES] = {1, 1, (REAL)NAN};
    const REAL infinite[SAMPLES] = {1, (REAL)INFINITY, 1}, zero[SAMPLES] = {0};
    mlp_data *data = NULL, *other = NULL;
    (void)state;
    accepted(mlp_data_create(REAL_DTYPE, SAMPLES, &data));
    accepted(mlp_data_create(OTHER, SAMPLES, &other));
    refused(T(mlp_data_set_weights)(NULL, good), MLP_ERR_ARGUMENT, "data = NULL");
    refused(T(mlp_data_set_weights)(other, good), MLP_ERR_DTYPE, "data is");
    refused(T(mlp_data_set_weights)(data, negative), MLP_ERR_ARGUMENT, "weights[1] = -1");
    refused(T(mlp_data_set_weights)(data, nan), MLP_ERR_ARGUMENT, "weights[2] = ");
    refused(T(mlp_data_set_weights)(data, infinite), MLP_ERR_ARGUMENT, "weights[1] = inf");
    refused(T(mlp_data_set_weights)(data, zero), MLP_ERR_ARGUMENT, "weights: sum to 0");
    accepted(T(mlp_data_set_weights)(data, good));
    accepted(T(mlp_data_set_weights)(data, NULL));
    mlp_data_destroy(data);
    mlp_data_destroy(other);
}
