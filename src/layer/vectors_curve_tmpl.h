/*
 * Template: vectors of sigma'' and sigma''' of softplus, silu and gelu_tanh, name_second(z, p) and name_third(z, p), p
 * being no parameter. Each is even or odd, and s' times a bracket:
 *
 *     softplus    s',  -s' t
 *     silu        s' (2 - z t),  s' (z (1 - 6 s') - 3 t)
 *     gelu_tanh   s' (2 v' + z v'' - t z v'^2),  s' (v' (z v'^2 (1 - 6 s') - 3 t (v' + 6 q)) + 24 c3 z)
 *
 * with t = tanh(v / 2), v = z or c1 z + c3 z^3, q = c3 z^2. They are computed from a = |z| and the small s = s(-v(a)) =
 * (1 - t) / 2, where s' is lifted by 2^LIFT, as it is small far out. Where the terms of a bracket cancel they are hardly
 * rounded. Close to 0 that would take more digits of s: silu''' and gelu_tanh'' and gelu_tanh''' are polynomials there.
 */

/* For the logistic function s at -a <= 0: s, 1 - s, and s' = s (1 - s), also lifted. */
typedef struct T(logistic_curve) {
    T(vec) s, rest, slope, lifted;
} T(logistic_curve);

/* From the growth of e^a. */
MLPI_INLINE T(logistic_curve) T(logistic_curve_of)(T(growth) g)
{
    const T(vec) unlift = T(v_set1)(UNLIFT), power = T(v_power2)(g.n - T(v_set1)(LIFT));
    const T(vec) lifted_s = T(v_reciprocal)(T(v_fma)(power, g.p, unlift + power)), s = lifted_s * unlift;
    const T(vec) rest = T(v_set1)(1) - s, lifted = lifted_s * rest;
    return (T(logistic_curve)){s, rest, lifted * unlift, lifted};
}

/* `right` with the sign of z: an odd function of z, from its value at |z| */
MLPI_INLINE T(vec) T(odd)(T(vec) z, T(vec) right)
{
    return T(v_select)(T(v_greater)(z, T(v_zero)()), right, -right);
}

/* What the polynomials for a < NEAR are in: a^2 around the middle of its range, where their terms hardly cancel. */
MLPI_INLINE T(vec) T(near_square)(T(vec) a)
{
    return T(v_fma)(a, a, T(v_set1)((REAL)(-NEAR * NEAR / 2)));
}

MLPI_INLINE T(vec) T(softplus_second)(T(vec) z, T(vec) p)
{
    (void)p;
    const T(vec) a = T(v_min)(T(v_set1)(LIFTED_FINITE), T(v_abs)(z));
    return T(logistic_curve_of)(T(growth_of)(a)).slope;
}

/* t = 1 - 2 s, and where that has no digits left (e^a - 1) s. */
MLPI_INLINE T(vec) T(softplus_third)(T(vec) z, T(vec) p)
{
    (void)p;
    const T(vec) one = T(v_set1)(1), a = T(v_min)(T(v_set1)(LIFTED_FINITE), T(v_abs)(z));
    const T(growth) g = T(growth_of)(a);
    const T(logistic_curve) c = T(logistic_curve_of)(g);
    const T(vec) power = T(v_power2)(T(v_min)(one, g.n)), near = T(v_fma)(power, g.p, power - one) * c.s;
    const T(vec) t = T(v_select)(T(v_greater)(c.s, T(v_set1)((REAL)0.35)), near, one - (c.s + c.s));
    return T(odd)(z, -t * c.lifted * T(v_set1)(UNLIFT));
}

/* 2 - a t = 2 - a + 2 a s */
MLPI_INLINE T(vec) T(silu_second)(T(vec) z, T(vec) p)
{
    (void)p;
    const T(vec) a = T(v_min)(T(v_set1)(LIFTED_FINITE), T(v_abs)(z));
    const T(logistic_curve) c = T(logistic_curve_of)(T(growth_of)(a));
    return c.lifted * T(v_fma)(a + a, c.s, T(v_set1)(2) - a) * T(v_set1)(UNLIFT);
}

/* a (1 - 6 s') - 3 t = a - 3 + 6 s (1 - a (1 - s)) */
MLPI_INLINE T(vec) T(silu_third)(T(vec) z, T(vec) p)
{
    (void)p;
    const T(vec) a = T(v_min)(T(v_set1)(LIFTED_FINITE), T(v_abs)(z));
    const T(logistic_curve) c = T(logistic_curve_of)(T(growth_of)(a));
    const T(vec) bend = T(v_set1)(6) * c.s * T(v_fnma)(a, c.rest, T(v_set1)(1));
    const T(vec) far = c.lifted * ((a - T(v_set1)(3)) + bend) * T(v_set1)(UNLIFT);
    const T(vec) near = a * T(polynomial)(T(silu_third_terms), COUNT(T(silu_third_terms)), T(near_square)(a));
    return T(odd)(z, T(v_select)(T(v_greater)(T(v_set1)(NEAR), a), near, far));
}

/* At -a: the gate, its logistic, and a v'^2 = bend + bend_lo. */
typedef struct T(tanh_curve) {
    T(tanh_gate) gate;
    T(logistic_curve) c;
    T(vec) bend, bend_lo;
} T(tanh_curve);

MLPI_INLINE T(tanh_curve) T(tanh_curve_of)(T(vec) a)
{
    const T(tanh_gate) k = T(tanh_gate_of)(-a);
    const T(vec) square = k.rise * k.rise, bend = a * square;
    const T(vec) square_lo = T(v_fma)(k.rise + k.rise, k.rise_lo, T(v_product_error)(k.rise, k.rise, square));
    const T(vec) bend_lo = T(v_fma)(a, square_lo, T(v_product_error)(a, square, bend));
    return (T(tanh_curve)){k, T(logistic_curve_of)(k.g), bend, bend_lo};
}

/* 2 v' + z v'' = 2 c1 + 12 q */
MLPI_INLINE T(vec) T(gelu_tanh_second)(T(vec) z, T(vec) p)
{
    (void)p;
    const T(vec) a = T(v_min)(T(v_set1)(GELU_TANH_LEFT), T(v_abs)(z));
    const T(tanh_curve) k = T(tanh_curve_of)(a);
    const T(vec) c = T(v_set1)(2 * T(gate_1)), bow = T(v_set1)(12) * k.gate.q, start = c + bow;
    const T(vec) start_lo =
        (bow - (start - c)) + T(v_fma)(T(v_set1)(12), k.gate.q_lo, T(v_set1)(2 * T(gate_1_lo)));
    const T(vec) low = T(v_fma)(k.bend, k.c.s + k.c.s, start_lo - k.bend_lo);
    const T(vec) far = k.c.lifted * ((start - k.bend) + low) * T(v_set1)(UNLIFT);
    const T(vec) near =
        T(polynomial)(T(gelu_tanh_second_terms), COUNT(T(gelu_tanh_second_terms)), T(near_square)(a));
    return T(v_select)(T(v_greater)(T(v_set1)(NEAR), a), near, far);
}

/* The inner bracket is a v'^2 - (3 c1 + 27 q), and the rest, small far out, 6 (s (v' + 6 q) - s' a v'^2). */
MLPI_INLINE T(vec) T(gelu_tanh_third)(T(vec) z, T(vec) p)
{
    (void)p;
    const T(vec) six = T(v_set1)(6), factor = T(v_set1)(27), c = T(v_set1)(T(gate_1_thrice));
    const T(vec) a = T(v_min)(T(v_set1)(GELU_TANH_LEFT), T(v_abs)(z));
    const T(tanh_curve) k = T(tanh_curve_of)(a);
    const T(vec) q = factor * k.gate.q, sum = q + c, main = k.bend - sum;
    const T(vec) q_lo = T(v_fma)(factor, k.gate.q_lo, T(v_product_error)(factor, k.gate.q, q));
    const T(vec) sum_lo = (c - (sum - q)) + (q_lo + T(v_set1)(T(gate_1_thrice_lo)));
    const T(vec) main_lo = ((k.bend - main) - sum) + (k.bend_lo - sum_lo);
    const T(vec) rest = T(v_fnma)(k.c.slope, k.bend, k.c.s * T(v_fma)(six, k.gate.q, k.gate.rise));
    const T(vec) inner = main + T(v_fma)(six, rest, main_lo);
    const T(vec) end = T(v_fma)(k.gate.rise_lo, inner, T(v_set1)(24 * T(gate_3)) * a);
    const T(vec) far = k.c.lifted * T(v_fma)(k.gate.rise, inner, end) * T(v_set1)(UNLIFT);
    const T(vec) near =
        a * T(polynomial)(T(gelu_tanh_third_terms), COUNT(T(gelu_tanh_third_terms)), T(near_square)(a));
    return T(odd)(z, T(v_select)(T(v_greater)(T(v_set1)(NEAR), a), near, far));
}
