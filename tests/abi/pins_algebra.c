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

static const void *const pinned[] = {
    (const void *)&pin_model_spectral_norm,
    (const void *)&pin_model_lipschitz,
    (const void *)&pin_model_limit_spectral_norm,
    (const void *)&pin_model_limit_lipschitz,
    (const void *)&pin_model_compress,
};

pins pins_of_algebra(void)
{
    return (pins){pinned, sizeof pinned / sizeof *pinned};
}
