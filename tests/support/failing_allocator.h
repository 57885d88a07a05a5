/*
 * An allocator that counts, and fails when told. Install it before the library's first allocation:
 *
 *     mlp_set_allocator(failing_allocate, failing_deallocate, NULL);           tests of the library
 *     mlpi_memory_set_allocator(failing_allocate, failing_deallocate, NULL);   unit tests
 *
 * Safe to use from several threads.
 */
#ifndef MLP_TESTS_FAILING_ALLOCATOR_H
#define MLP_TESTS_FAILING_ALLOCATOR_H

#include "mlp/status.h"

void *failing_allocate(int64_t bytes, int64_t alignment, void *context);
void failing_deallocate(void *memory, void *context);

/* Let the allocation `number` from now fail (0: the next one), that one alone or all from there on. */
void failing_allocator_fail_once(int64_t number);
void failing_allocator_fail_from(int64_t number);

/* Let none fail any more. */
void failing_allocator_relent(void);

int64_t failing_allocator_calls(void);    /* allocations asked for since the process began */
int64_t failing_allocator_failures(void); /* of these, refused on purpose */
int64_t failing_allocator_live(void);     /* blocks not freed yet */
int64_t failing_allocator_bytes(void);    /* bytes asked for since the process began, refused ones included */

/* Does something from start to end, freeing all it allocates even if it fails, and returns its status. */
typedef mlp_status (*failing_allocator_scenario)(void *context);

/*
 * Plays the scenario with its first allocation failing, then its second and so on, each once and for ever,
 * until it needs no more of them. Asserts that every failure comes back as MLP_ERR_MEMORY, that no block is
 * left, and that the scenario succeeds undisturbed. Returns how many allocations it makes undisturbed.
 */
int64_t failing_allocator_sweep(failing_allocator_scenario scenario, void *context);

#endif
