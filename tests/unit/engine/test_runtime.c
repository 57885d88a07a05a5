/* src/simd/cpu.h, blas_info.h and runtime.h: what is said of the machine, and the verdict on the BLAS. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "engine/blas_info.h"
#include "simd/cpu.h"
#include "engine/runtime.h"

static const struct mlpi_cpu old_cpu = {.level = MLPI_VECTOR_BASE}, avx_cpu = {.level = MLPI_VECTOR_AVX},
                             avx2_cpu = {.level = MLPI_VECTOR_AVX2},
                             avx512_cpu = {.level = MLPI_VECTOR_AVX512},
                             zen_cpu = {.level = MLPI_VECTOR_AVX2, .is_amd = 1};

static int degraded(const char *implementation, const char *core, const struct mlpi_cpu *cpu)
{
    struct mlpi_blas_info info = {.implementation = implementation};
    snprintf(info.core, sizeof info.core, "%s", core);
    return mlpi_blas_is_degraded(&info, cpu);
}

static void test_verdict(void **state)
{
    (void)state;
    assert_true(degraded("OpenBLAS", "Prescott", &avx_cpu));
    assert_true(degraded("OpenBLAS", "Prescott", &avx512_cpu));
    assert_true(degraded("OpenBLAS", "Nehalem", &avx2_cpu));
    assert_true(degraded("OpenBLAS", "Sandybridge", &avx2_cpu));
    assert_true(degraded("OpenBLAS", "Haswell", &avx512_cpu));
    assert_true(degraded("OpenBLAS", "Zen", &avx512_cpu));
    assert_true(degraded("BLIS", "zen3", &avx512_cpu));
    assert_true(degraded("BLIS", "generic", &avx2_cpu));

    assert_false(degraded("OpenBLAS", "Prescott", &old_cpu));
    assert_false(degraded("OpenBLAS", "Haswell", &avx2_cpu));
    assert_false(degraded("OpenBLAS", "Zen", &zen_cpu));
    assert_false(degraded("OpenBLAS", "SkylakeX", &avx512_cpu));
    assert_false(degraded("OpenBLAS", "SkylakeX", &old_cpu));
    assert_false(degraded("BLIS", "skx", &avx512_cpu));
}

/* What the table does not know is taken to be right, except the reference BLAS. */
static void test_unknown_cores(void **state)
{
    (void)state;
    assert_false(degraded("OpenBLAS", "", &avx512_cpu));
    assert_false(degraded("OpenBLAS", " ", &avx512_cpu));
    assert_false(degraded("OpenBLAS", "Zen9", &avx512_cpu));
    assert_false(degraded("OpenBLAS", "a name much longer than any core of any time", &avx512_cpu));
    assert_false(degraded("MKL", "", &avx512_cpu));
    assert_true(degraded("reference", "", &old_cpu));
}

static void test_choice(void **state)
{
    struct mlpi_blas_info info = {.implementation = "OpenBLAS", .selectable = 1};
    (void)state;
    assert_string_equal(mlpi_blas_core_variable(&info), "OPENBLAS_CORETYPE");
    info.selectable = 0;
    assert_null(mlpi_blas_core_variable(&info));
    info = (struct mlpi_blas_info){.implementation = "BLIS", .selectable = 1};
    assert_string_equal(mlpi_blas_core_variable(&info), "BLIS_ARCH_TYPE");

    assert_string_equal(mlpi_blas_best_core("OpenBLAS", &avx512_cpu), "SkylakeX");
    assert_string_equal(mlpi_blas_best_core("OpenBLAS", &avx2_cpu), "Haswell");
    assert_string_equal(mlpi_blas_best_core("OpenBLAS", &zen_cpu), "Zen");
    assert_string_equal(mlpi_blas_best_core("BLIS", &avx512_cpu), "skx");
    assert_null(mlpi_blas_best_core("OpenBLAS", &old_cpu));
}

/* The best core is never itself a degraded one. */
static void test_choice_cures(void **state)
{
    const struct mlpi_cpu *cpus[] = {&avx2_cpu, &avx512_cpu, &zen_cpu};
    (void)state;
    for (size_t i = 0; i < sizeof cpus / sizeof *cpus; i++) {
        assert_false(degraded("OpenBLAS", mlpi_blas_best_core("OpenBLAS", cpus[i]), cpus[i]));
        assert_false(degraded("BLIS", mlpi_blas_best_core("BLIS", cpus[i]), cpus[i]));
    }
}

/* The compiler's own detection is the second opinion. */
static void test_cpu(void **state)
{
    const struct mlpi_cpu *cpu = mlpi_cpu();
    (void)state;
    assert_true(cpu->name[0] != '\0');
    assert_ptr_equal(cpu, mlpi_cpu());
#if defined(__x86_64__)
    __builtin_cpu_init();
    assert_int_equal(strstr(cpu->features, "avx2") != NULL, __builtin_cpu_supports("avx2") != 0);
    assert_int_equal(strstr(cpu->features, "fma") != NULL, __builtin_cpu_supports("fma") != 0);
    assert_int_equal(strstr(cpu->features, "avx512f") != NULL, __builtin_cpu_supports("avx512f") != 0);
    assert_int_equal(strstr(cpu->features, "avx512vl") != NULL, __builtin_cpu_supports("avx512vl") != 0);
    assert_int_equal(cpu->level >= MLPI_VECTOR_AVX2,
                     __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"));
#endif
}

static void test_blas_info(void **state)
{
    struct mlpi_blas_info info;
    (void)state;
    mlpi_blas_info(&info);
    assert_true(info.implementation && info.threading);
    assert_true(info.file[0] != '\0');
    if (strcmp(info.implementation, "OpenBLAS") == 0) {
        assert_true(info.version[0] >= '0' && info.version[0] <= '9');
        assert_true(info.core[0] != '\0');
        assert_true(info.threads >= 1);
        assert_string_not_equal(info.threading, "unknown");
    }
}

static void test_text(void **state)
{
    char text[MLPI_RUNTIME_TEXT], cut[10];
    struct mlpi_blas_info info;
    (void)state;
    mlpi_runtime_text(text, sizeof text);
    mlpi_blas_info(&info);
    assert_true(strlen(text) < sizeof text - 1);
    assert_non_null(strstr(text, info.implementation));
    assert_non_null(strstr(text, info.file));
    assert_non_null(strstr(text, mlpi_cpu()->name));
    assert_non_null(strstr(text, mlpi_runtime_is_degraded() ? "degraded: yes\n" : "degraded: no\n"));
    assert_int_equal(strstr(text, "advice: none\n") != NULL, !mlpi_runtime_is_degraded());
    mlpi_runtime_text(cut, sizeof cut);
    assert_int_equal(strlen(cut), sizeof cut - 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_verdict), cmocka_unit_test(test_unknown_cores),
        cmocka_unit_test(test_choice),  cmocka_unit_test(test_choice_cures),
        cmocka_unit_test(test_cpu),     cmocka_unit_test(test_blas_info),
        cmocka_unit_test(test_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
