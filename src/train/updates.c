#include "train/updates.h"

static const mlpi_updates *const updates[] = {
    [MLPI_VECTOR_BASE] = &mlpi_updates_generic,
#if defined(__x86_64__)
    [MLPI_VECTOR_AVX2] = &mlpi_updates_avx2,
    [MLPI_VECTOR_AVX512] = &mlpi_updates_avx512,
#endif
};

const mlpi_updates *mlpi_updates_best(void)
{
    return updates[mlpi_compiled_level(mlpi_cpu()->level)];
}
