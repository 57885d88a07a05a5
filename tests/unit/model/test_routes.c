/* Every route a forward pass can be given, and which of them a pass is given. */
#include "base/random.h"
#include "model/workspace.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <cmocka.h>

typedef struct net {
    int32_t layers;
    int64_t widths[5];
    mlp_activation activation;
} net;

static const net nets[] = {
    {3, {4, 16, 16, 1}, MLP_TANH},
    {4, {2, 50, 50, 50, 1}, MLP_GELU},
    {3, {33, 7, 600, 5}, MLP_RELU}, /* too wide for columns */
    {2, {300, 520, 260}, MLP_SILU}, /* wide enough for units */
};

enum { NETS = sizeof nets / sizeof *nets, MOST = 70, WIDEST = 300, THREADS = 3 };

#include "base/real32.h"
#include "routes_cases_tmpl.h"
#include "base/real64.h"
#include "routes_cases_tmpl.h"

/* A tuning decides for batches from half to twice its own, the nearest one first; one sample is a matter of its own. */
static void test_nearest(void **state)
{
    static mlpi_plan plan;
    static const struct {
        int64_t batch;
        int32_t threads; /* of the tuning that decides; 0: none does */
    } cases[] = {{1, 9},  {2, 2},  {4, 2},  {5, 0},   {19, 0},  {20, 4},
                 {40, 4}, {62, 4}, {64, 6}, {100, 6}, {200, 6}, {201, 0}};
    (void)state;
    assert_null(mlpi_plan_tuned(&plan, 40));
    mlpi_plan_tune(&plan, 2, (mlpi_route){MLPI_PATH_ROWS, 2, 0});
    mlpi_plan_tune(&plan, 40, (mlpi_route){MLPI_PATH_ROWS, 3, 0});
    mlpi_plan_tune(&plan, 100, (mlpi_route){MLPI_PATH_ROWS, 6, 0});
    mlpi_plan_tune(&plan, 1, (mlpi_route){MLPI_PATH_UNITS, 9, 0});
    mlpi_plan_tune(&plan, 40, (mlpi_route){MLPI_PATH_ROWS, 4, 0}); /* in the place of the other */
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const mlpi_route *route = mlpi_plan_tuned(&plan, cases[i].batch);
        assert_int_equal(route ? route->threads : 0, cases[i].threads);
        assert_true(!route || route->tuned);
    }
    for (int32_t i = 0; i < MLPI_PLAN_TUNED; i++) /* these push the others out */
        mlpi_plan_tune(&plan, INT64_C(10000) << 2 * i, (mlpi_route){MLPI_PATH_ROWS, 1, 0});
    assert_null(mlpi_plan_tuned(&plan, 40));
    assert_null(mlpi_plan_tuned(&plan, 1));
    assert_non_null(mlpi_plan_tuned(&plan, 10000));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bits_f32),
        cmocka_unit_test(test_bits_f64),
        cmocka_unit_test(test_nearest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
