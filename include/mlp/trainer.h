/**
 * @file
 * Training: a trainer holds its own copy of a model and improves it, step by step or epoch by epoch.
 *
 * Create, set options, prepare, then step; fetch the parameters at any time with mlp_trainer_get_model(), so readers of
 * the model you serve are never disturbed. Threads: one caller at a time; mlp_trainer_cancel() from any thread or
 * signal handler. The same seed, data and calls give the same bits for every thread count (native engine), or for
 * one BLAS, core and BLAS thread count (engine = blas).
 */
#ifndef MLP_TRAINER_H
#define MLP_TRAINER_H

#include "data.h"
#include "diff.h"
#include "jet.h"
#include "loss.h"
#include "optimizer.h"

MLP_BEGIN_DECLS

/** A training run: model, optimizer state, options, random state, counters. */
typedef struct mlp_trainer mlp_trainer;

/** int: an mlp_optimizer; default MLP_SGD; structural */
#define MLP_TRAINER_OPTIMIZER ((mlp_trainer_option)1)
/** int: an mlp_loss, constant or id, kept from mlp_trainer_prepare() on; default MLP_SQUARED_ERROR; structural */
#define MLP_TRAINER_LOSS ((mlp_trainer_option)2)
/**
 * int: samples per step of an epoch; default 0: the prepared maximum; methods, MLP_LBFGS and what follows it, take all of
 * the data set
 */
#define MLP_TRAINER_BATCH ((mlp_trainer_option)3)
/** int: epochs of mlp_trainer_run(); default 10 */
#define MLP_TRAINER_EPOCHS ((mlp_trainer_option)4)
/** int: seed of the shuffling; default 0 */
#define MLP_TRAINER_SEED ((mlp_trainer_option)5)
/** int: 1 shuffles every epoch, 0 keeps the order; default 1 */
#define MLP_TRAINER_SHUFFLE ((mlp_trainer_option)6)
/**
 * real: rate; default 0.01; may change between steps; of MLP_RPROP the first step size, and after it the rate of weight
 * decay; of MLP_LBFGS and MLP_BFGS the length |theta_1 - theta_0| of the first step tried while nothing is known of the
 * Hessian
 */
#define MLP_TRAINER_LEARNING_RATE ((mlp_trainer_option)7)
/** int: an mlp_engine; default MLP_ENGINE_AUTO; structural */
#define MLP_TRAINER_ENGINE ((mlp_trainer_option)12)
/** int: an mlp_cpu, for the native engine; default MLP_CPU_AUTO; structural */
#define MLP_TRAINER_CPU ((mlp_trainer_option)13)
/**
 * int: streams of every sample that steps on derivatives have room for, as in MLP_USE_STREAM: 2 K for K directions, n_0 + 1
 * for Laplacians; default 0: no such steps; structural
 */
#define MLP_TRAINER_STREAMS ((mlp_trainer_option)14)

/**
 * int: 1 lets epochs and steps on batches leave out samples whose inputs or targets are not all finite, as if they were not
 * there; 0 refuses a step with such a sample; default 0. The others' bits are those of the batch without them; one without
 * a sample of weight left takes no step. See mlp_trainer_skipped_count(). Costs one more look at the batch. Evaluation,
 * steps on derivatives, and epochs of methods that look at more than the prepared maximum at once leave out nothing
 */
#define MLP_TRAINER_SKIP_NONFINITE ((mlp_trainer_option)19)

/** set and read with mlp_trainer_set_int() and mlp_trainer_get_int() */
#define MLP_OPTION_INT ((int32_t)1)
/** set and read with mlp_trainer_set_real() and mlp_trainer_get_real() */
#define MLP_OPTION_REAL ((int32_t)2)

/** The name of an option, such as "learning_rate"; NULL for an unknown constant. @since 0.1 */
MLP_API const char *mlp_trainer_option_name(mlp_trainer_option option);

/** The option of a name; 0 if @p name is NULL or unknown. @since 0.1 */
MLP_API mlp_trainer_option mlp_trainer_option_from_name(const char *name);

/**
 * Kind, default and bounds (inclusive) of an option.
 *
 * @param option         a constant
 * @param kind           receives MLP_OPTION_INT or MLP_OPTION_REAL; may be NULL
 * @param default_value  receives the default; may be NULL
 * @param minimum        receives the least allowed value; may be NULL
 * @param maximum        receives the largest allowed value; may be NULL
 * @retval MLP_ERR_ARGUMENT  @p option is unknown
 * @since 0.1
 */
MLP_API mlp_status mlp_trainer_option_info(mlp_trainer_option option, int32_t *kind, double *default_value,
                                           double *minimum, double *maximum);

/**
 * Create a trainer with a copy of @p model.
 *
 * @param model    where to start; copied
 * @param trainer  receives the trainer, to be freed by mlp_trainer_destroy(); NULL on failure
 * @retval MLP_ERR_ARGUMENT  a NULL pointer
 * @retval MLP_ERR_MEMORY    no memory
 * @since 0.1
 */
MLP_API mlp_status mlp_trainer_create(const mlp_model *model, mlp_trainer **trainer);

/** Free a trainer; NULL is fine. @since 0.1 */
MLP_API void mlp_trainer_destroy(mlp_trainer *trainer);

/**
 * Set an option of kind int. A structural option can be set only before mlp_trainer_prepare(); after it MLP_TRAINER_BATCH
 * can be at most the prepared maximum.
 *
 * @retval MLP_ERR_ARGUMENT  a NULL pointer, an unknown option or one of kind real, or a value out of bounds or an unknown loss
 * @retval MLP_ERR_STATE     a structural option after mlp_trainer_prepare()
 * @since 0.1
 */
MLP_API mlp_status mlp_trainer_set_int(mlp_trainer *trainer, mlp_trainer_option option, int64_t value);

/**
 * Set an option of kind real. A structural option can be set only before mlp_trainer_prepare().
 *
 * @retval MLP_ERR_ARGUMENT  a NULL pointer, an unknown option or one of kind int, or a value out of bounds
 * @retval MLP_ERR_STATE     a structural option after mlp_trainer_prepare()
 * @since 0.1
 */
MLP_API mlp_status mlp_trainer_set_real(mlp_trainer *trainer, mlp_trainer_option option, double value);

/**
 * Read an option of kind int.
 *
 * @retval MLP_ERR_ARGUMENT  a NULL pointer, or an unknown option or one of kind real
 * @since 0.1
 */
MLP_API mlp_status mlp_trainer_get_int(const mlp_trainer *trainer, mlp_trainer_option option, int64_t *value);

/**
 * Read an option of kind real.
 *
 * @retval MLP_ERR_ARGUMENT  a NULL pointer, or an unknown option or one of kind int
 * @since 0.1
 */
MLP_API mlp_status mlp_trainer_get_real(const mlp_trainer *trainer, mlp_trainer_option option, double *value);

/** a step is done; loss is that of its batch, before the step */
#define MLP_EVENT_STEP ((int32_t)1)
/** an epoch is done, once for each; loss is the mean over its steps, weighted as the samples are */
#define MLP_EVENT_EPOCH ((int32_t)2)

/**
 * Told of progress, on the calling thread with no lock held. It may call mlp_trainer_get_model(), mlp_trainer_save(),
 * mlp_trainer_cancel() and queries of this trainer, and anything on other objects; calls that would change the trainer fail
 * with MLP_ERR_STATE. It must not destroy the trainer or unwind.
 *
 * @param event    MLP_EVENT_STEP or MLP_EVENT_EPOCH
 * @param epoch    epochs finished before this one
 * @param step     steps taken by the trainer so far
 * @param samples  samples seen in this epoch so far
 * @param loss     see the events
 * @param context  as set
 * @return 0 to go on; any other value ends the call with MLP_STOPPED
 */
typedef int32_t (*mlp_trainer_fn)(int32_t event, int64_t epoch, int64_t step, int64_t samples, double loss,
                                  void *context);

/**
 * Set the function mlp_trainer_epoch(), mlp_trainer_run() and mlp_trainer_run_objective_f32() tell of progress.
 *
 * @param trainer   the trainer
 * @param function  the callback; NULL for none
 * @param context   handed to it
 * @param release   called once with @p context when the callback is replaced or the trainer destroyed; may be NULL
 * @retval MLP_ERR_ARGUMENT  @p trainer is NULL; @p release is not called
 * @retval MLP_ERR_STATE     called from the callback; @p release is not called
 * @since 0.1
 */
MLP_API mlp_status mlp_trainer_set_callback(mlp_trainer *trainer, mlp_trainer_fn function, void *context,
                                            mlp_release_fn release);

/**
 * Check the options and allocate all that steps need; afterwards steps allocate nothing. May be called again, for another
 * maximum: optimizer state and counters stay.
 *
 * @param trainer    the trainer
 * @param max_batch  the largest batch of a step, 1 .. 2^31 - 1
 * @param threads    the most threads of the library's own, 1 .. 1024, the caller's included; used where a step is worth it
 * @retval MLP_ERR_ARGUMENT  a NULL pointer, options that contradict each other, or a loss no longer registered
 * @retval MLP_ERR_SIZE      a number out of range, an odd number of outputs for MLP_GAUSSIAN_NLL, or too many parameters
 *                           for the optimizer
 * @retval MLP_ERR_STATE     called from the trainer's callback
 * @retval MLP_ERR_UNSUPPORTED  a registered activation or loss has no first derivative, the processor lacks MLP_TRAINER_CPU,
 *                              MLP_TRAINER_DROPOUT is wanted where it cannot be, or the optimizer is not for this loss
 * @retval MLP_ERR_MEMORY    no memory; the trainer is as before
 * @since 0.1
 */
MLP_API mlp_status mlp_trainer_prepare(mlp_trainer *trainer, int64_t max_batch, int32_t threads);

/**
 * One step on your own batch: forward, loss, gradient, update. With a registered loss or activation it is made of a forward
 * pass, the loss and a vjp, so that callbacks run on the calling thread; else the threads share all of it.
 *
 * @param trainer  prepared, f32
 * @param batch    1 .. the prepared maximum
 * @param x        n_0 x batch inputs, column-major
 * @param ldx      leading dimension, >= n_0
 * @param t        n_L x batch targets
 * @param ldt      leading dimension, >= n_L
 * @param weights  batch values >= 0 with a sum > 0; NULL for all 1
 * @param loss     receives the loss before the step; left alone where MLP_TRAINER_SKIP_NONFINITE leaves none; NULL to skip
 * @retval MLP_ERR_ARGUMENT  a NULL pointer or bad weights
 * @retval MLP_ERR_SIZE      a size is out of range
 * @retval MLP_ERR_DTYPE     the trainer's model is f64
 * @retval MLP_ERR_STATE     not prepared
 * @retval MLP_ERR_NUMERIC   the inputs, targets, loss or gradient are not finite: no parameter has changed
 * @retval MLP_ERR_UNSUPPORTED  penalties, clipping or rates of layers (loop.h) with an optimizer that looks at all data in
 *                              a step
 * @retval MLP_ERR_CALLBACK  a registered activation or loss failed: no parameter has changed
 * @since 0.1
 */
MLP_API mlp_status mlp_trainer_step_f32(mlp_trainer *trainer, int64_t batch, const float *x, int64_t ldx,
                                        const float *t, int64_t ldt, const float *weights, double *loss);

/** @copydoc mlp_trainer_step_f32 */
MLP_API mlp_status mlp_trainer_step_f64(mlp_trainer *trainer, int64_t batch, const double *x, int64_t ldx,
                                        const double *t, int64_t ldt, const double *weights, double *loss);

/**
 * The same with a class label per sample: label c stands for t = e_c.
 *
 * @param trainer  prepared, f32
 * @param batch    1 .. the prepared maximum
 * @param x        n_0 x batch inputs, column-major
 * @param ldx      leading dimension, >= n_0
 * @param labels   batch values 0 .. n_L - 1
 * @param weights  batch values >= 0 with a sum > 0; NULL for all 1
 * @param loss     receives the loss before the step; left alone where MLP_TRAINER_SKIP_NONFINITE leaves none; NULL to skip
 * @retval MLP_ERR_ARGUMENT  a NULL pointer, a label out of range or bad weights
 * @retval MLP_ERR_SIZE      a size is out of range
 * @retval MLP_ERR_DTYPE     the trainer's model is f64
 * @retval MLP_ERR_STATE     not prepared
 * @retval MLP_ERR_NUMERIC   the inputs, loss or gradient are not finite: no parameter has changed
 * @retval MLP_ERR_UNSUPPORTED  penalties, clipping or rates of layers (loop.h) with an optimizer that looks at all data in
 *                              a step
 * @retval MLP_ERR_CALLBACK  a registered activation or loss failed: no parameter has changed
 * @since 0.1
 */
MLP_API mlp_status mlp_trainer_step_labels_f32(mlp_trainer *trainer, int64_t batch, const float *x,
                                               int64_t ldx, const int32_t *labels, const float *weights,
                                               double *loss);

/** @copydoc mlp_trainer_step_labels_f32 */
MLP_API mlp_status mlp_trainer_step_labels_f64(mlp_trainer *trainer, int64_t batch, const double *x,
                                               int64_t ldx, const int32_t *labels, const double *weights,
                                               double *loss);

/**
 * A loss of y and its derivatives along directions: what a step on derivatives minimises.
 *
 * Called once in each step, on the thread that steps, with no lock held. It may call anything that does not use the
 * trainer, and must not unwind. All arrays are compact, column-major, and the caller's for the time of the call alone.
 *
 * @param batch       samples
 * @param n           n_L
 * @param directions  K, or n_0 in a step on Laplacians
 * @param y           n_L x batch
 * @param y1          n_L x (K batch) first derivatives, column s K + k that of direction k of sample s
 * @param y2          n_L x (K batch) second derivatives; n_L x batch Laplacians in a step on those
 * @param y_bar       as y, zeros on entry: receives dloss/dy
 * @param y1_bar      as y1, zeros on entry: receives dloss/dy1
 * @param y2_bar      as y2, zeros on entry: receives dloss/dy2
 * @param loss        receives the loss
 * @param context     as handed to the step
 * @return 0; any other value makes the step fail with MLP_ERR_CALLBACK
 */
typedef int32_t (*mlp_jet_loss_fn_f32)(int64_t batch, int64_t n, int64_t directions, const float *y,
                                       const float *y1, const float *y2, float *y_bar, float *y1_bar,
                                       float *y2_bar, double *loss, void *context);

/** @copydoc mlp_jet_loss_fn_f32 */
typedef int32_t (*mlp_jet_loss_fn_f64)(int64_t batch, int64_t n, int64_t directions, const double *y,
                                       const double *y1, const double *y2, double *y_bar, double *y1_bar,
                                       double *y2_bar, double *loss, void *context);

/**
 * One step on a loss of y and its first and second derivatives along directions of x: residuals of differential equations,
 * Sobolev training. The step is that of mlp_trainer_apply_gradient_f32() on the gradient mlp_jet_vjp_f32() gives.
 *
 * @param trainer     prepared with MLP_TRAINER_STREAMS, f32
 * @param batch       1 .. the prepared maximum
 * @param x           n_0 x batch inputs, column-major
 * @param ldx         leading dimension, >= n_0
 * @param directions  K, as for mlp_jet_f32(); 2 K streams
 * @param v           as for mlp_jet_f32()
 * @param ldv         as for mlp_jet_f32()
 * @param stride      as for mlp_jet_f32()
 * @param function    the loss
 * @param context     handed to it
 * @param loss        receives the loss before the step; NULL to skip
 * @retval MLP_ERR_ARGUMENT     a NULL pointer, or @p v NULL and K not n_0
 * @retval MLP_ERR_SIZE         a size is out of range, or the streams have no room
 * @retval MLP_ERR_DTYPE        the trainer's model is f64
 * @retval MLP_ERR_STATE        not prepared, or without MLP_TRAINER_STREAMS
 * @retval MLP_ERR_NUMERIC      the inputs, loss or gradient are not finite: no parameter has changed
 * @retval MLP_ERR_UNSUPPORTED  a registered activation has no third derivative, or the optimizer does not step from a
 *                              gradient alone
 * @retval MLP_ERR_CALLBACK     @p function or a registered activation failed: no parameter has changed
 * @since 0.1
 */
MLP_API mlp_status mlp_trainer_step_jet_f32(mlp_trainer *trainer, int64_t batch, const float *x, int64_t ldx,
                                            int64_t directions, const float *v, int64_t ldv, int64_t stride,
                                            mlp_jet_loss_fn_f32 function, void *context, double *loss);

/** @copydoc mlp_trainer_step_jet_f32 */
MLP_API mlp_status mlp_trainer_step_jet_f64(mlp_trainer *trainer, int64_t batch, const double *x, int64_t ldx,
                                            int64_t directions, const double *v, int64_t ldv, int64_t stride,
                                            mlp_jet_loss_fn_f64 function, void *context, double *loss);

/**
 * The same on a loss of y, dy/dx and the Laplacian, or another weighted sum of second derivatives: y1 is dy/dx with K = n_0
 * directions, y2 the n_L x batch Laplacians; n_0 + 1 streams.
 *
 * @param trainer   prepared with MLP_TRAINER_STREAMS, f32
 * @param batch     1 .. the prepared maximum
 * @param x         n_0 x batch inputs, column-major
 * @param ldx       leading dimension, >= n_0
 * @param weights   as for mlp_laplacian_f32()
 * @param function  the loss
 * @param context   handed to it
 * @param loss      receives the loss before the step; NULL to skip
 * @retval MLP_ERR_ARGUMENT     a NULL pointer, or a weight that is not finite
 * @retval MLP_ERR_SIZE         a size is out of range, or the streams have no room
 * @retval MLP_ERR_DTYPE        the trainer's model is f64
 * @retval MLP_ERR_STATE        not prepared, or without MLP_TRAINER_STREAMS
 * @retval MLP_ERR_NUMERIC      the inputs, loss or gradient are not finite: no parameter has changed
 * @retval MLP_ERR_UNSUPPORTED  a registered activation has no third derivative, or the optimizer does not step from a
 *                              gradient alone
 * @retval MLP_ERR_CALLBACK     @p function or a registered activation failed: no parameter has changed
 * @since 0.1
 */
MLP_API mlp_status mlp_trainer_step_laplacian_f32(mlp_trainer *trainer, int64_t batch, const float *x,
                                                  int64_t ldx, const float *weights,
                                                  mlp_jet_loss_fn_f32 function, void *context, double *loss);

/** @copydoc mlp_trainer_step_laplacian_f32 */
MLP_API mlp_status mlp_trainer_step_laplacian_f64(mlp_trainer *trainer, int64_t batch, const double *x,
                                                  int64_t ldx, const double *weights,
                                                  mlp_jet_loss_fn_f64 function, void *context, double *loss);

/**
 * Update the parameters from your own gradient (PDE losses, reinforcement learning, MPI).
 *
 * @param trainer    prepared, f32
 * @param theta_bar  mlp_model_param_count() values in parameter order
 * @retval MLP_ERR_ARGUMENT  a NULL pointer
 * @retval MLP_ERR_DTYPE     the trainer's model is f64
 * @retval MLP_ERR_STATE     not prepared
 * @retval MLP_ERR_NUMERIC   the gradient is not finite: no parameter has changed
 * @retval MLP_ERR_UNSUPPORTED  the optimizer does not step from a gradient alone: MLP_LBFGS and what follows it
 * @since 0.1
 */
MLP_API mlp_status mlp_trainer_apply_gradient_f32(mlp_trainer *trainer, const float *theta_bar);

/** @copydoc mlp_trainer_apply_gradient_f32 */
MLP_API mlp_status mlp_trainer_apply_gradient_f64(mlp_trainer *trainer, const double *theta_bar);

/**
 * One pass over a data set in steps of MLP_TRAINER_BATCH samples, the last one smaller, in an order drawn anew from
 * the seed and the epoch's number. Where the data set has fewer samples than that, it is one step on all of them, as it is by
 * methods, in their order.
 *
 * An epoch that was ended early, by a stop or a failure, does not count until it is finished: the next call goes on behind its
 * last step, if the data set has as many samples, and takes the same steps as if there had been no end. That may be none, after
 * a stop at the last step. On a data set of another size, or after another MLP_TRAINER_SEED or MLP_TRAINER_SHUFFLE was set, it
 * begins the epoch again.
 *
 * @param trainer  prepared
 * @param data     of the model's number type and widths, with targets or labels
 * @param loss     receives the mean loss over the samples of the epoch's steps, each before its step; left alone if there was
 *                 none; NULL to skip
 * @return MLP_OK; MLP_STOPPED where the callback or mlp_trainer_cancel() ended it; MLP_CONVERGED where MLP_TRAINER_PATIENCE is at its end
 * @retval MLP_ERR_ARGUMENT  a NULL pointer, or more classes than outputs
 * @retval MLP_ERR_SIZE      widths that do not match the model
 * @retval MLP_ERR_DTYPE     another number type than the model's
 * @retval MLP_ERR_STATE     not prepared, or the data set has no inputs or neither targets nor labels
 * @retval MLP_ERR_MEMORY    no memory for the order, once per data set size, for the best parameters, once, or for a longer
 *                           history: before the first step
 * @retval MLP_ERR_NUMERIC   inputs, targets, loss or gradient not finite: the message names the step; completed steps stand
 * @retval MLP_ERR_UNSUPPORTED  penalties, clipping or rates of layers (loop.h) with an optimizer that looks at all data in
 *                              a step
 * @retval MLP_ERR_CALLBACK  a registered activation or loss failed; completed steps stand
 * @since 0.1
 */
MLP_API mlp_status mlp_trainer_epoch(mlp_trainer *trainer, const mlp_data *data, double *loss);

/**
 * MLP_TRAINER_EPOCHS times mlp_trainer_epoch(): same arguments, results and errors; the loss is that of the last epoch. An
 * epoch that was ended early is finished first and counts as one.
 *
 * @since 0.1
 */
MLP_API mlp_status mlp_trainer_run(mlp_trainer *trainer, const mlp_data *data, double *loss);

/**
 * Loss, and for labels accuracy, of the trainer's parameters on a data set.
 *
 * @param trainer   prepared
 * @param data      of the model's number type and widths, with targets or labels
 * @param loss      receives the mean loss; NULL to skip
 * @param accuracy  receives the weighted fraction of samples whose largest output is at the label; NaN without labels; NULL
 *                  to skip
 * @retval MLP_ERR_ARGUMENT  a NULL pointer, or more classes than outputs
 * @retval MLP_ERR_SIZE      widths that do not match the model
 * @retval MLP_ERR_DTYPE     another number type than the model's
 * @retval MLP_ERR_STATE     not prepared, or the data set has no inputs or neither targets nor labels
 * @retval MLP_ERR_CALLBACK  a registered activation or loss failed
 * @since 0.1
 */
MLP_API mlp_status mlp_trainer_evaluate(mlp_trainer *trainer, const mlp_data *data, double *loss,
                                        double *accuracy);

/**
 * Copy the current parameters and scaling into a model of the same architecture, as mlp_model_copy_params() does.
 *
 * @retval MLP_ERR_ARGUMENT  a NULL pointer, or another architecture
 * @retval MLP_ERR_DTYPE     the models differ in number type
 * @since 0.1
 */
MLP_API mlp_status mlp_trainer_get_model(const mlp_trainer *trainer, mlp_model *model);

/**
 * Ask the running (or the next) mlp_trainer_epoch(), mlp_trainer_run() or mlp_trainer_run_objective_f32() to stop before its
 * next step, with MLP_STOPPED.
 * Safe from any thread and from signal handlers; NULL is fine.
 *
 * @since 0.1
 */
MLP_API void mlp_trainer_cancel(mlp_trainer *trainer);

/** Steps taken so far; 0 for NULL. @since 0.1 */
MLP_API int64_t mlp_trainer_step_count(const mlp_trainer *trainer);

/** Samples left out so far, by MLP_TRAINER_SKIP_NONFINITE, each time they came; 0 for NULL. @since 0.1 */
MLP_API int64_t mlp_trainer_skipped_count(const mlp_trainer *trainer);

/** Epochs finished so far; 0 for NULL. @since 0.1 */
MLP_API int64_t mlp_trainer_epoch_count(const mlp_trainer *trainer);

/**
 * A number the optimizer keeps, as the last step left it.
 *
 * @param trainer    prepared
 * @param statistic  a constant
 * @param value      receives the number; 0 before the first step
 * @retval MLP_ERR_ARGUMENT     a NULL pointer, or @p statistic is unknown
 * @retval MLP_ERR_STATE        not prepared
 * @retval MLP_ERR_UNSUPPORTED  the optimizer has no such number
 * @since 0.1
 */
MLP_API mlp_status mlp_trainer_get_statistic(const mlp_trainer *trainer, mlp_statistic statistic,
                                             double *value);

/**
 * The message of the last failure of a call on this trainer, from any thread.
 *
 * @return the message, "" if none has failed or for NULL; valid until the next failing call on the trainer
 * @since 0.1
 */
MLP_API const char *mlp_trainer_last_error(const mlp_trainer *trainer);

/**
 * Solve the last layer in closed form: the A_L and b_L that minimise sum_s |y(x_s) - t_s|^2, all else fixed.
 *
 * Least squares by LAPACK: gels (QR), or gelsd (SVD, minimum norm) where the last hidden layer's outputs with a column of ones
 * are rank-deficient, judged from the condition of R, or where there are fewer samples than unknowns. Allocates about
 * samples x (n_{L-1} + 1 + n_L) values. The workspace forgets its pass.
 *
 * @param model      f32, with the identity as output activation
 * @param workspace  of the model's architecture; batches of its maximum are used
 * @param samples    >= 1
 * @param x          n_0 x samples inputs, column-major
 * @param ldx        leading dimension, >= n_0
 * @param t          n_L x samples targets, in the user's units
 * @param ldt        leading dimension, >= n_L
 * @param rank       receives the effective rank, at most n_{L-1} + 1; NULL to skip
 * @retval MLP_ERR_ARGUMENT     a NULL pointer, or another architecture
 * @retval MLP_ERR_SIZE         a size is out of range
 * @retval MLP_ERR_DTYPE        @p model or @p workspace is f64
 * @retval MLP_ERR_STATE        the output activation is not the identity, or an output scale is 0
 * @retval MLP_ERR_NUMERIC      hidden outputs or targets are not finite, or the factorisation failed; the model is as before
 * @retval MLP_ERR_MEMORY       no memory; the model is as before
 * @retval MLP_ERR_CALLBACK     a registered activation or loss failed; the model is as before
 * @since 0.1
 */
MLP_API mlp_status mlp_model_fit_output_f32(mlp_model *model, mlp_workspace *workspace, int64_t samples,
                                            const float *x, int64_t ldx, const float *t, int64_t ldt,
                                            int64_t *rank);

/** @copydoc mlp_model_fit_output_f32 */
MLP_API mlp_status mlp_model_fit_output_f64(mlp_model *model, mlp_workspace *workspace, int64_t samples,
                                            const double *x, int64_t ldx, const double *t, int64_t ldt,
                                            int64_t *rank);

MLP_END_DECLS

#endif
