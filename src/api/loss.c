#include "loss/loss.h"
#include "api/check_samples.h"
#include "base/error.h"
#include "loss/custom_loss.h"

const char *mlp_loss_name(mlp_loss loss)
{
    const mlpi_loss *found = mlpi_loss_of(loss);
    return found ? found->name : mlpi_custom_loss_name_of(loss);
}

mlp_loss mlp_loss_from_name(const char *name)
{
    const mlpi_loss *found = name ? mlpi_loss_find(name) : NULL;
    return found ? found->id : name ? mlpi_custom_loss_find(name) : 0;
}

mlp_status mlp_loss_register(const char *name, int32_t max_order, mlp_loss_fn function, void *context,
                             mlp_release_fn release, mlp_loss *loss)
{
    mlp_status status = mlpi_check_pointer("loss", loss);
    if (status != MLP_OK)
        return status;
    *loss = 0;
    status = mlpi_check_pointer("name", name);
    if (status == MLP_OK)
        status = mlpi_check_argument("max_order", max_order, 0, 2);
    if (status == MLP_OK && !function)
        status = mlpi_fail(MLP_ERR_ARGUMENT, "function = NULL: must not be NULL");
    return status == MLP_OK ? mlpi_loss_register(name, max_order, function, context, release, loss) : status;
}

mlp_status mlp_loss_unregister(mlp_loss loss)
{
    return mlpi_loss_unregister(loss);
}

static mlp_status check_loss(mlp_loss loss, const mlpi_loss *found)
{
    return found
               ? MLP_OK
               : mlpi_fail(MLP_ERR_ARGUMENT,
                           "loss = %d: neither one of the mlp_loss constants nor a registered id", (int)loss);
}

mlp_status mlp_loss_parameter(mlp_loss loss, const char **name, double *value, double *minimum,
                              double *maximum)
{
    const mlpi_loss *found = mlpi_loss_acquire(loss);
    const mlp_status status = check_loss(loss, found);
    if (status != MLP_OK)
        return status;
    if (name)
        *name = found->parameter;
    if (value)
        *value = found->parameter_value;
    if (minimum)
        *minimum = found->parameter_minimum;
    if (maximum)
        *maximum = found->parameter_maximum;
    mlpi_loss_release(found);
    return MLP_OK;
}

mlp_status mlp_loss_configure(mlp_loss loss, double parameter, mlp_loss *configured)
{
    mlp_status status = mlpi_check_pointer("configured", configured);
    if (status != MLP_OK)
        return status;
    const mlpi_loss *found = mlpi_loss_acquire(loss);
    *configured = 0;
    status = check_loss(loss, found);
    if (status == MLP_OK)
        status = mlpi_loss_configure(found, parameter, configured);
    mlpi_loss_release(found);
    return status;
}

#include "base/real32.h"
#include "api/loss_tmpl.h"
#include "base/real64.h"
#include "api/loss_tmpl.h"
