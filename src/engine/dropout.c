#include "engine/dropout.h"
#include "base/random.h"

extern const mlpi_dropout_kernels mlpi_dropout_kernels_generic;
#if defined(__x86_64__)
extern const mlpi_dropout_kernels mlpi_dropout_kernels_avx2, mlpi_dropout_kernels_avx512;
#endif

static const mlpi_dropout_kernels *const tables[] = {
    [MLPI_VECTOR_BASE] = &mlpi_dropout_kernels_generic,
#if defined(__x86_64__)
    [MLPI_VECTOR_AVX2] = &mlpi_dropout_kernels_avx2,
    [MLPI_VECTOR_AVX512] = &mlpi_dropout_kernels_avx512,
#endif
};

const mlpi_dropout_kernels *mlpi_dropout_kernels_for(enum mlpi_vector_level level)
{
    return tables[mlpi_compiled_level(level)];
}

mlpi_dropout_layer mlpi_dropout_of(const mlpi_dropout *dropout, int32_t layer)
{
    const mlpi_random random =
        mlpi_random_stream(dropout->seed, MLPI_RANDOM_DROPOUT, dropout->step << 13 | (uint64_t)layer);
    const double rate = dropout->rates[layer];
    return (mlpi_dropout_layer){
        .key = {(uint32_t)random.seed, (uint32_t)(random.seed >> 32)},
        .stream = {(uint32_t)random.stream, (uint32_t)(random.stream >> 32)},
        .threshold = (uint32_t)(rate * 0x1p32),
        .factor = 1 / (1 - rate),
    };
}

const mlpi_dropout_kernels *mlpi_dropout_kernels_best(void)
{
    return mlpi_dropout_kernels_for(mlpi_cpu()->level);
}
