/**
 * @file
 * The library's typed functions behind one name each, for arrays whose number type is known only at run time.
 */
#ifndef CLI_TYPED_H
#define CLI_TYPED_H

#include <mlp/mlp.h>

/** Bytes of a value. */
int64_t typed_size(mlp_dtype dtype);

/** Element @p i of an array. */
double typed_get(mlp_dtype dtype, const void *array, int64_t i);

/** Set element @p i of an array to @p value, rounded to the array's type. */
void typed_put(mlp_dtype dtype, void *array, int64_t i, double value);

/** Address of element @p i of an array. */
void *typed_at(mlp_dtype dtype, void *array, int64_t i);

/** mlp_forward_*() on arrays without padding. */
mlp_status typed_forward(const mlp_model *model, mlp_workspace *workspace, int64_t batch, const void *x,
                         void *y);

/** mlp_predict_*() on arrays without padding. */
mlp_status typed_predict(const mlp_model *model, mlp_workspace *workspace, int64_t batch, const void *x,
                         void *y);

/** mlp_loss_evaluate_labels_*(): the value alone. */
mlp_status typed_loss_labels(mlp_dtype dtype, mlp_loss loss, int64_t batch, int64_t n, const void *y,
                             const int32_t *labels, double *value);

/** mlp_loss_evaluate_*(): the value alone. */
mlp_status typed_loss(mlp_dtype dtype, mlp_loss loss, int64_t batch, int64_t n, const void *y, const void *t,
                      double *value);

/** mlp_metric_evaluate_*(): the root of the mean squared error. */
mlp_status typed_rmse(mlp_dtype dtype, int64_t batch, int64_t n, const void *y, const void *t, double *value);

/** mlp_metric_confusion_labels_*(). */
mlp_status typed_confusion(mlp_dtype dtype, int64_t batch, int64_t n, const void *y, const int32_t *labels,
                           int64_t *counts);

/** mlp_data_borrow_inputs_*() of an array without padding. */
mlp_status typed_borrow_inputs(mlp_data *data, int64_t n_in, const void *x);

/** mlp_data_borrow_targets_*() of an array without padding. */
mlp_status typed_borrow_targets(mlp_data *data, int64_t n_out, const void *t);

/** mlp_model_set_input_scaling_*(). */
mlp_status typed_set_input_scaling(mlp_model *model, const void *scale, const void *shift);

/** mlp_model_get_input_scaling_*(). */
mlp_status typed_get_input_scaling(const mlp_model *model, void *scale, void *shift);

/** mlp_model_get_output_scaling_*(). */
mlp_status typed_get_output_scaling(const mlp_model *model, void *scale, void *shift);

#endif
