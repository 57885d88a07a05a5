/* What the outputs of a batch of samples should be. */
typedef struct T(mlpi_targets) {
    const REAL *t; /* n x batch; NULL where there are labels */
    int64_t ldt;
    const int32_t *labels; /* label c stands for t = e_c */
    const REAL *weights;   /* NULL for all 1 */
} T(mlpi_targets);

/* Those from sample `first` on. */
static inline T(mlpi_targets) T(mlpi_targets_from)(const T(mlpi_targets) *all, int64_t first)
{
    return (T(mlpi_targets)){.t = all->t ? all->t + first * all->ldt : NULL,
                             .ldt = all->ldt,
                             .labels = all->labels ? all->labels + first : NULL,
                             .weights = all->weights ? all->weights + first : NULL};
}

/* l(y, t) of one sample of n outputs, with the parameter of the loss, if it has one. y_bar, where not NULL, receives scale dl/dy and may be y itself. */
typedef double (*T(mlpi_loss_target))(double parameter, int64_t n, const REAL *y, const REAL *t, double scale,
                                      REAL *y_bar);

/* The same for t = e_label. */
typedef double (*T(mlpi_loss_label))(double parameter, int64_t n, const REAL *y, int32_t label, double scale,
                                     REAL *y_bar);

/* Vectors to be multiplied with the Hessian of one sample: column k of hv (n values) becomes that of column k of v. */
typedef struct T(mlpi_loss_vectors) {
    int64_t count;
    const REAL *v;
    int64_t ldv;
    REAL *hv; /* may be v where ldh = ldv */
    int64_t ldh;
} T(mlpi_loss_vectors);

/* hv = scale (d2l/dy2) v of one sample of n outputs. */
typedef void (*T(mlpi_loss_target_hvp))(double parameter, int64_t n, const REAL *y, const REAL *t,
                                        double scale, const T(mlpi_loss_vectors) *vectors);

/* The same for t = e_label. */
typedef void (*T(mlpi_loss_label_hvp))(double parameter, int64_t n, const REAL *y, int32_t label,
                                       double scale, const T(mlpi_loss_vectors) *vectors);

/* sum_s w_s */
double T(mlpi_weight_sum)(int64_t batch, const REAL *weights);
