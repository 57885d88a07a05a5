#include "diff/jet.h"
#include "api/check_jet.h"
#include "base/checked.h"
#include "base/error.h"
#include "mlp/jet.h"

#include <math.h>

/* A jet that can be pulled back. */
static mlp_status check_held(const mlp_workspace *workspace)
{
    const mlpi_jet *held = &workspace->jets->held;
    if (held->groups == 0)
        return mlpi_fail(MLP_ERR_STATE, "workspace: remembers no jet; call mlp_jet or mlp_laplacian first");
    if (held->order > 2)
        return mlpi_fail(MLP_ERR_STATE,
                         "workspace: remembers a jet of third order, which cannot be pulled back");
    return MLP_OK;
}

#include "base/real32.h"
#include "api/jet_tmpl.h"
#include "base/real64.h"
#include "api/jet_tmpl.h"
