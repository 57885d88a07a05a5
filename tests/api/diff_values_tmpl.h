/* Template: derivatives against plain loops, and what they leave alone, in one number type. */

/* x_bar and theta_bar of y_bar by plain loops: the chain rule, element by element. */
static void T(plain_vjp)(const T(network) *net, int64_t batch, const REAL *y_bar, int64_t ldy,
                         double x_bar[BATCH][N_IN], double theta_bar[PARAMS])
{
    memset(theta_bar, 0, PARAMS * sizeof *theta_bar);
    memset(x_bar, 0, BATCH * sizeof *x_bar);
    for (int64_t s = 0; s < batch; s++) {
        const plain_point point = T(point)(net, s);
        for (int p = 0; p < N_OUT; p++) {
            const double g = net->plain.s_2[p] * (double)y_bar[s * ldy + p];
            for (int j = 0; j < N_IN; j++)
                x_bar[s][j] += g * plain_by_output(&net->plain, &point, 2, 0, p, j) * net->plain.s_0[j];
            for (int k = 0; k < PARAMS; k++)
                theta_bar[k] += g * plain_by_parameter(&net->plain, &point, p, k);
        }
    }
}

/* Every batch size; outputs filled with 77, then with NaN: overwritten either way, and only they. */
static void T(test_vjp)(void **state)
{
    T(network) net = T(set_up)(301);
    REAL y_bar[LDY * BATCH];
    (void)state;
    draw random = {302};
    for (int i = 0; i < LDY * BATCH; i++)
        y_bar[i] = (REAL)draw_real(&random, -1, 1);
    for (int64_t batch = 1; batch <= BATCH; batch++) {
        double x_bar[BATCH][N_IN], theta_bar[PARAMS];
        REAL x[2][LDX * BATCH], theta[2][PARAMS + 1];
        T(plain_vjp)(&net, batch, y_bar, LDY, x_bar, theta_bar);
        accepted(T(mlp_forward)(net.model, net.workspace, batch, net.x, LDX, NULL, 0));
        for (int k = 0; k < 2; k++) {
            T(fill)(x[k], LDX * BATCH, k ? NAN : SENTINEL);
            T(fill)(theta[k], PARAMS + 1, k ? NAN : SENTINEL);
            accepted(T(mlp_vjp)(net.model, net.workspace, y_bar, LDY, x[k], LDX, theta[k]));
            for (int64_t s = 0; s < batch; s++)
                for (int j = 0; j < N_IN; j++)
                    T(near)(x[k][s * LDX + j], x_bar[s][j]);
            for (int i = 0; i < PARAMS; i++)
                T(near)(theta[k][i], theta_bar[i]);
        }
        T(check_padding)(x[0], N_IN, LDX, batch);
        assert_true(T(untouched)(x[0] + batch * LDX, (BATCH - batch) * LDX));
        assert_true(theta[0][PARAMS] == SENTINEL);
    }
    T(tear_down)(&net);
}

/* NULL skips an output, and then its leading dimension is not looked at; the other one is the same. */
static void T(test_vjp_skips)(void **state)
{
    T(network) net = T(set_up)(303);
    double x_bar[BATCH][N_IN], theta_bar[PARAMS];
    REAL x[N_IN * BATCH], theta[PARAMS];
    (void)state;
    T(pass)(&net);
    T(plain_vjp)(&net, BATCH, T(ones), N_OUT, x_bar, theta_bar);
    accepted(T(mlp_vjp)(net.model, net.workspace, T(ones), N_OUT, x, N_IN, NULL));
    accepted(T(mlp_vjp)(net.model, net.workspace, T(ones), N_OUT, NULL, INT64_MIN, theta));
    for (int k = 0; k < N_IN * BATCH; k++)
        T(near)(x[k], x_bar[k / N_IN][k % N_IN]);
    for (int k = 0; k < PARAMS; k++)
        T(near)(theta[k], theta_bar[k]);
    T(tear_down)(&net);
}

static double T(plain_jvp)(const T(network) *net, int64_t s, const REAL *x_dot, const REAL *theta_dot, int p)
{
    const plain_point point = T(point)(net, s);
    double sum = 0;
    for (int j = 0; x_dot && j < N_IN; j++)
        sum +=
            plain_by_output(&net->plain, &point, 2, 0, p, j) * net->plain.s_0[j] * (double)x_dot[s * LDX + j];
    for (int k = 0; theta_dot && k < PARAMS; k++)
        sum += plain_by_parameter(&net->plain, &point, p, k) * (double)theta_dot[k];
    return net->plain.s_2[p] * sum;
}

/* Both tangents, either one, and zeros in place of NULL; outputs filled with 77 and with NaN. */
static void T(test_jvp)(void **state)
{
    static const REAL no_x[LDX * BATCH] = {0}, no_theta[PARAMS] = {0};
    T(network) net = T(set_up)(304);
    REAL x_dot[LDX * BATCH], theta_dot[PARAMS];
    (void)state;
    draw random = {305};
    for (int i = 0; i < LDX * BATCH; i++)
        x_dot[i] = (REAL)draw_real(&random, -1, 1);
    for (int i = 0; i < PARAMS; i++)
        theta_dot[i] = (REAL)draw_real(&random, -1, 1);
    const REAL *const tangents[][2] = {
        {x_dot, theta_dot}, {x_dot, NULL}, {NULL, theta_dot}, {x_dot, no_theta}, {no_x, theta_dot}};
    for (int64_t batch = 1; batch <= BATCH; batch++) {
        accepted(T(mlp_forward)(net.model, net.workspace, batch, net.x, LDX, NULL, 0));
        for (int k = 0; k < 10; k++) {
            const REAL *x = tangents[k / 2][0], *theta = tangents[k / 2][1];
            REAL y[LDY * BATCH];
            T(fill)(y, LDY * BATCH, k % 2 ? NAN : SENTINEL);
            accepted(T(mlp_jvp)(net.model, net.workspace, x, x ? LDX : INT64_MIN, theta, y, LDY));
            for (int64_t s = 0; s < batch; s++)
                for (int p = 0; p < N_OUT; p++)
                    T(near)(y[s * LDY + p], T(plain_jvp)(&net, s, x, theta, p));
            if (k % 2)
                continue;
            T(check_padding)(y, N_OUT, LDY, batch);
            assert_true(T(untouched)(y + batch * LDY, (BATCH - batch) * LDY));
        }
    }
    T(tear_down)(&net);
}

static double T(plain_element)(const T(network) *net, const plain_point *point, int by, int32_t to,
                               int32_t layer, int64_t p, int64_t column)
{
    const int64_t n = network_widths[layer];
    if (by == T(OUTPUT))
        return plain_by_output(&net->plain, point, to, layer, p, column);
    const double by_bias = plain_by_bias(&net->plain, point, to, layer, p, column % n);
    return by == T(BIAS) ? by_bias : by_bias * point->y[layer - 1][column / n];
}

/* One Jacobian with room around its columns and matrices, which stays as it was. */
static void T(check_jacobian)(const T(network) *net, int64_t batch, int by, int32_t to, int32_t layer)
{
    const int64_t rows = network_widths[to], columns = T(columns)(by, layer);
    const int64_t ld = rows + 1, stride = ld * columns + 3;
    for (int k = 0; k < 2; k++) {
        REAL J[T(ROOM)];
        T(fill)(J, T(ROOM), k ? NAN : SENTINEL);
        accepted(T(jacobians)[by](net->model, net->workspace, to, layer, J, ld, stride));
        for (int64_t s = 0; s < batch; s++) {
            const plain_point point = T(point)(net, s);
            for (int64_t c = 0; c < columns; c++)
                for (int64_t p = 0; p < rows; p++)
                    T(near)(J[s * stride + c * ld + p], T(plain_element)(net, &point, by, to, layer, p, c));
            if (k)
                continue;
            T(check_padding)(J + s * stride, rows, ld, columns);
            assert_true(T(untouched)(J + s * stride + columns * ld, stride - columns * ld));
        }
        assert_true(k || T(untouched)(J + batch * stride, T(ROOM) - batch * stride));
    }
}

static void T(test_jacobians)(void **state)
{
    T(network) net = T(set_up)(306);
    (void)state;
    for (int64_t batch = 1; batch <= BATCH; batch++) {
        accepted(T(mlp_forward)(net.model, net.workspace, batch, net.x, LDX, NULL, 0));
        for (int by = T(OUTPUT); by <= T(WEIGHT); by++)
            for (int32_t to = 1; to <= 2; to++)
                for (int32_t layer = by != T(OUTPUT); layer <= to - (by == T(OUTPUT)); layer++)
                    T(check_jacobian)(&net, batch, by, to, layer);
    }
    T(tear_down)(&net);
}

/* With one sample the stride separates nothing: the largest is as good as any. */
static void T(test_single_matrix)(void **state)
{
    T(network) net = T(set_up)(307);
    REAL J[N_OUT * N_IN];
    (void)state;
    accepted(T(mlp_forward)(net.model, net.workspace, 1, net.x, LDX, NULL, 0));
    accepted(T(mlp_jacobian_output)(net.model, net.workspace, 2, 0, J, N_OUT, INT64_MAX));
    const plain_point point = T(point)(&net, 0);
    for (int k = 0; k < N_OUT * N_IN; k++)
        T(near)(J[k], plain_by_output(&net.plain, &point, 2, 0, k % N_OUT, k / N_OUT));
    T(tear_down)(&net);
}

/* y_0, y_1 and y_2 of the remembered pass, compact. */
static void T(remembered)(const T(network) *net, REAL y[3][HIDDEN * BATCH])
{
    for (int32_t layer = 0; layer <= 2; layer++) {
        T(fill)(y[layer], HIDDEN * BATCH, 0);
        accepted(T(mlp_workspace_get_output)(net->workspace, layer, y[layer], network_widths[layer]));
    }
}

/* Derivatives leave the pass as it is, ask for no memory, and give the same bits in whatever order they come. */
static void T(test_undisturbed)(void **state)
{
    T(network) net = T(set_up)(308);
    REAL before[3][HIDDEN * BATCH], after[3][HIDDEN * BATCH];
    static _Alignas(double) REAL first[T(DERIVATIVES)][T(ROOM)];
    (void)state;
    T(pass)(&net);
    T(remembered)(&net, before);
    const int64_t calls = failing_allocator_calls();
    for (int k = 0; k < T(DERIVATIVES); k++) {
        T(fill)(first[k], T(ROOM), SENTINEL);
        accepted(T(derivatives)[k](net.model, net.workspace, first[k]));
    }
    for (int k = T(DERIVATIVES) - 1; k >= 0; k--) {
        _Alignas(double) REAL again[T(ROOM)];
        T(fill)(again, T(ROOM), SENTINEL);
        accepted(T(derivatives)[k](net.model, net.workspace, again));
        assert_memory_equal(again, first[k], sizeof again);
    }
    T(remembered)(&net, after);
    assert_int_equal(failing_allocator_calls(), calls);
    assert_memory_equal(before, after, sizeof before);
    assert_int_equal(mlp_workspace_batch(net.workspace), BATCH);
    assert_true(mlp_workspace_generation(net.workspace) == mlp_model_generation(net.model));
    T(tear_down)(&net);
}
