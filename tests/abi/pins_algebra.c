/* The same for linear algebra on models. Append only. */
#include "pins.h"

static mlp_status (*const pin_model_spectral_norm)(const mlp_model *, int32_t,
                                                   double *) = mlp_model_spectral_norm;
static mlp_status (*const pin_model_lipschitz)(const mlp_model *, double *) = mlp_model_lipschitz;
static mlp_status (*const pin_model_limit_spectral_norm)(mlp_model *, int32_t,
                                                         double) = mlp_model_limit_spectral_norm;
static mlp_status (*const pin_model_limit_lipschitz)(mlp_model *, double) = mlp_model_limit_lipschitz;
static mlp_status (*const pin_model_compress)(const mlp_model *, int32_t, int64_t, double, mlp_model **,
                                              int64_t *, double *) = mlp_model_compress;
static mlp_status (*const pin_pca_f32)(int64_t, int64_t, const float *, int64_t, const float *, int64_t,
                                       double, float *, int64_t, float *, float *, int64_t *) = mlp_pca_f32;
static mlp_status (*const pin_whiten_f32)(int64_t, int64_t, const float *, int64_t, const float *, int64_t,
                                          double, double, float *, int64_t, float *,
                                          int64_t *) = mlp_whiten_f32;
static mlp_status (*const pin_model_fold_inputs_f32)(const mlp_model *, int64_t, const float *, int64_t,
                                                     const float *, mlp_model **) = mlp_model_fold_inputs_f32;
static mlp_status (*const pin_pca_f64)(int64_t, int64_t, const double *, int64_t, const double *, int64_t,
                                       double, double *, int64_t, double *, double *,
                                       int64_t *) = mlp_pca_f64;
static mlp_status (*const pin_whiten_f64)(int64_t, int64_t, const double *, int64_t, const double *, int64_t,
                                          double, double, double *, int64_t, double *,
                                          int64_t *) = mlp_whiten_f64;
static mlp_status (*const pin_model_fold_inputs_f64)(const mlp_model *, int64_t, const double *, int64_t,
                                                     const double *,
                                                     mlp_model **) = mlp_model_fold_inputs_f64;
static void (*const pin_laplace_destroy)(mlp_laplace *) = mlp_laplace_destroy;
static mlp_status (*const pin_laplace_create_f32)(const mlp_model *, mlp_workspace *, int64_t, const float *,
                                                  int64_t, const float *, int64_t, const float *, double,
                                                  const float *, mlp_laplace **) = mlp_laplace_create_f32;
static mlp_status (*const pin_laplace_get_noise_f32)(const mlp_laplace *,
                                                     float *) = mlp_laplace_get_noise_f32;
static mlp_status (*const pin_laplace_variance_f32)(mlp_laplace *, const mlp_model *, mlp_workspace *,
                                                    float *, int64_t, float *,
                                                    int64_t) = mlp_laplace_variance_f32;
static mlp_status (*const pin_laplace_create_f64)(const mlp_model *, mlp_workspace *, int64_t, const double *,
                                                  int64_t, const double *, int64_t, const double *, double,
                                                  const double *, mlp_laplace **) = mlp_laplace_create_f64;
static mlp_status (*const pin_laplace_get_noise_f64)(const mlp_laplace *,
                                                     double *) = mlp_laplace_get_noise_f64;
static mlp_status (*const pin_laplace_variance_f64)(mlp_laplace *, const mlp_model *, mlp_workspace *,
                                                    double *, int64_t, double *,
                                                    int64_t) = mlp_laplace_variance_f64;

static const void *const pinned[] = {
    (const void *)&pin_model_spectral_norm,
    (const void *)&pin_model_lipschitz,
    (const void *)&pin_model_limit_spectral_norm,
    (const void *)&pin_model_limit_lipschitz,
    (const void *)&pin_model_compress,
    (const void *)&pin_pca_f32,
    (const void *)&pin_whiten_f32,
    (const void *)&pin_model_fold_inputs_f32,
    (const void *)&pin_pca_f64,
    (const void *)&pin_whiten_f64,
    (const void *)&pin_model_fold_inputs_f64,
    (const void *)&pin_laplace_destroy,
    (const void *)&pin_laplace_create_f32,
    (const void *)&pin_laplace_get_noise_f32,
    (const void *)&pin_laplace_variance_f32,
    (const void *)&pin_laplace_create_f64,
    (const void *)&pin_laplace_get_noise_f64,
    (const void *)&pin_laplace_variance_f64,
};

pins pins_of_algebra(void)
{
    return (pins){pinned, sizeof pinned / sizeof *pinned};
}
