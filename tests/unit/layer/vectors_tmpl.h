/* Template: the tests of test_vectors.c in one number type. */

/* Calls check(set, case) for every instruction set and case. */
static void T(for_all)(void (*check)(activation_set set, activation_case c))
{
    for (int s = 1; s < activation_set_count(); s++)
        for (int i = 0; i < activation_case_count(); i++)
            check(activation_set_at(s), activation_case_at(i));
}

static T(mlpi_vector) T(function)(activation_set set, activation_case c, int which)
{
    const struct T(mlpi_vectors) *v = &set.vectors->REAL_KIND[c.kind->id];
    return which == VALUE ? v->value : which == SLOPE ? v->slope : v->scale;
}

/* Numbers over the range where most happens, with some further out, where other forms begin, and some special ones. */
static void T(fill)(REAL *t, int64_t n, uint64_t seed)
{
    static const REAL special[] = {0, (REAL)-0.0, INFINITY, -INFINITY, NAN, REAL_TINY, REAL_MAX, -REAL_MAX};
    draw d = {seed};
    for (int64_t i = 0; i < n; i++)
        t[i] = i % 11 == 10 ? special[i / 11 % 8] : (REAL)(draw_real(&d, -12, 12) * (i % 4 == 3 ? 3 : 1));
}

/* What each element gives alone among the first of a run of one. */
static void T(one_by_one)(activation_set set, activation_case c, int which, int64_t n, const REAL *in,
                          REAL *out)
{
    for (int64_t i = 0; i < n; i++)
        T(function)(set, c, which)(1, 1, in + i, 1, out + i, 1, c.parameter);
}

/* Same bits; a NaN may be any NaN. */
static void T(assert_same)(const REAL *a, const REAL *b, int64_t n)
{
    for (int64_t i = 0; i < n; i++)
        assert_true((isnan(a[i]) && isnan(b[i])) || memcmp(a + i, b + i, sizeof *a) == 0);
}

/*
 * Every length from 0: the bits of elements alone, and around them nothing written. The input is freshly allocated, so
 * that a sanitizer sees reads beyond its end.
 */
static void T(check_tails)(activation_set set, activation_case c)
{
    for (int which = 0; which < FUNCTIONS; which++)
        for (int64_t n = 0; n <= LONGEST; n++) {
            REAL *in = malloc((size_t)(n + (n == 0)) * sizeof *in);
            REAL out[GUARD + LONGEST + GUARD], want[GUARD + LONGEST + GUARD];
            assert_non_null(in);
            T(fill)(in, n, 7);
            for (int i = 0; i < GUARD + LONGEST + GUARD; i++)
                want[i] = out[i] = (REAL)(i % 13 - 6) / 4;
            T(one_by_one)(set, c, which, n, in, want + GUARD);
            T(function)(set, c, which)(1, n, in, n, out + GUARD, n, c.parameter);
            T(assert_same)(out, want, GUARD + LONGEST + GUARD);
            free(in);
        }
}

static void T(test_tails)(void **state)
{
    (void)state;
    T(for_all)(T(check_tails));
}

/* Runs with gaps: those of the input hold NaN, those of the output stay. */
static void T(check_runs)(activation_set set, activation_case c)
{
    enum { RUNS = 5, N = 37, LDI = 41, LDO = 50 };
    for (int which = 0; which < FUNCTIONS; which++)
        for (int64_t n = 0; n <= N; n += 12 + n % 2) {
            REAL in[RUNS * LDI], out[RUNS * LDO], want[RUNS * LDO];
            T(fill)(in, RUNS * LDI, 9);
            for (int64_t i = 0; i < RUNS * LDO; i++)
                want[i] = out[i] = (REAL)(i % 7 - 3);
            for (int64_t r = 0; r < RUNS; r++)
                T(one_by_one)(set, c, which, n, in + r * LDI, want + r * LDO);
            T(function)(set, c, which)(RUNS, n, in, LDI, out, LDO, c.parameter);
            T(assert_same)(out, want, RUNS * LDO);
            T(function)(set, c, which)(0, n, NULL, LDI, NULL, LDO, c.parameter);
        }
}

static void T(test_runs)(void **state)
{
    (void)state;
    T(for_all)(T(check_runs));
}

static void T(check_in_place)(activation_set set, activation_case c)
{
    enum { RUNS = 3, N = 35, LD = 40 };
    for (int which = VALUE; which <= SLOPE; which++) {
        REAL both[RUNS * LD], in[RUNS * LD], out[RUNS * LD];
        T(fill)(in, RUNS * LD, 11);
        memcpy(both, in, sizeof both);
        memcpy(out, in, sizeof out);
        T(function)(set, c, which)(RUNS, N, in, LD, out, LD, c.parameter);
        T(function)(set, c, which)(RUNS, N, both, LD, both, LD, c.parameter);
        T(assert_same)(both, out, RUNS * LD);
    }
}

static void T(test_in_place)(void **state)
{
    (void)state;
    T(for_all)(T(check_in_place));
}

/* The scale of G is G times the slope, rounded once. */
static void T(check_scale)(activation_set set, activation_case c)
{
    enum { N = 333 };
    REAL in[N], slope[N], ones[N], G[N], want[N];
    T(fill)(in, N, 13);
    T(fill)(G, N, 15);
    T(function)(set, c, SLOPE)(1, N, in, N, slope, N, c.parameter);
    for (int i = 0; i < N; i++) {
        ones[i] = 1;
        want[i] = G[i] * slope[i];
    }
    T(function)(set, c, SCALE)(1, N, in, N, ones, N, c.parameter);
    T(function)(set, c, SCALE)(1, N, in, N, G, N, c.parameter);
    T(assert_same)(ones, slope, N);
    T(assert_same)(G, want, N);
}

static void T(test_scale)(void **state)
{
    (void)state;
    T(for_all)(T(check_scale));
}

static REAL T(value_at)(activation_set set, activation_case c, int which, REAL t)
{
    REAL out;
    T(function)(set, c, which)(1, 1, &t, 1, &out, 1, c.parameter);
    return out;
}

/* At the ends of the axis and NaN, what the scalar kernels give: exact limits. From y where the kind reads it. */
static void T(check_ends)(activation_set set, activation_case c)
{
    const REAL ends[] = {INFINITY, -INFINITY, REAL_MAX, -REAL_MAX};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        REAL z = ends[i], y, slope;
        c.kind->REAL_KIND[0](1, &z, &y, c.parameter);
        if (isnan(y)) { /* the sine of infinity */
            assert_true(isnan(T(value_at)(set, c, VALUE, z)) && isnan(T(value_at)(set, c, SLOPE, z)));
            continue;
        }
        c.kind->REAL_KIND[1](1, c.kind->reads == MLPI_READS_Y ? &y : &z, &slope, c.parameter);
        const REAL value = T(value_at)(set, c, VALUE, z);
        assert_true(value == y || fabs(value - y) <= 4 * REAL_EPSILON * fabs(y));
        assert_true(fabs(T(value_at)(set, c, SLOPE, c.kind->reads == MLPI_READS_Y ? y : z) - slope) <=
                        REAL_MIN ||
                    T(value_at)(set, c, SLOPE, c.kind->reads == MLPI_READS_Y ? y : z) == slope);
    }
    assert_true(isnan(T(value_at)(set, c, VALUE, NAN)) && isnan(T(value_at)(set, c, VALUE, -NAN)));
    assert_true(isnan(T(value_at)(set, c, SLOPE, NAN)) && isnan(T(value_at)(set, c, SLOPE, -NAN)));
    assert_true(isnan(T(value_at)(set, c, SCALE, NAN)));
}

static void T(test_ends)(void **state)
{
    (void)state;
    T(for_all)(T(check_ends));
}

/* Around 0: sigma(0) exactly, and subnormal numbers as such or as 0. */
static void T(check_small)(activation_set set, activation_case c)
{
    const REAL small[] = {0, REAL_TINY, -REAL_TINY, REAL_MIN / 2, -REAL_MIN / 2, REAL_MIN, -REAL_MIN};
    for (size_t i = 0; i < sizeof small / sizeof *small; i++) {
        REAL z = small[i], y, slope;
        c.kind->REAL_KIND[0](1, &z, &y, c.parameter);
        c.kind->REAL_KIND[1](1, c.kind->reads == MLPI_READS_Y ? &y : &z, &slope, c.parameter);
        assert_true(fabs(T(value_at)(set, c, VALUE, z) - y) <= REAL_MIN + REAL_EPSILON * fabs(y));
        assert_true(fabs(T(value_at)(set, c, SLOPE, c.kind->reads == MLPI_READS_Y ? y : z) - slope) <=
                    REAL_MIN + 2 * REAL_EPSILON * fabs(slope));
    }
}

static void T(test_small)(void **state)
{
    (void)state;
    T(for_all)(T(check_small));
}

/* At a kink the slope is the one of the left piece, beside it the one of its own. */
static void T(check_kinks)(activation_set set, activation_case c)
{
    static const mlp_activation kinds[] = {MLP_RELU, MLP_LEAKY_RELU, MLP_SELU, MLP_HARD_SIGMOID,
                                           MLP_HARD_TANH};
    int kinked = 0;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        kinked |= c.kind->id == kinds[i];
    for (int kink = -3; kinked && kink <= 3; kink++)
        for (int side = -1; side <= 1; side++) {
            const REAL t = (REAL)kink + (REAL)side * REAL_EPSILON * 4;
            REAL want;
            c.kind->REAL_KIND[1](1, &t, &want, c.parameter);
            assert_true(fabs(T(value_at)(set, c, SLOPE, t) - want) <= 4 * REAL_EPSILON * fabs(want));
        }
}

static void T(test_kinks)(void **state)
{
    (void)state;
    T(for_all)(T(check_kinks));
}

/* Phases beyond what vectors reduce, alone and beside near ones, come from the C library. */
static void T(test_far_sine)(void **state)
{
    const activation_case c = {mlpi_activation_kind_of(MLP_SINE), 1};
    (void)state;
    for (int s = 1; s < activation_set_count(); s++)
        for (double x = 1; x < 1e30; x *= -3.7) {
            const REAL z[3] = {1, (REAL)x, -2};
            REAL y[3], slope[3];
            T(function)(activation_set_at(s), c, VALUE)(1, 3, z, 3, y, 3, 1);
            T(function)(activation_set_at(s), c, SLOPE)(1, 3, z, 3, slope, 3, 1);
            for (int i = 0; i < 3; i++) {
                assert_true(fabs(y[i] - sin((double)z[i])) <= REAL_EPSILON);
                assert_true(fabs(slope[i] - cos((double)z[i])) <= 2 * REAL_EPSILON);
            }
        }
}
