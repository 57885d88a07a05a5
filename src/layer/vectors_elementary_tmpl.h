/*
 * Template: vectors of the activations that are one elementary function; name_value(z, p) and name_slope(t, p) with the
 * parameter p. Where a bound is put on an argument, the value beyond it is the limit, or subnormal.
 */

MLPI_INLINE T(vec) T(exp_value)(T(vec) z, T(vec) p)
{
    (void)p;
    const T(vec) low = T(v_set1)(EXP_IS_0), high = T(v_set1)(EXP_IS_INFINITE);
    const T(growth) g = T(growth_of)(T(v_min)(high, T(v_max)(low, z)));
    return T(v_scale)(T(v_set1)(1) + g.p, g.n);
}

MLPI_INLINE T(vec) T(exp_slope)(T(vec) y, T(vec) p)
{
    (void)p;
    return y;
}

/* right z for z > 0, left (e^z - 1) with e^z - 1 = s p + (s - 1) elsewhere */
MLPI_INLINE T(vec) T(exponential_unit)(T(vec) z, T(vec) right, T(vec) left)
{
    const T(growth) g = T(growth_of)(T(v_max)(T(v_set1)(-(FINITE)), z));
    const T(vec) s = T(v_power2)(g.n);
    const T(vec) change = T(v_fma)(s, g.p, s - T(v_set1)(1));
    return T(v_select)(T(v_greater)(z, T(v_zero)()), right * z, left * change);
}

MLPI_INLINE T(vec) T(exponential_unit_slope)(T(vec) z, T(vec) right, T(vec) left)
{
    const T(growth) g = T(growth_of)(T(v_max)(T(v_set1)(-(LIFTED_FINITE)), z));
    const T(vec) slope = left * T(lifted_exp)(g) * T(v_set1)(UNLIFT);
    return T(v_select)(T(v_greater)(z, T(v_zero)()), right, slope);
}

MLPI_INLINE T(vec) T(elu_value)(T(vec) z, T(vec) p)
{
    return T(exponential_unit)(z, T(v_set1)(1), p);
}

MLPI_INLINE T(vec) T(elu_slope)(T(vec) z, T(vec) p)
{
    return T(exponential_unit_slope)(z, T(v_set1)(1), p);
}

MLPI_INLINE T(vec) T(selu_value)(T(vec) z, T(vec) p)
{
    (void)p;
    return T(exponential_unit)(z, T(v_set1)(T(selu_right)), T(v_set1)(T(selu_left)));
}

MLPI_INLINE T(vec) T(selu_slope)(T(vec) z, T(vec) p)
{
    (void)p;
    return T(exponential_unit_slope)(z, T(v_set1)(T(selu_right)), T(v_set1)(T(selu_left)));
}

/* e^(scale x^2), scale = -1 or -1/2: the square is not rounded, whose error e^ would magnify. */
MLPI_INLINE T(growth) T(growth_of_square)(T(vec) x, REAL scale)
{
    const T(vec) square = x * x, low = T(v_product_error)(x, x, square);
    return T(growth_of_sum)(T(v_set1)(scale) * square, T(v_set1)(scale) * low);
}

MLPI_INLINE T(vec) T(gaussian_value)(T(vec) z, T(vec) p)
{
    (void)p;
    const T(growth) g = T(growth_of_square)(T(v_min)(T(v_set1)(GAUSSIAN_IS_0), T(v_abs)(z)), -1);
    const T(vec) s = T(v_power2)(g.n);
    return T(v_fma)(s, g.p, s);
}

MLPI_INLINE T(vec) T(gaussian_slope)(T(vec) z, T(vec) p)
{
    (void)p;
    const T(vec) end = T(v_set1)(LIFTED_GAUSSIAN);
    const T(vec) x = T(v_min)(end, T(v_max)(-end, z));
    return T(v_set1)(-2) * x * T(lifted_exp)(T(growth_of_square)(x, -1)) * T(v_set1)(UNLIFT);
}

MLPI_INLINE T(vec) T(softsign_value)(T(vec) z, T(vec) p)
{
    (void)p;
    const T(vec) size = T(v_min)(T(v_set1)(SOFTSIGN_IS_1), T(v_abs)(z));
    return T(v_copysign)(T(v_quotient)(size, T(v_set1)(1) + size), z);
}

/* Up to where its square is subnormal. */
MLPI_INLINE T(vec) T(softsign_slope)(T(vec) z, T(vec) p)
{
    (void)p;
    const T(vec) size = T(v_min)(T(v_set1)(SOFTSIGN_SLOPE_IS_0), T(v_abs)(z));
    const T(vec) root = T(v_reciprocal)(T(v_set1)(1) + size);
    return root * root;
}
