#include "base/registry.h"
#include "base/memory.h"

#include <stdio.h>
#include <string.h>

/* The link that points to the entry of this id or name, or to NULL at the end. The lock is held. */
static mlpi_entry **link_of_id(mlpi_registry *registry, int32_t id)
{
    mlpi_entry **link = &registry->first;
    while (*link && (*link)->id != id)
        link = &(*link)->next;
    return link;
}

static mlpi_entry **link_of_name(mlpi_registry *registry, const char *name)
{
    mlpi_entry **link = &registry->first;
    while (*link && (name[0] == '\0' || strcmp((*link)->own_name, name) != 0))
        link = &(*link)->next;
    return link;
}

void mlpi_entry_set(mlpi_entry *entry, const char *name, void *context, mlp_release_fn release)
{
    snprintf(entry->own_name, sizeof entry->own_name, "%s", name);
    entry->name = entry->own_name;
    entry->context = context;
    entry->release = release;
}

int32_t mlpi_registry_enter(mlpi_registry *registry, mlpi_entry *entry)
{
    int32_t id = 0;
    pthread_mutex_lock(&registry->lock);
    if (!*link_of_name(registry, entry->own_name) && registry->next_id < INT32_MAX) {
        atomic_init(&entry->references, 1);
        id = entry->id = registry->next_id++;
        entry->next = registry->first;
        registry->first = entry;
    }
    pthread_mutex_unlock(&registry->lock);
    return id;
}

int mlpi_registry_remove(mlpi_registry *registry, int32_t id)
{
    pthread_mutex_lock(&registry->lock);
    mlpi_entry **link = link_of_id(registry, id), *found = *link;
    if (found)
        *link = found->next;
    pthread_mutex_unlock(&registry->lock);
    if (found)
        mlpi_entry_release(found);
    return found != NULL;
}

mlpi_entry *mlpi_registry_acquire(mlpi_registry *registry, int32_t id)
{
    pthread_mutex_lock(&registry->lock);
    mlpi_entry *found = *link_of_id(registry, id);
    if (found)
        mlpi_entry_retain(found);
    pthread_mutex_unlock(&registry->lock);
    return found;
}

void mlpi_entry_retain(mlpi_entry *entry)
{
    atomic_fetch_add_explicit(&entry->references, 1, memory_order_relaxed);
}

void mlpi_entry_release(mlpi_entry *entry)
{
    if (atomic_fetch_sub_explicit(&entry->references, 1, memory_order_acq_rel) > 1)
        return;
    if (entry->release)
        entry->release(entry->context);
    mlpi_free(entry);
}

int32_t mlpi_registry_find(mlpi_registry *registry, const char *name)
{
    pthread_mutex_lock(&registry->lock);
    const mlpi_entry *found = *link_of_name(registry, name);
    const int32_t id = found ? found->id : 0;
    pthread_mutex_unlock(&registry->lock);
    return id;
}

const char *mlpi_registry_name_of(mlpi_registry *registry, int32_t id)
{
    pthread_mutex_lock(&registry->lock);
    const mlpi_entry *found = *link_of_id(registry, id);
    const char *name = found ? found->name : NULL;
    pthread_mutex_unlock(&registry->lock);
    return name;
}
