#include "mlp/activation.h"
#include "api/check.h"
#include "base/error.h"
#include "layer/activation.h"

#include <stdint.h>

const char *mlp_activation_name(mlp_activation activation)
{
    return mlpi_activation_name_of(activation);
}

mlp_activation mlp_activation_from_name(const char *name)
{
    return name ? mlpi_activation_find(name) : 0;
}

mlp_status mlp_activation_parameter(mlp_activation activation, const char **name, double *default_value,
                                    double *minimum, double *maximum)
{
    static const mlpi_activation_kind without_parameter;
    mlpi_activation found;
    const mlp_status status = mlpi_activation_acquire(activation, &found);
    if (status != MLP_OK)
        return status;
    const mlpi_activation_kind *kind = found.kind ? found.kind : &without_parameter;
    if (name)
        *name = kind->parameter;
    if (default_value)
        *default_value = kind->parameter_default;
    if (minimum)
        *minimum = kind->parameter_minimum;
    if (maximum)
        *maximum = kind->parameter_maximum;
    mlpi_activation_release(&found);
    return MLP_OK;
}

mlp_status mlpi_set_activation_parameter(mlpi_activation *activation, double parameter)
{
    const mlpi_activation_kind *kind = activation->kind;
    if (!kind || !kind->parameter)
        return MLP_OK;
    if (!(parameter >= kind->parameter_minimum && parameter <= kind->parameter_maximum))
        return mlpi_fail(MLP_ERR_ARGUMENT, "parameter = %g: the %s of %s must be from %g to %g", parameter,
                         kind->parameter, kind->name, kind->parameter_minimum, kind->parameter_maximum);
    activation->parameter = parameter;
    return MLP_OK;
}

/* n values of `size` bytes at z and at out: the same array, or two that do not overlap. */
static mlp_status check_arrays(int64_t n, int64_t size, const void *z, const void *out)
{
    mlp_status status = mlpi_check_size("n", n, 0, INT64_MAX / size);
    if (status != MLP_OK || n == 0)
        return status;
    status = mlpi_check_pointer("z", z);
    if (status == MLP_OK)
        status = mlpi_check_pointer("out", out);
    if (status != MLP_OK || z == out)
        return status;
    const uintptr_t from = (uintptr_t)z, to = (uintptr_t)out;
    if ((from < to ? to - from : from - to) < (uintptr_t)(n * size))
        return mlpi_fail(MLP_ERR_ARGUMENT, "out: overlaps z without being z itself");
    return MLP_OK;
}

#include "base/real32.h"
#include "api/activation_tmpl.h"
#include "base/real64.h"
#include "api/activation_tmpl.h"

mlp_status mlp_activation_register(const char *name, int32_t max_order, mlp_activation_fn function,
                                   void *context, mlp_release_fn release, mlp_activation *activation)
{
    mlp_status status = mlpi_check_pointer("activation", activation);
    if (status != MLP_OK)
        return status;
    *activation = 0;
    status = mlpi_check_pointer("name", name);
    if (status == MLP_OK)
        status = mlpi_check_argument("max_order", max_order, 0, MLPI_ORDERS - 1);
    if (status == MLP_OK && !function)
        status = mlpi_fail(MLP_ERR_ARGUMENT, "function = NULL: must not be NULL");
    if (status != MLP_OK)
        return status;
    return mlpi_custom_activation_register(name, max_order, function, context, release, activation);
}

mlp_status mlp_activation_unregister(mlp_activation activation)
{
    return mlpi_custom_activation_unregister(activation);
}
