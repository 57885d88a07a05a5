/* Template: a step on a loss of y and its derivatives. */

/* The arrays of one step, side by side in the trainer's buffer. */
struct T(jet_arrays) {
    REAL *y1, *y2, *y_bar, *y1_bar, *y2_bar;
    int64_t cotangents; /* elements from y_bar on */
};

static struct T(jet_arrays) T(place)(const mlp_trainer *trainer, int64_t batch, const mlpi_jet *jet)
{
    const mlp_model *model = trainer->model;
    const int64_t values = model->architecture.widths[model->architecture.layers] * batch;
    const int64_t firsts = values * jet->groups * jet->size, seconds = values * jet->groups;
    struct T(jet_arrays) a = {.y1 = trainer->buffers.jet};
    a.y2 = a.y1 + firsts;
    a.y_bar = a.y2 + seconds;
    a.y1_bar = a.y_bar + values;
    a.y2_bar = a.y1_bar + firsts;
    a.cotangents = values + firsts + seconds;
    return a;
}

/* Forward, derivatives, and the caller's loss of them: the cotangents are ready. */
static mlp_status T(run_jet)(mlp_trainer *trainer, const T(mlpi_batch) *batch, T(mlpi_jet_request) *request,
                             const T(mlpi_jet_loss) *own, const struct T(jet_arrays) *a, double *loss)
{
    const mlp_model *model = trainer->model;
    mlp_workspace *workspace = trainer->buffers.workspace;
    const int64_t n = model->architecture.widths[model->architecture.layers];
    REAL *y = trainer->buffers.y;
    mlp_status status = T(mlpi_forward)(model, workspace, batch->count, batch->x, batch->ldx, y, n);
    request->y[1] = a->y1;
    request->y[2] = a->y2;
    request->ldy = n;
    if (status == MLP_OK)
        status = T(mlpi_jet)(model, workspace, request);
    if (status != MLP_OK)
        return status;
    memset(a->y_bar, 0, (size_t)a->cotangents * sizeof(REAL));
    *loss = (double)NAN;
    const int32_t value = own->function(batch->count, n, request->jet.groups * request->jet.size, y, a->y1,
                                        a->y2, a->y_bar, a->y1_bar, a->y2_bar, loss, own->context);
    if (value != 0)
        return mlpi_fail_callback("the loss of a step on derivatives", value);
    return isfinite(*loss) ? MLP_OK : mlpi_trainer_refuse_step(trainer, "loss");
}

mlp_status T(mlpi_trainer_step_jet)(mlp_trainer *trainer, const T(mlpi_batch) *batch,
                                    T(mlpi_jet_request) *request, const T(mlpi_jet_loss) *own, double *loss)
{
    const mlp_model *model = trainer->model;
    const int64_t n = model->architecture.widths[model->architecture.layers], lds[3] = {n, n, n};
    const struct T(jet_arrays) a = T(place)(trainer, batch->count, &request->jet);
    const REAL *const cotangents[3] = {a.y_bar, a.y1_bar, a.y2_bar};
    mlp_status status = T(check_batch)(trainer, batch);
    if (status == MLP_OK)
        status = T(run_jet)(trainer, batch, request, own, &a, loss);
    if (status == MLP_OK)
        status = T(mlpi_jet_vjp)(model, trainer->buffers.workspace, cotangents, lds, NULL, 0, NULL,
                                 trainer->buffers.gradient);
    return status == MLP_OK ? T(update_params)(trainer) : status;
}
