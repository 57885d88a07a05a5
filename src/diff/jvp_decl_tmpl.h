/* A tangent of theta (compact order) layer by layer, in the workspace. */
const mlpi_direction *T(mlpi_layer_directions)(const mlp_model *model, mlp_workspace *workspace,
                                               const REAL *theta_dot);

/* Push a tangent of x, of theta (compact order), or of both forward at the remembered pass; each may be NULL. */
mlp_status T(mlpi_jvp)(const mlp_model *model, mlp_workspace *workspace, const REAL *x_dot, int64_t ldx,
                       const REAL *theta_dot, REAL *y_dot, int64_t ldy);
