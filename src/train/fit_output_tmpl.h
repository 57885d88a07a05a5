/* Template: the last layer in closed form; see fit_output.c. */

/* M (batch x n) = H^T, in tiles that stay in the first cache */
static void T(transpose)(int64_t n, int64_t batch, const REAL *H, int64_t ldh, REAL *M, int64_t ldm)
{
    for (int64_t s = 0; s < batch; s += TILE)
        for (int64_t j = 0; j < n; j++)
            for (int64_t i = s; i < batch && i < s + TILE; i++)
                M[i + j * ldm] = H[j + i * ldh];
}

/* M = [H^T 1], batch by batch */
static mlp_status T(fill_hidden)(const least_squares *problem, const mlp_model *model,
                                 mlp_workspace *workspace, const REAL *x, int64_t ldx)
{
    const int64_t samples = problem->samples, n = problem->unknowns - 1;
    const int64_t ldh = workspace->tape.ld[model->architecture.layers - 1];
    REAL *M = problem->M;
    for (int64_t first = 0, batch; first < samples; first += batch) {
        const REAL *H;
        batch = samples - first < workspace->max_batch ? samples - first : workspace->max_batch;
        const mlp_status status = T(mlpi_forward_hidden)(model, workspace, batch, x + first * ldx, ldx, &H);
        if (status != MLP_OK)
            return status;
        T(transpose)(n, batch, H, ldh, M + first, samples);
    }
    for (int64_t s = 0; s < samples; s++)
        M[s + n * samples] = 1;
    return MLP_OK;
}

/* B = (T - shift) / scale, transposed; the probes behind it */
static void T(fill_targets)(const least_squares *problem, const mlp_model *model, const REAL *t, int64_t ldt)
{
    const REAL *scale = model->output_scale, *shift = model->output_shift;
    const mlpi_random probes = mlpi_random_stream(0, MLPI_RANDOM_OTHER, 0);
    REAL *B = problem->B;
    for (int64_t s = 0; s < problem->samples; s++)
        for (int64_t p = 0; p < problem->outputs; p++)
            B[s + p * problem->ldb] = scale ? (t[p + s * ldt] - shift[p]) / scale[p] : t[p + s * ldt];
    for (int64_t p = 0; p < PROBES; p++)
        for (int64_t s = 0; s < problem->samples; s++)
            B[s + (problem->outputs + p) * problem->ldb] =
                (REAL)mlpi_random_normal_at(&probes, (uint64_t)(p * problem->samples + s));
}

static mlp_status T(fill)(const least_squares *problem, const mlp_model *model, mlp_workspace *workspace,
                          const REAL *x, int64_t ldx, const REAL *t, int64_t ldt)
{
    T(fill_targets)(problem, model, t, ldt);
    if (!T(mlpi_all_finite)(problem->samples, problem->outputs, problem->B, problem->ldb))
        return mlpi_fail(MLP_ERR_NUMERIC, "t: holds a value that is not finite");
    const mlp_status status = T(fill_hidden)(problem, model, workspace, x, ldx);
    if (status == MLP_OK &&
        !T(mlpi_all_finite)(problem->samples, problem->unknowns, problem->M, problem->samples))
        return mlpi_fail(MLP_ERR_NUMERIC, "x: gives a hidden output that is not finite");
    return status;
}

/* |X|_F in double, which an f32 solution near singularity may not overflow */
static double T(norm)(int64_t rows, int64_t columns, const REAL *X, int64_t ld)
{
    double sum = 0;
    for (int64_t j = 0; j < columns; j++)
        for (int64_t i = 0; i < rows; i++)
            sum += (double)X[i + j * ld] * (double)X[i + j * ld];
    return sqrt(sum);
}

/* By QR. Sets *full to whether M turned out to have full rank: otherwise B is of no use. */
static mlp_status T(solve_full)(const least_squares *problem, int *full)
{
    const int64_t m = problem->samples, n = problem->unknowns, columns = problem->outputs + PROBES;
    const double size = T(norm)(m, n, problem->M, m);
    int64_t count = 0;
    void *work = NULL;
    int info = T(mlpi_gels_work)(m, n, columns, &count);
    *full = 0;
    if (info)
        return refuse_factorisation(info);
    const mlp_status status = allocate("work of gels", count, 1, sizeof(REAL), &work);
    if (status != MLP_OK)
        return status;
    info = T(mlpi_gels)(m, n, columns, problem->M, m, problem->B, problem->ldb, work, count);
    mlpi_free(work);
    if (info < 0)
        return refuse_factorisation(info);
    const REAL *probed = (const REAL *)problem->B + problem->outputs * problem->ldb;
    const double inverse = T(norm)(n, PROBES, probed, problem->ldb) / sqrt(PROBES);
    *full = info == 0 && size * inverse * tolerance(problem, EPSILON) < 1;
    return MLP_OK;
}

/* By singular values. */
static mlp_status T(solve_any)(const least_squares *problem, int64_t *rank)
{
    const int64_t m = problem->samples, n = problem->unknowns;
    int64_t count = 0, integers = 0;
    void *work = NULL, *s = NULL, *iwork = NULL;
    int info = T(mlpi_gelsd_work)(m, n, problem->outputs, &count, &integers);
    if (info)
        return refuse_factorisation(info);
    mlp_status status = allocate("work of gelsd", count, 1, sizeof(REAL), &work);
    if (status == MLP_OK)
        status = allocate("singular values", m < n ? m : n, 1, sizeof(REAL), &s);
    if (status == MLP_OK)
        status = allocate("work of gelsd", integers, 1, sizeof(int32_t), &iwork);
    if (status == MLP_OK) {
        info = T(mlpi_gelsd)(m, n, problem->outputs, problem->M, m, problem->B, problem->ldb, s,
                             (REAL)tolerance(problem, EPSILON), rank, work, count, iwork);
        status = info ? refuse_factorisation(info) : MLP_OK;
    }
    mlpi_free(work);
    mlpi_free(s);
    mlpi_free(iwork);
    return status;
}

/* A_L and b_L from X: row j of X is column j of A_L, its last row b_L */
static mlp_status T(adopt)(const least_squares *problem, mlp_model *model)
{
    const mlpi_layer *last = &model->layers[model->architecture.layers - 1];
    const REAL *X = problem->B;
    REAL *A = last->A, *b = last->b;
    if (!T(mlpi_all_finite)(problem->unknowns, problem->outputs, X, problem->ldb))
        return mlpi_fail(MLP_ERR_NUMERIC, "least squares: the solution is not finite");
    for (int64_t j = 0; j < problem->unknowns; j++)
        for (int64_t p = 0; p < problem->outputs; p++)
            (j < last->n_in ? A + j * last->lda : b)[p] = X[j + p * problem->ldb];
    mlpi_model_touch_params(model);
    return MLP_OK;
}

/* gels, then where it failed gelsd on M and B filled anew: gels destroys both */
static mlp_status T(solve)(const least_squares *problem, mlp_model *model, mlp_workspace *workspace,
                           const REAL *x, int64_t ldx, const REAL *t, int64_t ldt, int64_t *rank)
{
    int full = 0;
    mlp_status status = T(fill)(problem, model, workspace, x, ldx, t, ldt);
    *rank = problem->unknowns;
    if (status == MLP_OK && problem->samples >= problem->unknowns) {
        status = T(solve_full)(problem, &full);
        if (status == MLP_OK && !full)
            status = T(fill)(problem, model, workspace, x, ldx, t, ldt);
    }
    if (status == MLP_OK && !full)
        status = T(solve_any)(problem, rank);
    return status == MLP_OK ? T(adopt)(problem, model) : status;
}

mlp_status T(mlpi_fit_output)(mlp_model *model, mlp_workspace *workspace, int64_t samples, const REAL *x,
                              int64_t ldx, const REAL *t, int64_t ldt, int64_t *rank)
{
    least_squares problem = {0};
    int64_t found = 0;
    mlpi_workspace_forget(workspace);
    mlp_status status = problem_create(model, samples, &problem);
    if (status == MLP_OK)
        status = T(solve)(&problem, model, workspace, x, ldx, t, ldt, &found);
    problem_release(&problem);
    if (status == MLP_OK && rank)
        *rank = found;
    return status;
}
