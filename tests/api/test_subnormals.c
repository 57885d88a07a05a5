/*
 * Subnormal numbers may cost the native engine at most a fifth more than others. On many processors an instruction that meets
 * one takes a hundred times as long; on others a few cycles more (an EPYC, with nothing flushed: 1.25 times over a pass).
 *
 * Two runs of the same work, one with subnormal numbers and one without, are timed in turns. What else the machine does
 * only ever adds to a ratio of medians, now to the one and then to the other: one attempt within the bound shows that the
 * work itself is; a processor that stumbles over subnormal numbers never is.
 */
#include "mlp/mlp.h"
#include "api/refusal.h"
#include "support/draw.h"

#include <float.h>
#include <stdlib.h>
#include <time.h>

enum { N = 64, LAYERS = 4, MOST = 33, ATTEMPTS = 40, TURNS = 15 };

static const double BOUND = 1.2;

/* Where the subnormal numbers are. */
typedef enum place {
    NOWHERE,
    IN_WEIGHTS, /* until a step has made zeros of them */
    IN_INPUTS,  /* and in targets and cotangents */
    BETWEEN, /* weights and inputs are normal; their products are so small that every layer makes smaller numbers */
} place;

static double seconds(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static int ascending(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *times)
{
    qsort(times, TURNS, sizeof *times, ascending);
    return times[TURNS / 2];
}

#define REAL         float
#define T(name)      name##_f32
#define REAL_DTYPE   MLP_F32
#define REAL_LEAST   FLT_MIN
#define REAL_HALFWAY 1e-20f /* its square is subnormal */
#include "subnormals_tmpl.h"
#undef REAL
#undef T
#undef REAL_DTYPE
#undef REAL_LEAST
#undef REAL_HALFWAY
#define REAL         double
#define T(name)      name##_f64
#define REAL_DTYPE   MLP_F64
#define REAL_LEAST   DBL_MIN
#define REAL_HALFWAY 1e-155
#include "subnormals_tmpl.h"

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_forward_f32), cmocka_unit_test(test_forward_f64),
        cmocka_unit_test(test_vjp_f32),     cmocka_unit_test(test_vjp_f64),
        cmocka_unit_test(test_step_f32),    cmocka_unit_test(test_step_f64),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
