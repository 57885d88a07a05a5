/*
 * The loops over one activation in one number type, sigma to sigma''', from its scalar functions in double:
 * relu_0_f32() maps relu_0(), and so on. SIGMA, STRAIGHT and ARGUMENTS are set by the includer; see
 * activation_kernels.h. NaN goes through here, so that no scalar function meets one.
 */
#define JOIN(sigma, order, bits)       sigma##_##order##_f##bits
#define JOIN_LATE(sigma, order, bits)  JOIN(sigma, order, bits)
#define KERNEL(order)                  JOIN_LATE(SIGMA, order, REAL_BITS)
#define JOIN_SCALAR(sigma, order)      sigma##_##order
#define JOIN_SCALAR_LATE(sigma, order) JOIN_SCALAR(sigma, order)
#define SCALAR(order)                  JOIN_SCALAR_LATE(SIGMA, order)

static void KERNEL(0)(int64_t n, const REAL *in, REAL *out, double parameter)
{
    const REAL p = (REAL)parameter;
    (void)p;
    for (int64_t i = 0; i < n; i++) {
        const REAL t = in[i];
        out[i] = t == t ? (REAL)SCALAR(0)(ARGUMENTS) : t;
    }
}

static void KERNEL(1)(int64_t n, const REAL *in, REAL *out, double parameter)
{
    const REAL p = (REAL)parameter;
    (void)p;
    for (int64_t i = 0; i < n; i++) {
        const REAL t = in[i];
        out[i] = t == t ? (REAL)SCALAR(1)(ARGUMENTS) : t;
    }
}

#ifndef STRAIGHT
static void KERNEL(2)(int64_t n, const REAL *in, REAL *out, double parameter)
{
    const REAL p = (REAL)parameter;
    (void)p;
    for (int64_t i = 0; i < n; i++) {
        const REAL t = in[i];
        out[i] = t == t ? (REAL)SCALAR(2)(ARGUMENTS) : t;
    }
}

static void KERNEL(3)(int64_t n, const REAL *in, REAL *out, double parameter)
{
    const REAL p = (REAL)parameter;
    (void)p;
    for (int64_t i = 0; i < n; i++) {
        const REAL t = in[i];
        out[i] = t == t ? (REAL)SCALAR(3)(ARGUMENTS) : t;
    }
}
#endif

#undef JOIN
#undef JOIN_LATE
#undef KERNEL
#undef JOIN_SCALAR
#undef JOIN_SCALAR_LATE
#undef SCALAR
