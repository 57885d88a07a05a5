/*
 * Work across the elements of vectors.
 *
 *     v_fold(a, b)     (a0 + a1, a2 + a3, ..., b0 + b1, b2 + b3, ...)
 *     v_sums(x)        (sum of x[0], sum of x[1], ...) of LANES vectors, by repeated folding: a fixed order. Uses x up.
 *     v_zip_low(a, b)  (a0, b0, a1, b1, ...) of the lower halves; v_zip_high of the upper ones
 *     v_transpose(x)   element j of x[i] becomes element i of x[j], for LANES vectors: as many rounds of zips as
 *                      LANES has bits
 */
#ifndef MLPI_SIMD_FOLD_H
#define MLPI_SIMD_FOLD_H

#include "simd/simd.h"

#if defined(__AVX512F__)
MLPI_INLINE vec_f32 v_fold_f32(vec_f32 a, vec_f32 b)
{
    return __builtin_shufflevector(a, b, 0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30) +
           __builtin_shufflevector(a, b, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31);
}
MLPI_INLINE vec_f64 v_fold_f64(vec_f64 a, vec_f64 b)
{
    return __builtin_shufflevector(a, b, 0, 2, 4, 6, 8, 10, 12, 14) +
           __builtin_shufflevector(a, b, 1, 3, 5, 7, 9, 11, 13, 15);
}
MLPI_INLINE vec_f32 v_zip_low_f32(vec_f32 a, vec_f32 b)
{
    return __builtin_shufflevector(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
}
MLPI_INLINE vec_f32 v_zip_high_f32(vec_f32 a, vec_f32 b)
{
    return __builtin_shufflevector(a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
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
MLPI_INLINE vec_f32 v_fold_f32(vec_f32 a, vec_f32 b)
{
    return __builtin_shufflevector(a, b, 0, 2, 4, 6, 8, 10, 12, 14) +
           __builtin_shufflevector(a, b, 1, 3, 5, 7, 9, 11, 13, 15);
}
MLPI_INLINE vec_f64 v_fold_f64(vec_f64 a, vec_f64 b)
{
    return __builtin_shufflevector(a, b, 0, 2, 4, 6) + __builtin_shufflevector(a, b, 1, 3, 5, 7);
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
MLPI_INLINE vec_f32 v_fold_f32(vec_f32 a, vec_f32 b)
{
    return __builtin_shufflevector(a, b, 0, 2, 4, 6) + __builtin_shufflevector(a, b, 1, 3, 5, 7);
}
MLPI_INLINE vec_f64 v_fold_f64(vec_f64 a, vec_f64 b)
{
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
    for (int n = LANES_f32; n > 1; n /= 2)
        for (int i = 0; i < n / 2; i++)
            x[i] = v_fold_f32(x[2 * i], x[2 * i + 1]);
    return x[0];
}
MLPI_INLINE vec_f64 v_sums_f64(vec_f64 *x)
{
    for (int n = LANES_f64; n > 1; n /= 2)
        for (int i = 0; i < n / 2; i++)
            x[i] = v_fold_f64(x[2 * i], x[2 * i + 1]);
    return x[0];
}

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
