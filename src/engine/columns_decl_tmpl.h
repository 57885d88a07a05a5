/* Sets plan->columns: what a chain costs by rows and by columns with the plan's kernels. */
void T(mlpi_columns_weigh)(const mlpi_chain *chain, mlpi_plan *plan);

/* Whether the path is the cheaper one for this batch; for training, whether for a step. */
int T(mlpi_columns_pay)(const mlpi_plan *plan, int64_t batch);
int T(mlpi_columns_pay_training)(const mlpi_chain *chain, int64_t batch);

/* Samples a tile has in a pass over `batch`. */
int64_t T(mlpi_columns_tile)(const mlpi_plan *plan, int64_t batch);

/* y (n_L x batch) = out(chain(in(x))), x n_0 x batch, on `threads` threads */
void T(mlpi_columns_forward)(const mlpi_chain *chain, int32_t threads, int64_t batch, T(mlpi_border) in,
                             const REAL *x, int64_t ldx, T(mlpi_border) out, REAL *y, int64_t ldy);
