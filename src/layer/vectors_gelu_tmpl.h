/* Template: vectors of gelu = z Phi(z), with the normal distribution function Phi and its density phi. */

/*
 * The tail of the normal distribution without its exponential, Phi(-t) = e^(-t^2/2) tail(t) for t >= 0: (1 + t) tail(t),
 * which stays between 0.39 and 0.54, as a polynomial in y = t / (t + c), in the form 1 - y tail_scale that fills [-1, 1].
 */
MLPI_INLINE T(vec) T(flat_tail)(T(vec) t)
{
    const T(vec) y = t * T(v_reciprocal)(t + T(v_set1)(T(tail_shift)));
    const T(vec) x = T(v_fnma)(y, T(v_set1)(T(tail_scale)), T(v_set1)(1));
    return T(polynomial)(T(tail_terms), COUNT(T(tail_terms)), x);
}

/* (x + low) e^(-t^2/2): its power of two lifted as long as digits are at stake. */
MLPI_INLINE T(vec) T(times_bell)(T(vec) x, T(vec) low, T(vec) t)
{
    const T(growth) g = T(growth_of_square)(t, (REAL)-0.5);
    return (x + T(v_fma)(x, g.p, low)) * T(lifted_power)(g) * T(v_set1)(UNLIFT);
}

/* max(z, 0) - t Phi(-t) with t = |z| */
MLPI_INLINE T(vec) T(gelu_value)(T(vec) z, T(vec) p)
{
    (void)p;
    const T(vec) t = T(v_min)(T(v_set1)(GELU_TAIL_IS_0), T(v_abs)(z));
    const T(vec) share = T(v_quotient)(t, T(v_set1)(1) + t), flat = T(flat_tail)(t), product = share * flat;
    return T(v_max)(T(v_zero)(), z) - T(times_bell)(product, T(v_product_error)(share, flat, product), t);
}

/*
 * Phi(z) + z phi(z) for z = -t, and 1 minus that for z = t. tail = flat / (1 + t) = flat - flat share; what density loses
 * by rounding would be felt where sigma'' is 0.
 */
MLPI_INLINE T(vec) T(gelu_slope)(T(vec) z, T(vec) p)
{
    (void)p;
    const T(vec) one = T(v_set1)(1), t = T(v_min)(T(v_set1)(GELU_TAIL_IS_0), T(v_abs)(z));
    const T(vec) share = T(v_quotient)(t, one + t), flat = T(flat_tail)(t);
    const T(vec) at_0 = T(v_set1)(T(density_at_0)), density = t * at_0;
    const T(vec) lost = T(v_fma)(t, T(v_set1)(T(density_at_0_lo)), T(v_product_error)(t, at_0, density));
    const T(vec) difference = (T(v_fnma)(flat, share, flat) - density) - lost;
    const T(vec) left = T(times_bell)(difference, T(v_zero)(), t);
    return T(v_select)(T(v_greater)(z, T(v_zero)()), one - left, left);
}

/* factor phi(t), where phi(0) comes in two parts */
MLPI_INLINE T(vec) T(times_density)(T(vec) factor, T(vec) t)
{
    const T(vec) at_0 = T(v_set1)(T(density_at_0)), product = factor * at_0;
    const T(vec) lost =
        T(v_fma)(factor, T(v_set1)(T(density_at_0_lo)), T(v_product_error)(factor, at_0, product));
    return T(times_bell)(product, lost, t);
}

/* (2 - z^2) phi(z) */
MLPI_INLINE T(vec) T(gelu_second)(T(vec) z, T(vec) p)
{
    (void)p;
    const T(vec) t = T(v_min)(T(v_set1)(GELU_TAIL_IS_0), T(v_abs)(z));
    return T(times_density)(T(v_fnma)(t, t, T(v_set1)(2)), t);
}

/* z (z^2 - 4) phi(z) */
MLPI_INLINE T(vec) T(gelu_third)(T(vec) z, T(vec) p)
{
    (void)p;
    const T(vec) x = T(between)(z, -(GELU_TAIL_IS_0), GELU_TAIL_IS_0);
    return T(times_density)(x * T(v_fma)(x, x, T(v_set1)(-4)), x);
}
