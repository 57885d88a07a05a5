/*
 * Run the forward pass of a batch <= max_batch; y (n_L x batch) receives the output as the user sees it, unless NULL. With
 * MLP_USE_DERIVATIVES the pass is remembered. Fails only where a callback does, before y is written; the workspace then
 * remembers nothing.
 */
mlp_status T(mlpi_forward)(const mlp_model *model, mlp_workspace *workspace, int64_t batch, const REAL *x,
                           int64_t ldx, REAL *y, int64_t ldy);

/*
 * The layers before the last: H (n_{L-1} x batch, leading dimension ld[L-1] of the tape) of a batch <= max_batch, there until
 * the next pass. The workspace remembers nothing. Fails only where a callback does.
 */
mlp_status T(mlpi_forward_hidden)(const mlp_model *model, mlp_workspace *workspace, int64_t batch,
                                  const REAL *x, int64_t ldx, const REAL **H);

/* y <- head(y), column by column, in place. */
void T(mlpi_apply_head)(const mlp_model *model, int64_t batch, REAL *y, int64_t ldy);
