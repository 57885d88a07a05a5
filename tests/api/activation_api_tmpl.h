/* Template: the typed functions of mlp/activation.h. REAL_EPSILON is the distance from 1 to the next number. */

/* From z, by the public call. */
static double T(sigma)(mlp_activation activation, double parameter, int32_t order, double z)
{
    REAL in = (REAL)z, out = 77;
    accepted(T(mlp_activation_evaluate)(activation, parameter, order, 1, &in, &out));
    return out;
}

static int T(near)(double value, double expected)
{
    return fabs(value - expected) <= 2 * REAL_EPSILON * fabs(expected);
}

static void T(test_values)(void **state)
{
    (void)state;
    assert_true(T(near)(T(sigma)(MLP_TANH, 0, 0, 0.5), 0.46211715726000976));
    assert_true(T(near)(T(sigma)(MLP_TANH, 0, 1, 0.5), 0.7864477329659274));
    assert_true(T(near)(T(sigma)(MLP_GELU, 0, 0, 1), 0.8413447460685429));
    assert_true(
        T(near)(T(sigma)(MLP_SILU, NAN, 0, -1), -0.2689414213699951)); /* no parameter: not looked at */
    assert_true(T(near)(T(sigma)(MLP_LEAKY_RELU, 0.25, 0, -2), -0.5));
    assert_true(T(near)(T(sigma)(MLP_LEAKY_RELU, 0.25, 1, -2), 0.25));
    assert_true(T(near)(T(sigma)(MLP_SINE, 3, 3, 0), -27));
    assert_true(isnan(T(sigma)(MLP_RELU, 0, 0, NAN)));
    assert_true(T(sigma)(MLP_EXP, 0, 0, 1000) == INFINITY);
}

/* Of every kind and order: n elements in place are n elements one by one, and the next one is left alone. */
static void T(test_arrays)(void **state)
{
    enum { N = 300 };
    (void)state;
    for (mlp_activation a = MLP_IDENTITY; a <= MLP_EXP; a++)
        for (int32_t order = 0; order <= 3; order++) {
            double p;
            accepted(mlp_activation_parameter(a, NULL, &p, NULL, NULL));
            REAL z[N + 1], out[N + 1];
            for (int i = 0; i < N; i++)
                z[i] = (REAL)(i - 150) / 16;
            z[N] = out[N] = 77;
            accepted(T(mlp_activation_evaluate)(a, p, order, N, z, out));
            accepted(T(mlp_activation_evaluate)(a, p, order, N, z, z));
            assert_memory_equal(z, out, sizeof z);
            for (int i = 0; i < N; i += 7)
                assert_true(T(sigma)(a, p, order, (double)(i - 150) / 16) == out[i]);
            assert_true(out[N] == 77);
            accepted(T(mlp_activation_evaluate)(a, p, order, 0, NULL, NULL));
        }
}

static void T(test_bad_evaluate)(void **state)
{
    REAL z[4] = {1, 2, 3, 4}, out[4] = {77, 77, 77, 77};
    const struct {
        mlp_activation activation;
        double parameter;
        int32_t order;
        int64_t n;
        const REAL *z;
        REAL *out;
        mlp_status status;
        const char *message;
    } cases[] = {
        {0, 0, 0, 4, z, out, MLP_ERR_ARGUMENT, "activation = 0"},
        {-1, 0, 0, 4, z, out, MLP_ERR_ARGUMENT, "activation = -1"},
        {20, 0, 0, 4, z, out, MLP_ERR_ARGUMENT, "activation = 20"},
        {INT32_MAX, 0, 0, 4, z, out, MLP_ERR_ARGUMENT, "activation = 2147483647"},
        {MLP_SINE, 1.5e6, 0, 4, z, out, MLP_ERR_ARGUMENT, "parameter = 1.5e+06"},
        {MLP_SINE, -1.5e6, 0, 4, z, out, MLP_ERR_ARGUMENT, "parameter = -1.5e+06"},
        {MLP_SINE, NAN, 0, 4, z, out, MLP_ERR_ARGUMENT, "parameter = "},
        {MLP_ELU, -1, 0, 4, z, out, MLP_ERR_ARGUMENT, "parameter = -1: the alpha of elu"},
        {MLP_LEAKY_RELU, INFINITY, 0, 4, z, out, MLP_ERR_ARGUMENT, "parameter = inf"},
        {MLP_TANH, 0, -1, 4, z, out, MLP_ERR_ARGUMENT, "order = -1"},
        {MLP_TANH, 0, 4, 4, z, out, MLP_ERR_ARGUMENT, "order = 4"},
        {INT32_MIN, 0, 0, 4, z, out, MLP_ERR_ARGUMENT, "activation = -2147483648"},
        {MLP_TANH, 0, INT32_MIN, 4, z, out, MLP_ERR_ARGUMENT, "order = -2147483648"},
        {MLP_TANH, 0, INT32_MAX, 4, z, out, MLP_ERR_ARGUMENT, "order = 2147483647"},
        {MLP_TANH, 0, 4, 0, NULL, NULL, MLP_ERR_ARGUMENT, "order = 4"},
        {MLP_TANH, 0, 0, -1, z, out, MLP_ERR_SIZE, "n = -1"},
        {MLP_TANH, 0, 0, INT64_MIN, z, out, MLP_ERR_SIZE, "n = -9223372036854775808"},
        {MLP_TANH, 0, 0, INT64_MAX, z, out, MLP_ERR_SIZE, "n = 9223372036854775807"},
        {MLP_TANH, 0, 0, 4, NULL, out, MLP_ERR_ARGUMENT, "z = NULL"},
        {MLP_TANH, 0, 0, 4, z, NULL, MLP_ERR_ARGUMENT, "out = NULL"},
        {MLP_TANH, 0, 0, 3, out + 1, out, MLP_ERR_ARGUMENT, "out: overlaps z"},
        {MLP_TANH, 0, 0, 3, out, out + 1, MLP_ERR_ARGUMENT, "out: overlaps z"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        refused(T(mlp_activation_evaluate)(cases[i].activation, cases[i].parameter, cases[i].order,
                                           cases[i].n, cases[i].z, cases[i].out),
                cases[i].status, cases[i].message);
        for (int j = 0; j < 4; j++)
            assert_true(out[j] == 77 && z[j] == (REAL)(j + 1));
    }
}

/* A registered activation: its values, its missing derivative, and a callback that gives up halfway. */
static void T(test_registered)(void **state)
{
    enum { N = 600 };
    REAL z[N], out[N];
    mlp_activation id;
    double limit = 1000;
    (void)state;
    for (int i = 0; i < N; i++) {
        z[i] = (REAL)i;
        out[i] = 77;
    }
    accepted(mlp_activation_register("triple", 1, triple, &limit, NULL, &id));
    refused(T(mlp_activation_evaluate)(id, 0, 2, N, z, out), MLP_ERR_UNSUPPORTED, "order = 2");
    limit = 400;
    refused(T(mlp_activation_evaluate)(id, 0, 0, N, z, out), MLP_ERR_CALLBACK,
            "the activation \"triple\" returned 5");
    assert_int_equal(mlp_last_callback_value(), 5);
    failing_allocator_fail_once(0);
    refused(T(mlp_activation_evaluate)(id, 0, 0, N, z, out), MLP_ERR_MEMORY, "n = 600");
    failing_allocator_relent();
    for (int i = 0; i < N; i++)
        assert_true(out[i] == 77);
    limit = 1000;
    accepted(T(mlp_activation_evaluate)(id, NAN, 0, N, z, out));
    accepted(T(mlp_activation_evaluate)(id, 0, 1, N, z, z));
    for (int i = 0; i < N; i++)
        assert_true(out[i] == (REAL)(3 * i) && z[i] == 3);
    accepted(mlp_activation_unregister(id));
    refused(T(mlp_activation_evaluate)(id, 0, 0, N, z, out), MLP_ERR_ARGUMENT, "activation = ");
}
