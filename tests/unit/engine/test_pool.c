/* engine/pool.h: what a run promises its tasks. The threads themselves are looked at in test_pool_host.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <pthread.h>

#include <cmocka.h>

#include "base/error.h"
#include "base/memory.h"
#include "support/failing_allocator.h"
#include "pool_tools.h"

enum { LENGTH = 61, POOLS = 4 };

static const int32_t thread_counts[] = {1, 2, 3, MOST};

static int32_t least(int32_t a, int32_t b)
{
    return a < b ? a : b;
}

/* ---- Every index once ---- */

typedef struct roll_call {
    int32_t calls[MOST], counts[MOST];
    pthread_t threads[MOST];
} roll_call;

/* Plain variables on purpose: the sanitizer tells whether a run orders them. */
static void answer(void *context, int32_t index, int32_t count)
{
    roll_call *roll = context;
    roll->calls[index]++;
    roll->counts[index] = count;
    roll->threads[index] = pthread_self();
}

/* One run; returns how many indices were not called exactly as they should. */
static int call_roll(mlpi_pool *pool, int32_t wanted, int32_t count)
{
    roll_call roll;
    int wrong = 0;
    memset(&roll, 0, sizeof roll);
    mlpi_pool_run(pool, wanted, answer, &roll);
    for (int32_t i = 0; i < MOST; i++)
        wrong += roll.calls[i] != (i < count) || roll.counts[i] != (i < count ? count : 0);
    for (int32_t i = 0; i < count; i++)
        wrong += !pthread_equal(roll.threads[i], pthread_self()) != (i > 0);
    return wrong;
}

static void test_every_index_once(void **state)
{
    (void)state;
    for (size_t t = 0; t < sizeof thread_counts / sizeof *thread_counts; t++) {
        const int32_t threads = thread_counts[t];
        mlpi_pool *pool = make(threads);
        for (int32_t wanted = 1; wanted <= MOST + 1; wanted++)
            assert_int_equal(call_roll(pool, wanted, least(wanted, threads)), 0);
        for (int32_t wanted = MOST + 1; wanted > 0; wanted--)
            assert_int_equal(call_roll(pool, wanted, least(wanted, threads)), 0);
        assert_int_equal(call_roll(pool, INT32_MAX, threads), 0);
        mlpi_pool_destroy(pool);
    }
}

static void test_one_thread(void **state)
{
    (void)state;
    mlpi_pool *pool = make(1);
    assert_null(pool);
    mlpi_pool_start(pool);
    for (int32_t wanted = -1; wanted <= MOST; wanted++)
        assert_int_equal(call_roll(pool, wanted, 1), 0);
    mlpi_pool_wait(pool, 1);
    mlpi_pool_destroy(pool);
    pool = make(2);
    assert_int_equal(call_roll(pool, 0, 1), 0);
    assert_int_equal(call_roll(pool, -1, 1), 0);
    mlpi_pool_destroy(pool);
}

/* ---- Barriers ---- */

typedef struct prefix {
    mlpi_pool *pool;
    int64_t sums[2][LENGTH]; /* from one into the other */
    int32_t from;
} prefix;

/* Prefix sums by doubling: every element of a round needs one that any other task may have made in the last. */
static void add_up(void *context, int32_t index, int32_t count)
{
    prefix *job = context;
    int32_t from = 0;
    for (int32_t distance = 1; distance < LENGTH; distance *= 2, from = !from) {
        for (int32_t i = index; i < LENGTH; i += count)
            job->sums[!from][i] = job->sums[from][i] + (i >= distance ? job->sums[from][i - distance] : 0);
        mlpi_pool_wait(job->pool, count);
    }
    if (index == 0)
        job->from = from;
}

/* Returns how many sums are wrong. */
static int check_prefix(mlpi_pool *pool, int32_t wanted, int64_t first)
{
    prefix job = {.pool = pool};
    int wrong = 0;
    for (int32_t i = 0; i < LENGTH; i++)
        job.sums[0][i] = first + i;
    mlpi_pool_run(pool, wanted, add_up, &job);
    for (int64_t i = 0; i < LENGTH; i++)
        wrong += job.sums[job.from][i] != (i + 1) * first + i * (i + 1) / 2;
    return wrong;
}

static void test_barriers(void **state)
{
    (void)state;
    for (size_t t = 0; t < sizeof thread_counts / sizeof *thread_counts; t++) {
        mlpi_pool *pool = make(thread_counts[t]);
        for (int32_t wanted = 1; wanted <= MOST + 1; wanted++)
            for (int64_t first = 0; first < 5; first++)
                assert_int_equal(check_prefix(pool, wanted, first), 0);
        mlpi_pool_destroy(pool);
    }
}

/* Counts that change, with and without barriers in between, must not confuse the next run. */
static void test_many_runs(void **state)
{
    (void)state;
    for (int32_t threads = 2; threads <= 3; threads++) {
        mlpi_pool *pool = make(threads);
        for (int32_t round = 0; round < 10000; round++) {
            const int32_t wanted = 1 + round / 7 % 3;
            if (round % 3)
                assert_int_equal(call_roll(pool, wanted, least(wanted, threads)), 0);
            else
                assert_int_equal(check_prefix(pool, wanted, round), 0);
        }
        mlpi_pool_destroy(pool);
    }
}

static void test_after_sleep(void **state)
{
    (void)state;
    mlpi_pool *pool = make(3);
    for (int32_t round = 0; round < 200; round++) {
        const int32_t wanted = 2 + round % 2;
        pause_ms(1);
        assert_int_equal(call_roll(pool, wanted, wanted), 0);
        assert_int_equal(check_prefix(pool, wanted, round), 0);
    }
    mlpi_pool_destroy(pool);
}

/* Eight threads where there are fewer processors: nobody may spin for ever for one who has none. */
static void test_oversubscription(void **state)
{
    (void)state;
    mlpi_pool *pool = make(MOST);
    for (int32_t round = 0; round < 50; round++)
        assert_int_equal(check_prefix(pool, MOST, round), 0);
    mlpi_pool_destroy(pool);
}

/* ---- Many pools ---- */

typedef struct owner {
    int32_t threads;
    int wrong;
} owner;

static void *own_pool(void *context)
{
    owner *self = context;
    for (int32_t life = 0; life < 5; life++) {
        mlpi_pool *pool = NULL;
        self->wrong += mlpi_pool_create(self->threads, &pool) != MLP_OK;
        for (int32_t round = 0; round < 100; round++) {
            self->wrong += call_roll(pool, self->threads, self->threads);
            self->wrong += check_prefix(pool, self->threads, round);
        }
        mlpi_pool_destroy(pool);
    }
    return NULL;
}

static void test_many_pools(void **state)
{
    owner owners[POOLS];
    pthread_t threads[POOLS];
    (void)state;
    for (int i = 0; i < POOLS; i++) {
        owners[i] = (owner){1 + i % 3, 0};
        assert_int_equal(pthread_create(&threads[i], NULL, own_pool, &owners[i]), 0);
    }
    for (int i = 0; i < POOLS; i++) {
        assert_int_equal(pthread_join(threads[i], NULL), 0);
        assert_int_equal(owners[i].wrong, 0);
    }
}

/* ---- Creation ---- */

static void test_bounds(void **state)
{
    static const int32_t refused[] = {INT32_MIN, -1, 0, MLPI_POOL_MOST + 1, INT32_MAX};
    (void)state;
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        mlpi_pool *pool = (mlpi_pool *)&pool;
        assert_int_equal(mlpi_pool_create(refused[i], &pool), MLP_ERR_ARGUMENT);
        assert_null(pool);
        assert_non_null(strstr(mlpi_error_message(), "threads = "));
    }
    mlpi_pool_destroy(make(MLPI_POOL_MOST)); /* never run: no thread */
}

static void test_memory_of_the_caller(void **state)
{
    (void)state;
    assert_int_equal(mlpi_pool_bytes(1), 0);
    assert_null(mlpi_pool_create_in(NULL, 1));
    const int64_t bytes = mlpi_pool_bytes(3), live = failing_allocator_live();
    char *memory = mlpi_alloc(bytes + 1); /* never cleared before, and one byte that is not the pool's */
    memset(memory, 0x5a, (size_t)bytes + 1);
    mlpi_pool *pool = mlpi_pool_create_in(memory, 3);
    assert_int_equal(call_roll(pool, 3, 3), 0);
    assert_int_equal(check_prefix(pool, 3, 1), 0);
    mlpi_pool_destroy(pool);
    assert_int_equal(memory[bytes], 0x5a);
    assert_int_equal(failing_allocator_live(), live + 1);
    mlpi_free(memory);
}

static mlp_status live(void *context)
{
    mlpi_pool *pool = NULL;
    const mlp_status status = mlpi_pool_create(3, &pool);
    *(int *)context += status == MLP_OK ? call_roll(pool, 3, 3) : pool != NULL;
    mlpi_pool_destroy(pool);
    return status;
}

static void test_failing_allocator(void **state)
{
    int wrong = 0;
    (void)state;
    assert_int_equal(failing_allocator_sweep(live, &wrong), 1);
    assert_int_equal(wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_index_once),
        cmocka_unit_test(test_one_thread),
        cmocka_unit_test(test_barriers),
        cmocka_unit_test(test_many_runs),
        cmocka_unit_test(test_after_sleep),
        cmocka_unit_test(test_oversubscription),
        cmocka_unit_test(test_many_pools),
        cmocka_unit_test(test_bounds),
        cmocka_unit_test(test_memory_of_the_caller),
        cmocka_unit_test(test_failing_allocator),
    };
    mlpi_memory_set_allocator(failing_allocate, failing_deallocate, NULL);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
