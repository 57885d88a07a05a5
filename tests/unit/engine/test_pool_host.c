/*
 * engine/pool.h: its threads as the process sees them. The linker sends the library's calls of pthread_create and
 * pthread_cond_signal through this file (--wrap), to fail and to be counted. Linux only.
 */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <dirent.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "pool_tools.h"

enum { NEVER = INT32_MAX };

/* ---- What the linker sends here ---- */

static int32_t creations_left = NEVER, small_stacks_fail;
static int32_t signals_sent; /* by the only thread that sends any */

int __real_pthread_create(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);
int __wrap_pthread_create(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);
int __real_pthread_cond_signal(pthread_cond_t *);
int __wrap_pthread_cond_signal(pthread_cond_t *);

int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*body)(void *),
                          void *context)
{
    if (creations_left == 0 || (small_stacks_fail && attributes))
        return 11; /* EAGAIN */
    creations_left -= creations_left != NEVER;
    return __real_pthread_create(thread, attributes, body, context);
}

int __wrap_pthread_cond_signal(pthread_cond_t *condition)
{
    signals_sent++;
    return __real_pthread_cond_signal(condition);
}

/* ---- Tools ---- */

/* 1 if a thread has the pool's name; *blocked becomes its signal mask. */
static int look_at_thread(const char *thread, uint64_t *blocked)
{
    char path[512], line[256];
    int ours = 0;
    snprintf(path, sizeof path, "/proc/self/task/%s/status", thread);
    FILE *file = fopen(path, "r");
    while (file && fgets(line, sizeof line, file)) {
        ours |= strcmp(line, "Name:\tmlp\n") == 0;
        if (strncmp(line, "SigBlk:", 7) == 0)
            *blocked = strtoull(line + 7, NULL, 16);
    }
    if (file)
        fclose(file);
    return ours;
}

/* How many threads are a pool's; *mask becomes the signals that all of them block. */
static int look_at_threads(uint64_t *mask)
{
    DIR *directory = opendir("/proc/self/task");
    int count = 0;
    *mask = UINT64_MAX;
    for (struct dirent *entry; directory && (entry = readdir(directory));) {
        uint64_t blocked = 0;
        if (entry->d_name[0] != '.' && look_at_thread(entry->d_name, &blocked)) {
            *mask &= blocked;
            count++;
        }
    }
    if (directory)
        closedir(directory);
    return count;
}

/* Threads need a moment to say their names, and joined ones a moment to leave /proc. */
static uint64_t expect_threads(int expected)
{
    uint64_t mask;
    for (int tries = 0; tries < 2000 && look_at_threads(&mask) != expected; tries++)
        pause_ms(1);
    assert_int_equal(look_at_threads(&mask), expected);
    return mask;
}

/* ---- Birth and death ---- */

static void test_lives(void **state)
{
    (void)state;
    for (int started = 0; started < 2; started++) {
        mlpi_pool *pool = make(4);
        mlpi_pool_run(pool, 1, tick, &(int32_t){0});
        expect_threads(0);
        if (started)
            mlpi_pool_start(pool);
        else
            assert_true(runs(pool, 4));
        expect_threads(3);
        mlpi_pool_start(pool);
        assert_true(runs(pool, 4));
        expect_threads(3);
        mlpi_pool_destroy(pool);
        expect_threads(0);
    }
}

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static void test_prompt_end(void **state)
{
    double shortest = 1;
    (void)state;
    for (int tries = 0; tries < 20; tries++) {
        mlpi_pool *pool = make(3);
        assert_true(runs(pool, 3));
        pause_ms(5);
        const double before = seconds();
        mlpi_pool_destroy(pool);
        if (shortest > seconds() - before)
            shortest = seconds() - before;
    }
    assert_true(shortest < 0.01);
}

static void test_failing_creation(void **state)
{
    (void)state;
    for (int32_t left = 0; left < 4; left++) {
        mlpi_pool *pool = make(4);
        creations_left = left;
        assert_true(runs(pool, 1 + left));
        creations_left = NEVER;
        assert_true(runs(pool, 1 + left));
        mlpi_pool_destroy(pool);
    }
    small_stacks_fail = 1;
    mlpi_pool *pool = make(4);
    assert_true(runs(pool, 4));
    small_stacks_fail = 0;
    mlpi_pool_destroy(pool);
    expect_threads(0);
}

/* ---- Sleep ---- */

/* Each thread on a processor of its own: on one, the worker always finds its caller waiting, and sleeps. */
static void part(void *processors, int32_t index, int32_t count)
{
    cpu_set_t own;
    int seen = 0;
    (void)count;
    CPU_ZERO(&own);
    for (int cpu = 0; cpu < CPU_SETSIZE; cpu++)
        if (CPU_ISSET(cpu, (cpu_set_t *)processors) && seen++ == index)
            CPU_SET(cpu, &own);
    sched_setaffinity(0, sizeof own, &own);
}

/* Ten runs on end wake nobody: not always, for others want the processors too, but some day. */
static void test_wakes_sleepers_only(void **state)
{
    int32_t fewest = NEVER;
    cpu_set_t processors;
    (void)state;
    sched_getaffinity(0, sizeof processors, &processors);
    if (CPU_COUNT(&processors) < 2)
        skip();
    mlpi_pool *pool = make(2);
    mlpi_pool_run(pool, 2, part, &processors);
    for (int tries = 0; tries < 20000 && fewest > 0; tries++) {
        assert_true(runs(pool, 2));
        signals_sent = 0;
        for (int round = 0; round < 10; round++)
            assert_true(runs(pool, 2));
        fewest = signals_sent < fewest ? signals_sent : fewest;
    }
    sched_setaffinity(0, sizeof processors, &processors);
    assert_int_equal(fewest, 0);
    mlpi_pool_destroy(pool);
}

/* Those who sleep are woken if the run is theirs. */
static void test_sleeps(void **state)
{
    int32_t most = 0;
    (void)state;
    mlpi_pool *pool = make(4);
    for (int tries = 0; tries < 20; tries++) {
        assert_true(runs(pool, 4));
        pause_ms(5);
        signals_sent = 0;
        mlpi_pool_run(pool, 2, tick, (int32_t[2]){0});
        assert_true(signals_sent <= 1);
        most = signals_sent > most ? signals_sent : most;
    }
    assert_int_equal(most, 1);
    mlpi_pool_destroy(pool);
}

/* Threads that have one processor between them give it to one another: no run waits for a spin to end. */
static void test_one_processor(void **state)
{
    double shortest = 1;
    cpu_set_t processors, one;
    (void)state;
    sched_getaffinity(0, sizeof processors, &processors);
    CPU_ZERO(&one);
    CPU_SET(sched_getcpu(), &one);
    sched_setaffinity(0, sizeof one, &one); /* the worker's as well, born after this */
    mlpi_pool *pool = make(2);
    for (int tries = 0; tries < 100; tries++) {
        const double before = seconds();
        for (int round = 0; round < 20; round++)
            assert_true(runs(pool, 2));
        if (shortest > (seconds() - before) / 20)
            shortest = (seconds() - before) / 20;
    }
    mlpi_pool_destroy(pool);
    sched_setaffinity(0, sizeof processors, &processors);
    assert_true(shortest < 15e-6);
}

/* ---- Signals ---- */

static volatile sig_atomic_t handled, handled_by_worker;

static void handle(int number)
{
    char name[16] = "";
    (void)number;
    pthread_getname_np(pthread_self(), name, sizeof name);
    handled_by_worker |= strcmp(name, "mlp") == 0;
    handled = 1;
}

static void test_signals(void **state)
{
    sigset_t mask, after;
    struct sigaction old;
    (void)state;
    sigaction(SIGUSR1, &(struct sigaction){.sa_handler = handle}, &old);
    mlpi_pool *pool = make(3);
    mlpi_pool_start(pool);
    pthread_sigmask(SIG_SETMASK, NULL, &after);
    assert_false(sigismember(&after, SIGUSR1));
    const uint64_t blocked = expect_threads(2);
    for (int number = 1; number <= 64; number++)
        if (number != SIGKILL && number != SIGSTOP && (number < 32 || number >= SIGRTMIN))
            assert_true(blocked >> (number - 1) & 1);
    sigemptyset(&mask);
    sigaddset(&mask, SIGUSR1);
    pthread_sigmask(SIG_BLOCK, &mask, NULL); /* the kernel looks for another thread; a BLAS may have some */
    kill(getpid(), SIGUSR1);
    for (int round = 0; round < 100; round++)
        assert_true(runs(pool, 3));
    pthread_sigmask(SIG_UNBLOCK, &mask, NULL);
    for (int tries = 0; tries < 2000 && !handled; tries++)
        pause_ms(1);
    assert_true(handled && !handled_by_worker);
    mlpi_pool_destroy(pool);
    sigaction(SIGUSR1, &old, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lives),
        cmocka_unit_test(test_prompt_end),
        cmocka_unit_test(test_sleeps),
        cmocka_unit_test(test_one_processor),
        cmocka_unit_test(test_wakes_sleepers_only),
        cmocka_unit_test(test_signals),
        cmocka_unit_test(test_failing_creation),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
