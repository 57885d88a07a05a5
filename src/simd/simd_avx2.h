/* The vectors of simd.h with AVX2 and FMA. */
#include <immintrin.h>

typedef __m256 vec_f32;
typedef __m256d vec_f64;
typedef __m256 mask_f32; /* all ones or all zeros in an element */
typedef __m256d mask_f64;
enum { LANES_f32 = 8, LANES_f64 = 4 };

/* The mask of the first n elements: all ones, then zeros, read from where the ones end. */
static const int32_t v_head_bits[16] = {-1, -1, -1, -1, -1, -1, -1, -1, 0, 0, 0, 0, 0, 0, 0, 0};
static const int64_t v_head_bits_wide[8] = {-1, -1, -1, -1, 0, 0, 0, 0};

MLPI_INLINE __m256i v_head_f32(int64_t n)
{
    return _mm256_loadu_si256((const __m256i *)(v_head_bits + 8 - n));
}
MLPI_INLINE __m256i v_head_f64(int64_t n)
{
    return _mm256_loadu_si256((const __m256i *)(v_head_bits_wide + 4 - n));
}
MLPI_INLINE vec_f32 v_load_f32(const float *p)
{
    return _mm256_loadu_ps(p);
}
MLPI_INLINE vec_f64 v_load_f64(const double *p)
{
    return _mm256_loadu_pd(p);
}
MLPI_INLINE void v_store_f32(float *p, vec_f32 v)
{
    _mm256_storeu_ps(p, v);
}
MLPI_INLINE void v_store_f64(double *p, vec_f64 v)
{
    _mm256_storeu_pd(p, v);
}
MLPI_INLINE vec_f32 v_load_head_f32(const float *p, int64_t n)
{
    if (__builtin_constant_p(n) && n == LANES_f32)
        return v_load_f32(p);
    return _mm256_maskload_ps(p, v_head_f32(n));
}
MLPI_INLINE vec_f64 v_load_head_f64(const double *p, int64_t n)
{
    if (__builtin_constant_p(n) && n == LANES_f64)
        return v_load_f64(p);
    return _mm256_maskload_pd(p, v_head_f64(n));
}
MLPI_INLINE void v_store_head_f32(float *p, vec_f32 v, int64_t n)
{
    if (__builtin_constant_p(n) && n == LANES_f32)
        v_store_f32(p, v);
    else
        _mm256_maskstore_ps(p, v_head_f32(n), v);
}
MLPI_INLINE void v_store_head_f64(double *p, vec_f64 v, int64_t n)
{
    if (__builtin_constant_p(n) && n == LANES_f64)
        v_store_f64(p, v);
    else
        _mm256_maskstore_pd(p, v_head_f64(n), v);
}
MLPI_INLINE vec_f32 v_set1_f32(float x)
{
    return _mm256_set1_ps(x);
}
MLPI_INLINE vec_f64 v_set1_f64(double x)
{
    return _mm256_set1_pd(x);
}
MLPI_INLINE vec_f32 v_zero_f32(void)
{
    return _mm256_setzero_ps();
}
MLPI_INLINE vec_f64 v_zero_f64(void)
{
    return _mm256_setzero_pd();
}
MLPI_INLINE vec_f32 v_fma_f32(vec_f32 a, vec_f32 b, vec_f32 c)
{
    return _mm256_fmadd_ps(a, b, c);
}
MLPI_INLINE vec_f64 v_fma_f64(vec_f64 a, vec_f64 b, vec_f64 c)
{
    return _mm256_fmadd_pd(a, b, c);
}
MLPI_INLINE vec_f32 v_fnma_f32(vec_f32 a, vec_f32 b, vec_f32 c)
{
    return _mm256_fnmadd_ps(a, b, c);
}
MLPI_INLINE vec_f64 v_fnma_f64(vec_f64 a, vec_f64 b, vec_f64 c)
{
    return _mm256_fnmadd_pd(a, b, c);
}
MLPI_INLINE vec_f32 v_max_f32(vec_f32 a, vec_f32 b)
{
    return _mm256_max_ps(a, b);
}
MLPI_INLINE vec_f64 v_max_f64(vec_f64 a, vec_f64 b)
{
    return _mm256_max_pd(a, b);
}
MLPI_INLINE vec_f32 v_min_f32(vec_f32 a, vec_f32 b)
{
    return _mm256_min_ps(a, b);
}
MLPI_INLINE vec_f64 v_min_f64(vec_f64 a, vec_f64 b)
{
    return _mm256_min_pd(a, b);
}
MLPI_INLINE float v_sum_f32(vec_f32 v)
{
    const __m128 q = _mm_add_ps(_mm256_castps256_ps128(v), _mm256_extractf128_ps(v, 1));
    const __m128 d = _mm_add_ps(q, _mm_movehl_ps(q, q));
    return _mm_cvtss_f32(_mm_add_ss(d, _mm_movehdup_ps(d)));
}
MLPI_INLINE double v_sum_f64(vec_f64 v)
{
    const __m128d q = _mm_add_pd(_mm256_castpd256_pd128(v), _mm256_extractf128_pd(v, 1));
    return _mm_cvtsd_f64(_mm_add_sd(q, _mm_unpackhi_pd(q, q)));
}
MLPI_INLINE float v_largest_f32(vec_f32 v)
{
    const __m128 q = _mm_max_ps(_mm256_castps256_ps128(v), _mm256_extractf128_ps(v, 1));
    const __m128 d = _mm_max_ps(q, _mm_movehl_ps(q, q));
    return _mm_cvtss_f32(_mm_max_ss(d, _mm_movehdup_ps(d)));
}
MLPI_INLINE double v_largest_f64(vec_f64 v)
{
    const __m128d q = _mm_max_pd(_mm256_castpd256_pd128(v), _mm256_extractf128_pd(v, 1));
    return _mm_cvtsd_f64(_mm_max_sd(q, _mm_unpackhi_pd(q, q)));
}
MLPI_INLINE mask_f32 v_greater_f32(vec_f32 a, vec_f32 b)
{
    return _mm256_cmp_ps(a, b, _CMP_GT_OQ);
}
MLPI_INLINE mask_f32 v_nan_f32(vec_f32 a)
{
    return _mm256_cmp_ps(a, a, _CMP_UNORD_Q);
}
MLPI_INLINE int v_any_f32(mask_f32 m)
{
    return _mm256_movemask_ps(m) != 0;
}
MLPI_INLINE vec_f32 v_select_f32(mask_f32 m, vec_f32 a, vec_f32 b)
{
    return _mm256_blendv_ps(b, a, m);
}
MLPI_INLINE vec_f32 v_abs_f32(vec_f32 a)
{
    return _mm256_andnot_ps(_mm256_set1_ps(-0.0f), a);
}
MLPI_INLINE vec_f32 v_copysign_f32(vec_f32 a, vec_f32 s)
{
    return _mm256_or_ps(v_abs_f32(a), _mm256_and_ps(_mm256_set1_ps(-0.0f), s));
}
MLPI_INLINE vec_f32 v_round_f32(vec_f32 a)
{
    return _mm256_round_ps(a, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
}
/* 1.5 2^23 and the bias more than that: what is added to it stands in the lowest bits */
MLPI_INLINE vec_f32 v_power2_f32(vec_f32 n)
{
    const __m256i low = _mm256_castps_si256(n + _mm256_set1_ps(12583039.0f));
    return _mm256_castsi256_ps(_mm256_slli_epi32(low, 23));
}
MLPI_INLINE vec_f32 v_scale_f32(vec_f32 a, vec_f32 n)
{
    const vec_f32 h = v_round_f32(n * _mm256_set1_ps(0.5f));
    return a * v_power2_f32(h) * v_power2_f32(n - h);
}
MLPI_INLINE vec_f32 v_flip_odd_f32(vec_f32 a, vec_f32 n)
{
    const __m256i low = _mm256_castps_si256(n + _mm256_set1_ps(12582912.0f));
    return _mm256_xor_ps(a, _mm256_castsi256_ps(_mm256_slli_epi32(low, 31)));
}
MLPI_INLINE vec_f32 v_quotient_f32(vec_f32 a, vec_f32 b)
{
    return a / b;
}
MLPI_INLINE vec_f32 v_reciprocal_f32(vec_f32 b)
{
    return v_set1_f32(1) / b;
}
MLPI_INLINE vec_f32 v_residual_f32(vec_f32 a, vec_f32 b, vec_f32 c)
{
    return _mm256_fnmadd_ps(a, b, c);
}
MLPI_INLINE vec_f32 v_product_error_f32(vec_f32 a, vec_f32 b, vec_f32 ab)
{
    return _mm256_fmsub_ps(a, b, ab);
}
MLPI_INLINE mask_f64 v_greater_f64(vec_f64 a, vec_f64 b)
{
    return _mm256_cmp_pd(a, b, _CMP_GT_OQ);
}
MLPI_INLINE mask_f64 v_nan_f64(vec_f64 a)
{
    return _mm256_cmp_pd(a, a, _CMP_UNORD_Q);
}
MLPI_INLINE int v_any_f64(mask_f64 m)
{
    return _mm256_movemask_pd(m) != 0;
}
MLPI_INLINE vec_f64 v_select_f64(mask_f64 m, vec_f64 a, vec_f64 b)
{
    return _mm256_blendv_pd(b, a, m);
}
MLPI_INLINE vec_f64 v_abs_f64(vec_f64 a)
{
    return _mm256_andnot_pd(_mm256_set1_pd(-0.0), a);
}
MLPI_INLINE vec_f64 v_copysign_f64(vec_f64 a, vec_f64 s)
{
    return _mm256_or_pd(v_abs_f64(a), _mm256_and_pd(_mm256_set1_pd(-0.0), s));
}
MLPI_INLINE vec_f64 v_round_f64(vec_f64 a)
{
    return _mm256_round_pd(a, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
}
/* 1.5 2^52 and the bias more than that: what is added to it stands in the lowest bits */
MLPI_INLINE vec_f64 v_power2_f64(vec_f64 n)
{
    const __m256i low = _mm256_castpd_si256(n + _mm256_set1_pd(6755399441056767.0));
    return _mm256_castsi256_pd(_mm256_slli_epi64(low, 52));
}
MLPI_INLINE vec_f64 v_scale_f64(vec_f64 a, vec_f64 n)
{
    const vec_f64 h = v_round_f64(n * _mm256_set1_pd(0.5));
    return a * v_power2_f64(h) * v_power2_f64(n - h);
}
MLPI_INLINE vec_f64 v_flip_odd_f64(vec_f64 a, vec_f64 n)
{
    const __m256i low = _mm256_castpd_si256(n + _mm256_set1_pd(6755399441055744.0));
    return _mm256_xor_pd(a, _mm256_castsi256_pd(_mm256_slli_epi64(low, 63)));
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
    return _mm256_fnmadd_pd(a, b, c);
}
MLPI_INLINE vec_f64 v_product_error_f64(vec_f64 a, vec_f64 b, vec_f64 ab)
{
    return _mm256_fmsub_pd(a, b, ab);
}

typedef uint64_t vec_u64 __attribute__((vector_size(32)));
enum { LANES_u64 = 4 };

MLPI_INLINE vec_u64 v_set1_u64(uint64_t x)
{
    return (vec_u64)_mm256_set1_epi64x((int64_t)x);
}
MLPI_INLINE vec_u64 v_load_half_u64(const uint32_t *p)
{
    return (vec_u64)_mm256_cvtepu32_epi64(_mm_loadu_si128((const __m128i *)(const void *)p));
}
MLPI_INLINE void v_store_half_u64(uint32_t *p, vec_u64 v)
{
    const __m256i even = _mm256_permutevar8x32_epi32((__m256i)v, _mm256_setr_epi32(0, 2, 4, 6, 0, 2, 4, 6));
    _mm_storeu_si128((__m128i *)(void *)p, _mm256_castsi256_si128(even));
}
MLPI_INLINE vec_u64 v_product_u64(vec_u64 a, vec_u64 b)
{
    return (vec_u64)_mm256_mul_epu32((__m256i)a, (__m256i)b);
}
