/*
 * What the user has registered under an id, and mostly a name: shared, counted objects of the process. An object begins with its
 * mlpi_entry, and comes from mlpi_zalloc(). Thread-safe.
 */
#ifndef MLPI_BASE_REGISTRY_H
#define MLPI_BASE_REGISTRY_H

#include "base/name.h"
#include "mlp/base.h"

#include <pthread.h>
#include <stdatomic.h>

enum { MLPI_REGISTRY_FIRST = 1000 }; /* the first id given out; those of what is built in stay below */

typedef struct mlpi_entry {
    struct mlpi_entry *next; /* guarded by the registry's lock */
    atomic_int references;   /* the registry's own is one of them */
    int32_t id;
    const char *name; /* own_name, or that of what it is a variant of */
    mlp_release_fn release;
    void *context;
    char own_name[MLPI_NAME_LENGTH + 1]; /* it is found by; empty for none */
} mlpi_entry;

typedef struct mlpi_registry {
    pthread_mutex_t lock;
    mlpi_entry *first;
    int32_t next_id; /* ids are never reused */
} mlpi_registry;

/* An empty one. */
#define MLPI_REGISTRY                                                                                        \
    {                                                                                                        \
        PTHREAD_MUTEX_INITIALIZER, NULL, MLPI_REGISTRY_FIRST                                                 \
    }

/* What a new object of the user's own is called, and what goes with it. */
void mlpi_entry_set(mlpi_entry *entry, const char *name, void *context, mlp_release_fn release);

/* Puts an object into the registry, under a new id: its first reference. 0 if its name is taken or no id is left. */
int32_t mlpi_registry_enter(mlpi_registry *registry, mlpi_entry *entry);
/* Takes an object out and gives up the registry's reference; 0 if there is none of this id. */
int mlpi_registry_remove(mlpi_registry *registry, int32_t id);

/* A reference to the object of this id; NULL if there is none. */
mlpi_entry *mlpi_registry_acquire(mlpi_registry *registry, int32_t id);
void mlpi_entry_retain(mlpi_entry *entry);
/* With the last reference calls the user's release function, on this thread, and frees the object. */
void mlpi_entry_release(mlpi_entry *entry);

/* The id that goes with a name; 0 if there is none. */
int32_t mlpi_registry_find(mlpi_registry *registry, const char *name);
/* The name that goes with an id, which lives as long as the object; NULL if there is none. */
const char *mlpi_registry_name_of(mlpi_registry *registry, int32_t id);

#endif
