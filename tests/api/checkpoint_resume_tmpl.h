/* Template: training interrupted after every event and resumed from its checkpoint, in one number type. */

/* What a run is made of. */
typedef struct T(rig) {
    const rig *how;
    const mlp_model *model;
    mlp_data *data;
} T(rig);

static mlp_model *T(create_model)(const rig *how)
{
    REAL scale[MOST_WIDTH], shift[MOST_WIDTH];
    draw d = {11};
    mlp_model *model = NULL;
    accepted(mlp_model_create(REAL_DTYPE, how->layers, how->widths, MLP_TANH, &model));
    accepted(mlp_model_initialize(model, MLP_INIT_GLOROT_UNIFORM, 7));
    for (int64_t i = 0; i < how->widths[0]; i++) {
        scale[i] = (REAL)draw_real(&d, 0.5, 2);
        shift[i] = (REAL)draw_real(&d, -1, 1);
    }
    accepted(T(mlp_model_set_input_scaling)(model, scale, shift));
    return model;
}

static mlp_data *T(create_data)(const rig *how)
{
    const int64_t n_in = how->widths[0], n_out = how->widths[how->layers], samples = how->samples;
    REAL *x = malloc((size_t)(n_in * samples) * sizeof *x),
         *t = malloc((size_t)(n_out * samples) * sizeof *t);
    REAL *weights = malloc((size_t)samples * sizeof *weights);
    draw d = {12};
    mlp_data *data = NULL;
    for (int64_t i = 0; i < n_in * samples; i++)
        x[i] = (REAL)draw_real(&d, -1, 1);
    for (int64_t i = 0; i < n_out * samples; i++)
        t[i] = (REAL)draw_real(&d, -1, 1);
    for (int64_t i = 0; i < samples; i++)
        weights[i] = (REAL)draw_real(&d, 0.1, 3);
    accepted(mlp_data_create(REAL_DTYPE, samples, &data));
    accepted(T(mlp_data_set_inputs)(data, n_in, x, n_in));
    accepted(T(mlp_data_set_targets)(data, n_out, t, n_out));
    accepted(T(mlp_data_set_weights)(data, weights));
    free(x);
    free(t);
    free(weights);
    return data;
}

/* From another model of the architecture, with other options, which the checkpoint must not care about. */
static mlp_trainer *T(resume)(const T(rig) *r, const checkpoint *from, int prepared_first, int32_t threads)
{
    mlp_model *other = NULL;
    mlp_trainer *trainer = NULL;
    accepted(mlp_model_create(REAL_DTYPE, r->how->layers, r->how->widths, MLP_TANH, &other));
    accepted(mlp_trainer_create(other, &trainer));
    mlp_model_destroy(other);
    if (prepared_first) {
        set_options(trainer, r->how);
        accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_SEED, 1));
        accepted(mlp_trainer_set_real(trainer, MLP_TRAINER_LEARNING_RATE, 0.5));
        accepted(mlp_trainer_prepare(trainer, r->how->batch, threads));
    }
    accepted(mlp_trainer_restore_memory(trainer, from->size, from->bytes));
    if (!prepared_first)
        accepted(mlp_trainer_prepare(trainer, r->how->batch, threads));
    return trainer;
}

static void T(run)(const T(rig) *r, mlp_trainer *trainer, diary *d)
{
    double loss = 0;
    d->trainer = trainer;
    accepted(mlp_trainer_set_callback(trainer, keep_checkpoint, d, NULL));
    if (r->how->schedule)
        accepted(mlp_trainer_borrow_validation(trainer, r->data));
    while (mlp_trainer_epoch_count(trainer) < r->how->epochs) {
        const int64_t epoch = mlp_trainer_epoch_count(trainer);
        accepted(mlp_trainer_epoch(trainer, r->data, &loss));
        assert_int_equal(mlp_trainer_epoch_count(trainer), epoch + 1);
        d->losses[epoch] = loss;
    }
}

/* Every `stride`-th event of the uninterrupted run is where a resumed one begins; all that follows must be the same. */
static void T(resume_everywhere)(const rig *how, int32_t stride)
{
    mlp_model *model = T(create_model)(how);
    const T(rig) r = {how, model, T(create_data)(how)};
    diary whole = {0};
    mlp_trainer *trainer = NULL;
    accepted(mlp_trainer_create(model, &trainer));
    set_options(trainer, how);
    accepted(mlp_trainer_prepare(trainer, how->batch, how->threads));
    T(run)(&r, trainer, &whole);
    mlp_trainer_destroy(trainer);
    assert_true(whole.count >= 2 * how->epochs);
    for (int32_t k = 0; k < whole.count; k += stride) {
        diary part = {.count = k + 1, .expected = &whole};
        trainer = T(resume)(&r, &whole.checkpoints[k], k % 2, k / 2 % 2 ? 1 : 3);
        T(run)(&r, trainer, &part);
        assert_int_equal(part.count, whole.count);
        for (int64_t epoch = mlp_trainer_epoch_count(trainer) - 1; epoch >= 0 && part.losses[epoch] != 0;
             epoch--)
            assert_true(part.losses[epoch] == whole.losses[epoch]);
        mlp_trainer_destroy(trainer);
    }
    forget(&whole);
    mlp_data_destroy(r.data);
    mlp_model_destroy(model);
}
