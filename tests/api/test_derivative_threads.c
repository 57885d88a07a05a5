/*
 * The bits of derivatives do not depend on the number of threads, on any instruction set, and callbacks of activations
 * stay on the thread that calls. The networks are of sizes at which threads share samples, units of wide layers or the
 * columns of a Jacobian, and at which they are not worth it.
 */
#include "every_cpu.h"
#include "support/draw.h"

#include <math.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

typedef struct net {
    int32_t layers;
    int64_t widths[6];
    mlp_activation activation;
    int custom, common_order, wide;
} net;

static const net nets[] = {
    {.layers = 3, .widths = {4, 16, 16, 1}, .activation = MLP_TANH},
    {.layers = 5, .widths = {2, 50, 50, 50, 50, 1}, .activation = MLP_TANH},
    {.layers = 4, .widths = {64, 130, 128, 64, 128}, .activation = MLP_SILU},
    {.layers = 3, .widths = {33, 200, 17, 9}, .custom = 1},
    {.layers = 2, .widths = {1, 300, 270}, .activation = MLP_RELU, .common_order = 1},
    {.layers = 4, .widths = {3, 1040, 1030, 200, 4}, .activation = MLP_SINE, .wide = 1},
    {.layers = 3, .widths = {3, 1040, 1030, 4}, .activation = MLP_RELU, .common_order = 1, .wide = 1},
};
static const int32_t counts[] = {1, 2, 3, 8};

#if defined(__SANITIZE_THREAD__) || defined(__SANITIZE_ADDRESS__)
enum { STRIDE = 23 }; /* of the batches: every access is watched */
#else
enum { STRIDE = 1 };
#endif

enum { NETS = sizeof nets / sizeof *nets, COUNTS = sizeof counts / sizeof *counts };

static mlp_activation custom;
static pthread_t caller;
static atomic_int strangers; /* calls of the activation on another thread */

static int32_t watched_tanh(int32_t order, int64_t n, const double *z, double *out, void *context)
{
    (void)context;
    if (!pthread_equal(pthread_self(), caller))
        atomic_fetch_add(&strangers, 1);
    for (int64_t i = 0; i < n; i++)
        out[i] = order == 0 ? tanh(z[i]) : 1 - tanh(z[i]) * tanh(z[i]);
    return 0;
}

#define REAL       float
#define T(name)    name##_f32
#define REAL_DTYPE MLP_F32
#define REAL_BITS  32
#include "derivative_threads_tmpl.h"
#undef REAL
#undef T
#undef REAL_DTYPE
#undef REAL_BITS
#define REAL       double
#define T(name)    name##_f64
#define REAL_DTYPE MLP_F64
#define REAL_BITS  64
#include "derivative_threads_tmpl.h"

static void test_callbacks(void **state)
{
    (void)state;
    assert_int_equal(atomic_load(&strangers), 0);
}

#define BOTH(test) cmocka_unit_test(test##_f32), cmocka_unit_test(test##_f64)

int main(void)
{
    const struct CMUnitTest contract[] = {BOTH(test_products), BOTH(test_jacobians),
                                          cmocka_unit_test(test_callbacks)};
    int failed = 0;
    caller = pthread_self();
    accepted(mlp_activation_register("watched_tanh", 1, watched_tanh, NULL, NULL, &custom));
    while (next_cpu())
        failed += cmocka_run_group_tests_name(mlp_cpu_name(cpu_under_test), contract, NULL, NULL);
    return failed;
}
