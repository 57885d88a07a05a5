/**
 * @file
 * Objectives of your own: steps of a trainer on any function of the parameters, such as physics-informed losses of several
 * terms.
 */
#ifndef MLP_OBJECTIVE_H
#define MLP_OBJECTIVE_H

#include "trainer.h"

MLP_BEGIN_DECLS

/**
 * An objective of your own: a loss that is a function of the parameters, and its gradient.
 *
 * Called on the thread that steps, with no lock held. It may evaluate the model with workspaces of its own, and call
 * anything else but what would change the trainer, which fails with MLP_ERR_STATE. It must not change the model, which is
 * the trainer's own, keep it, or unwind. The same parameters must give the same loss and gradient.
 *
 * @param model      at the parameters in question
 * @param params     mlp_model_param_count()
 * @param theta_bar  params values in parameter order, zeros on entry: receives the gradient
 * @param loss       receives the loss
 * @param context    as handed to the step
 * @return 0; any other value makes the step fail with MLP_ERR_CALLBACK
 */
typedef int32_t (*mlp_objective_fn_f32)(const mlp_model *model, int64_t params, float *theta_bar,
                                        double *loss, void *context);

/** @copydoc mlp_objective_fn_f32 */
typedef int32_t (*mlp_objective_fn_f64)(const mlp_model *model, int64_t params, double *theta_bar,
                                        double *loss, void *context);

/**
 * One step of any optimizer on an objective of your own: physics-informed losses of several terms, for one. Those that step
 * along a gradient call it once, MLP_LBFGS and MLP_BFGS as often as their line search looks.
 *
 * @param trainer   prepared, f32; no batch of its own is used
 * @param function  the objective
 * @param context   handed to it
 * @param loss      receives the loss before the step; NULL to skip
 * @retval MLP_ERR_ARGUMENT  a NULL pointer
 * @retval MLP_ERR_DTYPE     the trainer's model is f64
 * @retval MLP_ERR_STATE     not prepared, or called from a callback of the trainer
 * @retval MLP_ERR_NUMERIC   loss or gradient are not finite where the step begins: no parameter has changed
 * @retval MLP_ERR_CALLBACK  @p function failed: no parameter has changed
 * @retval MLP_ERR_UNSUPPORTED  the optimizer needs samples, as those of least squares do; or penalties, clipping or rates of
 *                              layers (loop.h) with MLP_LBFGS or MLP_BFGS
 * @since 0.1
 */
MLP_API mlp_status mlp_trainer_step_objective_f32(mlp_trainer *trainer, mlp_objective_fn_f32 function,
                                                  void *context, double *loss);

/** @copydoc mlp_trainer_step_objective_f32 */
MLP_API mlp_status mlp_trainer_step_objective_f64(mlp_trainer *trainer, mlp_objective_fn_f64 function,
                                                  void *context, double *loss);

/**
 * Several such steps, to the same bits. What a method has evaluated at the end of one step is not evaluated again at the begin
 * of the next, which saves about half of the calls. The callback is told of every step, with 0 samples.
 *
 * @param trainer   prepared, f32
 * @param steps     >= 1
 * @param function  the objective
 * @param context   handed to it
 * @param loss      receives the loss before the last step; left alone if a stop came before the first; NULL to skip
 * @return MLP_OK, or MLP_STOPPED where the callback or mlp_trainer_cancel() ended it
 * @retval MLP_ERR_ARGUMENT  a NULL pointer
 * @retval MLP_ERR_SIZE      @p steps is out of range
 * @retval MLP_ERR_DTYPE     the trainer's model is f64
 * @retval MLP_ERR_STATE     not prepared, or called from a callback of the trainer
 * @retval MLP_ERR_NUMERIC   loss or gradient are not finite where a step begins: completed steps stand
 * @retval MLP_ERR_CALLBACK  @p function failed: completed steps stand
 * @retval MLP_ERR_UNSUPPORTED  the optimizer needs samples, as those of least squares do; or penalties, clipping or rates of
 *                              layers (loop.h) with MLP_LBFGS or MLP_BFGS
 * @since 0.1
 */
MLP_API mlp_status mlp_trainer_run_objective_f32(mlp_trainer *trainer, int64_t steps,
                                                 mlp_objective_fn_f32 function, void *context, double *loss);

/** @copydoc mlp_trainer_run_objective_f32 */
MLP_API mlp_status mlp_trainer_run_objective_f64(mlp_trainer *trainer, int64_t steps,
                                                 mlp_objective_fn_f64 function, void *context, double *loss);

MLP_END_DECLS

#endif
