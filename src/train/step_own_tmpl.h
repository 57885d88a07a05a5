/* Template: a step on an objective of the caller's own. */

/* gradient[from ..] goes to gradient[to ..], to >= from, and what is behind it up to `end` becomes 0. Returns `to`. */
static int64_t T(shift)(REAL *gradient, int64_t from, int64_t to, int64_t count, int64_t end)
{
    memmove(gradient + to, gradient + from, (size_t)count * sizeof(REAL));
    memset(gradient + to + count, 0, (size_t)(end - to - count) * sizeof(REAL));
    return to;
}

/* From compact to padded in place: the last element first. */
static void T(spread)(const mlp_model *model, REAL *gradient)
{
    int64_t end = model->padded_count;
    for (int32_t l = model->architecture.layers - 1; l >= 0; l--) {
        const mlpi_layout *at = &model->layout[l];
        end = T(shift)(gradient, at->compact_b, at->b, at->n_out, end);
        for (int64_t j = at->n_in - 1; j >= 0; j--)
            end = T(shift)(gradient, at->compact_A + j * at->n_out, at->A + j * at->lda, at->n_out, end);
    }
}

mlp_status T(mlpi_trainer_own_gradient)(mlp_trainer *trainer, const T(mlpi_own_objective) *own, double *loss,
                                        const char **bad)
{
    const mlp_model *model = trainer->model;
    const size_t bytes = (size_t)model->padded_count * sizeof(REAL);
    REAL *gradient = trainer->buffers.gradient;
    *loss = (double)NAN;
    memset(gradient, 0, bytes);
    const int32_t value = own->function(model, model->param_count, gradient, loss, own->context);
    const int finite = T(mlpi_all_finite)(model->param_count, 1, gradient, model->param_count);
    T(spread)(model, gradient);
    if (value != 0)
        return mlpi_fail_callback("the objective of a step", value);
    *bad = !isfinite(*loss) ? "loss" : !finite ? "gradient" : NULL;
    return MLP_OK;
}

mlp_status T(mlpi_trainer_step_own)(mlp_trainer *trainer, const T(mlpi_own_objective) *own, double *loss)
{
    const T(mlpi_problem) problem = {.own = own, .same = trainer->repeats};
    const char *bad = NULL;
    if (trainer->optimizer->method)
        return T(step_by_method)(trainer, &problem, loss);
    const mlp_status status = T(mlpi_trainer_own_gradient)(trainer, own, loss, &bad);
    if (status != MLP_OK)
        return status;
    return bad ? mlpi_trainer_refuse_step(trainer, bad) : T(update_params)(trainer);
}

mlp_status T(mlpi_trainer_run_own)(mlp_trainer *trainer, const T(mlpi_own_objective) *own, int64_t steps,
                                   double *loss)
{
    mlp_status status = MLP_OK;
    for (int64_t step = 0; step < steps && status == MLP_OK; step++) {
        trainer->repeats = step > 0;
        status = mlpi_trainer_check_cancelled(trainer);
        if (status == MLP_OK)
            status = T(mlpi_trainer_step_own)(trainer, own, loss);
        if (status == MLP_OK)
            status = mlpi_trainer_tell(trainer, MLP_EVENT_STEP, trainer->epochs, 0, *loss);
    }
    trainer->repeats = 0;
    return status;
}
