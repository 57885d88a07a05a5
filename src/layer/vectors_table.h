/*
 * tanh and sigmoid in float from tables of polynomials (vectors_terms.h), for sets with v_lookup(): half the steps of
 * the forms with an exponential, and no reciprocal to wait for.
 *
 * The leading bits of a sum with x = |z| choose the interval: of one width as long as x is small against the other
 * summand, then wider ones. Near a border the sum, being rounded, may choose either neighbour: both hold there. The
 * distance u to the centre is exact. NaN passes through.
 */

/* Of x >= 0 by Estrin's scheme: the coefficients are there before x's distance to the centre is. */
MLPI_INLINE vec_f32 tanh_of_size(vec_f32 x)
{
    const float(*const centre)[32] = tanh_table_f32, (*const c)[32] = tanh_table_f32 + 1;
    const index_f32 i = v_leading_f32(x + v_set1_f32(tanh_table_shift_f32), tanh_table_bits);
    const vec_f32 u = x - v_lookup_f32(centre[0], i);
    const vec_f32 low = v_fma_f32(v_lookup_f32(c[2], i), u, v_lookup_f32(c[1], i));
    const vec_f32 high = v_fma_f32(v_lookup_f32(c[4], i), u, v_lookup_f32(c[3], i));
    return v_fma_f32(v_fma_f32(high, u * u, low), u, v_lookup_f32(c[0], i));
}

MLPI_INLINE vec_f32 tanh_value_f32(vec_f32 z, vec_f32 p)
{
    (void)p;
    return v_copysign_f32(tanh_of_size(v_min_f32(v_set1_f32(tanh_table_end_f32), v_abs_f32(z))), z);
}

/* h = 1 / (1 + e^|z|) for z <= 0; 1 - h for z > 0, whose error is small against the distance to 1. */
MLPI_INLINE vec_f32 sigmoid_from_table(vec_f32 z)
{
    const float(*const centre)[32] = sigmoid_table_f32, (*const c)[32] = sigmoid_table_f32 + 1;
    const vec_f32 x = v_min_f32(v_set1_f32(sigmoid_table_end_f32), v_abs_f32(z));
    const vec_f32 sum =
        v_fma_f32(x, v_set1_f32(sigmoid_table_scale_f32), v_set1_f32(sigmoid_table_shift_f32));
    const index_f32 i = v_leading_f32(sum, sigmoid_table_bits);
    const vec_f32 u = x - v_lookup_f32(centre[0], i), square = u * u;
    const vec_f32 low = v_fma_f32(v_lookup_f32(c[2], i), u, v_lookup_f32(c[1], i));
    const vec_f32 mid = v_fma_f32(v_lookup_f32(c[4], i), u, v_lookup_f32(c[3], i));
    const vec_f32 high = v_fma_f32(v_lookup_f32(c[5], i), square, mid);
    const vec_f32 h = v_fma_f32(v_fma_f32(high, square, low), u, v_lookup_f32(c[0], i));
    return v_select_f32(v_greater_f32(z, v_zero_f32()), v_set1_f32(1) - h, h);
}

/* Left of the table each element takes the form with an exponential, whatever its neighbours are. */
MLPI_INLINE vec_f32 sigmoid_value_f32(vec_f32 z, vec_f32 p)
{
    (void)p;
    const mask_f32 beyond = v_greater_f32(v_set1_f32(-sigmoid_table_end_f32), z);
    const vec_f32 near = sigmoid_from_table(z);
    if (__builtin_expect(v_any_f32(beyond), 0))
        return v_select_f32(beyond, sigmoid_by_exp_f32(z), near);
    return near;
}
