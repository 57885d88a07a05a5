/* Template: derivatives per sample and the Jacobians of the whole model against plain loops, in one number type. */

/* g_s: batch x PARAMS */
static void T(plain_gradients)(const T(network) *net, const REAL *y_bar, double g[BATCH][PARAMS])
{
    for (int64_t s = 0; s < BATCH; s++) {
        const plain_point point = T(point)(net, s);
        for (int k = 0; k < PARAMS; k++) {
            g[s][k] = 0;
            for (int p = 0; p < N_OUT; p++)
                g[s][k] += net->plain.s_2[p] * (double)y_bar[s * LDY + p] *
                           plain_by_parameter(&net->plain, &point, p, k);
        }
    }
}

static double T(inner)(const double *a, const double *b)
{
    double sum = 0;
    for (int k = 0; k < PARAMS; k++)
        sum += a[k] * b[k];
    return sum;
}

/* Cotangents, with SENTINEL between N_OUT and LDY; those of sample 1 are zero. */
static void T(draw_y_bar)(uint64_t seed, REAL y_bar[LDY * BATCH])
{
    draw random = {seed};
    T(fill)(y_bar, LDY * BATCH, SENTINEL);
    for (int s = 0; s < BATCH; s++)
        for (int p = 0; p < N_OUT; p++)
            y_bar[s * LDY + p] = s == 1 ? 0 : (REAL)draw_real(&random, -1, 1);
}

static void T(test_sample_values)(void **state)
{
    enum { LDT = PARAMS + 3, LDK = BATCH + 2 };
    T(network) net = T(set_up)(501);
    REAL y_bar[LDY * BATCH], out[LDT * BATCH], norms[BATCH + 1], K[LDK * BATCH];
    double g[BATCH][PARAMS];
    (void)state;
    T(pass)(&net);
    T(draw_y_bar)(502, y_bar);
    T(plain_gradients)(&net, y_bar, g);
    T(fill)(out, LDT * BATCH, SENTINEL);
    T(fill)(norms, BATCH + 1, SENTINEL);
    T(fill)(K, LDK * BATCH, SENTINEL);
    accepted(T(mlp_sample_gradients)(net.model, net.workspace, y_bar, LDY, out, LDT));
    accepted(T(mlp_sample_norms)(net.model, net.workspace, y_bar, LDY, norms));
    accepted(T(mlp_sample_inner_products)(net.model, net.workspace, y_bar, LDY, K, LDK));
    for (int s = 0; s < BATCH; s++) {
        T(near)(norms[s], sqrt(T(inner)(g[s], g[s])));
        for (int k = 0; k < PARAMS; k++)
            T(near)(out[s * LDT + k], g[s][k]);
        for (int t = 0; t < BATCH; t++) {
            T(near)(K[t * LDK + s], T(inner)(g[s], g[t]));
            assert_true(K[t * LDK + s] == K[s * LDK + t]);
        }
    }
    assert_true(norms[1] == 0 && norms[BATCH] == SENTINEL);
    T(check_padding)(out, PARAMS, LDT, BATCH);
    T(check_padding)(K, BATCH, LDK, BATCH);
    T(tear_down)(&net);
}

/* A bound between the norms, one above them all, one below; sample 1's zero gradient has the factor 1 and adds nothing. */
static void T(test_clipping)(void **state)
{
    static const double bounds[] = {0.7, 1e9, 1e-3};
    T(network) net = T(set_up)(503);
    REAL y_bar[LDY * BATCH], theta_bar[PARAMS + 1], norms[BATCH + 1], vjp[PARAMS];
    double g[BATCH][PARAMS];
    (void)state;
    T(pass)(&net);
    T(draw_y_bar)(504, y_bar);
    T(plain_gradients)(&net, y_bar, g);
    for (size_t i = 0; i < sizeof bounds / sizeof *bounds; i++) {
        T(fill)(theta_bar, PARAMS + 1, SENTINEL);
        T(fill)(norms, BATCH + 1, NAN);
        accepted(
            T(mlp_sample_clipped_sum)(net.model, net.workspace, y_bar, LDY, bounds[i], norms, theta_bar));
        for (int k = 0; k < PARAMS; k++) {
            double sum = 0;
            for (int s = 0; s < BATCH; s++)
                sum += fmin(1, bounds[i] / fmax(sqrt(T(inner)(g[s], g[s])), 1e-9)) * g[s][k];
            T(near)(theta_bar[k], sum);
        }
        for (int s = 0; s < BATCH; s++)
            T(near)(norms[s], sqrt(T(inner)(g[s], g[s])));
        assert_true(theta_bar[PARAMS] == SENTINEL && isnan((double)norms[BATCH]));
        if (i == 1) {
            accepted(T(mlp_vjp)(net.model, net.workspace, y_bar, LDY, NULL, 0, vjp));
            assert_memory_equal(vjp, theta_bar, sizeof vjp);
        }
    }
    T(tear_down)(&net);
}

/* NaN comes through: in its own sample's results, and in the sum over all. */
static void T(test_not_a_number)(void **state)
{
    T(network) net = T(set_up)(505);
    REAL y_bar[LDY * BATCH], theta_bar[PARAMS], norms[BATCH], K[BATCH * BATCH];
    (void)state;
    T(pass)(&net);
    T(draw_y_bar)(506, y_bar);
    y_bar[2 * LDY] = (REAL)NAN;
    accepted(T(mlp_sample_clipped_sum)(net.model, net.workspace, y_bar, LDY, 0.5, norms, theta_bar));
    accepted(T(mlp_sample_inner_products)(net.model, net.workspace, y_bar, LDY, K, BATCH));
    for (int s = 0; s < BATCH; s++) {
        assert_int_equal(isnan((double)norms[s]) != 0, s == 2);
        for (int t = 0; t < BATCH; t++)
            assert_int_equal(isnan((double)K[t * BATCH + s]) != 0, s == 2 || t == 2);
    }
    for (int k = 0; k < HIDDEN; k++)
        assert_true(isnan((double)theta_bar[k]));
    T(tear_down)(&net);
}

/* dy/dx with room between columns and matrices, dy/dtheta with room between rows. */
static void T(test_whole_jacobians)(void **state)
{
    enum { LDJ = N_OUT + 1, STRIDE = LDJ * N_IN + 2, LD = PARAMS + 5 };
    T(network) net = T(set_up)(507);
    REAL J[STRIDE * BATCH], rows[LD * BATCH * N_OUT];
    (void)state;
    T(pass)(&net);
    T(fill)(J, STRIDE * BATCH, SENTINEL);
    T(fill)(rows, LD * BATCH * N_OUT, SENTINEL);
    accepted(T(mlp_jacobian)(net.model, net.workspace, J, LDJ, STRIDE));
    accepted(T(mlp_jacobian_theta)(net.model, net.workspace, rows, LD));
    for (int64_t s = 0; s < BATCH; s++) {
        const plain_point point = T(point)(&net, s);
        for (int p = 0; p < N_OUT; p++) {
            for (int j = 0; j < N_IN; j++)
                T(near)(J[s * STRIDE + j * LDJ + p], net.plain.s_2[p] * net.plain.s_0[j] *
                                                         plain_by_output(&net.plain, &point, 2, 0, p, j));
            for (int k = 0; k < PARAMS; k++)
                T(near)(rows[(s * N_OUT + p) * LD + k],
                        net.plain.s_2[p] * plain_by_parameter(&net.plain, &point, p, k));
        }
        T(check_padding)(J + s * STRIDE, N_OUT, LDJ, N_IN);
        assert_true(T(untouched)(J + s * STRIDE + LDJ * N_IN, STRIDE - LDJ * N_IN));
    }
    T(check_padding)(rows, PARAMS, LD, BATCH * N_OUT);
    T(tear_down)(&net);
}

/* Two batches one after the other add up; the upper triangle and the room between columns stay. */
static void T(test_normal_equations)(void **state)
{
    enum { LDN = PARAMS + 1 };
    T(network) net = T(set_up)(508);
    REAL r[LDY * BATCH];
    double JtJ[LDN * PARAMS], Jtr[PARAMS], row[BATCH * N_OUT][PARAMS];
    (void)state;
    T(pass)(&net);
    T(draw_y_bar)(509, r);
    for (int k = 0; k < LDN * PARAMS; k++)
        JtJ[k] = SENTINEL;
    for (int k = 0; k < PARAMS; k++)
        Jtr[k] = SENTINEL;
    for (int i = 0; i < BATCH * N_OUT; i++) {
        const plain_point point = T(point)(&net, i / N_OUT);
        for (int k = 0; k < PARAMS; k++)
            row[i][k] = net.plain.s_2[i % N_OUT] * plain_by_parameter(&net.plain, &point, i % N_OUT, k);
    }
    for (int twice = 0; twice < 2; twice++)
        accepted(T(mlp_jacobian_normal_add)(net.model, net.workspace, r, LDY, JtJ, LDN, Jtr));
    for (int k = 0; k < PARAMS; k++) {
        double right = 0;
        for (int i = 0; i < BATCH * N_OUT; i++)
            right += 2 * row[i][k] * (double)r[i / N_OUT * LDY + i % N_OUT];
        T(near)((REAL)(Jtr[k] - SENTINEL), right);
        for (int j = 0; j < LDN; j++) {
            double sum = 0;
            for (int i = 0; i < BATCH * N_OUT && j < PARAMS; i++)
                sum += 2 * row[i][k] * row[i][j];
            if (j >= k && j < PARAMS)
                T(near)((REAL)(JtJ[k * LDN + j] - SENTINEL), sum);
            else
                assert_true(JtJ[k * LDN + j] == SENTINEL);
        }
    }
    T(tear_down)(&net);
}
