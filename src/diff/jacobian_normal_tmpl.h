/*
 * Template: the normal equations of least squares, J never being there as a whole.
 *
 *     JtJ += sum over blocks of J_k^T J_k,   Jtr += sum over blocks of J_k^T r_k
 *
 * J_k has the rows (s, p) of the samples of a block, formed in double: of an f32 model Delta_l and y_{l-1} are what its
 * sweeps made them, and their products are exact.
 */

/* Where a sweep's rows go: row c of the block at rows + c ld */
struct T(normal_rows) {
    const mlp_model *model;
    const mlp_workspace *workspace;
    mlpi_block at;
    double *rows;
    const REAL *weights; /* of the samples of the pass; NULL for all 1 */
};

static const double *T(widen)(int64_t n, const REAL *values, double factor, double *wide)
{
    for (int64_t i = 0; i < n; i++)
        wide[i] = factor * (double)values[i];
    return wide;
}

/* A visit as its threads see it: they share the samples. */
struct T(normal_task) {
    const struct T(normal_rows) *to;
    int32_t l;
    const REAL *Delta;
};

static void T(store_wide_part)(void *context, int32_t index, int32_t count)
{
    const struct T(normal_task) *task = context;
    const struct T(normal_rows) *to = task->to;
    const mlpi_row_block *block = &to->workspace->block;
    const mlpi_layout *layout = &to->model->layout[task->l - 1];
    const mlpi_tape *tape = &to->workspace->tape;
    const int64_t below = tape->ld[task->l - 1];
    double *room = block->y + index * block->widest;
    int64_t s, end;
    mlpi_plan_share(to->at.samples, 1, index, count, &s, &end);
    for (; s < end; s++) {
        const int64_t sample = to->at.sample + s;
        const double *y =
            T(widen)(layout->n_in, (const REAL *)tape->y[task->l - 1] + sample * below, 1, room);
        const double factor = to->weights ? sqrt((double)to->weights[sample]) : 1;
        for (int64_t d = 0; d < to->at.directions; d++) {
            const int64_t c = s * to->at.directions + d;
            double *row = to->rows + c * block->ld;
            const double *delta =
                T(widen)(layout->n_out, task->Delta + c * tape->ld[task->l], factor, row + layout->compact_b);
            /* (n_l x n_{l-1}) = (n_l x 1)(1 x n_{l-1}) */
            mlpi_outer_f64(&to->workspace->plan, layout->n_out, layout->n_in, delta, y,
                           row + layout->compact_A);
        }
    }
}

/* On a BLAS the products stay on the caller's thread. */
static void T(store_wide_rows)(void *context, int32_t l, const REAL *Delta)
{
    struct T(normal_task) task = {context, l, Delta};
    const mlpi_plan *plan = &task.to->workspace->plan;
    const mlpi_layout *layout = &task.to->model->layout[l - 1];
    const double stored = (double)(task.to->at.samples * task.to->at.directions) * (double)layout->n_out *
                          (double)(layout->n_in + 1);
    const int32_t threads = plan->kernels ? mlpi_plan_threads(plan, STORE * stored) : 1;
    mlpi_pool_run(plan->pool, threads, T(store_wide_part), &task);
}

void T(mlpi_jacobian_rows)(const mlp_model *model, mlp_workspace *workspace, int64_t first, int64_t samples,
                           const REAL *weights)
{
    const int64_t outputs = model->architecture.widths[model->architecture.layers];
    struct T(normal_rows) to = {.model = model, .workspace = workspace, .weights = weights};
    for (mlpi_block at = mlpi_next_block((mlpi_block){0}, samples, outputs, workspace->max_batch);
         at.sample < samples; at = mlpi_next_block(at, samples, outputs, workspace->max_batch)) {
        to.rows = workspace->block.rows + (at.sample * outputs + at.direction) * workspace->block.ld;
        to.at = at;
        to.at.sample += first;
        T(mlpi_sweep_outputs)(model, workspace, to.at, T(store_wide_rows), &to);
    }
}

mlp_status T(mlpi_jacobian_normal)(const mlp_model *model, mlp_workspace *workspace, const REAL *r,
                                   int64_t ldr, double *JtJ, int64_t ldn, double *Jtr)
{
    const mlpi_chain chain = mlpi_workspace_chain(workspace, model);
    const mlpi_row_block *block = &workspace->block;
    const int64_t n = model->param_count, outputs = model->architecture.widths[model->architecture.layers];
    mlp_status status = T(mlpi_chain_prepare_slopes)(&chain, &workspace->tape, workspace->batch);
    for (int64_t s = 0, samples; s < workspace->batch && status == MLP_OK; s += samples) {
        samples = workspace->batch - s < block->samples ? workspace->batch - s : block->samples;
        T(mlpi_jacobian_rows)(model, workspace, s, samples, NULL);
        /* JtJ += J_k^T J_k,  (n x n) = (n x rows)(rows x n), with J_k^T as it lies */
        mlpi_syrk_f64(MLPI_LOWER, 0, n, samples * outputs, 1, block->rows, block->ld, 1, JtJ, ldn);
        for (int64_t i = 0; r && i < samples; i++)
            T(widen)(outputs, r + (s + i) * ldr, 1, block->residual + i * outputs);
        /* Jtr += J_k^T r_k,  (n) = (n x rows)(rows) */
        if (r)
            mlpi_gemv_f64(0, n, samples * outputs, 1, block->rows, block->ld, block->residual, 1, 1, Jtr, 1);
    }
    return status;
}
