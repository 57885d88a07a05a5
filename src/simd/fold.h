/*
 * Sums of the elements of many vectors at once.
 *
 *     v_fold(a, b)     (a0 + a1, a2 + a3, ..., b0 + b1, b2 + b3, ...)
 *     v_sums(x)        (sum of x[0], sum of x[1], ...) of LANES vectors, by repeated folding: a fixed order. Uses x up.
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
#else
MLPI_INLINE vec_f32 v_fold_f32(vec_f32 a, vec_f32 b)
{
    return __builtin_shufflevector(a, b, 0, 2, 4, 6) + __builtin_shufflevector(a, b, 1, 3, 5, 7);
}
MLPI_INLINE vec_f64 v_fold_f64(vec_f64 a, vec_f64 b)
{
    return __builtin_shufflevector(a, b, 0, 2) + __builtin_shufflevector(a, b, 1, 3);
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

#endif
