/*
 * The BLAS found at run time may not be the one linked against: alternatives, LD_LIBRARY_PATH or a program
 * that brings its own decide. So the file that cblas_sgemm really comes from is the one asked.
 */
#define _GNU_SOURCE
#include "engine/blas_backend.h"

#include <dlfcn.h>
#include <limits.h>
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
