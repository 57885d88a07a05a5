#include "layer/custom_activation.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/registry.h"

#include <stdio.h>

enum { CHUNK = 256 };

struct mlpi_custom_activation {
    mlpi_entry entry;
    int32_t max_order;
    mlp_activation_fn function;
};

static mlpi_registry registry = MLPI_REGISTRY;

mlpi_custom_activation *mlpi_custom_activation_acquire(mlp_activation id)
{
    return (mlpi_custom_activation *)mlpi_registry_acquire(&registry, id);
}

void mlpi_custom_activation_retain(mlpi_custom_activation *activation)
{
    mlpi_entry_retain(&activation->entry);
}

void mlpi_custom_activation_release(mlpi_custom_activation *activation)
{
    mlpi_entry_release(&activation->entry);
}

mlp_activation mlpi_custom_activation_find(const char *name)
{
    return mlpi_registry_find(&registry, name);
}

const char *mlpi_custom_activation_name_of(mlp_activation id)
{
    return mlpi_registry_name_of(&registry, id);
}

mlp_activation mlpi_custom_activation_id(const mlpi_custom_activation *activation)
{
    return activation->entry.id;
}

const char *mlpi_custom_activation_name(const mlpi_custom_activation *activation)
{
    return activation->entry.name;
}

int32_t mlpi_custom_activation_max_order(const mlpi_custom_activation *activation)
{
    return activation->max_order;
}

mlp_status mlpi_custom_activation_register(const char *name, int32_t max_order, mlp_activation_fn function,
                                           void *context, mlp_release_fn release, mlp_activation *id)
{
    *id = 0;
    const mlp_status status = mlpi_check_name(name);
    if (status != MLP_OK)
        return status;
    mlpi_custom_activation *activation = mlpi_zalloc(sizeof *activation);
    if (!activation)
        return mlpi_fail_memory("the activation", sizeof *activation);
    activation->max_order = max_order;
    activation->function = function;
    mlpi_entry_set(&activation->entry, name, context, release);
    if (!mlpi_activation_kind_named(name))
        *id = mlpi_registry_enter(&registry, &activation->entry);
    if (*id)
        return MLP_OK;
    mlpi_free(activation);
    return mlpi_fail(MLP_ERR_ARGUMENT, "name = \"%s\": there is an activation of this name", name);
}

mlp_status mlpi_custom_activation_unregister(mlp_activation id)
{
    if (mlpi_registry_remove(&registry, id))
        return MLP_OK;
    return mlpi_fail(MLP_ERR_ARGUMENT, "activation = %d: not the id of a registered activation", (int)id);
}

static mlp_status check_order(const mlpi_custom_activation *activation, int32_t order)
{
    if (order <= activation->max_order)
        return MLP_OK;
    return mlpi_fail(MLP_ERR_UNSUPPORTED,
                     "order = %d: the activation \"%s\" was registered with derivatives up to %d", (int)order,
                     activation->entry.name, (int)activation->max_order);
}

static mlp_status callback_failed(const mlpi_custom_activation *activation, int32_t value)
{
    char what[MLPI_NAME_LENGTH + 24];
    snprintf(what, sizeof what, "the activation \"%s\"", activation->entry.name);
    return mlpi_fail_callback(what, value);
}

#include "base/real32.h"
#include "layer/custom_activation_tmpl.h"
#include "base/real64.h"
#include "layer/custom_activation_tmpl.h"
