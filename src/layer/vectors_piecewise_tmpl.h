/*
 * Template: vectors of the activations put together from polynomials, name_value(z, p) and name_slope(t, p) with the
 * parameter p. At a kink the slope is the one of the left piece. v_max() and v_min() return their second argument where
 * either is a NaN.
 */
MLPI_INLINE T(vec) T(identity_value)(T(vec) z, T(vec) p)
{
    (void)p;
    return z;
}

MLPI_INLINE T(vec) T(identity_slope)(T(vec) y, T(vec) p)
{
    (void)p;
    return T(keep_nan)(y, T(v_set1)(1));
}

MLPI_INLINE T(vec) T(identity_second)(T(vec) y, T(vec) p)
{
    (void)p;
    return T(keep_nan)(y, T(v_zero)());
}

MLPI_INLINE T(vec) T(identity_third)(T(vec) y, T(vec) p)
{
    (void)p;
    return T(keep_nan)(y, T(v_zero)());
}

MLPI_INLINE T(vec) T(relu_value)(T(vec) z, T(vec) p)
{
    (void)p;
    return T(v_max)(T(v_zero)(), z);
}

MLPI_INLINE T(vec) T(relu_slope)(T(vec) y, T(vec) p)
{
    (void)p;
    return T(keep_nan)(y, T(v_select)(T(v_greater)(y, T(v_zero)()), T(v_set1)(1), T(v_zero)()));
}

MLPI_INLINE T(vec) T(relu_second)(T(vec) y, T(vec) p)
{
    (void)p;
    return T(keep_nan)(y, T(v_zero)());
}

MLPI_INLINE T(vec) T(relu_third)(T(vec) y, T(vec) p)
{
    (void)p;
    return T(keep_nan)(y, T(v_zero)());
}

MLPI_INLINE T(vec) T(leaky_relu_value)(T(vec) z, T(vec) p)
{
    return T(v_select)(T(v_greater)(z, T(v_zero)()), z, p * z);
}

MLPI_INLINE T(vec) T(leaky_relu_slope)(T(vec) z, T(vec) p)
{
    return T(keep_nan)(z, T(v_select)(T(v_greater)(z, T(v_zero)()), T(v_set1)(1), p));
}

MLPI_INLINE T(vec) T(leaky_relu_second)(T(vec) z, T(vec) p)
{
    (void)p;
    return T(keep_nan)(z, T(v_zero)());
}

MLPI_INLINE T(vec) T(leaky_relu_third)(T(vec) z, T(vec) p)
{
    (void)p;
    return T(keep_nan)(z, T(v_zero)());
}

/* z + 3 is exact where it cancels; z / 6 + 1/2 is not. */
MLPI_INLINE T(vec) T(hard_sigmoid_value)(T(vec) z, T(vec) p)
{
    (void)p;
    const T(vec) line = (z + T(v_set1)(3)) / T(v_set1)(6);
    return T(v_max)(T(v_zero)(), T(v_min)(T(v_set1)(1), line));
}

/* `inside` for -reach < z <= reach, else 0 */
MLPI_INLINE T(vec) T(slope_between)(T(vec) z, T(vec) reach, T(vec) inside)
{
    const T(vec) left = T(v_select)(T(v_greater)(z, reach), T(v_zero)(), inside);
    return T(keep_nan)(z, T(v_select)(T(v_greater)(z, -reach), left, T(v_zero)()));
}

MLPI_INLINE T(vec) T(hard_sigmoid_slope)(T(vec) z, T(vec) p)
{
    (void)p;
    return T(slope_between)(z, T(v_set1)(3), T(v_set1)((REAL)1 / 6));
}

MLPI_INLINE T(vec) T(hard_sigmoid_second)(T(vec) z, T(vec) p)
{
    (void)p;
    return T(keep_nan)(z, T(v_zero)());
}

MLPI_INLINE T(vec) T(hard_sigmoid_third)(T(vec) z, T(vec) p)
{
    (void)p;
    return T(keep_nan)(z, T(v_zero)());
}

MLPI_INLINE T(vec) T(hard_tanh_value)(T(vec) z, T(vec) p)
{
    (void)p;
    return T(v_max)(T(v_set1)(-1), T(v_min)(T(v_set1)(1), z));
}

MLPI_INLINE T(vec) T(hard_tanh_slope)(T(vec) z, T(vec) p)
{
    (void)p;
    return T(slope_between)(z, T(v_set1)(1), T(v_set1)(1));
}

MLPI_INLINE T(vec) T(hard_tanh_second)(T(vec) z, T(vec) p)
{
    (void)p;
    return T(keep_nan)(z, T(v_zero)());
}

MLPI_INLINE T(vec) T(hard_tanh_third)(T(vec) z, T(vec) p)
{
    (void)p;
    return T(keep_nan)(z, T(v_zero)());
}

MLPI_INLINE T(vec) T(square_value)(T(vec) z, T(vec) p)
{
    (void)p;
    return z * z;
}

MLPI_INLINE T(vec) T(square_slope)(T(vec) z, T(vec) p)
{
    (void)p;
    return z + z;
}

MLPI_INLINE T(vec) T(square_second)(T(vec) z, T(vec) p)
{
    (void)p;
    return T(keep_nan)(z, T(v_set1)(2));
}

MLPI_INLINE T(vec) T(square_third)(T(vec) z, T(vec) p)
{
    (void)p;
    return T(keep_nan)(z, T(v_zero)());
}
