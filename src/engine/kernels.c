#include "engine/kernels.h"

static const mlpi_kernels *const kernels[] = {
    [MLPI_VECTOR_BASE] = &mlpi_kernels_generic,
#if defined(__x86_64__)
    [MLPI_VECTOR_AVX2] = &mlpi_kernels_avx2,
    [MLPI_VECTOR_AVX512] = &mlpi_kernels_avx512,
#endif
};

const mlpi_kernels *mlpi_kernels_for(enum mlpi_vector_level level)
{
    return kernels[mlpi_compiled_level(level)];
}
