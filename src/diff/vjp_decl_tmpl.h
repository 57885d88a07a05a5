/* Where the gradients of each layer go: in theta_bar, in compact order, or in `padded`, in the parameters' own layout. */
void T(mlpi_aim)(const mlp_model *model, REAL *theta_bar, REAL *padded, mlpi_gradient *gradients);

/*
 * Pull y_bar back at the remembered pass. The gradient in the parameters goes to `theta_bar` in compact order, or to
 * `padded` in the layout of the model's own parameters (whose padding is left alone); each may be NULL.
 */
mlp_status T(mlpi_vjp)(const mlp_model *model, mlp_workspace *workspace, const REAL *y_bar, int64_t ldy,
                       REAL *x_bar, int64_t ldx, REAL *theta_bar, REAL *padded);
