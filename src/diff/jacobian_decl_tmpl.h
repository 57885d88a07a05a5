/*
 * J_s = dy_to/d(variable of `layer`), 1 <= layer <= to, for every sample s of the remembered pass, at J + s stride with
 * leading dimension ldj.
 */
mlp_status T(mlpi_jacobian)(const mlp_model *model, mlp_workspace *workspace, mlpi_variable variable,
                            int32_t to, int32_t layer, REAL *J, int64_t ldj, int64_t stride);
