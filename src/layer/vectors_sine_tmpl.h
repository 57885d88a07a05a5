/*
 * Template: vectors of sin(x) and its derivative for the phase x = p z, rounded; sine_value(z, p), sine_slope(z, p).
 */

/* f(x) by the C library where |x| > SINE_RANGE, y elsewhere */
static __attribute__((noinline, cold)) T(vec) T(sine_far)(T(vec) x, T(vec) y, double (*f)(double))
{
    REAL phase[T(LANES)], result[T(LANES)];
    T(v_store)(phase, x);
    T(v_store)(result, y);
    for (int i = 0; i < T(LANES); i++)
        if (phase[i] > SINE_RANGE || phase[i] < -(SINE_RANGE))
            result[i] = (REAL)f(phase[i]);
    return T(v_load)(result);
}

/* x - k pi / 2 in two parts. */
typedef struct T(phase) {
    T(vec) r, low;
} T(phase);

/*
 * The product with the first part of pi / 2 is subtracted without loss; of the difference after the second part the low
 * digits are kept.
 */
MLPI_INLINE T(phase) T(phase_of)(T(vec) x, T(vec) k)
{
    const T(vec) part_1 = T(v_set1)(T(half_pi_1)), part_2 = T(v_set1)(T(half_pi_2));
    const T(vec) first = k * part_1, second = k * part_2;
    const T(vec) start = (x - first) - T(v_product_error)(k, part_1, first);
    const T(vec) r = start - second, back = r - start;
    const T(vec) lost = (start - (r - back)) - (second + back);
    return (T(phase)){r, lost - T(v_product_error)(k, part_2, second) - k * T(v_set1)(T(half_pi_3))};
}

/* sin(r + low) = sin r + low and cos(r + low) = cos r - r low, to the last digit for |r| <= pi / 4 */
MLPI_INLINE T(vec) T(sine_of_phase)(T(phase) a)
{
    const T(vec) square = a.r * a.r;
    const T(vec) rest = T(polynomial)(T(sin_terms), COUNT(T(sin_terms)), square);
    return a.r + T(v_fma)(a.r * square, rest, a.low);
}

MLPI_INLINE T(vec) T(cosine_of_phase)(T(phase) a)
{
    const T(vec) one = T(v_set1)(1), square = a.r * a.r, half_square = T(v_set1)((REAL)0.5) * square;
    const T(vec) rest = T(polynomial)(T(cos_terms), COUNT(T(cos_terms)), square);
    const T(vec) sum = one - half_square, lost = (one - sum) - half_square;
    return sum + T(v_fma)(square * square, rest, T(v_fnma)(a.r, a.low, lost));
}

/* sin(x + quarters pi / 2), quarters = 0 or 1: with k = 2 m + d, |d| <= 1, it is (-1)^m sin(r + d pi / 2). */
MLPI_INLINE T(vec) T(sine_of)(T(vec) x, REAL quarters)
{
    const T(vec) far = T(v_set1)(FAR), half = T(v_set1)((REAL)0.5);
    const T(vec) k = T(v_fma)(x, T(v_set1)(T(inverse_half_pi)), far) - far;
    const T(vec) turned = k + T(v_set1)(quarters), m = T(v_fma)(turned, half, far) - far;
    const T(vec) d = turned - (m + m);
    const T(phase) a = T(phase_of)(x, k);
    const T(vec) y =
        T(v_select)(T(v_greater)(T(v_abs)(d), half), d * T(cosine_of_phase)(a), T(sine_of_phase)(a));
    return T(v_flip_odd)(y, m);
}

MLPI_INLINE T(vec) T(sine_value)(T(vec) z, T(vec) p)
{
    const T(vec) x = p * z, y = T(sine_of)(x, 0);
    if (T(v_any)(T(v_greater)(T(v_abs)(x), T(v_set1)(SINE_RANGE))))
        return T(sine_far)(x, y, sin);
    return y;
}

MLPI_INLINE T(vec) T(cosine)(T(vec) z, T(vec) p)
{
    const T(vec) x = p * z, y = T(sine_of)(x, 1);
    if (T(v_any)(T(v_greater)(T(v_abs)(x), T(v_set1)(SINE_RANGE))))
        return T(sine_far)(x, y, cos);
    return y;
}

MLPI_INLINE T(vec) T(sine_slope)(T(vec) z, T(vec) p)
{
    return p * T(cosine)(z, p);
}

MLPI_INLINE T(vec) T(sine_second)(T(vec) z, T(vec) p)
{
    return -(p * p) * T(sine_value)(z, p);
}

/* p^3 is rounded once: the cosine comes with its own error. */
MLPI_INLINE T(vec) T(sine_third)(T(vec) z, T(vec) p)
{
    const T(vec) square = p * p, cube = square * p;
    const T(vec) lost = T(v_fma)(T(v_product_error)(p, p, square), p, T(v_product_error)(square, p, cube));
    return -(cube + lost) * T(cosine)(z, p);
}
