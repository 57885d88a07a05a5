#include "train/updates.h"

#if defined(__x86_64__)
enum { HIGHEST = MLPI_VECTOR_AVX512 };
#else
enum { HIGHEST = MLPI_VECTOR_AVX };
#endif

/* By level; a level without updates of its own takes those of the level below. */
static const mlpi_updates *const updates[HIGHEST + 1] = {
    [MLPI_VECTOR_BASE] = &mlpi_updates_generic,
    [MLPI_VECTOR_AVX] = &mlpi_updates_generic,
#if defined(__x86_64__)
    [MLPI_VECTOR_AVX2] = &mlpi_updates_avx2,
    [MLPI_VECTOR_AVX512] = &mlpi_updates_avx512,
#endif
};

const mlpi_updates *mlpi_updates_best(void)
{
    const int level = (int)mlpi_cpu()->level;
    return updates[level < HIGHEST ? level : HIGHEST];
}
