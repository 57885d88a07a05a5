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

/* x e^(-t^2/2): its power of two lifted as long as digits are at stake. */
MLPI_INLINE T(vec) T(times_bell)(T(vec) x, T(vec) t)
{
    const T(growth) g = T(growth_of_square)(t, (REAL)-0.5);
    return T(v_fma)(x, g.p, x) * T(lifted_power)(g) * T(v_set1)(UNLIFT);
}

/* max(z, 0) - t Phi(-t) with t = |z| */
MLPI_INLINE T(vec) T(gelu_value)(T(vec) z, T(vec) p)
{
    (void)p;
    const T(vec) t = T(v_min)(T(v_set1)(GELU_TAIL_IS_0), T(v_abs)(z));
    const T(vec) share = T(v_quotient)(t, T(v_set1)(1) + t);
    return T(v_max)(T(v_zero)(), z) - T(times_bell)(share * T(flat_tail)(t), t);
}

/* Phi(z) + z phi(z) for z = -t, and 1 minus that for z = t */
MLPI_INLINE T(vec) T(gelu_slope)(T(vec) z, T(vec) p)
{
    (void)p;
    const T(vec) one = T(v_set1)(1), t = T(v_min)(T(v_set1)(GELU_TAIL_IS_0), T(v_abs)(z));
    const T(vec) w = T(v_reciprocal)(one + t);
    const T(vec) density = t * T(v_set1)(T(density_at_0));
    const T(vec) left = T(times_bell)(T(v_fma)(T(flat_tail)(t), w, -density), t);
    return T(v_select)(T(v_greater)(z, T(v_zero)()), one - left, left);
}
