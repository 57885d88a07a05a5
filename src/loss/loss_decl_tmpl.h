/* What the outputs of a batch of samples should be. */
typedef struct T(mlpi_targets) {
    const REAL *t; /* n x batch; NULL where there are labels */
    int64_t ldt;
    const int32_t *labels; /* label c stands for t = e_c */
    const REAL *weights;   /* NULL for all 1 */
} T(mlpi_targets);

/* l(y, t) of one sample of n outputs. y_bar, where not NULL, receives scale dl/dy and may be y itself. */
typedef double (*T(mlpi_loss_target))(int64_t n, const REAL *y, const REAL *t, double scale, REAL *y_bar);

/* The same for t = e_label. */
typedef double (*T(mlpi_loss_label))(int64_t n, const REAL *y, int32_t label, double scale, REAL *y_bar);

/* sum_s w_s */
double T(mlpi_weight_sum)(int64_t batch, const REAL *weights);
