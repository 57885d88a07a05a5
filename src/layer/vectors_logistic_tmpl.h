/* Template: vectors of sigmoid, tanh and softplus; name_value(z, p) and name_slope(t, p), p being no parameter. */

/*
 * r = 1 / (1 + e) with e = e^-z = s (1 + p), the sum as (1 + s) + s p. For z > 0 it is 1 - e r, whose error is small
 * against the distance to 1, as y (1 - y) needs it. Far left 1 + s is not exact: half a unit in the last place at most
 * is lost, and taken from the result. Beyond FINITE that is subnormal, or 0.
 */
MLPI_INLINE T(vec) T(sigmoid_by_exp)(T(vec) z)
{
    const T(vec) one = T(v_set1)(1), end = T(v_set1)(FINITE);
    const T(growth) g = T(growth_of)(-T(v_min)(end, T(v_max)(-end, z)));
    const T(vec) s = T(v_power2)(g.n), start = one + s, lost = one - (start - s);
    const T(vec) r = T(v_reciprocal)(T(v_fma)(s, g.p, start)), left = T(v_fnma)(r * r, lost, r);
    const T(vec) right = T(v_fnma)(T(v_fma)(s, g.p, s), r, one);
    const T(vec) y = T(v_select)(T(v_greater)(z, T(v_zero)()), right, left);
    return T(v_select)(T(v_greater)(-end, z), T(v_zero)(), y);
}

#if REAL_BITS == 32 && defined(MLPI_SIMD_LOOKUP)
#include "layer/vectors_table.h"
#else
MLPI_INLINE T(vec) T(sigmoid_value)(T(vec) z, T(vec) p)
{
    (void)p;
    return T(sigmoid_by_exp)(z);
}

/* For x = |z|: x + x^3 rest(x^2) near 0, where 1 - 2 / (1 + e^(2x)) has no digits left; that further out. */
MLPI_INLINE T(vec) T(tanh_value)(T(vec) z, T(vec) p)
{
    (void)p;
    const T(vec) one = T(v_set1)(1);
    const T(vec) x = T(v_min)(T(v_set1)(TANH_IS_1), T(v_abs)(z)), square = x * x;
    const T(vec) rest = T(polynomial)(T(tanh_terms), COUNT(T(tanh_terms)), square);
    const T(vec) near = T(v_fma)(x * square, rest, x);
    const T(growth) g = T(growth_of)(x + x);
    const T(vec) s = T(v_power2)(g.n);
    const T(vec) r = T(v_reciprocal)(T(v_fma)(s, g.p, one + s));
    const T(vec) out = one - (r + r);
    return T(v_copysign)(T(v_select)(T(v_greater)(x, T(v_set1)((REAL)0.625)), out, near), z);
}
#endif

MLPI_INLINE T(vec) T(sigmoid_slope)(T(vec) y, T(vec) p)
{
    (void)p;
    return y * (T(v_set1)(1) - y);
}

MLPI_INLINE T(vec) T(sigmoid_second)(T(vec) y, T(vec) p)
{
    (void)p;
    const T(vec) one = T(v_set1)(1), slope = y * (one - y);
    return slope * ((one - y) - y);
}

MLPI_INLINE T(vec) T(sigmoid_third)(T(vec) y, T(vec) p)
{
    (void)p;
    const T(vec) q = y - T(v_set1)((REAL)0.5), slope = y * (T(v_set1)(1) - y);
    return slope * T(v_fma)(T(v_set1)(6) * q, q, T(v_set1)((REAL)-0.5));
}

MLPI_INLINE T(vec) T(tanh_slope)(T(vec) y, T(vec) p)
{
    (void)p;
    const T(vec) one = T(v_set1)(1);
    return (one - y) * (one + y);
}

MLPI_INLINE T(vec) T(tanh_second)(T(vec) y, T(vec) p)
{
    (void)p;
    const T(vec) one = T(v_set1)(1);
    return (one - y) * (one + y) * (T(v_set1)(-2) * y);
}

MLPI_INLINE T(vec) T(tanh_third)(T(vec) y, T(vec) p)
{
    (void)p;
    const T(vec) one = T(v_set1)(1);
    return (one - y) * (one + y) * T(v_fma)(T(v_set1)(6) * y, y, T(v_set1)(-2));
}

/*
 * max(z, 0) + log(1 + e) with e = e^-|z| = high + low and log(1 + e) = high + (low - e^2 (3/8 + rest(e))). The first
 * two are added without loss.
 */
MLPI_INLINE T(vec) T(softplus_value)(T(vec) z, T(vec) p)
{
    (void)p;
    const T(growth) g = T(growth_of)(T(v_max)(T(v_set1)(-(FINITE)), -T(v_abs)(z)));
    const T(vec) s = T(v_power2)(g.n);
    const T(vec) high = T(v_fma)(s, g.p, s), low = T(v_fma)(s, g.p, s - high);
    const T(vec) centered = high + (high - T(v_set1)(1));
    const T(vec) rest = T(polynomial)(T(log_terms), COUNT(T(log_terms)), centered);
    const T(vec) line = T(v_max)(T(v_zero)(), z);
    const T(vec) large = T(v_max)(line, high), small = T(v_min)(line, high), sum = large + small;
    const T(vec) square = high * high, fine = T(v_fnma)(square, rest, low + (small - (sum - large)));
    const T(vec) curve = sum + T(v_fnma)(square, T(v_set1)((REAL)0.375), fine);
    return T(v_select)(T(v_greater)(z, T(v_set1)(FINITE)), z, curve);
}

MLPI_INLINE T(vec) T(softplus_slope)(T(vec) z, T(vec) p)
{
    return T(sigmoid_value)(z, p);
}
