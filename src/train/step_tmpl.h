/* Template: one step. */

/* Says which element of X (n x count) is not finite, in which sample and before which step. */
static mlp_status T(refuse_element)(const mlp_trainer *trainer, const T(mlpi_batch) *batch, const char *what,
                                    int64_t n, const REAL *X, int64_t ld)
{
    int64_t row = 0, column = 0;
    if (!T(mlpi_find_not_finite)(n, batch->count, X, ld, &row, &column))
        return MLP_OK;
    const int64_t step = trainer->steps + 1;
    const int64_t sample = batch->numbers ? batch->numbers[column] : batch->first + column;
    return mlpi_fail(MLP_ERR_NUMERIC, "%s: element %lld of sample %lld is %g: step %lld was not taken", what,
                     (long long)row, (long long)sample, (double)X[row + column * ld], (long long)step);
}

static mlp_status T(check_batch)(const mlp_trainer *trainer, const T(mlpi_batch) *batch)
{
    const mlpi_architecture *architecture = &trainer->model->architecture;
    const int64_t n_in = architecture->widths[0], n_out = architecture->widths[architecture->layers];
    const T(mlpi_targets) *targets = &batch->targets;
    if (!T(mlpi_all_finite)(n_in, batch->count, batch->x, batch->ldx))
        return T(refuse_element)(trainer, batch, "x", n_in, batch->x, batch->ldx);
    if (targets->t && !T(mlpi_all_finite)(n_out, batch->count, targets->t, targets->ldt))
        return T(refuse_element)(trainer, batch, "t", n_out, targets->t, targets->ldt);
    return MLP_OK;
}

/* 1 / the weight of all samples, which a batch without weight has 0 for. */
static double T(mean_scale)(const T(mlpi_batch) *batch)
{
    const double weight = T(mlpi_weight_sum)(batch->count, batch->targets.weights);
    return weight > 0 ? 1 / weight : 0;
}

/* Forward and loss: `y` receives scale dloss/dy in the user's units. */
static mlp_status T(run_forward)(mlp_trainer *trainer, const T(mlpi_batch) *batch, double scale, double *sum)
{
    const mlp_model *model = trainer->model;
    const int64_t n_out = model->architecture.widths[model->architecture.layers];
    REAL *y = trainer->buffers.y;
    mlp_status status =
        T(mlpi_forward)(model, trainer->buffers.workspace, batch->count, batch->x, batch->ldx, y, n_out);
    if (status == MLP_OK)
        status = T(mlpi_loss_sum_any)(trainer->loss, n_out, batch->count, y, n_out, &batch->targets, scale,
                                      trainer->buffers.loss_scratch, y, n_out, sum);
    return status;
}

/* `count` parameters from theta on, and what the optimizer keeps of them, by their gradient */
static void T(move)(mlp_trainer *trainer, const mlpi_update *update, REAL *theta, int64_t count,
                    const REAL *gradient)
{
    const int64_t offset = theta - (REAL *)trainer->model->params;
    REAL *vectors[MLPI_MAX_STATES] = {NULL};
    for (int32_t k = 0; k < trainer->state.count; k++)
        vectors[k] = (REAL *)trainer->state.vectors[k] + offset;
    trainer->optimizer->T(update)(update, count, gradient, vectors, theta);
}

/* The gradient in the trainer's buffer moves the parameters, padding and all: there both are zero. */
static mlp_status T(update_params)(mlp_trainer *trainer)
{
    mlp_model *model = trainer->model;
    const REAL *gradient = trainer->buffers.gradient;
    mlpi_update update;
    if (!T(mlpi_all_finite)(model->padded_count, 1, gradient, model->padded_count))
        return mlpi_trainer_refuse_step(trainer, "gradient");
    trainer->steps++;
    mlpi_optimizer_begin(trainer->optimizer, &trainer->options, trainer->steps, &update);
    T(move)(trainer, &update, model->params, model->padded_count, gradient);
    if (trainer->buffers.step)
        trainer->buffers.step->looked = 0;
    mlpi_model_touch_params(model);
    return MLP_OK;
}

/* The gradient by a forward pass and a vjp, by whatever engine; none where the loss is not finite. */
static mlp_status T(gradient_by_passes)(mlp_trainer *trainer, const T(mlpi_batch) *batch, double scale,
                                        double *sum)
{
    const mlp_model *model = trainer->model;
    const int64_t n_out = model->architecture.widths[model->architecture.layers];
    const mlp_status status = T(run_forward)(trainer, batch, scale, sum);
    return status == MLP_OK && isfinite(*sum)
               ? T(mlpi_vjp)(model, trainer->buffers.workspace, trainer->buffers.y, n_out, NULL, 0, NULL,
                             trainer->buffers.gradient)
               : status;
}

static mlp_status T(step_by_passes)(mlp_trainer *trainer, const T(mlpi_batch) *batch, double *sum)
{
    const mlp_status status = T(gradient_by_passes)(trainer, batch, T(mean_scale)(batch), sum);
    if (status != MLP_OK)
        return status;
    return isfinite(*sum) ? T(update_params)(trainer) : mlpi_trainer_refuse_step(trainer, "loss");
}

/* What the loss and the updates of a step are called with. */
struct T(step_context) {
    mlp_trainer *trainer;
    const T(mlpi_batch) *batch;
    int64_t n_out;
    double scale; /* of the cotangents: 1 / sum of the weights */
    mlpi_update update;
};

static double T(loss_of_group)(void *context, int64_t first, int64_t count, REAL *y, int64_t ldy)
{
    const struct T(step_context) *c = context;
    const T(mlpi_targets) *all = &c->batch->targets;
    const T(mlpi_targets) targets = {.t = all->t ? all->t + first * all->ldt : NULL,
                                     .ldt = all->ldt,
                                     .labels = all->labels ? all->labels + first : NULL,
                                     .weights = all->weights ? all->weights + first : NULL};
    return T(mlpi_loss_sum)(c->trainer->loss, c->n_out, count, y, ldy, &targets, c->scale, y, ldy);
}

static void T(move_part)(void *context, REAL *theta, int64_t count, const REAL *gradient)
{
    const struct T(step_context) *c = context;
    T(move)(c->trainer, &c->update, theta, count, gradient);
}

/* One matrix and vector per layer of something in the parameters' layout. */
void T(mlpi_trainer_aim)(const mlp_trainer *trainer, void *whole, mlpi_gradient *parts)
{
    const mlp_model *model = trainer->model;
    for (int32_t l = 0; l < model->architecture.layers; l++) {
        const mlpi_layout *at = &model->layout[l];
        parts[l] = (mlpi_gradient){(REAL *)whole + at->A, at->lda, (REAL *)whole + at->b};
    }
}

/* A gradient is copied where it would be stored. */
static void T(store_part)(void *context, REAL *theta, int64_t count, const REAL *gradient)
{
    const struct T(step_context) *c = context;
    const int64_t offset = theta - (REAL *)c->trainer->model->params;
    memcpy((REAL *)c->trainer->buffers.gradient + offset, gradient, (size_t)count * sizeof(REAL));
}

static T(mlpi_step) T(describe_step)(const mlpi_chain *chain, struct T(step_context) *context)
{
    const mlp_trainer *trainer = context->trainer;
    const mlp_model *model = trainer->model;
    return (T(mlpi_step)){.chain = chain,
                          .memory = trainer->buffers.step,
                          .batch = context->batch->count,
                          .x = context->batch->x,
                          .ldx = context->batch->ldx,
                          .in = {model->input_scale, model->input_shift},
                          .out = {model->output_scale, model->output_shift},
                          .y = trainer->buffers.y,
                          .ldy = context->n_out,
                          .loss = T(loss_of_group),
                          .context = context,
                          .gradients = trainer->buffers.gradients,
                          .params = trainer->buffers.params};
}

static mlp_status T(step_natively)(mlp_trainer *trainer, const T(mlpi_batch) *batch, double *sum)
{
    mlp_model *model = trainer->model;
    const int64_t n_out = model->architecture.widths[model->architecture.layers];
    struct T(step_context) context = {
        .trainer = trainer, .batch = batch, .n_out = n_out, .scale = T(mean_scale)(batch)};
    mlpi_optimizer_begin(trainer->optimizer, &trainer->options, trainer->steps + 1, &context.update);
    const mlpi_chain chain = mlpi_workspace_chain(trainer->buffers.workspace, model);
    T(mlpi_step) step = T(describe_step)(&chain, &context);
    step.rate = mlpi_optimizer_plain_rate(trainer->optimizer, &trainer->options);
    step.update = T(move_part);
    const mlpi_step_result result = T(mlpi_step_run)(&step, sum);
    if (result == MLPI_STEP_BAD_LOSS)
        return mlpi_trainer_refuse_step(trainer, "loss");
    if (result == MLPI_STEP_BAD_GRADIENT)
        return mlpi_trainer_refuse_step(trainer, "gradient");
    if (result == MLPI_STEP_STORED)
        return T(update_params)(trainer);
    trainer->steps++;
    mlpi_model_touch_params(model);
    return MLP_OK;
}

static mlpi_step_result T(gradient_natively)(mlp_trainer *trainer, const T(mlpi_batch) *batch, double scale,
                                             double *sum)
{
    const mlp_model *model = trainer->model;
    const int64_t n_out = model->architecture.widths[model->architecture.layers];
    struct T(step_context) context = {.trainer = trainer, .batch = batch, .n_out = n_out, .scale = scale};
    const mlpi_chain chain = mlpi_workspace_chain(trainer->buffers.workspace, model);
    T(mlpi_step) step = T(describe_step)(&chain, &context);
    step.update = T(store_part);
    return T(mlpi_step_run)(&step, sum);
}

mlp_status T(mlpi_trainer_gradient)(mlp_trainer *trainer, const T(mlpi_batch) *batch, double scale,
                                    double *sum, const char **bad)
{
    const int64_t count = trainer->model->padded_count;
    mlpi_step_result result = MLPI_STEP_STORED;
    *bad = NULL;
    if (trainer->buffers.step) {
        result = T(gradient_natively)(trainer, batch, scale, sum);
    } else {
        const mlp_status status = T(gradient_by_passes)(trainer, batch, scale, sum);
        if (status != MLP_OK)
            return status;
    }
    if (result == MLPI_STEP_BAD_LOSS || !isfinite(*sum))
        *bad = "loss";
    else if (result == MLPI_STEP_BAD_GRADIENT ||
             (result == MLPI_STEP_STORED && !T(mlpi_all_finite)(count, 1, trainer->buffers.gradient, count)))
        *bad = "gradient";
    return MLP_OK;
}

/* A step of a method, which takes the batch for all the data there are. */
static mlp_status T(step_by_method)(mlp_trainer *trainer, const T(mlpi_batch) *batch, double *sum)
{
    const T(mlpi_problem) problem = {.samples = batch, .same = trainer->repeats};
    double loss = 0;
    mlp_status status = problem.same ? MLP_OK : T(check_batch)(trainer, batch);
    if (status == MLP_OK)
        status = trainer->optimizer->method->T(step)(trainer, &problem, &loss);
    *sum = loss * T(mlpi_weight_sum)(batch->count, batch->targets.weights);
    return status;
}

/* The engine looks at all numbers on its way: which of the caller's is to blame is asked when it has refused one. */
mlp_status T(mlpi_trainer_step)(mlp_trainer *trainer, const T(mlpi_batch) *batch, double *sum)
{
    mlp_status status = MLP_OK;
    if (trainer->optimizer->method)
        return T(step_by_method)(trainer, batch, sum);
    if (trainer->buffers.step) {
        status = T(step_natively)(trainer, batch, sum);
        if (status == MLP_ERR_NUMERIC)
            T(check_batch)(trainer, batch);
        return status;
    }
    status = T(check_batch)(trainer, batch);
    return status == MLP_OK ? T(step_by_passes)(trainer, batch, sum) : status;
}

mlp_status T(mlpi_trainer_apply_gradient)(mlp_trainer *trainer, const REAL *theta_bar)
{
    const mlp_model *model = trainer->model;
    T(mlpi_layout_scatter)(model->layout, model->architecture.layers, theta_bar, 0, model->param_count,
                           trainer->buffers.gradient);
    return T(update_params)(trainer);
}
