/*
 * The vectors of simd.h in the compiler's own terms: SSE2 on x86-64, NEON on AArch64, loops elsewhere. A product and a
 * sum are rounded once each unless the target's plain arithmetic is fused.
 */

typedef float vec_f32 __attribute__((vector_size(16)));
typedef int32_t bits_f32 __attribute__((vector_size(16)));
enum { LANES_f32 = 4 };

MLPI_INLINE vec_f32 v_load_f32(const float *p)
{
    vec_f32 v;
    memcpy(&v, p, sizeof v);
    return v;
}
MLPI_INLINE void v_store_f32(float *p, vec_f32 v)
{
    memcpy(p, &v, sizeof v);
}
MLPI_INLINE vec_f32 v_load_head_f32(const float *p, int64_t n)
{
    vec_f32 v = {0};
    for (int64_t i = 0; i < LANES_f32; i++)
        v[i] = i < n ? p[i] : 0;
    return v;
}
MLPI_INLINE void v_store_head_f32(float *p, vec_f32 v, int64_t n)
{
    for (int64_t i = 0; i < n; i++)
        p[i] = v[i];
}
MLPI_INLINE vec_f32 v_set1_f32(float x)
{
    return x - (vec_f32){0};
}
MLPI_INLINE vec_f32 v_zero_f32(void)
{
    return (vec_f32){0};
}
MLPI_INLINE vec_f32 v_fma_f32(vec_f32 a, vec_f32 b, vec_f32 c)
{
    return a * b + c;
}
MLPI_INLINE vec_f32 v_fnma_f32(vec_f32 a, vec_f32 b, vec_f32 c)
{
    return c - a * b;
}
/* x where the bits of m are ones, y where they are zeros */
MLPI_INLINE vec_f32 v_blend_f32(bits_f32 m, vec_f32 x, vec_f32 y)
{
    return (vec_f32)((m & (bits_f32)x) | (~m & (bits_f32)y));
}
MLPI_INLINE vec_f32 v_max_f32(vec_f32 a, vec_f32 b)
{
    return v_blend_f32((bits_f32)(a > b), a, b);
}
MLPI_INLINE vec_f32 v_min_f32(vec_f32 a, vec_f32 b)
{
    return v_blend_f32((bits_f32)(a < b), a, b);
}
MLPI_INLINE float v_sum_f32(vec_f32 v)
{
    return (v[0] + v[2]) + (v[1] + v[3]);
}

typedef double vec_f64 __attribute__((vector_size(16)));
typedef int64_t bits_f64 __attribute__((vector_size(16)));
enum { LANES_f64 = 2 };

MLPI_INLINE vec_f64 v_load_f64(const double *p)
{
    vec_f64 v;
    memcpy(&v, p, sizeof v);
    return v;
}
MLPI_INLINE void v_store_f64(double *p, vec_f64 v)
{
    memcpy(p, &v, sizeof v);
}
MLPI_INLINE vec_f64 v_load_head_f64(const double *p, int64_t n)
{
    vec_f64 v = {0};
    for (int64_t i = 0; i < LANES_f64; i++)
        v[i] = i < n ? p[i] : 0;
    return v;
}
MLPI_INLINE void v_store_head_f64(double *p, vec_f64 v, int64_t n)
{
    for (int64_t i = 0; i < n; i++)
        p[i] = v[i];
}
MLPI_INLINE vec_f64 v_set1_f64(double x)
{
    return x - (vec_f64){0};
}
MLPI_INLINE vec_f64 v_zero_f64(void)
{
    return (vec_f64){0};
}
MLPI_INLINE vec_f64 v_fma_f64(vec_f64 a, vec_f64 b, vec_f64 c)
{
    return a * b + c;
}
MLPI_INLINE vec_f64 v_fnma_f64(vec_f64 a, vec_f64 b, vec_f64 c)
{
    return c - a * b;
}
/* x where the bits of m are ones, y where they are zeros */
MLPI_INLINE vec_f64 v_blend_f64(bits_f64 m, vec_f64 x, vec_f64 y)
{
    return (vec_f64)((m & (bits_f64)x) | (~m & (bits_f64)y));
}
MLPI_INLINE vec_f64 v_max_f64(vec_f64 a, vec_f64 b)
{
    return v_blend_f64((bits_f64)(a > b), a, b);
}
MLPI_INLINE vec_f64 v_min_f64(vec_f64 a, vec_f64 b)
{
    return v_blend_f64((bits_f64)(a < b), a, b);
}
MLPI_INLINE double v_sum_f64(vec_f64 v)
{
    return v[0] + v[1];
}
