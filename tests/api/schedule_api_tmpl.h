/* Template: schedules in one number type. */

static mlp_data *T(data)(void)
{
    REAL x[SAMPLES * N_IN], t[SAMPLES * N_OUT];
    mlp_data *data = NULL;
    draw d = {6};
    for (int i = 0; i < SAMPLES * N_IN; i++)
        x[i] = (REAL)draw_real(&d, -1, 1);
    for (int i = 0; i < SAMPLES * N_OUT; i++)
        t[i] = (REAL)draw_real(&d, -1, 1);
    accepted(mlp_data_create(REAL_DTYPE, SAMPLES, &data));
    accepted(T(mlp_data_set_inputs)(data, N_IN, x, N_IN));
    accepted(T(mlp_data_set_targets)(data, N_OUT, t, N_OUT));
    return data;
}

static void T(same_theta)(const char *name, const mlp_trainer *a, const mlp_trainer *b)
{
    REAL theta[2][PARAMS] = {{0}};
    const mlp_trainer *const trainers[] = {a, b};
    for (int i = 0; i < 2; i++) {
        mlp_model *model = NULL;
        accepted(mlp_model_create(REAL_DTYPE, 2, widths, MLP_TANH, &model));
        accepted(mlp_trainer_get_model(trainers[i], model));
        accepted(T(mlp_model_get_params)(model, 0, PARAMS, theta[i]));
        mlp_model_destroy(model);
    }
    if (memcmp(theta[0], theta[1], sizeof theta[0]) != 0)
        fail_msg("%s: other bits than with the rate set by hand", name);
}

/* Steps of every sort: on a batch, and on a gradient. */
static void T(by_step)(const schedule_case *c, mlp_optimizer optimizer)
{
    mlp_trainer *trainer = scheduled(c, REAL_DTYPE, optimizer, 1);
    mlp_trainer *by_hand = create_trainer(REAL_DTYPE, optimizer);
    REAL x[BATCH * N_IN], t[BATCH * N_OUT], g[PARAMS];
    draw d = {9};
    if (c->schedule != MLP_SCHEDULE_CONSTANT)
        assert_true(c->period > 0);
    accepted(mlp_trainer_prepare(by_hand, BATCH, 1));
    for (int i = 0; i < PARAMS; i++)
        g[i] = (REAL)draw_real(&d, -1, 1);
    for (int time = 0; time < TIMES; time++) {
        for (int i = 0; i < BATCH * N_IN; i++)
            x[i] = (REAL)draw_real(&d, -1, 1);
        for (int i = 0; i < BATCH * N_OUT; i++)
            t[i] = (REAL)draw_real(&d, -1, 1);
        check_rate(c, trainer, time);
        accepted(
            mlp_trainer_set_real(by_hand, MLP_TRAINER_LEARNING_RATE, mlp_trainer_learning_rate(trainer)));
        for (int i = 0; i < 2; i++) {
            mlp_trainer *const stepped = i ? by_hand : trainer;
            accepted(time % 3 ? T(mlp_trainer_step)(stepped, BATCH, x, N_IN, t, N_OUT, NULL, NULL)
                              : T(mlp_trainer_apply_gradient)(stepped, g));
        }
        T(same_theta)(c->name, trainer, by_hand);
    }
    mlp_trainer_destroy(trainer);
    mlp_trainer_destroy(by_hand);
}

static void T(by_epoch)(const schedule_case *c, mlp_optimizer optimizer)
{
    mlp_trainer *trainer = scheduled(c, REAL_DTYPE, optimizer, 0);
    mlp_trainer *by_hand = create_trainer(REAL_DTYPE, optimizer);
    mlp_data *data = T(data)();
    accepted(mlp_trainer_prepare(by_hand, BATCH, 1));
    for (int time = 0; time < TIMES; time++) {
        check_rate(c, trainer, time);
        accepted(
            mlp_trainer_set_real(by_hand, MLP_TRAINER_LEARNING_RATE, mlp_trainer_learning_rate(trainer)));
        accepted(mlp_trainer_epoch(trainer, data, NULL));
        accepted(mlp_trainer_epoch(by_hand, data, NULL));
        T(same_theta)(c->name, trainer, by_hand);
    }
    mlp_data_destroy(data);
    mlp_trainer_destroy(trainer);
    mlp_trainer_destroy(by_hand);
}
