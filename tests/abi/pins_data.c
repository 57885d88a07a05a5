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
};

pins pins_of_data(void)
{
    return (pins){pinned, sizeof pinned / sizeof *pinned};
}
