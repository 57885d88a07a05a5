/*
 * Template: vectors of mish'' and mish''', rational in e = e^-|z| and linear in a = |z| (sigma_gated.h has them in e^z):
 *
 *     z <= 0   8 e / D^2 (1 - a / 2 + e + a e (2 e + e^2) / D)                              D = 2 + 2 e + e^2
 *              8 e / D^3 (3 - a + e (3 - 9/2 e - 3 e^2 + a / D (2 + 17 e + 12 e^2 - 5/2 e^3 - 2 e^4)))
 *     z > 0    8 e^2 / D^2 (1 - a + e + a e (1/2 + 3 e + e^2) / D)                          D = 1 + 2 e + 2 e^2
 *             -8 e^2 / D^3 (3 - 2 a + e (9/2 - 3 e - 3 e^2 + a / D (3/2 + 16 e + 16 e^2 - 2 e^4)))
 *
 * The constants and the terms in a alone, which cancel, are exact there. Around 0 e has not the digits that the distance
 * to the zero of mish''' takes: there they are polynomials in z.
 */

/* left for z <= 0, right for z > 0 */
MLPI_INLINE T(vec) T(side)(T(mask) positive, REAL left, REAL right)
{
    return T(v_select)(positive, T(v_set1)(right), T(v_set1)(left));
}

/* f = e or e^2, lifted by 2^LIFT: far out it is small. r (1 + error) = 1 / D */
typedef struct T(mish_curve) {
    T(vec) a, e, f, r, error;
    T(mask) positive;
} T(mish_curve);

MLPI_INLINE T(mish_curve) T(mish_curve_of)(T(vec) z)
{
    const T(mask) positive = T(v_greater)(z, T(v_zero)());
    const T(vec) a = T(v_min)(T(v_set1)(LIFTED_FINITE), T(v_abs)(z));
    const T(vec) lifted = T(lifted_exp)(T(growth_of)(-a)), e = lifted * T(v_set1)(UNLIFT), twice = e + e;
    const T(vec) first = T(side)(positive, 2, 1), factor = T(side)(positive, 1, 2) * e;
    const T(vec) rest = T(v_fma)(factor, e, twice), D = first + rest;
    const T(vec) lost = (rest - (D - first)) + T(v_fma)(factor, e, twice - rest), r = T(v_reciprocal)(D);
    const T(vec) error = T(v_fnma)(lost, r, T(v_residual)(D, r, T(v_set1)(1)));
    return (T(mish_curve)){a, e, T(v_select)(positive, lifted * e, lifted), r, error, positive};
}

MLPI_INLINE T(vec) T(mish_second)(T(vec) z, T(vec) p)
{
    (void)p;
    const T(mish_curve) k = T(mish_curve_of)(z);
    const T(vec) c0 = T(side)(k.positive, 0, (REAL)0.5), c1 = T(side)(k.positive, 2, 3);
    const T(vec) start = T(v_fnma)(T(side)(k.positive, (REAL)0.5, 1), k.a, T(v_set1)(1));
    const T(vec) share = k.a * k.e * T(v_fma)(k.e + c1, k.e, c0);
    const T(vec) product = k.f * (k.r * k.r) * (start + T(v_fma)(share, k.r, k.e));
    const T(vec) far = T(v_fma)(product, k.error + k.error, product) * T(v_set1)(8 * UNLIFT);
    const T(vec) near = T(polynomial)(T(mish_second_terms), COUNT(T(mish_second_terms)), z);
    return T(v_select)(T(v_greater)(T(v_set1)(MISH_NEAR), k.a), near, far);
}

/* The bracket of mish''', z > 0 with its sign. */
MLPI_INLINE T(vec) T(mish_bracket)(T(mish_curve) k)
{
    const T(vec) two = T(v_set1)(2), three = T(v_set1)(3);
    const T(vec) c0 = T(side)(k.positive, 3, (REAL)4.5), c1 = T(side)(k.positive, (REAL)-4.5, -3);
    const T(vec) flat = T(v_fma)(T(v_fnma)(three, k.e, c1), k.e, c0);
    const T(vec) d0 = T(side)(k.positive, 2, (REAL)1.5), d1 = T(side)(k.positive, 17, 16);
    const T(vec) d2 = T(side)(k.positive, 12, 16), d3 = T(side)(k.positive, (REAL)-2.5, 0);
    const T(vec) high = T(v_fma)(T(v_fnma)(two, k.e, d3), k.e, d2);
    const T(vec) steep = T(v_fma)(T(v_fma)(high, k.e, d1), k.e, d0);
    const T(vec) start = T(v_fnma)(T(side)(k.positive, 1, 2), k.a, three);
    const T(vec) bracket = T(v_fma)(k.e, T(v_fma)(k.a * k.r, steep, flat), start);
    return T(v_select)(k.positive, -bracket, bracket);
}

/* f r^3 = share + share_lo */
MLPI_INLINE T(vec) T(mish_third)(T(vec) z, T(vec) p)
{
    (void)p;
    const T(mish_curve) k = T(mish_curve_of)(z);
    const T(vec) square = k.r * k.r, cube = square * k.r, share = k.f * cube;
    const T(vec) square_lo = T(v_product_error)(k.r, k.r, square);
    const T(vec) cube_lo = T(v_fma)(square_lo, k.r, T(v_product_error)(square, k.r, cube));
    const T(vec) error = T(v_fma)(cube, T(v_set1)(3) * k.error, cube_lo);
    const T(vec) share_lo = T(v_fma)(k.f, error, T(v_product_error)(k.f, cube, share));
    const T(vec) bracket = T(mish_bracket)(k);
    const T(vec) far = T(v_fma)(share_lo, bracket, share * bracket) * T(v_set1)(8 * UNLIFT);
    const T(vec) near = T(polynomial)(T(mish_third_terms), COUNT(T(mish_third_terms)), z);
    return T(v_select)(T(v_greater)(T(v_set1)(MISH_NEAR), k.a), near, far);
}
