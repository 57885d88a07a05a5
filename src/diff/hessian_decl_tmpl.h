/*
 * Linearise the loss at the remembered pass; targets are copied, and on success the workspace has the caller's reference to
 * the loss. value and theta_bar (compact) may be NULL.
 */
mlp_status T(mlpi_linearize)(const mlp_model *model, mlp_workspace *workspace, const mlpi_loss *loss,
                             const T(mlpi_targets) *targets, double *value, REAL *theta_bar);

/* Products of the linearised loss; both vectors are compact. */
mlp_status T(mlpi_hvp)(const mlp_model *model, mlp_workspace *workspace, const REAL *theta_dot,
                       REAL *theta_hv);
mlp_status T(mlpi_gauss_newton)(const mlp_model *model, mlp_workspace *workspace, const REAL *theta_dot,
                                REAL *theta_gv);

/* As mlp_hessian_x_f32(). */
mlp_status T(mlpi_hessian_x)(const mlp_model *model, mlp_workspace *workspace, REAL *H, int64_t ldh,
                             int64_t stride);
