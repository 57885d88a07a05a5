/* Template: the hot calls of one number type, and their arrays. */

static REAL *T(draw_array)(draw *d, int64_t count)
{
    REAL *values = malloc((size_t)count * sizeof *values);
    assert_non_null(values);
    for (int64_t i = 0; i < count; i++)
        values[i] = (REAL)draw_real(d, -1, 1);
    return values;
}

static void T(set_scaling)(hot_rig *rig)
{
    draw d = {3};
    REAL *scale = T(draw_array)(&d, rig->n_in + rig->n_out),
         *shift = T(draw_array)(&d, rig->n_in + rig->n_out);
    accepted(T(mlp_model_set_input_scaling)(rig->model, scale, shift));
    accepted(T(mlp_model_set_output_scaling)(rig->model, scale + rig->n_in, shift + rig->n_in));
    free(scale);
    free(shift);
}

static void T(fill)(hot_rig *rig)
{
    const int64_t batch = rig->what.batch, wide = rig->n_in + rig->n_out;
    int64_t most = 0; /* columns of the widest Jacobian */
    draw d = {5};
    for (int32_t l = 1; l <= rig->what.layers; l++) {
        const int64_t count = rig->what.widths[l] * rig->what.widths[l - 1];
        most = count > most ? count : most;
    }
    rig->x = T(draw_array)(&d, wide * batch);
    rig->x_bar = T(draw_array)(&d, wide * batch);
    rig->t = T(draw_array)(&d, rig->n_out * batch);
    rig->y = T(draw_array)(&d, rig->n_out * batch);
    rig->y_bar = T(draw_array)(&d, rig->n_out * batch);
    rig->weights = T(draw_array)(&d, batch);
    rig->bad = T(draw_array)(&d, rig->n_in * batch);
    rig->theta = T(draw_array)(&d, rig->params);
    rig->theta_bar = T(draw_array)(&d, rig->params);
    if (rig->n_in * rig->n_in > most) /* the Hessians in x go there as well */
        most = rig->n_in * rig->n_in;
    rig->J = T(draw_array)(&d, batch * rig->n_out * most);
    rig->K = T(draw_array)(&d, batch * batch);
    if (has_rows(rig)) {
        rig->rows = T(draw_array)(&d, rig->params * rig->n_out * batch);
        rig->JtJ = calloc((size_t)(rig->params * (rig->params + 1)), sizeof *rig->JtJ);
        assert_non_null(rig->JtJ);
    }
    rig->labels = calloc((size_t)batch, sizeof *rig->labels);
    assert_non_null(rig->labels);
    ((REAL *)rig->bad)[0] = (REAL)NAN;
    for (int64_t s = 0; s < batch; s++) {
        ((REAL *)rig->weights)[s] = 1 + (REAL)s;
        rig->labels[s] = (int32_t)(s % rig->n_out);
    }
    accepted(mlp_data_create(rig->what.dtype, batch, &rig->data));
    accepted(T(mlp_data_borrow_inputs)(rig->data, rig->n_in, rig->x, rig->n_in));
    accepted(T(mlp_data_borrow_targets)(rig->data, rig->n_out, rig->t, rig->n_out));
}

static mlp_status T(forward)(hot_rig *rig)
{
    return T(mlp_forward)(rig->model, rig->workspace, rig->what.batch, rig->x, rig->n_in, rig->y, rig->n_out);
}

/* x and y share an array. */
static mlp_status T(forward_in_place)(hot_rig *rig)
{
    const int64_t ld = rig->n_in + rig->n_out;
    return T(mlp_forward)(rig->model, rig->workspace, rig->what.batch, rig->x_bar, ld, rig->x_bar, ld);
}

/* The last pass before the derivatives: its output is not asked for. */
static mlp_status T(forward_only)(hot_rig *rig)
{
    return T(mlp_forward)(rig->model, rig->workspace, rig->what.batch, rig->x, rig->n_in, NULL, 0);
}

static mlp_status T(vjp)(hot_rig *rig)
{
    return T(mlp_vjp)(rig->model, rig->workspace, rig->t, rig->n_out, rig->x_bar, rig->n_in, rig->theta_bar);
}

static mlp_status T(vjp_inputs)(hot_rig *rig)
{
    return T(mlp_vjp)(rig->model, rig->workspace, rig->t, rig->n_out, rig->x_bar, rig->n_in, NULL);
}

static mlp_status T(jvp)(hot_rig *rig)
{
    return T(mlp_jvp)(rig->model, rig->workspace, rig->x, rig->n_in, rig->theta, rig->y, rig->n_out);
}

static mlp_status T(jvp_inputs)(hot_rig *rig)
{
    return T(mlp_jvp)(rig->model, rig->workspace, rig->x, rig->n_in, NULL, rig->y, rig->n_out);
}

/* Every Jacobian of the last layer's output, in turn into the same room. */
static mlp_status T(jacobian_output)(hot_rig *rig)
{
    const int32_t L = rig->what.layers;
    mlp_status status = MLP_OK;
    for (int32_t from = 0; from < L && status == MLP_OK; from++)
        status = T(mlp_jacobian_output)(rig->model, rig->workspace, L, from, rig->J, rig->n_out,
                                        rig->n_out * rig->what.widths[from]);
    return status;
}

static mlp_status T(jacobian_bias)(hot_rig *rig)
{
    const int32_t L = rig->what.layers;
    mlp_status status = MLP_OK;
    for (int32_t layer = 1; layer <= L && status == MLP_OK; layer++)
        status = T(mlp_jacobian_bias)(rig->model, rig->workspace, L, layer, rig->J, rig->n_out,
                                      rig->n_out * rig->what.widths[layer]);
    return status;
}

static mlp_status T(jacobian_weight)(hot_rig *rig)
{
    const int32_t L = rig->what.layers;
    mlp_status status = MLP_OK;
    for (int32_t layer = 1; layer <= L && status == MLP_OK; layer++)
        status = T(mlp_jacobian_weight)(rig->model, rig->workspace, L, layer, rig->J, rig->n_out,
                                        rig->n_out * rig->what.widths[layer] * rig->what.widths[layer - 1]);
    return status;
}

static mlp_status T(jacobian)(hot_rig *rig)
{
    return T(mlp_jacobian)(rig->model, rig->workspace, rig->J, rig->n_out, rig->n_out * rig->n_in);
}

static mlp_status T(jacobian_theta)(hot_rig *rig)
{
    return rig->rows ? T(mlp_jacobian_theta)(rig->model, rig->workspace, rig->rows, rig->params) : MLP_OK;
}

static mlp_status T(jacobian_normal_add)(hot_rig *rig)
{
    return rig->JtJ ? T(mlp_jacobian_normal_add)(rig->model, rig->workspace, rig->t, rig->n_out, rig->JtJ,
                                                 rig->params, rig->JtJ + rig->params * rig->params)
                    : MLP_OK;
}

static mlp_status T(sample_gradients)(hot_rig *rig)
{
    return rig->rows ? T(mlp_sample_gradients)(rig->model, rig->workspace, rig->t, rig->n_out, rig->rows,
                                               rig->params)
                     : MLP_OK;
}

static mlp_status T(sample_norms)(hot_rig *rig)
{
    return T(mlp_sample_norms)(rig->model, rig->workspace, rig->t, rig->n_out, rig->K);
}

static mlp_status T(sample_clipped_sum)(hot_rig *rig)
{
    return T(mlp_sample_clipped_sum)(rig->model, rig->workspace, rig->t, rig->n_out, 0.5, rig->K,
                                     rig->theta_bar);
}

static mlp_status T(sample_inner_products)(hot_rig *rig)
{
    return T(mlp_sample_inner_products)(rig->model, rig->workspace, rig->t, rig->n_out, rig->K,
                                        rig->what.batch);
}

/* Third order along one direction of each sample; first along the units. */
static mlp_status T(jet)(hot_rig *rig)
{
    return T(mlp_jet)(rig->model, rig->workspace, 1, rig->x, rig->n_in, rig->n_in, rig->J, rig->y, rig->y_bar,
                      rig->n_out);
}

static mlp_status T(jet_units)(hot_rig *rig)
{
    return T(mlp_jet)(rig->model, rig->workspace, rig->n_in, NULL, 0, 0, rig->J, NULL, NULL, rig->n_out);
}

static mlp_status T(jet_vjp)(hot_rig *rig)
{
    const mlp_status status = T(mlp_jet)(rig->model, rig->workspace, 2, rig->theta, rig->n_in, 0, rig->J,
                                         (REAL *)rig->J + 2 * rig->n_out * rig->what.batch, NULL, rig->n_out);
    return status == MLP_OK ? T(mlp_jet_vjp)(rig->model, rig->workspace, rig->t, rig->n_out, rig->J, rig->J,
                                             rig->n_out, rig->x_bar, rig->n_in, rig->theta_bar)
                            : status;
}

static mlp_status T(laplacian_vjp)(hot_rig *rig)
{
    const mlp_status status =
        T(mlp_laplacian)(rig->model, rig->workspace, rig->x, rig->J, rig->y, rig->n_out);
    return status == MLP_OK ? T(mlp_jet_vjp)(rig->model, rig->workspace, NULL, 0, NULL, rig->t, rig->n_out,
                                             rig->x_bar, rig->n_in, rig->theta_bar)
                            : status;
}

static mlp_status T(mixed_vjp)(hot_rig *rig)
{
    return T(mlp_mixed_vjp)(rig->model, rig->workspace, rig->x, rig->n_in, rig->t, rig->n_out, rig->x_bar,
                            rig->n_in, rig->theta_bar);
}

static mlp_status T(get_output)(hot_rig *rig)
{
    return T(mlp_workspace_get_output)(rig->workspace, rig->what.layers, rig->y, rig->n_out);
}

static mlp_status T(loss)(hot_rig *rig)
{
    double value;
    return T(mlp_loss_evaluate)(MLP_SQUARED_ERROR, rig->what.batch, rig->n_out, rig->y, rig->n_out, rig->t,
                                rig->n_out, rig->weights, &value, rig->y_bar, rig->n_out);
}

static mlp_status T(loss_hvp)(hot_rig *rig)
{
    return T(mlp_loss_hvp)(MLP_SOFTMAX_CROSS_ENTROPY, rig->what.batch, rig->n_out, rig->y, rig->n_out, rig->t,
                           rig->n_out, rig->weights, rig->y, rig->n_out, rig->y_bar, rig->n_out);
}

static mlp_status T(linearize)(hot_rig *rig)
{
    double value;
    return T(mlp_linearize)(rig->model, rig->workspace, MLP_LOG_COSH, rig->t, rig->n_out, rig->weights,
                            &value, rig->theta_bar);
}

/* Without its gradient, so that the product that follows is the first one. */
static mlp_status T(linearize_labels)(hot_rig *rig)
{
    return T(mlp_linearize_labels)(rig->model, rig->workspace, MLP_SOFTMAX_CROSS_ENTROPY, rig->labels,
                                   rig->weights, NULL, NULL);
}

static mlp_status T(hvp)(hot_rig *rig)
{
    return T(mlp_hvp)(rig->model, rig->workspace, rig->theta, rig->theta_bar);
}

static mlp_status T(gauss_newton)(hot_rig *rig)
{
    return T(mlp_gauss_newton)(rig->model, rig->workspace, rig->theta, rig->theta_bar);
}

static mlp_status T(hessian_x)(hot_rig *rig)
{
    return T(mlp_hessian_x)(rig->model, rig->workspace, rig->J, rig->n_in,
                            rig->n_in * rig->n_in * rig->n_out);
}

static mlp_status T(set_params)(hot_rig *rig)
{
    const mlp_status status = T(mlp_model_get_params)(rig->model, 0, rig->params, rig->theta);
    return status == MLP_OK ? T(mlp_model_set_params)(rig->model, 0, rig->params, rig->theta) : status;
}

static mlp_status T(predict)(hot_rig *rig)
{
    return T(mlp_predict)(rig->model, rig->workspace, rig->what.batch, rig->x, rig->n_in, rig->y, rig->n_out);
}

static mlp_status T(step)(hot_rig *rig)
{
    double loss;
    return T(mlp_trainer_step)(rig->trainer, rig->what.batch, rig->x, rig->n_in, rig->t, rig->n_out,
                               rig->what.scaled ? rig->weights : NULL, &loss);
}

static mlp_status T(step_labels)(hot_rig *rig)
{
    double loss;
    return T(mlp_trainer_step_labels)(rig->trainer, rig->what.batch, rig->x, rig->n_in, rig->labels,
                                      rig->what.scaled ? rig->weights : NULL, &loss);
}

/* Methods refuse it. */
static mlp_status T(apply_gradient)(hot_rig *rig)
{
    const mlp_status status = T(mlp_trainer_apply_gradient)(rig->trainer, rig->theta);
    return status == MLP_ERR_UNSUPPORTED && rig->what.optimizer >= MLP_LBFGS ? MLP_OK : status;
}

/* |theta|^2 / 2 */
static int32_t T(half_square)(const mlp_model *model, int64_t params, REAL *theta_bar, double *loss,
                              void *context)
{
    (void)context;
    *loss = 0;
    if (T(mlp_model_get_params)(model, 0, params, theta_bar) != MLP_OK)
        return 1;
    for (int64_t i = 0; i < params; i++)
        *loss += (double)theta_bar[i] * (double)theta_bar[i] / 2;
    return 0;
}

/* Methods of least squares refuse it. */
static mlp_status T(unless_refused)(const hot_rig *rig, mlp_status status)
{
    const mlp_optimizer optimizer = rig->what.optimizer;
    return status == MLP_ERR_UNSUPPORTED && optimizer >= MLP_LEVENBERG_MARQUARDT && optimizer <= MLP_KALMAN
               ? MLP_OK
               : status;
}

static mlp_status T(step_objective)(hot_rig *rig)
{
    double loss;
    return T(unless_refused)(rig, T(mlp_trainer_step_objective)(rig->trainer, T(half_square), NULL, &loss));
}

static mlp_status T(run_objective)(hot_rig *rig)
{
    double loss;
    return T(unless_refused)(rig, T(mlp_trainer_run_objective)(rig->trainer, 2, T(half_square), NULL, &loss));
}

static mlp_status T(epoch)(hot_rig *rig)
{
    double loss;
    return mlp_trainer_epoch(rig->trainer, rig->data, &loss);
}

static mlp_status T(evaluate)(hot_rig *rig)
{
    double loss;
    return mlp_trainer_evaluate(rig->trainer, rig->data, &loss, NULL);
}

static mlp_status T(get_model)(hot_rig *rig)
{
    return mlp_trainer_get_model(rig->trainer, rig->other);
}

static mlp_status T(copy_params)(hot_rig *rig)
{
    return mlp_model_copy_params(rig->model, rig->other);
}

/* Refusals are hot as well: a message is written, and nothing else happens. */
static mlp_status T(large_batch)(hot_rig *rig)
{
    return T(mlp_forward)(rig->model, rig->workspace, rig->what.batch + 1, rig->x, rig->n_in, rig->y,
                          rig->n_out);
}

static mlp_status T(no_jet)(hot_rig *rig)
{
    const mlp_status status = T(forward_only)(rig);
    return status == MLP_OK ? T(mlp_jet_vjp)(rig->model, rig->workspace, rig->t, rig->n_out, NULL, NULL, 0,
                                             rig->x_bar, rig->n_in, NULL)
                            : status;
}

static mlp_status T(wide_jet)(hot_rig *rig)
{
    const mlp_status status = T(forward_only)(rig);
    return status == MLP_OK ? T(mlp_jet)(rig->model, rig->workspace, rig->n_in + 2, rig->x, rig->n_in, 0,
                                         rig->J, NULL, NULL, rig->n_out)
                            : status;
}

static mlp_status T(no_loss)(hot_rig *rig)
{
    const mlp_status status = T(forward_only)(rig);
    return status == MLP_OK ? T(hvp)(rig) : status;
}

static mlp_status T(stale_vjp)(hot_rig *rig)
{
    const mlp_status status = T(set_params)(rig);
    return status == MLP_OK ? T(vjp)(rig) : status;
}

static mlp_status T(bad_step)(hot_rig *rig)
{
    return T(mlp_trainer_step)(rig->trainer, rig->what.batch, rig->bad, rig->n_in, rig->t, rig->n_out, NULL,
                               NULL);
}
