#include "train/updates.h"

/* By level; a level without updates of its own takes those of the level below. */
static const mlpi_updates *const updates[] = {
    [MLPI_VECTOR_BASE] = &mlpi_updates_generic,
    [MLPI_VECTOR_AVX] = &mlpi_updates_generic,
#if defined(__x86_64__)
    [MLPI_VECTOR_AVX2] = &mlpi_updates_avx2,
    [MLPI_VECTOR_AVX512] = &mlpi_updates_avx512,
#endif
};

const mlpi_updates *mlpi_updates_best(void)
{
    const unsigned last = sizeof updates / sizeof *updates - 1, level = mlpi_cpu()->level;
    return updates[level < last ? level : last];
}
