/* mlp/algebra.h: checks, then one call inward. */
#include "mlp/algebra.h"

#include "algebra/spectrum.h"
#include "api/check.h"
#include "base/error.h"

#include <math.h>

/* A model of either number type. */
static mlp_status check_any_model(const mlp_model *model)
{
    return mlpi_check_pointer("model", model);
}

static mlp_status check_model_layer(const mlp_model *model, int32_t layer)
{
    const mlp_status status = check_any_model(model);
    return status == MLP_OK ? mlpi_check_argument("layer", layer, 1, model->architecture.layers) : status;
}

static mlp_status check_bound(double bound)
{
    return bound > 0 && isfinite(bound)
               ? MLP_OK
               : mlpi_fail(MLP_ERR_ARGUMENT, "bound = %g: must be positive and finite", bound);
}

mlp_status mlp_model_spectral_norm(const mlp_model *model, int32_t layer, double *norm)
{
    mlp_status status = check_model_layer(model, layer);
    if (status == MLP_OK)
        status = mlpi_check_pointer("norm", norm);
    return status == MLP_OK ? mlpi_spectral_norm(model, layer, MLPI_OF_LAYER, norm) : status;
}

mlp_status mlp_model_lipschitz(const mlp_model *model, double *bound)
{
    mlp_status status = check_any_model(model);
    if (status == MLP_OK)
        status = mlpi_check_pointer("bound", bound);
    if (status == MLP_OK)
        status = mlpi_check_bounded_slopes(model);
    return status == MLP_OK ? mlpi_lipschitz(model, bound) : status;
}

mlp_status mlp_model_limit_spectral_norm(mlp_model *model, int32_t layer, double bound)
{
    mlp_status status = check_model_layer(model, layer);
    if (status == MLP_OK)
        status = check_bound(bound);
    return status == MLP_OK ? mlpi_limit_spectral_norm(model, layer, bound) : status;
}

mlp_status mlp_model_limit_lipschitz(mlp_model *model, double bound)
{
    mlp_status status = check_any_model(model);
    if (status == MLP_OK)
        status = check_bound(bound);
    if (status == MLP_OK)
        status = mlpi_check_bounded_slopes(model);
    return status == MLP_OK ? mlpi_limit_lipschitz(model, bound) : status;
}
