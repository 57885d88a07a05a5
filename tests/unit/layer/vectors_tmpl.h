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
    const T(mlpi_vector) functions[FUNCTIONS] = {v->value, v->slope, v->second, v->third, v->scale};
    return functions[which];
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
    for (int which = VALUE; which <= THIRD; which++) {
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

/* sigma^(which) of the scalar kernel, from z. */
static REAL T(scalar_at)(activation_case c, int which, REAL z)
{
    REAL y, out;
    c.kind->REAL_KIND[0](1, &z, &y, c.parameter);
    c.kind->REAL_KIND[which](1, which > VALUE && c.kind->reads == MLPI_READS_Y ? &y : &z, &out, c.parameter);
    return out;
}

/* The same of the vectors, from the y of the scalar kernel where the kind reads y. */
static REAL T(from_z)(activation_set set, activation_case c, int which, REAL z)
{
    REAL y = z;
    if (which > VALUE && c.kind->reads == MLPI_READS_Y)
        c.kind->REAL_KIND[0](1, &z, &y, c.parameter);
    return T(value_at)(set, c, which, y);
}

/* At the ends of the axis and NaN, what the scalar kernels give: exact limits. */
static void T(check_ends)(activation_set set, activation_case c)
{
    const REAL ends[] = {INFINITY, -INFINITY, REAL_MAX, -REAL_MAX};
    for (int which = VALUE; which <= THIRD; which++) {
        for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
            const REAL want = T(scalar_at)(c, which, ends[i]), got = T(from_z)(set, c, which, ends[i]);
            if (isnan(want)) /* the sine of infinity */
                assert_true(isnan(got));
            else
                assert_true(got == want || fabs(got - want) <= REAL_MIN + 4 * REAL_EPSILON * fabs(want));
        }
        assert_true(isnan(T(value_at)(set, c, which, NAN)) && isnan(T(value_at)(set, c, which, -NAN)));
    }
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
    for (int which = VALUE; which <= THIRD; which++)
        for (size_t i = 0; i < sizeof small / sizeof *small; i++) {
            const REAL want = T(scalar_at)(c, which, small[i]), got = T(from_z)(set, c, which, small[i]);
            assert_true(fabs(got - want) <= REAL_MIN + (which == VALUE ? 1 : 2) * REAL_EPSILON * fabs(want));
        }
}

static void T(test_small)(void **state)
{
    (void)state;
    T(for_all)(T(check_small));
}

/* What is piecewise linear has no curvature anywhere; a NaN stays one. */
static void T(check_straight)(activation_set set, activation_case c)
{
    enum { N = 99 };
    REAL in[N], out[N];
    if (c.kind->REAL_KIND[2] != mlpi_activation_kind_of(MLP_RELU)->REAL_KIND[2])
        return;
    T(fill)(in, N, 17);
    for (int which = SECOND; which <= THIRD; which++) {
        T(function)(set, c, which)(1, N, in, N, out, N, c.parameter);
        for (int i = 0; i < N; i++)
            assert_true(isnan(in[i]) ? isnan(out[i]) : out[i] == 0);
    }
}

static void T(test_straight)(void **state)
{
    (void)state;
    T(for_all)(T(check_straight));
}

/* At a kink every derivative is the one of the left piece, beside it the one of its own. */
static void T(check_kinks)(activation_set set, activation_case c)
{
    static const mlp_activation kinds[] = {MLP_RELU,         MLP_LEAKY_RELU, MLP_ELU,     MLP_SELU,
                                           MLP_HARD_SIGMOID, MLP_HARD_TANH,  MLP_SOFTSIGN};
    int kinked = 0;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        kinked |= c.kind->id == kinds[i];
    for (int which = SLOPE; kinked && which <= THIRD; which++)
        for (int kink = -3; kink <= 3; kink++)
            for (int side = -1; side <= 1; side++) {
                const REAL t = (REAL)kink + (REAL)side * REAL_EPSILON * 4;
                REAL want;
                c.kind->REAL_KIND[which](1, &t, &want, c.parameter);
                assert_true(fabs(T(value_at)(set, c, which, t) - want) <= 6 * REAL_EPSILON * fabs(want));
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
            REAL y[3], slope[3], second[3], third[3];
            T(function)(activation_set_at(s), c, VALUE)(1, 3, z, 3, y, 3, 1);
            T(function)(activation_set_at(s), c, SLOPE)(1, 3, z, 3, slope, 3, 1);
            T(function)(activation_set_at(s), c, SECOND)(1, 3, z, 3, second, 3, 1);
            T(function)(activation_set_at(s), c, THIRD)(1, 3, z, 3, third, 3, 1);
            for (int i = 0; i < 3; i++) {
                assert_true(fabs(y[i] - sin((double)z[i])) <= REAL_EPSILON);
                assert_true(fabs(slope[i] - cos((double)z[i])) <= 2 * REAL_EPSILON);
                assert_true(second[i] == -y[i] && third[i] == -slope[i]);
            }
        }
}
