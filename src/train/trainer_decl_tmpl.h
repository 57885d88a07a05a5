/* Samples for one step. */
typedef struct T(mlpi_batch) {
    int64_t count;
    const REAL *x; /* n_0 x count */
    int64_t ldx;
    T(mlpi_targets) targets;
    const int64_t
        *numbers; /* of the samples in their data set, for messages; NULL for first, first + 1, ... */
    int64_t first;
} T(mlpi_batch);

/*
 * One step on a batch of at most the prepared maximum, or without the samples that are to be skipped. On failure no
 * parameter, state or counter has changed.
 */
mlp_status T(mlpi_trainer_step)(mlp_trainer *trainer, const T(mlpi_batch) *batch, mlpi_taken *taken);

/*
 * sum_s w_s l_s of at most the prepared maximum of samples, and scale times its gradient, in the trainer's buffer. *bad
 * becomes "loss" or "gradient" where that is not finite, and else NULL.
 */
mlp_status T(mlpi_trainer_gradient)(mlp_trainer *trainer, const T(mlpi_batch) *batch, double scale,
                                    double *sum, const char **bad);

/* An objective of the caller's own: a function of the parameters. */
typedef struct T(mlpi_own_objective) {
    T(mlp_objective_fn) function;
    void *context;
} T(mlpi_own_objective);

/* Its loss at the model's parameters and its gradient, in the trainer's buffer; *bad as above. */
mlp_status T(mlpi_trainer_own_gradient)(mlp_trainer *trainer, const T(mlpi_own_objective) *own, double *loss,
                                        const char **bad);

/* One step on it: the loss before the step. On failure no parameter, state or counter has changed. */
mlp_status T(mlpi_trainer_step_own)(mlp_trainer *trainer, const T(mlpi_own_objective) *own, double *loss);

/* As many, the function being the same throughout, until the callback or a cancellation ends them: MLP_STOPPED. */
mlp_status T(mlpi_trainer_run_own)(mlp_trainer *trainer, const T(mlpi_own_objective) *own, int64_t steps,
                                   double *loss);

/* What a method makes smaller: the loss over all these samples, however many, or where there are none the caller's own. */
typedef struct T(mlpi_problem) {
    const T(mlpi_batch) *samples;
    const T(mlpi_own_objective) *own;
    int same; /* as in the last step: only parameters may have changed */
} T(mlpi_problem);

/* A loss of y and its derivatives, of the caller's own. */
typedef struct T(mlpi_jet_loss) {
    T(mlp_jet_loss_fn) function;
    void *context;
} T(mlpi_jet_loss);

/* One step on it, from the inputs of `batch` and what `request` says but for its outputs. Failures as above. */
mlp_status T(mlpi_trainer_step_jet)(mlp_trainer *trainer, const T(mlpi_batch) *batch,
                                    T(mlpi_jet_request) *request, const T(mlpi_jet_loss) *own, double *loss);

/* A step from the caller's gradient, in the order of theta. */
mlp_status T(mlpi_trainer_apply_gradient)(mlp_trainer *trainer, const REAL *theta_bar);

/* Samples first .. first + count - 1 of the data set where they lie. */
T(mlpi_batch) T(mlpi_batch_in_place)(const mlp_data *data, int64_t first, int64_t count);

/* Samples numbers[0 .. count - 1] of the data set, copied side by side into the trainer's buffers. */
T(mlpi_batch)
T(mlpi_batch_gather)(const mlp_trainer *trainer, const mlp_data *data, const int64_t *numbers, int64_t count);

/* Samples first .. first + count - 1 of a batch. */
T(mlpi_batch) T(mlpi_batch_part)(const T(mlpi_batch) *all, int64_t first, int64_t count);

/* Whether inputs and targets, as far as the loss looks at them, are finite. */
int T(mlpi_batch_is_finite)(const mlp_trainer *trainer, const T(mlpi_batch) *batch);

/*
 * The batch; or without its samples that are not finite, where the trainer is to skip them and some are: `rest`, in the trainer's
 * buffers, which may hold the batch already. Its count is 0 where nothing with a weight is left.
 */
const T(mlpi_batch) *T(mlpi_batch_skip)(const mlp_trainer *trainer, const T(mlpi_batch) *batch,
                                        T(mlpi_batch) *rest);

/*
 * One pass over the data, or the rest of one that was ended early. `*loss` becomes the mean loss over all samples of the pass's
 * steps, which are not all there are where the status is not MLP_OK; left alone where there are none.
 */
mlp_status T(mlpi_trainer_epoch)(mlp_trainer *trainer, const mlp_data *data, double *loss);

/* Mean loss and, for labels, accuracy (else NaN) on a data set. */
mlp_status T(mlpi_trainer_evaluate)(mlp_trainer *trainer, const mlp_data *data, double *loss,
                                    double *accuracy);

/* A metric of the trainer's model on a data set that has what it compares with. */
mlp_status T(mlpi_trainer_metric)(mlp_trainer *trainer, const mlp_data *data, const mlpi_metric *metric,
                                  double parameter, double *value);

/* Adds a data set to counts as those of mlpi_confusion_add. On failure they mean nothing. */
mlp_status T(mlpi_trainer_confusion)(mlp_trainer *trainer, const mlp_data *data, double bound,
                                     int64_t *counts);

/* A_l and b_l of every layer in `whole`, which has the layout of the parameters. */
void T(mlpi_trainer_aim)(const mlp_trainer *trainer, void *whole, mlpi_gradient *parts);
