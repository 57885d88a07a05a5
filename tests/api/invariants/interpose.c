#define _GNU_SOURCE
#include "interpose.h"

_Thread_local int interpose_in_blas;

#ifdef INTERPOSE_WORKS

#include <dlfcn.h>
#include <errno.h>
#include <malloc.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <threads.h>

static _Thread_local int armed;
static _Thread_local interpose_counts counts;

void interpose_arm(void)
{
    counts = (interpose_counts){{0}, {0}};
    armed = 1;
}

interpose_counts interpose_disarm(void)
{
    armed = 0;
    return counts;
}

/* ---- Memory: glibc's own functions under their second names, which need no look-up ---- */

void *__libc_malloc(size_t);
void *__libc_calloc(size_t, size_t);
void *__libc_realloc(void *, size_t);
void *__libc_memalign(size_t, size_t);
void __libc_free(void *);

static void note_allocation(void)
{
    counts.allocations[interpose_in_blas] += armed;
}

void *malloc(size_t size)
{
    note_allocation();
    return __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    note_allocation();
    return __libc_calloc(count, size);
}

void *realloc(void *memory, size_t size)
{
    note_allocation();
    return __libc_realloc(memory, size);
}

void *memalign(size_t alignment, size_t size)
{
    note_allocation();
    return __libc_memalign(alignment, size);
}

void *aligned_alloc(size_t alignment, size_t size)
{
    return memalign(alignment, size);
}

int posix_memalign(void **memory, size_t alignment, size_t size)
{
    void *taken = memalign(alignment, size);
    if (taken)
        *memory = taken;
    return taken ? 0 : ENOMEM;
}

void free(void *memory)
{
    note_allocation();
    __libc_free(memory);
}

/* ---- Locks: handed on to the next definition ---- */

typedef int lock_function(void *);

/* Notes a lock and calls the real function, found once. A spin lock of a library's own making is not seen. */
static int take(const char *name, _Atomic(lock_function *) *real, void *lock)
{
    lock_function *function = atomic_load_explicit(real, memory_order_relaxed);
    counts.locks[interpose_in_blas] += armed;
    if (!function) {
        void *address = dlsym(RTLD_NEXT, name);
        memcpy(&function, &address, sizeof function);
        atomic_store_explicit(real, function, memory_order_relaxed);
    }
    return function(lock);
}

int pthread_mutex_lock(pthread_mutex_t *lock)
{
    static _Atomic(lock_function *) real;
    return take("pthread_mutex_lock", &real, lock);
}

int pthread_mutex_trylock(pthread_mutex_t *lock)
{
    static _Atomic(lock_function *) real;
    return take("pthread_mutex_trylock", &real, lock);
}

int pthread_rwlock_rdlock(pthread_rwlock_t *lock)
{
    static _Atomic(lock_function *) real;
    return take("pthread_rwlock_rdlock", &real, lock);
}

int pthread_rwlock_wrlock(pthread_rwlock_t *lock)
{
    static _Atomic(lock_function *) real;
    return take("pthread_rwlock_wrlock", &real, lock);
}

int pthread_spin_lock(pthread_spinlock_t *lock)
{
    static _Atomic(lock_function *) real;
    return take("pthread_spin_lock", &real, (void *)(uintptr_t)lock);
}

int mtx_lock(mtx_t *lock)
{
    static _Atomic(lock_function *) real;
    return take("mtx_lock", &real, lock);
}

int sem_wait(sem_t *lock)
{
    static _Atomic(lock_function *) real;
    return take("sem_wait", &real, lock);
}

#endif
