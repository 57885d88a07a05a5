#include "layer/activation.h"
#include "base/checked.h"
#include "base/error.h"
#include "base/memory.h"
#include "layer/custom_activation.h"
#include "layer/vectors.h"

#include <math.h>
#include <string.h>

mlp_status mlpi_activation_acquire(mlp_activation id, mlpi_activation *out)
{
    const mlpi_activation_kind *kind = mlpi_activation_kind_of(id);
    mlpi_custom_activation *custom = kind ? NULL : mlpi_custom_activation_acquire(id);
    *out = (mlpi_activation){kind, custom, kind ? kind->parameter_default : 0};
    if (kind || custom)
        return MLP_OK;
    return mlpi_fail(MLP_ERR_ARGUMENT, "activation = %d: neither a constant nor a registered id", (int)id);
}

mlpi_activation mlpi_activation_share(const mlpi_activation *activation)
{
    if (activation->custom)
        mlpi_custom_activation_retain(activation->custom);
    return *activation;
}

void mlpi_activation_release(mlpi_activation *activation)
{
    if (activation->custom)
        mlpi_custom_activation_release(activation->custom);
    *activation = (mlpi_activation){0};
}

mlp_activation mlpi_activation_id(const mlpi_activation *activation)
{
    return activation->kind ? activation->kind->id : mlpi_custom_activation_id(activation->custom);
}

const char *mlpi_activation_name(const mlpi_activation *activation)
{
    return activation->kind ? activation->kind->name : mlpi_custom_activation_name(activation->custom);
}

int32_t mlpi_activation_reads(const mlpi_activation *activation)
{
    return activation->kind ? activation->kind->reads : MLPI_READS_Z;
}

int32_t mlpi_activation_max_order(const mlpi_activation *activation)
{
    return activation->kind ? MLPI_ORDERS - 1 : mlpi_custom_activation_max_order(activation->custom);
}

double mlpi_activation_steepest(const mlpi_activation *activation)
{
    const mlpi_activation_kind *kind = activation->kind;
    if (!kind || kind->steepest == 0)
        return (double)INFINITY;
    const double magnitude = kind->parameter ? fabs(activation->parameter) : 1;
    return magnitude > 1 ? kind->steepest * magnitude : kind->steepest;
}

int mlpi_activation_is_identity(const mlpi_activation *activation)
{
    return activation->kind && activation->kind->id == MLP_IDENTITY;
}

int mlpi_activation_is_curved(const mlpi_activation *activation)
{
    return activation->custom || !activation->kind->piecewise_linear;
}

int mlpi_activation_needs_z(const mlpi_activation *activation)
{
    return !mlpi_activation_is_identity(activation) && mlpi_activation_reads(activation) == MLPI_READS_Z;
}

mlp_activation mlpi_activation_find(const char *name)
{
    const mlpi_activation_kind *kind = mlpi_activation_kind_named(name);
    return kind ? kind->id : mlpi_custom_activation_find(name);
}

const char *mlpi_activation_name_of(mlp_activation id)
{
    const mlpi_activation_kind *kind = mlpi_activation_kind_of(id);
    return kind ? kind->name : mlpi_custom_activation_name_of(id);
}

enum { CHUNK = 256 };

#include "base/real32.h"
#include "layer/activation_tmpl.h"
#include "base/real64.h"
#include "layer/activation_tmpl.h"
