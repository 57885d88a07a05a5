/*
 * The native engine's own threads, one pool per workspace. Between two runs they spin for a moment, then sleep.
 *
 * The owner of a pool calls from one thread at a time. Tasks call nothing of the user's, so that nothing forks or
 * comes back to the pool from within a run.
 */
#ifndef MLPI_ENGINE_POOL_H
#define MLPI_ENGINE_POOL_H

#include "mlp/status.h"

#include <stdint.h>

#define MLPI_POOL_MOST 1024

typedef struct mlpi_pool mlpi_pool;

/* Work part `index` of `count`. Which thread runs it must not show in the result. */
typedef void (*mlpi_pool_task)(void *context, int32_t index, int32_t count);

/*
 * A pool of `threads` in 1 .. MLPI_POOL_MOST, the caller being one of them: *out = NULL for 1, which every function
 * here takes for "no other thread". Only memory is taken; the threads are born at the first run.
 */
mlp_status mlpi_pool_create(int32_t threads, mlpi_pool **out);

/* The same in `bytes` bytes of the caller's, at a multiple of MLPI_ALIGNMENT; NULL and 0 bytes for one thread. */
int64_t mlpi_pool_bytes(int32_t threads);
mlpi_pool *mlpi_pool_create_in(void *memory, int32_t threads);

/*
 * Start the threads now, unless they run. One that cannot be started is no error: the pool does with fewer. They block
 * all signals and have a small stack.
 */
void mlpi_pool_start(mlpi_pool *pool);

/* Ends and joins the threads; NULL is fine. A child of fork() has none of its parent's, and waits for none. */
void mlpi_pool_destroy(mlpi_pool *pool);

/*
 * Run task(context, 0, count) here and 1 .. count-1 on the pool's threads, and return when all have returned; what
 * they wrote is seen. count = `wanted`, or as many as there are. The threads take on the caller's mode of
 * floating-point numbers for that time, with subnormal numbers flushed. After fork() the child's first run starts
 * threads of its own.
 *
 * Pool NULL or wanted <= 1: task(context, 0, 1), and no atomic access, lock or system call.
 */
void mlpi_pool_run(mlpi_pool *pool, int32_t wanted, mlpi_pool_task task, void *context);

/* Within a run, wait until all of its `count` tasks have called this; what they wrote before is seen afterwards. */
void mlpi_pool_wait(mlpi_pool *pool, int32_t count);

#endif
