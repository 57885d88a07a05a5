#include "typed.h"

#include <stddef.h>

int64_t typed_size(mlp_dtype dtype)
{
    return dtype == MLP_F64 ? (int64_t)sizeof(double) : (int64_t)sizeof(float);
}

double typed_get(mlp_dtype dtype, const void *array, int64_t i)
{
    return dtype == MLP_F64 ? ((const double *)array)[i] : (double)((const float *)array)[i];
}

void typed_put(mlp_dtype dtype, void *array, int64_t i, double value)
{
    if (dtype == MLP_F64)
        ((double *)array)[i] = value;
    else
        ((float *)array)[i] = (float)value;
}

void *typed_at(mlp_dtype dtype, void *array, int64_t i)
{
    return (char *)array + i * typed_size(dtype);
}

mlp_status typed_forward(const mlp_model *model, mlp_workspace *workspace, int64_t batch, const void *x,
                         void *y)
{
    int64_t ldx = mlp_model_width(model, 0), ldy = mlp_model_width(model, mlp_model_layer_count(model));

    return mlp_model_dtype(model) == MLP_F64 ? mlp_forward_f64(model, workspace, batch, x, ldx, y, ldy)
                                             : mlp_forward_f32(model, workspace, batch, x, ldx, y, ldy);
}

mlp_status typed_predict(const mlp_model *model, mlp_workspace *workspace, int64_t batch, const void *x,
                         void *y)
{
    int64_t ldx = mlp_model_width(model, 0), ldy = mlp_model_width(model, mlp_model_layer_count(model));

    return mlp_model_dtype(model) == MLP_F64 ? mlp_predict_f64(model, workspace, batch, x, ldx, y, ldy)
                                             : mlp_predict_f32(model, workspace, batch, x, ldx, y, ldy);
}

mlp_status typed_loss_labels(mlp_dtype dtype, mlp_loss loss, int64_t batch, int64_t n, const void *y,
                             const int32_t *labels, double *value)
{
    return dtype == MLP_F64
               ? mlp_loss_evaluate_labels_f64(loss, batch, n, y, n, labels, NULL, value, NULL, n)
               : mlp_loss_evaluate_labels_f32(loss, batch, n, y, n, labels, NULL, value, NULL, n);
}

mlp_status typed_loss(mlp_dtype dtype, mlp_loss loss, int64_t batch, int64_t n, const void *y, const void *t,
                      double *value)
{
    return dtype == MLP_F64 ? mlp_loss_evaluate_f64(loss, batch, n, y, n, t, n, NULL, value, NULL, n)
                            : mlp_loss_evaluate_f32(loss, batch, n, y, n, t, n, NULL, value, NULL, n);
}

mlp_status typed_rmse(mlp_dtype dtype, int64_t batch, int64_t n, const void *y, const void *t, double *value)
{
    return dtype == MLP_F64 ? mlp_metric_evaluate_f64(MLP_METRIC_RMSE, 0, batch, n, y, n, t, n, NULL, value)
                            : mlp_metric_evaluate_f32(MLP_METRIC_RMSE, 0, batch, n, y, n, t, n, NULL, value);
}

mlp_status typed_confusion(mlp_dtype dtype, int64_t batch, int64_t n, const void *y, const int32_t *labels,
                           int64_t *counts)
{
    return dtype == MLP_F64 ? mlp_metric_confusion_labels_f64(0, batch, n, y, n, labels, counts)
                            : mlp_metric_confusion_labels_f32(0, batch, n, y, n, labels, counts);
}

mlp_status typed_borrow_inputs(mlp_data *data, int64_t n_in, const void *x)
{
    return mlp_data_dtype(data) == MLP_F64 ? mlp_data_borrow_inputs_f64(data, n_in, x, n_in)
                                           : mlp_data_borrow_inputs_f32(data, n_in, x, n_in);
}

mlp_status typed_borrow_targets(mlp_data *data, int64_t n_out, const void *t)
{
    return mlp_data_dtype(data) == MLP_F64 ? mlp_data_borrow_targets_f64(data, n_out, t, n_out)
                                           : mlp_data_borrow_targets_f32(data, n_out, t, n_out);
}

mlp_status typed_set_input_scaling(mlp_model *model, const void *scale, const void *shift)
{
    return mlp_model_dtype(model) == MLP_F64 ? mlp_model_set_input_scaling_f64(model, scale, shift)
                                             : mlp_model_set_input_scaling_f32(model, scale, shift);
}

mlp_status typed_get_input_scaling(const mlp_model *model, void *scale, void *shift)
{
    return mlp_model_dtype(model) == MLP_F64 ? mlp_model_get_input_scaling_f64(model, scale, shift)
                                             : mlp_model_get_input_scaling_f32(model, scale, shift);
}

mlp_status typed_get_output_scaling(const mlp_model *model, void *scale, void *shift)
{
    return mlp_model_dtype(model) == MLP_F64 ? mlp_model_get_output_scaling_f64(model, scale, shift)
                                             : mlp_model_get_output_scaling_f32(model, scale, shift);
}
