/* The vectors of simd.h with AVX-512 F, DQ and VL. */
#include <immintrin.h>

typedef __m512 vec_f32;
typedef __m512d vec_f64;
enum { LANES_f32 = 16, LANES_f64 = 8 };

MLPI_INLINE vec_f32 v_load_f32(const float *p)
{
    return _mm512_loadu_ps(p);
}
MLPI_INLINE vec_f64 v_load_f64(const double *p)
{
    return _mm512_loadu_pd(p);
}
MLPI_INLINE void v_store_f32(float *p, vec_f32 v)
{
    _mm512_storeu_ps(p, v);
}
MLPI_INLINE void v_store_f64(double *p, vec_f64 v)
{
    _mm512_storeu_pd(p, v);
}
MLPI_INLINE vec_f32 v_load_head_f32(const float *p, int64_t n)
{
    return _mm512_maskz_loadu_ps((__mmask16)((1u << n) - 1), p);
}
MLPI_INLINE vec_f64 v_load_head_f64(const double *p, int64_t n)
{
    return _mm512_maskz_loadu_pd((__mmask8)((1u << n) - 1), p);
}
MLPI_INLINE void v_store_head_f32(float *p, vec_f32 v, int64_t n)
{
    _mm512_mask_storeu_ps(p, (__mmask16)((1u << n) - 1), v);
}
MLPI_INLINE void v_store_head_f64(double *p, vec_f64 v, int64_t n)
{
    _mm512_mask_storeu_pd(p, (__mmask8)((1u << n) - 1), v);
}
MLPI_INLINE vec_f32 v_set1_f32(float x)
{
    return _mm512_set1_ps(x);
}
MLPI_INLINE vec_f64 v_set1_f64(double x)
{
    return _mm512_set1_pd(x);
}
MLPI_INLINE vec_f32 v_zero_f32(void)
{
    return _mm512_setzero_ps();
}
MLPI_INLINE vec_f64 v_zero_f64(void)
{
    return _mm512_setzero_pd();
}
MLPI_INLINE vec_f32 v_fma_f32(vec_f32 a, vec_f32 b, vec_f32 c)
{
    return _mm512_fmadd_ps(a, b, c);
}
MLPI_INLINE vec_f64 v_fma_f64(vec_f64 a, vec_f64 b, vec_f64 c)
{
    return _mm512_fmadd_pd(a, b, c);
}
MLPI_INLINE vec_f32 v_fnma_f32(vec_f32 a, vec_f32 b, vec_f32 c)
{
    return _mm512_fnmadd_ps(a, b, c);
}
MLPI_INLINE vec_f64 v_fnma_f64(vec_f64 a, vec_f64 b, vec_f64 c)
{
    return _mm512_fnmadd_pd(a, b, c);
}
MLPI_INLINE vec_f32 v_max_f32(vec_f32 a, vec_f32 b)
{
    return _mm512_max_ps(a, b);
}
MLPI_INLINE vec_f64 v_max_f64(vec_f64 a, vec_f64 b)
{
    return _mm512_max_pd(a, b);
}
MLPI_INLINE vec_f32 v_min_f32(vec_f32 a, vec_f32 b)
{
    return _mm512_min_ps(a, b);
}
MLPI_INLINE vec_f64 v_min_f64(vec_f64 a, vec_f64 b)
{
    return _mm512_min_pd(a, b);
}
MLPI_INLINE float v_sum_f32(vec_f32 v)
{
    const __m256 h = _mm256_add_ps(_mm512_castps512_ps256(v), _mm512_extractf32x8_ps(v, 1));
    const __m128 q = _mm_add_ps(_mm256_castps256_ps128(h), _mm256_extractf128_ps(h, 1));
    const __m128 d = _mm_add_ps(q, _mm_movehl_ps(q, q));
    return _mm_cvtss_f32(_mm_add_ss(d, _mm_movehdup_ps(d)));
}
MLPI_INLINE double v_sum_f64(vec_f64 v)
{
    const __m256d h = _mm256_add_pd(_mm512_castpd512_pd256(v), _mm512_extractf64x4_pd(v, 1));
    const __m128d q = _mm_add_pd(_mm256_castpd256_pd128(h), _mm256_extractf128_pd(h, 1));
    return _mm_cvtsd_f64(_mm_add_sd(q, _mm_unpackhi_pd(q, q)));
}
