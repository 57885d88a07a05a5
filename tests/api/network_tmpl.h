/*
 * Template: the network of network.h in one number type, a workspace for it, and the models and workspaces it must be told
 * from. The includer has network.h; OTHER_DTYPE is the other number type.
 */

typedef struct T(network) {
    mlp_model *model;
    mlp_model *same;          /* of the same architecture, with parameters of its own */
    mlp_model *narrow;        /* of other widths */
    mlp_model *relu;          /* of another activation */
    mlp_model *other;         /* of the other number type */
    mlp_workspace *workspace; /* for every derivative of BATCH samples */
    mlp_workspace *shallow;   /* the same for MLP_USE_FORWARD alone */
    mlp_workspace *foreign;   /* for `other` */
    plain_network plain;
    REAL x[LDX * BATCH]; /* SENTINEL between n_0 and LDX */
} T(network);

/* What a call's outcome may differ by from plain loops in double, for values around 1. */
static double T(tolerance)(void)
{
    return REAL_DTYPE == MLP_F32 ? 1e-5 : 1e-13;
}

static void T(near)(REAL value, double expected)
{
    const double bound = T(tolerance)() * (1 + fabs(expected));
    if (!(fabs((double)value - expected) <= bound))
        fail_msg("%.17g is not %.17g", (double)value, expected);
}

static void T(fill)(REAL *values, int64_t count, double value)
{
    for (int64_t i = 0; i < count; i++)
        values[i] = (REAL)value;
}

static int T(untouched)(const REAL *values, int64_t count)
{
    for (int64_t i = 0; i < count; i++)
        if (values[i] != SENTINEL)
            return 0;
    return 1;
}

/* Rows n .. ld - 1 of `columns` columns still hold SENTINEL. */
static void T(check_padding)(const REAL *values, int64_t n, int64_t ld, int64_t columns)
{
    for (int64_t s = 0; s < columns; s++)
        assert_true(T(untouched)(values + s * ld + n, ld - n));
}

static mlp_model *T(create_model)(mlp_dtype dtype, const int64_t *widths, mlp_activation hidden)
{
    mlp_model *model = NULL;
    accepted(mlp_model_create(dtype, 2, widths, hidden, &model));
    accepted(mlp_model_initialize(model, MLP_INIT_GLOROT_UNIFORM, 3));
    return model;
}

/* Draws theta and the scalings, all rounded to the number type, into the model and into `plain`. */
static void T(draw_parameters)(T(network) *net, draw *random)
{
    double *const values[] = {net->plain.theta, net->plain.s_0, net->plain.t_0, net->plain.s_2,
                              net->plain.t_2};
    const int counts[] = {PARAMS, N_IN, N_IN, N_OUT, N_OUT};
    REAL drawn[5][PARAMS];
    for (int k = 0; k < 5; k++)
        for (int i = 0; i < counts[k]; i++) {
            drawn[k][i] = (REAL)draw_real(random, -1, 1);
            values[k][i] = (double)drawn[k][i];
        }
    accepted(T(mlp_model_set_params)(net->model, 0, PARAMS, drawn[0]));
    accepted(T(mlp_model_set_input_scaling)(net->model, drawn[1], drawn[2]));
    accepted(T(mlp_model_set_output_scaling)(net->model, drawn[3], drawn[4]));
}

static T(network) T(set_up)(uint64_t seed)
{
    static const int64_t narrow[] = {N_IN, HIDDEN - 1, N_OUT};
    T(network) net = {0};
    draw random = {seed};
    print_message("seed %llu\n", (unsigned long long)seed);
    net.model = T(create_model)(REAL_DTYPE, network_widths, MLP_TANH);
    net.same = T(create_model)(REAL_DTYPE, network_widths, MLP_TANH);
    net.narrow = T(create_model)(REAL_DTYPE, narrow, MLP_TANH);
    net.relu = T(create_model)(REAL_DTYPE, network_widths, MLP_RELU);
    net.other = T(create_model)(OTHER_DTYPE, network_widths, MLP_TANH);
    T(draw_parameters)(&net, &random);
    T(fill)(net.x, LDX * BATCH, SENTINEL);
    for (int s = 0; s < BATCH; s++)
        for (int j = 0; j < N_IN; j++)
            net.x[s * LDX + j] = (REAL)draw_real(&random, -2, 2);
    accepted(mlp_workspace_create(net.model, BATCH, 1, every_use, &net.workspace));
    accepted(mlp_workspace_create(net.model, BATCH, 1, MLP_USE_FORWARD, &net.shallow));
    accepted(mlp_workspace_create(net.other, BATCH, 1, every_use, &net.foreign));
    return net;
}

static void T(tear_down)(T(network) *net)
{
    mlp_workspace_destroy(net->workspace);
    mlp_workspace_destroy(net->shallow);
    mlp_workspace_destroy(net->foreign);
    mlp_model_destroy(net->model);
    mlp_model_destroy(net->same);
    mlp_model_destroy(net->narrow);
    mlp_model_destroy(net->relu);
    mlp_model_destroy(net->other);
}

/* The plain values of one sample of net.x. */
static plain_point T(point)(const T(network) *net, int64_t sample)
{
    double x[N_IN];
    for (int j = 0; j < N_IN; j++)
        x[j] = (double)net->x[sample * LDX + j];
    return plain_evaluate(&net->plain, x);
}

/* A forward pass over all of net.x. */
static void T(pass)(const T(network) *net)
{
    accepted(T(mlp_forward)(net->model, net->workspace, BATCH, net->x, LDX, NULL, 0));
}
