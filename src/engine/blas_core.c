/* The kernels a BLAS library has chosen, judged by what the processor can do. */
#include "engine/blas_info.h"
#include "simd/cpu.h"

#include <string.h>

/* Names of cores, OpenBLAS's and BLIS's in any case, by the vectors their gemm uses. Cores not listed are newer
   than this table and taken to be right. */
static const char *const cores[] = {
    [MLPI_VECTOR_BASE] = (" katmai coppermine northwood prescott banias atom core2 penryn dunnington nehalem "
                          " athlon opteron opteron_sse3 barcelona nano bobcat generic unknown "),
    [MLPI_VECTOR_AVX] = " sandybridge bulldozer piledriver steamroller excavator ",
    [MLPI_VECTOR_AVX2] = " haswell zen zen2 zen3 ",
};

static int lists(const char *names, const char *name)
{
    char word[40];
    size_t length = 0;
    word[length++] = ' ';
    for (; *name && length < sizeof word - 2; name++)
        word[length++] = (char)(*name >= 'A' && *name <= 'Z' ? *name - 'A' + 'a' : *name);
    word[length++] = ' ';
    word[length] = '\0';
    return length > 2 && strstr(names, word) != NULL;
}

/* AVX2 kernels on an AVX-512 processor count as degraded: sgemm of size 1024 on a Zen 5 core makes
   128 GFLOP/s with OpenBLAS 0.3.21's Haswell kernels and 245 with its SkylakeX kernels. */
int mlpi_blas_is_degraded(const struct mlpi_blas_info *info, const struct mlpi_cpu *cpu)
{
    if (strcmp(info->implementation, "reference") == 0)
        return 1;
    for (unsigned level = 0; level < sizeof cores / sizeof *cores; level++)
        if (lists(cores[level], info->core))
            return level < cpu->level;
    return 0;
}

static int is_blis(const char *implementation)
{
    return strcmp(implementation, "BLIS") == 0;
}

const char *mlpi_blas_core_variable(const struct mlpi_blas_info *info)
{
    if (!info->selectable)
        return NULL;
    return is_blis(info->implementation) ? "BLIS_ARCH_TYPE" : "OPENBLAS_CORETYPE";
}

const char *mlpi_blas_best_core(const char *implementation, const struct mlpi_cpu *cpu)
{
    if (cpu->level == MLPI_VECTOR_AVX512)
        return is_blis(implementation) ? "skx" : "SkylakeX";
    if (cpu->level == MLPI_VECTOR_AVX2)
        return is_blis(implementation) ? "haswell" : cpu->is_amd ? "Zen" : "Haswell";
    return NULL;
}
