#include "engine/jet_kernels.h"

extern const mlpi_jet_kernels mlpi_jet_kernels_generic;
#if defined(__x86_64__)
extern const mlpi_jet_kernels mlpi_jet_kernels_avx2, mlpi_jet_kernels_avx512;
#endif

static const mlpi_jet_kernels *const tables[] = {
    [MLPI_VECTOR_BASE] = &mlpi_jet_kernels_generic,
#if defined(__x86_64__)
    [MLPI_VECTOR_AVX2] = &mlpi_jet_kernels_avx2,
    [MLPI_VECTOR_AVX512] = &mlpi_jet_kernels_avx512,
#endif
};

const mlpi_jet_kernels *mlpi_jet_kernels_for(enum mlpi_vector_level level)
{
    return tables[mlpi_compiled_level(level)];
}
