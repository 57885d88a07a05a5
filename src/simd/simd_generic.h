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
MLPI_INLINE float v_largest_f32(vec_f32 v)
{
    const float even = v[0] > v[2] ? v[0] : v[2], odd = v[1] > v[3] ? v[1] : v[3];
    return even > odd ? even : odd;
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
MLPI_INLINE double v_largest_f64(vec_f64 v)
{
    return v[0] > v[1] ? v[0] : v[1];
}

typedef bits_f32 mask_f32; /* all ones or all zeros in an element */
typedef uint32_t unsigned_f32 __attribute__((vector_size(16)));

MLPI_INLINE mask_f32 v_greater_f32(vec_f32 a, vec_f32 b)
{
    return (mask_f32)(a > b);
}
MLPI_INLINE mask_f32 v_nan_f32(vec_f32 a)
{
    return (mask_f32)(a != a); /* NOLINT(misc-redundant-expression): a NaN differs from itself */
}
MLPI_INLINE int v_any_f32(mask_f32 m)
{
    return (m[0] | m[1] | m[2] | m[3]) != 0;
}
MLPI_INLINE vec_f32 v_select_f32(mask_f32 m, vec_f32 a, vec_f32 b)
{
    return v_blend_f32(m, a, b);
}
MLPI_INLINE bits_f32 v_sign_bits_f32(void)
{
    return INT32_MIN - (bits_f32){0};
}
MLPI_INLINE vec_f32 v_abs_f32(vec_f32 a)
{
    return (vec_f32)((bits_f32)a & ~v_sign_bits_f32());
}
MLPI_INLINE vec_f32 v_copysign_f32(vec_f32 a, vec_f32 s)
{
    return v_blend_f32(v_sign_bits_f32(), s, a);
}
/* Next to 1.5 2^23 only integers are numbers. */
MLPI_INLINE vec_f32 v_round_f32(vec_f32 a)
{
    const vec_f32 far = v_set1_f32(12582912.0f);
    return (a + far) - far;
}
/* 1.5 2^23 and the bias more than that: what is added to it stands in the lowest bits */
MLPI_INLINE vec_f32 v_power2_f32(vec_f32 n)
{
    const unsigned_f32 low = (unsigned_f32)(n + v_set1_f32(12583039.0f));
    return (vec_f32)(low << 23);
}
MLPI_INLINE vec_f32 v_scale_f32(vec_f32 a, vec_f32 n)
{
    const vec_f32 h = v_round_f32(n * v_set1_f32(0.5f));
    return a * v_power2_f32(h) * v_power2_f32(n - h);
}
MLPI_INLINE vec_f32 v_flip_odd_f32(vec_f32 a, vec_f32 n)
{
    const unsigned_f32 low = (unsigned_f32)(n + v_set1_f32(12582912.0f));
    return (vec_f32)((unsigned_f32)a ^ (low << 31));
}
MLPI_INLINE vec_f32 v_quotient_f32(vec_f32 a, vec_f32 b)
{
    return a / b;
}
MLPI_INLINE vec_f32 v_reciprocal_f32(vec_f32 b)
{
    return v_set1_f32(1) / b;
}
/* The upper half of the digits of a, by a product that pushes the lower ones out (Veltkamp). */
MLPI_INLINE vec_f32 v_upper_half_f32(vec_f32 a)
{
    const vec_f32 wide = a * v_set1_f32(4097.0f);
    return wide - (wide - a);
}
/* From the products of the halves, each exact (Dekker 1971). */
MLPI_INLINE vec_f32 v_product_error_f32(vec_f32 a, vec_f32 b, vec_f32 ab)
{
    const vec_f32 ah = v_upper_half_f32(a), al = a - ah, bh = v_upper_half_f32(b), bl = b - bh;
    return ((ah * bh - ab) + ah * bl + al * bh) + al * bl;
}
MLPI_INLINE vec_f32 v_residual_f32(vec_f32 a, vec_f32 b, vec_f32 c)
{
    const vec_f32 ab = a * b;
    return (c - ab) - v_product_error_f32(a, b, ab);
}

typedef bits_f64 mask_f64; /* all ones or all zeros in an element */
typedef uint64_t unsigned_f64 __attribute__((vector_size(16)));

MLPI_INLINE mask_f64 v_greater_f64(vec_f64 a, vec_f64 b)
{
    return (mask_f64)(a > b);
}
MLPI_INLINE mask_f64 v_nan_f64(vec_f64 a)
{
    return (mask_f64)(a != a); /* NOLINT(misc-redundant-expression): a NaN differs from itself */
}
MLPI_INLINE int v_any_f64(mask_f64 m)
{
    return (m[0] | m[1]) != 0;
}
MLPI_INLINE vec_f64 v_select_f64(mask_f64 m, vec_f64 a, vec_f64 b)
{
    return v_blend_f64(m, a, b);
}
MLPI_INLINE bits_f64 v_sign_bits_f64(void)
{
    return INT64_MIN - (bits_f64){0};
}
MLPI_INLINE vec_f64 v_abs_f64(vec_f64 a)
{
    return (vec_f64)((bits_f64)a & ~v_sign_bits_f64());
}
MLPI_INLINE vec_f64 v_copysign_f64(vec_f64 a, vec_f64 s)
{
    return v_blend_f64(v_sign_bits_f64(), s, a);
}
/* Next to 1.5 2^52 only integers are numbers. */
MLPI_INLINE vec_f64 v_round_f64(vec_f64 a)
{
    const vec_f64 far = v_set1_f64(6755399441055744.0);
    return (a + far) - far;
}
/* 1.5 2^52 and the bias more than that: what is added to it stands in the lowest bits */
MLPI_INLINE vec_f64 v_power2_f64(vec_f64 n)
{
    const unsigned_f64 low = (unsigned_f64)(n + v_set1_f64(6755399441056767.0));
    return (vec_f64)(low << 52);
}
MLPI_INLINE vec_f64 v_scale_f64(vec_f64 a, vec_f64 n)
{
    const vec_f64 h = v_round_f64(n * v_set1_f64(0.5));
    return a * v_power2_f64(h) * v_power2_f64(n - h);
}
MLPI_INLINE vec_f64 v_flip_odd_f64(vec_f64 a, vec_f64 n)
{
    const unsigned_f64 low = (unsigned_f64)(n + v_set1_f64(6755399441055744.0));
    return (vec_f64)((unsigned_f64)a ^ (low << 63));
}
MLPI_INLINE vec_f64 v_quotient_f64(vec_f64 a, vec_f64 b)
{
    return a / b;
}
MLPI_INLINE vec_f64 v_reciprocal_f64(vec_f64 b)
{
    return v_set1_f64(1) / b;
}
/* The upper half of the digits of a, by a product that pushes the lower ones out (Veltkamp). */
MLPI_INLINE vec_f64 v_upper_half_f64(vec_f64 a)
{
    const vec_f64 wide = a * v_set1_f64(134217729.0);
    return wide - (wide - a);
}
/* From the products of the halves, each exact (Dekker 1971). */
MLPI_INLINE vec_f64 v_product_error_f64(vec_f64 a, vec_f64 b, vec_f64 ab)
{
    const vec_f64 ah = v_upper_half_f64(a), al = a - ah, bh = v_upper_half_f64(b), bl = b - bh;
    return ((ah * bh - ab) + ah * bl + al * bh) + al * bl;
}
MLPI_INLINE vec_f64 v_residual_f64(vec_f64 a, vec_f64 b, vec_f64 c)
{
    const vec_f64 ab = a * b;
    return (c - ab) - v_product_error_f64(a, b, ab);
}

typedef uint64_t vec_u64 __attribute__((vector_size(16)));
enum { LANES_u64 = 2 };

MLPI_INLINE vec_u64 v_set1_u64(uint64_t x)
{
    return (vec_u64){x, x};
}
MLPI_INLINE vec_u64 v_load_half_u64(const uint32_t *p)
{
    return (vec_u64){p[0], p[1]};
}
MLPI_INLINE void v_store_half_u64(uint32_t *p, vec_u64 v)
{
    p[0] = (uint32_t)v[0];
    p[1] = (uint32_t)v[1];
}
MLPI_INLINE vec_u64 v_product_u64(vec_u64 a, vec_u64 b)
{
    return (vec_u64){(uint64_t)(uint32_t)a[0] * (uint32_t)b[0], (uint64_t)(uint32_t)a[1] * (uint32_t)b[1]};
}
