/*
 * After preparation no hot call allocates, and with one thread none takes a lock or makes a system call. Seen three ways:
 * by the library's allocator hook, by malloc and the locks of POSIX threads interposed, and by a seccomp filter in a
 * child process. Under sanitizers, which bring their own malloc and make system calls, only the first is left.
 *
 * MLP_BLAS=plain and bundled are held to it from the first call after preparation on. A BLAS of the system's is told
 * apart from the library by blas_gate.c: the library is held to it, and what the BLAS does is printed. Measured with
 * OpenBLAS 0.3.21 (Debian), two processors:
 *
 *     serial, and bundled      nothing but one mmap of working memory at the first product in the process that needs
 *                              it, which mlp_workspace_prepare() and mlp_trainer_prepare() get done; another where
 *                              a further thread is inside at the same time for the first time
 *     serial, of the system's  besides, a mutex of the library's own around every product, which blas_gate.c hides
 *                              from this test: such an OpenBLAS mixes the data of threads that are inside together
 *     pthread, one thread      the same, and three uncontended mutexes in a gemm of any size and in a gemv too large for
 *                              the stack; none in smaller ones
 *     pthread, more threads    products large enough to be shared out (here a gemv of 192 x 192 and a gemm of
 *                              192 x 64 x 48) also wait in sched_yield and wake workers through futex, and a gemm
 *                              then takes five mutexes, one malloc and one free; after a fork the first of them
 *                              starts the workers again
 *
 * so OPENBLAS_NUM_THREADS=1 makes the system's OpenBLAS as quiet as the library, but for the mutexes. CTest runs
 * this test so, and then the BLAS is asserted to make no system call and no allocation either.
 */
#include "api/invariants/hot.h"
#include "api/invariants/interpose.h"
#include "api/refusal.h"
#include "support/failing_allocator.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#ifdef INTERPOSE_WORKS
#include "api/invariants/sandbox.h"
#include <dlfcn.h>
#include <pthread.h>
#endif

static mlp_activation custom;
static const int64_t small[] = {5, 17, 16, 3};
#ifdef INTERPOSE_WORKS
static const int64_t large[] = {64, 192, 192, 10};
#endif

/* An activation of the user's own: z^2 + 1, with its derivatives. */
static int32_t parabola(int32_t order, int64_t n, const double *z, double *out, void *context)
{
    (void)context;
    for (int64_t i = 0; i < n; i++)
        out[i] = order == 0 ? z[i] * z[i] + 1 : order == 1 ? 2 * z[i] : order == 2 ? 2 : 0;
    return 0;
}

/* ---- The cases ---- */

typedef void (*visit)(hot_rig *rig);

static void visit_case(visit visitor, hot_case what)
{
    for (int32_t k = 0; k < 2; k++) {
        what.dtype = k ? MLP_F64 : MLP_F32;
        hot_rig *rig = hot_rig_create(&what);
        visitor(rig);
        hot_rig_destroy(rig);
    }
}

/* Every activation and a custom one, one sample and several, every optimizer; and sizes at which a BLAS blocks. */
static void visit_cases(visit visitor)
{
    static const int64_t batches[] = {1, 7};
    for (mlp_activation activation = MLP_IDENTITY; activation <= MLP_EXP + 1; activation++)
        for (int32_t k = 0; k < 4; k++)
            visit_case(visitor, (hot_case){.layers = 3,
                                           .widths = small,
                                           .batch = batches[k % 2],
                                           .activation = activation > MLP_EXP ? custom : activation,
                                           .optimizer = MLP_SGD + (4 * activation + k) % MLP_KALMAN,
                                           .head = MLP_HEAD_NONE + activation % 3,
                                           .scaled = k / 2});
#ifdef INTERPOSE_WORKS /* without, there is no BLAS to watch */
    for (int32_t k = 0; k < 2; k++)
        visit_case(visitor, (hot_case){.layers = 3,
                                       .widths = large,
                                       .batch = k ? 48 : 1,
                                       .activation = MLP_TANH,
                                       .optimizer = MLP_ADAM,
                                       .head = MLP_HEAD_SOFTMAX});
#endif
}

static const char *case_name(const hot_rig *rig)
{
    static char name[128];
    snprintf(name, sizeof name, "%s %s %s, %lld wide, batch %lld%s", mlp_dtype_name(rig->what.dtype),
             mlp_activation_name(rig->what.activation), mlp_optimizer_name(rig->what.optimizer),
             (long long)rig->what.widths[1], (long long)rig->what.batch, rig->what.scaled ? ", scaled" : "");
    return name;
}

/* ---- The allocator hook ---- */

static void count_hook_calls(hot_rig *rig)
{
    for (int32_t round = 0; round < 2; round++)
        for (int32_t i = 0; i < hot_call_count; i++) {
            const int64_t calls = failing_allocator_calls(), live = failing_allocator_live();
            const mlp_status status = hot_call_run(i, rig);
            if (status != hot_calls[i].expected)
                fail_msg("%s: %s: status %d, \"%s\"", case_name(rig), hot_calls[i].name, (int)status,
                         mlp_last_error());
            if (failing_allocator_calls() != calls || failing_allocator_live() != live)
                fail_msg("%s: %s allocates or frees", case_name(rig), hot_calls[i].name);
        }
}

static void test_allocator_hook(void **state)
{
    (void)state;
    visit_cases(count_hook_calls);
}

#ifdef INTERPOSE_WORKS

/* Whether the BLAS in use is OpenBLAS on one thread, which is as quiet as the library: see above. */
static int blas_is_quiet(void)
{
    int (*threads)(void) = NULL;
    void *address = dlsym(RTLD_DEFAULT, "openblas_get_num_threads");
    memcpy(&threads, &address, sizeof threads);
    return threads && threads() == 1;
}

/* ---- malloc and locks ---- */

static interpose_counts in_blas; /* summed over all calls */

static void count_events(hot_rig *rig)
{
    for (int32_t i = 0; i < hot_call_count; i++) {
        interpose_arm();
        const mlp_status status = hot_call_run(i, rig);
        const interpose_counts seen = interpose_disarm();
        assert_int_equal(status, hot_calls[i].expected);
        in_blas.allocations[1] += seen.allocations[1];
        in_blas.locks[1] += seen.locks[1];
        if (seen.allocations[0] || seen.locks[0])
            fail_msg("%s: %s: %lld calls of malloc or free, %lld locks", case_name(rig), hot_calls[i].name,
                     (long long)seen.allocations[0], (long long)seen.locks[0]);
    }
}

static void test_events(void **state)
{
    (void)state;
    visit_cases(count_events);
    print_message("within the BLAS: %lld calls of malloc or free, %lld locks\n",
                  (long long)in_blas.allocations[1], (long long)in_blas.locks[1]);
    if (blas_is_quiet())
        assert_int_equal(in_blas.allocations[1], 0);
}

/* The counters see the test program's own calls and, by the lock of the activations' names, the library's. */
static void test_counters(void **state)
{
    pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    (void)state;
    interpose_arm();
    void *volatile memory = malloc(1);
    free(memory);
    pthread_mutex_lock(&lock);
    interpose_counts seen = interpose_disarm();
    pthread_mutex_unlock(&lock);
    assert_int_equal(seen.allocations[0], 2);
    assert_int_equal(seen.locks[0], 1);
    interpose_arm();
    assert_int_equal(mlp_activation_from_name("no_such_activation"), 0);
    seen = interpose_disarm();
    assert_int_equal(seen.locks[0], 1);
    free(malloc(1)); /* not armed */
    assert_int_equal(interpose_disarm().allocations[0], 0);
}

/* ---- System calls ---- */

enum { SYSTEM_CALLS = 1024 };

static int64_t caught_in_blas[SYSTEM_CALLS]; /* hot calls in which the BLAS made this system call first */

static void run_step(int32_t step, void *context)
{
    (void)hot_call_run(step, context);
}

/* What the calls before a caught one left behind: a remembered pass. */
static void warm_up(void *context)
{
    (void)hot_call_run(0, context);
}

static void catch_system_calls(hot_rig *rig)
{
    sandbox_report report;
    for (int32_t first = 0; first < hot_call_count; first = report.step + 1) {
        if (sandbox_run(first, hot_call_count, run_step, first ? warm_up : NULL, rig, &report) != 0) {
            print_message("NOT TESTED: this kernel has no seccomp filters\n");
            skip();
        }
        if (report.step == hot_call_count)
            return;
        if (!report.in_blas || report.syscall < 0 || report.syscall >= SYSTEM_CALLS || blas_is_quiet())
            fail_msg("%s: %s: system call %d%s", case_name(rig), hot_calls[report.step].name,
                     (int)report.syscall, report.in_blas ? " of the BLAS" : "");
        caught_in_blas[report.syscall]++;
    }
}

static void test_system_calls(void **state)
{
    (void)state;
    visit_cases(catch_system_calls);
    for (int32_t number = 0; number < SYSTEM_CALLS; number++)
        if (caught_in_blas[number])
            print_message("within the BLAS: system call %d in %lld hot calls\n", (int)number,
                          (long long)caught_in_blas[number]);
}

static void ask_system(int32_t step, void *context)
{
    (void)context;
    if (step == 2)
        (void)getppid();
}

/* The filter catches a call, tells which step it was in, and lets steps pass that make none. */
static void test_sandbox(void **state)
{
    sandbox_report report;
    (void)state;
    if (sandbox_run(0, 4, ask_system, NULL, NULL, &report) != 0)
        skip();
    assert_int_equal(report.step, 2);
    assert_true(report.syscall >= 0);
    assert_int_equal(sandbox_run(3, 4, ask_system, NULL, NULL, &report), 0);
    assert_int_equal(report.step, 4);
    assert_int_equal(report.syscall, -1);
}

#endif

int main(void)
{
    const struct CMUnitTest tests[] = {
#ifdef INTERPOSE_WORKS
        cmocka_unit_test(test_sandbox),      /* the first BLAS call of the process is made */
        cmocka_unit_test(test_system_calls), /* in a child, by the first hot call */
        cmocka_unit_test(test_counters),       cmocka_unit_test(test_events),
#endif
        cmocka_unit_test(test_allocator_hook),
    };
#ifndef INTERPOSE_WORKS
    print_message("NOT TESTED here: malloc, locks and system calls\n");
#endif
    if (mlp_set_allocator(failing_allocate, failing_deallocate, NULL) != MLP_OK)
        return 1;
    if (mlp_activation_register("hot_parabola", 3, parabola, NULL, NULL, &custom) != MLP_OK)
        return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
