#include "base/generation.h"

#include <stdatomic.h>

uint64_t mlpi_next_generation(void)
{
    static _Atomic uint64_t last;
    return atomic_fetch_add_explicit(&last, 1, memory_order_relaxed) + 1;
}
