#include "api/check_jet.h"
#include "base/checked.h"
#include "base/error.h"

#include <math.h>

mlp_status mlpi_check_room(const mlp_workspace *workspace, int64_t batch, const mlpi_jet *jet)
{
    const mlpi_jet_memory *jets = workspace->jets;
    const int64_t streams = mlpi_jet_streams(jet);
    if (streams > jets->most || streams > jets->columns / batch)
        return mlpi_fail(
            MLP_ERR_SIZE,
            "workspace: a batch of %lld with %lld streams each; it has room for %lld of them in all, and "
            "for %lld of a sample: create it with more times MLP_USE_STREAM",
            (long long)batch, (long long)(streams - 1), (long long)(jets->columns - batch),
            (long long)(jets->most - 1));
    return MLP_OK;
}

#include "base/real32.h"
#include "api/check_jet_tmpl.h"
#include "base/real64.h"
#include "api/check_jet_tmpl.h"
