/* Template: early stopping in one number type. */

static mlp_model *T(linear)(void)
{
    static const int64_t widths[] = {1, 1};
    mlp_model *model = NULL;
    accepted(mlp_model_create(REAL_DTYPE, 1, widths, MLP_IDENTITY, &model));
    return model;
}

static mlp_trainer *T(trainer)(double rate)
{
    mlp_model *model = T(linear)();
    mlp_trainer *trainer = NULL;
    accepted(mlp_trainer_create(model, &trainer));
    accepted(mlp_trainer_set_real(trainer, MLP_TRAINER_LEARNING_RATE, rate));
    accepted(mlp_trainer_prepare(trainer, 2, 1));
    mlp_model_destroy(model);
    return trainer;
}

/* t = x at 1 and -1: the gradient of b is 0, and w goes from 0 to 1 by (1 - w) rate */
static mlp_data *T(training)(void)
{
    static const REAL x[] = {1, -1};
    mlp_data *data = NULL;
    accepted(mlp_data_create(REAL_DTYPE, 2, &data));
    accepted(T(mlp_data_borrow_inputs)(data, 1, x, 1));
    accepted(T(mlp_data_borrow_targets)(data, 1, x, 1));
    return data;
}

/* One sample at x = 0, where the model is b = 0. */
static mlp_data *T(validation)(REAL *target)
{
    static const REAL zero = 0;
    mlp_data *data = NULL;
    accepted(mlp_data_create(REAL_DTYPE, 1, &data));
    accepted(T(mlp_data_borrow_inputs)(data, 1, &zero, 1));
    accepted(T(mlp_data_borrow_targets)(data, 1, target, 1));
    return data;
}

static void T(set_loss)(script *s, double loss)
{
    *(REAL *)s->target = (REAL)sqrt(2 * loss);
}

static double T(weight_of)(const mlp_trainer *trainer, mlp_status (*get)(const mlp_trainer *, mlp_model *),
                           mlp_model *model)
{
    REAL theta[2] = {77, 77};
    accepted(get(trainer, model));
    accepted(T(mlp_model_get_params)(model, 0, 2, theta));
    assert_true(theta[1] == 0);
    return (double)theta[0];
}

static int32_t T(on_event)(int32_t event, int64_t epoch, int64_t step, int64_t samples, double loss,
                           void *context)
{
    script *s = context;
    (void)step;
    (void)samples;
    (void)loss;
    if (event != MLP_EVENT_EPOCH)
        return 0;
    assert_int_equal(epoch, s->from + s->epochs);
    s->weights[s->epochs++] = T(weight_of)(s->trainer, mlp_trainer_get_model, s->model);
    if (s->epochs < s->curve->count)
        s->set_loss(s, s->curve->losses[s->epochs]);
    refused(mlp_trainer_borrow_validation(s->trainer, NULL), MLP_ERR_STATE, "trainer: is at work");
    return 0;
}

/* Patience once more: the epoch it ends with, or -1, and the best epoch until then. */
static int T(ends_with)(const curve *c, int *best)
{
    double least = INFINITY;
    int waited = 0;
    for (int e = 0; e < c->count; e++) {
        if (least - c->losses[e] > c->min_delta) {
            least = c->losses[e];
            *best = e;
            waited = 0;
        } else if (++waited == c->patience) {
            return e;
        }
    }
    return -1;
}

static void T(follow)(const curve *c, int32_t keep)
{
    REAL target = 0;
    mlp_trainer *trainer = T(trainer)(0.125);
    mlp_model *model = T(linear)();
    mlp_data *training = T(training)(), *validation = T(validation)(&target);
    script s = {.curve = c, .trainer = trainer, .model = model, .set_loss = T(set_loss), .target = &target};
    int best = -1;
    const int end = T(ends_with)(c, &best);
    accepted(mlp_trainer_borrow_validation(trainer, validation));
    accepted(mlp_trainer_set_callback(trainer, T(on_event), &s, NULL));
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_PATIENCE, c->patience));
    accepted(mlp_trainer_set_real(trainer, MLP_TRAINER_MIN_DELTA, c->min_delta));
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_KEEP_BEST, keep));
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_EPOCHS, c->count));
    T(set_loss)(&s, c->losses[0]);
    const mlp_status status = mlp_trainer_run(trainer, training, NULL);
    if (status != (end < 0 ? MLP_OK : MLP_CONVERGED) || s.epochs != (end < 0 ? c->count : end + 1))
        fail_msg("%s: status %d after %d epochs", c->name, (int)status, s.epochs);
    assert_int_equal(mlp_trainer_epoch_count(trainer), s.epochs);
    assert_int_equal(mlp_trainer_best_epoch(trainer), best);
    const int restored = end >= 0 && keep;
    assert_true(T(weight_of)(trainer, mlp_trainer_get_model, model) ==
                s.weights[restored ? best : s.epochs - 1]);
    if (keep)
        assert_true(T(weight_of)(trainer, mlp_trainer_get_best_model, model) == s.weights[best]);
    else
        refused(mlp_trainer_get_best_model(trainer, model), MLP_ERR_STATE, "trainer: has kept no best");
    mlp_data_destroy(training);
    mlp_data_destroy(validation);
    mlp_model_destroy(model);
    mlp_trainer_destroy(trainer);
}

/* After patience has ended the next run waits anew, from the best parameters, and needs to be better than them. */
static void T(again)(void)
{
    static const curve c = {"again", 2, 0, 9, {4, 3, 5, 5, 3.5, 3.4, 2, 2.5, 2.5}};
    REAL target = 0;
    mlp_trainer *trainer = T(trainer)(0.125);
    mlp_model *model = T(linear)();
    mlp_data *training = T(training)(), *validation = T(validation)(&target);
    script s = {.curve = &c, .trainer = trainer, .model = model, .set_loss = T(set_loss), .target = &target};
    accepted(mlp_trainer_borrow_validation(trainer, validation));
    accepted(mlp_trainer_set_callback(trainer, T(on_event), &s, NULL));
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_PATIENCE, c.patience));
    T(set_loss)(&s, c.losses[0]);
    assert_int_equal(mlp_trainer_run(trainer, training, NULL), MLP_CONVERGED);
    assert_int_equal(s.epochs, 4);
    assert_true(T(weight_of)(trainer, mlp_trainer_get_model, model) == s.weights[1]);
    assert_int_equal(mlp_trainer_run(trainer, training, NULL), MLP_CONVERGED);
    assert_int_equal(s.epochs, 6);
    assert_true(s.weights[4] == s.weights[2]); /* from the best, the same step */
    assert_true(T(weight_of)(trainer, mlp_trainer_get_model, model) == s.weights[1]);
    for (int epoch = 6; epoch < 8; epoch++)
        accepted(mlp_trainer_epoch(trainer, training, NULL));
    assert_int_equal(mlp_trainer_best_epoch(trainer), 6);
    assert_int_equal(mlp_trainer_epoch(trainer, training, NULL),
                     MLP_CONVERGED); /* epochs of one's own, too */
    assert_true(T(weight_of)(trainer, mlp_trainer_get_model, model) == s.weights[6]);
    mlp_data_destroy(training);
    mlp_data_destroy(validation);
    mlp_model_destroy(model);
    mlp_trainer_destroy(trainer);
}

/* Without a validation set the loss of the epoch is watched: here it grows, the rate being too large. */
static void T(training_loss)(void)
{
    mlp_trainer *trainer = T(trainer)(3);
    mlp_model *model = T(linear)();
    mlp_data *training = T(training)();
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_PATIENCE, 4));
    assert_int_equal(mlp_trainer_run(trainer, training, NULL), MLP_CONVERGED);
    assert_int_equal(mlp_trainer_epoch_count(trainer), 5);
    assert_int_equal(mlp_trainer_best_epoch(trainer), 0);
    assert_true(T(weight_of)(trainer, mlp_trainer_get_model, model) == 3); /* one step */
    mlp_data_destroy(training);
    mlp_model_destroy(model);
    mlp_trainer_destroy(trainer);
}

/* A plateau of the validation loss, whatever the training loss does. */
static void T(plateau)(void)
{
    static const curve c = {"plateau", 0, 0, 6, {4, 4, 4, 3, 3, 3}};
    static const double scales[] = {1, 1, 0.5, 0.5, 0.5, 0.25};
    REAL target = 0;
    mlp_model *model = T(linear)();
    mlp_trainer *trainer = NULL;
    mlp_data *training = T(training)(), *validation = T(validation)(&target);
    accepted(mlp_trainer_create(model, &trainer));
    script s = {.curve = &c, .trainer = trainer, .model = model, .set_loss = T(set_loss), .target = &target};
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_SCHEDULE, MLP_SCHEDULE_PLATEAU));
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_PLATEAU_PATIENCE, 1));
    accepted(mlp_trainer_set_real(trainer, MLP_TRAINER_DECAY_FACTOR, 0.5));
    accepted(mlp_trainer_set_real(trainer, MLP_TRAINER_LEARNING_RATE, 0.125));
    accepted(mlp_trainer_prepare(trainer, 2, 1));
    accepted(mlp_trainer_borrow_validation(trainer, validation));
    for (int epoch = 0; epoch < c.count; epoch++) {
        T(set_loss)(&s, c.losses[epoch]);
        accepted(mlp_trainer_epoch(trainer, training, NULL));
        assert_true(mlp_trainer_learning_rate(trainer) == 0.125 * scales[epoch]);
    }
    mlp_data_destroy(training);
    mlp_data_destroy(validation);
    mlp_model_destroy(model);
    mlp_trainer_destroy(trainer);
}

/* All memory there can be: the best parameters among it. */
static mlp_status T(run)(void *model)
{
    static const REAL x[] = {1, -1};
    mlp_trainer *trainer = NULL;
    mlp_data *data = NULL;
    mlp_status status = mlp_data_create(REAL_DTYPE, 2, &data);
    if (status == MLP_OK)
        status = T(mlp_data_borrow_inputs)(data, 1, x, 1);
    if (status == MLP_OK)
        status = T(mlp_data_borrow_targets)(data, 1, x, 1);
    if (status == MLP_OK)
        status = mlp_trainer_create(model, &trainer);
    if (status == MLP_OK)
        status = mlp_trainer_set_int(trainer, MLP_TRAINER_PATIENCE, 3);
    if (status == MLP_OK)
        status = mlp_trainer_prepare(trainer, 2, 1);
    if (status == MLP_OK)
        status = mlp_trainer_borrow_validation(trainer, data);
    if (status == MLP_OK)
        status = mlp_trainer_run(trainer, data, NULL);
    if (status < 0 && trainer && mlp_trainer_step_count(trainer) != 0)
        fail_msg("steps were taken before memory was short");
    mlp_trainer_destroy(trainer);
    mlp_data_destroy(data);
    return status;
}
