/*
 * Template: the functions of vectors.h for the activation SIGMA, from SIGMA_value() and SIGMA_slope() of one vector. The
 * elements that do not fill a vector go through the same code among zeros.
 */
#define JOIN(sigma, what, bits)      sigma##_##what##_f##bits
#define JOIN_LATE(sigma, what, bits) JOIN(sigma, what, bits)
#define VALUE                        JOIN_LATE(SIGMA, value, REAL_BITS)
#define SLOPE                        JOIN_LATE(SIGMA, slope, REAL_BITS)
#define RUNS(what)                   JOIN_LATE(SIGMA, what##_runs, REAL_BITS)

static void RUNS(value)(int64_t runs, int64_t n, const REAL *in, int64_t ldi, REAL *out, int64_t ldo,
                        double parameter)
{
    const T(vec) p = T(v_set1)((REAL)parameter);
    for (int64_t r = 0; r < runs; r++) {
        const REAL *from = in + r * ldi;
        REAL *to = out + r * ldo;
        int64_t left = n;
        for (; left >= T(LANES); left -= T(LANES), from += T(LANES), to += T(LANES))
            T(v_store)(to, VALUE(T(v_load)(from), p));
        if (left > 0)
            T(v_store_head)(to, VALUE(T(v_load_head)(from, left), p), left);
    }
}

static void RUNS(slope)(int64_t runs, int64_t n, const REAL *in, int64_t ldi, REAL *out, int64_t ldo,
                        double parameter)
{
    const T(vec) p = T(v_set1)((REAL)parameter);
    for (int64_t r = 0; r < runs; r++) {
        const REAL *from = in + r * ldi;
        REAL *to = out + r * ldo;
        int64_t left = n;
        for (; left >= T(LANES); left -= T(LANES), from += T(LANES), to += T(LANES))
            T(v_store)(to, SLOPE(T(v_load)(from), p));
        if (left > 0)
            T(v_store_head)(to, SLOPE(T(v_load_head)(from, left), p), left);
    }
}

static void RUNS(scale)(int64_t runs, int64_t n, const REAL *in, int64_t ldi, REAL *out, int64_t ldo,
                        double parameter)
{
    const T(vec) p = T(v_set1)((REAL)parameter);
    for (int64_t r = 0; r < runs; r++) {
        const REAL *from = in + r * ldi;
        REAL *to = out + r * ldo;
        int64_t left = n;
        for (; left >= T(LANES); left -= T(LANES), from += T(LANES), to += T(LANES))
            T(v_store)(to, T(v_load)(to) * SLOPE(T(v_load)(from), p));
        if (left > 0)
            T(v_store_head)(to, T(v_load_head)(to, left) * SLOPE(T(v_load_head)(from, left), p), left);
    }
}

#undef JOIN
#undef JOIN_LATE
#undef VALUE
#undef SLOPE
#undef RUNS
