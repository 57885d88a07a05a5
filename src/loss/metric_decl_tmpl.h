/* Whether the right class is among the k largest of n outputs, of equals the first; NaN counts as larger than all. */
int T(mlpi_is_among)(int64_t n, const REAL *y, int32_t label, int64_t k);

/* The means of all targets, for a tally that wants them: those of the samples to be added. */
void T(mlpi_tally_means)(mlpi_tally *tally, int64_t samples, const REAL *t, int64_t ldt, const REAL *weights);

/* Adds samples: y is n x batch. */
void T(mlpi_tally_add)(mlpi_tally *tally, int64_t batch, const REAL *y, int64_t ldy,
                       const T(mlpi_targets) *targets);

/* All of it at once. */
mlp_status T(mlpi_metric_evaluate)(const mlpi_metric *metric, double parameter, int64_t n, int64_t batch,
                                   const REAL *y, int64_t ldy, const T(mlpi_targets) *targets, double *value);

/* Adds samples to the counts: found + right * classes, classes being n or, where n = 1, 2. */
void T(mlpi_confusion_add)(double bound, int64_t n, int64_t batch, const REAL *y, int64_t ldy,
                           const T(mlpi_targets) *targets, int64_t *counts);
