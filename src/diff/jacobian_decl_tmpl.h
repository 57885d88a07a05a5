/*
 * J_s = dy_to/d(variable of `layer`), 1 <= layer <= to, for every sample s of the remembered pass, at J + s stride with
 * leading dimension ldj.
 */
mlp_status T(mlpi_jacobian)(const mlp_model *model, mlp_workspace *workspace, mlpi_variable variable,
                            int32_t to, int32_t layer, REAL *J, int64_t ldj, int64_t stride);

/* dy/dx in the user's units, for every sample, at J + s stride with leading dimension ldj. */
mlp_status T(mlpi_jacobian_user)(const mlp_model *model, mlp_workspace *workspace, REAL *J, int64_t ldj,
                                 int64_t stride);

/* d y_p(x_s) / d theta in the user's units, theta in compact order: row s n_L + p at J + (s n_L + p) ldj. */
mlp_status T(mlpi_jacobian_theta)(const mlp_model *model, mlp_workspace *workspace, REAL *J, int64_t ldj);

/*
 * JtJ += J^T J, lower triangle only, and Jtr += J^T r, for that J and r (n_L x batch, NULL skips Jtr). The workspace
 * has MLP_USE_LEAST_SQUARES.
 */
mlp_status T(mlpi_jacobian_normal)(const mlp_model *model, mlp_workspace *workspace, const REAL *r,
                                   int64_t ldr, double *JtJ, int64_t ldn, double *Jtr);

/*
 * The rows of that J for samples first .. first + samples - 1 of the remembered pass, at most a block, in double in the
 * workspace's block: row c at c ld, with room for one value behind it. Rows of sample s are multiplied by the root of
 * weights[s], unless NULL. Slopes are prepared.
 */
void T(mlpi_jacobian_rows)(const mlp_model *model, mlp_workspace *workspace, int64_t first, int64_t samples,
                           const REAL *weights);
