/* Template: objectives of one number type; see objective.h. */

static void T(read)(const mlpi_objective *objective, mlpi_point *point)
{
    const mlp_model *model = objective->trainer->model;
    const REAL *params = model->params;
    for (int64_t at = 0; at < objective->n;) {
        const mlpi_layout_run run = mlpi_layout_run_from(model->layout, model->architecture.layers, at);
        for (int64_t i = 0; i < run.count; i++)
            point->theta[at + i] = (double)params[run.padded + i];
        at += run.count;
    }
}

static void T(move_to)(const mlpi_objective *objective, mlpi_point *point)
{
    mlp_trainer *trainer = objective->trainer;
    mlp_model *model = trainer->model;
    REAL *params = model->params;
    for (int64_t at = 0; at < objective->n;) {
        const mlpi_layout_run run = mlpi_layout_run_from(model->layout, model->architecture.layers, at);
        for (int64_t i = 0; i < run.count; i++) {
            params[run.padded + i] = (REAL)point->theta[at + i];
            point->theta[at + i] = (double)params[run.padded + i];
        }
        at += run.count;
    }
    mlpi_trainer_touch(trainer);
}

/* The padded gradient in the trainer's buffer */
static void T(add_gradient)(const mlpi_objective *objective, double *gradient)
{
    const mlp_model *model = objective->trainer->model;
    const REAL *part = objective->trainer->buffers.gradient;
    for (int64_t at = 0; at < objective->n;) {
        const mlpi_layout_run run = mlpi_layout_run_from(model->layout, model->architecture.layers, at);
        for (int64_t i = 0; i < run.count; i++)
            gradient[at + i] += (double)part[run.padded + i];
        at += run.count;
    }
}

/* The mean loss of all samples, and its gradient. */
static mlp_status T(evaluate_samples)(const mlpi_objective *objective, const T(mlpi_batch) *all,
                                      mlpi_point *point)
{
    const double weight = T(mlpi_weight_sum)(all->count, all->targets.weights);
    const double scale = weight > 0 ? 1 / weight : 0;
    const int64_t most = objective->trainer->buffers.max_batch;
    double total = 0;
    for (int64_t first = 0, count; first < all->count; first += count) {
        double sum = 0;
        count = all->count - first < most ? all->count - first : most;
        const T(mlpi_batch) part = T(mlpi_batch_part)(all, first, count);
        const mlp_status status =
            T(mlpi_trainer_gradient)(objective->trainer, &part, scale, &sum, &point->bad);
        if (status != MLP_OK || point->bad)
            return status;
        T(add_gradient)(objective, point->gradient);
        total += sum;
    }
    point->loss = scale * total;
    return MLP_OK;
}

static mlp_status T(evaluate_own)(const mlpi_objective *objective, const T(mlpi_own_objective) *own,
                                  mlpi_point *point)
{
    const mlp_status status =
        T(mlpi_trainer_own_gradient)(objective->trainer, own, &point->loss, &point->bad);
    if (status == MLP_OK && !point->bad)
        T(add_gradient)(objective, point->gradient);
    return status;
}

/* The objective is a sum: each of its terms adds itself here. */
static mlp_status T(evaluate)(const mlpi_objective *objective, mlpi_point *point)
{
    const T(mlpi_problem) *problem = objective->problem;
    point->loss = 0;
    point->bad = NULL;
    memset(point->gradient, 0, (size_t)objective->n * sizeof *point->gradient);
    return problem->samples ? T(evaluate_samples)(objective, problem->samples, point)
                            : T(evaluate_own)(objective, problem->own, point);
}

mlpi_objective T(mlpi_objective_of)(mlp_trainer *trainer, const T(mlpi_problem) *problem)
{
    return (mlpi_objective){.trainer = trainer,
                            .n = trainer->model->param_count,
                            .same = problem->same,
                            .problem = problem,
                            .read = T(read),
                            .move = T(move_to),
                            .evaluate = T(evaluate)};
}
