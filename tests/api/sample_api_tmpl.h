/* Template: what derivatives per sample and the Jacobians of the whole model refuse, in one number type. */

/* Arguments of all of them; a call takes those it has. */
typedef struct T(arguments) {
    const REAL *y_bar; /* and r */
    int64_t ldy;
    double bound;
    REAL *out, *out2; /* what is overwritten; norms, which may be NULL */
    int64_t ld, stride;
    double *sums, *right; /* what is added to */
} T(arguments);

typedef mlp_status (*T(call))(const mlp_model *, mlp_workspace *, const T(arguments) *);

static mlp_status T(gradients)(const mlp_model *model, mlp_workspace *workspace, const T(arguments) *a)
{
    return T(mlp_sample_gradients)(model, workspace, a->y_bar, a->ldy, a->out, a->ld);
}

static mlp_status T(norms)(const mlp_model *model, mlp_workspace *workspace, const T(arguments) *a)
{
    return T(mlp_sample_norms)(model, workspace, a->y_bar, a->ldy, a->out);
}

static mlp_status T(clipped_sum)(const mlp_model *model, mlp_workspace *workspace, const T(arguments) *a)
{
    return T(mlp_sample_clipped_sum)(model, workspace, a->y_bar, a->ldy, a->bound, a->out2, a->out);
}

static mlp_status T(inner_products)(const mlp_model *model, mlp_workspace *workspace, const T(arguments) *a)
{
    return T(mlp_sample_inner_products)(model, workspace, a->y_bar, a->ldy, a->out, a->ld);
}

static mlp_status T(whole)(const mlp_model *model, mlp_workspace *workspace, const T(arguments) *a)
{
    return T(mlp_jacobian)(model, workspace, a->out, a->ld, a->stride);
}

static mlp_status T(by_theta)(const mlp_model *model, mlp_workspace *workspace, const T(arguments) *a)
{
    return T(mlp_jacobian_theta)(model, workspace, a->out, a->ld);
}

static mlp_status T(normal_add)(const mlp_model *model, mlp_workspace *workspace, const T(arguments) *a)
{
    return T(mlp_jacobian_normal_add)(model, workspace, a->y_bar, a->ldy, a->sums, a->ld, a->right);
}

/* By call: what it needs and how its arguments are named. */
static const struct {
    T(call) run;
    int32_t use;
    const char *use_name, *in, *out, *ld_in, *ld;
    int64_t least, columns; /* of ld, and how many of them it strides over */
} T(calls)[] = {
    {T(gradients), MLP_USE_DERIVATIVES, "MLP_USE_DERIVATIVES", "y_bar", "theta_bars", "ldy", "ldt", PARAMS,
     BATCH},
    {T(norms), MLP_USE_DERIVATIVES, "MLP_USE_DERIVATIVES", "y_bar", "norms", "ldy", NULL, 0, 0},
    {T(clipped_sum), MLP_USE_SAMPLES, "MLP_USE_SAMPLES", "y_bar", "theta_bar", "ldy", NULL, 0, 0},
    {T(inner_products), MLP_USE_SAMPLES, "MLP_USE_SAMPLES", "y_bar", "K", "ldy", "ldk", BATCH, BATCH},
    {T(whole), MLP_USE_DERIVATIVES, "MLP_USE_DERIVATIVES", NULL, "J", NULL, "ldj", N_OUT, 0},
    {T(by_theta), MLP_USE_DERIVATIVES, "MLP_USE_DERIVATIVES", NULL, "J", NULL, "ldj", PARAMS, BATCH *N_OUT},
    {T(normal_add), MLP_USE_LEAST_SQUARES, "MLP_USE_LEAST_SQUARES", NULL, "JtJ", "ldr", "ldn", PARAMS, 0},
};

enum { T(CALLS) = sizeof T(calls) / sizeof *T(calls) };

/* Outputs, all SENTINEL, and arguments that are right for every call. */
typedef struct T(room) {
    REAL y_bar[LDY * BATCH], out[PARAMS * BATCH * N_OUT], norms[BATCH];
    double sums[PARAMS * PARAMS], right[PARAMS];
} T(room);

static T(arguments) T(prepare)(T(room) *room)
{
    T(fill)(room->y_bar, LDY * BATCH, 0.5);
    T(fill)(room->out, PARAMS * BATCH * N_OUT, SENTINEL);
    T(fill)(room->norms, BATCH, SENTINEL);
    for (int k = 0; k < PARAMS * PARAMS; k++)
        room->sums[k] = room->right[k % PARAMS] = SENTINEL;
    return (T(arguments)){.y_bar = room->y_bar,
                          .ldy = LDY,
                          .bound = 1,
                          .out = room->out,
                          .out2 = room->norms,
                          .ld = PARAMS,
                          .stride = PARAMS * N_IN,
                          .sums = room->sums,
                          .right = room->right};
}

static void T(check_refusal)(const T(network) *net, int call, const T(arguments) *a, const T(room) *room,
                             mlp_status status, const char *word)
{
    refused(T(calls)[call].run(net->model, net->workspace, a), status, word);
    assert_string_equal(mlp_workspace_last_error(net->workspace), mlp_last_error());
    assert_true(T(untouched)(room->out, PARAMS * BATCH * N_OUT) && T(untouched)(room->norms, BATCH));
    for (int k = 0; k < PARAMS * PARAMS; k++)
        assert_true(room->sums[k] == SENTINEL && room->right[k % PARAMS] == SENTINEL);
}

/* A workspace for everything but the use a call needs: the message names the use. */
static void T(test_missing_uses)(void **state)
{
    T(network) net = T(set_up)(401);
    T(room) room;
    char word[80];
    (void)state;
    const T(arguments) a = T(prepare)(&room);
    mlp_workspace_destroy(net.workspace);
    for (int k = 0; k < T(CALLS); k++) {
        const int32_t uses = T(calls)[k].use == MLP_USE_DERIVATIVES
                                 ? MLP_USE_FORWARD
                                 : MLP_USE_SAMPLES + MLP_USE_LEAST_SQUARES - T(calls)[k].use;
        accepted(mlp_workspace_create(net.model, BATCH, 1, uses, &net.workspace));
        T(pass)(&net);
        snprintf(word, sizeof word, "workspace: was created without %s", T(calls)[k].use_name);
        T(check_refusal)(&net, k, &a, &room, MLP_ERR_STATE, word);
        mlp_workspace_destroy(net.workspace);
        accepted(mlp_workspace_create(net.model, BATCH, 1, T(calls)[k].use, &net.workspace));
        T(pass)(&net);
        accepted(T(calls)[k].run(net.model, net.workspace, &a));
        (void)T(prepare)(&room);
        mlp_workspace_destroy(net.workspace);
    }
    net.workspace = NULL;
    T(tear_down)(&net);
}

static void T(test_bad_arguments)(void **state)
{
    T(network) net = T(set_up)(402);
    T(room) room;
    char word[64];
    (void)state;
    T(pass)(&net);
    for (int k = 0; k < T(CALLS); k++) {
        T(arguments) a = T(prepare)(&room);
        a.out = NULL;
        a.sums = NULL;
        snprintf(word, sizeof word, "%s = NULL", T(calls)[k].out);
        T(check_refusal)(&net, k, &a, &room, MLP_ERR_ARGUMENT, word);
        if (T(calls)[k].in) {
            a = T(prepare)(&room);
            a.y_bar = NULL;
            snprintf(word, sizeof word, "%s = NULL", T(calls)[k].in);
            T(check_refusal)(&net, k, &a, &room, MLP_ERR_ARGUMENT, word);
        }
        if (T(calls)[k].run == T(normal_add)) {
            a = T(prepare)(&room);
            a.right = NULL;
            T(check_refusal)(&net, k, &a, &room, MLP_ERR_ARGUMENT, "Jtr = NULL");
        }
    }
    T(tear_down)(&net);
}

static void T(test_bad_bounds)(void **state)
{
    static const double bounds[] = {0, -1, -INFINITY, INFINITY, NAN};
    T(network) net = T(set_up)(403);
    T(room) room;
    (void)state;
    T(pass)(&net);
    for (int k = 0; k < T(CALLS); k++)
        for (size_t i = 0; i < sizeof bounds / sizeof *bounds && T(calls)[k].run == T(clipped_sum); i++) {
            T(arguments) a = T(prepare)(&room);
            a.bound = bounds[i];
            T(check_refusal)(&net, k, &a, &room, MLP_ERR_ARGUMENT, "bound = ");
        }
    T(tear_down)(&net);
}

static void T(test_bad_sizes)(void **state)
{
    static const int64_t small[] = {-1, -5, INT64_MIN};
    T(network) net = T(set_up)(404);
    T(room) room;
    char word[64];
    (void)state;
    T(pass)(&net);
    for (int k = 0; k < T(CALLS); k++) {
        for (size_t i = 0; i < 2 * sizeof small / sizeof *small; i++) {
            const int outer = i % 2 == 0;
            const int64_t least = outer ? N_OUT : T(calls)[k].least;
            const int64_t ld = small[i / 2] < -5 ? INT64_MIN : least + small[i / 2];
            const char *name = outer ? T(calls)[k].ld_in : T(calls)[k].ld;
            T(arguments) a = T(prepare)(&room);
            *(outer ? &a.ldy : &a.ld) = ld;
            snprintf(word, sizeof word, "%s = %lld", name ? name : "", (long long)ld);
            if (name)
                T(check_refusal)(&net, k, &a, &room, MLP_ERR_SIZE, word);
        }
        T(arguments) a = T(prepare)(&room);
        a.ld = T(calls)[k].columns ? INT64_MAX / T(calls)[k].columns / (int64_t)sizeof(REAL) + 1 : INT64_MAX;
        snprintf(word, sizeof word, "%s = %lld", T(calls)[k].ld ? T(calls)[k].ld : "", (long long)a.ld);
        if (T(calls)[k].ld)
            T(check_refusal)(&net, k, &a, &room, MLP_ERR_SIZE, word);
        if (T(calls)[k].run == T(whole)) {
            a = T(prepare)(&room);
            a.stride = PARAMS * N_IN - 1;
            T(check_refusal)(&net, k, &a, &room, MLP_ERR_SIZE, "stride = ");
            a.stride = INT64_MAX;
            T(check_refusal)(&net, k, &a, &room, MLP_ERR_SIZE, "stride = 9223372036854775807");
        }
    }
    T(tear_down)(&net);
}
