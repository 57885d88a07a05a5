#include "base/arena.h"
#include "base/checked.h"
#include "base/memory.h"

#include <stddef.h>

void *mlpi_arena_take(mlpi_arena *arena, int64_t count, int64_t size)
{
    int64_t bytes, at = arena->used;
    if (arena->overflowed || !mlpi_checked_mul(count, size, &bytes) ||
        !mlpi_checked_round_up(bytes, MLPI_ALIGNMENT, &bytes) || !mlpi_checked_add(at, bytes, &arena->used)) {
        arena->overflowed = 1;
        return NULL;
    }
    return arena->memory ? arena->memory + at : NULL;
}
