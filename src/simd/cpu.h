/* What the processor can do, as far as the choice of kernels depends on it. */
#ifndef MLPI_SIMD_CPU_H
#define MLPI_SIMD_CPU_H

/* Vector instructions the processor has and the operating system saves; each level contains those before it. */
enum mlpi_vector_level {
    MLPI_VECTOR_BASE,   /* x86-64's SSE2, and every other architecture */
    MLPI_VECTOR_AVX,    /* 256 bits without integers or fused multiply-add */
    MLPI_VECTOR_AVX2,   /* AVX2 and FMA */
    MLPI_VECTOR_AVX512, /* AVX-512 F, CD, BW, DQ and VL */
};

struct mlpi_cpu {
    char name[64];     /* as the maker writes it, "generic" if unknown */
    char features[96]; /* names of the vector extensions in use, separated by spaces */
    enum mlpi_vector_level level;
    int is_amd;
};

/*
 * The level whose sources serve a processor of this one: BASE, or on x86-64 AVX2 or AVX512. Tables of what is compiled for
 * each set have entries at these.
 */
static inline enum mlpi_vector_level mlpi_compiled_level(enum mlpi_vector_level level)
{
#if defined(__x86_64__)
    return level >= MLPI_VECTOR_AVX2 ? level : MLPI_VECTOR_BASE;
#else
    (void)level;
    return MLPI_VECTOR_BASE;
#endif
}

/* Detected once; lives as long as the library. */
const struct mlpi_cpu *mlpi_cpu(void);

#endif
