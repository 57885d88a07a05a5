/* What a jet is asked for, in the user's units. */
typedef struct T(mlpi_jet_request) {
    mlpi_jet jet;
    const REAL *v; /* as in mlp_jet_f32() */
    int64_t ldv, stride;
    const REAL *weights; /* of the second derivatives; NULL for 1 */
    REAL *y[4];          /* y_k at [k], NULL to skip */
    int64_t ldy;
} T(mlpi_jet_request);

/* Ask callbacks for sigma' to sigma^(order) at the remembered pass. */
mlp_status T(mlpi_prepare_order)(const mlpi_chain *chain, mlp_workspace *workspace, int32_t order);

mlp_status T(mlpi_jet)(const mlp_model *model, mlp_workspace *workspace, const T(mlpi_jet_request) *request);

/*
 * Cotangents of y_k of the remembered jet at y_bar[k], NULL for 0, with leading dimensions ldy[k]. theta_bar and padded as in
 * mlpi_vjp.
 */
mlp_status T(mlpi_jet_vjp)(const mlp_model *model, mlp_workspace *workspace, const REAL *const y_bar[3],
                           const int64_t ldy[3], REAL *x_bar, int64_t ldx, REAL *theta_bar, REAL *padded);

/* x_bar and theta_bar of sum_s y_bar_s^T y1_s along x_dot, one direction for each sample. The remembered jet is given up. */
mlp_status T(mlpi_mixed_vjp)(const mlp_model *model, mlp_workspace *workspace, const REAL *x_dot, int64_t ldv,
                             const REAL *y_bar, int64_t ldy, REAL *x_bar, int64_t ldx, REAL *theta_bar);
