/*
 * The caller's way of rounding, its treatment of subnormal numbers and its traps are the caller's after every hot call, on one
 * thread and on several, and inside every callback. What a worker of the pool makes of its own: test_pool_process.
 */
#include "api/invariants/hot.h"
#include "api/refusal.h"

#include <fenv.h>

#if defined(__x86_64__)
#include <xmmintrin.h>
#endif

/* What the processor does with numbers, without the flags of what has happened. */
static uint64_t mode_now(void)
{
#if defined(__x86_64__)
    return _mm_getcsr() & ~0x3fu;
#elif defined(__aarch64__)
    uint64_t mode;
    __asm__ volatile("mrs %0, fpcr" : "=r"(mode));
    return mode;
#else
    return (uint64_t)fegetround();
#endif
}

/* Zeros for subnormal results, for subnormal operands, or both. */
static void flush(unsigned bits)
{
#if defined(__x86_64__)
    _mm_setcsr(_mm_getcsr() | bits);
#else
    (void)bits;
#endif
}

enum { RESULTS = 0x8000, OPERANDS = 0x0040 };

static const struct {
    int rounding;
    unsigned flushed;
} modes[] = {{FE_TONEAREST, 0},
             {FE_UPWARD, 0},
             {FE_DOWNWARD, RESULTS},
             {FE_TOWARDZERO, RESULTS | OPERANDS},
             {FE_TONEAREST, OPERANDS}};

static uint64_t callers_mode;
static int64_t callbacks, wrong;

static int32_t parabola(int32_t order, int64_t n, const double *z, double *out, void *context)
{
    (void)context;
    callbacks++;
    wrong += mode_now() != callers_mode;
    for (int64_t i = 0; i < n; i++)
        out[i] = order == 0 ? z[i] * z[i] + 1 : order == 1 ? 2 * z[i] : order == 2 ? 2 : 0;
    return 0;
}

static void check_calls(hot_rig *rig)
{
    fenv_t usual;
    const size_t step =
        rig->what.threads > 1 ? 3 : 1; /* two that differ: waiting for each other takes time */
    for (size_t i = 0; i < sizeof modes / sizeof *modes; i += step)
        for (int32_t call = 0; call < hot_call_count; call++) {
            fegetenv(&usual);
            fesetround(modes[i].rounding);
            flush(modes[i].flushed);
            callers_mode = mode_now();
            const mlp_status status = hot_call_run(call, rig);
            const uint64_t after = mode_now();
            fesetenv(&usual);
            if (after != callers_mode || status != hot_calls[call].expected)
                fail_msg("%s, mode %d: status %d, mode %llx before and %llx after", hot_calls[call].name,
                         (int)i, (int)status, (unsigned long long)callers_mode, (unsigned long long)after);
        }
}

static void check_nets(mlp_activation activation)
{
    static const int64_t narrow[] = {5, 17, 16, 3}, wide[] = {64, 192, 192, 10};
    for (int32_t k = 0; k < 8; k++) {
        hot_rig *rig = hot_rig_create(&(hot_case){.dtype = k % 2 ? MLP_F64 : MLP_F32,
                                                  .layers = 3,
                                                  .widths = k / 4 ? wide : narrow,
                                                  .batch = k / 4   ? 64
                                                           : k / 2 ? 7
                                                                   : 1,
                                                  .activation = activation,
                                                  .optimizer = k / 2 % 2 ? MLP_ADAM : MLP_SGD,
                                                  .threads = k / 4 ? 2 : 1,
                                                  .head = MLP_HEAD_SOFTMAX,
                                                  .scaled = k % 2});
        check_calls(rig);
        hot_rig_destroy(rig);
    }
}

static void test_native(void **state)
{
    (void)state;
    check_nets(MLP_TANH);
    check_nets(MLP_RELU);
}

static void test_callbacks(void **state)
{
    mlp_activation custom;
    (void)state;
    accepted(mlp_activation_register("parabola", 3, parabola, NULL, NULL, &custom));
    check_nets(custom);
    assert_true(callbacks > 0);
    assert_int_equal(wrong, 0);
    accepted(mlp_activation_unregister(custom));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_native), cmocka_unit_test(test_callbacks)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
