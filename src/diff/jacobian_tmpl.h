/*
 * Template: Jacobians by columns (forward mode) or rows (reverse mode), many samples and directions in one sweep.
 */

/* One Jacobian to compute, and where it goes. */
struct T(job) {
    const mlp_model *model;
    mlp_workspace *workspace;
    mlpi_chain chain;
    mlpi_variable variable;
    int32_t to, layer;
    int64_t inputs; /* columns of the Jacobian by y_{layer-1} or b_layer */
    REAL *J;
    int64_t ldj, stride;
};

/* One block of it as its threads see it. */
struct T(task) {
    const struct T(job) *job;
    mlpi_block at;
    int by_columns;
    const REAL *M; /* what the sweep left, a column for each sample and direction */
    int64_t ld;
};

/* Columns of the identity, or of A_layer, for some of the block's samples and directions. */
static void T(seed)(const void *context, int64_t column, int64_t columns, REAL *M, int64_t ld)
{
    const struct T(task) *task = context;
    const struct T(job) *job = task->job;
    const mlpi_layer *layer = &job->chain.layers[job->layer - 1];
    const int64_t n = task->by_columns ? layer->n_out : job->chain.layers[job->to - 1].n_out;
    for (int64_t c = 0; c < columns; c++) {
        const int64_t index = task->at.direction + (column + c) % task->at.directions;
        if (task->by_columns && job->variable == MLPI_BY_OUTPUT) {
            memcpy(M + c * ld, (const REAL *)layer->A + index * layer->lda, (size_t)n * sizeof(REAL));
        } else {
            memset(M + c * ld, 0, (size_t)n * sizeof(REAL));
            M[c * ld + index] = 1;
        }
    }
}

/* M <- D_layer M, at the end of the sweep that is at `layer` */
static void T(scale)(const void *context, int64_t column, int64_t columns, REAL *M, int64_t ld)
{
    const struct T(task) *task = context;
    const struct T(job) *job = task->job;
    const mlpi_span span = {task->at.sample, task->at.samples, task->at.directions};
    const mlpi_part part = {column, columns, 0, job->chain.layers[job->layer - 1].n_out};
    T(mlpi_chain_scale_by_slope)(&job->chain, &job->workspace->tape, job->layer, &span, &part, M, ld);
}

/* Yd_layer = D_layer A_layer e_j or D_layer e_j, where the sweep by columns begins */
static void T(seed_and_scale)(const void *context, int64_t column, int64_t columns, REAL *M, int64_t ld)
{
    T(seed)(context, column, columns, M, ld);
    T(scale)(context, column, columns, M, ld);
}

/* How many copies of the block's J there are, each with a factor of its own: elements of y_{layer-1} for weights. */
static int64_t T(factors)(const struct T(job) *job)
{
    return job->variable == MLPI_BY_WEIGHT ? job->workspace->architecture.widths[job->layer - 1] : 1;
}

/* out = factor in, rows x columns each, elements at two strides; rows run fastest unless they are very few */
static void T(copy)(int64_t rows, int64_t columns, REAL factor, const REAL *in, int64_t row, int64_t column,
                    REAL *out, int64_t ldo)
{
    enum { FEW = 4 };
    if (rows >= FEW) {
        for (int64_t j = 0; j < columns; j++)
            for (int64_t i = 0; i < rows; i++)
                out[j * ldo + i] = in[i * row + j * column] * factor;
    } else {
        for (int64_t i = 0; i < rows; i++)
            for (int64_t j = 0; j < columns; j++)
                out[j * ldo + i] = in[i * row + j * column] * factor;
    }
}

/*
 * J(p, j) is known for some p and j: store it, or for weights its products with y_{layer-1}:
 *
 *     d(y_to)_p/d(A_layer)_jk = (dy_to/db_layer)_pj (y_{layer-1})_k     a rank-one product per sample
 *
 * Threads share the samples, and k.
 */
static void T(store)(void *context, int32_t index, int32_t count)
{
    const struct T(task) *task = context;
    const struct T(job) *job = task->job;
    const mlpi_block at = task->at;
    const mlpi_tape *tape = &job->workspace->tape;
    const int64_t below = tape->ld[job->layer - 1], factors = T(factors)(job);
    int64_t from, end;
    mlpi_plan_share(at.samples * factors, 1, index, count, &from, &end);
    for (; from < end; from++) {
        const int64_t s = from / factors, k = from % factors;
        const REAL *y = (const REAL *)tape->y[job->layer - 1] + (at.sample + s) * below;
        const REAL factor = job->variable == MLPI_BY_WEIGHT ? y[k] : 1;
        const REAL *M = task->M + s * at.directions * task->ld;
        REAL *J = job->J + (at.sample + s) * job->stride + k * job->inputs * job->ldj;
        if (task->by_columns)
            T(copy)(job->chain.layers[job->to - 1].n_out, at.directions, factor, M, 1, task->ld,
                    J + at.direction * job->ldj, job->ldj);
        else
            T(copy)(at.directions, job->inputs, factor, M, task->ld, 1, J + at.direction, job->ldj);
    }
}

/*
 * By columns of J, the tangent sweep from Yd_layer up to y_to; or by rows, the reverse sweep from y_to's cotangent e_i
 * down to y_{layer-1}, or to Delta_layer = D_layer G_layer.
 */
static void T(run_block)(const struct T(job) *job, mlpi_block at, int by_columns)
{
    const mlpi_plan *plan = job->chain.plan;
    struct T(task) task = {job, at, by_columns, NULL, 0};
    T(mlpi_sweep)
    sweep = {.chain = &job->chain,
             .tape = &job->workspace->tape,
             .span = {at.sample, at.samples, at.directions},
             .scratch = {job->workspace->scratch[0], job->workspace->scratch[1]},
             .context = &task};
    if (by_columns) {
        sweep.from = job->layer;
        sweep.to = job->to;
        sweep.begin = T(seed_and_scale);
        task.M = T(mlpi_chain_tangent)(&sweep, NULL);
    } else {
        sweep.from = job->to;
        sweep.to = job->variable == MLPI_BY_OUTPUT ? job->layer - 1 : job->layer;
        sweep.begin = T(seed);
        sweep.finish = job->variable == MLPI_BY_OUTPUT ? NULL : T(scale);
        task.M = T(mlpi_chain_reverse)(&sweep, NULL, 1);
    }
    task.ld = job->workspace->tape.ld[sweep.to];
    const double elements = (double)(at.samples * at.directions) * (double)T(factors)(job) *
                            (double)(by_columns ? job->chain.layers[job->to - 1].n_out : job->inputs);
    mlpi_pool_run(plan->pool, plan->kernels ? mlpi_plan_threads(plan, STORE * elements) : 1, T(store), &task);
}

mlp_status T(mlpi_jacobian)(const mlp_model *model, mlp_workspace *workspace, mlpi_variable variable,
                            int32_t to, int32_t layer, REAL *J, int64_t ldj, int64_t stride)
{
    const mlpi_architecture *architecture = &model->architecture;
    int64_t inputs = architecture->widths[variable == MLPI_BY_OUTPUT ? layer - 1 : layer];
    struct T(job) job = {
        model, workspace, mlpi_workspace_chain(workspace, model), variable, to, layer, inputs, J,
        ldj,   stride};
    mlp_status status = T(mlpi_chain_prepare_slopes)(&job.chain, &workspace->tape, workspace->batch);
    if (status != MLP_OK)
        return status;
    int by_columns = forward_is_cheaper(architecture, to, layer, inputs);
    int64_t total = by_columns ? inputs : architecture->widths[to], batch = workspace->batch;
    for (mlpi_block at = mlpi_next_block((mlpi_block){0}, batch, total, workspace->max_batch);
         at.sample < batch; at = mlpi_next_block(at, batch, total, workspace->max_batch))
        T(run_block)(&job, at, by_columns);
    return MLP_OK;
}

/* J_s = S_out o J_s o S_in, both scalings diagonal */
static void T(to_users_units)(const mlp_model *model, int64_t batch, REAL *J, int64_t ldj, int64_t stride)
{
    const mlpi_architecture *architecture = &model->architecture;
    const int64_t n_in = architecture->widths[0], n_out = architecture->widths[architecture->layers];
    const REAL *in = model->input_scale, *out = model->output_scale;
    for (int64_t s = 0; s < batch && (in || out); s++)
        for (int64_t j = 0; j < n_in; j++) {
            REAL *column = J + s * stride + j * ldj;
            for (int64_t p = 0; p < n_out; p++)
                column[p] *= (in ? in[j] : 1) * (out ? out[p] : 1);
        }
}

mlp_status T(mlpi_jacobian_user)(const mlp_model *model, mlp_workspace *workspace, REAL *J, int64_t ldj,
                                 int64_t stride)
{
    mlp_status status =
        T(mlpi_jacobian)(model, workspace, MLPI_BY_OUTPUT, model->architecture.layers, 1, J, ldj, stride);
    if (status == MLP_OK)
        T(to_users_units)(model, workspace->batch, J, ldj, stride);
    return status;
}
