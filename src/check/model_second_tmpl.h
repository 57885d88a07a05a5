/* Template: higher derivatives. */

/* A jet along x_dot up to `order`, as far as the activations have it. */
static mlp_status T(check_jet)(mlpi_model_check *of, int32_t order, const REAL *x_dot, REAL *const y[4])
{
    static const char *const names[] = {"", "jet y'", "jet y''", "jet y'''"};
    static const double factorial[] = {1, 1, 2, 6};
    const int64_t outputs = of->n_out * of->batch;
    const T(mlpi_jet_request) request = {.jet = {order, 1, 1},
                                         .v = x_dot,
                                         .ldv = of->n_in,
                                         .stride = of->n_in,
                                         .y = {NULL, y[1], order > 1 ? y[2] : NULL, order > 2 ? y[3] : NULL},
                                         .ldy = of->n_out};
    const mlp_status status = T(mlpi_jet)(of->model, of->workspace, &request);
    for (int32_t k = 1; k <= order && status == MLP_OK; k++) {
        mlpi_check_row *row = mlpi_model_row(of, "Taylor", names[k]);
        for (int64_t i = 0; i < outputs; i++) {
            const mlpi_want want = mlpi_want_of(&of->jet[i], MLPI_1 + k, factorial[k]);
            mlpi_check_compare(row, (double)y[k][i], want.value, want.scale);
        }
    }
    return status;
}

/* x_bar and theta_bar along x_too and theta_too. */
static double T(along_too)(const mlpi_model_check *of, const REAL *x_bar, const REAL *theta_bar)
{
    return T(dot)(of->n_in * of->batch, x_bar, of->x_too) + T(dot)(of->n_theta, theta_bar, of->theta_too);
}

/* Gradients through the jet: of order 2 where the activations have three derivatives, else 1; and the mixed one. */
static mlp_status T(check_jet_gradient)(mlpi_model_check *of, const REAL *x_dot, REAL *const y[4],
                                        REAL *const y_bar[3], REAL *x_bar, REAL *theta_bar)
{
    const int second = of->order > 2;
    const REAL *const cotangents[3] = {y_bar[0], y_bar[1], second ? y_bar[2] : NULL};
    const int64_t ldy[3] = {of->n_out, of->n_out, of->n_out};
    mlpi_want jet = {0, 0}, mixed = {0, 0};
    const T(mlpi_jet_request) request = {.jet = {second ? 2 : 1, 1, 1},
                                         .v = x_dot,
                                         .ldv = of->n_in,
                                         .stride = of->n_in,
                                         .y = {NULL, y[1], second ? y[2] : NULL, NULL},
                                         .ldy = of->n_out};
    for (int64_t i = 0; i < of->n_out * of->batch; i++) {
        mlpi_taylor at = of->jet[i];
        at.c[MLPI_SST] *= second;
        mlpi_want_add(&jet, jet_gradient_of(of, &at, i));
        mlpi_want_add(&mixed, mlpi_want_of(&at, MLPI_ST, of->y_bar[0][i]));
    }
    mlp_status status = T(mlpi_jet)(of->model, of->workspace, &request);
    if (status == MLP_OK)
        status = T(mlpi_jet_vjp)(of->model, of->workspace, cotangents, ldy, x_bar, of->n_in, theta_bar, NULL);
    if (status != MLP_OK)
        return status;
    mlpi_check_compare(mlpi_model_row(of, "Taylor", "gradient through a jet"),
                       T(along_too)(of, x_bar, theta_bar), jet.value, jet.scale);
    T(poison)(of->n_in * of->batch, x_bar);
    T(poison)(of->n_theta, theta_bar);
    status = T(mlpi_mixed_vjp)(of->model, of->workspace, x_dot, of->n_in, y_bar[0], of->n_out, x_bar,
                               of->n_in, theta_bar);
    mlpi_check_compare(mlpi_model_row(of, "Taylor", "mixed gradient"), T(along_too)(of, x_bar, theta_bar),
                       mixed.value, mixed.scale);
    return status;
}

/* The sum over the units e_i of x of y'' along e_i, and its gradient along x_too and theta_too, of every output. */
static mlp_status T(want_laplacian)(mlpi_model_check *of, double *unit, mlpi_want *laplacian,
                                    mlpi_want *gradient)
{
    mlp_status status = MLP_OK;
    for (int64_t s = 0; s < of->batch; s++)
        for (int64_t i = 0; i < of->n_in && status == MLP_OK; i++) {
            const mlpi_probe probe = {.to = of->layers,
                                      .whole = 1,
                                      .from_s = unit,
                                      .from_t = of->x_too + s * of->n_in,
                                      .theta_t = of->theta_too};
            unit[i] = 1;
            status = mlpi_network_run(&of->network, of->x + s * of->n_in, &probe, of->spare, NULL);
            unit[i] = 0;
            for (int64_t p = 0; p < of->n_out; p++) {
                mlpi_want_add(&laplacian[s * of->n_out + p], mlpi_want_of(&of->spare[p], MLPI_SS, 2));
                mlpi_want_add(gradient,
                              mlpi_want_of(&of->spare[p], MLPI_SST, 2 * of->y_bar[2][s * of->n_out + p]));
            }
        }
    return status;
}

static mlp_status T(check_laplacian)(mlpi_model_check *of, REAL *const y_bar[3], REAL *y, REAL *x_bar,
                                     REAL *theta_bar)
{
    const int64_t outputs = of->n_out * of->batch, ldy[3] = {0, 0, of->n_out};
    const REAL *const cotangents[3] = {NULL, NULL, y_bar[2]};
    mlpi_want *want = mlpi_calloc(outputs + 1, sizeof *want);
    double *unit = mlpi_calloc(of->n_in, sizeof *unit);
    const T(mlpi_jet_request) request = {
        .jet = {2, 1, of->n_in}, .y = {NULL, NULL, y, NULL}, .ldy = of->n_out};
    mlp_status status = want && unit ? T(want_laplacian)(of, unit, want, want + outputs) : out_of_memory();
    if (status == MLP_OK)
        status = T(mlpi_jet)(of->model, of->workspace, &request);
    mlpi_check_row *row = mlpi_model_row(of, "Taylor", "Laplacian");
    for (int64_t i = 0; i < outputs && status == MLP_OK; i++)
        mlpi_check_compare(row, (double)y[i], want[i].value, want[i].scale);
    if (status == MLP_OK && of->order > 2) {
        status = T(mlpi_jet_vjp)(of->model, of->workspace, cotangents, ldy, x_bar, of->n_in, theta_bar, NULL);
        mlpi_check_compare(mlpi_model_row(of, "Taylor", "gradient through the Laplacian"),
                           T(along_too)(of, x_bar, theta_bar), want[outputs].value, want[outputs].scale);
    }
    mlpi_free(want);
    mlpi_free(unit);
    return status;
}

/* x_dot^T H x_too of every output, and H to the bit symmetric. */
static mlp_status T(check_hessian_x)(mlpi_model_check *of)
{
    const int64_t n = of->n_in, outputs = of->n_out * of->batch;
    REAL *H = T(array)(outputs * n * n, NULL);
    const mlp_status status =
        H ? T(mlpi_hessian_x)(of->model, of->workspace, H, n, n * n * of->n_out) : out_of_memory();
    mlpi_check_row *row = mlpi_model_row(of, "Taylor", "Hessian in x"),
                   *symmetric = mlpi_model_row(of, "its transpose", "Hessian in x, symmetric");
    symmetric->bound = 0;
    for (int64_t i = 0; i < outputs && status == MLP_OK; i++) {
        const double *u = of->x_dot + i / of->n_out * n, *v = of->x_too + i / of->n_out * n;
        const mlpi_want want = mlpi_want_of(&of->mixed[i], MLPI_ST, 1);
        double product = 0;
        for (int64_t j = 0; j < n; j++) {
            product += T(dot)(n, H + (i * n + j) * n, u) * v[j];
            for (int64_t k = 0; k < j; k++)
                mlpi_check_compare(symmetric, (double)H[(i * n + j) * n + k], (double)H[(i * n + k) * n + j],
                                   1);
        }
        mlpi_check_compare(row, product, want.value, want.scale);
    }
    mlpi_free(H);
    return status;
}

/* theta_too^T H theta_dot of the mean of log_cosh, and the other way round; the Gauss-Newton matrix the same way. */
static mlp_status T(check_hessian_theta)(mlpi_model_check *of, REAL *product)
{
    REAL *t = T(array)(of->n_out * of->batch, of->t), *v = T(array)(of->n_theta, of->theta_dot),
         *u = T(array)(of->n_theta, of->theta_too);
    mlpi_want hessian = {0, 0}, gauss = {0, 0};
    const T(mlpi_targets) targets = {.t = t, .ldt = of->n_out};
    const double share = 1 / (double)of->batch;
    for (int64_t i = 0; i < of->n_out * of->batch; i++) {
        mlpi_want_add(&hessian, curvature_of(&of->curve[i], of->t[i], 1));
        mlpi_want_add(&gauss, curvature_of(&of->curve[i], of->t[i], 0));
    }
    mlp_status status = t && v && u ? T(mlpi_linearize)(of->model, of->workspace, mlpi_loss_of(MLP_LOG_COSH),
                                                        &targets, NULL, NULL)
                                    : out_of_memory();
    if (status == MLP_OK)
        status = T(mlpi_hvp)(of->model, of->workspace, v, product);
    const double one = status == MLP_OK ? T(dot)(of->n_theta, product, of->theta_too) : 0;
    if (status == MLP_OK)
        status = T(mlpi_hvp)(of->model, of->workspace, u, product);
    const double two = status == MLP_OK ? T(dot)(of->n_theta, product, of->theta_dot) : 0;
    T(poison)(of->n_theta, product);
    if (status == MLP_OK)
        status = T(mlpi_gauss_newton)(of->model, of->workspace, v, product);
    if (status == MLP_OK) {
        mlpi_check_compare(mlpi_model_row(of, "Taylor", "Hessian-vector product"), one, share * hessian.value,
                           share * hessian.scale);
        mlpi_check_compare(mlpi_model_row(of, "u^T H v = v^T H u", "Hessian in theta, symmetric"), one, two,
                           share * hessian.scale);
        mlpi_check_compare(mlpi_model_row(of, "Taylor", "Gauss-Newton product"),
                           T(dot)(of->n_theta, product, of->theta_too), share * gauss.value,
                           share * gauss.scale);
    }
    mlpi_free(t);
    mlpi_free(v);
    mlpi_free(u);
    return status;
}

static mlp_status T(check_higher)(mlpi_model_check *of, const REAL *x_dot, REAL *const y_bar[3],
                                  REAL *const y[4], REAL *x_bar, REAL *theta_bar)
{
    mlp_status status = T(check_jet)(of, of->order < 3 ? of->order : 3, x_dot, y);
    if (status == MLP_OK)
        status = T(check_jet_gradient)(of, x_dot, y, y_bar, x_bar, theta_bar);
    if (status == MLP_OK && of->n_in <= MOST_INPUTS) {
        T(poison)(of->n_out * of->batch, y[2]);
        T(poison)(of->n_in * of->batch, x_bar);
        T(poison)(of->n_theta, theta_bar);
        status = T(check_laplacian)(of, y_bar, y[2], x_bar, theta_bar);
    }
    if (status == MLP_OK && of->n_in <= MOST_INPUTS)
        status = T(check_hessian_x)(of);
    T(poison)(of->n_theta, theta_bar);
    return status == MLP_OK ? T(check_hessian_theta)(of, theta_bar) : status;
}

mlp_status T(mlpi_model_check_second)(mlpi_model_check *of)
{
    const int64_t inputs = of->n_in * of->batch, outputs = of->n_out * of->batch;
    REAL *x_dot = T(array)(inputs, of->x_dot), *y_bars = T(array)(3 * outputs, of->y_bar[0]),
         *arrays = T(array)(3 * outputs + inputs + of->n_theta, NULL);
    REAL *const y_bar[3] = {y_bars, y_bars + outputs, y_bars + 2 * outputs}, *const y[4] = {NULL, arrays,
                                                                                            arrays + outputs,
                                                                                            arrays +
                                                                                                2 * outputs};
    const mlp_status status =
        x_dot && y_bars && arrays
            ? T(check_higher)(of, x_dot, y_bar, y, arrays + 3 * outputs, arrays + 3 * outputs + inputs)
            : out_of_memory();
    mlpi_free(x_dot);
    mlpi_free(y_bars);
    mlpi_free(arrays);
    return status;
}
