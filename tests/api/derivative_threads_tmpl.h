/* Template: derivatives on several threads. */

static mlp_model *T(make)(const net *n)
{
    mlp_model *model;
    accepted(mlp_model_create(REAL_DTYPE, n->layers, n->widths, n->custom ? custom : n->activation, &model));
    accepted(mlp_model_initialize(model, MLP_INIT_LECUN_NORMAL, 3));
    return model;
}

static REAL *T(drawn)(int64_t count, uint64_t seed)
{
    REAL *values = malloc((size_t)count * sizeof *values);
    draw d = {seed};
    assert_non_null(values);
    for (int64_t i = 0; i < count; i++)
        values[i] = (REAL)draw_real(&d, -1, 1);
    return values;
}

/* What all thread counts are given, a workspace for each of them, and two rooms for results. */
typedef struct T(rig) {
    const net *what;
    int64_t most, n_in, n_out, params, room;
    mlp_model *model;
    mlp_workspace *workspaces[COUNTS];
    REAL *x, *x_dot, *y_bar, *theta_dot, *first, *second;
} T(rig);

static T(rig) T(prepare)(const net *n, int64_t most, int64_t room)
{
    T(rig) rig = {.what = n, .most = most, .n_in = n->widths[0], .n_out = n->widths[n->layers], .room = room};
    rig.model = T(make)(n);
    rig.params = mlp_model_param_count(rig.model);
    for (int k = 0; k < COUNTS; k++) {
        accepted(mlp_workspace_create(rig.model, most, counts[k], MLP_USE_DERIVATIVES, &rig.workspaces[k]));
        accepted(mlp_workspace_set_int(rig.workspaces[k], MLP_WORKSPACE_CPU, cpu_under_test));
        accepted(mlp_workspace_set_int(rig.workspaces[k], MLP_WORKSPACE_COMMON_ORDER, n->common_order));
    }
    rig.x = T(drawn)(rig.n_in * most, 5);
    rig.x_dot = T(drawn)(rig.n_in * most, 6);
    rig.y_bar = T(drawn)(rig.n_out * most, 7);
    rig.theta_dot = T(drawn)(rig.params, 8);
    rig.first = malloc((size_t)room * sizeof(REAL));
    rig.second = malloc((size_t)room * sizeof(REAL));
    assert_true(rig.first && rig.second);
    return rig;
}

static void T(release)(T(rig) *rig)
{
    for (int k = 0; k < COUNTS; k++)
        mlp_workspace_destroy(rig->workspaces[k]);
    mlp_model_destroy(rig->model);
    free(rig->x);
    free(rig->x_dot);
    free(rig->y_bar);
    free(rig->theta_dot);
    free(rig->first);
    free(rig->second);
}

/* Every vjp and jvp of one pass, one after the other; returns how many values there are. */
static int64_t T(products)(const T(rig) *rig, mlp_workspace *workspace, int64_t batch, REAL *out)
{
    const int64_t n_in = rig->n_in, n_out = rig->n_out;
    REAL *at = out;
    accepted(T(mlp_vjp)(rig->model, workspace, rig->y_bar, n_out, at, n_in, at + n_in * batch));
    at += n_in * batch + rig->params;
    accepted(T(mlp_vjp)(rig->model, workspace, rig->y_bar, n_out, at, n_in, NULL));
    at += n_in * batch;
    accepted(T(mlp_vjp)(rig->model, workspace, rig->y_bar, n_out, NULL, 0, at));
    at += rig->params;
    for (int given = 1; given <= 3; given++, at += n_out * batch)
        accepted(T(mlp_jvp)(rig->model, workspace, given & 1 ? rig->x_dot : NULL, n_in,
                            given & 2 ? rig->theta_dot : NULL, at, n_out));
    return at - out;
}

/* The Jacobians of the last layer's output that fit `room` values, likewise. */
static int64_t T(jacobians)(const T(rig) *rig, mlp_workspace *workspace, int64_t batch, REAL *out)
{
    const int64_t *widths = rig->what->widths;
    const int32_t L = rig->what->layers;
    REAL *at = out;
    for (int32_t l = 1; l <= L; l++)
        for (int kind = 0; kind < 3; kind++) {
            const int64_t columns = kind == 0   ? widths[l - 1]
                                    : kind == 1 ? widths[l]
                                                : widths[l - 1] * widths[l];
            const int64_t ldj = rig->n_out + l % 2, stride = ldj * columns;
            if (stride * batch > rig->room - (at - out))
                continue;
            if (kind == 0)
                accepted(T(mlp_jacobian_output)(rig->model, workspace, L, l - 1, at, ldj, stride));
            else if (kind == 1)
                accepted(T(mlp_jacobian_bias)(rig->model, workspace, L, l, at, ldj, stride));
            else
                accepted(T(mlp_jacobian_weight)(rig->model, workspace, L, l, at, ldj, stride));
            at += stride * batch;
        }
    return at - out;
}

/* The bits on one thread are those on more. What a call leaves alone keeps the pattern of its room. */
static void T(check)(T(rig) *rig, int64_t batch, const char *what,
                     int64_t (*run)(const T(rig) *rig, mlp_workspace *workspace, int64_t batch, REAL *out))
{
    for (int k = 0; k < COUNTS; k++) {
        REAL *out = k ? rig->second : rig->first;
        memset(out, 0x55, (size_t)rig->room * sizeof *out);
        accepted(T(mlp_forward)(rig->model, rig->workspaces[k], batch, rig->x, rig->n_in, NULL, 0));
        const int64_t count = run(rig, rig->workspaces[k], batch, out);
        assert_true(count > 0 && count <= rig->room);
        for (int64_t i = 0; k && i < count; i++)
            if (memcmp(&rig->first[i], &rig->second[i], sizeof *out) != 0)
                fail_msg(
                    "%s, %d bits, %lld-%lld-...: %s, value %lld of %lld, batch %lld: %.17g on %d threads, "
                    "%.17g on one",
                    mlp_cpu_name(cpu_under_test), REAL_BITS, (long long)rig->what->widths[0],
                    (long long)rig->what->widths[1], what, (long long)i, (long long)count, (long long)batch,
                    (double)rig->second[i], (int)counts[k], (double)rig->first[i]);
    }
}

static void T(test_products)(void **state)
{
    (void)state;
    for (size_t k = 0; k < NETS; k++) {
        const net *n = &nets[k];
        mlp_model *model = T(make)(n);
        const int64_t params = mlp_model_param_count(model), most = n->wide ? 34 : 300;
        mlp_model_destroy(model);
        T(rig) rig = T(prepare)(n, most, 2 * params + most * (2 * n->widths[0] + 3 * n->widths[n->layers]));
        for (int64_t batch = 1; batch <= (n->wide ? 34 : 70); batch += n->wide ? 11 : STRIDE)
            T(check)(&rig, batch, "vjp and jvp", T(products));
        if (!n->wide)
            T(check)(&rig, 300, "vjp and jvp", T(products));
        T(release)(&rig);
    }
}

/* Blocks of the size of the batch, and larger ones. */
static void T(test_jacobians)(void **state)
{
    static const int64_t batches[] = {1, 7, 33}, most[] = {33, 150};
    (void)state;
    for (size_t k = 0; k < NETS; k++)
        for (size_t m = 0; m < (nets[k].wide ? 1 : 2); m++) {
            T(rig) rig = T(prepare)(&nets[k], most[m], 300000);
            for (size_t i = 0; i < sizeof batches / sizeof *batches; i++)
                T(check)(&rig, batches[i], "Jacobians", T(jacobians));
            T(release)(&rig);
        }
}
