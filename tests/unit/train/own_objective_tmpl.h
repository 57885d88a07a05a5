/* Template: gradients of objectives in one number type. */

/* 1, 2, 3, ... */
static int32_t T(count)(const mlp_model *model, int64_t params, REAL *theta_bar, double *loss, void *context)
{
    (void)model;
    for (int64_t i = 0; i < params; i++)
        theta_bar[i] = (REAL)(i + 1);
    *loss = 0;
    return *(int32_t *)context;
}

/* Every element is the number its place has in theta, or 0 where it has none. */
static void T(check)(const mlp_trainer *trainer)
{
    const mlp_model *model = trainer->model;
    const REAL *gradient = trainer->buffers.gradient;
    int64_t next = 0;
    for (int32_t l = 0; l < model->architecture.layers; l++) {
        const mlpi_layout *at = &model->layout[l];
        for (int64_t j = 0; j < at->n_in; j++)
            for (int64_t i = 0; i < at->n_out; i++)
                assert_true(gradient[at->A + i + j * at->lda] == (REAL)++next);
        for (int64_t i = 0; i < at->n_out; i++)
            assert_true(gradient[at->b + i] == (REAL)++next);
    }
    for (int64_t i = 0; i < model->padded_count; i++)
        next -= gradient[i] != 0;
    assert_int_equal(next, 0);
}

static void T(test_places)(void **state)
{
    static const int64_t nets[][4] = {{3, 9, 17, 2}, {1, 1, 1, 1}, {40, 33, 16, 5}};
    (void)state;
    for (size_t k = 0; k < sizeof nets / sizeof *nets; k++)
        for (int32_t value = 0; value < 2; value++) {
            mlp_model *model = NULL;
            mlp_trainer *trainer = NULL;
            const T(mlpi_own_objective) own = {T(count), &value};
            const char *bad = "set";
            double loss = 0;
            assert_int_equal(mlpi_model_create(REAL_DTYPE, 3, nets[k], MLP_TANH, &model), MLP_OK);
            assert_int_equal(mlpi_trainer_create(model, &trainer), MLP_OK);
            assert_int_equal(mlpi_trainer_prepare(trainer, 1, 1), MLP_OK);
            for (int time = 0; time < 2; time++) {
                assert_int_equal(T(mlpi_trainer_own_gradient)(trainer, &own, &loss, &bad),
                                 value ? MLP_ERR_CALLBACK : MLP_OK);
                T(check)(trainer);
            }
            mlpi_trainer_destroy(trainer);
            mlpi_model_destroy(model);
        }
}
