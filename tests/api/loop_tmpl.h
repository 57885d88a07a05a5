/* Template: the whole loop in one number type. */

static mlp_data *T(data)(uint64_t seed, int64_t samples)
{
    REAL x[MOST * N_IN];
    int32_t labels[MOST];
    mlp_data *data = NULL;
    draw d = {seed};
    for (int64_t i = 0; i < samples * N_IN; i++)
        x[i] = (REAL)draw_real(&d, -1, 1);
    for (int64_t s = 0; s < samples; s++)
        labels[s] = (x[s * N_IN] > 0) + 2 * (x[s * N_IN + 1] * x[s * N_IN + 2] > 0);
    accepted(mlp_data_create(REAL_DTYPE, samples, &data));
    accepted(T(mlp_data_set_inputs)(data, N_IN, x, N_IN));
    accepted(mlp_data_set_labels(data, N_OUT, labels));
    return data;
}

static void T(get_params)(const mlp_trainer *trainer, mlp_status (*get)(const mlp_trainer *, mlp_model *),
                          REAL *theta)
{
    mlp_model *model = NULL;
    accepted(mlp_model_create(REAL_DTYPE, LAYERS, widths, MLP_TANH, &model));
    accepted(get(trainer, model));
    accepted(T(mlp_model_get_params)(model, 0, PARAMS, theta));
    mlp_model_destroy(model);
}

/* What a run leaves to be seen, the seconds aside. */
struct T(outcome) {
    REAL theta[PARAMS], best_theta[PARAMS], average[PARAMS];
    double history[EPOCHS][MLP_HISTORY_STEPS + 1], loss;
    int64_t epochs, best;
    mlp_status status;
};

/* Runs it, and takes down all there is to be seen. */
static void T(run)(mlp_optimizer optimizer, int32_t threads, struct T(outcome) *o)
{
    mlp_data *data = T(data)(1, 333), *validation = T(data)(2, 100);
    mlp_trainer *trainer = everything(REAL_DTYPE, optimizer, threads);
    accepted(mlp_trainer_borrow_validation(trainer, validation));
    memset(o, 0, sizeof *o);
    o->status = mlp_trainer_run(trainer, data, &o->loss);
    assert_true(o->status >= 0);
    o->epochs = mlp_trainer_history_count(trainer);
    o->best = mlp_trainer_best_epoch(trainer);
    assert_in_range(o->epochs, 1, EPOCHS);
    for (int64_t e = 0; e < o->epochs; e++)
        for (mlp_history what = 1; what <= MLP_HISTORY_STEPS; what++)
            if (what != MLP_HISTORY_SECONDS)
                accepted(mlp_trainer_history_get(trainer, e, what, &o->history[e][what]));
    T(get_params)(trainer, mlp_trainer_get_model, o->theta);
    T(get_params)(trainer, mlp_trainer_get_best_model, o->best_theta);
    T(get_params)(trainer, mlp_trainer_get_averaged_model, o->average);
    mlp_trainer_destroy(trainer);
    mlp_data_destroy(data);
    mlp_data_destroy(validation);
}

static void T(test_together)(void **state)
{
    static struct T(outcome) one, other;
    (void)state;
    for (mlp_optimizer optimizer = MLP_SGD; optimizer <= MLP_NADAM; optimizer++) {
        T(run)(optimizer, 1, &one);
        assert_true(one.history[0][MLP_HISTORY_GRADIENT_NORM] > 0);
        for (int32_t threads = 1; threads <= 3; threads++) {
            T(run)(optimizer, threads, &other);
            if (memcmp(&one, &other, sizeof one) != 0)
                fail_msg("%s: %d threads: another outcome", mlp_optimizer_name(optimizer), (int)threads);
        }
        assert_memory_not_equal(one.theta, one.average, sizeof one.theta);
    }
}
