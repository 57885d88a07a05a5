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

/*
 * J(p, j) of one sample is known: store it, or for weights its products with y_{layer-1}:
 *
 *     d(y_to)_p/d(A_layer)_jk = (dy_to/db_layer)_pj (y_{layer-1})_k     a rank-one product per sample
 *
 * `values` holds J(p..p+rows, j..j+columns), one of which is 1, running along the other.
 */
static void T(store)(const struct T(job) *job, int64_t sample, int64_t p, int64_t j, int64_t rows,
                     int64_t columns, const REAL *values)
{
    const mlp_workspace *workspace = job->workspace;
    int32_t below = job->layer - 1;
    const REAL *y = (const REAL *)workspace->tape.y[below] + sample * workspace->tape.ld[below];
    int64_t factors = job->variable == MLPI_BY_WEIGHT ? workspace->architecture.widths[below] : 1;
    int64_t count = rows > 1 ? rows : columns, step = rows > 1 ? 1 : job->ldj;
    for (int64_t k = 0; k < factors; k++) {
        REAL factor = job->variable == MLPI_BY_WEIGHT ? y[k] : 1;
        REAL *out = job->J + sample * job->stride + (j + k * job->inputs) * job->ldj + p;
        for (int64_t i = 0; i < count; i++)
            out[i * step] = values[i] * factor;
    }
}

/* M (n x samples directions) = columns direction .. of the identity, or of A (n x inputs), once per sample */
static void T(seed)(mlpi_block at, int64_t n, const mlpi_layer *A, REAL *M, int64_t ldm)
{
    for (int64_t s = 0; s < at.samples; s++)
        for (int64_t d = 0; d < at.directions; d++) {
            REAL *column = M + (s * at.directions + d) * ldm;
            int64_t index = at.direction + d;
            if (A) {
                memcpy(column, (const REAL *)A->A + index * A->lda, (size_t)n * sizeof(REAL));
            } else {
                memset(column, 0, (size_t)n * sizeof(REAL));
                column[index] = 1;
            }
        }
}

/* Columns of J: Yd_layer = D_layer A_layer e_j or D_layer e_j, then the tangent sweep up to y_to */
static void T(columns)(const struct T(job) *job, mlpi_block at)
{
    const mlpi_tape *tape = &job->workspace->tape;
    REAL *const scratch[2] = {job->workspace->scratch[0], job->workspace->scratch[1]};
    const mlpi_layer *layer = &job->chain.layers[job->layer - 1];
    int64_t ld = tape->ld[job->layer], n = job->chain.layers[job->to - 1].n_out;
    T(seed)(at, layer->n_out, job->variable == MLPI_BY_OUTPUT ? layer : NULL, scratch[0], ld);
    T(mlpi_chain_scale_by_slope)(&job->chain, tape, job->layer, at.sample, at.samples, at.directions,
                                 scratch[0], ld);
    const REAL *Yd = T(mlpi_chain_tangent)(&job->chain, tape, job->layer, job->to, at.sample, at.samples,
                                           at.directions, scratch, 1, NULL);
    for (int64_t s = 0; s < at.samples; s++)
        for (int64_t d = 0; d < at.directions; d++)
            T(store)(job, at.sample + s, 0, at.direction + d, n, 1,
                     Yd + (s * at.directions + d) * tape->ld[job->to]);
}

/* Rows of J: the reverse sweep from y_to's cotangent e_i down to y_{layer-1}, or to Delta_layer = D_layer G_layer */
static void T(rows)(const struct T(job) *job, mlpi_block at)
{
    const mlpi_tape *tape = &job->workspace->tape;
    REAL *const scratch[2] = {job->workspace->scratch[0], job->workspace->scratch[1]};
    int32_t end = job->variable == MLPI_BY_OUTPUT ? job->layer - 1 : job->layer;
    int64_t ld = tape->ld[end];
    T(seed)(at, job->chain.layers[job->to - 1].n_out, NULL, scratch[0], tape->ld[job->to]);
    REAL *G = T(mlpi_chain_reverse)(&job->chain, tape, job->to, end, at.sample, at.samples, at.directions,
                                    scratch, NULL, 1);
    if (job->variable != MLPI_BY_OUTPUT)
        T(mlpi_chain_scale_by_slope)(&job->chain, tape, end, at.sample, at.samples, at.directions, G, ld);
    for (int64_t s = 0; s < at.samples; s++)
        for (int64_t d = 0; d < at.directions; d++)
            T(store)(job, at.sample + s, at.direction + d, 0, 1, job->inputs,
                     G + (s * at.directions + d) * ld);
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
         at.sample < batch; at = mlpi_next_block(at, batch, total, workspace->max_batch)) {
        if (by_columns)
            T(columns)(&job, at);
        else
            T(rows)(&job, at);
    }
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
