/*
 * sum_s w_s l(y_s, t_s) over a batch, in double and in the order of the samples. y_bar (n x batch), where not NULL,
 * receives scale w_s dl/dy_s and may be y itself. The loss is one of the table.
 */
double T(mlpi_loss_sum)(const mlpi_loss *loss, int64_t n, int64_t batch, const REAL *y, int64_t ldy,
                        const T(mlpi_targets) *targets, double scale, REAL *y_bar, int64_t ldb);

/*
 * The Hessian of every sample times vectors: sample s has the columns s streams .. (s + 1) streams - 1 of v and hv
 * (n x batch streams), and hv becomes scale w_s (d2l/dy2_s) v. hv may be v where ldh = ldv. The loss is one of the table.
 */
void T(mlpi_loss_hvp)(const mlpi_loss *loss, int64_t n, int64_t batch, const REAL *y, int64_t ldy,
                      const T(mlpi_targets) *targets, double scale, const REAL *v, int64_t ldv,
                      int64_t streams, REAL *hv, int64_t ldh);

/*
 * Both for any loss. `scratch` has MLPI_LOSS_SCRATCH n doubles, or is NULL where the loss does not call back. They fail where
 * a callback does or lacks the order; then y_bar and hv mean nothing.
 */
mlp_status T(mlpi_loss_sum_any)(const mlpi_loss *loss, int64_t n, int64_t batch, const REAL *y, int64_t ldy,
                                const T(mlpi_targets) *targets, double scale, double *scratch, REAL *y_bar,
                                int64_t ldb, double *sum);
mlp_status T(mlpi_loss_hvp_any)(const mlpi_loss *loss, int64_t n, int64_t batch, const REAL *y, int64_t ldy,
                                const T(mlpi_targets) *targets, double scale, double *scratch, const REAL *v,
                                int64_t ldv, int64_t streams, REAL *hv, int64_t ldh);

/*
 * The same as callers outside a pass want it: on failure nothing is written, which costs a loss that calls back an
 * allocation of its results. One vector a sample.
 */
mlp_status T(mlpi_loss_evaluate)(const mlpi_loss *loss, int64_t n, int64_t batch, const REAL *y, int64_t ldy,
                                 const T(mlpi_targets) *targets, double scale, REAL *y_bar, int64_t ldb,
                                 double *sum);
mlp_status T(mlpi_loss_multiply)(const mlpi_loss *loss, int64_t n, int64_t batch, const REAL *y, int64_t ldy,
                                 const T(mlpi_targets) *targets, double scale, const REAL *v, int64_t ldv,
                                 REAL *hv, int64_t ldh);
