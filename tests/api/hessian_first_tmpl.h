/* Template: products of a linearised loss against differences of gradients, Hessians in x against jets. */

static void T(test_products)(void **state)
{
    enum { IN = 3, OUT = 2, SAMPLES = 5, COUNT = 3 * 7 + 7 + 7 * 2 + 2 };
    static const int64_t widths[] = {IN, 7, OUT};
    static const int32_t labels[SAMPLES] = {0, 1, 1, 0, 1};
    mlp_model *model;
    mlp_workspace *workspace;
    draw d = {17};
    REAL x[IN * SAMPLES], y[OUT * SAMPLES], t[OUT * SAMPLES], v[COUNT], theta[COUNT], moved[COUNT], up[COUNT],
        down[COUNT], hv[COUNT], gv[COUNT], H[IN * IN * OUT * SAMPLES], y2[OUT * SAMPLES];
    const double h = sizeof(REAL) == 4 ? 1e-2 : 1e-5, tolerance = sizeof(REAL) == 4 ? 2e-3 : 1e-8;
    double value, pairing = 0;
    (void)state;
    for (int i = 0; i < IN * SAMPLES; i++)
        x[i] = (REAL)draw_real(&d, -1, 1);
    for (int i = 0; i < OUT * SAMPLES; i++)
        t[i] = (REAL)draw_real(&d, 0, 1);
    for (int i = 0; i < COUNT; i++)
        v[i] = (REAL)draw_real(&d, -1, 1);
    accepted(mlp_model_create(REAL_DTYPE, 2, widths, MLP_TANH, &model));
    accepted(mlp_model_initialize(model, MLP_INIT_GLOROT_UNIFORM, 3));
    accepted(T(mlp_model_get_params)(model, 0, COUNT, theta));
    accepted(mlp_workspace_create(model, SAMPLES, 1, MLP_USE_SECOND_ORDER, &workspace));
    for (int by_labels = 0; by_labels < 2; by_labels++) {
        for (int sign = 1; sign >= -1; sign--) {
            for (int i = 0; i < COUNT; i++)
                moved[i] = theta[i] + (REAL)(sign * h) * v[i];
            accepted(T(mlp_model_set_params)(model, 0, COUNT, sign ? moved : theta));
            accepted(T(mlp_forward)(model, workspace, SAMPLES, x, IN, y, OUT));
            REAL *gradient = sign > 0 ? up : sign < 0 ? down : moved;
            if (by_labels)
                accepted(T(mlp_linearize_labels)(model, workspace, MLP_SOFTMAX_CROSS_ENTROPY, labels, NULL,
                                                 &value, gradient));
            else
                accepted(
                    T(mlp_linearize)(model, workspace, MLP_SQUARED_ERROR, t, OUT, NULL, &value, gradient));
            if (sign == 0) {
                accepted(T(mlp_hvp)(model, workspace, v, hv));
                accepted(T(mlp_gauss_newton)(model, workspace, v, gv));
            }
        }
        for (int i = 0; i < COUNT; i++) {
            assert_true(fabs(((double)up[i] - (double)down[i]) / (2 * h) - (double)hv[i]) < tolerance);
            pairing += (double)gv[i] * (double)v[i];
        }
        assert_true(pairing > 0);
    }
    accepted(T(mlp_model_set_params)(model, 0, COUNT, theta));
    accepted(T(mlp_forward)(model, workspace, SAMPLES, x, IN, y, OUT));
    accepted(T(mlp_hessian_x)(model, workspace, H, IN, IN * IN * OUT));
    accepted(T(mlp_jet)(model, workspace, 1, x, IN, IN, NULL, y2, NULL, OUT));
    for (int k = 0; k < SAMPLES * OUT; k++) {
        double sum = 0;
        for (int i = 0; i < IN; i++)
            for (int j = 0; j < IN; j++)
                sum += (double)x[k / OUT * IN + i] * (double)H[(k * IN + j) * IN + i] *
                       (double)x[k / OUT * IN + j];
        assert_true(fabs(sum - (double)y2[k]) < 1e-5 * fabs(sum) + 1e-6);
    }
    mlp_workspace_destroy(workspace);
    mlp_model_destroy(model);
}
