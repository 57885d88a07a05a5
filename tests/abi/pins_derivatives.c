/* The same for losses with second derivatives, derivatives beyond the first, and what came with them. Append only. */
#include "pins.h"

static mlp_status (*const pin_loss_hvp_f32)(mlp_loss, int64_t, int64_t, const float *, int64_t, const float *,
                                            int64_t, const float *, const float *, int64_t, float *,
                                            int64_t) = mlp_loss_hvp_f32;
static mlp_status (*const pin_loss_hvp_labels_f32)(mlp_loss, int64_t, int64_t, const float *, int64_t,
                                                   const int32_t *, const float *, const float *, int64_t,
                                                   float *, int64_t) = mlp_loss_hvp_labels_f32;
static mlp_status (*const pin_loss_hvp_f64)(mlp_loss, int64_t, int64_t, const double *, int64_t,
                                            const double *, int64_t, const double *, const double *, int64_t,
                                            double *, int64_t) = mlp_loss_hvp_f64;
static mlp_status (*const pin_loss_hvp_labels_f64)(mlp_loss, int64_t, int64_t, const double *, int64_t,
                                                   const int32_t *, const double *, const double *, int64_t,
                                                   double *, int64_t) = mlp_loss_hvp_labels_f64;
static mlp_status (*const pin_loss_register)(const char *, int32_t, mlp_loss_fn, void *, mlp_release_fn,
                                             mlp_loss *) = mlp_loss_register;
static mlp_status (*const pin_loss_unregister)(mlp_loss) = mlp_loss_unregister;
static mlp_status (*const pin_loss_parameter)(mlp_loss, const char **, double *, double *,
                                              double *) = mlp_loss_parameter;
static mlp_status (*const pin_loss_configure)(mlp_loss, double, mlp_loss *) = mlp_loss_configure;
static mlp_status (*const pin_workspace_tune)(mlp_workspace *, const mlp_model *,
                                              int64_t) = mlp_workspace_tune;
static mlp_status (*const pin_jacobian_f32)(const mlp_model *, mlp_workspace *, float *, int64_t,
                                            int64_t) = mlp_jacobian_f32;
static mlp_status (*const pin_jacobian_f64)(const mlp_model *, mlp_workspace *, double *, int64_t,
                                            int64_t) = mlp_jacobian_f64;
static mlp_status (*const pin_jacobian_theta_f32)(const mlp_model *, mlp_workspace *, float *,
                                                  int64_t) = mlp_jacobian_theta_f32;
static mlp_status (*const pin_jacobian_theta_f64)(const mlp_model *, mlp_workspace *, double *,
                                                  int64_t) = mlp_jacobian_theta_f64;
static mlp_status (*const pin_jacobian_normal_add_f32)(const mlp_model *, mlp_workspace *, const float *,
                                                       int64_t, double *, int64_t,
                                                       double *) = mlp_jacobian_normal_add_f32;
static mlp_status (*const pin_jacobian_normal_add_f64)(const mlp_model *, mlp_workspace *, const double *,
                                                       int64_t, double *, int64_t,
                                                       double *) = mlp_jacobian_normal_add_f64;
static mlp_status (*const pin_sample_gradients_f32)(const mlp_model *, mlp_workspace *, const float *,
                                                    int64_t, float *, int64_t) = mlp_sample_gradients_f32;
static mlp_status (*const pin_sample_gradients_f64)(const mlp_model *, mlp_workspace *, const double *,
                                                    int64_t, double *, int64_t) = mlp_sample_gradients_f64;
static mlp_status (*const pin_sample_norms_f32)(const mlp_model *, mlp_workspace *, const float *, int64_t,
                                                float *) = mlp_sample_norms_f32;
static mlp_status (*const pin_sample_norms_f64)(const mlp_model *, mlp_workspace *, const double *, int64_t,
                                                double *) = mlp_sample_norms_f64;
static mlp_status (*const pin_sample_clipped_sum_f32)(const mlp_model *, mlp_workspace *, const float *,
                                                      int64_t, double, float *,
                                                      float *) = mlp_sample_clipped_sum_f32;
static mlp_status (*const pin_sample_clipped_sum_f64)(const mlp_model *, mlp_workspace *, const double *,
                                                      int64_t, double, double *,
                                                      double *) = mlp_sample_clipped_sum_f64;
static mlp_status (*const pin_sample_inner_products_f32)(const mlp_model *, mlp_workspace *, const float *,
                                                         int64_t, float *,
                                                         int64_t) = mlp_sample_inner_products_f32;
static mlp_status (*const pin_sample_inner_products_f64)(const mlp_model *, mlp_workspace *, const double *,
                                                         int64_t, double *,
                                                         int64_t) = mlp_sample_inner_products_f64;
static mlp_status (*const pin_jet_f32)(const mlp_model *, mlp_workspace *, int64_t, const float *, int64_t,
                                       int64_t, float *, float *, float *, int64_t) = mlp_jet_f32;
static mlp_status (*const pin_laplacian_f32)(const mlp_model *, mlp_workspace *, const float *, float *,
                                             float *, int64_t) = mlp_laplacian_f32;
static mlp_status (*const pin_jet_vjp_f32)(const mlp_model *, mlp_workspace *, const float *, int64_t,
                                           const float *, const float *, int64_t, float *, int64_t,
                                           float *) = mlp_jet_vjp_f32;
static mlp_status (*const pin_mixed_vjp_f32)(const mlp_model *, mlp_workspace *, const float *, int64_t,
                                             const float *, int64_t, float *, int64_t,
                                             float *) = mlp_mixed_vjp_f32;
static mlp_status (*const pin_jet_f64)(const mlp_model *, mlp_workspace *, int64_t, const double *, int64_t,
                                       int64_t, double *, double *, double *, int64_t) = mlp_jet_f64;
static mlp_status (*const pin_laplacian_f64)(const mlp_model *, mlp_workspace *, const double *, double *,
                                             double *, int64_t) = mlp_laplacian_f64;
static mlp_status (*const pin_jet_vjp_f64)(const mlp_model *, mlp_workspace *, const double *, int64_t,
                                           const double *, const double *, int64_t, double *, int64_t,
                                           double *) = mlp_jet_vjp_f64;
static mlp_status (*const pin_mixed_vjp_f64)(const mlp_model *, mlp_workspace *, const double *, int64_t,
                                             const double *, int64_t, double *, int64_t,
                                             double *) = mlp_mixed_vjp_f64;
static mlp_status (*const pin_trainer_step_jet_f32)(mlp_trainer *, int64_t, const float *, int64_t, int64_t,
                                                    const float *, int64_t, int64_t, mlp_jet_loss_fn_f32,
                                                    void *, double *) = mlp_trainer_step_jet_f32;
static mlp_status (*const pin_trainer_step_laplacian_f32)(mlp_trainer *, int64_t, const float *, int64_t,
                                                          const float *, mlp_jet_loss_fn_f32, void *,
                                                          double *) = mlp_trainer_step_laplacian_f32;
static mlp_status (*const pin_trainer_step_jet_f64)(mlp_trainer *, int64_t, const double *, int64_t, int64_t,
                                                    const double *, int64_t, int64_t, mlp_jet_loss_fn_f64,
                                                    void *, double *) = mlp_trainer_step_jet_f64;
static mlp_status (*const pin_trainer_step_laplacian_f64)(mlp_trainer *, int64_t, const double *, int64_t,
                                                          const double *, mlp_jet_loss_fn_f64, void *,
                                                          double *) = mlp_trainer_step_laplacian_f64;
static mlp_status (*const pin_linearize_f32)(const mlp_model *, mlp_workspace *, mlp_loss, const float *,
                                             int64_t, const float *, double *, float *) = mlp_linearize_f32;
static mlp_status (*const pin_linearize_labels_f32)(const mlp_model *, mlp_workspace *, mlp_loss,
                                                    const int32_t *, const float *, double *,
                                                    float *) = mlp_linearize_labels_f32;
static mlp_status (*const pin_hvp_f32)(const mlp_model *, mlp_workspace *, const float *,
                                       float *) = mlp_hvp_f32;
static mlp_status (*const pin_gauss_newton_f32)(const mlp_model *, mlp_workspace *, const float *,
                                                float *) = mlp_gauss_newton_f32;
static mlp_status (*const pin_hessian_x_f32)(const mlp_model *, mlp_workspace *, float *, int64_t,
                                             int64_t) = mlp_hessian_x_f32;
static mlp_status (*const pin_linearize_f64)(const mlp_model *, mlp_workspace *, mlp_loss, const double *,
                                             int64_t, const double *, double *, double *) = mlp_linearize_f64;
static mlp_status (*const pin_linearize_labels_f64)(const mlp_model *, mlp_workspace *, mlp_loss,
                                                    const int32_t *, const double *, double *,
                                                    double *) = mlp_linearize_labels_f64;
static mlp_status (*const pin_hvp_f64)(const mlp_model *, mlp_workspace *, const double *,
                                       double *) = mlp_hvp_f64;
static mlp_status (*const pin_gauss_newton_f64)(const mlp_model *, mlp_workspace *, const double *,
                                                double *) = mlp_gauss_newton_f64;
static mlp_status (*const pin_hessian_x_f64)(const mlp_model *, mlp_workspace *, double *, int64_t,
                                             int64_t) = mlp_hessian_x_f64;
static mlp_status (*const pin_check_activation)(mlp_activation, double, uint64_t,
                                                mlp_check **) = mlp_check_activation;
static mlp_status (*const pin_check_loss)(mlp_loss, int64_t, uint64_t, mlp_check **) = mlp_check_loss;
static mlp_status (*const pin_check_function)(int64_t, int64_t, int64_t, mlp_check_value_fn, mlp_check_vjp_fn,
                                              void *, const double *, uint64_t,
                                              mlp_check **) = mlp_check_function;
static int32_t (*const pin_check_count)(const mlp_check *) = mlp_check_count;
static const char *(*const pin_check_name)(const mlp_check *, int32_t) = mlp_check_name;
static const char *(*const pin_check_method)(const mlp_check *, int32_t) = mlp_check_method;
static double (*const pin_check_residual)(const mlp_check *, int32_t) = mlp_check_residual;
static double (*const pin_check_bound)(const mlp_check *, int32_t) = mlp_check_bound;
static int32_t (*const pin_check_passed)(const mlp_check *, int32_t) = mlp_check_passed;
static int32_t (*const pin_check_verdict)(const mlp_check *) = mlp_check_verdict;
static mlp_status (*const pin_check_model)(const mlp_model *, int64_t, uint64_t,
                                           mlp_check **) = mlp_check_model;
static void (*const pin_check_destroy)(mlp_check *) = mlp_check_destroy;

static const void *const pinned[] = {
    (const void *)&pin_loss_hvp_f32,
    (const void *)&pin_loss_hvp_labels_f32,
    (const void *)&pin_loss_hvp_f64,
    (const void *)&pin_loss_hvp_labels_f64,
    (const void *)&pin_loss_register,
    (const void *)&pin_loss_unregister,
    (const void *)&pin_loss_parameter,
    (const void *)&pin_loss_configure,
    (const void *)&pin_workspace_tune,
    (const void *)&pin_jacobian_f32,
    (const void *)&pin_jacobian_f64,
    (const void *)&pin_jacobian_theta_f32,
    (const void *)&pin_jacobian_theta_f64,
    (const void *)&pin_jacobian_normal_add_f32,
    (const void *)&pin_jacobian_normal_add_f64,
    (const void *)&pin_sample_gradients_f32,
    (const void *)&pin_sample_gradients_f64,
    (const void *)&pin_sample_norms_f32,
    (const void *)&pin_sample_norms_f64,
    (const void *)&pin_sample_clipped_sum_f32,
    (const void *)&pin_sample_clipped_sum_f64,
    (const void *)&pin_sample_inner_products_f32,
    (const void *)&pin_sample_inner_products_f64,
    (const void *)&pin_jet_f32,
    (const void *)&pin_laplacian_f32,
    (const void *)&pin_jet_vjp_f32,
    (const void *)&pin_mixed_vjp_f32,
    (const void *)&pin_jet_f64,
    (const void *)&pin_laplacian_f64,
    (const void *)&pin_jet_vjp_f64,
    (const void *)&pin_mixed_vjp_f64,
    (const void *)&pin_trainer_step_jet_f32,
    (const void *)&pin_trainer_step_laplacian_f32,
    (const void *)&pin_trainer_step_jet_f64,
    (const void *)&pin_trainer_step_laplacian_f64,
    (const void *)&pin_linearize_f32,
    (const void *)&pin_linearize_labels_f32,
    (const void *)&pin_hvp_f32,
    (const void *)&pin_gauss_newton_f32,
    (const void *)&pin_hessian_x_f32,
    (const void *)&pin_linearize_f64,
    (const void *)&pin_linearize_labels_f64,
    (const void *)&pin_hvp_f64,
    (const void *)&pin_gauss_newton_f64,
    (const void *)&pin_hessian_x_f64,
    (const void *)&pin_check_activation,
    (const void *)&pin_check_loss,
    (const void *)&pin_check_function,
    (const void *)&pin_check_count,
    (const void *)&pin_check_name,
    (const void *)&pin_check_method,
    (const void *)&pin_check_residual,
    (const void *)&pin_check_bound,
    (const void *)&pin_check_passed,
    (const void *)&pin_check_verdict,
    (const void *)&pin_check_destroy,
    (const void *)&pin_check_model,
};

pins pins_of_derivatives(void)
{
    return (pins){pinned, sizeof pinned / sizeof *pinned};
}
