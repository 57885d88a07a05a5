/* Template: one kind of work over numbers of one kind. */

typedef struct T(work) {
    mlp_model *model;
    mlp_workspace *workspace;
    mlp_trainer *trainer;
    int64_t batch;
    REAL x[N * MOST], t[N * MOST], y[N * MOST], x_bar[N * MOST], theta_bar[LAYERS * N * (N + 1)];
} T(work);

typedef void (*T(job))(T(work) *work);

/* `count` numbers of magnitude 1/4 to 1 times `scale` */
static void T(draw_scaled)(uint64_t seed, int64_t count, REAL scale, REAL *out)
{
    draw d = {seed};
    for (int64_t i = 0; i < count; i++)
        out[i] = (REAL)(draw_sign(&d) * draw_real(&d, 0.25, 1)) * scale;
}

static T(work) *T(create)(place where, int64_t batch)
{
    static const int64_t widths[LAYERS + 1] = {N, N, N, N, N};
    const REAL weights = where == IN_WEIGHTS ? REAL_LEAST / 8 : where == BETWEEN ? REAL_HALFWAY : (REAL)0.1;
    const REAL inputs = where == IN_INPUTS ? REAL_LEAST / 8 : where == BETWEEN ? REAL_HALFWAY : 1;
    T(work) *work = calloc(1, sizeof *work);
    assert_non_null(work);
    work->batch = batch;
    accepted(mlp_model_create(REAL_DTYPE, LAYERS, widths, MLP_TANH, &work->model));
    T(draw_scaled)(1, mlp_model_param_count(work->model), weights, work->theta_bar);
    accepted(T(mlp_model_set_params)(work->model, 0, mlp_model_param_count(work->model), work->theta_bar));
    T(draw_scaled)(2, N * batch, inputs, work->x);
    T(draw_scaled)(3, N * batch, inputs, work->t);
    accepted(mlp_workspace_create(work->model, batch, 1, MLP_USE_DERIVATIVES, &work->workspace));
    accepted(mlp_workspace_set_int(work->workspace, MLP_WORKSPACE_ENGINE, MLP_ENGINE_NATIVE));
    accepted(mlp_trainer_create(work->model, &work->trainer));
    /* a step may not move what the next one is timed with */
    accepted(mlp_trainer_set_real(work->trainer, MLP_TRAINER_LEARNING_RATE, (double)REAL_HALFWAY));
    accepted(mlp_trainer_prepare(work->trainer, batch, 1));
    accepted(T(mlp_forward)(work->model, work->workspace, batch, work->x, N, work->y, N));
    return work;
}

static void T(destroy)(T(work) *work)
{
    mlp_trainer_destroy(work->trainer);
    mlp_workspace_destroy(work->workspace);
    mlp_model_destroy(work->model);
    free(work);
}

static void T(forward)(T(work) *work)
{
    accepted(T(mlp_forward)(work->model, work->workspace, work->batch, work->x, N, work->y, N));
}

static void T(vjp)(T(work) *work)
{
    accepted(T(mlp_vjp)(work->model, work->workspace, work->t, N, work->x_bar, N, work->theta_bar));
}

static void T(step)(T(work) *work)
{
    accepted(T(mlp_trainer_step)(work->trainer, work->batch, work->x, N, work->t, N, NULL, NULL));
}

static double T(time_job)(T(job) job, T(work) *work, int64_t repeats)
{
    const double begin = seconds();
    for (int64_t i = 0; i < repeats; i++)
        job(work);
    return seconds() - begin;
}

/* The median time of the one over that of the other, in turns. */
static double T(ratio)(T(job) job, T(work) *subnormal, T(work) *normal, int64_t repeats)
{
    double with[TURNS], without[TURNS];
    for (int i = 0; i < TURNS; i++) {
        with[i] = T(time_job)(job, subnormal, repeats);
        without[i] = T(time_job)(job, normal, repeats);
    }
    return median(with) / median(without);
}

static void T(check_places)(T(job) job)
{
    static const int64_t batches[] = {1, 5, MOST};
    for (size_t b = 0; b < sizeof batches / sizeof *batches; b++)
        for (place where = IN_WEIGHTS; where <= BETWEEN; where++) {
            T(work) *subnormal = T(create)(where, batches[b]), *normal = T(create)(NOWHERE, batches[b]);
            const int64_t repeats = MOST / batches[b];
            double least = T(ratio)(job, subnormal, normal, repeats);
            for (int i = 1; i < ATTEMPTS && least > BOUND; i++) {
                const double again = T(ratio)(job, subnormal, normal, repeats);
                least = again < least ? again : least;
            }
            if (least > BOUND)
                fail_msg("batch %lld, place %d: subnormal numbers take %.2f times as long",
                         (long long)batches[b], (int)where, least);
            T(destroy)(subnormal);
            T(destroy)(normal);
        }
}

static void T(test_forward)(void **state)
{
    (void)state;
    T(check_places)(T(forward));
}

static void T(test_vjp)(void **state)
{
    (void)state;
    T(check_places)(T(vjp));
}

static void T(test_step)(void **state)
{
    (void)state;
    T(check_places)(T(step));
}
