/* The same for what is done with data sets beside training on them. Append only. */
#include "pins.h"

static mlp_status (*const pin_data_get_inputs_f32)(const mlp_data *, int64_t, int64_t, float *,
                                                   int64_t) = mlp_data_get_inputs_f32;
static mlp_status (*const pin_data_get_inputs_f64)(const mlp_data *, int64_t, int64_t, double *,
                                                   int64_t) = mlp_data_get_inputs_f64;
static mlp_status (*const pin_data_get_targets_f32)(const mlp_data *, int64_t, int64_t, float *,
                                                    int64_t) = mlp_data_get_targets_f32;
static mlp_status (*const pin_data_get_targets_f64)(const mlp_data *, int64_t, int64_t, double *,
                                                    int64_t) = mlp_data_get_targets_f64;
static mlp_status (*const pin_data_get_labels)(const mlp_data *, int64_t, int64_t,
                                               int32_t *) = mlp_data_get_labels;
static mlp_status (*const pin_data_get_weights_f32)(const mlp_data *, int64_t, int64_t,
                                                    float *) = mlp_data_get_weights_f32;
static mlp_status (*const pin_data_get_weights_f64)(const mlp_data *, int64_t, int64_t,
                                                    double *) = mlp_data_get_weights_f64;
static mlp_status (*const pin_data_subset)(const mlp_data *, int64_t, const int64_t *,
                                           mlp_data **) = mlp_data_subset;
static mlp_status (*const pin_data_split)(const mlp_data *, int64_t, uint64_t, mlp_data **,
                                          mlp_data **) = mlp_data_split;
static mlp_status (*const pin_data_fold)(const mlp_data *, int64_t, int64_t, uint64_t, mlp_data **,
                                         mlp_data **) = mlp_data_fold;

static const char *(*const pin_scaling_name)(mlp_scaling) = mlp_scaling_name;
static mlp_scaling (*const pin_scaling_from_name)(const char *) = mlp_scaling_from_name;
static mlp_status (*const pin_model_fit_input_scaling)(mlp_model *, const mlp_data *,
                                                       mlp_scaling) = mlp_model_fit_input_scaling;
static mlp_status (*const pin_model_fit_output_scaling)(mlp_model *, const mlp_data *,
                                                        mlp_scaling) = mlp_model_fit_output_scaling;
static const char *(*const pin_metric_name)(mlp_metric) = mlp_metric_name;
static mlp_metric (*const pin_metric_from_name)(const char *) = mlp_metric_from_name;
static mlp_status (*const pin_metric_evaluate_f32)(mlp_metric, double, int64_t, int64_t, const float *,
                                                   int64_t, const float *, int64_t, const float *,
                                                   double *) = mlp_metric_evaluate_f32;
static mlp_status (*const pin_metric_evaluate_labels_f32)(mlp_metric, double, int64_t, int64_t, const float *,
                                                          int64_t, const int32_t *, const float *,
                                                          double *) = mlp_metric_evaluate_labels_f32;
static mlp_status (*const pin_metric_confusion_f32)(double, int64_t, int64_t, const float *, int64_t,
                                                    const float *, int64_t,
                                                    int64_t *) = mlp_metric_confusion_f32;
static mlp_status (*const pin_metric_confusion_labels_f32)(double, int64_t, int64_t, const float *, int64_t,
                                                           const int32_t *,
                                                           int64_t *) = mlp_metric_confusion_labels_f32;
static mlp_status (*const pin_metric_evaluate_f64)(mlp_metric, double, int64_t, int64_t, const double *,
                                                   int64_t, const double *, int64_t, const double *,
                                                   double *) = mlp_metric_evaluate_f64;
static mlp_status (*const pin_metric_evaluate_labels_f64)(mlp_metric, double, int64_t, int64_t,
                                                          const double *, int64_t, const int32_t *,
                                                          const double *,
                                                          double *) = mlp_metric_evaluate_labels_f64;
static mlp_status (*const pin_metric_confusion_f64)(double, int64_t, int64_t, const double *, int64_t,
                                                    const double *, int64_t,
                                                    int64_t *) = mlp_metric_confusion_f64;
static mlp_status (*const pin_metric_confusion_labels_f64)(double, int64_t, int64_t, const double *, int64_t,
                                                           const int32_t *,
                                                           int64_t *) = mlp_metric_confusion_labels_f64;
static mlp_status (*const pin_trainer_metric)(mlp_trainer *, const mlp_data *, mlp_metric, double,
                                              double *) = mlp_trainer_metric;
static mlp_status (*const pin_trainer_confusion)(mlp_trainer *, const mlp_data *, double,
                                                 int64_t *) = mlp_trainer_confusion;
static mlp_status (*const pin_data_apply_class_weights_f32)(mlp_data *,
                                                            const float *) = mlp_data_apply_class_weights_f32;
static mlp_status (*const pin_data_apply_class_weights_f64)(mlp_data *, const double *) =
    mlp_data_apply_class_weights_f64;
static mlp_status (*const pin_data_balance_classes)(mlp_data *) = mlp_data_balance_classes;
static int64_t (*const pin_trainer_skipped_count)(const mlp_trainer *) = mlp_trainer_skipped_count;

static const void *const pinned[] = {
    (const void *)&pin_data_get_inputs_f32,
    (const void *)&pin_data_get_inputs_f64,
    (const void *)&pin_data_get_targets_f32,
    (const void *)&pin_data_get_targets_f64,
    (const void *)&pin_data_get_labels,
    (const void *)&pin_data_get_weights_f32,
    (const void *)&pin_data_get_weights_f64,
    (const void *)&pin_data_subset,
    (const void *)&pin_data_split,
    (const void *)&pin_data_fold,
    (const void *)&pin_scaling_name,
    (const void *)&pin_scaling_from_name,
    (const void *)&pin_model_fit_input_scaling,
    (const void *)&pin_model_fit_output_scaling,
    (const void *)&pin_metric_name,
    (const void *)&pin_metric_from_name,
    (const void *)&pin_metric_evaluate_f32,
    (const void *)&pin_metric_evaluate_labels_f32,
    (const void *)&pin_metric_confusion_f32,
    (const void *)&pin_metric_confusion_labels_f32,
    (const void *)&pin_metric_evaluate_f64,
    (const void *)&pin_metric_evaluate_labels_f64,
    (const void *)&pin_metric_confusion_f64,
    (const void *)&pin_metric_confusion_labels_f64,
    (const void *)&pin_trainer_metric,
    (const void *)&pin_trainer_confusion,
    (const void *)&pin_data_apply_class_weights_f32,
    (const void *)&pin_data_apply_class_weights_f64,
    (const void *)&pin_data_balance_classes,
    (const void *)&pin_trainer_skipped_count,
};

pins pins_of_data(void)
{
    return (pins){pinned, sizeof pinned / sizeof *pinned};
}
