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

MLPI_INLINE T(vec) T(exp_second)(T(vec) y, T(vec) p)
{
    (void)p;
    return y;
}

MLPI_INLINE T(vec) T(exp_third)(T(vec) y, T(vec) p)
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

MLPI_INLINE T(vec) T(elu_second)(T(vec) z, T(vec) p)
{
    return T(exponential_unit_slope)(z, T(v_zero)(), p);
}

MLPI_INLINE T(vec) T(elu_third)(T(vec) z, T(vec) p)
{
    return T(exponential_unit_slope)(z, T(v_zero)(), p);
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

MLPI_INLINE T(vec) T(selu_second)(T(vec) z, T(vec) p)
{
    (void)p;
    return T(exponential_unit_slope)(z, T(v_zero)(), T(v_set1)(T(selu_left)));
}

MLPI_INLINE T(vec) T(selu_third)(T(vec) z, T(vec) p)
{
    (void)p;
    return T(exponential_unit_slope)(z, T(v_zero)(), T(v_set1)(T(selu_left)));
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

MLPI_INLINE T(vec) T(gaussian_bounded)(T(vec) z)
{
    const T(vec) end = T(v_set1)(LIFTED_GAUSSIAN);
    return T(v_min)(end, T(v_max)(-end, z));
}

/* factor e^(-x^2) */
MLPI_INLINE T(vec) T(times_gaussian)(T(vec) factor, T(vec) x)
{
    return factor * T(lifted_exp)(T(growth_of_square)(x, -1)) * T(v_set1)(UNLIFT);
}

MLPI_INLINE T(vec) T(gaussian_slope)(T(vec) z, T(vec) p)
{
    (void)p;
    const T(vec) x = T(gaussian_bounded)(z);
    return T(times_gaussian)(T(v_set1)(-2) * x, x);
}

MLPI_INLINE T(vec) T(gaussian_second)(T(vec) z, T(vec) p)
{
    (void)p;
    const T(vec) x = T(gaussian_bounded)(z), twice = x + x;
    return T(times_gaussian)(T(v_fma)(twice, twice, T(v_set1)(-2)), x);
}

MLPI_INLINE T(vec) T(gaussian_third)(T(vec) z, T(vec) p)
{
    (void)p;
    const T(vec) x = T(gaussian_bounded)(z), twice = x + x;
    return T(times_gaussian)((twice + twice) * T(v_fnma)(twice, x, T(v_set1)(3)), x);
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

/* r (1 + error) = 1 / (1 + |z|): its powers have no digit to lose close to 0. There the sum's loss is exact. */
typedef struct T(root) {
    T(vec) r, error;
} T(root);

MLPI_INLINE T(root) T(softsign_root)(T(vec) z)
{
    const T(vec) one = T(v_set1)(1), size = T(v_min)(T(v_set1)(SOFTSIGN_SLOPE_IS_0), T(v_abs)(z));
    const T(vec) sum = one + size, lost = size - (sum - one), r = T(v_reciprocal)(sum);
    return (T(root)){r, T(v_fnma)(lost, r, T(v_residual)(sum, r, one))};
}

MLPI_INLINE T(vec) T(softsign_second)(T(vec) z, T(vec) p)
{
    (void)p;
    const T(root) a = T(softsign_root)(z);
    const T(vec) two = T(v_set1)(2), cube = a.r * a.r * a.r,
                 half = T(v_fma)(cube, T(v_set1)(3) * a.error, cube);
    return T(v_select)(T(v_greater)(z, T(v_zero)()), -two, two) * half;
}

MLPI_INLINE T(vec) T(softsign_third)(T(vec) z, T(vec) p)
{
    (void)p;
    const T(root) a = T(softsign_root)(z);
    const T(vec) square = a.r * a.r, fourth = square * square;
    return T(v_set1)(6) * T(v_fma)(fourth, T(v_set1)(4) * a.error, fourth);
}
