#include "diff/hessian.h"
#include "api/check.h"
#include "api/check_samples.h"
#include "base/checked.h"
#include "base/error.h"
#include "mlp/hessian.h"

/* A loss has been linearised at the remembered pass. */
static mlp_status check_linearized(const mlp_workspace *workspace)
{
    return workspace->loss_point->loss
               ? MLP_OK
               : mlpi_fail(MLP_ERR_STATE, "workspace: no loss is linearised; call mlp_linearize first");
}

/* A loss with a second derivative. */
static mlp_status check_curved(mlp_loss id, const mlpi_loss *loss)
{
    if (!loss)
        return mlpi_fail(MLP_ERR_ARGUMENT,
                         "loss = %d: neither one of the mlp_loss constants nor a registered id", (int)id);
    if (mlpi_loss_max_order(loss) < 2)
        return mlpi_fail(MLP_ERR_UNSUPPORTED, "loss %s has no second derivative", loss->name);
    return MLP_OK;
}

#include "base/real32.h"
#include "api/hessian_tmpl.h"
#include "base/real64.h"
#include "api/hessian_tmpl.h"
