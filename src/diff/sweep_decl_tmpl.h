/*
 * G_L = S_out o y_bar, n_L x batch, of samples first .. first + batch - 1 of the remembered pass, whose cotangents y_bar
 * begins with. Fails where a callback does, before any visit.
 */
mlp_status T(mlpi_sweep_samples)(const mlp_model *model, mlp_workspace *workspace, int64_t first,
                                 int64_t batch, const REAL *y_bar, int64_t ldy, T(mlpi_delta_visit) *visit,
                                 void *context);

/* G_L = S_out e_p for the outputs p of a block: directions side by side for each of its samples. Slopes are prepared. */
void T(mlpi_sweep_outputs)(const mlp_model *model, mlp_workspace *workspace, mlpi_block at,
                           T(mlpi_delta_visit) *visit, void *context);

/* Where rows of dy/dtheta go, one for each column of a block's sweep, in compact order. */
typedef struct T(mlpi_theta_rows) {
    const mlp_model *model;
    const mlp_workspace *workspace;
    mlpi_block at;
    REAL *J; /* the block's first row */
    int64_t ldj;
} T(mlpi_theta_rows);

/* A visit, with the rows as context: [Delta_l y_{l-1}^T | Delta_l] at layer l's place in every row. */
T(mlpi_delta_visit) T(mlpi_store_theta_rows);
