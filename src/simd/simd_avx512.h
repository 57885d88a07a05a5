/* The vectors of simd.h with AVX-512 F, DQ and VL. */
#include <immintrin.h>

typedef __m512 vec_f32;
typedef __m512d vec_f64;
typedef __mmask16 mask_f32;
typedef __mmask8 mask_f64;
enum { LANES_f32 = 16, LANES_f64 = 8 };

#define MLPI_SIMD_LOOKUP
typedef __m512i index_f32;

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
    if (__builtin_constant_p(n) && n == LANES_f32)
        return v_load_f32(p);
    return _mm512_maskz_loadu_ps((__mmask16)((1u << n) - 1), p);
}
MLPI_INLINE vec_f64 v_load_head_f64(const double *p, int64_t n)
{
    if (__builtin_constant_p(n) && n == LANES_f64)
        return v_load_f64(p);
    return _mm512_maskz_loadu_pd((__mmask8)((1u << n) - 1), p);
}
MLPI_INLINE void v_store_head_f32(float *p, vec_f32 v, int64_t n)
{
    if (__builtin_constant_p(n) && n == LANES_f32)
        v_store_f32(p, v);
    else
        _mm512_mask_storeu_ps(p, (__mmask16)((1u << n) - 1), v);
}
MLPI_INLINE void v_store_head_f64(double *p, vec_f64 v, int64_t n)
{
    if (__builtin_constant_p(n) && n == LANES_f64)
        v_store_f64(p, v);
    else
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
MLPI_INLINE float v_largest_f32(vec_f32 v)
{
    const __m256 h = _mm256_max_ps(_mm512_castps512_ps256(v), _mm512_extractf32x8_ps(v, 1));
    const __m128 q = _mm_max_ps(_mm256_castps256_ps128(h), _mm256_extractf128_ps(h, 1));
    const __m128 d = _mm_max_ps(q, _mm_movehl_ps(q, q));
    return _mm_cvtss_f32(_mm_max_ss(d, _mm_movehdup_ps(d)));
}
MLPI_INLINE double v_largest_f64(vec_f64 v)
{
    const __m256d h = _mm256_max_pd(_mm512_castpd512_pd256(v), _mm512_extractf64x4_pd(v, 1));
    const __m128d q = _mm_max_pd(_mm256_castpd256_pd128(h), _mm256_extractf128_pd(h, 1));
    return _mm_cvtsd_f64(_mm_max_sd(q, _mm_unpackhi_pd(q, q)));
}
MLPI_INLINE mask_f32 v_greater_f32(vec_f32 a, vec_f32 b)
{
    return _mm512_cmp_ps_mask(a, b, _CMP_GT_OQ);
}
MLPI_INLINE mask_f32 v_nan_f32(vec_f32 a)
{
    return _mm512_cmp_ps_mask(a, a, _CMP_UNORD_Q);
}
MLPI_INLINE int v_any_f32(mask_f32 m)
{
    return m != 0;
}
MLPI_INLINE vec_f32 v_select_f32(mask_f32 m, vec_f32 a, vec_f32 b)
{
    return _mm512_mask_blend_ps(m, b, a);
}
MLPI_INLINE vec_f32 v_abs_f32(vec_f32 a)
{
    return _mm512_andnot_ps(_mm512_set1_ps(-0.0f), a);
}
MLPI_INLINE vec_f32 v_copysign_f32(vec_f32 a, vec_f32 s)
{
    const __m512i sign = _mm512_castps_si512(_mm512_set1_ps(-0.0f));
    return _mm512_castsi512_ps(_mm512_ternarylogic_epi32(sign, _mm512_castps_si512(s), _mm512_castps_si512(a),
                                                         0xca)); /* sign ? s : a */
}
MLPI_INLINE vec_f32 v_round_f32(vec_f32 a)
{
    return _mm512_roundscale_ps(a, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
}
/* 1.5 2^23 and the bias more than that: what is added to it stands in the lowest bits */
MLPI_INLINE vec_f32 v_power2_f32(vec_f32 n)
{
    const __m512i low = _mm512_castps_si512(n + _mm512_set1_ps(12583039.0f));
    return _mm512_castsi512_ps(_mm512_slli_epi32(low, 23));
}
MLPI_INLINE vec_f32 v_scale_f32(vec_f32 a, vec_f32 n)
{
    return _mm512_scalef_ps(a, n);
}
MLPI_INLINE vec_f32 v_flip_odd_f32(vec_f32 a, vec_f32 n)
{
    const __m512i low = _mm512_castps_si512(n + _mm512_set1_ps(12582912.0f));
    return _mm512_xor_ps(a, _mm512_castsi512_ps(_mm512_slli_epi32(low, 31)));
}
/* An estimate of 1 / b, one Newton step (28 bits), the quotient, and its remainder divided once more. */
MLPI_INLINE vec_f32 v_quotient_f32(vec_f32 a, vec_f32 b)
{
    const vec_f32 one = _mm512_set1_ps(1.0f);
    const vec_f32 estimate = _mm512_rcp14_ps(b);
    const vec_f32 r = _mm512_fmadd_ps(estimate, _mm512_fnmadd_ps(b, estimate, one), estimate);
    const vec_f32 q = a * r;
    return _mm512_fmadd_ps(_mm512_fnmadd_ps(b, q, a), r, q);
}
/* An estimate and one Newton step: 28 bits, rounded. */
MLPI_INLINE vec_f32 v_reciprocal_f32(vec_f32 b)
{
    const vec_f32 estimate = _mm512_rcp14_ps(b);
    return _mm512_fmadd_ps(estimate, _mm512_fnmadd_ps(b, estimate, _mm512_set1_ps(1.0f)), estimate);
}
MLPI_INLINE vec_f32 v_residual_f32(vec_f32 a, vec_f32 b, vec_f32 c)
{
    return _mm512_fnmadd_ps(a, b, c);
}
MLPI_INLINE vec_f32 v_product_error_f32(vec_f32 a, vec_f32 b, vec_f32 ab)
{
    return _mm512_fmsub_ps(a, b, ab);
}
MLPI_INLINE index_f32 v_leading_f32(vec_f32 a, int bits)
{
    return _mm512_srli_epi32(_mm512_castps_si512(a), (unsigned)(23 - bits));
}
MLPI_INLINE vec_f32 v_lookup_f32(const float *t, index_f32 i)
{
    return _mm512_permutex2var_ps(_mm512_loadu_ps(t), i, _mm512_loadu_ps(t + 16));
}
MLPI_INLINE mask_f64 v_greater_f64(vec_f64 a, vec_f64 b)
{
    return _mm512_cmp_pd_mask(a, b, _CMP_GT_OQ);
}
MLPI_INLINE mask_f64 v_nan_f64(vec_f64 a)
{
    return _mm512_cmp_pd_mask(a, a, _CMP_UNORD_Q);
}
MLPI_INLINE int v_any_f64(mask_f64 m)
{
    return m != 0;
}
MLPI_INLINE vec_f64 v_select_f64(mask_f64 m, vec_f64 a, vec_f64 b)
{
    return _mm512_mask_blend_pd(m, b, a);
}
MLPI_INLINE vec_f64 v_abs_f64(vec_f64 a)
{
    return _mm512_andnot_pd(_mm512_set1_pd(-0.0), a);
}
MLPI_INLINE vec_f64 v_copysign_f64(vec_f64 a, vec_f64 s)
{
    const __m512i sign = _mm512_castpd_si512(_mm512_set1_pd(-0.0));
    return _mm512_castsi512_pd(_mm512_ternarylogic_epi64(sign, _mm512_castpd_si512(s), _mm512_castpd_si512(a),
                                                         0xca)); /* sign ? s : a */
}
MLPI_INLINE vec_f64 v_round_f64(vec_f64 a)
{
    return _mm512_roundscale_pd(a, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
}
/* 1.5 2^52 and the bias more than that: what is added to it stands in the lowest bits */
MLPI_INLINE vec_f64 v_power2_f64(vec_f64 n)
{
    const __m512i low = _mm512_castpd_si512(n + _mm512_set1_pd(6755399441056767.0));
    return _mm512_castsi512_pd(_mm512_slli_epi64(low, 52));
}
MLPI_INLINE vec_f64 v_scale_f64(vec_f64 a, vec_f64 n)
{
    return _mm512_scalef_pd(a, n);
}
MLPI_INLINE vec_f64 v_flip_odd_f64(vec_f64 a, vec_f64 n)
{
    const __m512i low = _mm512_castpd_si512(n + _mm512_set1_pd(6755399441055744.0));
    return _mm512_xor_pd(a, _mm512_castsi512_pd(_mm512_slli_epi64(low, 63)));
}
MLPI_INLINE vec_f64 v_quotient_f64(vec_f64 a, vec_f64 b)
{
    return a / b;
}
MLPI_INLINE vec_f64 v_reciprocal_f64(vec_f64 b)
{
    return v_set1_f64(1) / b;
}
MLPI_INLINE vec_f64 v_residual_f64(vec_f64 a, vec_f64 b, vec_f64 c)
{
    return _mm512_fnmadd_pd(a, b, c);
}
MLPI_INLINE vec_f64 v_product_error_f64(vec_f64 a, vec_f64 b, vec_f64 ab)
{
    return _mm512_fmsub_pd(a, b, ab);
}

typedef uint64_t vec_u64 __attribute__((vector_size(64)));
enum { LANES_u64 = 8 };

MLPI_INLINE vec_u64 v_set1_u64(uint64_t x)
{
    return (vec_u64)_mm512_set1_epi64((int64_t)x);
}
MLPI_INLINE vec_u64 v_load_half_u64(const uint32_t *p)
{
    return (vec_u64)_mm512_cvtepu32_epi64(_mm256_loadu_si256((const __m256i *)(const void *)p));
}
MLPI_INLINE void v_store_half_u64(uint32_t *p, vec_u64 v)
{
    _mm256_storeu_si256((__m256i *)(void *)p, _mm512_cvtepi64_epi32((__m512i)v));
}
MLPI_INLINE vec_u64 v_product_u64(vec_u64 a, vec_u64 b)
{
    return (vec_u64)_mm512_mul_epu32((__m512i)a, (__m512i)b);
}
