#include "layer/custom_activation.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/name.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

enum { CHUNK = 256 };

struct mlpi_custom_activation {
    mlpi_custom_activation *next; /* in the registry, guarded by its lock */
    atomic_int references;        /* the registry's own is one of them */
    mlp_activation id;
    int32_t max_order;
    mlp_activation_fn function;
    void *context;
    mlp_release_fn release;
    char name[MLPI_NAME_LENGTH + 1];
};

static struct {
    pthread_mutex_t lock;
    mlpi_custom_activation *first;
    mlp_activation next_id;
} registry = {PTHREAD_MUTEX_INITIALIZER, NULL, MLPI_CUSTOM_ACTIVATION_FIRST};

/* The link that points to the activation of this id or name, or to NULL at the end. The lock is held. */
static mlpi_custom_activation **link_of_id(mlp_activation id)
{
    mlpi_custom_activation **link = &registry.first;
    while (*link && (*link)->id != id)
        link = &(*link)->next;
    return link;
}

static mlpi_custom_activation **link_of_name(const char *name)
{
    mlpi_custom_activation **link = &registry.first;
    while (*link && strcmp((*link)->name, name) != 0)
        link = &(*link)->next;
    return link;
}

mlpi_custom_activation *mlpi_custom_activation_acquire(mlp_activation id)
{
    pthread_mutex_lock(&registry.lock);
    mlpi_custom_activation *found = *link_of_id(id);
    if (found)
        mlpi_custom_activation_retain(found);
    pthread_mutex_unlock(&registry.lock);
    return found;
}

void mlpi_custom_activation_retain(mlpi_custom_activation *activation)
{
    atomic_fetch_add_explicit(&activation->references, 1, memory_order_relaxed);
}

void mlpi_custom_activation_release(mlpi_custom_activation *activation)
{
    if (atomic_fetch_sub_explicit(&activation->references, 1, memory_order_acq_rel) > 1)
        return;
    if (activation->release)
        activation->release(activation->context);
    mlpi_free(activation);
}

mlp_activation mlpi_custom_activation_find(const char *name)
{
    pthread_mutex_lock(&registry.lock);
    const mlpi_custom_activation *found = *link_of_name(name);
    const mlp_activation id = found ? found->id : 0;
    pthread_mutex_unlock(&registry.lock);
    return id;
}

const char *mlpi_custom_activation_name_of(mlp_activation id)
{
    pthread_mutex_lock(&registry.lock);
    const mlpi_custom_activation *found = *link_of_id(id);
    const char *name = found ? found->name : NULL;
    pthread_mutex_unlock(&registry.lock);
    return name;
}

mlp_activation mlpi_custom_activation_id(const mlpi_custom_activation *activation)
{
    return activation->id;
}

const char *mlpi_custom_activation_name(const mlpi_custom_activation *activation)
{
    return activation->name;
}

int32_t mlpi_custom_activation_max_order(const mlpi_custom_activation *activation)
{
    return activation->max_order;
}

/* Puts a complete activation into the registry, under a new id; 0 if its name is taken or no id is left. */
static mlp_activation enter(mlpi_custom_activation *activation)
{
    mlp_activation id = 0;
    pthread_mutex_lock(&registry.lock);
    if (!*link_of_name(activation->name) && registry.next_id < INT32_MAX) {
        id = activation->id = registry.next_id++;
        activation->next = registry.first;
        registry.first = activation;
    }
    pthread_mutex_unlock(&registry.lock);
    return id;
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
    atomic_init(&activation->references, 1);
    activation->max_order = max_order;
    activation->function = function;
    activation->context = context;
    activation->release = release;
    snprintf(activation->name, sizeof activation->name, "%s", name);
    if (!mlpi_activation_kind_named(name))
        *id = enter(activation);
    if (*id)
        return MLP_OK;
    mlpi_free(activation);
    return mlpi_fail(MLP_ERR_ARGUMENT, "name = \"%s\": there is an activation of this name", name);
}

mlp_status mlpi_custom_activation_unregister(mlp_activation id)
{
    pthread_mutex_lock(&registry.lock);
    mlpi_custom_activation **link = link_of_id(id), *found = *link;
    if (found)
        *link = found->next;
    pthread_mutex_unlock(&registry.lock);
    if (!found)
        return mlpi_fail(MLP_ERR_ARGUMENT, "activation = %d: not the id of a registered activation", (int)id);
    mlpi_custom_activation_release(found);
    return MLP_OK;
}

static mlp_status check_order(const mlpi_custom_activation *activation, int32_t order)
{
    if (order <= activation->max_order)
        return MLP_OK;
    return mlpi_fail(MLP_ERR_UNSUPPORTED,
                     "order = %d: the activation \"%s\" was registered with derivatives up to %d", (int)order,
                     activation->name, (int)activation->max_order);
}

static mlp_status callback_failed(const mlpi_custom_activation *activation, int32_t value)
{
    char what[MLPI_NAME_LENGTH + 24];
    snprintf(what, sizeof what, "the activation \"%s\"", activation->name);
    return mlpi_fail_callback(what, value);
}

#include "base/real32.h"
#include "layer/custom_activation_tmpl.h"
#include "base/real64.h"
#include "layer/custom_activation_tmpl.h"
