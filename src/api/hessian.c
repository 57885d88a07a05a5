#include "diff/hessian.h"
#include "api/check.h"
#include "api/check_samples.h"
#include "base/checked.h"
#include "base/error.h"
#include "mlp/hessian.h"

/* A loss has been linearised at the remembered pass. */
static mlp_status check_linearized(const mlp_workspace *workspace, const mlpi_loss **loss)
{
    if (workspace->loss_point->loss == 0)
        return mlpi_fail(MLP_ERR_STATE, "workspace: no loss is linearised; call mlp_linearize first");
    *loss = mlpi_loss_of(workspace->loss_point->loss);
    return *loss ? MLP_OK : mlpi_fail(MLP_ERR_STATE, "workspace: the linearised loss has been unregistered");
}

#include "base/real32.h"
#include "api/hessian_tmpl.h"
#include "base/real64.h"
#include "api/hessian_tmpl.h"
