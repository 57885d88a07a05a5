/* Jets on every instruction set: the bit contract of mlp/jet.h, and the BLAS beside the native engine. */
#include "every_cpu.h"
#include "support/draw.h"

#include <float.h>
#include <math.h>

typedef struct net {
    int32_t layers;
    int64_t widths[5];
    mlp_activation activation;
} net;

static const net nets[] = {
    {3, {4, 16, 16, 1}, MLP_TANH}, {3, {3, 7, 130, 5}, MLP_SOFTPLUS},   {4, {16, 50, 50, 64, 4}, MLP_SILU},
    {1, {33, 21}, MLP_IDENTITY},   {4, {2, 130, 128, 64, 1}, MLP_SINE},
};

enum { NETS = sizeof nets / sizeof *nets };

#define REAL       float
#define T(name)    name##_f32
#define REAL_DTYPE MLP_F32
#define REAL_BITS  32
#include "bits_tmpl.h"
#include "jet_engine_tmpl.h"
#undef REAL
#undef T
#undef REAL_DTYPE
#undef REAL_BITS
#define REAL       double
#define T(name)    name##_f64
#define REAL_DTYPE MLP_F64
#define REAL_BITS  64
#include "bits_tmpl.h"
#include "jet_engine_tmpl.h"

#define BOTH(test) cmocka_unit_test(test##_f32), cmocka_unit_test(test##_f64)

int main(void)
{
    const struct CMUnitTest tests[] = {BOTH(test_threads), BOTH(test_batches), BOTH(test_engines),
                                       BOTH(test_nan)};
    int failed = 0;
    while (next_cpu())
        failed += cmocka_run_group_tests_name(mlp_cpu_name(cpu_under_test), tests, NULL, NULL);
    return failed;
}
