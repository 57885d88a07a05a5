#include "mlp/model.h"

#include "base/error.h"
#include "model/initializer.h"

#include <stddef.h>

const char *mlp_initializer_name(mlp_initializer initializer)
{
    const mlpi_initializer *kind = mlpi_initializer_of(initializer);
    return kind ? kind->name : NULL;
}

mlp_initializer mlp_initializer_from_name(const char *name)
{
    const mlpi_initializer *kind = name ? mlpi_initializer_find(name) : NULL;
    return kind ? kind->id : 0;
}

mlp_status mlp_initializer_parameter(mlp_initializer initializer, const char **name, double *default_value,
                                     double *minimum, double *maximum)
{
    const mlpi_initializer *kind = mlpi_initializer_of(initializer);
    if (!kind)
        return mlpi_fail(MLP_ERR_ARGUMENT, "initializer = %d: must be one of the MLP_INIT_... constants",
                         (int)initializer);
    if (name)
        *name = kind->parameter;
    if (default_value)
        *default_value = kind->parameter_default;
    if (minimum)
        *minimum = kind->parameter_minimum;
    if (maximum)
        *maximum = kind->parameter_maximum;
    return MLP_OK;
}
