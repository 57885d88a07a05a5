/**
 * @file
 * Memory for the programs of the benchmark, which have nothing better to do without it: running out ends them.
 */
#ifndef BENCH_MEMORY_H
#define BENCH_MEMORY_H

#include <stdint.h>

/** count x size bytes, zeroed, at a multiple of 64, in huge pages where large. Released by free(). */
void *memory_new(int64_t count, int64_t size);

#endif
