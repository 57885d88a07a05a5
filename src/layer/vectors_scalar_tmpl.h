/*
 * Template: the functions of vectors.h for the activation SIGMA of id SIGMA_ID from its scalar kernels, for what a set
 * has no vector code for.
 */
#define JOIN(sigma, what, bits)      sigma##_##what##_runs_f##bits
#define JOIN_LATE(sigma, what, bits) JOIN(sigma, what, bits)
#define RUNS(what)                   JOIN_LATE(SIGMA, what, REAL_BITS)
#define KERNELS_OF(bits)             f##bits
#define KERNELS_LATE(bits)           KERNELS_OF(bits)
#define KERNEL(order)                mlpi_activation_kind_of(SIGMA_ID)->KERNELS_LATE(REAL_BITS)[order]

static void RUNS(value)(int64_t runs, int64_t n, const REAL *in, int64_t ldi, REAL *out, int64_t ldo,
                        double parameter)
{
    for (int64_t r = 0; r < runs; r++)
        KERNEL(0)(n, in + r * ldi, out + r * ldo, parameter);
}

static void RUNS(slope)(int64_t runs, int64_t n, const REAL *in, int64_t ldi, REAL *out, int64_t ldo,
                        double parameter)
{
    for (int64_t r = 0; r < runs; r++)
        KERNEL(1)(n, in + r * ldi, out + r * ldo, parameter);
}

static void RUNS(scale)(int64_t runs, int64_t n, const REAL *in, int64_t ldi, REAL *out, int64_t ldo,
                        double parameter)
{
    for (int64_t r = 0; r < runs; r++)
        for (int64_t i = 0; i < n; i++) {
            REAL slope;
            KERNEL(1)(1, in + r * ldi + i, &slope, parameter);
            out[r * ldo + i] *= slope;
        }
}

#undef JOIN
#undef JOIN_LATE
#undef RUNS
#undef KERNELS_OF
#undef KERNELS_LATE
#undef KERNEL
