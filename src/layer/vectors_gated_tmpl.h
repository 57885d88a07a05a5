/*
 * Template: vectors of the activations z T(z), where T rises from 0 to 1; name_value(z, p) and name_slope(z, p), p being
 * no parameter. Far left T is no longer a normal number where z T still is: it is computed lifted by 2^LIFT.
 */

/* 2^LIFT s(v) and s(-v) for the logistic function s, from the growth of e^-v. */
typedef struct T(logistic) {
    T(vec) lifted, rest;
} T(logistic);

MLPI_INLINE T(logistic) T(logistic_of)(T(growth) g)
{
    const T(vec) unlift = T(v_set1)(UNLIFT), s = T(v_power2)(g.n - T(v_set1)(LIFT));
    const T(vec) lifted = T(v_reciprocal)(T(v_fma)(s, g.p, unlift + s));
    return (T(logistic)){lifted, T(v_fma)(s, g.p, s) * lifted};
}

/* z T for left <= z <= right, from T lifted; z itself further right. z = -infinity gives 0. */
MLPI_INLINE T(vec) T(gated)(T(vec) z, T(vec) lifted, REAL left, REAL right)
{
    const T(vec) product = T(v_max)(T(v_set1)(left), z) * lifted * T(v_set1)(UNLIFT);
    return T(v_select)(T(v_greater)(z, T(v_set1)(right)), z, product);
}

MLPI_INLINE T(vec) T(between)(T(vec) z, REAL left, REAL right)
{
    return T(v_min)(T(v_set1)(right), T(v_max)(T(v_set1)(left), z));
}

MLPI_INLINE T(vec) T(silu_value)(T(vec) z, T(vec) p)
{
    (void)p;
    const T(vec) v = T(between)(z, -(LIFTED_FINITE), LIFTED_ROOM);
    return T(gated)(z, T(logistic_of)(T(growth_of)(-v)).lifted, -(LIFTED_FINITE), LIFTED_ROOM);
}

/* s(v) (1 + z v' s(-v)) */
MLPI_INLINE T(vec) T(logistic_gate_slope)(T(vec) v, T(vec) zv1)
{
    const T(logistic) s = T(logistic_of)(T(growth_of)(-v));
    return s.lifted * T(v_fma)(zv1, s.rest, T(v_set1)(1)) * T(v_set1)(UNLIFT);
}

MLPI_INLINE T(vec) T(silu_slope)(T(vec) z, T(vec) p)
{
    (void)p;
    const T(vec) v = T(between)(z, -(LIFTED_FINITE), LIFTED_ROOM);
    return T(logistic_gate_slope)(v, v);
}

/*
 * T = s(v) with v = z (c1 + c3 z^2), c1 = 2 sqrt(2/pi) and c3 = 0.044715 c1. In a tail e^v magnifies the error of v: it
 * is carried in two parts.
 */
MLPI_INLINE T(vec) T(gelu_tanh_value)(T(vec) z, T(vec) p)
{
    (void)p;
    const T(vec) c1 = T(v_set1)(T(gate_1)), c3 = T(v_set1)(T(gate_3));
    const T(vec) x = T(between)(z, -(GELU_TANH_LEFT), GELU_TANH_RIGHT);
    const T(vec) square = x * x, square_lo = T(v_product_error)(x, x, square);
    const T(vec) cubic = c3 * square;
    const T(vec) cubic_lo =
        T(v_product_error)(c3, square, cubic) + T(v_fma)(c3, square_lo, T(v_set1)(T(gate_3_lo)) * square);
    const T(vec) sum = c1 + cubic, large = T(v_max)(c1, cubic), small = T(v_min)(c1, cubic);
    const T(vec) sum_lo = (small - (sum - large)) + (cubic_lo + T(v_set1)(T(gate_1_lo)));
    const T(vec) v = x * sum, v_lo = T(v_fma)(x, sum_lo, T(v_product_error)(x, sum, v));
    return T(gated)(z, T(logistic_of)(T(growth_of_sum)(-v, -v_lo)).lifted, -(GELU_TANH_LEFT),
                    GELU_TANH_RIGHT);
}

MLPI_INLINE T(vec) T(gelu_tanh_slope)(T(vec) z, T(vec) p)
{
    (void)p;
    const T(vec) x = T(between)(z, -(GELU_TANH_LEFT), GELU_TANH_RIGHT);
    const T(vec) c1 = T(v_set1)(T(gate_1)), cubic = T(v_set1)(T(gate_3)) * (x * x);
    return T(logistic_gate_slope)(x * (c1 + cubic), x * T(v_fma)(T(v_set1)(3), cubic, c1));
}

/* T = tanh(log(1 + e^z)) = h / (1 + h) with h = n + n^2 / 2 and n = e^z = s (1 + p); the sum s + (s p + n^2 / 2). */
typedef struct T(mish_gate) {
    T(vec) n, n_lifted, h_lifted, denominator;
} T(mish_gate);

MLPI_INLINE T(mish_gate) T(mish_gate_of)(T(vec) z)
{
    const T(vec) unlift = T(v_set1)(UNLIFT), one = T(v_set1)(1), half = T(v_set1)((REAL)0.5);
    const T(growth) g = T(growth_of)(z);
    const T(vec) s = T(lifted_power)(g), n_lifted = T(v_fma)(s, g.p, s), n = n_lifted * unlift;
    const T(vec) h_lifted = s + T(v_fma)(s, g.p, half * n_lifted * n);
    return (T(mish_gate)){n, n_lifted, h_lifted, T(v_fma)(h_lifted, unlift, one)};
}

MLPI_INLINE T(vec) T(mish_value)(T(vec) z, T(vec) p)
{
    (void)p;
    const T(mish_gate) g = T(mish_gate_of)(T(between)(z, -(LIFTED_FINITE), MISH_IS_Z));
    return T(gated)(z, T(v_quotient)(g.h_lifted, g.denominator), -(LIFTED_FINITE), MISH_IS_Z);
}

/* T + z T' = (h + z n (1 + n) / (1 + h)) / (1 + h) */
MLPI_INLINE T(vec) T(mish_slope)(T(vec) z, T(vec) p)
{
    (void)p;
    const T(vec) x = T(between)(z, -(LIFTED_FINITE), MISH_IS_Z);
    const T(mish_gate) g = T(mish_gate_of)(x);
    const T(vec) r = T(v_reciprocal)(g.denominator);
    const T(vec) rise = T(v_fma)(x * g.n_lifted, (T(v_set1)(1) + g.n) * r, g.h_lifted);
    return rise * r * T(v_set1)(UNLIFT);
}
