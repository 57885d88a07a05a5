/* Parameters and scaling of mlp/model.h. */
#include "mlp/model.h"

#include "api/check.h"
#include "base/error.h"

#include <math.h>

static mlp_status check_layer(const mlp_model *model, mlp_dtype dtype, int32_t layer)
{
    const mlp_status status = mlpi_check_model(model, dtype);
    return status == MLP_OK ? mlpi_check_argument("layer", layer, 1, model->architecture.layers) : status;
}

/* Common to both directions: theta[offset .. offset + count - 1] at `theta`. */
static mlp_status check_range(const mlp_model *model, mlp_dtype dtype, int64_t offset, int64_t count,
                              const void *theta)
{
    mlp_status status = mlpi_check_model(model, dtype);
    if (status == MLP_OK)
        status = mlpi_check_size("offset", offset, 0, model->param_count);
    if (status == MLP_OK)
        status = mlpi_check_size("count", count, 0, model->param_count - offset);
    return status == MLP_OK && count > 0 ? mlpi_check_pointer("theta", theta) : status;
}

static mlp_status check_weights(const mlp_model *model, mlp_dtype dtype, int32_t layer, mlp_order order,
                                const void *A, int64_t lda)
{
    mlp_status status = check_layer(model, dtype, layer);
    if (status == MLP_OK && order != MLP_COLUMN_MAJOR && order != MLP_ROW_MAJOR)
        status =
            mlpi_fail(MLP_ERR_ARGUMENT, "order = %d: must be MLP_COLUMN_MAJOR or MLP_ROW_MAJOR", (int)order);
    if (status == MLP_OK)
        status = mlpi_check_pointer("A", A);
    if (status != MLP_OK)
        return status;
    return mlpi_check_ld("lda", lda, model->architecture.widths[order == MLP_ROW_MAJOR ? layer - 1 : layer]);
}

static mlp_status check_bias(const mlp_model *model, mlp_dtype dtype, int32_t layer, const void *b)
{
    const mlp_status status = check_layer(model, dtype, layer);
    return status == MLP_OK ? mlpi_check_pointer("b", b) : status;
}

#include "base/real32.h"
#include "api/params_tmpl.h"
#include "base/real64.h"
#include "api/params_tmpl.h"
