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
 *                               only, 0 <= n <= LANES, and load zeros behind them; a constant n = LANES costs nothing
 *     v_set1(x) v_zero()
 *     v_fma(a, b, c)            a b + c, rounded once where the set has it
 *     v_fnma(a, b, c)           c - a b
 *     v_max(a, b) v_min(a, b)   b where either is NaN
 *     v_sum(v)                  of the elements, by halves: a fixed order
 *     v_largest(v)              element of a v without NaN
 *     mask_*                    a truth per element: v_greater(a, b), v_nan(a) compare, v_any(m) folds
 *     v_select(m, a, b)         a where m holds, b elsewhere
 *     v_abs(a) v_copysign(a, s) as fabs and copysign
 *     v_round(a)                to the nearest integer, even at ties, for |a| < 2^22 (float) or 2^51 (double)
 *     v_power2(n)               2^n for integers -127 <= n < 128 or -1023 <= n < 1024, and 0 for the lowest
 *     v_scale(a, n)             a 2^n, rounded once where it is normal, for integers |n| <= 252 or 2044
 *     v_flip_odd(a, n)          a (-1)^n for integers |n| < 2^22 or 2^51
 *     v_quotient(a, b)          a / b within 1 unit in the last place, for |b| and the quotient well inside the
 *                               range of normal numbers; v_reciprocal(b) is 1 / b on the same terms
 *     v_product_error(a, b, ab) a b - ab exactly, where ab is a * b rounded, away from overflow and underflow
 *     v_residual(a, b, c)       c - a b, rounded once where c is close to a b, on the same terms
 *
 * For unsigned integers:
 *
 *     vec_u64                   a vector of 64-bit elements; ^ and >> are C's operators; LANES_u64 its elements
 *     v_set1_u64(x)
 *     v_load_half_u64(p)        LANES 32-bit integers, zeros above
 *     v_store_half_u64(p, v)    the lower halves
 *     v_product_u64(a, b)       of the lower halves
 *
 * For float, in sets that look 32 numbers up in an instruction (MLPI_SIMD_LOOKUP is defined):
 *
 *     index_f32                 an integer per element
 *     v_leading(a, bits)        the sign, the exponent and the first `bits` bits of the mantissa, as an integer
 *     v_lookup(t, i)            t[i mod 32], t of 32 elements
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
