/* Template: steps on derivatives, against the same made of a jet, its reverse and an own gradient. */

enum { T(PARAMS) = 9 * (DIMENSIONS + 1) + 2 * 10, T(OUT) = 2 };

/* What a loss saw and how it behaves. */
typedef struct T(watch) {
    int64_t batch, directions;
    int calls, value;
    int32_t laplacian;
    double loss; /* where not 0: returned in place of the sum */
} T(watch);

/* sum y^2 / 2 + y1 y1 + sin-like mixes of y2: every cotangent is other than 0 */
static int32_t T(residual)(int64_t batch, int64_t n, int64_t directions, const REAL *y, const REAL *y1,
                           const REAL *y2, REAL *y_bar, REAL *y1_bar, REAL *y2_bar, double *loss,
                           void *context)
{
    T(watch) *w = context;
    const int64_t seconds = batch * n * (w->laplacian ? 1 : directions);
    double sum = 0;
    w->calls++;
    w->batch = batch;
    w->directions = directions;
    for (int64_t i = 0; i < batch * n; i++) {
        assert_true(y_bar[i] == 0);
        y_bar[i] = y[i];
        sum += (double)y[i] * (double)y[i] / 2;
    }
    for (int64_t i = 0; i < batch * n * directions; i++) {
        assert_true(y1_bar[i] == 0);
        y1_bar[i] = 2 * y1[i];
        sum += (double)y1[i] * (double)y1[i];
    }
    for (int64_t i = 0; i < seconds; i++) {
        assert_true(y2_bar[i] == 0);
        y2_bar[i] = (REAL)(0.25 * (double)y2[i]);
        sum += 0.125 * (double)y2[i] * (double)y2[i];
    }
    *loss = w->loss != 0 ? w->loss : sum;
    return w->value;
}

static mlp_model *T(make_model)(void)
{
    static const int64_t widths[] = {DIMENSIONS, 9, T(OUT)};
    mlp_model *model;
    accepted(mlp_model_create(REAL_DTYPE, 2, widths, MLP_TANH, &model));
    accepted(mlp_model_initialize(model, MLP_INIT_GLOROT_UNIFORM, 5));
    return model;
}

static mlp_trainer *T(make_trainer)(const mlp_model *model, int64_t streams, int32_t threads)
{
    mlp_trainer *trainer;
    accepted(mlp_trainer_create(model, &trainer));
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_OPTIMIZER, MLP_ADAM));
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_STREAMS, streams));
    accepted(mlp_trainer_prepare(trainer, SAMPLES, threads));
    return trainer;
}

static void T(theta_of)(const mlp_trainer *trainer, mlp_model *model, REAL theta[T(PARAMS)])
{
    accepted(mlp_trainer_get_model(trainer, model));
    accepted(T(mlp_model_get_params)(model, 0, T(PARAMS), theta));
}

/* The gradient of the loss at the model, by the calls one would make oneself. */
static void T(own_gradient)(const mlp_model *model, mlp_workspace *workspace, int64_t batch, const REAL *x,
                            int64_t K, const REAL *v, T(watch) *w, REAL *theta_bar)
{
    static REAL y[T(OUT) *SAMPLES], y1[T(OUT) *SAMPLES * MOST], y2[T(OUT) *SAMPLES * MOST],
        y_bar[T(OUT) *SAMPLES], y1_bar[T(OUT) *SAMPLES * MOST], y2_bar[T(OUT) *SAMPLES * MOST];
    double loss;
    accepted(T(mlp_forward)(model, workspace, batch, x, DIMENSIONS, y, T(OUT)));
    if (w->laplacian)
        accepted(T(mlp_laplacian)(model, workspace, v, y1, y2, T(OUT)));
    else
        accepted(T(mlp_jet)(model, workspace, K, v, DIMENSIONS, 0, y1, y2, NULL, T(OUT)));
    memset(y_bar, 0, sizeof y_bar);
    memset(y1_bar, 0, sizeof y1_bar);
    memset(y2_bar, 0, sizeof y2_bar);
    T(residual)(batch, T(OUT), K, y, y1, y2, y_bar, y1_bar, y2_bar, &loss, w);
    accepted(T(mlp_jet_vjp)(model, workspace, y_bar, T(OUT), y1_bar, y2_bar, T(OUT), NULL, 0, theta_bar));
}

/* Steps by the trainer and by own gradients leave the same bits; a small batch has room for more directions. */
static void T(test_steps)(void **state)
{
    REAL x[DIMENSIONS * SAMPLES], v[DIMENSIONS * MOST], theta[T(PARAMS)], own[T(PARAMS)],
        theta_bar[T(PARAMS)];
    mlp_model *model = T(make_model)();
    mlp_workspace *workspace;
    draw d = {23};
    (void)state;
    for (int i = 0; i < DIMENSIONS * SAMPLES; i++)
        x[i] = (REAL)draw_real(&d, -1, 1);
    for (int i = 0; i < DIMENSIONS * MOST; i++)
        v[i] = (REAL)draw_real(&d, -1, 1);
    accepted(mlp_workspace_create(model, SAMPLES, 1, MLP_USE_SECOND_ORDER + 4 * MLP_USE_STREAM, &workspace));
    mlp_trainer *jets = T(make_trainer)(model, 4, 2), *plain = T(make_trainer)(model, 4, 1);
    for (int step = 0; step < 6; step++) {
        T(watch) w = {.laplacian = step % 3 == 2};
        const int64_t batch = step % 3 == 1 ? 1 : SAMPLES, K = w.laplacian  ? DIMENSIONS
                                                               : batch == 1 ? MOST
                                                                            : 2;
        double loss = 0;
        T(theta_of)(plain, model, own);
        T(own_gradient)(model, workspace, batch, x, K, v, &w, theta_bar);
        accepted(T(mlp_trainer_apply_gradient)(plain, theta_bar));
        if (w.laplacian)
            accepted(T(mlp_trainer_step_laplacian)(jets, batch, x, DIMENSIONS, v, T(residual), &w, &loss));
        else
            accepted(T(mlp_trainer_step_jet)(jets, batch, x, DIMENSIONS, K, v, DIMENSIONS, 0, T(residual), &w,
                                             &loss));
        assert_true(w.calls == 2 && w.batch == batch && w.directions == K && loss > 0);
        T(theta_of)(plain, model, own);
        T(theta_of)(jets, model, theta);
        assert_memory_equal(theta, own, sizeof own);
    }
    assert_int_equal(mlp_trainer_step_count(jets), 6);
    mlp_trainer_destroy(jets);
    mlp_trainer_destroy(plain);
    mlp_workspace_destroy(workspace);
    mlp_model_destroy(model);
}

/* Every refusal leaves parameters, counters and *loss as they were. */
static void T(test_refused)(void **state)
{
    REAL x[DIMENSIONS * SAMPLES] = {0}, v[DIMENSIONS * MOST] = {1}, bad[DIMENSIONS] = {(REAL)NAN},
                        before[T(PARAMS)], after[T(PARAMS)];
    mlp_model *model = T(make_model)();
    mlp_trainer *trainer = T(make_trainer)(model, 4, 1), *without = T(make_trainer)(model, 0, 1), *unprepared;
    T(watch) w = {0}, failing = {.value = 7}, infinite = {.loss = (double)INFINITY};
    double loss = 77;
    (void)state;
    accepted(mlp_trainer_create(model, &unprepared));
    T(theta_of)(trainer, model, before);
    const struct {
        mlp_trainer *trainer;
        int64_t batch;
        const REAL *x;
        int64_t ldx, K;
        const REAL *v;
        int64_t ldv, stride;
        T(mlp_jet_loss_fn) function;
        T(watch) *watch;
        mlp_status status;
        const char *word;
    } cases[] = {
        {NULL, 1, x, 3, 1, v, 3, 0, T(residual), &w, MLP_ERR_ARGUMENT, "trainer = NULL"},
        {unprepared, 1, x, 3, 1, v, 3, 0, T(residual), &w, MLP_ERR_STATE, "trainer: is not prepared"},
        {without, 1, x, 3, 1, v, 3, 0, T(residual), &w, MLP_ERR_STATE,
         "trainer: was prepared without MLP_TRAINER_S"},
        {trainer, 0, x, 3, 1, v, 3, 0, T(residual), &w, MLP_ERR_SIZE, "batch = 0"},
        {trainer, SAMPLES + 1, x, 3, 1, v, 3, 0, T(residual), &w, MLP_ERR_SIZE, "batch = "},
        {trainer, 1, NULL, 3, 1, v, 3, 0, T(residual), &w, MLP_ERR_ARGUMENT, "x = NULL"},
        {trainer, 1, x, 2, 1, v, 3, 0, T(residual), &w, MLP_ERR_SIZE, "ldx = 2"},
        {trainer, 1, x, 3, 0, v, 3, 0, T(residual), &w, MLP_ERR_SIZE, "directions = 0"},
        {trainer, 1, x, 3, 1, NULL, 3, 0, T(residual), &w, MLP_ERR_ARGUMENT, "v = NULL"},
        {trainer, 1, x, 3, 1, v, 2, 0, T(residual), &w, MLP_ERR_SIZE, "ldv = 2"},
        {trainer, 2, x, 3, 1, v, 3, -1, T(residual), &w, MLP_ERR_SIZE, "stride = -1"},
        {trainer, 1, x, 3, 1, v, 3, 0, NULL, &w, MLP_ERR_ARGUMENT, "function = NULL"},
        {trainer, SAMPLES, x, 3, 3, v, 3, 0, T(residual), &w, MLP_ERR_SIZE,
         "workspace: a batch of 5 with 6 streams"},
        {trainer, 1, bad, 3, 1, v, 3, 0, T(residual), &w, MLP_ERR_NUMERIC, "x: element 0 of sample 0"},
        {trainer, 1, x, 3, 1, v, 3, 0, T(residual), &infinite, MLP_ERR_NUMERIC, "loss is not finite"},
        {trainer, 1, x, 3, 1, v, 3, 0, T(residual), &failing, MLP_ERR_CALLBACK, "the loss of a step"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        refused(T(mlp_trainer_step_jet)(cases[i].trainer, cases[i].batch, cases[i].x, cases[i].ldx,
                                        cases[i].K, cases[i].v, cases[i].ldv, cases[i].stride,
                                        cases[i].function, cases[i].watch, &loss),
                cases[i].status, cases[i].word);
    assert_int_equal(mlp_last_callback_value(), 7);
    assert_int_equal(w.calls, 0);
    refused(T(mlp_trainer_step_laplacian)(trainer, 1, x, 3, bad, T(residual), &w, &loss), MLP_ERR_ARGUMENT,
            "weights[0] = ");
    refused(T(mlp_trainer_step_laplacian)(trainer, 1, x, 3, NULL, NULL, &w, &loss), MLP_ERR_ARGUMENT,
            "function = NULL");
    refused(T(mlp_trainer_step_laplacian)(without, 1, x, 3, NULL, T(residual), &w, &loss), MLP_ERR_STATE,
            "trainer: was prepared without");
    T(theta_of)(trainer, model, after);
    assert_memory_equal(before, after, sizeof after);
    assert_true(loss == 77 && mlp_trainer_step_count(trainer) == 0);
    mlp_trainer_destroy(unprepared);
    mlp_trainer_destroy(without);
    mlp_trainer_destroy(trainer);
    mlp_model_destroy(model);
}
