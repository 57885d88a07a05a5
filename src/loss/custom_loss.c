#include "loss/custom_loss.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/name.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

struct mlpi_custom_loss {
    mlpi_loss loss;         /* what the rest of the library holds */
    mlpi_custom_loss *next; /* in the registry, guarded by its lock */
    atomic_int references;  /* the registry's own is one of them */
    int32_t max_order;
    mlp_loss_fn function; /* NULL for a configured loss, which has no name of its own either */
    void *context;
    mlp_release_fn release;
    char name[MLPI_NAME_LENGTH + 1];
};

static struct {
    pthread_mutex_t lock;
    mlpi_custom_loss *first;
    mlp_loss next_id;
} registry = {PTHREAD_MUTEX_INITIALIZER, NULL, MLPI_CUSTOM_LOSS_FIRST};

/* The link that points to the loss of this id or name, or to NULL at the end. The lock is held. */
static mlpi_custom_loss **link_of_id(mlp_loss id)
{
    mlpi_custom_loss **link = &registry.first;
    while (*link && (*link)->loss.id != id)
        link = &(*link)->next;
    return link;
}

static mlpi_custom_loss **link_of_name(const char *name)
{
    mlpi_custom_loss **link = &registry.first;
    while (*link && strcmp((*link)->name, name) != 0)
        link = &(*link)->next;
    return link;
}

const mlpi_loss *mlpi_custom_loss_acquire(mlp_loss id)
{
    pthread_mutex_lock(&registry.lock);
    mlpi_custom_loss *found = *link_of_id(id);
    if (found)
        atomic_fetch_add_explicit(&found->references, 1, memory_order_relaxed);
    pthread_mutex_unlock(&registry.lock);
    return found ? &found->loss : NULL;
}

void mlpi_custom_loss_release(mlpi_custom_loss *loss)
{
    if (atomic_fetch_sub_explicit(&loss->references, 1, memory_order_acq_rel) > 1)
        return;
    if (loss->release)
        loss->release(loss->context);
    mlpi_free(loss);
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
    pthread_mutex_lock(&registry.lock);
    const mlpi_custom_loss *found = name[0] == '\0' ? NULL : *link_of_name(name);
    const mlp_loss id = found ? found->loss.id : 0;
    pthread_mutex_unlock(&registry.lock);
    return id;
}

const char *mlpi_custom_loss_name_of(mlp_loss id)
{
    pthread_mutex_lock(&registry.lock);
    const mlpi_custom_loss *found = *link_of_id(id);
    const char *name = found ? found->loss.name : NULL;
    pthread_mutex_unlock(&registry.lock);
    return name;
}

/* Puts a complete loss into the registry, under a new id; 0 if its name is taken or no id is left. */
static mlp_loss enter(mlpi_custom_loss *loss)
{
    mlp_loss id = 0;
    pthread_mutex_lock(&registry.lock);
    if ((loss->name[0] == '\0' || !*link_of_name(loss->name)) && registry.next_id < INT32_MAX) {
        id = loss->loss.id = registry.next_id++;
        loss->next = registry.first;
        registry.first = loss;
    }
    pthread_mutex_unlock(&registry.lock);
    return id;
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
    atomic_init(&loss->references, 1);
    loss->loss.custom = loss;
    loss->loss.name = loss->name;
    loss->max_order = max_order;
    loss->function = function;
    loss->context = context;
    loss->release = release;
    snprintf(loss->name, sizeof loss->name, "%s", name);
    if (!mlpi_loss_find(name))
        *id = enter(loss);
    if (*id)
        return MLP_OK;
    mlpi_free(loss);
    return mlpi_fail(MLP_ERR_ARGUMENT, "name = \"%s\": there is a loss of this name", name);
}

static mlp_status check_parameter(const mlpi_loss *loss, double parameter)
{
    if (!loss->parameter)
        return mlpi_fail(MLP_ERR_ARGUMENT, "loss = %d: %s has no parameter", (int)loss->id, loss->name);
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
    atomic_init(&copy->references, 1);
    copy->loss = *loss;
    copy->loss.custom = copy;
    copy->loss.parameter_value = parameter;
    copy->max_order = mlpi_loss_max_order(loss);
    *id = enter(copy);
    if (*id)
        return MLP_OK;
    mlpi_free(copy);
    return mlpi_fail(MLP_ERR_ARGUMENT, "loss = %d: no id is left", (int)loss->id);
}

mlp_status mlpi_loss_unregister(mlp_loss id)
{
    pthread_mutex_lock(&registry.lock);
    mlpi_custom_loss **link = link_of_id(id), *found = *link;
    if (found)
        *link = found->next;
    pthread_mutex_unlock(&registry.lock);
    if (!found)
        return mlpi_fail(MLP_ERR_ARGUMENT, "loss = %d: not the id of a registered loss", (int)id);
    mlpi_custom_loss_release(found);
    return MLP_OK;
}

static mlp_status check_order(const mlpi_custom_loss *loss, int32_t order)
{
    if (order <= loss->max_order)
        return MLP_OK;
    return mlpi_fail(MLP_ERR_UNSUPPORTED,
                     "loss = %d: \"%s\" was registered with derivatives up to order %d, not %d",
                     (int)loss->loss.id, loss->name, (int)loss->max_order, (int)order);
}

/* Calls back, with what the scratch memory holds. */
static mlp_status call(const mlpi_custom_loss *loss, int32_t order, int64_t n, const double *y,
                       const double *t, int32_t label, const double *v, double *value, double *out)
{
    const int32_t answer = loss->function(order, n, y, t, label, v, value, out, loss->context);
    char what[MLPI_NAME_LENGTH + 16];
    if (answer == 0)
        return MLP_OK;
    snprintf(what, sizeof what, "the loss \"%s\"", loss->name);
    return mlpi_fail_callback(what, answer);
}

#include "base/real32.h"
#include "loss/custom_loss_tmpl.h"
#include "base/real64.h"
#include "loss/custom_loss_tmpl.h"
