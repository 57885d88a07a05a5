/* The one allocator of the library: every byte it owns passes through here. */
#ifndef MLPI_BASE_MEMORY_H
#define MLPI_BASE_MEMORY_H

#include "mlp/status.h"

#define MLPI_ALIGNMENT 64 /* a cache line, and one AVX-512 vector */

/* Uninitialised memory at a multiple of MLPI_ALIGNMENT; NULL on failure, which records no message. */
void *mlpi_alloc(int64_t bytes);

/* The same, zeroed. */
void *mlpi_zalloc(int64_t bytes);

/* A zeroed array of `count` elements of `size` bytes; NULL on failure or overflow. */
void *mlpi_calloc(int64_t count, int64_t size);

/* A copy of a string, or of its first `length` bytes with a NUL appended. */
char *mlpi_strdup(const char *text);
char *mlpi_strndup(const char *text, int64_t length);

/* Frees what the above returned; NULL is fine. */
void mlpi_free(void *memory);

mlp_status mlpi_memory_set_allocator(mlp_allocate_fn allocate, mlp_deallocate_fn deallocate, void *context);

#endif
