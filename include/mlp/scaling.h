/**
 * @file
 * Scaling learnt from data: fitted to a data set, kept in the model, so that it takes and gives the user's units.
 *
 * Fit before mlp_trainer_create(), which copies the model, scaling and all. Fit to the training data alone: what validation
 * and test data look like must not leak into the model.
 */
#ifndef MLP_SCALING_H
#define MLP_SCALING_H

#include "data.h"
#include "model.h"

MLP_BEGIN_DECLS

/** What a scaling makes of each feature of the data: one of the constants below. */
typedef int32_t mlp_scaling;

/** mean 0 and deviation 1; the variance is sum_s w_s (x_s - mean)^2 / sum_s w_s */
#define MLP_SCALING_STANDARD ((mlp_scaling)1)
/** the least value becomes -1, the largest 1 */
#define MLP_SCALING_MIN_MAX ((mlp_scaling)2)

/** The name of a scaling: "standard" or "min_max"; NULL for an unknown constant. @since 0.1 */
MLP_API const char *mlp_scaling_name(mlp_scaling scaling);

/** The scaling of a name; 0 if @p name is NULL or unknown. @since 0.1 */
MLP_API mlp_scaling mlp_scaling_from_name(const char *name);

/**
 * Fit the scaling of the inputs to a data set: y_0 = (x - c) / r, feature by feature, with c and r its mean and deviation or
 * the middle and half the width of its range. Set as by mlp_model_set_input_scaling_f32(), over what was set.
 *
 * Of a constant feature, one whose values differ in no more than the last three bits, r is 1. Samples of weight 0 take no
 * part. Two passes over the data, with sums in double; allocates 64 bytes a feature meanwhile.
 *
 * @param model    the model
 * @param data     of the model's number type, with inputs of its width
 * @param scaling  what to fit
 * @retval MLP_ERR_ARGUMENT  a NULL pointer or unknown scaling
 * @retval MLP_ERR_DTYPE     the data set has another number type than the model
 * @retval MLP_ERR_STATE     it has no inputs
 * @retval MLP_ERR_SIZE      they do not have the model's n_0 features
 * @retval MLP_ERR_NUMERIC   a value is not finite, the message naming its sample, or the scaling would not be
 * @retval MLP_ERR_MEMORY    no memory
 * @since 0.1
 */
MLP_API mlp_status mlp_model_fit_input_scaling(mlp_model *model, const mlp_data *data, mlp_scaling scaling);

/**
 * The same for the outputs and the targets: y = c + r y_L, so that the network itself learns scaled targets.
 *
 * @param model    the model
 * @param data     of the model's number type, with targets of its width
 * @param scaling  what to fit
 * @retval MLP_ERR_ARGUMENT  a NULL pointer or unknown scaling
 * @retval MLP_ERR_DTYPE     the data set has another number type than the model
 * @retval MLP_ERR_STATE     it has no targets
 * @retval MLP_ERR_SIZE      they do not have the model's n_L values a sample
 * @retval MLP_ERR_NUMERIC   a value is not finite, the message naming its sample, or the scaling would not be
 * @retval MLP_ERR_MEMORY    no memory
 * @since 0.1
 */
MLP_API mlp_status mlp_model_fit_output_scaling(mlp_model *model, const mlp_data *data, mlp_scaling scaling);

MLP_END_DECLS

#endif
