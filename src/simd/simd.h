/*
 * Vectors of the instruction set this file is compiled for: AVX-512 (64 bytes), AVX2 with FMA (32), or whatever the
 * compiler makes of 16-byte vectors. Sources that include it are compiled once per set (cmake/MlpSimd.cmake) and
 * reached through tables, never by name.
 *
 * For float (_f32) and double (_f64) alike:
 *
 *     vec_*                     a vector; + - * / and unary - are C's operators
 *     LANES_*                   its elements
 *     v_load v_store            at any address; v_load_head(p, n), v_store_head(p, v, n) touch the first n elements
 *                               only, 0 <= n <= LANES, and load zeros behind them
 *     v_set1(x) v_zero()
 *     v_fma(a, b, c)            a b + c, rounded once where the set has it
 *     v_fnma(a, b, c)           c - a b
 *     v_max(a, b) v_min(a, b)   b where either is NaN
 *     v_sum(v)                  of the elements, by halves: a fixed order
 */
#ifndef MLPI_SIMD_SIMD_H
#define MLPI_SIMD_SIMD_H

#include "simd/cpu.h"

#include <stdint.h>
#include <string.h>

#define MLPI_INLINE static inline __attribute__((always_inline, unused))

#if defined(__AVX512F__) && defined(__AVX512DQ__) && defined(__AVX512VL__)
#define MLPI_SIMD_SET   avx512
#define MLPI_SIMD_LEVEL MLPI_VECTOR_AVX512
#include "simd/simd_avx512.h"
#elif defined(__AVX2__) && defined(__FMA__)
#define MLPI_SIMD_SET   avx2
#define MLPI_SIMD_LEVEL MLPI_VECTOR_AVX2
#include "simd/simd_avx2.h"
#else
#define MLPI_SIMD_SET   generic
#define MLPI_SIMD_LEVEL MLPI_VECTOR_BASE
#include "simd/simd_generic.h"
#endif

/* name_avx512 and so on: what a source compiled several times defines */
#define MLPI_SIMD_JOIN(name, set)      name##_##set
#define MLPI_SIMD_JOIN_LATE(name, set) MLPI_SIMD_JOIN(name, set)
#define MLPI_SIMD_NAME(name)           MLPI_SIMD_JOIN_LATE(name, MLPI_SIMD_SET)

#endif
