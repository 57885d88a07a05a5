/*
 * The works of libmlp for one number type: REAL is the type, T(name) puts its suffix behind a name. Included by own.c.
 */

/* y = f(x) */
static mlp_status T(infer)(struct run *run)
{
    return T(mlp_forward)(run->model, run->workspace, run->batch, run->x, run->n_in, run->y, run->n_out);
}

static mlp_status T(train)(struct run *run)
{
    return T(mlp_trainer_step)(run->trainer, run->batch, run->x, run->n_in, run->t, run->n_out, NULL, NULL);
}

/* y = f(x), y_bar = dloss/dy in its place */
static mlp_status T(pass)(struct run *run)
{
    mlp_status status = T(infer)(run);

    return status < 0 ? status
                      : T(mlp_loss_evaluate)(MLP_SQUARED_ERROR, run->batch, run->n_out, run->y, run->n_out,
                                             run->t, run->n_out, NULL, NULL, run->y, run->n_out);
}

/* theta_bar = (dy/dtheta)^T y_bar */
static mlp_status T(grad)(struct run *run)
{
    mlp_status status = T(pass)(run);

    return status < 0
               ? status
               : T(mlp_vjp)(run->model, run->workspace, run->y, run->n_out, NULL, run->n_in, run->theta);
}

static mlp_status T(vjp)(struct run *run)
{
    return T(mlp_vjp)(run->model, run->workspace, run->t, run->n_out, run->x_bar, run->n_in, run->theta);
}

static mlp_status T(jvp)(struct run *run)
{
    return T(mlp_jvp)(run->model, run->workspace, run->x_dot, run->n_in, NULL, run->y, run->n_out);
}

static mlp_status T(sample_gradients)(struct run *run)
{
    mlp_status status = T(pass)(run);

    return status < 0 ? status
                      : T(mlp_sample_gradients)(run->model, run->workspace, run->y, run->n_out, run->rows,
                                                run->params);
}

static mlp_status T(sample_norms)(struct run *run)
{
    mlp_status status = T(pass)(run);

    return status < 0 ? status
                      : T(mlp_sample_norms)(run->model, run->workspace, run->y, run->n_out, run->rows);
}

static mlp_status T(sample_clipped_sum)(struct run *run)
{
    mlp_status status = T(pass)(run);

    return status < 0 ? status
                      : T(mlp_sample_clipped_sum)(run->model, run->workspace, run->y, run->n_out,
                                                  1 / (double)run->batch, NULL, run->theta);
}

static mlp_status T(sample_inner_products)(struct run *run)
{
    mlp_status status = T(pass)(run);

    return status < 0 ? status
                      : T(mlp_sample_inner_products)(run->model, run->workspace, run->y, run->n_out,
                                                     run->rows, run->batch);
}

static mlp_status T(jacobian)(struct run *run)
{
    mlp_status status = T(infer)(run);

    return status < 0
               ? status
               : T(mlp_jacobian)(run->model, run->workspace, run->rows, run->n_out, run->n_out * run->n_in);
}

static mlp_status T(jacobian_theta)(struct run *run)
{
    mlp_status status = T(infer)(run);

    return status < 0 ? status : T(mlp_jacobian_theta)(run->model, run->workspace, run->rows, run->params);
}

static mlp_status T(jacobian_normal_add)(struct run *run)
{
    mlp_status status = T(infer)(run);

    return status < 0 ? status
                      : T(mlp_jacobian_normal_add)(run->model, run->workspace, run->t, run->n_out, run->JtJ,
                                                   run->params, run->JtJ + run->params * run->params);
}

/* Arrays of the type, and the model's parameters. */
static mlp_status T(fill)(struct run *run, const struct inputs *inputs)
{
    REAL *theta = memory_new(run->params, sizeof *theta);
    mlp_status status;

    for (int64_t i = 0; i < run->params; i++)
        theta[i] = (REAL)inputs->theta[i];
    status = T(mlp_model_set_params)(run->model, 0, run->params, theta);
    run->x = T(inputs_spread)(inputs->x, run->n_in, inputs->period, run->batch);
    run->x_dot = T(inputs_spread)(inputs->x_dot, run->n_in, inputs->period, run->batch);
    run->t = T(inputs_spread)(inputs->t, run->n_out, inputs->period, run->batch);
    run->x_bar = memory_new(run->n_in * run->batch, sizeof(REAL));
    run->y = memory_new(run->n_out * run->batch, sizeof(REAL));
    run->theta = theta;
    return status;
}

/* What the last run left in the arrays, or in the trainer. */
static mlp_status T(read)(struct run *run, struct answer *answer)
{
    const REAL *columns = run->rows ? run->rows : run->work == WORK_VJP ? run->x_bar : run->y;
    const REAL *theta = run->theta;
    mlp_status status = MLP_OK;

    if (run->trainer) {
        status = mlp_trainer_get_model(run->trainer, run->model);
        if (status >= 0)
            status = T(mlp_model_get_params)(run->model, 0, run->params, run->theta);
    }
    for (int64_t i = 0; answer->columns && i < answer->rows * answer->samples; i++)
        answer->columns[i] = columns[i];
    for (int64_t i = 0; answer->theta && i < answer->params; i++)
        answer->theta[i] = run->JtJ ? run->JtJ[run->params * run->params + i] : theta[i];
    return status;
}

static const struct functions T(functions) = {
    {T(infer), T(train), T(grad), T(vjp), T(jvp), T(sample_gradients), T(sample_norms), T(sample_clipped_sum),
     T(sample_inner_products), T(jacobian), T(jacobian_theta), T(jacobian_normal_add)},
    T(fill),
    T(read)};

#undef T
#undef REAL
