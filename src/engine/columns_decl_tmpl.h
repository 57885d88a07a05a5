/* Whether the path is the cheaper one for this batch. */
int T(mlpi_columns_pay)(const mlpi_chain *chain, int64_t batch);
int T(mlpi_columns_pay_training)(const mlpi_chain *chain, int64_t batch);

/* y (n_L x batch) = out(chain(in(x))), x n_0 x batch */
void T(mlpi_columns_forward)(const mlpi_chain *chain, int64_t batch, T(mlpi_border) in, const REAL *x,
                             int64_t ldx, T(mlpi_border) out, REAL *y, int64_t ldy);
