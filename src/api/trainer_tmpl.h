/* Template: single steps. */

static mlp_status T(check_inputs)(const mlp_trainer *trainer, int64_t batch, const REAL *x, int64_t ldx)
{
    mlp_status status = check_ready_for(trainer, REAL_DTYPE);
    if (status == MLP_OK)
        status = mlpi_check_size("batch", batch, 1, trainer->buffers.max_batch);
    if (status == MLP_OK)
        status = mlpi_check_pointer("x", x);
    return status == MLP_OK ? mlpi_check_ld("ldx", ldx, trainer->model->architecture.widths[0]) : status;
}

/* The step itself, after validation. */
static mlp_status T(take_step)(mlp_trainer *trainer, const T(mlpi_batch) *batch, double *loss)
{
    mlpi_taken taken;
    const mlp_status status = T(mlpi_trainer_step)(trainer, batch, &taken);
    if (status == MLP_OK && loss && taken.count > 0)
        *loss = taken.sum / taken.weight;
    return status;
}

mlp_status T(mlp_trainer_step)(mlp_trainer *trainer, int64_t batch, const REAL *x, int64_t ldx, const REAL *t,
                               int64_t ldt, const REAL *weights, double *loss)
{
    mlp_status status = T(check_inputs)(trainer, batch, x, ldx);
    if (status == MLP_OK)
        status = mlpi_check_pointer("t", t);
    if (status == MLP_OK)
        status =
            mlpi_check_ld("ldt", ldt, mlp_model_width(trainer->model, trainer->model->architecture.layers));
    if (status == MLP_OK)
        status = T(mlpi_check_weights)(batch, weights);
    const T(mlpi_batch) samples = {
        .count = batch, .x = x, .ldx = ldx, .targets = {.t = t, .ldt = ldt, .weights = weights}};
    if (status == MLP_OK)
        status = T(take_step)(trainer, &samples, loss);
    return mlpi_trainer_note(trainer, status);
}

mlp_status T(mlp_trainer_step_labels)(mlp_trainer *trainer, int64_t batch, const REAL *x, int64_t ldx,
                                      const int32_t *labels, const REAL *weights, double *loss)
{
    mlp_status status = T(check_inputs)(trainer, batch, x, ldx);
    if (status == MLP_OK)
        status = mlpi_check_labels(batch, labels,
                                   mlp_model_width(trainer->model, trainer->model->architecture.layers));
    if (status == MLP_OK)
        status = T(mlpi_check_weights)(batch, weights);
    const T(mlpi_batch) samples = {
        .count = batch, .x = x, .ldx = ldx, .targets = {.labels = labels, .weights = weights}};
    if (status == MLP_OK)
        status = T(take_step)(trainer, &samples, loss);
    return mlpi_trainer_note(trainer, status);
}

mlp_status T(mlp_trainer_apply_gradient)(mlp_trainer *trainer, const REAL *theta_bar)
{
    mlp_status status = check_ready_for(trainer, REAL_DTYPE);
    if (status == MLP_OK)
        status = check_steps_from_gradients(trainer);
    if (status == MLP_OK)
        status = mlpi_check_pointer("theta_bar", theta_bar);
    if (status == MLP_OK)
        status = T(mlpi_trainer_apply_gradient)(trainer, theta_bar);
    return mlpi_trainer_note(trainer, status);
}

/* What both steps on derivatives ask; the streams of `jet` must have room. */
static mlp_status T(check_jet_step)(const mlp_trainer *trainer, int64_t batch, const REAL *x, int64_t ldx,
                                    T(mlp_jet_loss_fn) function)
{
    mlp_status status = T(check_inputs)(trainer, batch, x, ldx);
    if (status == MLP_OK)
        status = check_steps_from_gradients(trainer);
    if (status == MLP_OK && !trainer->buffers.jet)
        status = mlpi_fail(MLP_ERR_STATE, "trainer: was prepared without MLP_TRAINER_STREAMS");
    if (status == MLP_OK && !function)
        status = mlpi_fail(MLP_ERR_ARGUMENT, "function = NULL: must not be NULL");
    return status == MLP_OK ? mlpi_check_order(trainer->model, 3) : status;
}

static mlp_status T(take_jet_step)(mlp_trainer *trainer, const T(mlpi_batch) *batch,
                                   T(mlpi_jet_request) *request, const T(mlpi_jet_loss) *own, double *loss)
{
    double value = 0;
    mlp_status status = mlpi_check_room(trainer->buffers.workspace, batch->count, &request->jet);
    if (status == MLP_OK)
        status = T(mlpi_trainer_step_jet)(trainer, batch, request, own, &value);
    if (status == MLP_OK && loss)
        *loss = value;
    return status;
}

mlp_status T(mlp_trainer_step_jet)(mlp_trainer *trainer, int64_t batch, const REAL *x, int64_t ldx,
                                   int64_t directions, const REAL *v, int64_t ldv, int64_t stride,
                                   T(mlp_jet_loss_fn) function, void *context, double *loss)
{
    const T(mlpi_batch) samples = {.count = batch, .x = x, .ldx = ldx};
    const T(mlpi_jet_loss) own = {function, context};
    T(mlpi_jet_request)
    request = {.jet = {2, directions, 1}, .v = v, .ldv = ldv, .stride = v ? stride : 0};
    mlp_status status = T(check_jet_step)(trainer, batch, x, ldx, function);
    if (status == MLP_OK)
        status = T(mlpi_check_directions)(trainer->model, batch, directions, v, ldv, stride);
    if (status == MLP_OK)
        status = T(take_jet_step)(trainer, &samples, &request, &own, loss);
    return mlpi_trainer_note(trainer, status);
}

mlp_status T(mlp_trainer_step_laplacian)(mlp_trainer *trainer, int64_t batch, const REAL *x, int64_t ldx,
                                         const REAL *weights, T(mlp_jet_loss_fn) function, void *context,
                                         double *loss)
{
    const T(mlpi_batch) samples = {.count = batch, .x = x, .ldx = ldx};
    const T(mlpi_jet_loss) own = {function, context};
    T(mlpi_jet_request) request = {.weights = weights};
    mlp_status status = T(check_jet_step)(trainer, batch, x, ldx, function);
    if (status == MLP_OK)
        status = T(mlpi_check_laplacian_weights)(trainer->model, weights);
    if (status == MLP_OK) {
        request.jet = (mlpi_jet){2, 1, trainer->model->architecture.widths[0]};
        status = T(take_jet_step)(trainer, &samples, &request, &own, loss);
    }
    return mlpi_trainer_note(trainer, status);
}

static mlp_status T(check_own)(const mlp_trainer *trainer, T(mlp_objective_fn) function)
{
    const mlp_status status = check_ready_for(trainer, REAL_DTYPE);
    if (status == MLP_OK && !function)
        return mlpi_fail(MLP_ERR_ARGUMENT, "function = NULL: must not be NULL");
    if (status == MLP_OK && trainer->optimizer->method && trainer->optimizer->method->fit)
        return mlpi_fail(MLP_ERR_UNSUPPORTED, "trainer: %s needs samples", trainer->optimizer->name);
    return status;
}

mlp_status T(mlp_trainer_step_objective)(mlp_trainer *trainer, T(mlp_objective_fn) function, void *context,
                                         double *loss)
{
    const T(mlpi_own_objective) own = {function, context};
    double value = 0;
    mlp_status status = T(check_own)(trainer, function);
    if (status == MLP_OK) {
        trainer->running = 1;
        status = T(mlpi_trainer_step_own)(trainer, &own, &value);
        trainer->running = 0;
    }
    if (status == MLP_OK && loss)
        *loss = value;
    return mlpi_trainer_note(trainer, status);
}

mlp_status T(mlp_trainer_run_objective)(mlp_trainer *trainer, int64_t steps, T(mlp_objective_fn) function,
                                        void *context, double *loss)
{
    const T(mlpi_own_objective) own = {function, context};
    double value = 0;
    mlp_status status = T(check_own)(trainer, function);
    if (status == MLP_OK)
        status = mlpi_check_size("steps", steps, 1, INT64_MAX);
    const int64_t before = status == MLP_OK ? trainer->steps : 0;
    if (status == MLP_OK) {
        trainer->running = 1;
        status = T(mlpi_trainer_run_own)(trainer, &own, steps, &value);
        trainer->running = 0;
    }
    if (status >= 0 && loss && trainer->steps > before)
        *loss = value;
    return mlpi_trainer_note(trainer, status);
}
