/* Template: models with everything a file can hold, out and in again. */

/* Numbers whose bits would not survive arithmetic or text: subnormals, -0, infinities, NaNs with payloads. */
static REAL T(any_bits)(draw *random)
{
    REAL value;
    const uint64_t bits = draw_bits(random);
    memcpy(&value, &bits, sizeof value);
    return value;
}

static mlp_model *T(draw_model)(draw *random)
{
    const int32_t L = (int32_t)draw_int(random, 1, 5);
    int64_t widths[6];
    mlp_model *model;
    for (int32_t l = 0; l <= L; l++)
        widths[l] = draw_int(random, 1, draw_chance(random, 0.2) ? 600 : 40);
    assert_int_equal(mlpi_model_create(REAL_DTYPE, L, widths, MLP_RELU, &model), MLP_OK);
    for (int32_t l = 1; l <= L; l++) {
        const int32_t kinds = mlpi_activation_kind_count();
        assert_int_equal(mlpi_model_set_activation(model, l, (mlp_activation)draw_int(random, 1, kinds)),
                         MLP_OK);
        const mlpi_activation_kind *kind = model->architecture.activations[l - 1].kind;
        if (kind->parameter && draw_chance(random, 0.8))
            mlpi_model_set_activation_parameter(
                model, l, draw_real(random, kind->parameter_minimum, kind->parameter_maximum));
    }
    REAL *values = malloc((size_t)model->param_count * sizeof *values);
    for (int64_t k = 0; k < model->param_count; k++)
        values[k] = T(any_bits)(random);
    T(mlpi_model_set_params)(model, 0, model->param_count, values);
    free(values);
    REAL scale[600], shift[600];
    for (int i = 0; i < 600; i++) {
        scale[i] = (REAL)draw_real(random, -9, 9);
        shift[i] = (REAL)draw_real(random, -9, 9);
    }
    if (draw_chance(random, 0.5))
        T(mlpi_model_set_input_scaling)(model, scale, shift);
    if (draw_chance(random, 0.5))
        T(mlpi_model_set_output_scaling)(model, shift, scale);
    model->head = (mlp_head)draw_int(random, 1, mlpi_head_count());
    if (draw_chance(random, 0.5))
        mlpi_metadata_set(&model->metadata, "zebra", "first \"quoted\"\n\t\\ \xc3\xa9 \xf0\x9f\x98\x80 \x01");
    if (draw_chance(random, 0.5))
        mlpi_metadata_set(&model->metadata, "a", "");
    if (draw_chance(random, 0.3))
        mlpi_metadata_set(&model->metadata, "format", "of my own");
    return model;
}

static void T(check_scaling)(int64_t n, const void *a, const void *b)
{
    assert_int_equal(!a, !b);
    if (a)
        assert_memory_equal(a, b, (size_t)n * sizeof(REAL));
}

static void T(check_same)(const mlp_model *a, const mlp_model *b)
{
    const mlpi_architecture *architecture = &a->architecture;
    const int64_t *n = architecture->widths;
    const int32_t L = architecture->layers;
    assert_true(mlpi_architecture_equal(architecture, &b->architecture));
    assert_memory_equal(a->params, b->params, (size_t)a->padded_count * sizeof(REAL));
    T(check_scaling)(n[0], a->input_scale, b->input_scale);
    T(check_scaling)(n[0], a->input_shift, b->input_shift);
    T(check_scaling)(n[L], a->output_scale, b->output_scale);
    T(check_scaling)(n[L], a->output_shift, b->output_shift);
    assert_int_equal(a->head, b->head);
    assert_int_equal(a->metadata.count, b->metadata.count);
    for (int32_t i = 0; i < a->metadata.count; i++) {
        assert_string_equal(a->metadata.keys[i], b->metadata.keys[i]);
        assert_string_equal(a->metadata.values[i], b->metadata.values[i]);
    }
}

static void T(test_round_trip)(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 40; seed++) {
        draw random = {seed};
        mlp_model *model = T(draw_model)(&random), *back;
        int64_t size;
        void *bytes = save(model, &size);
        assert_int_equal(mlpi_model_load_memory(size, bytes, &back), MLP_OK);
        T(check_same)(model, back);
        assert_true(back->sealed && back->generation > model->generation);
        int64_t again;
        void *copy = save(back, &again);
        assert_int_equal(again, size);
        assert_memory_equal(copy, bytes, (size_t)size);
        free(bytes);
        free(copy);
        mlpi_model_destroy(back);
        mlpi_model_destroy(model);
    }
}

/* What another program reads: row-major weights under PyTorch's names and shapes, one after another. */
static void T(test_tensors)(void **state)
{
    const int64_t widths[] = {3, 20, 2};
    const REAL scale[] = {2, 3}, shift[] = {4, 5};
    REAL theta[3 * 20 + 20 + 20 * 2 + 2], got[60];
    mlp_model *model;
    mlpi_safetensors *file;
    int64_t size;
    (void)state;
    assert_int_equal(mlpi_model_create(REAL_DTYPE, 2, widths, MLP_LEAKY_RELU, &model), MLP_OK);
    for (int k = 0; k < 3 * 20 + 20 + 20 * 2 + 2; k++)
        theta[k] = (REAL)k;
    T(mlpi_model_set_params)(model, 0, model->param_count, theta);
    T(mlpi_model_set_output_scaling)(model, scale, shift);
    void *bytes = save(model, &size);
    assert_int_equal(mlpi_safetensors_parse(bytes, size, &file), MLP_OK);
    assert_int_equal(mlpi_safetensors_tensor_count(file), 6);
    const mlpi_safetensors_tensor *A = mlpi_safetensors_find(file, "layers.0.weight");
    assert_int_equal(A->rank, 2);
    assert_true(A->shape[0] == 20 && A->shape[1] == 3);
    assert_int_equal(T(mlpi_safetensors_read)(A, 0, 60, got), MLP_OK);
    for (int i = 0; i < 20; i++)
        for (int j = 0; j < 3; j++)
            assert_true(got[i * 3 + j] == theta[i + j * 20]);
    const mlpi_safetensors_tensor *b = mlpi_safetensors_find(file, "layers.1.bias");
    assert_int_equal(b->rank, 1);
    assert_int_equal(T(mlpi_safetensors_read)(b, 0, 2, got), MLP_OK);
    assert_memory_equal(got, theta + 120, 2 * sizeof(REAL));
    assert_int_equal(T(mlpi_safetensors_read)(mlpi_safetensors_find(file, "output_shift"), 0, 2, got),
                     MLP_OK);
    assert_memory_equal(got, shift, sizeof shift);
    assert_string_equal(mlpi_safetensors_metadata(file, "format"), "pt");
    assert_string_equal(mlpi_safetensors_metadata(file, "mlp.format"), "1");
    assert_string_equal(mlpi_safetensors_metadata(file, "mlp.widths"), "3,20,2");
    assert_string_equal(mlpi_safetensors_metadata(file, "mlp.activations"), "leaky_relu,identity");
    assert_string_equal(mlpi_safetensors_metadata(file, "mlp.activation_parameters"), "0.01,");
    assert_string_equal(mlpi_safetensors_metadata(file, "mlp.head"), "none");
    mlpi_safetensors_free(file);
    free(bytes);
    mlpi_model_destroy(model);
}
