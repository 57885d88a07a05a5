#include "loss/custom_loss.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/registry.h"

#include <stdio.h>

struct mlpi_custom_loss {
    mlpi_entry entry;
    mlpi_loss loss; /* what the rest of the library holds */
    int32_t max_order;
    mlp_loss_fn function; /* NULL for a configured loss, which has no name of its own either */
};

static mlpi_registry registry = MLPI_REGISTRY;

const mlpi_loss *mlpi_custom_loss_acquire(mlp_loss id)
{
    const mlpi_custom_loss *found = (mlpi_custom_loss *)mlpi_registry_acquire(&registry, id);
    return found ? &found->loss : NULL;
}

void mlpi_custom_loss_release(mlpi_custom_loss *loss)
{
    mlpi_entry_release(&loss->entry);
}

int mlpi_custom_loss_calls_back(const mlpi_custom_loss *loss)
{
    return loss->function != NULL;
}

int32_t mlpi_custom_loss_max_order(const mlpi_custom_loss *loss)
{
    return loss->max_order;
}

mlp_loss mlpi_custom_loss_find(const char *name)
{
    return mlpi_registry_find(&registry, name);
}

const char *mlpi_custom_loss_name_of(mlp_loss id)
{
    return mlpi_registry_name_of(&registry, id);
}

mlp_status mlpi_loss_register(const char *name, int32_t max_order, mlp_loss_fn function, void *context,
                              mlp_release_fn release, mlp_loss *id)
{
    *id = 0;
    const mlp_status status = mlpi_check_name(name);
    if (status != MLP_OK)
        return status;
    mlpi_custom_loss *loss = mlpi_zalloc(sizeof *loss);
    if (!loss)
        return mlpi_fail_memory("the loss", sizeof *loss);
    mlpi_entry_set(&loss->entry, name, context, release);
    loss->loss.custom = loss;
    loss->loss.name = loss->entry.name;
    loss->max_order = max_order;
    loss->function = function;
    if (!mlpi_loss_find(name))
        *id = mlpi_registry_enter(&registry, &loss->entry);
    if (*id)
        return MLP_OK;
    mlpi_free(loss);
    return mlpi_fail(MLP_ERR_ARGUMENT, "name = \"%s\": there is a loss of this name", name);
}

static int id_of(const mlpi_loss *loss)
{
    return (int)(loss->custom ? loss->custom->entry.id : loss->id);
}

static mlp_status check_parameter(const mlpi_loss *loss, double parameter)
{
    if (!loss->parameter)
        return mlpi_fail(MLP_ERR_ARGUMENT, "loss = %d: %s has no parameter", id_of(loss), loss->name);
    if (parameter >= loss->parameter_minimum && parameter <= loss->parameter_maximum)
        return MLP_OK;
    return mlpi_fail(MLP_ERR_ARGUMENT, "parameter = %g: the %s of %s must be from %g to %g", parameter,
                     loss->parameter, loss->name, loss->parameter_minimum, loss->parameter_maximum);
}

mlp_status mlpi_loss_configure(const mlpi_loss *loss, double parameter, mlp_loss *id)
{
    const mlp_status status = check_parameter(loss, parameter);
    if (status != MLP_OK)
        return status;
    mlpi_custom_loss *copy = mlpi_zalloc(sizeof *copy);
    if (!copy)
        return mlpi_fail_memory("the loss", sizeof *copy);
    copy->entry.name = loss->name;
    copy->loss = *loss;
    copy->loss.custom = copy;
    copy->loss.parameter_value = parameter;
    copy->max_order = mlpi_loss_max_order(loss);
    *id = mlpi_registry_enter(&registry, &copy->entry);
    if (*id)
        return MLP_OK;
    mlpi_free(copy);
    return mlpi_fail(MLP_ERR_ARGUMENT, "loss = %d: no id is left", id_of(loss));
}

mlp_status mlpi_loss_unregister(mlp_loss id)
{
    if (mlpi_registry_remove(&registry, id))
        return MLP_OK;
    return mlpi_fail(MLP_ERR_ARGUMENT, "loss = %d: not the id of a registered loss", (int)id);
}

static mlp_status check_order(const mlpi_custom_loss *loss, int32_t order)
{
    if (order <= loss->max_order)
        return MLP_OK;
    return mlpi_fail(MLP_ERR_UNSUPPORTED,
                     "loss = %d: \"%s\" was registered with derivatives up to order %d, not %d",
                     (int)loss->entry.id, loss->entry.name, (int)loss->max_order, (int)order);
}

/* Calls back, with what the scratch memory holds. */
static mlp_status call(const mlpi_custom_loss *loss, int32_t order, int64_t n, const double *y,
                       const double *t, int32_t label, const double *v, double *value, double *out)
{
    const int32_t answer = loss->function(order, n, y, t, label, v, value, out, loss->entry.context);
    char what[MLPI_NAME_LENGTH + 16];
    if (answer == 0)
        return MLP_OK;
    snprintf(what, sizeof what, "the loss \"%s\"", loss->entry.name);
    return mlpi_fail_callback(what, answer);
}

#include "base/real32.h"
#include "loss/custom_loss_tmpl.h"
#include "base/real64.h"
#include "loss/custom_loss_tmpl.h"
