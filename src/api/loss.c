#include "loss/loss.h"
#include "api/check_samples.h"
#include "base/error.h"

const char *mlp_loss_name(mlp_loss loss)
{
    const mlpi_loss *found = mlpi_loss_of(loss);
    return found ? found->name : NULL;
}

mlp_loss mlp_loss_from_name(const char *name)
{
    const mlpi_loss *found = name ? mlpi_loss_find(name) : NULL;
    return found ? found->id : 0;
}

static mlp_status check_loss(mlp_loss loss)
{
    return mlpi_loss_of(loss)
               ? MLP_OK
               : mlpi_fail(MLP_ERR_ARGUMENT, "loss = %d: must be one of the mlp_loss constants", (int)loss);
}

#include "base/real32.h"
#include "api/loss_tmpl.h"
#include "base/real64.h"
#include "api/loss_tmpl.h"
