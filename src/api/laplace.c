/* The Laplace approximation of mlp/algebra.h. */
#include "algebra/laplace.h"
#include "api/check_samples.h"
#include "base/error.h"

#include <math.h>

void mlp_laplace_destroy(mlp_laplace *laplace)
{
    mlpi_laplace_destroy(laplace);
}

/* The posterior is normal, and targets have an inverse. */
static mlp_status check_quadratic(const mlp_model *model)
{
    const mlpi_activation *last = &model->architecture.activations[model->architecture.layers - 1];
    if (!mlpi_activation_is_identity(last))
        return mlpi_fail(MLP_ERR_UNSUPPORTED, "model: its output activation is %s: must be identity",
                         mlpi_activation_name(last));
    if (model->head != MLP_HEAD_NONE)
        return mlpi_fail(MLP_ERR_UNSUPPORTED, "model: has a head of class probabilities: must have none");
    return MLP_OK;
}

static mlp_status check_laplace(const mlp_laplace *laplace, mlp_dtype dtype)
{
    const mlp_status status = mlpi_check_pointer("laplace", laplace);
    if (status == MLP_OK && laplace->dtype != dtype)
        return mlpi_fail(MLP_ERR_DTYPE, "laplace is %s: the function is for %s",
                         mlp_dtype_name(laplace->dtype), mlp_dtype_name(dtype));
    return status;
}

#include "base/real32.h"
#include "api/laplace_tmpl.h"
#include "base/real64.h"
#include "api/laplace_tmpl.h"
