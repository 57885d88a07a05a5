#define _GNU_SOURCE /* pthread_setname_np, sched_getcpu */
#include "engine/pool.h"
#include "base/error.h"
#include "base/memory.h"
#include "engine/float_mode.h"

#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <time.h>

enum {
    IDLE_SPIN = 30000, /* ns a worker waits for the next run before it sleeps */
    BUSY_SPIN = 5000,  /* ns of a wait before others may have the processor: one of ours may have lost it */
    LOOKS = 64,        /* at a variable, between two at the clock */
    STACK_SIZE = 256 * 1024,
    COUNT_BITS = 16
};

/* Padded to lines of the cache. NOLINTNEXTLINE(clang-analyzer-optin.performance.Padding) */
typedef struct worker {
    _Alignas(MLPI_ALIGNMENT) mlpi_pool *pool;
    int32_t index;
    uint64_t seen;        /* the last order obeyed */
    atomic_int processor; /* where its last task began */
    pthread_t thread;
    /* Read at every order: on the line of `seen`, which every order writes, a run takes 200 ns more. */
    _Alignas(MLPI_ALIGNMENT) atomic_int asleep;
    pthread_mutex_t lock; /* held from `asleep` = 1 until the thread waits for `wake` */
    pthread_cond_t wake;
} worker;

/* A line of the cache for each writer. The counters only grow, so that nobody has to clear them between runs. */
struct mlpi_pool {
    _Alignas(MLPI_ALIGNMENT) _Atomic uint64_t order; /* number of the run, then its count in COUNT_BITS */
    mlpi_pool_task task; /* NULL: come home. This and the next two go with the order */
    void *context;
    uint64_t mode;
    atomic_int processor;                              /* the caller's */
    _Alignas(MLPI_ALIGNMENT) _Atomic uint64_t done;    /* tasks of workers, of all runs */
    _Alignas(MLPI_ALIGNMENT) _Atomic uint64_t arrived; /* at barriers, of all runs of the same count */
    _Alignas(MLPI_ALIGNMENT) uint64_t handed_out;      /* what `done` comes to */
    uint64_t era;                                      /* in which the workers were born; 0: never */
    int32_t owns_memory;                               /* it is the pool's own, not a part of its workspace */
    int32_t threads, workers, count;                   /* as asked for; alive; of the last run */
    worker worker[];
};

/* The process, counted from 1 and through its ancestors: threads of another era are not ours. */
static _Atomic uint64_t era = 1;
static int watches_forks;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void begin_era(void)
{
    atomic_fetch_add_explicit(&era, 1, memory_order_relaxed);
}

static void watch_forks(void)
{
    watches_forks = pthread_atfork(NULL, NULL, begin_era) == 0;
}

static int is_alive(const mlpi_pool *pool)
{
    return pool->era == atomic_load_explicit(&era, memory_order_relaxed);
}

/* ---- Waiting ---- */

typedef struct patience {
    int64_t looks, since, waited; /* ns */
    int64_t limit; /* ns to spin; then other threads of the processor may run between two looks */
} patience;

static void relax(void)
{
#if defined(__x86_64__) || defined(__i386__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("isb"); /* yield is no more than a nop on most */
#endif
}

static void note_processor(atomic_int *processor)
{
#if defined(__linux__)
    atomic_store_explicit(processor, sched_getcpu(), memory_order_relaxed);
#else
    (void)processor;
#endif
}

/* Of the first `count`, ourselves among them, more than one began where we are: the other will not go on before we let it. */
static int shares_processor(const mlpi_pool *pool, int32_t count)
{
#if defined(__linux__)
    const int here = sched_getcpu();
    int32_t found = atomic_load_explicit(&pool->processor, memory_order_relaxed) == here;
    for (const worker *other = pool->worker; other < pool->worker + count - 1; other++)
        found += atomic_load_explicit(&other->processor, memory_order_relaxed) == here;
    return found > 1;
#else
    (void)pool;
    (void)count;
    return 0;
#endif
}

/* Between two looks at a variable. */
static void look_away(const mlpi_pool *pool, int32_t count, patience *wait)
{
    struct timespec time;
    relax();
    if (++wait->looks % LOOKS)
        return;
    clock_gettime(CLOCK_MONOTONIC, &time);
    const int64_t now = time.tv_sec * INT64_C(1000000000) + time.tv_nsec;
    if (!wait->since) {
        wait->since = now;
        wait->limit = shares_processor(pool, count) ? 0 : BUSY_SPIN;
    }
    wait->waited = now - wait->since;
    if (wait->waited >= wait->limit)
        sched_yield();
}

/* Until a counter has reached `target`. */
static void wait_for(const mlpi_pool *pool, int32_t count, const _Atomic uint64_t *counter, uint64_t target)
{
    patience wait = {0};
    while (atomic_load_explicit(counter, memory_order_acquire) < target)
        look_away(pool, count, &wait);
}

void mlpi_pool_wait(mlpi_pool *pool, int32_t count)
{
    if (count <= 1)
        return;
    mlpi_assert(count == pool->count);
    const uint64_t before = atomic_fetch_add_explicit(&pool->arrived, 1, memory_order_acq_rel);
    wait_for(pool, count, &pool->arrived, (before / (uint32_t)count + 1) * (uint32_t)count);
}

/* ---- Workers ---- */

static int32_t count_of(uint64_t order)
{
    return (int32_t)(order & ((1u << COUNT_BITS) - 1));
}

/* An order is for the first so many; the others do not look at what goes with it, which may be changing. */
static int calls(uint64_t order, const worker *self)
{
    return order != self->seen && self->index < count_of(order);
}

/*
 * Either give_order() sees us asleep, or we see its order: `asleep` and `order` are both written before the other is
 * read, in the one order of sequentially consistent accesses.
 */
static uint64_t sleep_until_called(worker *self)
{
    uint64_t order;
    pthread_mutex_lock(&self->lock);
    atomic_store(&self->asleep, 1);
    while (order = atomic_load(&self->pool->order), !calls(order, self))
        pthread_cond_wait(&self->wake, &self->lock);
    atomic_store(&self->asleep, 0);
    pthread_mutex_unlock(&self->lock);
    return order;
}

static void await_order(worker *self)
{
    patience wait = {0};
    uint64_t order;
    while (order = atomic_load_explicit(&self->pool->order, memory_order_acquire), !calls(order, self)) {
        look_away(self->pool, self->index + 1, &wait);
        if (wait.waited >= IDLE_SPIN) {
            order = sleep_until_called(self);
            break;
        }
    }
    self->seen = order;
}

static void *work(void *context)
{
    worker *self = context;
    mlpi_pool *pool = self->pool;
#if defined(__linux__)
    pthread_setname_np(pthread_self(), "mlp");
#endif
    for (;;) {
        await_order(self);
        if (!pool->task)
            return NULL;
        const uint64_t mode = mlpi_flush_subnormals();
        mlpi_restore_mode(pool->mode); /* the caller's: it may round otherwise than ours */
        mlpi_flush_subnormals();
        note_processor(&self->processor);
        pool->task(pool->context, self->index, count_of(self->seen));
        mlpi_restore_mode(mode);
        atomic_fetch_add_explicit(&pool->done, 1, memory_order_release);
    }
}

static int start_thread(worker *self)
{
    pthread_attr_t attributes;
    if (pthread_attr_init(&attributes) != 0)
        return 0;
    pthread_attr_setstacksize(&attributes, STACK_SIZE);
    int failed = pthread_create(&self->thread, &attributes, work, self);
    pthread_attr_destroy(&attributes);
    if (failed) /* a program's thread-local variables may not fit a small stack */
        failed = pthread_create(&self->thread, NULL, work, self);
    return !failed;
}

/* Whatever there was in another era is overwritten: a lock may be taken for ever, by a thread that is not here. */
static int start_worker(mlpi_pool *pool, int32_t index)
{
    worker *self = &pool->worker[index - 1];
    self->pool = pool;
    self->index = index;
    self->seen = atomic_load_explicit(&pool->order, memory_order_relaxed);
    atomic_init(&self->asleep, 0);
    if (pthread_mutex_init(&self->lock, NULL) != 0)
        return 0;
    if (pthread_cond_init(&self->wake, NULL) == 0) {
        if (start_thread(self))
            return 1;
        pthread_cond_destroy(&self->wake);
    }
    pthread_mutex_destroy(&self->lock);
    return 0;
}

/* ---- The owner's side ---- */

int64_t mlpi_pool_bytes(int32_t threads)
{
    return threads > 1 ? (int64_t)sizeof(mlpi_pool) + (threads - 1) * (int64_t)sizeof(worker) : 0;
}

mlpi_pool *mlpi_pool_create_in(void *memory, int32_t threads)
{
    if (threads <= 1)
        return NULL;
    mlpi_pool *pool = memset(memory, 0, (size_t)mlpi_pool_bytes(threads));
    pool->threads = threads;
    return pool;
}

mlp_status mlpi_pool_create(int32_t threads, mlpi_pool **out)
{
    *out = NULL;
    if (threads < 1 || threads > MLPI_POOL_MOST)
        return mlpi_fail(MLP_ERR_ARGUMENT, "threads = %d: must be 1 to %d", threads, MLPI_POOL_MOST);
    if (threads == 1)
        return MLP_OK;
    void *memory = mlpi_alloc(mlpi_pool_bytes(threads));
    if (!memory)
        return mlpi_fail_memory("the threads of a workspace", mlpi_pool_bytes(threads));
    *out = mlpi_pool_create_in(memory, threads);
    (*out)->owns_memory = 1;
    return MLP_OK;
}

void mlpi_pool_start(mlpi_pool *pool)
{
    if (!pool || is_alive(pool))
        return;
    sigset_t all, mask;
    pthread_once(&once, watch_forks);
    pool->era = atomic_load_explicit(&era, memory_order_relaxed);
    pool->handed_out = 0;
    atomic_init(&pool->done, 0);
    pool->workers = pool->count = 0;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &mask);
    while (watches_forks && pool->workers < pool->threads - 1 && start_worker(pool, pool->workers + 1))
        pool->workers++;
    pthread_sigmask(SIG_SETMASK, &mask, NULL);
}

/* Publish task and context to the workers below `count`, and wake those of them who sleep. */
static void give_order(mlpi_pool *pool, int32_t count, mlpi_pool_task task, void *context)
{
    const uint64_t number = atomic_load_explicit(&pool->order, memory_order_relaxed) >> COUNT_BITS;
    pool->task = task;
    pool->context = context;
    atomic_store(&pool->order, (number + 1) << COUNT_BITS | (uint32_t)count);
    for (worker *other = pool->worker; other < pool->worker + count - 1; other++)
        if (atomic_load(&other->asleep)) {
            pthread_mutex_lock(&other->lock);
            pthread_mutex_unlock(&other->lock);
            pthread_cond_signal(&other->wake);
        }
}

void mlpi_pool_destroy(mlpi_pool *pool)
{
    if (pool && is_alive(pool)) {
        give_order(pool, pool->workers + 1, NULL, NULL);
        for (worker *other = pool->worker; other < pool->worker + pool->workers; other++) {
            pthread_join(other->thread, NULL);
            pthread_cond_destroy(&other->wake);
            pthread_mutex_destroy(&other->lock);
        }
    }
    if (pool && pool->owns_memory)
        mlpi_free(pool);
}

static void run_together(mlpi_pool *pool, int32_t count, mlpi_pool_task task, void *context)
{
    if (count != pool->count) { /* all arrivals of a count are a multiple of it */
        pool->count = count;
        atomic_store_explicit(&pool->arrived, 0, memory_order_relaxed);
    }
    pool->mode = mlpi_flush_subnormals();
    mlpi_restore_mode(pool->mode);
    pool->handed_out += (uint32_t)(count - 1);
    note_processor(&pool->processor);
    give_order(pool, count, task, context);
    task(context, 0, count);
    wait_for(pool, count, &pool->done, pool->handed_out);
}

void mlpi_pool_run(mlpi_pool *pool, int32_t wanted, mlpi_pool_task task, void *context)
{
    int32_t count = 1;
    if (pool && wanted > 1) {
        mlpi_pool_start(pool);
        count = wanted <= pool->workers ? wanted : pool->workers + 1;
    }
    if (count > 1)
        run_together(pool, count, task, context);
    else
        task(context, 0, 1);
}
