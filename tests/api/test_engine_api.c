/* mlp/engine.h and the options of a workspace: names, wrong values, and the bit contract on every instruction set. */
#define _GNU_SOURCE
#include "every_cpu.h"
#include "support/draw.h"

#include <fenv.h>
#include <float.h>
#include <math.h>

typedef struct net {
    int32_t layers;
    int64_t widths[5];
    mlp_activation activation;
} net;

static const net nets[] = {
    {3, {4, 16, 16, 1}, MLP_TANH}, {3, {3, 7, 130, 5}, MLP_RELU},          {4, {16, 50, 50, 64, 4}, MLP_SILU},
    {1, {130, 33}, MLP_IDENTITY},  {4, {64, 130, 128, 64, 128}, MLP_RELU},
};

enum { NETS = sizeof nets / sizeof *nets };

#define REAL       float
#define T(name)    name##_f32
#define REAL_DTYPE MLP_F32
#define REAL_BITS  32
#include "bits_tmpl.h"
#include "engine_api_tmpl.h"
#include "engine_refusal_tmpl.h"
#undef REAL
#undef T
#undef REAL_DTYPE
#undef REAL_BITS
#define REAL       double
#define T(name)    name##_f64
#define REAL_DTYPE MLP_F64
#define REAL_BITS  64
#include "bits_tmpl.h"
#include "engine_api_tmpl.h"
#include "engine_refusal_tmpl.h"

static void test_names(void **state)
{
    (void)state;
    for (mlp_engine engine = MLP_ENGINE_AUTO; engine <= MLP_ENGINE_BLAS; engine++)
        assert_int_equal(mlp_engine_from_name(mlp_engine_name(engine)), engine);
    for (mlp_cpu cpu = MLP_CPU_AUTO; cpu <= MLP_CPU_AVX512; cpu++)
        assert_int_equal(mlp_cpu_from_name(mlp_cpu_name(cpu)), cpu);
    for (mlp_workspace_option option = MLP_WORKSPACE_ENGINE; option <= MLP_WORKSPACE_COMMON_ORDER; option++)
        assert_int_equal(mlp_workspace_option_from_name(mlp_workspace_option_name(option)), option);
    static const int32_t unknown[] = {0, -1, 5, INT32_MIN, INT32_MAX};
    for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++) {
        assert_null(mlp_engine_name(unknown[i]));
        assert_null(mlp_cpu_name(unknown[i]));
        assert_null(mlp_workspace_option_name(unknown[i]));
    }
    static const char *const strangers[] = {NULL, "", "Native", "avx", "threads"};
    for (size_t i = 0; i < sizeof strangers / sizeof *strangers; i++) {
        assert_int_equal(mlp_engine_from_name(strangers[i]), 0);
        assert_int_equal(mlp_cpu_from_name(strangers[i]), 0);
        assert_int_equal(mlp_workspace_option_from_name(strangers[i]), 0);
    }
}

static void test_options(void **state)
{
    static const struct {
        int32_t option;
        int64_t value;
        const char *word;
    } cases[] = {
        {0, 1, "option = 0"},
        {-1, 1, "option = -1"},
        {4, 1, "option = 4"},
        {INT32_MAX, 1, "option = 2147483647"},
        {INT32_MIN, 1, "option = -2147483648"},
        {MLP_WORKSPACE_ENGINE, 0, "value = 0"},
        {MLP_WORKSPACE_ENGINE, 4, "value = 4"},
        {MLP_WORKSPACE_CPU, 5, "value = 5"},
        {MLP_WORKSPACE_COMMON_ORDER, 2, "value = 2"},
        {MLP_WORKSPACE_COMMON_ORDER, -1, "value = -1"},
        {MLP_WORKSPACE_CPU, INT64_MIN, "value = -9223372036854775808"},
        {MLP_WORKSPACE_ENGINE, INT64_MAX, "value = 9223372036854775807"},
        {MLP_WORKSPACE_ENGINE, INT64_C(0x100000001), "value = 4294967297"},
    };
    mlp_model *model = make_f32(&nets[0]);
    mlp_workspace *workspace;
    int64_t value = 77;
    (void)state;
    accepted(mlp_workspace_create(model, 3, 1, MLP_USE_FORWARD, &workspace));
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        refused(mlp_workspace_set_int(workspace, cases[i].option, cases[i].value), MLP_ERR_ARGUMENT,
                cases[i].word);
        assert_string_equal(mlp_workspace_last_error(workspace), mlp_last_error());
        if (cases[i].word[0] == 'o')
            refused(mlp_workspace_get_int(workspace, cases[i].option, &value), MLP_ERR_ARGUMENT,
                    cases[i].word);
    }
    refused(mlp_workspace_set_int(NULL, MLP_WORKSPACE_ENGINE, 1), MLP_ERR_ARGUMENT, "workspace = NULL");
    refused(mlp_workspace_get_int(NULL, MLP_WORKSPACE_ENGINE, &value), MLP_ERR_ARGUMENT, "workspace = NULL");
    refused(mlp_workspace_get_int(workspace, MLP_WORKSPACE_ENGINE, NULL), MLP_ERR_ARGUMENT, "value = NULL");
    assert_int_equal(value, 77);
    accepted(mlp_workspace_get_int(workspace, MLP_WORKSPACE_ENGINE, &value));
    assert_int_equal(value, MLP_ENGINE_AUTO);
    accepted(mlp_workspace_get_int(workspace, MLP_WORKSPACE_CPU, &value));
    assert_int_equal(value, MLP_CPU_AUTO);
    mlp_workspace_destroy(workspace);
    mlp_model_destroy(model);
}

/* Setting an option forgets the pass; the engines agree within rounding. */
static void test_engines_agree(void **state)
{
    const net *n = &nets[2];
    mlp_model *model = make_f64(n);
    mlp_workspace *workspace;
    double y[2][9 * 4];
    int64_t value = 0;
    (void)state;
    accepted(mlp_workspace_create(model, 9, 1, MLP_USE_DERIVATIVES, &workspace));
    for (int i = 0; i < 2; i++) {
        const mlp_engine engine = i ? MLP_ENGINE_BLAS : MLP_ENGINE_NATIVE;
        accepted(mlp_workspace_set_int(workspace, MLP_WORKSPACE_ENGINE, engine));
        accepted(mlp_workspace_get_int(workspace, MLP_WORKSPACE_ENGINE, &value));
        assert_int_equal(value, engine);
        refused(mlp_vjp_f64(model, workspace, y[i], 4, x_f64, 16, NULL), MLP_ERR_STATE, "workspace");
        accepted(mlp_forward_f64(model, workspace, 9, x_f64, 16, y[i], 4));
    }
    for (int i = 0; i < 36; i++)
        assert_true(fabs(y[0][i] - y[1][i]) < 1e-13);
    mlp_workspace_destroy(workspace);
    mlp_model_destroy(model);
}

/* A host that traps exceptions is not ended by numbers that raise them in here, and its flags are left alone. */
static void test_trapped_exceptions(void **state)
{
    const net n = {3, {4, 33, 33, 2}, MLP_TANH};
    mlp_model *model = make_f32(&n);
    mlp_trainer *trainer;
    const float kept = x_f32[5];
    (void)state;
    accepted(mlp_trainer_create(model, &trainer));
    accepted(mlp_trainer_prepare(trainer, 9, 1));
    x_f32[5] = INFINITY;
    feclearexcept(FE_ALL_EXCEPT);
#if defined(__GLIBC__) && defined(__x86_64__)
    feenableexcept(FE_INVALID | FE_OVERFLOW | FE_DIVBYZERO);
#endif
    run_f32(&n, model, 9, 1, MLP_CPU_AUTO, 0, 9, &first_f32);
    refused(mlp_trainer_step_f32(trainer, 9, x_f32, 4, x_dot_f32, 2, NULL, NULL), MLP_ERR_NUMERIC,
            "x: element 1 of sample 1");
    /* alone, where every slope it meets is 0 */
    refused(mlp_trainer_step_f32(trainer, 1, x_f32 + 4, 4, x_dot_f32, 2, NULL, NULL), MLP_ERR_NUMERIC,
            "x: element 1 of sample 0");
#if defined(__GLIBC__) && defined(__x86_64__)
    fedisableexcept(FE_ALL_EXCEPT);
#endif
    assert_false(fetestexcept(FE_INVALID | FE_OVERFLOW | FE_DIVBYZERO));
    x_f32[5] = kept;
    mlp_trainer_destroy(trainer);
    mlp_model_destroy(model);
}

#define BOTH(test) cmocka_unit_test(test##_f32), cmocka_unit_test(test##_f64)

int main(void)
{
    const struct CMUnitTest once[] = {cmocka_unit_test(test_names), cmocka_unit_test(test_options),
                                      cmocka_unit_test(test_engines_agree),
                                      cmocka_unit_test(test_trapped_exceptions)};
    const struct CMUnitTest contract[] = {
        BOTH(test_batches),          BOTH(test_threads),      BOTH(test_training), BOTH(test_steps),
        BOTH(test_step_bits),        BOTH(test_outputs_only), BOTH(test_alone),    BOTH(test_nan),
        BOTH(test_refused_descents), BOTH(test_in_place)};
    int failed = cmocka_run_group_tests(once, NULL, NULL);
    while (next_cpu())
        failed += cmocka_run_group_tests_name(mlp_cpu_name(cpu_under_test), contract, NULL, NULL);
    return failed;
}
