/*
 * The binary interface, pinned: every constant's value and every function's type. Append only: a line that must be
 * changed or removed is a broken promise to compiled programs.
 */
#include "pins.h"

static const char *(*const pin_dtype_name)(mlp_dtype) = mlp_dtype_name;
static mlp_dtype (*const pin_dtype_from_name)(const char *) = mlp_dtype_from_name;
static const char *(*const pin_status_name)(mlp_status) = mlp_status_name;
static mlp_status (*const pin_status_from_name)(const char *, mlp_status *) = mlp_status_from_name;
static const char *(*const pin_status_description)(mlp_status) = mlp_status_description;
static const char *(*const pin_last_error)(void) = mlp_last_error;
static int32_t (*const pin_last_callback_value)(void) = mlp_last_callback_value;
static int32_t (*const pin_version)(void) = mlp_version;
static const char *(*const pin_version_string)(void) = mlp_version_string;
static int32_t (*const pin_abi_version)(void) = mlp_abi_version;
static mlp_status (*const pin_set_allocator)(mlp_allocate_fn, mlp_deallocate_fn, void *) = mlp_set_allocator;
static int64_t (*const pin_runtime_describe)(char *, int64_t) = mlp_runtime_describe;
static int32_t (*const pin_runtime_is_degraded)(void) = mlp_runtime_is_degraded;
static const char *(*const pin_activation_name)(mlp_activation) = mlp_activation_name;
static mlp_activation (*const pin_activation_from_name)(const char *) = mlp_activation_from_name;
static mlp_status (*const pin_activation_parameter)(mlp_activation, const char **, double *, double *,
                                                    double *) = mlp_activation_parameter;
static mlp_status (*const pin_activation_evaluate_f32)(mlp_activation, double, int32_t, int64_t,
                                                       const float *, float *) = mlp_activation_evaluate_f32;
static mlp_status (*const pin_activation_evaluate_f64)(mlp_activation, double, int32_t, int64_t,
                                                       const double *,
                                                       double *) = mlp_activation_evaluate_f64;
static mlp_status (*const pin_activation_register)(const char *, int32_t, mlp_activation_fn, void *,
                                                   mlp_release_fn,
                                                   mlp_activation *) = mlp_activation_register;
static mlp_status (*const pin_activation_unregister)(mlp_activation) = mlp_activation_unregister;
static const char *(*const pin_initializer_name)(mlp_initializer) = mlp_initializer_name;
static mlp_initializer (*const pin_initializer_from_name)(const char *) = mlp_initializer_from_name;
static mlp_status (*const pin_initializer_parameter)(mlp_initializer, const char **, double *, double *,
                                                     double *) = mlp_initializer_parameter;
static const char *(*const pin_head_name)(mlp_head) = mlp_head_name;
static mlp_head (*const pin_head_from_name)(const char *) = mlp_head_from_name;
static mlp_status (*const pin_model_create)(mlp_dtype, int32_t, const int64_t *, mlp_activation,
                                            mlp_model **) = mlp_model_create;
static void (*const pin_model_destroy)(mlp_model *) = mlp_model_destroy;
static mlp_status (*const pin_model_clone)(const mlp_model *, mlp_model **) = mlp_model_clone;
static mlp_status (*const pin_model_copy_params)(mlp_model *, const mlp_model *) = mlp_model_copy_params;
static mlp_dtype (*const pin_model_dtype)(const mlp_model *) = mlp_model_dtype;
static int32_t (*const pin_model_layer_count)(const mlp_model *) = mlp_model_layer_count;
static int64_t (*const pin_model_width)(const mlp_model *, int32_t) = mlp_model_width;
static int64_t (*const pin_model_param_count)(const mlp_model *) = mlp_model_param_count;
static int64_t (*const pin_model_weight_offset)(const mlp_model *, int32_t) = mlp_model_weight_offset;
static int64_t (*const pin_model_bias_offset)(const mlp_model *, int32_t) = mlp_model_bias_offset;
static uint64_t (*const pin_model_generation)(const mlp_model *) = mlp_model_generation;
static mlp_status (*const pin_model_set_activation)(mlp_model *, int32_t,
                                                    mlp_activation) = mlp_model_set_activation;
static mlp_status (*const pin_model_set_activation_parameter)(mlp_model *, int32_t,
                                                              double) = mlp_model_set_activation_parameter;
static mlp_activation (*const pin_model_activation)(const mlp_model *, int32_t) = mlp_model_activation;
static double (*const pin_model_activation_parameter)(const mlp_model *,
                                                      int32_t) = mlp_model_activation_parameter;
static mlp_status (*const pin_model_initialize)(mlp_model *, mlp_initializer,
                                                uint64_t) = mlp_model_initialize;
static mlp_status (*const pin_model_initialize_layer)(mlp_model *, int32_t, mlp_initializer, double,
                                                      uint64_t) = mlp_model_initialize_layer;
static mlp_status (*const pin_model_get_params_f32)(const mlp_model *, int64_t, int64_t,
                                                    float *) = mlp_model_get_params_f32;
static mlp_status (*const pin_model_get_params_f64)(const mlp_model *, int64_t, int64_t,
                                                    double *) = mlp_model_get_params_f64;
static mlp_status (*const pin_model_set_params_f32)(mlp_model *, int64_t, int64_t,
                                                    const float *) = mlp_model_set_params_f32;
static mlp_status (*const pin_model_set_params_f64)(mlp_model *, int64_t, int64_t,
                                                    const double *) = mlp_model_set_params_f64;
static mlp_status (*const pin_model_get_weights_f32)(const mlp_model *, int32_t, mlp_order, float *,
                                                     int64_t) = mlp_model_get_weights_f32;
static mlp_status (*const pin_model_get_weights_f64)(const mlp_model *, int32_t, mlp_order, double *,
                                                     int64_t) = mlp_model_get_weights_f64;
static mlp_status (*const pin_model_set_weights_f32)(mlp_model *, int32_t, mlp_order, const float *,
                                                     int64_t) = mlp_model_set_weights_f32;
static mlp_status (*const pin_model_set_weights_f64)(mlp_model *, int32_t, mlp_order, const double *,
                                                     int64_t) = mlp_model_set_weights_f64;
static mlp_status (*const pin_model_get_bias_f32)(const mlp_model *, int32_t,
                                                  float *) = mlp_model_get_bias_f32;
static mlp_status (*const pin_model_get_bias_f64)(const mlp_model *, int32_t,
                                                  double *) = mlp_model_get_bias_f64;
static mlp_status (*const pin_model_set_bias_f32)(mlp_model *, int32_t,
                                                  const float *) = mlp_model_set_bias_f32;
static mlp_status (*const pin_model_set_bias_f64)(mlp_model *, int32_t,
                                                  const double *) = mlp_model_set_bias_f64;
static mlp_status (*const pin_model_set_input_scaling_f32)(mlp_model *, const float *,
                                                           const float *) = mlp_model_set_input_scaling_f32;
static mlp_status (*const pin_model_set_input_scaling_f64)(mlp_model *, const double *,
                                                           const double *) = mlp_model_set_input_scaling_f64;
static mlp_status (*const pin_model_set_output_scaling_f32)(mlp_model *, const float *,
                                                            const float *) = mlp_model_set_output_scaling_f32;
static mlp_status (*const pin_model_set_output_scaling_f64)(mlp_model *, const double *, const double *) =
    mlp_model_set_output_scaling_f64;
static mlp_status (*const pin_model_get_input_scaling_f32)(const mlp_model *, float *,
                                                           float *) = mlp_model_get_input_scaling_f32;
static mlp_status (*const pin_model_get_input_scaling_f64)(const mlp_model *, double *,
                                                           double *) = mlp_model_get_input_scaling_f64;
static mlp_status (*const pin_model_get_output_scaling_f32)(const mlp_model *, float *,
                                                            float *) = mlp_model_get_output_scaling_f32;
static mlp_status (*const pin_model_get_output_scaling_f64)(const mlp_model *, double *,
                                                            double *) = mlp_model_get_output_scaling_f64;
static mlp_status (*const pin_model_set_head)(mlp_model *, mlp_head) = mlp_model_set_head;
static mlp_head (*const pin_model_head)(const mlp_model *) = mlp_model_head;
static mlp_status (*const pin_model_set_metadata)(mlp_model *, const char *,
                                                  const char *) = mlp_model_set_metadata;
static int64_t (*const pin_model_metadata)(const mlp_model *, const char *, char *,
                                           int64_t) = mlp_model_metadata;
static int32_t (*const pin_model_metadata_count)(const mlp_model *) = mlp_model_metadata_count;
static int64_t (*const pin_model_metadata_key)(const mlp_model *, int32_t, char *,
                                               int64_t) = mlp_model_metadata_key;
static mlp_status (*const pin_workspace_create)(const mlp_model *, int64_t, int32_t, int32_t,
                                                mlp_workspace **) = mlp_workspace_create;
static mlp_status (*const pin_workspace_size)(const mlp_model *, int64_t, int32_t, int32_t,
                                              int64_t *) = mlp_workspace_size;
static mlp_status (*const pin_workspace_create_in)(const mlp_model *, int64_t, int32_t, int32_t, void *,
                                                   int64_t, mlp_workspace **) = mlp_workspace_create_in;
static void (*const pin_workspace_destroy)(mlp_workspace *) = mlp_workspace_destroy;
static mlp_status (*const pin_workspace_prepare)(mlp_workspace *, const mlp_model *) = mlp_workspace_prepare;
static int64_t (*const pin_workspace_max_batch)(const mlp_workspace *) = mlp_workspace_max_batch;
static int32_t (*const pin_workspace_threads)(const mlp_workspace *) = mlp_workspace_threads;
static const char *(*const pin_engine_name)(mlp_engine) = mlp_engine_name;
static mlp_engine (*const pin_engine_from_name)(const char *) = mlp_engine_from_name;
static const char *(*const pin_cpu_name)(mlp_cpu) = mlp_cpu_name;
static mlp_cpu (*const pin_cpu_from_name)(const char *) = mlp_cpu_from_name;
static const char *(*const pin_workspace_option_name)(mlp_workspace_option) = mlp_workspace_option_name;
static mlp_workspace_option (*const pin_workspace_option_from_name)(const char *) =
    mlp_workspace_option_from_name;
static mlp_status (*const pin_workspace_set_int)(mlp_workspace *, mlp_workspace_option,
                                                 int64_t) = mlp_workspace_set_int;
static mlp_status (*const pin_workspace_get_int)(const mlp_workspace *, mlp_workspace_option,
                                                 int64_t *) = mlp_workspace_get_int;
static int32_t (*const pin_workspace_uses)(const mlp_workspace *) = mlp_workspace_uses;
static int64_t (*const pin_workspace_batch)(const mlp_workspace *) = mlp_workspace_batch;
static uint64_t (*const pin_workspace_generation)(const mlp_workspace *) = mlp_workspace_generation;
static mlp_status (*const pin_workspace_get_output_f32)(const mlp_workspace *, int32_t, float *,
                                                        int64_t) = mlp_workspace_get_output_f32;
static mlp_status (*const pin_workspace_get_output_f64)(const mlp_workspace *, int32_t, double *,
                                                        int64_t) = mlp_workspace_get_output_f64;
static const char *(*const pin_workspace_last_error)(const mlp_workspace *) = mlp_workspace_last_error;
static int64_t (*const pin_workspace_describe)(const mlp_workspace *, char *,
                                               int64_t) = mlp_workspace_describe;
static mlp_status (*const pin_forward_f32)(const mlp_model *, mlp_workspace *, int64_t, const float *,
                                           int64_t, float *, int64_t) = mlp_forward_f32;
static mlp_status (*const pin_forward_f64)(const mlp_model *, mlp_workspace *, int64_t, const double *,
                                           int64_t, double *, int64_t) = mlp_forward_f64;
static mlp_status (*const pin_predict_f32)(const mlp_model *, mlp_workspace *, int64_t, const float *,
                                           int64_t, float *, int64_t) = mlp_predict_f32;
static mlp_status (*const pin_predict_f64)(const mlp_model *, mlp_workspace *, int64_t, const double *,
                                           int64_t, double *, int64_t) = mlp_predict_f64;
static mlp_status (*const pin_vjp_f32)(const mlp_model *, mlp_workspace *, const float *, int64_t, float *,
                                       int64_t, float *) = mlp_vjp_f32;
static mlp_status (*const pin_vjp_f64)(const mlp_model *, mlp_workspace *, const double *, int64_t, double *,
                                       int64_t, double *) = mlp_vjp_f64;
static mlp_status (*const pin_jvp_f32)(const mlp_model *, mlp_workspace *, const float *, int64_t,
                                       const float *, float *, int64_t) = mlp_jvp_f32;
static mlp_status (*const pin_jvp_f64)(const mlp_model *, mlp_workspace *, const double *, int64_t,
                                       const double *, double *, int64_t) = mlp_jvp_f64;
static mlp_status (*const pin_jacobian_output_f32)(const mlp_model *, mlp_workspace *, int32_t, int32_t,
                                                   float *, int64_t, int64_t) = mlp_jacobian_output_f32;
static mlp_status (*const pin_jacobian_output_f64)(const mlp_model *, mlp_workspace *, int32_t, int32_t,
                                                   double *, int64_t, int64_t) = mlp_jacobian_output_f64;
static mlp_status (*const pin_jacobian_bias_f32)(const mlp_model *, mlp_workspace *, int32_t, int32_t,
                                                 float *, int64_t, int64_t) = mlp_jacobian_bias_f32;
static mlp_status (*const pin_jacobian_bias_f64)(const mlp_model *, mlp_workspace *, int32_t, int32_t,
                                                 double *, int64_t, int64_t) = mlp_jacobian_bias_f64;
static mlp_status (*const pin_jacobian_weight_f32)(const mlp_model *, mlp_workspace *, int32_t, int32_t,
                                                   float *, int64_t, int64_t) = mlp_jacobian_weight_f32;
static mlp_status (*const pin_jacobian_weight_f64)(const mlp_model *, mlp_workspace *, int32_t, int32_t,
                                                   double *, int64_t, int64_t) = mlp_jacobian_weight_f64;
static const char *(*const pin_loss_name)(mlp_loss) = mlp_loss_name;
static mlp_loss (*const pin_loss_from_name)(const char *) = mlp_loss_from_name;
static mlp_status (*const pin_loss_evaluate_f32)(mlp_loss, int64_t, int64_t, const float *, int64_t,
                                                 const float *, int64_t, const float *, double *, float *,
                                                 int64_t) = mlp_loss_evaluate_f32;
static mlp_status (*const pin_loss_evaluate_f64)(mlp_loss, int64_t, int64_t, const double *, int64_t,
                                                 const double *, int64_t, const double *, double *, double *,
                                                 int64_t) = mlp_loss_evaluate_f64;
static mlp_status (*const pin_loss_evaluate_labels_f32)(mlp_loss, int64_t, int64_t, const float *, int64_t,
                                                        const int32_t *, const float *, double *, float *,
                                                        int64_t) = mlp_loss_evaluate_labels_f32;
static mlp_status (*const pin_loss_evaluate_labels_f64)(mlp_loss, int64_t, int64_t, const double *, int64_t,
                                                        const int32_t *, const double *, double *, double *,
                                                        int64_t) = mlp_loss_evaluate_labels_f64;
static mlp_status (*const pin_data_create)(mlp_dtype, int64_t, mlp_data **) = mlp_data_create;
static void (*const pin_data_destroy)(mlp_data *) = mlp_data_destroy;
static mlp_status (*const pin_data_set_inputs_f32)(mlp_data *, int64_t, const float *,
                                                   int64_t) = mlp_data_set_inputs_f32;
static mlp_status (*const pin_data_set_inputs_f64)(mlp_data *, int64_t, const double *,
                                                   int64_t) = mlp_data_set_inputs_f64;
static mlp_status (*const pin_data_borrow_inputs_f32)(mlp_data *, int64_t, const float *,
                                                      int64_t) = mlp_data_borrow_inputs_f32;
static mlp_status (*const pin_data_borrow_inputs_f64)(mlp_data *, int64_t, const double *,
                                                      int64_t) = mlp_data_borrow_inputs_f64;
static mlp_status (*const pin_data_set_targets_f32)(mlp_data *, int64_t, const float *,
                                                    int64_t) = mlp_data_set_targets_f32;
static mlp_status (*const pin_data_set_targets_f64)(mlp_data *, int64_t, const double *,
                                                    int64_t) = mlp_data_set_targets_f64;
static mlp_status (*const pin_data_borrow_targets_f32)(mlp_data *, int64_t, const float *,
                                                       int64_t) = mlp_data_borrow_targets_f32;
static mlp_status (*const pin_data_borrow_targets_f64)(mlp_data *, int64_t, const double *,
                                                       int64_t) = mlp_data_borrow_targets_f64;
static mlp_status (*const pin_data_set_labels)(mlp_data *, int32_t, const int32_t *) = mlp_data_set_labels;
static mlp_status (*const pin_data_set_weights_f32)(mlp_data *, const float *) = mlp_data_set_weights_f32;
static mlp_status (*const pin_data_set_weights_f64)(mlp_data *, const double *) = mlp_data_set_weights_f64;
static mlp_dtype (*const pin_data_dtype)(const mlp_data *) = mlp_data_dtype;
static int64_t (*const pin_data_samples)(const mlp_data *) = mlp_data_samples;
static int64_t (*const pin_data_input_width)(const mlp_data *) = mlp_data_input_width;
static int64_t (*const pin_data_target_width)(const mlp_data *) = mlp_data_target_width;
static int32_t (*const pin_data_classes)(const mlp_data *) = mlp_data_classes;
static const char *(*const pin_optimizer_name)(mlp_optimizer) = mlp_optimizer_name;
static mlp_optimizer (*const pin_optimizer_from_name)(const char *) = mlp_optimizer_from_name;
static const char *(*const pin_trainer_option_name)(mlp_trainer_option) = mlp_trainer_option_name;
static mlp_trainer_option (*const pin_trainer_option_from_name)(const char *) = mlp_trainer_option_from_name;
static mlp_status (*const pin_trainer_option_info)(mlp_trainer_option, int32_t *, double *, double *,
                                                   double *) = mlp_trainer_option_info;
static mlp_status (*const pin_trainer_create)(const mlp_model *, mlp_trainer **) = mlp_trainer_create;
static void (*const pin_trainer_destroy)(mlp_trainer *) = mlp_trainer_destroy;
static mlp_status (*const pin_trainer_set_int)(mlp_trainer *, mlp_trainer_option,
                                               int64_t) = mlp_trainer_set_int;
static mlp_status (*const pin_trainer_set_real)(mlp_trainer *, mlp_trainer_option,
                                                double) = mlp_trainer_set_real;
static mlp_status (*const pin_trainer_get_int)(const mlp_trainer *, mlp_trainer_option,
                                               int64_t *) = mlp_trainer_get_int;
static mlp_status (*const pin_trainer_get_real)(const mlp_trainer *, mlp_trainer_option,
                                                double *) = mlp_trainer_get_real;
static mlp_status (*const pin_trainer_set_callback)(mlp_trainer *, mlp_trainer_fn, void *,
                                                    mlp_release_fn) = mlp_trainer_set_callback;
static mlp_status (*const pin_trainer_prepare)(mlp_trainer *, int64_t, int32_t) = mlp_trainer_prepare;
static mlp_status (*const pin_trainer_step_f32)(mlp_trainer *, int64_t, const float *, int64_t, const float *,
                                                int64_t, const float *, double *) = mlp_trainer_step_f32;
static mlp_status (*const pin_trainer_step_f64)(mlp_trainer *, int64_t, const double *, int64_t,
                                                const double *, int64_t, const double *,
                                                double *) = mlp_trainer_step_f64;
static mlp_status (*const pin_trainer_step_labels_f32)(mlp_trainer *, int64_t, const float *, int64_t,
                                                       const int32_t *, const float *,
                                                       double *) = mlp_trainer_step_labels_f32;
static mlp_status (*const pin_trainer_step_labels_f64)(mlp_trainer *, int64_t, const double *, int64_t,
                                                       const int32_t *, const double *,
                                                       double *) = mlp_trainer_step_labels_f64;
static mlp_status (*const pin_trainer_apply_gradient_f32)(mlp_trainer *,
                                                          const float *) = mlp_trainer_apply_gradient_f32;
static mlp_status (*const pin_trainer_apply_gradient_f64)(mlp_trainer *,
                                                          const double *) = mlp_trainer_apply_gradient_f64;
static mlp_status (*const pin_trainer_epoch)(mlp_trainer *, const mlp_data *, double *) = mlp_trainer_epoch;
static mlp_status (*const pin_trainer_run)(mlp_trainer *, const mlp_data *, double *) = mlp_trainer_run;
static mlp_status (*const pin_trainer_evaluate)(mlp_trainer *, const mlp_data *, double *,
                                                double *) = mlp_trainer_evaluate;
static mlp_status (*const pin_trainer_get_model)(const mlp_trainer *, mlp_model *) = mlp_trainer_get_model;
static void (*const pin_trainer_cancel)(mlp_trainer *) = mlp_trainer_cancel;
static int64_t (*const pin_trainer_step_count)(const mlp_trainer *) = mlp_trainer_step_count;
static int64_t (*const pin_trainer_epoch_count)(const mlp_trainer *) = mlp_trainer_epoch_count;
static const char *(*const pin_trainer_last_error)(const mlp_trainer *) = mlp_trainer_last_error;
static mlp_status (*const pin_model_fit_output_f32)(mlp_model *, mlp_workspace *, int64_t, const float *,
                                                    int64_t, const float *, int64_t,
                                                    int64_t *) = mlp_model_fit_output_f32;
static mlp_status (*const pin_model_fit_output_f64)(mlp_model *, mlp_workspace *, int64_t, const double *,
                                                    int64_t, const double *, int64_t,
                                                    int64_t *) = mlp_model_fit_output_f64;
static mlp_status (*const pin_model_save)(const mlp_model *, const char *) = mlp_model_save;
static mlp_status (*const pin_model_load)(const char *, mlp_model **) = mlp_model_load;
static mlp_status (*const pin_model_save_size)(const mlp_model *, int64_t *) = mlp_model_save_size;
static mlp_status (*const pin_model_save_memory)(const mlp_model *, int64_t, void *) = mlp_model_save_memory;
static mlp_status (*const pin_model_load_memory)(int64_t, const void *, mlp_model **) = mlp_model_load_memory;
static mlp_status (*const pin_trainer_step_objective_f32)(mlp_trainer *, mlp_objective_fn_f32, void *,
                                                          double *) = mlp_trainer_step_objective_f32;
static mlp_status (*const pin_trainer_step_objective_f64)(mlp_trainer *, mlp_objective_fn_f64, void *,
                                                          double *) = mlp_trainer_step_objective_f64;
static mlp_status (*const pin_trainer_run_objective_f32)(mlp_trainer *, int64_t, mlp_objective_fn_f32, void *,
                                                         double *) = mlp_trainer_run_objective_f32;
static mlp_status (*const pin_trainer_run_objective_f64)(mlp_trainer *, int64_t, mlp_objective_fn_f64, void *,
                                                         double *) = mlp_trainer_run_objective_f64;

/* Every pinned function, so that a missing export fails to link. */
static const char *(*const pin_solver_name)(mlp_solver) = mlp_solver_name;
static mlp_solver (*const pin_solver_from_name)(const char *) = mlp_solver_from_name;
static const char *(*const pin_statistic_name)(mlp_statistic) = mlp_statistic_name;
static mlp_statistic (*const pin_statistic_from_name)(const char *) = mlp_statistic_from_name;
static mlp_status (*const pin_trainer_get_statistic)(const mlp_trainer *, mlp_statistic,
                                                     double *) = mlp_trainer_get_statistic;

static const void *const pinned[] = {
    (const void *)&pin_dtype_name,
    (const void *)&pin_dtype_from_name,
    (const void *)&pin_status_name,
    (const void *)&pin_status_from_name,
    (const void *)&pin_status_description,
    (const void *)&pin_last_error,
    (const void *)&pin_last_callback_value,
    (const void *)&pin_version,
    (const void *)&pin_version_string,
    (const void *)&pin_abi_version,
    (const void *)&pin_set_allocator,
    (const void *)&pin_runtime_describe,
    (const void *)&pin_runtime_is_degraded,
    (const void *)&pin_activation_name,
    (const void *)&pin_activation_from_name,
    (const void *)&pin_activation_parameter,
    (const void *)&pin_activation_evaluate_f32,
    (const void *)&pin_activation_evaluate_f64,
    (const void *)&pin_activation_register,
    (const void *)&pin_activation_unregister,
    (const void *)&pin_initializer_name,
    (const void *)&pin_initializer_from_name,
    (const void *)&pin_initializer_parameter,
    (const void *)&pin_head_name,
    (const void *)&pin_head_from_name,
    (const void *)&pin_model_create,
    (const void *)&pin_model_destroy,
    (const void *)&pin_model_clone,
    (const void *)&pin_model_copy_params,
    (const void *)&pin_model_dtype,
    (const void *)&pin_model_layer_count,
    (const void *)&pin_model_width,
    (const void *)&pin_model_param_count,
    (const void *)&pin_model_weight_offset,
    (const void *)&pin_model_bias_offset,
    (const void *)&pin_model_generation,
    (const void *)&pin_model_set_activation,
    (const void *)&pin_model_set_activation_parameter,
    (const void *)&pin_model_activation,
    (const void *)&pin_model_activation_parameter,
    (const void *)&pin_model_initialize,
    (const void *)&pin_model_initialize_layer,
    (const void *)&pin_model_get_params_f32,
    (const void *)&pin_model_get_params_f64,
    (const void *)&pin_model_set_params_f32,
    (const void *)&pin_model_set_params_f64,
    (const void *)&pin_model_get_weights_f32,
    (const void *)&pin_model_get_weights_f64,
    (const void *)&pin_model_set_weights_f32,
    (const void *)&pin_model_set_weights_f64,
    (const void *)&pin_model_get_bias_f32,
    (const void *)&pin_model_get_bias_f64,
    (const void *)&pin_model_set_bias_f32,
    (const void *)&pin_model_set_bias_f64,
    (const void *)&pin_model_set_input_scaling_f32,
    (const void *)&pin_model_set_input_scaling_f64,
    (const void *)&pin_model_set_output_scaling_f32,
    (const void *)&pin_model_set_output_scaling_f64,
    (const void *)&pin_model_get_input_scaling_f32,
    (const void *)&pin_model_get_input_scaling_f64,
    (const void *)&pin_model_get_output_scaling_f32,
    (const void *)&pin_model_get_output_scaling_f64,
    (const void *)&pin_model_set_head,
    (const void *)&pin_model_head,
    (const void *)&pin_model_set_metadata,
    (const void *)&pin_model_metadata,
    (const void *)&pin_model_metadata_count,
    (const void *)&pin_model_metadata_key,
    (const void *)&pin_workspace_create,
    (const void *)&pin_workspace_size,
    (const void *)&pin_workspace_create_in,
    (const void *)&pin_workspace_destroy,
    (const void *)&pin_workspace_prepare,
    (const void *)&pin_workspace_max_batch,
    (const void *)&pin_workspace_threads,
    (const void *)&pin_engine_name,
    (const void *)&pin_engine_from_name,
    (const void *)&pin_cpu_name,
    (const void *)&pin_cpu_from_name,
    (const void *)&pin_workspace_option_name,
    (const void *)&pin_workspace_option_from_name,
    (const void *)&pin_workspace_set_int,
    (const void *)&pin_workspace_get_int,
    (const void *)&pin_workspace_uses,
    (const void *)&pin_workspace_batch,
    (const void *)&pin_workspace_generation,
    (const void *)&pin_workspace_get_output_f32,
    (const void *)&pin_workspace_get_output_f64,
    (const void *)&pin_workspace_last_error,
    (const void *)&pin_workspace_describe,
    (const void *)&pin_forward_f32,
    (const void *)&pin_forward_f64,
    (const void *)&pin_predict_f32,
    (const void *)&pin_predict_f64,
    (const void *)&pin_vjp_f32,
    (const void *)&pin_vjp_f64,
    (const void *)&pin_jvp_f32,
    (const void *)&pin_jvp_f64,
    (const void *)&pin_jacobian_output_f32,
    (const void *)&pin_jacobian_output_f64,
    (const void *)&pin_jacobian_bias_f32,
    (const void *)&pin_jacobian_bias_f64,
    (const void *)&pin_jacobian_weight_f32,
    (const void *)&pin_jacobian_weight_f64,
    (const void *)&pin_loss_name,
    (const void *)&pin_loss_from_name,
    (const void *)&pin_loss_evaluate_f32,
    (const void *)&pin_loss_evaluate_f64,
    (const void *)&pin_loss_evaluate_labels_f32,
    (const void *)&pin_loss_evaluate_labels_f64,
    (const void *)&pin_data_create,
    (const void *)&pin_data_destroy,
    (const void *)&pin_data_set_inputs_f32,
    (const void *)&pin_data_set_inputs_f64,
    (const void *)&pin_data_borrow_inputs_f32,
    (const void *)&pin_data_borrow_inputs_f64,
    (const void *)&pin_data_set_targets_f32,
    (const void *)&pin_data_set_targets_f64,
    (const void *)&pin_data_borrow_targets_f32,
    (const void *)&pin_data_borrow_targets_f64,
    (const void *)&pin_data_set_labels,
    (const void *)&pin_data_set_weights_f32,
    (const void *)&pin_data_set_weights_f64,
    (const void *)&pin_data_dtype,
    (const void *)&pin_data_samples,
    (const void *)&pin_data_input_width,
    (const void *)&pin_data_target_width,
    (const void *)&pin_data_classes,
    (const void *)&pin_optimizer_name,
    (const void *)&pin_optimizer_from_name,
    (const void *)&pin_trainer_option_name,
    (const void *)&pin_trainer_option_from_name,
    (const void *)&pin_trainer_option_info,
    (const void *)&pin_trainer_create,
    (const void *)&pin_trainer_destroy,
    (const void *)&pin_trainer_set_int,
    (const void *)&pin_trainer_set_real,
    (const void *)&pin_trainer_get_int,
    (const void *)&pin_trainer_get_real,
    (const void *)&pin_trainer_set_callback,
    (const void *)&pin_trainer_prepare,
    (const void *)&pin_trainer_step_f32,
    (const void *)&pin_trainer_step_f64,
    (const void *)&pin_trainer_step_labels_f32,
    (const void *)&pin_trainer_step_labels_f64,
    (const void *)&pin_trainer_apply_gradient_f32,
    (const void *)&pin_trainer_apply_gradient_f64,
    (const void *)&pin_trainer_epoch,
    (const void *)&pin_trainer_run,
    (const void *)&pin_trainer_evaluate,
    (const void *)&pin_trainer_get_model,
    (const void *)&pin_trainer_cancel,
    (const void *)&pin_trainer_step_count,
    (const void *)&pin_trainer_epoch_count,
    (const void *)&pin_trainer_last_error,
    (const void *)&pin_model_fit_output_f32,
    (const void *)&pin_model_fit_output_f64,
    (const void *)&pin_model_save,
    (const void *)&pin_model_load,
    (const void *)&pin_model_save_size,
    (const void *)&pin_model_save_memory,
    (const void *)&pin_model_load_memory,
    (const void *)&pin_solver_name,
    (const void *)&pin_solver_from_name,
    (const void *)&pin_statistic_name,
    (const void *)&pin_statistic_from_name,
    (const void *)&pin_trainer_get_statistic,
    (const void *)&pin_trainer_step_objective_f32,
    (const void *)&pin_trainer_step_objective_f64,
    (const void *)&pin_trainer_run_objective_f32,
    (const void *)&pin_trainer_run_objective_f64,
};

int main(void)
{
    const pins all[] = {{pinned, sizeof pinned / sizeof *pinned}, pins_of_derivatives()};
    for (size_t k = 0; k < sizeof all / sizeof *all; k++)
        for (size_t i = 0; i < all[k].count; i++)
            if (!*(void *const *)all[k].functions[i])
                return 1;
    return !pins_constants;
}
