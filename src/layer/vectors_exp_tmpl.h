/* Template: polynomials and the exponential of a vector. */

/* c[0] + c[step] x + c[2 step] x^2 + ... for indices below count, by Horner's rule */
MLPI_INLINE T(vec) T(polynomial_terms)(const REAL *c, int count, int step, T(vec) x)
{
    int i = (count - 1) / step * step;
    T(vec) sum = T(v_set1)(c[i]);
    for (i -= step; i >= 0; i -= step)
        sum = T(v_fma)(sum, x, T(v_set1)(c[i]));
    return sum;
}

/*
 * c[0] + c[1] x + ..., `count` terms. Many of them go in two chains of half the latency, odd powers and even ones; the
 * constant, in most cases the largest term, comes last.
 */
MLPI_INLINE T(vec) T(polynomial)(const REAL *c, int count, T(vec) x)
{
    if (count <= 8)
        return T(polynomial_terms)(c, count, 1, x);
    const T(vec) square = x * x;
    const T(vec) odd = T(polynomial_terms)(c + 1, count - 1, 2, square);
    const T(vec) even = T(polynomial_terms)(c + 2, count - 2, 2, square);
    return T(v_fma)(T(v_fma)(even, x, odd), x, T(v_set1)(c[0]));
}

/* e^x = 2^n (1 + p), where n is an integer and |p| < 0.42; apart, the two keep p's digits for sums that follow. */
typedef struct T(growth) {
    T(vec) n, p;
} T(growth);

/* log 2 comes in two parts: the first one times n is exact, so that a fused product is not needed. */
MLPI_INLINE T(vec) T(exponent_of)(T(vec) x)
{
    const T(vec) far = T(v_set1)(FAR);
    return T(v_fma)(x, T(v_set1)(T(log2_e)), far) - far;
}

MLPI_INLINE T(vec) T(remainder_of)(T(vec) x, T(vec) n)
{
    return T(v_fnma)(n, T(v_set1)(T(log2_lo)), T(v_fnma)(n, T(v_set1)(T(log2_hi)), x));
}

MLPI_INLINE T(growth) T(growth_of_remainder)(T(vec) n, T(vec) r)
{
    const T(vec) rest = T(polynomial)(T(exp_terms), COUNT(T(exp_terms)), r);
    return (T(growth)){n, T(v_fma)(r * r, rest, r)};
}

MLPI_INLINE T(growth) T(growth_of)(T(vec) x)
{
    const T(vec) n = T(exponent_of)(x);
    return T(growth_of_remainder)(n, T(remainder_of)(x, n));
}

/* Of x + low, |low| far below 1. */
MLPI_INLINE T(growth) T(growth_of_sum)(T(vec) x, T(vec) low)
{
    const T(vec) n = T(exponent_of)(x);
    return T(growth_of_remainder)(n, T(remainder_of)(x, n) + low);
}

/* 2^LIFT e^x: normal where a product with e^x is, though e^x itself no longer is. */
MLPI_INLINE T(vec) T(lifted_power)(T(growth) g)
{
    return T(v_power2)(g.n + T(v_set1)(LIFT));
}

MLPI_INLINE T(vec) T(lifted_exp)(T(growth) g)
{
    const T(vec) s = T(lifted_power)(g);
    return T(v_fma)(s, g.p, s);
}

/* v where t is a number, t where it is a NaN */
MLPI_INLINE T(vec) T(keep_nan)(T(vec) t, T(vec) v)
{
    return T(v_select)(T(v_nan)(t), t, v);
}
