/* Second derivatives on every instruction set: bits that do not depend on threads, and the BLAS beside the native engine. */
#include "every_cpu.h"
#include "support/draw.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>

typedef struct net {
    int64_t widths[5];
    int32_t layers;
    mlp_activation activation, last;
    mlp_loss loss;
} net;

/* Batches of 300 are several chunks of some of these. */
static const net nets[] = {
    {{4, 16, 16, 1}, 3, MLP_TANH, MLP_IDENTITY, MLP_SQUARED_ERROR},
    {{3, 7, 130, 5}, 3, MLP_SOFTPLUS, MLP_TANH, MLP_SOFTMAX_CROSS_ENTROPY},
    {{16, 50, 50, 64, 4}, 4, MLP_SILU, MLP_IDENTITY, MLP_LOG_COSH},
    {{33, 21}, 1, MLP_IDENTITY, MLP_IDENTITY, MLP_LOG_COSH},
    {{2, 130, 128, 64, 1}, 4, MLP_SINE, MLP_SIGMOID, MLP_BINARY_CROSS_ENTROPY},
    {{5, 40, 33, 6}, 3, MLP_RELU, MLP_IDENTITY, MLP_GAUSSIAN_NLL},
};

enum { NETS = sizeof nets / sizeof *nets };

#define REAL       float
#define T(name)    name##_f32
#define REAL_DTYPE MLP_F32
#define REAL_BITS  32
#include "bits_tmpl.h"
#include "hessian_engine_tmpl.h"
#undef REAL
#undef T
#undef REAL_DTYPE
#undef REAL_BITS
#define REAL       double
#define T(name)    name##_f64
#define REAL_DTYPE MLP_F64
#define REAL_BITS  64
#include "bits_tmpl.h"
#include "hessian_engine_tmpl.h"

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
