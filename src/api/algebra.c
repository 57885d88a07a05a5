/* mlp/algebra.h: checks, then one call inward. */
#include "mlp/algebra.h"

#include "algebra/compress.h"
#include "algebra/fold.h"
#include "algebra/principal.h"
#include "algebra/spectrum.h"
#include "api/check_samples.h"
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

static mlp_status check_compression(const mlp_model *model, int32_t layer, int64_t max_rank, double tolerance)
{
    mlp_status status = check_model_layer(model, layer);
    if (status == MLP_OK)
        status = mlpi_check_argument("max_rank", max_rank, 1, INT64_MAX);
    if (status == MLP_OK && !(tolerance >= 0 && tolerance < 1))
        status = mlpi_fail(MLP_ERR_ARGUMENT, "tolerance = %g: must be 0 to 1, without 1", tolerance);
    if (status == MLP_OK && model->architecture.layers == MLPI_MAX_LAYERS)
        status = mlpi_fail(MLP_ERR_SIZE, "model: has %d layers and cannot have one more", MLPI_MAX_LAYERS);
    return status;
}

mlp_status mlp_model_compress(const mlp_model *model, int32_t layer, int64_t max_rank, double tolerance,
                              mlp_model **compressed, int64_t *rank, double *error)
{
    mlp_status status = mlpi_check_pointer("compressed", compressed);
    if (status != MLP_OK)
        return status;
    *compressed = NULL;
    status = check_compression(model, layer, max_rank, tolerance);
    return status == MLP_OK ? mlpi_compress(model, layer, max_rank, tolerance, compressed, rank, error)
                            : status;
}

#include "base/real32.h"
#include "api/algebra_tmpl.h"
#include "base/real64.h"
#include "api/algebra_tmpl.h"
