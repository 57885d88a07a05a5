/* Template: the streams of one layer, a vector of units at a time. */

/* w z1 */
MLPI_INLINE VECTOR T(weighted)(const T(mlpi_jet_run) *run, int64_t p, VECTOR z1)
{
    if (run->weights)
        z1 = V(set1)(run->weights[p]) * z1;
    return z1;
}

/* `count` units from i on of sample s: the three orders share the way to the data; `order` is a constant. */
MLPI_INLINE void T(push_units)(const T(mlpi_jet_run) *run, int order, int64_t s, int64_t i, int64_t count)
{
    const int64_t ld = run->ld, at = s * run->lds + i;
    const VECTOR s1 = V(load_head)(run->slopes[0] + at, count);
    VECTOR s2 = V(zero)(), s3 = V(zero)();
    if (order > 1)
        s2 = V(load_head)(run->slopes[1] + at, count);
    if (order > 2)
        s3 = V(load_head)(run->slopes[2] + at, count);
    for (int64_t m = s * run->groups; m < (s + 1) * run->groups; m++) {
        VECTOR z1 = V(zero)(), squares = V(zero)();
        for (int64_t p = 0; p < run->size; p++) {
            const int64_t column = (m * run->size + p) * ld + i;
            z1 = V(load_head)(run->z[1] + column, count);
            V(store_head)(run->y[1] + column, s1 * z1, count);
            if (order > 1)
                squares = V(fma)(T(weighted)(run, p, z1), z1, squares);
        }
        if (order == 1)
            continue;
        /* y2 = s'' sum_P w z1^2 + s' z2 */
        const VECTOR z2 = V(load_head)(run->z[2] + m * ld + i, count);
        V(store_head)(run->y[2] + m * ld + i, V(fma)(s2, squares, s1 * z2), count);
        if (order == 2)
            continue;
        /* y3 = (s''' z1^2 + 3 s'' z2) z1 + s' z3 */
        const VECTOR z3 = V(load_head)(run->z[3] + m * ld + i, count);
        const VECTOR bend = V(fma)(s3, squares, V(set1)(3) * s2 * z2);
        V(store_head)(run->y[3] + m * ld + i, V(fma)(bend, z1, s1 * z3), count);
    }
}

MLPI_INLINE void T(push_samples)(const T(mlpi_jet_run) *run, int order)
{
    for (int64_t s = 0; s < run->samples; s++) {
        int64_t i = 0;
        for (; i + ELEMENTS <= run->n; i += ELEMENTS)
            T(push_units)(run, order, s, i, ELEMENTS);
        if (i < run->n)
            T(push_units)(run, order, s, i, run->n - i);
    }
}

/* Where sigma'' = 0 every stream is multiplied by sigma': out_k = s' in_k for k up to the order */
MLPI_INLINE void T(straight_units)(const T(mlpi_jet_run) *run, int pull, int64_t s, int64_t i, int64_t count)
{
    const VECTOR s1 = V(load_head)(run->slopes[0] + s * run->lds + i, count);
    for (int k = pull ? 0 : 1; k <= run->order; k++) {
        const int64_t each = k == 0 ? 1 : k == 1 ? run->groups * run->size : run->groups;
        const REAL *in = (pull ? run->y[k] : run->z[k]) + s * each * run->ld + i;
        REAL *out = (pull ? run->z[k] : run->y[k]) + s * each * run->ld + i;
        for (int64_t column = 0; column < each * run->ld; column += run->ld)
            V(store_head)(out + column, s1 * V(load_head)(in + column, count), count);
    }
}

MLPI_INLINE void T(straight_samples)(const T(mlpi_jet_run) *run, int pull)
{
    for (int64_t s = 0; s < run->samples; s++) {
        int64_t i = 0;
        for (; i + ELEMENTS <= run->n; i += ELEMENTS)
            T(straight_units)(run, pull, s, i, ELEMENTS);
        if (i < run->n)
            T(straight_units)(run, pull, s, i, run->n - i);
    }
}

static void T(push)(const T(mlpi_jet_run) *run)
{
    if (run->is_straight)
        T(straight_samples)(run, 0);
    else if (run->order == 1)
        T(push_samples)(run, 1);
    else if (run->order == 2)
        T(push_samples)(run, 2);
    else
        T(push_samples)(run, 3);
}

/* z1_bar = s' g1 + 2 w s'' z1 g2, and what z1 and g1 add to z0_bar; twice = 2 s'' g2 */
MLPI_INLINE VECTOR T(pull_first)(const T(mlpi_jet_run) *run, int order, int64_t column, int64_t p, VECTOR s1,
                                 VECTOR s2, VECTOR twice, int64_t count, VECTOR z0_bar, VECTOR *squares)
{
    const VECTOR z1 = V(load_head)(run->z[1] + column, count), g1 = V(load_head)(run->y[1] + column, count);
    VECTOR z1_bar = s1 * g1;
    if (order > 1) {
        const VECTOR weighted = T(weighted)(run, p, z1);
        z1_bar = V(fma)(twice, weighted, z1_bar);
        *squares = V(fma)(weighted, z1, *squares);
    }
    V(store_head)(run->z[1] + column, z1_bar, count);
    return V(fma)(s2 * z1, g1, z0_bar);
}

MLPI_INLINE void T(pull_units)(const T(mlpi_jet_run) *run, int order, int64_t s, int64_t i, int64_t count)
{
    const int64_t ld = run->ld, at = s * run->lds + i;
    const VECTOR s1 = V(load_head)(run->slopes[0] + at, count), s2 = V(load_head)(run->slopes[1] + at, count);
    VECTOR s3 = V(zero)(), z0_bar = s1 * V(load_head)(run->y[0] + s * ld + i, count);
    if (order > 1)
        s3 = V(load_head)(run->slopes[2] + at, count);
    for (int64_t m = s * run->groups; m < (s + 1) * run->groups; m++) {
        VECTOR g2 = V(zero)(), squares = V(zero)();
        if (order > 1)
            g2 = V(load_head)(run->y[2] + m * ld + i, count);
        const VECTOR twice = (s2 + s2) * g2;
        for (int64_t p = 0; p < run->size; p++)
            z0_bar = T(pull_first)(run, order, (m * run->size + p) * ld + i, p, s1, s2, twice, count, z0_bar,
                                   &squares);
        if (order == 1)
            continue;
        /* z0_bar += (s'' z2 + s''' sum_P w z1^2) g2,  z2_bar = s' g2 */
        const VECTOR z2 = V(load_head)(run->z[2] + m * ld + i, count);
        z0_bar = V(fma)(V(fma)(s2, z2, s3 * squares), g2, z0_bar);
        V(store_head)(run->z[2] + m * ld + i, s1 * g2, count);
    }
    V(store_head)(run->z[0] + s * ld + i, z0_bar, count);
}

MLPI_INLINE void T(pull_samples)(const T(mlpi_jet_run) *run, int order)
{
    for (int64_t s = 0; s < run->samples; s++) {
        int64_t i = 0;
        for (; i + ELEMENTS <= run->n; i += ELEMENTS)
            T(pull_units)(run, order, s, i, ELEMENTS);
        if (i < run->n)
            T(pull_units)(run, order, s, i, run->n - i);
    }
}

static void T(pull)(const T(mlpi_jet_run) *run)
{
    if (run->is_straight)
        T(straight_samples)(run, 1);
    else if (run->order == 1)
        T(pull_samples)(run, 1);
    else
        T(pull_samples)(run, 2);
}

MLPI_INLINE void T(combine_units)(int64_t i, int64_t count, const REAL *a, const REAL *b, const REAL *c,
                                  const REAL *d, REAL *out)
{
    const VECTOR first = V(load_head)(a + i, count) * V(load_head)(b + i, count);
    V(store_head)(out + i, V(fma)(V(load_head)(c + i, count), V(load_head)(d + i, count), first), count);
}

static void T(combine)(int64_t runs, int64_t n, int64_t ld, const REAL *a, const REAL *b, const REAL *c,
                       const REAL *d, REAL *out)
{
    for (int64_t at = 0; at < runs * ld; at += ld) {
        int64_t i = at;
        for (; i + ELEMENTS <= at + n; i += ELEMENTS)
            T(combine_units)(i, ELEMENTS, a, b, c, d, out);
        if (i < at + n)
            T(combine_units)(i, at + n - i, a, b, c, d, out);
    }
}

MLPI_INLINE void T(multiply_units)(int64_t i, int64_t count, const REAL *a, const REAL *b, REAL *out)
{
    V(store_head)(out + i, V(load_head)(a + i, count) * V(load_head)(b + i, count), count);
}

static void T(multiply)(int64_t runs, int64_t n, int64_t ld, const REAL *a, const REAL *b, REAL *out)
{
    for (int64_t at = 0; at < runs * ld; at += ld) {
        int64_t i = at;
        for (; i + ELEMENTS <= at + n; i += ELEMENTS)
            T(multiply_units)(i, ELEMENTS, a, b, out);
        if (i < at + n)
            T(multiply_units)(i, at + n - i, a, b, out);
    }
}
