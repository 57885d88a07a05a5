/*
 * Carving many arrays from one block. Run the same carving code twice: first on an arena without memory, which only
 * measures, then on one with `used` bytes of memory at a multiple of MLPI_ALIGNMENT.
 *
 *     | array | pad | array | pad | ...    every array starts on MLPI_ALIGNMENT bytes
 */
#ifndef MLPI_BASE_ARENA_H
#define MLPI_BASE_ARENA_H

#include <stdint.h>

typedef struct mlpi_arena {
    char *memory;   /* NULL while measuring */
    int64_t used;   /* bytes so far, a multiple of MLPI_ALIGNMENT */
    int overflowed; /* a size did not fit int64_t: `used` means nothing */
} mlpi_arena;

/* `count` elements of `size` bytes, uninitialised; NULL while measuring or after overflow. */
void *mlpi_arena_take(mlpi_arena *arena, int64_t count, int64_t size);

#endif
