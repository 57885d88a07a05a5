/* Template: losses and rows of one number type; see residuals.h. */

/* A forward pass over some samples, and their weighted loss added to *sum; the trainer's y holds their outputs. */
static mlp_status T(pass)(const mlp_trainer *trainer, const T(mlpi_batch) *batch, double *sum)
{
    const mlp_model *model = trainer->model;
    const int64_t n = model->architecture.widths[model->architecture.layers];
    REAL *y = trainer->buffers.y;
    double part = 0;
    mlp_status status =
        T(mlpi_forward)(model, trainer->buffers.workspace, batch->count, batch->x, batch->ldx, y, n);
    if (status == MLP_OK)
        status = T(mlpi_loss_sum_any)(trainer->loss, n, batch->count, y, n, &batch->targets, 0,
                                      trainer->buffers.loss_scratch, NULL, 0, &part);
    *sum += part;
    return status;
}

static mlp_status T(sum_losses)(const mlpi_residuals *residuals, double *sum)
{
    const T(mlpi_problem) *problem = residuals->objective.problem;
    const mlp_trainer *trainer = residuals->objective.trainer;
    const int64_t most = samples_at_a_time(trainer), total = problem->samples->count;
    mlp_status status = MLP_OK;
    *sum = 0;
    for (int64_t first = 0, count; first < total && status == MLP_OK; first += count) {
        count = total - first < most ? total - first : most;
        const T(mlpi_batch) part = T(mlpi_batch_part)(problem->samples, first, count);
        status = T(pass)(trainer, &part, sum);
    }
    return status;
}

/* r = y - t of samples first .. first + samples - 1 of a pass, behind their rows of J */
static void T(store_residuals)(const mlp_trainer *trainer, const T(mlpi_targets) *targets, int64_t first,
                               int64_t samples)
{
    const mlp_model *model = trainer->model;
    const mlpi_row_block *block = &trainer->buffers.workspace->block;
    const int64_t n = model->architecture.widths[model->architecture.layers];
    const REAL *y = trainer->buffers.y;
    for (int64_t s = first; s < first + samples; s++) {
        const double root = targets->weights ? sqrt((double)targets->weights[s]) : 1;
        for (int64_t p = 0; p < n; p++) {
            const double t = targets->t ? (double)targets->t[p + s * targets->ldt] : p == targets->labels[s];
            block->rows[((s - first) * n + p) * block->ld + model->param_count] =
                root * ((double)y[p + s * n] - t);
        }
    }
}

/* The rows of a pass. Returns 0 where they are not finite. */
static int T(add_rows)(const mlp_trainer *trainer, const T(mlpi_batch) *batch, mlpi_damped *damped)
{
    const mlp_model *model = trainer->model;
    mlp_workspace *workspace = trainer->buffers.workspace;
    const mlpi_row_block *block = &workspace->block;
    const int64_t n = model->architecture.widths[model->architecture.layers];
    for (int64_t s = 0, samples; s < batch->count; s += samples) {
        samples = batch->count - s < block->samples ? batch->count - s : block->samples;
        T(mlpi_jacobian_rows)(model, workspace, s, samples, batch->targets.weights);
        T(store_residuals)(trainer, &batch->targets, s, samples);
        if (!mlpi_all_finite_f64(model->param_count + 1, samples * n, block->rows, block->ld))
            return 0;
        mlpi_damped_add(damped, samples * n, block->rows, block->ld);
    }
    return 1;
}

static mlp_status T(add_all)(const mlpi_residuals *residuals, mlpi_damped *damped, double *sum,
                             const char **bad)
{
    const T(mlpi_problem) *problem = residuals->objective.problem;
    const mlp_trainer *trainer = residuals->objective.trainer;
    mlp_workspace *workspace = trainer->buffers.workspace;
    const mlpi_chain chain = mlpi_workspace_chain(workspace, trainer->model);
    const int64_t most = samples_at_a_time(trainer), total = problem->samples->count;
    *sum = 0;
    *bad = NULL;
    for (int64_t first = 0, count; first < total; first += count) {
        count = total - first < most ? total - first : most;
        const T(mlpi_batch) part = T(mlpi_batch_part)(problem->samples, first, count);
        mlp_status status = T(pass)(trainer, &part, sum);
        if (status == MLP_OK && !isfinite(*sum))
            *bad = "loss";
        if (status == MLP_OK && !*bad)
            status = T(mlpi_chain_prepare_slopes)(&chain, &workspace->tape, count);
        if (status == MLP_OK && !*bad && !T(add_rows)(trainer, &part, damped))
            *bad = "gradient";
        if (status != MLP_OK || *bad)
            return status;
    }
    if (!mlpi_damped_finish(damped))
        *bad = "gradient";
    return MLP_OK;
}

static mlp_status T(sample)(const mlpi_residuals *residuals, int64_t sample, double *loss, double *weight,
                            const char **bad)
{
    const T(mlpi_problem) *problem = residuals->objective.problem;
    const mlp_trainer *trainer = residuals->objective.trainer;
    mlp_workspace *workspace = trainer->buffers.workspace;
    const mlpi_chain chain = mlpi_workspace_chain(workspace, trainer->model);
    const mlpi_row_block *block = &workspace->block;
    T(mlpi_batch) one = T(mlpi_batch_part)(problem->samples, sample, 1);
    *weight = one.targets.weights ? (double)*one.targets.weights : 1;
    one.targets.weights = NULL;
    *loss = 0;
    mlp_status status = T(pass)(trainer, &one, loss);
    if (status == MLP_OK)
        status = T(mlpi_chain_prepare_slopes)(&chain, &workspace->tape, 1);
    if (status != MLP_OK)
        return status;
    T(mlpi_jacobian_rows)(trainer->model, workspace, 0, 1, NULL);
    T(store_residuals)(trainer, &one.targets, 0, 1);
    *bad = isfinite(*loss) ? NULL : "loss";
    if (!*bad && !mlpi_all_finite_f64(residuals->objective.n + 1, chain.layers[chain.count - 1].n_out,
                                      block->rows, block->ld))
        *bad = "gradient";
    return MLP_OK;
}

static void T(add_theta_bar)(const mlpi_residuals *residuals, const mlpi_bend_room *room, double *out)
{
    const REAL *theta_bar = room->theta_bar;
    for (int64_t i = 0; i < residuals->objective.n; i++)
        out[i] += (double)theta_bar[i];
}

/* What has been seen of r_vv: its squares, and those of the outputs it is a difference of. */
struct T(bend_size) {
    double squares, outputs;
};

/* y_dot becomes w_s r_vv = 2 w_s ((y(theta + h v) - y)/h - y_dot)/h of the samples of a pass. */
static void T(bend_outputs)(const mlp_trainer *trainer, const mlpi_bend_room *room, const REAL *weights,
                            int64_t samples, struct T(bend_size) *size)
{
    const int64_t n = trainer->model->architecture.widths[trainer->model->architecture.layers];
    const REAL *y = trainer->buffers.y, *ahead = room->ahead;
    REAL *y_dot = room->y_dot;
    for (int64_t i = 0; i < n * samples; i++) {
        const double weight = weights ? (double)weights[i / n] : 1;
        const double bend =
            2 / BEND_STEP * (((double)ahead[i] - (double)y[i]) / BEND_STEP - (double)y_dot[i]);
        size->squares += weight * bend * bend;
        size->outputs += weight * (double)y[i] * (double)y[i];
        y_dot[i] = (REAL)(weight * bend);
    }
}

/* The part of some samples. */
static mlp_status T(bend_part)(const mlpi_residuals *residuals, const mlpi_bend_room *room, mlpi_point *here,
                               mlpi_point *ahead, const T(mlpi_batch) *part, struct T(bend_size) *size)
{
    const mlp_trainer *trainer = residuals->objective.trainer;
    const mlp_model *model = trainer->model;
    mlp_workspace *workspace = trainer->buffers.workspace;
    const int64_t n = model->architecture.widths[model->architecture.layers], count = part->count;
    mlpi_objective_move(&residuals->objective, ahead);
    mlp_status status = T(mlpi_forward)(model, workspace, count, part->x, part->ldx, room->ahead, n);
    mlpi_objective_move(&residuals->objective, here);
    if (status == MLP_OK)
        status = T(mlpi_forward)(model, workspace, count, part->x, part->ldx, trainer->buffers.y, n);
    if (status == MLP_OK)
        status = T(mlpi_jvp)(model, workspace, NULL, 0, room->direction, room->y_dot, n);
    if (status != MLP_OK)
        return status;
    T(bend_outputs)(trainer, room, part->targets.weights, count, size);
    return T(mlpi_vjp)(model, workspace, room->y_dot, n, NULL, 0, room->theta_bar, NULL);
}

static mlp_status T(bend)(const mlpi_residuals *residuals, const mlpi_bend_room *room, mlpi_point *here,
                          const double *v, mlpi_point *ahead, double *out)
{
    const double rounding = 2 * 8 * (double)EPSILON / (BEND_STEP * BEND_STEP);
    const T(mlpi_problem) *problem = residuals->objective.problem;
    const int64_t most = samples_at_a_time(residuals->objective.trainer), total = problem->samples->count;
    const int64_t n = residuals->objective.n;
    REAL *direction = room->direction;
    struct T(bend_size) size = {0};
    for (int64_t i = 0; i < n; i++) {
        ahead->theta[i] = here->theta[i] + BEND_STEP * v[i];
        direction[i] = (REAL)v[i];
        out[i] = 0;
    }
    for (int64_t first = 0, count; first < total; first += count) {
        count = total - first < most ? total - first : most;
        const T(mlpi_batch) part = T(mlpi_batch_part)(problem->samples, first, count);
        const mlp_status status = T(bend_part)(residuals, room, here, ahead, &part, &size);
        if (status != MLP_OK)
            return status;
        T(add_theta_bar)(residuals, room, out);
    }
    if (size.squares <= rounding * rounding * size.outputs)
        memset(out, 0, (size_t)n * sizeof *out);
    return MLP_OK;
}

/* The gradient of some samples' losses, in room->theta_bar. */
static mlp_status T(gradient_part)(const mlp_trainer *trainer, const mlpi_bend_room *room,
                                   const T(mlpi_batch) *part, double *sum)
{
    const mlp_model *model = trainer->model;
    mlp_workspace *workspace = trainer->buffers.workspace;
    const int64_t n = model->architecture.widths[model->architecture.layers], count = part->count;
    const REAL *y = trainer->buffers.y;
    double loss = 0;
    mlp_status status = T(pass)(trainer, part, sum);
    if (status == MLP_OK)
        status = T(mlpi_loss_sum_any)(trainer->loss, n, count, y, n, &part->targets, 1,
                                      trainer->buffers.loss_scratch, room->y_dot, n, &loss);
    return status == MLP_OK ? T(mlpi_vjp)(model, workspace, room->y_dot, n, NULL, 0, room->theta_bar, NULL)
                            : status;
}

static mlp_status T(gradient)(const mlpi_residuals *residuals, const mlpi_bend_room *room, double *out,
                              double *sum)
{
    const T(mlpi_problem) *problem = residuals->objective.problem;
    const mlp_trainer *trainer = residuals->objective.trainer;
    const int64_t most = samples_at_a_time(trainer), total = problem->samples->count;
    *sum = 0;
    memset(out, 0, (size_t)residuals->objective.n * sizeof *out);
    for (int64_t first = 0, count; first < total; first += count) {
        count = total - first < most ? total - first : most;
        const T(mlpi_batch) part = T(mlpi_batch_part)(problem->samples, first, count);
        const mlp_status status = T(gradient_part)(trainer, room, &part, sum);
        if (status != MLP_OK)
            return status;
        T(add_theta_bar)(residuals, room, out);
    }
    return MLP_OK;
}

/* The product over some samples, in room->theta_bar; their pass is remembered unless `fresh`. */
static mlp_status T(product_part)(const mlp_trainer *trainer, const mlpi_bend_room *room,
                                  const T(mlpi_batch) *part, int fresh)
{
    const mlp_model *model = trainer->model;
    mlp_workspace *workspace = trainer->buffers.workspace;
    const int64_t n = model->architecture.widths[model->architecture.layers], count = part->count;
    REAL *y = trainer->buffers.y, *v = room->y_dot;
    mlp_status status = MLP_OK;
    if (fresh)
        status = T(mlpi_forward)(model, workspace, count, part->x, part->ldx, y, n);
    if (status == MLP_OK)
        status = T(mlpi_jvp)(model, workspace, NULL, 0, room->direction, v, n);
    if (status == MLP_OK)
        status = T(mlpi_loss_hvp_any)(trainer->loss, n, count, y, n, &part->targets, 1,
                                      trainer->buffers.loss_scratch, v, n, 1, v, n);
    return status == MLP_OK ? T(mlpi_vjp)(model, workspace, v, n, NULL, 0, room->theta_bar, NULL) : status;
}

static mlp_status T(product)(const mlpi_residuals *residuals, const mlpi_bend_room *room, const double *v,
                             int fresh, double *out)
{
    const T(mlpi_problem) *problem = residuals->objective.problem;
    const mlp_trainer *trainer = residuals->objective.trainer;
    const int64_t most = samples_at_a_time(trainer), total = problem->samples->count;
    REAL *direction = room->direction;
    for (int64_t i = 0; i < residuals->objective.n; i++) {
        direction[i] = (REAL)v[i];
        out[i] = 0;
    }
    for (int64_t first = 0, count; first < total; first += count) {
        count = total - first < most ? total - first : most;
        const T(mlpi_batch) part = T(mlpi_batch_part)(problem->samples, first, count);
        const mlp_status status = T(product_part)(trainer, room, &part, fresh || total > most);
        if (status != MLP_OK)
            return status;
        T(add_theta_bar)(residuals, room, out);
    }
    return MLP_OK;
}

mlpi_residuals T(mlpi_residuals_of)(mlp_trainer *trainer, const T(mlpi_problem) *problem)
{
    const T(mlpi_batch) *samples = problem->samples;
    return (mlpi_residuals){.objective = T(mlpi_objective_of)(trainer, problem),
                            .weight = T(mlpi_weight_sum)(samples->count, samples->targets.weights),
                            .samples = samples->count,
                            .sum = T(sum_losses),
                            .sample = T(sample),
                            .bend = T(bend),
                            .gradient = T(gradient),
                            .product = T(product),
                            .add = T(add_all)};
}
