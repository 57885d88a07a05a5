#include "engine/kernels.h"

#if defined(__x86_64__)
enum { HIGHEST = MLPI_VECTOR_AVX512 };
#else
enum { HIGHEST = MLPI_VECTOR_AVX };
#endif

/* By level; a level without kernels of its own takes those of the level below. */
static const mlpi_kernels *const kernels[HIGHEST + 1] = {
    [MLPI_VECTOR_BASE] = &mlpi_kernels_generic,
    [MLPI_VECTOR_AVX] = &mlpi_kernels_generic,
#if defined(__x86_64__)
    [MLPI_VECTOR_AVX2] = &mlpi_kernels_avx2,
    [MLPI_VECTOR_AVX512] = &mlpi_kernels_avx512,
#endif
};

const mlpi_kernels *mlpi_kernels_for(enum mlpi_vector_level level)
{
    return kernels[(int)level < HIGHEST ? (int)level : HIGHEST];
}
