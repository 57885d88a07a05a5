/*
 * Template: the functions of vectors.h for the activation SIGMA, from SIGMA_value(), SIGMA_slope(), SIGMA_second() and
 * SIGMA_third() of one vector. The elements that do not fill a vector go through the same code among zeros.
 */
#define JOIN(sigma, what, bits)      sigma##_##what##_f##bits
#define JOIN_LATE(sigma, what, bits) JOIN(sigma, what, bits)
#define VALUE                        JOIN_LATE(SIGMA, value, REAL_BITS)
#define SLOPE                        JOIN_LATE(SIGMA, slope, REAL_BITS)
#define SECOND                       JOIN_LATE(SIGMA, second, REAL_BITS)
#define THIRD                        JOIN_LATE(SIGMA, third, REAL_BITS)
#define RUNS(what)                   JOIN_LATE(SIGMA, what##_runs, REAL_BITS)

/* `count` elements at `in`, and for VECTOR_SCALE what is at `out`: what goes there; `what` is a constant */
MLPI_INLINE void RUNS(element)(int what, int64_t count, const REAL *in, REAL *out, T(vec) p)
{
    const T(vec) t = T(v_load_head)(in, count);
    T(vec) result;
    if (what == VECTOR_VALUE)
        result = VALUE(t, p);
    else if (what == VECTOR_SECOND)
        result = SECOND(t, p);
    else if (what == VECTOR_THIRD)
        result = THIRD(t, p);
    else
        result = SLOPE(t, p);
    if (what == VECTOR_SCALE)
        result *= T(v_load_head)(out, count);
    T(v_store_head)(out, result, count);
}

MLPI_INLINE void RUNS(every)(int what, int64_t runs, int64_t n, const REAL *in, int64_t ldi, REAL *out,
                             int64_t ldo, double parameter)
{
    const T(vec) p = T(v_set1)((REAL)parameter);
    /* runs shorter than a vector would each wait for the store of the one before */
    if (ldi == n && ldo == n) {
        n *= runs;
        runs = 1;
    }
    for (int64_t r = 0; r < runs; r++) {
        const REAL *from = in + r * ldi;
        REAL *to = out + r * ldo;
        int64_t left = n;
        for (; left >= T(LANES); left -= T(LANES), from += T(LANES), to += T(LANES))
            RUNS(element)(what, T(LANES), from, to, p);
        if (left > 0)
            RUNS(element)(what, left, from, to, p);
    }
}

static void RUNS(value)(int64_t runs, int64_t n, const REAL *in, int64_t ldi, REAL *out, int64_t ldo,
                        double parameter)
{
    RUNS(every)(VECTOR_VALUE, runs, n, in, ldi, out, ldo, parameter);
}

static void RUNS(slope)(int64_t runs, int64_t n, const REAL *in, int64_t ldi, REAL *out, int64_t ldo,
                        double parameter)
{
    RUNS(every)(VECTOR_SLOPE, runs, n, in, ldi, out, ldo, parameter);
}

static void RUNS(scale)(int64_t runs, int64_t n, const REAL *in, int64_t ldi, REAL *out, int64_t ldo,
                        double parameter)
{
    RUNS(every)(VECTOR_SCALE, runs, n, in, ldi, out, ldo, parameter);
}

static void RUNS(second)(int64_t runs, int64_t n, const REAL *in, int64_t ldi, REAL *out, int64_t ldo,
                         double parameter)
{
    RUNS(every)(VECTOR_SECOND, runs, n, in, ldi, out, ldo, parameter);
}

static void RUNS(third)(int64_t runs, int64_t n, const REAL *in, int64_t ldi, REAL *out, int64_t ldo,
                        double parameter)
{
    RUNS(every)(VECTOR_THIRD, runs, n, in, ldi, out, ldo, parameter);
}

#undef JOIN
#undef JOIN_LATE
#undef VALUE
#undef SLOPE
#undef SECOND
#undef THIRD
#undef RUNS
