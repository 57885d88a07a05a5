/*
 * Work across the elements of vectors.
 *
 *     v_fold(a, b, n)  both in blocks of n: the halves of every block added, blocks of a and b in turns
 *     v_sums(x)        (sum of x[0], sum of x[1], ...) of LANES vectors, each the bits of v_sum. Uses x up.
 *     v_zip_low(a, b)  (a0, b0, a1, b1, ...) of the lower halves; v_zip_high of the upper ones
 *     v_transpose(x)   element j of x[i] becomes element i of x[j], for LANES vectors: mostly as many rounds of zips as
 *                      LANES has bits
 */
#ifndef MLPI_SIMD_FOLD_H
#define MLPI_SIMD_FOLD_H

#include "simd/simd.h"

#if defined(__AVX512F__)
MLPI_INLINE vec_f32 v_fold_f32(vec_f32 a, vec_f32 b, int n)
{
    if (n == 16)
        return __builtin_shufflevector(a, b, 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23) +
               __builtin_shufflevector(a, b, 8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31);
    if (n == 8)
        return __builtin_shufflevector(a, b, 0, 1, 2, 3, 16, 17, 18, 19, 8, 9, 10, 11, 24, 25, 26, 27) +
               __builtin_shufflevector(a, b, 4, 5, 6, 7, 20, 21, 22, 23, 12, 13, 14, 15, 28, 29, 30, 31);
    if (n == 4)
        return __builtin_shufflevector(a, b, 0, 1, 16, 17, 4, 5, 20, 21, 8, 9, 24, 25, 12, 13, 28, 29) +
               __builtin_shufflevector(a, b, 2, 3, 18, 19, 6, 7, 22, 23, 10, 11, 26, 27, 14, 15, 30, 31);
    return __builtin_shufflevector(a, b, 0, 16, 2, 18, 4, 20, 6, 22, 8, 24, 10, 26, 12, 28, 14, 30) +
           __builtin_shufflevector(a, b, 1, 17, 3, 19, 5, 21, 7, 23, 9, 25, 11, 27, 13, 29, 15, 31);
}
MLPI_INLINE vec_f64 v_fold_f64(vec_f64 a, vec_f64 b, int n)
{
    if (n == 8)
        return __builtin_shufflevector(a, b, 0, 1, 2, 3, 8, 9, 10, 11) +
               __builtin_shufflevector(a, b, 4, 5, 6, 7, 12, 13, 14, 15);
    if (n == 4)
        return __builtin_shufflevector(a, b, 0, 1, 8, 9, 4, 5, 12, 13) +
               __builtin_shufflevector(a, b, 2, 3, 10, 11, 6, 7, 14, 15);
    return __builtin_shufflevector(a, b, 0, 8, 2, 10, 4, 12, 6, 14) +
           __builtin_shufflevector(a, b, 1, 9, 3, 11, 5, 13, 7, 15);
}
/* Within quarters of vectors, which needs no indices in registers, then whole quarters: 16 x 16 in half the time of zips. */
MLPI_INLINE void v_transpose_f32(vec_f32 *x)
{
    vec_f32 four[16]; /* four[4 g + c]: columns c, c + 4, c + 8, c + 12 of rows 4 g .. 4 g + 3 */
#pragma GCC unroll 4
    for (int i = 0; i < 16; i += 4) {
        const __m512d low = _mm512_castps_pd(_mm512_unpacklo_ps(x[i], x[i + 1]));
        const __m512d high = _mm512_castps_pd(_mm512_unpackhi_ps(x[i], x[i + 1]));
        const __m512d next_low = _mm512_castps_pd(_mm512_unpacklo_ps(x[i + 2], x[i + 3]));
        const __m512d next_high = _mm512_castps_pd(_mm512_unpackhi_ps(x[i + 2], x[i + 3]));
        four[i] = _mm512_castpd_ps(_mm512_unpacklo_pd(low, next_low));
        four[i + 1] = _mm512_castpd_ps(_mm512_unpackhi_pd(low, next_low));
        four[i + 2] = _mm512_castpd_ps(_mm512_unpacklo_pd(high, next_high));
        four[i + 3] = _mm512_castpd_ps(_mm512_unpackhi_pd(high, next_high));
    }
#pragma GCC unroll 4
    for (int c = 0; c < 4; c++) {
        const vec_f32 even = _mm512_shuffle_f32x4(four[c], four[4 + c], 0x88);
        const vec_f32 odd = _mm512_shuffle_f32x4(four[c], four[4 + c], 0xdd);
        const vec_f32 next_even = _mm512_shuffle_f32x4(four[8 + c], four[12 + c], 0x88);
        const vec_f32 next_odd = _mm512_shuffle_f32x4(four[8 + c], four[12 + c], 0xdd);
        x[c] = _mm512_shuffle_f32x4(even, next_even, 0x88);
        x[c + 4] = _mm512_shuffle_f32x4(odd, next_odd, 0x88);
        x[c + 8] = _mm512_shuffle_f32x4(even, next_even, 0xdd);
        x[c + 12] = _mm512_shuffle_f32x4(odd, next_odd, 0xdd);
    }
}
MLPI_INLINE vec_f64 v_zip_low_f64(vec_f64 a, vec_f64 b)
{
    return __builtin_shufflevector(a, b, 0, 8, 1, 9, 2, 10, 3, 11);
}
MLPI_INLINE vec_f64 v_zip_high_f64(vec_f64 a, vec_f64 b)
{
    return __builtin_shufflevector(a, b, 4, 12, 5, 13, 6, 14, 7, 15);
}
#elif defined(__AVX2__)
MLPI_INLINE vec_f32 v_fold_f32(vec_f32 a, vec_f32 b, int n)
{
    if (n == 8)
        return __builtin_shufflevector(a, b, 0, 1, 2, 3, 8, 9, 10, 11) +
               __builtin_shufflevector(a, b, 4, 5, 6, 7, 12, 13, 14, 15);
    if (n == 4)
        return __builtin_shufflevector(a, b, 0, 1, 8, 9, 4, 5, 12, 13) +
               __builtin_shufflevector(a, b, 2, 3, 10, 11, 6, 7, 14, 15);
    return __builtin_shufflevector(a, b, 0, 8, 2, 10, 4, 12, 6, 14) +
           __builtin_shufflevector(a, b, 1, 9, 3, 11, 5, 13, 7, 15);
}
MLPI_INLINE vec_f64 v_fold_f64(vec_f64 a, vec_f64 b, int n)
{
    if (n == 4)
        return __builtin_shufflevector(a, b, 0, 1, 4, 5) + __builtin_shufflevector(a, b, 2, 3, 6, 7);
    return __builtin_shufflevector(a, b, 0, 4, 2, 6) + __builtin_shufflevector(a, b, 1, 5, 3, 7);
}
MLPI_INLINE vec_f32 v_zip_low_f32(vec_f32 a, vec_f32 b)
{
    return __builtin_shufflevector(a, b, 0, 8, 1, 9, 2, 10, 3, 11);
}
MLPI_INLINE vec_f32 v_zip_high_f32(vec_f32 a, vec_f32 b)
{
    return __builtin_shufflevector(a, b, 4, 12, 5, 13, 6, 14, 7, 15);
}
MLPI_INLINE vec_f64 v_zip_low_f64(vec_f64 a, vec_f64 b)
{
    return __builtin_shufflevector(a, b, 0, 4, 1, 5);
}
MLPI_INLINE vec_f64 v_zip_high_f64(vec_f64 a, vec_f64 b)
{
    return __builtin_shufflevector(a, b, 2, 6, 3, 7);
}
#else
MLPI_INLINE vec_f32 v_fold_f32(vec_f32 a, vec_f32 b, int n)
{
    if (n == 4)
        return __builtin_shufflevector(a, b, 0, 1, 4, 5) + __builtin_shufflevector(a, b, 2, 3, 6, 7);
    return __builtin_shufflevector(a, b, 0, 4, 2, 6) + __builtin_shufflevector(a, b, 1, 5, 3, 7);
}
MLPI_INLINE vec_f64 v_fold_f64(vec_f64 a, vec_f64 b, int n)
{
    (void)n;
    return __builtin_shufflevector(a, b, 0, 2) + __builtin_shufflevector(a, b, 1, 3);
}
MLPI_INLINE vec_f32 v_zip_low_f32(vec_f32 a, vec_f32 b)
{
    return __builtin_shufflevector(a, b, 0, 4, 1, 5);
}
MLPI_INLINE vec_f32 v_zip_high_f32(vec_f32 a, vec_f32 b)
{
    return __builtin_shufflevector(a, b, 2, 6, 3, 7);
}
MLPI_INLINE vec_f64 v_zip_low_f64(vec_f64 a, vec_f64 b)
{
    return __builtin_shufflevector(a, b, 0, 2);
}
MLPI_INLINE vec_f64 v_zip_high_f64(vec_f64 a, vec_f64 b)
{
    return __builtin_shufflevector(a, b, 1, 3);
}
#endif

MLPI_INLINE vec_f32 v_sums_f32(vec_f32 *x)
{
#pragma GCC unroll 4
    for (int n = LANES_f32; n > 1; n /= 2)
#pragma GCC unroll 8
        for (int i = 0; i < n / 2; i++)
            x[i] = v_fold_f32(x[i], x[i + n / 2], n);
    return x[0];
}
MLPI_INLINE vec_f64 v_sums_f64(vec_f64 *x)
{
#pragma GCC unroll 4
    for (int n = LANES_f64; n > 1; n /= 2)
#pragma GCC unroll 8
        for (int i = 0; i < n / 2; i++)
            x[i] = v_fold_f64(x[i], x[i + n / 2], n);
    return x[0];
}

#if !defined(__AVX512F__)
MLPI_INLINE void v_transpose_f32(vec_f32 *x)
{
    for (int n = LANES_f32; n > 1; n /= 2) {
        vec_f32 y[LANES_f32];
        for (int i = 0; i < LANES_f32 / 2; i++) {
            y[2 * i] = v_zip_low_f32(x[i], x[i + LANES_f32 / 2]);
            y[2 * i + 1] = v_zip_high_f32(x[i], x[i + LANES_f32 / 2]);
        }
        for (int i = 0; i < LANES_f32; i++)
            x[i] = y[i];
    }
}
#endif
MLPI_INLINE void v_transpose_f64(vec_f64 *x)
{
    for (int n = LANES_f64; n > 1; n /= 2) {
        vec_f64 y[LANES_f64];
        for (int i = 0; i < LANES_f64 / 2; i++) {
            y[2 * i] = v_zip_low_f64(x[i], x[i + LANES_f64 / 2]);
            y[2 * i + 1] = v_zip_high_f64(x[i], x[i + LANES_f64 / 2]);
        }
        for (int i = 0; i < LANES_f64; i++)
            x[i] = y[i];
    }
}

#endif
