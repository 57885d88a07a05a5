#include "layer/vectors.h"

extern const struct mlpi_activation_vectors mlpi_activation_vectors_generic;
#if defined(__x86_64__)
extern const struct mlpi_activation_vectors mlpi_activation_vectors_avx2, mlpi_activation_vectors_avx512;
#endif

const struct mlpi_activation_vectors *mlpi_activation_vectors(enum mlpi_vector_level level)
{
    static const struct mlpi_activation_vectors *const sets[] = {
        [MLPI_VECTOR_BASE] = &mlpi_activation_vectors_generic,
#if defined(__x86_64__)
        [MLPI_VECTOR_AVX2] = &mlpi_activation_vectors_avx2,
        [MLPI_VECTOR_AVX512] = &mlpi_activation_vectors_avx512,
#endif
    };
    return sets[mlpi_compiled_level(level)];
}
