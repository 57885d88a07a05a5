#include "support/failing_allocator.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdlib.h>
#include <cmocka.h>

#define NEVER INT64_MAX

static _Atomic int64_t calls, failures, live, bytes_asked;
static _Atomic int64_t first_failing = NEVER, last_failing = NEVER; /* numbers of calls */

void *failing_allocate(int64_t bytes, int64_t alignment, void *context)
{
    (void)context;
    int64_t number = atomic_fetch_add(&calls, 1);
    atomic_fetch_add(&bytes_asked, bytes);
    if (number >= atomic_load(&first_failing) && number <= atomic_load(&last_failing)) {
        atomic_fetch_add(&failures, 1);
        return NULL;
    }
    void *memory = NULL;
    if (posix_memalign(&memory, (size_t)alignment, (size_t)bytes) != 0)
        return NULL;
    atomic_fetch_add(&live, 1);
    return memory;
}

void failing_deallocate(void *memory, void *context)
{
    (void)context;
    atomic_fetch_sub(&live, 1);
    free(memory);
}

void failing_allocator_fail_once(int64_t number)
{
    failing_allocator_relent();
    atomic_store(&last_failing, atomic_load(&calls) + number);
    atomic_store(&first_failing, atomic_load(&last_failing));
}

void failing_allocator_fail_from(int64_t number)
{
    failing_allocator_relent();
    atomic_store(&first_failing, atomic_load(&calls) + number);
}

void failing_allocator_relent(void)
{
    atomic_store(&first_failing, NEVER);
    atomic_store(&last_failing, NEVER);
}

int64_t failing_allocator_calls(void)
{
    return atomic_load(&calls);
}

int64_t failing_allocator_failures(void)
{
    return atomic_load(&failures);
}

int64_t failing_allocator_live(void)
{
    return atomic_load(&live);
}

int64_t failing_allocator_bytes(void)
{
    return atomic_load(&bytes_asked);
}

/* One play with the allocation `number` failing; returns whether it came to that. */
static int play(failing_allocator_scenario scenario, void *context, int64_t number, void (*arm)(int64_t))
{
    int64_t failures_before = failures, live_before = live;
    arm(number);
    mlp_status status = scenario(context);
    failing_allocator_relent();
    int failed = failures > failures_before;
    if (status != (failed ? MLP_ERR_MEMORY : MLP_OK) || live != live_before)
        fail_msg("allocation %lld %s: status %d, %lld blocks left", (long long)number,
                 failed ? "failed" : "was never asked for", (int)status, (long long)(live - live_before));
    return failed;
}

int64_t failing_allocator_sweep(failing_allocator_scenario scenario, void *context)
{
    int64_t calls_before = calls, live_before = live;
    assert_int_equal(scenario(context), MLP_OK);
    int64_t needed = calls - calls_before;
    assert_int_equal(live, live_before);
    for (int64_t number = 0; play(scenario, context, number, failing_allocator_fail_once); number++)
        ;
    for (int64_t number = 0; play(scenario, context, number, failing_allocator_fail_from); number++)
        ;
    return needed;
}
