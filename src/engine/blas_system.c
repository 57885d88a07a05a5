/*
 * The BLAS found at run time may not be the one linked against: alternatives, LD_LIBRARY_PATH or a program
 * that brings its own decide. So the file that cblas_sgemm really comes from is the one asked.
 */
#define _GNU_SOURCE
#include "engine/blas_backend.h"

#include <dlfcn.h>
#include <limits.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

static const char *origin_path(void)
{
    Dl_info where;
    return dladdr(mlpi_backend_origin(), &where) && where.dli_fname ? where.dli_fname : "";
}

mlpi_backend_function *mlpi_backend_find(const char *name)
{
    mlpi_backend_function *function = NULL;
    void *library = dlopen(origin_path(), RTLD_LAZY | RTLD_NOLOAD);
    if (!library)
        return NULL;
    void *address = dlsym(library, name);
    memcpy(&function, &address, sizeof function);
    dlclose(library);
    return function;
}

void mlpi_backend_file(char *path, size_t size)
{
    char resolved[PATH_MAX];
    path[0] = '\0';
    if (realpath(origin_path(), resolved) && strlen(resolved) < size)
        memcpy(path, resolved, strlen(resolved) + 1);
}

/*
 * An OpenBLAS built without threads hands one piece of working memory to two threads that are inside it at the same
 * time, and both get wrong results. USE_LOCKING=1 builds do not, but nothing tells them apart: all of them are entered
 * one at a time.
 */
static int takes_turns(void)
{
    enum { UNKNOWN, NO, YES };
    static atomic_int known;
    int answer = atomic_load_explicit(&known, memory_order_relaxed);
    if (answer == UNKNOWN) {
        int (*parallel)(void) = (int (*)(void))mlpi_backend_find("openblas_get_parallel");
        answer = parallel && parallel() == 0 ? YES : NO;
        atomic_store_explicit(&known, answer, memory_order_relaxed);
    }
    return answer == YES;
}

static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;

void mlpi_backend_enter(void)
{
    if (takes_turns())
        pthread_mutex_lock(&turn);
}

void mlpi_backend_leave(void)
{
    if (takes_turns())
        pthread_mutex_unlock(&turn);
}
