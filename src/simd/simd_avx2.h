/* The vectors of simd.h with AVX2 and FMA. */
#include <immintrin.h>

typedef __m256 vec_f32;
typedef __m256d vec_f64;
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
    return _mm256_maskload_ps(p, v_head_f32(n));
}
MLPI_INLINE vec_f64 v_load_head_f64(const double *p, int64_t n)
{
    return _mm256_maskload_pd(p, v_head_f64(n));
}
MLPI_INLINE void v_store_head_f32(float *p, vec_f32 v, int64_t n)
{
    _mm256_maskstore_ps(p, v_head_f32(n), v);
}
MLPI_INLINE void v_store_head_f64(double *p, vec_f64 v, int64_t n)
{
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
