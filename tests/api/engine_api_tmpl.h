/* Template: the bit contract of the native engine. */

enum { T(MOST) = 300, T(SAMPLES) = 70, T(WIDEST) = 130 };

/* What one batch gives: outputs and tangents by sample, and the gradient of the whole. */
typedef struct T(results) {
    REAL y[T(MOST) *T(WIDEST)], y_dot[T(MOST) *T(WIDEST)], x_bar[T(MOST) *T(WIDEST)], theta_bar[50000];
} T(results);

static T(results) T(first), T(second);
static REAL T(x)[T(MOST) *T(WIDEST)], T(x_dot)[T(MOST) *T(WIDEST)], T(theta_dot)[50000];

static mlp_model *T(make)(const net *n)
{
    mlp_model *model;
    accepted(mlp_model_create(REAL_DTYPE, n->layers, n->widths, n->activation, &model));
    accepted(mlp_model_initialize(model, MLP_INIT_LECUN_NORMAL, 3));
    draw d = {5};
    for (int64_t i = 0; i < T(MOST) *T(WIDEST); i++) {
        T(x)[i] = (REAL)draw_real(&d, -2, 2);
        T(x_dot)[i] = (REAL)draw_real(&d, -1, 1);
    }
    for (int64_t i = 0; i < 50000; i++)
        T(theta_dot)[i] = (REAL)draw_real(&d, -1, 1);
    return model;
}

/* Samples `from` .. from + batch - 1 in a workspace for `most`. */
static void T(run)(const net *n, const mlp_model *model, int64_t most, int32_t threads, mlp_cpu cpu,
                   int64_t from, int64_t batch, T(results) *r)
{
    const int64_t n_in = n->widths[0], n_out = n->widths[n->layers];
    mlp_workspace *workspace;
    accepted(mlp_workspace_create(model, most, threads, MLP_USE_DERIVATIVES, &workspace));
    accepted(mlp_workspace_set_int(workspace, MLP_WORKSPACE_CPU, cpu));
    accepted(T(mlp_forward)(model, workspace, batch, T(x) + from * n_in, n_in, r->y, n_out));
    accepted(T(mlp_jvp)(model, workspace, T(x_dot) + from * n_in, n_in, T(theta_dot), r->y_dot, n_out));
    accepted(T(mlp_vjp)(model, workspace, r->y, n_out, r->x_bar, n_in, r->theta_bar));
    mlp_workspace_destroy(workspace);
}

/* Outputs and tangents of a sample do not depend on the batch it is in, nor on its place there. */
static void T(test_batches)(void **state)
{
    (void)state;
    for (size_t k = 0; k < NETS; k++) {
        const net *n = &nets[k];
        const int64_t n_out = n->widths[n->layers];
        mlp_model *model = T(make)(n);
        T(run)(n, model, T(MOST), 1, cpu_under_test, 0, T(MOST), &T(first));
        for (int64_t batch = 2; batch <= T(SAMPLES); batch++) {
            const int64_t from = (7 * batch) % 60;
            T(run)(n, model, batch + batch % 5, 1, cpu_under_test, from, batch, &T(second));
            T(same)(n, "y", batch, T(second).y, T(first).y + from * n_out, batch * n_out);
            T(same)(n, "y_dot", batch, T(second).y_dot, T(first).y_dot + from * n_out, batch * n_out);
        }
        mlp_model_destroy(model);
    }
}

/* Nothing depends on the number of threads. */
static void T(test_threads)(void **state)
{
    static const int64_t batches[] = {1, 2, 17, 64, 65, 300};
    (void)state;
    for (size_t k = 0; k < NETS; k++)
        for (size_t i = 0; i < sizeof batches / sizeof *batches; i++) {
            const net *n = &nets[k];
            const int64_t batch = batches[i], n_in = n->widths[0], n_out = n->widths[n->layers];
            mlp_model *model = T(make)(n);
            T(run)(n, model, batch, 1, cpu_under_test, 0, batch, &T(first));
            for (int32_t threads = 2; threads <= 8; threads += threads == 3 ? 5 : 1) {
                T(run)(n, model, batch, threads, cpu_under_test, 0, batch, &T(second));
                T(same)(n, "y", batch, T(second).y, T(first).y, batch * n_out);
                T(same)(n, "y_dot", batch, T(second).y_dot, T(first).y_dot, batch * n_out);
                T(same)(n, "x_bar", batch, T(second).x_bar, T(first).x_bar, batch * n_in);
                T(same)(n, "theta_bar", batch, T(second).theta_bar, T(first).theta_bar,
                        mlp_model_param_count(model));
                if (threads == 8)
                    break;
            }
            mlp_model_destroy(model);
        }
}

/* Scales and shifts of every input and output, all different. */
static void T(set_scaling)(mlp_model *model)
{
    REAL scale[T(WIDEST)], shift[T(WIDEST)];
    for (int64_t i = 0; i < T(WIDEST); i++) {
        scale[i] = (REAL)(0.5 + (double)(i % 7) / 8);
        shift[i] = (REAL)((double)(i % 5) / 8 - 0.25);
    }
    accepted(T(mlp_model_set_input_scaling)(model, scale, shift));
    accepted(T(mlp_model_set_output_scaling)(model, scale, shift));
}

/* A workspace that keeps only the output computes the same, on however many threads. */
static void T(test_outputs_only)(void **state)
{
    static const int64_t batches[] = {1, 2, 31, 64, 300};
    (void)state;
    for (size_t k = 0; k < NETS; k++)
        for (size_t i = 0; i < sizeof batches / sizeof *batches; i++)
            for (int32_t threads = 1; threads <= 3; threads++) {
                const net *n = &nets[k];
                const int64_t batch = batches[i], n_in = n->widths[0], n_out = n->widths[n->layers];
                mlp_model *model = T(make)(n);
                if (i % 2)
                    T(set_scaling)(model);
                mlp_workspace *workspace;
                T(run)(n, model, batch, 1, cpu_under_test, 0, batch, &T(first));
                accepted(mlp_workspace_create(model, batch, threads, MLP_USE_FORWARD, &workspace));
                accepted(mlp_workspace_set_int(workspace, MLP_WORKSPACE_CPU, cpu_under_test));
                for (int repeat = 0; repeat < 20; repeat++) {
                    accepted(T(mlp_forward)(model, workspace, batch, T(x), n_in, T(second).y, n_out));
                    T(same)(n, "y", batch, T(second).y, T(first).y, batch * n_out);
                }
                mlp_workspace_destroy(workspace);
                mlp_model_destroy(model);
            }
}

/* The output may take the place of the input, however few layers there are between them. */
static void T(test_in_place)(void **state)
{
    static const net square[] = {
        {1, {20, 20}, MLP_TANH}, {1, {130, 130}, MLP_TANH}, {2, {130, 37, 130}, MLP_TANH}};
    (void)state;
    for (int k = 0; k < 3; k++)
        for (int64_t batch = 1; batch <= 3; batch++) {
            const net *n = &square[k];
            const int64_t width = n->widths[0];
            mlp_model *model = T(make)(n);
            mlp_workspace *workspace;
            accepted(mlp_workspace_create(model, batch, 1, MLP_USE_FORWARD, &workspace));
            accepted(mlp_workspace_set_int(workspace, MLP_WORKSPACE_CPU, cpu_under_test));
            accepted(T(mlp_forward)(model, workspace, batch, T(x), width, T(first).y, width));
            memcpy(T(second).y, T(x), (size_t)(batch * width) * sizeof(REAL));
            accepted(T(mlp_forward)(model, workspace, batch, T(second).y, width, T(second).y, width));
            T(same)(n, "y", batch, T(second).y, T(first).y, batch * width);
            mlp_workspace_destroy(workspace);
            mlp_model_destroy(model);
        }
}

/* The parameters after a few steps. */
static void T(train)(const net *n, const mlp_model *model, mlp_optimizer optimizer, int64_t batch,
                     int32_t threads, REAL *theta)
{
    const int64_t n_in = n->widths[0], n_out = n->widths[n->layers];
    mlp_trainer *trainer;
    mlp_model *trained;
    double loss;
    accepted(mlp_trainer_create(model, &trainer));
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_OPTIMIZER, optimizer));
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_CPU, cpu_under_test));
    accepted(mlp_trainer_set_real(trainer, MLP_TRAINER_LEARNING_RATE, 1e-3));
    accepted(mlp_trainer_prepare(trainer, batch, threads));
    for (int step = 0; step < 3; step++)
        accepted(T(mlp_trainer_step)(trainer, batch, T(x), n_in, T(x_dot), n_out, NULL, &loss));
    accepted(mlp_model_clone(model, &trained));
    accepted(mlp_trainer_get_model(trainer, trained));
    accepted(T(mlp_model_get_params)(trained, 0, mlp_model_param_count(trained), theta));
    mlp_model_destroy(trained);
    mlp_trainer_destroy(trainer);
}

/* Training does not depend on the number of threads either. */
static void T(test_training)(void **state)
{
    static const int64_t batches[] = {1, 5, 8, 33, 300};
    static const int32_t threads[] = {2, 3, 8};
    (void)state;
    for (size_t k = 0; k < NETS; k++)
        for (size_t i = 0; i < sizeof batches / sizeof *batches; i++)
            for (mlp_optimizer optimizer = MLP_SGD; optimizer <= MLP_ADAM; optimizer++) {
                mlp_model *model = T(make)(&nets[k]);
                T(train)(&nets[k], model, optimizer, batches[i], 1, T(first).theta_bar);
                for (size_t t = 0; t < sizeof threads / sizeof *threads; t++) {
                    T(train)(&nets[k], model, optimizer, batches[i], threads[t], T(second).theta_bar);
                    T(same)(&nets[k], "theta", batches[i], T(second).theta_bar, T(first).theta_bar,
                            mlp_model_param_count(model));
                }
                mlp_model_destroy(model);
            }
}

/* The gradient of the squared error by a forward pass and a vjp on the other engine. */
static void T(other_gradient)(const net *n, const mlp_model *model, int64_t batch, REAL *theta_bar)
{
    const int64_t n_in = n->widths[0], n_out = n->widths[n->layers];
    REAL *y = T(second).y;
    double loss;
    mlp_workspace *workspace;
    accepted(mlp_workspace_create(model, batch, 1, MLP_USE_DERIVATIVES, &workspace));
    accepted(mlp_workspace_set_int(workspace, MLP_WORKSPACE_ENGINE, MLP_ENGINE_BLAS));
    accepted(T(mlp_forward)(model, workspace, batch, T(x), n_in, y, n_out));
    accepted(T(mlp_loss_evaluate)(MLP_SQUARED_ERROR, batch, n_out, y, n_out, T(x_dot), n_out, NULL, &loss, y,
                                  n_out));
    accepted(T(mlp_vjp)(model, workspace, y, n_out, NULL, 0, theta_bar));
    mlp_workspace_destroy(workspace);
}

/* One step of descent, which goes by whatever path, in one chunk or several, moves the parameters along that gradient. */
static void T(check_step)(const net *n, int64_t batch, double momentum, int scaled)
{
    const double rate = 0.5, unit = REAL_BITS == 32 ? FLT_EPSILON : DBL_EPSILON;
    const int64_t n_in = n->widths[0], n_out = n->widths[n->layers];
    mlp_model *model = T(make)(n);
    mlp_trainer *trainer;
    if (scaled)
        T(set_scaling)(model);
    const int64_t count = mlp_model_param_count(model);
    REAL *before = T(first).theta_bar, *after = T(second).theta_bar, *gradient = T(theta_dot);
    accepted(T(mlp_model_get_params)(model, 0, count, before));
    T(other_gradient)(n, model, batch, gradient);
    accepted(mlp_trainer_create(model, &trainer));
    accepted(mlp_trainer_set_int(trainer, MLP_TRAINER_CPU, cpu_under_test));
    accepted(mlp_trainer_set_real(trainer, MLP_TRAINER_LEARNING_RATE, rate));
    accepted(mlp_trainer_set_real(trainer, MLP_TRAINER_MOMENTUM, momentum));
    accepted(mlp_trainer_prepare(trainer, batch, 2));
    accepted(T(mlp_trainer_step)(trainer, batch, T(x), n_in, T(x_dot), n_out, NULL, NULL));
    accepted(mlp_trainer_get_model(trainer, model));
    accepted(T(mlp_model_get_params)(model, 0, count, after));
    double largest = 0, worst = 0;
    for (int64_t i = 0; i < count; i++) {
        largest = fmax(largest, fabs((double)gradient[i]));
        worst = fmax(worst, fabs(((double)before[i] - (double)after[i]) / rate - (double)gradient[i]));
    }
    if (!(worst <= 200 * unit * (1 / rate + largest)))
        fail_msg("%s, %d bits, %lld-...-%lld, batch %lld, momentum %g, scaled %d: off by %g of %g",
                 mlp_cpu_name(cpu_under_test), REAL_BITS, (long long)n_in, (long long)n_out, (long long)batch,
                 momentum, scaled, worst, largest);
    mlp_trainer_destroy(trainer);
    mlp_model_destroy(model);
}

static void T(test_steps)(void **state)
{
    static const int64_t batches[] = {1, 2, 3, 4, 5, 6, 7, 8, 33, 300};
    (void)state;
    for (size_t k = 0; k < NETS; k++)
        for (size_t i = 0; i < sizeof batches / sizeof *batches; i++)
            for (int kind = 0; kind < 4; kind++)
                T(check_step)(&nets[k], batches[i], kind % 2 ? 0.9 : 0, kind / 2);
}

/* A step is a forward pass, a vjp and an update: to the bit, as all use one instruction set. */
static void T(test_step_bits)(void **state)
{
    static const struct {
        int64_t batch;
        double momentum;
    } cases[] = {{1, 0.9}, {8, 0.9}, {33, 0.9}, {64, 0.9}, {1, 0}, {2, 0}, {3, 0}, {7, 0}};
    (void)state;
    for (size_t k = 0; k < NETS; k++)
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
            const net *n = &nets[k];
            if (cases[i].momentum == 0 && cpu_under_test == MLP_CPU_GENERIC)
                continue; /* apply_gradient updates with the best set there is, which fuses */
            const int64_t batch = cases[i].batch, n_in = n->widths[0], n_out = n->widths[n->layers];
            mlp_model *model = T(make)(n);
            const int64_t count = mlp_model_param_count(model);
            REAL *y = T(first).y, *gradient = T(theta_dot), *whole = T(first).theta_bar,
                 *parts = T(second).theta_bar;
            mlp_workspace *workspace;
            mlp_trainer *trainers[2];
            double loss;
            for (int t = 0; t < 2; t++) {
                accepted(mlp_trainer_create(model, &trainers[t]));
                accepted(mlp_trainer_set_int(trainers[t], MLP_TRAINER_CPU, cpu_under_test));
                accepted(mlp_trainer_set_real(trainers[t], MLP_TRAINER_MOMENTUM, cases[i].momentum));
                accepted(mlp_trainer_prepare(trainers[t], batch, 1));
            }
            accepted(mlp_workspace_create(model, batch, 1, MLP_USE_DERIVATIVES, &workspace));
            accepted(mlp_workspace_set_int(workspace, MLP_WORKSPACE_CPU, cpu_under_test));
            accepted(T(mlp_forward)(model, workspace, batch, T(x), n_in, y, n_out));
            accepted(T(mlp_loss_evaluate)(MLP_SQUARED_ERROR, batch, n_out, y, n_out, T(x_dot), n_out, NULL,
                                          &loss, y, n_out));
            accepted(T(mlp_vjp)(model, workspace, y, n_out, NULL, 0, gradient));
            accepted(T(mlp_trainer_apply_gradient)(trainers[0], gradient));
            accepted(T(mlp_trainer_step)(trainers[1], batch, T(x), n_in, T(x_dot), n_out, NULL, NULL));
            accepted(mlp_trainer_get_model(trainers[0], model));
            accepted(T(mlp_model_get_params)(model, 0, count, parts));
            accepted(mlp_trainer_get_model(trainers[1], model));
            accepted(T(mlp_model_get_params)(model, 0, count, whole));
            T(same)(n, "theta", batch, whole, parts, count);
            mlp_workspace_destroy(workspace);
            mlp_trainer_destroy(trainers[0]);
            mlp_trainer_destroy(trainers[1]);
            mlp_model_destroy(model);
        }
}

/* In the common order a sample is the same alone and in company. */
static void T(test_alone)(void **state)
{
    (void)state;
    for (size_t k = 0; k < NETS; k++) {
        const net *n = &nets[k];
        const int64_t n_in = n->widths[0], n_out = n->widths[n->layers];
        mlp_model *model = T(make)(n);
        mlp_workspace *workspace;
        T(run)(n, model, 9, 1, cpu_under_test, 0, 9, &T(first));
        accepted(mlp_workspace_create(model, 1, 1, MLP_USE_DERIVATIVES, &workspace));
        accepted(mlp_workspace_set_int(workspace, MLP_WORKSPACE_CPU, cpu_under_test));
        accepted(mlp_workspace_set_int(workspace, MLP_WORKSPACE_COMMON_ORDER, 1));
        for (int64_t s = 0; s < 9; s++) {
            REAL *y = T(second).y, *y_dot = T(second).y_dot;
            accepted(T(mlp_forward)(model, workspace, 1, T(x) + s * n_in, n_in, y, n_out));
            accepted(T(mlp_jvp)(model, workspace, T(x_dot) + s * n_in, n_in, T(theta_dot), y_dot, n_out));
            T(same)(n, "y", 1, y, T(first).y + s * n_out, n_out);
            T(same)(n, "y_dot", 1, y_dot, T(first).y_dot + s * n_out, n_out);
        }
        mlp_workspace_destroy(workspace);
        mlp_model_destroy(model);
    }
}

/* One sample among others that is NaN is NaN, and the others are as they were. */
static void T(test_nan)(void **state)
{
    (void)state;
    for (mlp_activation kind = MLP_IDENTITY; kind <= MLP_EXP; kind++) {
        const net n = {2, {20, 37, 3}, kind};
        mlp_model *model = T(make)(&n);
        T(run)(&n, model, 9, 1, cpu_under_test, 0, 9, &T(first));
        T(x)[4 * 20 + 6] = (REAL)NAN;
        T(run)(&n, model, 9, 1, cpu_under_test, 0, 9, &T(second));
        for (int i = 0; i < 3; i++)
            assert_true(T(second).y[12 + i] != T(second).y[12 + i]);
        T(same)(&n, "y", 9, T(second).y, T(first).y, 12);
        T(same)(&n, "y", 9, T(second).y + 15, T(first).y + 15, 12);
        mlp_model_destroy(model);
    }
}
