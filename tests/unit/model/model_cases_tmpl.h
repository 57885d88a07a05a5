/* Template: the padding of a model's storage, whatever writes to it. */

/* Every element of the block that is no parameter is zero. */
static void T(check_padding)(const mlp_model *model)
{
    const REAL *params = model->params;
    const int64_t count = model->padded_count;
    char *used = calloc((size_t)count, 1);
    for (int64_t k = 0; k < model->param_count; k++)
        used[mlpi_layout_run_from(model->layout, model->architecture.layers, k).padded] = 1;
    for (int64_t k = 0; k < count; k++)
        assert_true(used[k] || params[k] == 0);
    free(used);
}

static mlp_model *T(create)(void)
{
    mlp_model *model;
    assert_int_equal(mlpi_model_create(REAL_DTYPE, LAYERS, widths, MLP_TANH, &model), MLP_OK);
    return model;
}

static void T(test_fresh)(void **state)
{
    mlp_model *model = T(create)();
    (void)state;
    assert_int_equal(model->architecture.dtype, REAL_DTYPE);
    assert_int_equal(model->param_count, 17 * 3 + 17 + 33 * 17 + 33 + 5 * 33 + 5);
    assert_false(model->sealed);
    assert_int_equal(model->head, MLP_HEAD_NONE);
    assert_null(model->input_scale);
    for (int64_t k = 0; k < model->padded_count; k++)
        assert_true(((REAL *)model->params)[k] == 0);
    for (int32_t l = 1; l <= LAYERS; l++) {
        const mlpi_layer *layer = &model->layers[l - 1];
        assert_int_equal((uintptr_t)layer->A % 64, 0);
        assert_int_equal((uintptr_t)layer->b % 64, 0);
        assert_int_equal(mlpi_activation_id(layer->activation), l < LAYERS ? MLP_TANH : MLP_IDENTITY);
    }
    mlpi_model_destroy(model);
}

static void T(test_padding)(void **state)
{
    mlp_model *model = T(create)();
    REAL *theta = malloc((size_t)model->param_count * sizeof(REAL)), A[33 * 40];
    (void)state;
    for (int32_t k = 0; k < mlpi_initializer_count(); k++) {
        assert_int_equal(mlpi_model_initialize(model, mlpi_initializer_at(k), 5), MLP_OK);
        T(check_padding)(model);
    }
    T(mlpi_model_get_params)(model, 0, model->param_count, theta);
    T(mlpi_model_set_params)(model, 3, model->param_count - 7, theta + 3);
    T(check_padding)(model);
    for (int i = 0; i < 33 * 40; i++)
        A[i] = NAN;
    T(mlpi_model_get_weights)(model, 2, MLP_ROW_MAJOR, A, 20);
    T(mlpi_model_set_weights)(model, 2, MLP_ROW_MAJOR, A, 20);
    T(check_padding)(model);
    T(mlpi_model_get_weights)(model, 2, MLP_COLUMN_MAJOR, A, 40);
    T(mlpi_model_set_weights)(model, 2, MLP_COLUMN_MAJOR, A, 40);
    T(check_padding)(model);
    free(theta);
    mlpi_model_destroy(model);
}

/* Element (i, j) of every layer through each of the ways it can be read and written. */
static void T(test_orders)(void **state)
{
    mlp_model *model = T(create)();
    REAL *theta = malloc((size_t)model->param_count * sizeof(REAL));
    (void)state;
    for (int64_t k = 0; k < model->param_count; k++)
        theta[k] = (REAL)k;
    T(mlpi_model_set_params)(model, 0, model->param_count, theta);
    for (int32_t l = 1; l <= LAYERS; l++) {
        const int64_t m = widths[l], n = widths[l - 1], first = model->layout[l - 1].compact_A;
        REAL row[33 * 40], column[33 * 40], bias[33];
        T(mlpi_model_get_weights)(model, l, MLP_ROW_MAJOR, row, 37);
        T(mlpi_model_get_weights)(model, l, MLP_COLUMN_MAJOR, column, 35);
        for (int64_t i = 0; i < m; i++)
            for (int64_t j = 0; j < n; j++) {
                assert_true(row[i * 37 + j] == theta[first + i + j * m]);
                assert_true(column[i + j * 35] == theta[first + i + j * m]);
                row[i * 37 + j] += 1;
            }
        T(mlpi_model_set_weights)(model, l, MLP_ROW_MAJOR, row, 37);
        T(mlpi_model_get_weights)(model, l, MLP_COLUMN_MAJOR, column, 35);
        for (int64_t k = 0; k < m * n; k++)
            assert_true(column[k % m + k / m * 35] == theta[first + k] + 1);
        T(mlpi_model_get_bias)(model, l, bias);
        assert_memory_equal(bias, theta + first + m * n, (size_t)m * sizeof(REAL));
    }
    free(theta);
    mlpi_model_destroy(model);
}

static void T(test_scaling)(void **state)
{
    const REAL scale[] = {2, 3, 4, 5, 6}, shift[] = {-1, -2, -3, -4, -5};
    REAL got_scale[5], got_shift[5];
    mlp_model *model = T(create)();
    const uint64_t fresh = model->generation;
    (void)state;
    T(mlpi_model_get_input_scaling)(model, got_scale, got_shift);
    assert_true(got_scale[0] == 1 && got_scale[2] == 1 && got_shift[0] == 0 && got_shift[2] == 0);
    T(mlpi_model_set_input_scaling)(model, scale, shift);
    T(mlpi_model_set_output_scaling)(model, shift, scale);
    assert_true(model->generation != fresh);
    assert_false(model->sealed);
    T(mlpi_model_get_input_scaling)(model, NULL, got_shift);
    assert_memory_equal(got_shift, shift, 3 * sizeof(REAL));
    T(mlpi_model_get_output_scaling)(model, got_scale, got_shift);
    assert_memory_equal(got_scale, shift, sizeof shift);
    assert_memory_equal(got_shift, scale, sizeof scale);
    T(mlpi_model_set_output_scaling)(model, NULL, NULL);
    assert_null(model->output_scale);
    assert_null(model->output_shift);
    assert_non_null(model->input_shift);
    mlpi_model_destroy(model);
}

/* Everything a model holds, twice. */
static void T(test_clone)(void **state)
{
    const REAL scale[] = {2, 3, 4, 5, 6}, shift[] = {-1, -2, -3, -4, -5};
    mlp_model *model = T(create)(), *clone;
    (void)state;
    assert_int_equal(mlpi_model_set_activation(model, 2, MLP_SINE), MLP_OK);
    mlpi_model_set_activation_parameter(model, 2, 30);
    assert_int_equal(mlpi_model_initialize(model, mlpi_initializer_of(MLP_INIT_SIREN), 1), MLP_OK);
    T(mlpi_model_set_input_scaling)(model, scale, shift);
    model->head = MLP_HEAD_SIGMOID;
    assert_int_equal(mlpi_metadata_set(&model->metadata, "author", "Gauss"), MLP_OK);
    assert_int_equal(mlpi_model_clone(model, &clone), MLP_OK);
    assert_true(clone->generation == model->generation);
    assert_true(clone->architecture.id == model->architecture.id);
    assert_memory_equal(clone->params, model->params, (size_t)model->padded_count * sizeof(REAL));
    assert_memory_equal(clone->input_shift, shift, 3 * sizeof(REAL));
    assert_null(clone->output_scale);
    assert_true(clone->sealed);
    assert_int_equal(clone->head, MLP_HEAD_SIGMOID);
    assert_string_equal(mlpi_metadata_find(&clone->metadata, "author"), "Gauss");
    assert_true(clone->layers[1].activation->parameter == 30);
    /* the two are independent from here on */
    mlpi_model_destroy(model);
    assert_true(((REAL *)clone->layers[1].A)[0] != 0);
    assert_ptr_equal(clone->layers[1].activation, &clone->architecture.activations[1]);
    mlpi_model_destroy(clone);
}

static void T(test_copy_params)(void **state)
{
    const REAL scale[] = {2, 3, 4, 5, 6}, shift[] = {-1, -2, -3, -4, -5};
    mlp_model *model = T(create)(), *source = T(create)();
    (void)state;
    assert_int_equal(mlpi_model_initialize(source, mlpi_initializer_of(MLP_INIT_HE_NORMAL), 1), MLP_OK);
    T(mlpi_model_set_output_scaling)(source, scale, shift);
    T(mlpi_model_set_input_scaling)(model, scale, shift);
    const uint64_t before = model->generation;
    const int64_t calls = failing_allocator_calls();
    mlpi_model_copy_params(model, source);
    assert_int_equal(failing_allocator_calls(), calls);
    assert_true(model->generation != before && model->generation != source->generation);
    assert_true(model->sealed);
    assert_null(model->input_scale);
    assert_memory_equal(model->output_scale, scale, sizeof scale);
    assert_memory_equal(model->params, source->params, (size_t)model->padded_count * sizeof(REAL));
    mlpi_model_copy_params(model, model);
    assert_memory_equal(model->params, source->params, (size_t)model->padded_count * sizeof(REAL));
    mlpi_model_destroy(source);
    mlpi_model_destroy(model);
}
