/* Problems as text, their counts, the limit model, JSON lines. */
#include "clock.h"
#include "grid_summary.h"
#include "limit.h"
#include "product.h"
#include "record.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void parses_what_it_prints(void **state)
{
    static const char *const texts[] = {
        "infer f32 16-64-64-64-4 tanh batch=32 threads=1",
        "train f64 1-1 identity batch=1 threads=1024 engine=blas",
        "grad f32 3-20-20-2 softplus batch=17 threads=2 engine=native cpu=avx2",
        "vjp f32 784-128-10 relu batch=16777216 threads=1 cpu=generic",
    };
    char printed[PROBLEM_TEXT_SIZE], why[256];
    struct problem problem;

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        assert_true(problem_parse(texts[i], &problem, why, sizeof why));
        assert_string_equal(problem_print(&problem, printed), texts[i]);
    }
}

static void knows_the_defaults(void **state)
{
    struct problem problem;
    char why[256];

    (void)state;
    assert_true(problem_parse("  jvp f64  2-3\trelu threads=3\n", &problem, why, sizeof why));
    assert_int_equal(problem.work, WORK_JVP);
    assert_true(problem.f64);
    assert_int_equal(problem.layers, 1);
    assert_int_equal(problem.batch, 1);
    assert_int_equal(problem.threads, 3);
    assert_string_equal(problem.engine, "auto");
}

static void says_what_is_wrong(void **state)
{
    static const char *const wrong[][2] = {
        {"", "infer, train"},
        {"infer", "f32 or f64"},
        {"fly f32 2-3 tanh", "'fly'"},
        {"infer f16 2-3 tanh", "'f16'"},
        {"infer f32 2 tanh", "'2'"},
        {"infer f32 2- tanh", "'2-'"},
        {"infer f32 2-0 tanh", "'2-0'"},
        {"infer f32 2--3 tanh", "'2--3'"},
        {"infer f32 2-3x tanh", "'2-3x'"},
        {"infer f32 2-1048577 tanh", "1048577"},
        {"infer f32 2-3 than", "'than'"},
        {"infer f32 2-3", "an activation"},
        {"infer f32 2-3 tanh batch=0", "batch=0"},
        {"infer f32 2-3 tanh batch=-1", "batch=-1"},
        {"infer f32 2-3 tanh batch=8k", "batch=8k"},
        {"infer f32 2-3 tanh batch", "'batch'"},
        {"infer f32 2-3 tanh threads=1025", "threads=1025"},
        {"infer f32 2-3 tanh engine=gpu", "engine=gpu"},
        {"infer f32 2-3 tanh cpu=avx", "cpu=avx"},
    };
    struct problem problem;
    char why[256];

    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        why[0] = '\0';
        assert_false(problem_parse(wrong[i][0], &problem, why, sizeof why));
        assert_non_null(strstr(why, wrong[i][1]));
    }
}

static struct problem parsed(const char *text)
{
    struct problem problem;
    char why[256];

    assert_true(problem_parse(text, &problem, why, sizeof why));
    return problem;
}

static void counts_the_work(void **state)
{
    struct problem problem = parsed("infer f32 3-5-7-2 tanh batch=10");

    (void)state;
    assert_int_equal(problem_params(&problem), 5 * 4 + 7 * 6 + 2 * 8);
    assert_true(problem_fma(&problem) == 10 * (15 + 35 + 14));
    assert_true(problem_activations(&problem) == 10 * (5 + 7));
    problem.work = WORK_TRAIN;
    assert_true(problem_fma(&problem) == 10 * (3 * (15 + 35 + 14) - 15));
    assert_true(problem_activations(&problem) == 10 * (5 + 7));
    problem.work = WORK_VJP;
    assert_true(problem_fma(&problem) == 10 * 2 * (15 + 35 + 14));
    assert_true(problem_activations(&problem) == 0);
}

/* A machine with round figures. */
static const struct peak machine = {.threads = 1,
                                    .set = "none",
                                    .fma_f32 = 176,
                                    .fma_f64 = 88,
                                    .read = {400, 200, 50, 10},
                                    .update = {300, 100, 40, 20},
                                    .capacity = {1000, 100000, 10000000}};

static void assert_near(double value, double expected)
{
    if (!(fabs(value - expected) <= 1e-12 * fabs(expected)))
        fail_msg("%.17g is not %.17g", value, expected);
}

static void puts_data_where_they_fit(void **state)
{
    (void)state;
    assert_int_equal(limit_level(&machine, 1000), LEVEL_L1);
    assert_int_equal(limit_level(&machine, 1001), LEVEL_L2);
    assert_int_equal(limit_level(&machine, 10000000), LEVEL_L3);
    assert_int_equal(limit_level(&machine, 10000001), LEVEL_DRAM);
}

static void adds_products_and_activations(void **state)
{
    struct problem problem = parsed("infer f32 16-64-64-4 tanh batch=1000");
    struct limit limit;

    (void)state;
    limit_compute(&problem, &machine, &limit);
    assert_near(limit.products, 2.0 * 1000 * (16 * 64 + 64 * 64 + 64 * 4) / 176e9);
    assert_near(limit.activations, 0.20e-9 * 128 * 1000);
    assert_near(limit.seconds, limit.products + limit.activations);
    problem.f64 = true;
    limit_compute(&problem, &machine, &limit);
    assert_near(limit.activations, 1.0e-9 * 128 * 1000);
    snprintf(problem.activation, sizeof problem.activation, "relu");
    limit_compute(&problem, &machine, &limit);
    assert_true(limit.activations == 0);
}

static void scales_activations_with_the_peak(void **state)
{
    struct problem problem = parsed("infer f32 16-64-64-4 softplus batch=1000");
    struct peak twice = machine;
    struct limit limit;

    (void)state;
    twice.fma_f32 *= 2;
    limit_compute(&problem, &twice, &limit);
    assert_near(limit.activations, 0.10e-9 * 128 * 1000);
}

static void counts_bytes_once_a_call(void **state)
{
    struct problem problem = parsed("infer f32 2000-2000-2000 relu batch=1");
    double theta = 4.0 * 2 * 2000 * 2001, borders = 4.0 * 4000;
    struct limit limit;

    (void)state;
    limit_compute(&problem, &machine, &limit);
    assert_int_equal(limit.level, LEVEL_DRAM);
    assert_near(limit.data, (theta + borders) / 10e9);
    assert_near(limit.seconds, limit.data);
    problem.work = WORK_TRAIN;
    limit_compute(&problem, &machine, &limit);
    assert_near(limit.data, (theta + borders) / 10e9 + 2 * theta / 20e9);
}

static void writes_a_line_of_json(void **state)
{
    struct problem problem = parsed("infer f32 2-3-1 relu batch=4");
    struct record record = record_make(&problem, &machine, 1e-6, NAN, 0.5);
    char line[1024] = "";
    FILE *file = tmpfile();

    (void)state;
    assert_non_null(file);
    record.peer = "a \"peer\"\\\n";
    record_write(file, &record);
    rewind(file);
    assert_non_null(fgets(line, sizeof line, file));
    fclose(file);
    assert_string_equal(line + strlen(line) - 2, "}\n");
    assert_non_null(strstr(line, "{\"problem\": \"infer f32 2-3-1 relu batch=4 threads=1\""));
    assert_non_null(strstr(line, "\"peer\": \"a \\\"peer\\\"\\\\\\u000a\""));
    assert_non_null(strstr(line, "\"us\": 1,"));
    assert_non_null(strstr(line, "\"gflops\": 0.072,"));
    assert_null(strstr(line, "residual"));
    assert_null(strstr(line, "nan"));
}

static void parses_nets_and_lists(void **state)
{
    struct grid_net nets[4];
    int64_t values[3];

    (void)state;
    assert_int_equal(grid_parse_nets("a,3-20-20-2:softplus,e", nets, 4), 3);
    assert_int_equal(nets[0].problem.width[1], 16);
    assert_string_equal(nets[1].problem.activation, "softplus");
    assert_true(nets[1].small);
    assert_false(nets[2].small);
    assert_int_equal(grid_parse_nets("g", nets, 4), 0);
    assert_int_equal(grid_parse_nets("3-4:than", nets, 4), 0);
    assert_int_equal(grid_parse_nets("a,b,c,d,e", nets, 4), 0);
    assert_int_equal(grid_parse_counts("17,300", 1000, values, 3), 2);
    assert_int_equal(values[1], 300);
    assert_int_equal(grid_parse_counts("17,", 1000, values, 3), 0);
    assert_int_equal(grid_parse_counts("1,2,3,4", 1000, values, 3), 0);
    assert_int_equal(grid_parse_counts("1001", 1000, values, 3), 0);
    assert_int_equal(grid_parse_counts("0", 1000, values, 3), 0);
}

static void parses_products(void **state)
{
    struct product product;
    char text[PRODUCT_TEXT_SIZE];

    (void)state;
    assert_true(product_parse("gemm_tn f32 128x784 batch=32", &product));
    assert_int_equal(product.kind, PRODUCT_GEMM_TN);
    assert_true(product_flop(&product) == 2.0 * 128 * 784 * 32);
    assert_string_equal(product_print(&product, text), "gemm_tn f32 128x784 batch=32");
    assert_true(product_parse("gemv f32 3x4", &product));
    assert_false(product_parse("gemv f64 3x4", &product));
    assert_false(product_parse("gemm f32 3x4 batch=", &product));
    assert_false(product_parse("gemm f32 0x4", &product));
    assert_false(product_parse("fly f32 3x4", &product));
}

static void orders_samples(void **state)
{
    double values[] = {5, 1, 4, 2, 3};

    (void)state;
    assert_near(clock_median(values, 5), 3);
    assert_near(clock_quantile(values, 5, 0.25), 2);
    assert_near(clock_spread(values, 5), 2.0 / 3);
    assert_near(clock_median(values, 4), 2.5);
    assert_true(isnan(clock_median(values, 0)));
}

/* A point at which two libraries and a composite take so many times libmlp's time. */
static struct grid_point point(const struct grid_net *net, double first, double second, double composite)
{
    struct grid_point made = {.net = net, .problem = net->problem, .peak = machine, .entries = 4};
    const double ratios[] = {1, first, second, composite};
    const int order[] = {0, 1, 3, 2};

    for (int i = 0; i < 4; i++)
        made.entry[i] = (struct grid_entry){
            .peer = &peers[order[i]], .verdict = VERDICT_READY, .us = ratios[i], .ratio = ratios[i]};
    return made;
}

static void summarises_ratios(void **state)
{
    struct grid_net net;
    struct summary summary[SUMMARY_GROUPS];
    const struct grid_point *worst[SUMMARY_WORST];

    (void)state;
    assert_int_equal(grid_parse_nets("a", &net, 1), 1);
    struct grid_point points[] = {point(&net, 2, 8, 3), point(&net, 5, 0.5, 3), point(&net, 4, 9, 3)};

    points[2].entry[1].verdict = VERDICT_WRONG;
    assert_int_equal(summary_make(points, 3, summary), 1);
    assert_int_equal(summary[0].points, 3);
    assert_string_equal(summary[0].line[0].name, "best library");
    assert_near(summary[0].line[0].ratio, cbrt(2 * 0.5 * 9));
    assert_int_equal(summary[0].line[0].ahead, 2);
    assert_near(summary[0].line[1].ratio, 3);
    assert_int_equal(summary_worst(points, 3, worst), 3);
    assert_ptr_equal(worst[0], &points[1]);
    assert_ptr_equal(worst[2], &points[2]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parses_what_it_prints),
        cmocka_unit_test(knows_the_defaults),
        cmocka_unit_test(says_what_is_wrong),
        cmocka_unit_test(counts_the_work),
        cmocka_unit_test(puts_data_where_they_fit),
        cmocka_unit_test(adds_products_and_activations),
        cmocka_unit_test(scales_activations_with_the_peak),
        cmocka_unit_test(counts_bytes_once_a_call),
        cmocka_unit_test(parses_nets_and_lists),
        cmocka_unit_test(parses_products),
        cmocka_unit_test(orders_samples),
        cmocka_unit_test(summarises_ratios),
        cmocka_unit_test(writes_a_line_of_json),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
