/*
 * Template: vectors of the activations z T(z), where T rises from 0 to 1; name_value(z, p) and name_slope(z, p), p being
 * no parameter. Far left T is no longer a normal number where z T still is: it is computed lifted by 2^LIFT.
 */

/* 2^LIFT s(v) and s(-v) for the logistic function s, from the growth of e^-v. */
typedef struct T(logistic) {
    T(vec) lifted, rest;
} T(logistic);

/* s(-v) is 1 - s(v) where that is the larger one, else e^-v s(v). */
MLPI_INLINE T(logistic) T(logistic_of)(T(growth) g)
{
    const T(vec) unlift = T(v_set1)(UNLIFT), s = T(v_power2)(g.n - T(v_set1)(LIFT));
    const T(vec) lifted = T(v_reciprocal)(T(v_fma)(s, g.p, unlift + s));
    const T(vec) large = T(v_fnma)(lifted, unlift, T(v_set1)(1)), small = T(v_fma)(s, g.p, s) * lifted;
    return (T(logistic)){lifted, T(v_select)(T(v_greater)(g.n, T(v_zero)()), large, small)};
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

/* s(v) (1 + z v' s(-v)), from the growth of e^-v and z v' = large + small, hardly rounded where the sum cancels */
MLPI_INLINE T(vec) T(logistic_gate_slope)(T(growth) g, T(vec) large, T(vec) small)
{
    const T(logistic) s = T(logistic_of)(g);
    const T(vec) bend = T(v_fma)(small, s.rest, T(v_fma)(large, s.rest, T(v_set1)(1)));
    return s.lifted * bend * T(v_set1)(UNLIFT);
}

MLPI_INLINE T(vec) T(silu_slope)(T(vec) z, T(vec) p)
{
    (void)p;
    const T(vec) v = T(between)(z, -(LIFTED_FINITE), LIFTED_ROOM);
    return T(logistic_gate_slope)(T(growth_of)(-v), v, T(v_zero)());
}

/*
 * T = s(v), v = z (c1 + c3 z^2), c1 = 2 sqrt(2/pi), c3 = 0.044715 c1: the growth of e^-v, z v' = large + small, and for
 * the curvature q = c3 z^2 and v' = rise + rise_lo.
 */
typedef struct T(tanh_gate) {
    T(growth) g;
    T(vec) large, small, q, q_lo, rise, rise_lo;
} T(tanh_gate);

/* In a tail e^v magnifies the error of v: it is carried in two parts. z v' = v + 2 c3 z^3, v' = c1 + q + 2 q */
MLPI_INLINE T(tanh_gate) T(tanh_gate_of)(T(vec) x)
{
    const T(vec) c1 = T(v_set1)(T(gate_1)), c3 = T(v_set1)(T(gate_3));
    const T(vec) square = x * x, square_lo = T(v_product_error)(x, x, square);
    const T(vec) cubic = c3 * square, c3_lo = T(v_set1)(T(gate_3_lo)) * square;
    const T(vec) cubic_lo = T(v_product_error)(c3, square, cubic) + T(v_fma)(c3, square_lo, c3_lo);
    const T(vec) sum = c1 + cubic, large = T(v_max)(c1, cubic), small = T(v_min)(c1, cubic);
    const T(vec) sum_lo = (small - (sum - large)) + (cubic_lo + T(v_set1)(T(gate_1_lo)));
    const T(vec) v = x * sum, v_lo = T(v_fma)(x, sum_lo, T(v_product_error)(x, sum, v));
    const T(vec) twice = cubic + cubic, rise = sum + twice;
    const T(vec) rise_lo = (twice - (rise - sum)) + (sum_lo + (cubic_lo + cubic_lo));
    return (T(tanh_gate)){
        T(growth_of_sum)(-v, -v_lo), v, T(v_fma)(x + x, cubic, v_lo), cubic, cubic_lo, rise, rise_lo};
}

MLPI_INLINE T(vec) T(gelu_tanh_bounded)(T(vec) z)
{
    return T(between)(z, -(GELU_TANH_LEFT), GELU_TANH_RIGHT);
}

MLPI_INLINE T(vec) T(gelu_tanh_value)(T(vec) z, T(vec) p)
{
    (void)p;
    return T(gated)(z, T(logistic_of)(T(tanh_gate_of)(T(gelu_tanh_bounded)(z)).g).lifted, -(GELU_TANH_LEFT),
                    GELU_TANH_RIGHT);
}

MLPI_INLINE T(vec) T(gelu_tanh_slope)(T(vec) z, T(vec) p)
{
    (void)p;
    const T(tanh_gate) a = T(tanh_gate_of)(T(gelu_tanh_bounded)(z));
    return T(logistic_gate_slope)(a.g, a.large, a.small);
}

/* T = tanh(log(1 + e^z)) = h / (1 + h) with h = n + n^2 / 2 and n = e^z = s (1 + p); the sum s + (s p + n^2 / 2). */
typedef struct T(mish_gate) {
    T(growth) g;
    T(vec) s, n, square, h; /* square = n^2 / 2; s and h are lifted */
    T(vec) denominator;
} T(mish_gate);

MLPI_INLINE T(mish_gate) T(mish_gate_of)(T(vec) z)
{
    const T(vec) unlift = T(v_set1)(UNLIFT), half = T(v_set1)((REAL)0.5);
    const T(growth) g = T(growth_of)(z);
    const T(vec) s = T(lifted_power)(g), lifted = T(v_fma)(s, g.p, s), n = lifted * unlift;
    const T(vec) h = s + T(v_fma)(s, g.p, half * lifted * n);
    return (T(mish_gate)){g, s, n, half * n * n, h, T(v_fma)(h, unlift, T(v_set1)(1))};
}

MLPI_INLINE T(vec) T(mish_value)(T(vec) z, T(vec) p)
{
    (void)p;
    const T(mish_gate) a = T(mish_gate_of)(T(between)(z, -(LIFTED_FINITE), MISH_IS_Z));
    return T(gated)(z, T(v_quotient)(a.h, a.denominator), -(LIFTED_FINITE), MISH_IS_Z);
}

/*
 * T + z T' is n / (1 + h) (1 + z + n / 2 - z k) with k = n^2 / 2 / (1 + h), a sum whose terms are exact where it cancels;
 * for z > 0 it is 1 + (z n (1 + n) / (1 + h) - 1) / (1 + h), close to 1.
 */
MLPI_INLINE T(vec) T(mish_slope)(T(vec) z, T(vec) p)
{
    (void)p;
    const T(vec) one = T(v_set1)(1), half = T(v_set1)((REAL)0.5);
    const T(vec) x = T(between)(z, -(LIFTED_FINITE), MISH_IS_Z);
    const T(mish_gate) a = T(mish_gate_of)(x);
    const T(vec) r = T(v_reciprocal)(a.denominator);
    const T(vec) bend = (one + x) + T(v_fnma)(x, a.square * r, half * a.n);
    const T(vec) left = T(v_fma)(bend, a.g.p, bend) * a.s * r * T(v_set1)(UNLIFT);
    const T(vec) right = T(v_fma)(r, T(v_fma)(x * a.n, (one + a.n) * r, -one), one);
    return T(v_select)(T(v_greater)(z, T(v_zero)()), right, left);
}
