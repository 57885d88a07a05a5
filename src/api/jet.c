#include "diff/jet.h"
#include "api/check.h"
#include "base/checked.h"
#include "base/error.h"
#include "mlp/jet.h"

#include <math.h>

/* The batch's streams fit the workspace. */
static mlp_status check_room(const mlp_workspace *workspace, const mlpi_jet *jet)
{
    const mlpi_jet_memory *jets = workspace->jets;
    const int64_t streams = mlpi_jet_streams(jet);
    if (streams > jets->most || streams > jets->columns / workspace->batch)
        return mlpi_fail(
            MLP_ERR_SIZE,
            "workspace: a batch of %lld with %lld streams each; it has room for %lld of them in all, and "
            "for %lld of a sample: create it with more times MLP_USE_STREAM",
            (long long)workspace->batch, (long long)(streams - 1),
            (long long)(jets->columns - workspace->batch), (long long)(jets->most - 1));
    return MLP_OK;
}

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
