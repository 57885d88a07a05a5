/* Template: the last layer in closed form, in one number type. */

/* A model, a workspace whose batches do not divide the samples, samples and targets. */
typedef struct T(fit) {
    mlp_model *model;
    mlp_workspace *workspace;
    int64_t samples;
    REAL x[MOST * N_IN], t[MOST * N_OUT], y[MOST * N_OUT];
} T(fit);

static void T(set_up)(T(fit) *f, int64_t samples, int32_t uses)
{
    draw d = {23};
    *f = (T(fit)){.samples = samples};
    accepted(mlp_model_create(REAL_DTYPE, 3, widths, MLP_TANH, &f->model));
    accepted(mlp_model_initialize(f->model, MLP_INIT_GLOROT_NORMAL, 5));
    accepted(mlp_workspace_create(f->model, 13, 1, uses, &f->workspace));
    for (int i = 0; i < MOST * N_IN; i++)
        f->x[i] = (REAL)draw_real(&d, -2, 2);
    for (int i = 0; i < MOST * N_OUT; i++)
        f->t[i] = (REAL)draw_real(&d, -1, 1);
}

static void T(tear_down)(T(fit) *f)
{
    mlp_workspace_destroy(f->workspace);
    mlp_model_destroy(f->model);
}

static mlp_status T(solve)(T(fit) *f, int64_t *rank)
{
    return T(mlp_model_fit_output)(f->model, f->workspace, f->samples, f->x, N_IN, f->t, N_OUT, rank);
}

/* y of all samples */
static void T(run)(T(fit) *f)
{
    for (int64_t first = 0, batch; first < f->samples; first += batch) {
        batch = f->samples - first < 13 ? f->samples - first : 13;
        accepted(T(mlp_forward)(f->model, f->workspace, batch, f->x + first * N_IN, N_IN,
                                f->y + first * N_OUT, N_OUT));
    }
}

/* [y_{L-1}; 1] of all samples, UNKNOWNS x samples */
static void T(hidden)(const T(fit) *f, REAL *H)
{
    mlp_workspace *workspace = NULL;
    accepted(mlp_workspace_create(f->model, MOST, 1, MLP_USE_DERIVATIVES, &workspace));
    accepted(T(mlp_forward)(f->model, workspace, f->samples, f->x, N_IN, NULL, N_OUT));
    accepted(T(mlp_workspace_get_output)(workspace, 2, H, UNKNOWNS));
    for (int64_t s = 0; s < f->samples; s++)
        H[s * UNKNOWNS + HIDDEN] = 1;
    mlp_workspace_destroy(workspace);
}

/* The largest |H (t - y)^T|: 0 at the minimum */
static double T(correlation)(T(fit) *f, const REAL *H)
{
    double worst = 0;
    T(run)(f);
    for (int j = 0; j < UNKNOWNS; j++)
        for (int p = 0; p < N_OUT; p++) {
            double sum = 0;
            for (int64_t s = 0; s < f->samples; s++)
                sum +=
                    (double)H[s * UNKNOWNS + j] * ((double)f->t[s * N_OUT + p] - (double)f->y[s * N_OUT + p]);
            worst = fmax(worst, fabs(sum));
        }
    return worst;
}

static double T(distance)(const REAL *a, const REAL *b, int64_t count)
{
    double worst = 0;
    for (int64_t i = 0; i < count; i++)
        worst = fmax(worst, fabs((double)a[i] - (double)b[i]));
    return worst;
}

/* Targets a last layer has made give this layer back. */
static void T(test_planted)(void **state)
{
    REAL A[HIDDEN * N_OUT], b[N_OUT], found_A[HIDDEN * N_OUT], found_b[N_OUT];
    (void)state;
    for (int32_t uses = MLP_USE_FORWARD; uses <= MLP_USE_DERIVATIVES; uses++) {
        T(fit) f;
        int64_t rank = 0;
        T(set_up)(&f, MOST, uses);
        const uint64_t generation = mlp_model_generation(f.model);
        T(run)(&f);
        memcpy(f.t, f.y, sizeof f.t);
        accepted(T(mlp_model_get_weights)(f.model, 3, MLP_COLUMN_MAJOR, A, N_OUT));
        accepted(T(mlp_model_get_bias)(f.model, 3, b));
        memset(found_A, 0, sizeof found_A);
        accepted(T(mlp_model_set_weights)(f.model, 3, MLP_COLUMN_MAJOR, found_A, N_OUT));
        accepted(T(solve)(&f, &rank));
        assert_int_equal(rank, UNKNOWNS);
        assert_int_equal(mlp_workspace_batch(f.workspace), 0);
        assert_true(mlp_model_generation(f.model) != generation);
        accepted(T(mlp_model_get_weights)(f.model, 3, MLP_COLUMN_MAJOR, found_A, N_OUT));
        accepted(T(mlp_model_get_bias)(f.model, 3, found_b));
        const double error = fmax(T(distance)(A, found_A, HIDDEN * N_OUT), T(distance)(b, found_b, N_OUT));
        print_message("planted layer: off by %.2g eps\n", error / EPSILON);
        assert_true(error <
                    500 * EPSILON); /* the condition of the hidden outputs, about 30, times rounding */
        T(tear_down)(&f);
    }
}

/* At the minimum the residual is orthogonal to the hidden outputs and to 1, and small changes only make it worse. */
static void T(test_residual)(void **state)
{
    static REAL H[UNKNOWNS * MOST];
    T(fit) f;
    (void)state;
    T(set_up)(&f, MOST, MLP_USE_FORWARD);
    T(hidden)(&f, H);
    const double before = T(correlation)(&f, H);
    accepted(T(solve)(&f, NULL));
    const double after = T(correlation)(&f, H);
    print_message("residual: H r %.2g before, %.2g eps after\n", before, after / EPSILON);
    assert_true(before > 1 && after < 50 * MOST * EPSILON);
    T(tear_down)(&f);
}

/* Scaling of inputs and outputs is undone: the targets are in the user's units. */
static void T(test_scaling)(void **state)
{
    static const REAL in[] = {2, (REAL)0.5, -1}, in_shift[] = {0, 1, (REAL)0.25};
    static const REAL out[] = {100, (REAL)-0.01}, out_shift[] = {1000, 3};
    static REAL H[UNKNOWNS * MOST], plain[MOST * N_OUT];
    T(fit) f;
    (void)state;
    T(set_up)(&f, MOST, MLP_USE_FORWARD);
    accepted(T(mlp_model_set_input_scaling)(f.model, in, in_shift));
    T(hidden)(&f, H);
    accepted(T(solve)(&f, NULL));
    T(run)(&f);
    memcpy(plain, f.y, sizeof plain);
    for (int i = 0; i < MOST * N_OUT; i++)
        f.t[i] = out[i % N_OUT] * f.t[i] + out_shift[i % N_OUT];
    accepted(T(mlp_model_set_output_scaling)(f.model, out, out_shift));
    accepted(T(solve)(&f, NULL));
    T(run)(&f);
    for (int i = 0; i < MOST * N_OUT; i++) {
        const double expected = (double)out[i % N_OUT] * (double)plain[i] + (double)out_shift[i % N_OUT];
        assert_true(fabs((double)f.y[i] - expected) < 1e4 * EPSILON * fmax(1, fabs(expected) / 100));
    }
    T(tear_down)(&f);
}

/* L = 1: linear regression, here of t = 1 + 2 x_0 - 3 x_1. */
static void T(test_single_layer)(void **state)
{
    static const int64_t linear[] = {2, 1};
    mlp_model *model = NULL;
    mlp_workspace *workspace = NULL;
    REAL x[20], t[10], theta[3];
    int64_t rank = 0;
    draw d = {3};
    (void)state;
    for (int s = 0; s < 10; s++) {
        x[2 * s] = (REAL)draw_real(&d, -1, 1);
        x[2 * s + 1] = (REAL)draw_real(&d, -1, 1);
        t[s] = 1 + 2 * x[2 * s] - 3 * x[2 * s + 1];
    }
    accepted(mlp_model_create(REAL_DTYPE, 1, linear, MLP_IDENTITY, &model));
    accepted(mlp_workspace_create(model, 4, 1, MLP_USE_FORWARD, &workspace));
    accepted(T(mlp_model_fit_output)(model, workspace, 10, x, 2, t, 1, &rank));
    accepted(T(mlp_model_get_params)(model, 0, 3, theta));
    assert_int_equal(rank, 3);
    assert_true(fabs((double)theta[0] - 2) < 20 * EPSILON && fabs((double)theta[1] + 3) < 20 * EPSILON);
    assert_true(fabs((double)theta[2] - 1) < 20 * EPSILON);
    /* sealed: its parameters have been set */
    refused(mlp_model_set_activation(model, 1, MLP_TANH), MLP_ERR_STATE, "model");
    mlp_workspace_destroy(workspace);
    mlp_model_destroy(model);
}

/* Makes hidden unit `to` of layer 2 a copy of unit `from`. */
static void T(copy_unit)(mlp_model *model, int from, int to)
{
    REAL A[6 * HIDDEN], b[HIDDEN];
    accepted(T(mlp_model_get_weights)(model, 2, MLP_ROW_MAJOR, A, 6));
    accepted(T(mlp_model_get_bias)(model, 2, b));
    memcpy(A + 6 * to, A + 6 * from, 6 * sizeof *A);
    b[to] = b[from];
    accepted(T(mlp_model_set_weights)(model, 2, MLP_ROW_MAJOR, A, 6));
    accepted(T(mlp_model_set_bias)(model, 2, b));
}

/* Equal hidden units: the rank tells, the residual is still minimal, and least norm shares the weight equally. */
static void T(test_dependent)(void **state)
{
    static REAL H[UNKNOWNS * MOST];
    REAL A[HIDDEN * N_OUT];
    T(fit) f;
    int64_t rank = 0;
    (void)state;
    T(set_up)(&f, MOST, MLP_USE_FORWARD);
    T(copy_unit)(f.model, 1, 4);
    T(copy_unit)(f.model, 1, 6);
    T(hidden)(&f, H);
    accepted(T(solve)(&f, &rank));
    assert_int_equal(rank, UNKNOWNS - 2);
    accepted(T(mlp_model_get_weights)(f.model, 3, MLP_COLUMN_MAJOR, A, N_OUT));
    for (int p = 0; p < N_OUT; p++)
        for (int unit = 4; unit <= 6; unit += 2)
            assert_true(fabs((double)A[unit * N_OUT + p] - (double)A[1 * N_OUT + p]) < 500 * EPSILON);
    assert_true(T(correlation)(&f, H) < 100 * MOST * EPSILON);
    T(tear_down)(&f);
}

/* Fewer samples than unknowns: every target is met, by a solution in the span of the samples. */
static void T(test_few)(void **state)
{
    enum { FEW = 4 };
    static REAL H[UNKNOWNS * MOST];
    REAL A[HIDDEN * N_OUT], b[N_OUT];
    T(fit) f;
    int64_t rank = 0;
    draw d = {31};
    (void)state;
    T(set_up)(&f, FEW, MLP_USE_FORWARD);
    T(hidden)(&f, H);
    accepted(T(solve)(&f, &rank));
    assert_int_equal(rank, FEW);
    T(run)(&f);
    assert_true(T(distance)(f.y, f.t, FEW * N_OUT) < 500 * EPSILON);
    accepted(T(mlp_model_get_weights)(f.model, 3, MLP_COLUMN_MAJOR, A, N_OUT));
    accepted(T(mlp_model_get_bias)(f.model, 3, b));
    for (int trial = 0; trial < 20; trial++) {
        /* a direction v with H^T v = 0 by Gram-Schmidt, twice: the solution has no part in it */
        double v[UNKNOWNS], Q[FEW][UNKNOWNS], length = 0, part = 0;
        for (int j = 0; j < UNKNOWNS; j++)
            v[j] = draw_real(&d, -1, 1);
        for (int s = 0; s < FEW; s++)
            for (int j = 0; j < UNKNOWNS; j++)
                Q[s][j] = (double)H[s * UNKNOWNS + j];
        for (int s = 0; s <= FEW; s++) {
            double *q = s < FEW ? Q[s] : v;
            for (int r = 0; r < 2 * s; r++) {
                double dot = 0;
                for (int j = 0; j < UNKNOWNS; j++)
                    dot += q[j] * Q[r % s][j];
                for (int j = 0; j < UNKNOWNS; j++)
                    q[j] -= dot * Q[r % s][j];
            }
            length = 0;
            for (int j = 0; j < UNKNOWNS; j++)
                length += q[j] * q[j];
            for (int j = 0; j < UNKNOWNS; j++)
                q[j] /= sqrt(length);
        }
        for (int j = 0; j < UNKNOWNS; j++)
            part += v[j] * (double)(j < HIDDEN ? A[j * N_OUT] : b[0]);
        assert_true(fabs(part) < 500 * EPSILON);
    }
    T(tear_down)(&f);
}

/* Hidden outputs that are all 0 leave the mean of the targets. */
static void T(test_dead)(void **state)
{
    REAL A[6 * HIDDEN] = {0}, b[HIDDEN] = {0}, out[HIDDEN * N_OUT], mean[N_OUT];
    T(fit) f;
    int64_t rank = 0;
    double sum = 0;
    (void)state;
    T(set_up)(&f, MOST, MLP_USE_FORWARD);
    accepted(T(mlp_model_set_weights)(f.model, 2, MLP_COLUMN_MAJOR, A, HIDDEN));
    accepted(T(mlp_model_set_bias)(f.model, 2, b));
    accepted(T(solve)(&f, &rank));
    assert_int_equal(rank, 1);
    accepted(T(mlp_model_get_weights)(f.model, 3, MLP_COLUMN_MAJOR, out, N_OUT));
    accepted(T(mlp_model_get_bias)(f.model, 3, mean));
    for (int i = 0; i < HIDDEN * N_OUT; i++)
        assert_true(fabs((double)out[i]) < EPSILON);
    for (int s = 0; s < MOST; s++)
        sum += (double)f.t[s * N_OUT];
    assert_true(fabs((double)mean[0] - sum / MOST) < 100 * EPSILON);
    T(tear_down)(&f);
}

static void T(test_refusals)(void **state)
{
    static const REAL scale[] = {1, 0}, shift[] = {0, 0}, one[] = {1, 1};
    REAL before[6 * 4 + HIDDEN * 7 + N_OUT * 9], after[6 * 4 + HIDDEN * 7 + N_OUT * 9];
    const int64_t count = sizeof before / sizeof *before;
    mlp_model *other = NULL, *nonlinear = NULL;
    mlp_workspace *narrow = NULL, *fits = NULL;
    T(fit) f;
    int64_t rank = 77;
    (void)state;
    T(set_up)(&f, MOST, MLP_USE_FORWARD);
    accepted(T(mlp_model_get_params)(f.model, 0, count, before));
    accepted(mlp_model_create(REAL_DTYPE, 2, widths, MLP_TANH, &other));
    accepted(mlp_workspace_create(other, 4, 1, MLP_USE_FORWARD, &narrow));
    accepted(mlp_model_create(REAL_DTYPE, 3, widths, MLP_TANH, &nonlinear));
    accepted(mlp_model_set_activation(nonlinear, 3, MLP_SIGMOID));
    accepted(mlp_workspace_create(nonlinear, 4, 1, MLP_USE_FORWARD, &fits));
    const struct {
        mlp_model *model;
        mlp_workspace *workspace;
        int64_t samples;
        const REAL *x;
        int64_t ldx;
        const REAL *t;
        int64_t ldt;
        mlp_status status;
        const char *word;
    } cases[] = {
        {NULL, f.workspace, 10, f.x, N_IN, f.t, N_OUT, MLP_ERR_ARGUMENT, "model = NULL"},
        {f.model, NULL, 10, f.x, N_IN, f.t, N_OUT, MLP_ERR_ARGUMENT, "workspace = NULL"},
        {f.model, narrow, 10, f.x, N_IN, f.t, N_OUT, MLP_ERR_ARGUMENT, "model: "},
        {f.model, f.workspace, 0, f.x, N_IN, f.t, N_OUT, MLP_ERR_SIZE, "samples = 0"},
        {f.model, f.workspace, -1, f.x, N_IN, f.t, N_OUT, MLP_ERR_SIZE, "samples = -1"},
        {f.model, f.workspace, 2147483648, f.x, N_IN, f.t, N_OUT, MLP_ERR_SIZE, "samples = 2147483648"},
        {f.model, f.workspace, INT64_MIN, f.x, N_IN, f.t, N_OUT, MLP_ERR_SIZE, "samples = -9"},
        {f.model, f.workspace, INT64_MAX, f.x, N_IN, f.t, N_OUT, MLP_ERR_SIZE, "samples = 9"},
        {f.model, f.workspace, 10, NULL, N_IN, f.t, N_OUT, MLP_ERR_ARGUMENT, "x = NULL"},
        {f.model, f.workspace, 10, f.x, 0, f.t, N_OUT, MLP_ERR_SIZE, "ldx = 0"},
        {f.model, f.workspace, 10, f.x, INT64_MIN, f.t, N_OUT, MLP_ERR_SIZE, "ldx = -9"},
        {f.model, f.workspace, 10, f.x, INT64_MAX, f.t, N_OUT, MLP_ERR_SIZE, "ldx = 9"},
        {f.model, f.workspace, 10, f.x, N_IN, f.t, 0, MLP_ERR_SIZE, "ldt = 0"},
        {f.model, f.workspace, 10, f.x, N_IN, f.t, INT64_MIN, MLP_ERR_SIZE, "ldt = -9"},
        {f.model, f.workspace, 10, f.x, N_IN, f.t, INT64_MAX, MLP_ERR_SIZE, "ldt = 9"},
        {f.model, f.workspace, 10, f.x, N_IN - 1, f.t, N_OUT, MLP_ERR_SIZE, "ldx = 2"},
        {f.model, f.workspace, 10, f.x, N_IN, NULL, N_OUT, MLP_ERR_ARGUMENT, "t = NULL"},
        {f.model, f.workspace, 10, f.x, N_IN, f.t, -2, MLP_ERR_SIZE, "ldt = -2"},
        {nonlinear, fits, 10, f.x, N_IN, f.t, N_OUT, MLP_ERR_STATE,
         "model: its output activation is sigmoid"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        refused(T(mlp_model_fit_output)(cases[i].model, cases[i].workspace, cases[i].samples, cases[i].x,
                                        cases[i].ldx, cases[i].t, cases[i].ldt, &rank),
                cases[i].status, cases[i].word);
        if (cases[i].workspace)
            assert_string_equal(mlp_workspace_last_error(cases[i].workspace), mlp_last_error());
    }
    refused(OTHER(mlp_model_fit_output)(f.model, f.workspace, 10, NULL, N_IN, NULL, N_OUT, &rank),
            MLP_ERR_DTYPE, "model is");
    accepted(T(mlp_model_set_output_scaling)(f.model, scale, shift));
    refused(T(solve)(&f, &rank), MLP_ERR_STATE, "model: the scale of output 1 is 0");
    accepted(T(mlp_model_set_output_scaling)(f.model, one, shift));
    accepted(T(mlp_model_get_params)(f.model, 0, count, after));
    assert_memory_equal(before, after, sizeof before);
    assert_int_equal(rank, 77);
    mlp_workspace_destroy(narrow);
    mlp_workspace_destroy(fits);
    mlp_model_destroy(other);
    mlp_model_destroy(nonlinear);
    T(tear_down)(&f);
}

static void T(test_not_finite)(void **state)
{
    T(fit) f;
    int64_t rank = 77;
    (void)state;
    T(set_up)(&f, MOST, MLP_USE_FORWARD);
    const uint64_t generation = mlp_model_generation(f.model);
    f.x[100] = (REAL)NAN;
    refused(T(solve)(&f, &rank), MLP_ERR_NUMERIC, "x: ");
    f.x[100] = 0;
    f.t[100] = (REAL)INFINITY;
    refused(T(solve)(&f, &rank), MLP_ERR_NUMERIC, "t: ");
    assert_true(mlp_model_generation(f.model) == generation && rank == 77);
    T(tear_down)(&f);
}

static mlp_status T(solve_deficient)(void *context)
{
    T(fit) *f = context;
    f->samples = 5;
    mlp_status status = T(solve)(f, NULL);
    f->samples = MOST;
    return status == MLP_OK ? T(solve)(f, NULL) : status;
}

static void T(test_no_memory)(void **state)
{
    T(fit) f;
    (void)state;
    T(set_up)(&f, MOST, MLP_USE_FORWARD);
    /* M, B, three for gelsd; M, B, one for gels and, as the units depend, three for gelsd again */
    T(copy_unit)(f.model, 1, 4);
    const int64_t live = failing_allocator_live();
    for (int64_t number = 0; number < 11; number++) {
        const uint64_t generation = mlp_model_generation(f.model);
        failing_allocator_fail_once(number);
        refused(T(solve_deficient)(&f), MLP_ERR_MEMORY, "cannot allocate");
        failing_allocator_relent();
        assert_int_equal(failing_allocator_live(), live);
        assert_int_equal(mlp_model_generation(f.model) == generation, number < 5);
    }
    accepted(T(solve_deficient)(&f));
    T(tear_down)(&f);
}
