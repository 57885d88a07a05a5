/* engine/pool.h: what a thread inherits and does not: the mode of floating-point numbers, and a life after fork(). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <fenv.h>
#include <float.h>
#include <pthread.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "pool_tools.h"

/* ThreadSanitizer dies of a thread that a child of fork() starts: its children only destroy the pool. */
#if defined(__SANITIZE_THREAD__)
#define CHILD_ROUNDS 0
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define CHILD_ROUNDS 0
#endif
#endif
#ifndef CHILD_ROUNDS
#define CHILD_ROUNDS 2
#endif

/* ---- Floating-point mode ---- */

static int flushes(void)
{
    volatile float least = FLT_MIN;
    return least * 0.5f == 0;
}

/* As the arithmetic of float and double does it; fegetround() may tell of another unit. */
static int rounds_up(void)
{
    volatile double one = 1, little = 0x1p-70;
    return one + little > 1;
}

typedef struct mode {
    int up, flushes;
} mode;

static pthread_key_t at_exit;
static mode in_task[2], at_end;

static void look_at_end(void *place)
{
    *(mode *)place = (mode){rounds_up(), flushes()};
}

static void look(void *context, int32_t index, int32_t count)
{
    (void)context;
    (void)count;
    in_task[index] = (mode){rounds_up(), flushes()};
    if (index > 0)
        pthread_setspecific(at_exit, &at_end);
}

/* The worker was born to round to nearest; its caller rounds upward by now. */
static void test_mode(void **state)
{
    (void)state;
    assert_int_equal(pthread_key_create(&at_exit, look_at_end), 0);
    mlpi_pool *pool = make(2);
    mlpi_pool_start(pool);
    fesetround(FE_UPWARD);
    mlpi_pool_run(pool, 2, look, NULL);
    const mode after = {rounds_up(), flushes()};
    fesetround(FE_TONEAREST);
    mlpi_pool_destroy(pool);
    pthread_key_delete(at_exit);
    assert_true(in_task[0].up && !in_task[0].flushes);
    assert_true(after.up && !after.flushes);
    assert_true(!at_end.up && !at_end.flushes);
#if defined(__x86_64__) || defined(__aarch64__)
    assert_true(in_task[1].up && in_task[1].flushes);
#endif
}

/* ---- fork() ---- */

/* In the child; the result is its exit status. */
static int live_on(mlpi_pool *pool, int rounds)
{
    int wrong = 0;
    alarm(30); /* a child that hangs dies of it */
    for (int round = 0; round < rounds; round++)
        wrong += !runs(pool, 3);
    if (rounds > 1) { /* a child may have children */
        const pid_t grandchild = fork();
        if (grandchild == 0)
            _exit(live_on(pool, 1));
        int status = 1;
        wrong += waitpid(grandchild, &status, 0) != grandchild || status != 0;
    }
    mlpi_pool_destroy(pool);
    return wrong != 0;
}

static void check_fork(int asleep, int rounds)
{
    mlpi_pool *pool = make(3);
    for (int tries = 0; tries < 20; tries++) {
        int status = 1;
        assert_true(runs(pool, 3));
        if (asleep)
            pause_ms(2);
        const pid_t child = fork();
        if (child == 0)
            _exit(live_on(pool, rounds));
        assert_true(runs(pool, 3));
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_int_equal(status, 0);
        assert_true(runs(pool, 3));
    }
    mlpi_pool_destroy(pool);
}

static void test_fork(void **state)
{
    (void)state;
    for (int asleep = 0; asleep < 2; asleep++)
        for (int rounds = 0; rounds <= CHILD_ROUNDS; rounds++)
            check_fork(asleep, rounds);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_mode), cmocka_unit_test(test_fork)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
