/* Pools to test: how they are made and tried. CMocka's headers come before this one. */
#ifndef MLP_TESTS_POOL_TOOLS_H
#define MLP_TESTS_POOL_TOOLS_H

#include "engine/pool.h"

#include <time.h>

enum { MOST = 8 };

static inline mlpi_pool *make(int32_t threads)
{
    mlpi_pool *pool = NULL;
    assert_int_equal(mlpi_pool_create(threads, &pool), MLP_OK);
    return pool;
}

static inline void pause_ms(long milliseconds)
{
    nanosleep(&(struct timespec){0, milliseconds * 1000000}, NULL);
}

static inline void tick(void *context, int32_t index, int32_t count)
{
    ((int32_t *)context)[index] += count;
}

/* Returns 1 if a run over all threads made `expected` tasks. */
static inline int runs(mlpi_pool *pool, int32_t expected)
{
    int32_t ticks[MOST] = {0}, wrong = 0;
    mlpi_pool_run(pool, MOST, tick, ticks);
    for (int32_t i = 0; i < MOST; i++)
        wrong += ticks[i] != (i < expected ? expected : 0);
    return !wrong;
}

#endif
