#include "base/portable_math.h"

#include <stdint.h>
#include <string.h>

/* Evaluates c[0] + c[1] t + ... + c[n-1] t^(n-1) by Horner's rule. */
static double polynomial(double t, const double *c, int n)
{
    double sum = c[n - 1];
    for (int k = n - 2; k >= 0; k--)
        sum = sum * t + c[k];
    return sum;
}

/* Splits x = m 2^k with m in [sqrt(1/2), sqrt(2)), up to the last place of the bounds; returns k. */
static int split(double x, double *m)
{
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    int k = (int)(bits >> 52) - 1023;
    bits = (bits & 0x000fffffffffffff) | 0x3ff0000000000000;
    memcpy(m, &bits, sizeof bits);
    if (*m >= 1.4142135623730951) {
        *m *= 0.5;
        k++;
    }
    return k;
}

/*
 * With f = m - 1 and s = f / (2 + f), log m = 2 artanh s = 2 s + s r, r = 2 s^2/3 + 2 s^4/5 + ...
 * As 2 s = f - f s, log m = f - s (f - r): f is exact and the rounded part is at most a quarter of it.
 * |s| < 0.172, so the first omitted term is below 2^-60 of the result.
 */
double mlpi_log(double x)
{
    static const double series[] = {2.0 / 3,  2.0 / 5,  2.0 / 7,  2.0 / 9,  2.0 / 11,
                                    2.0 / 13, 2.0 / 15, 2.0 / 17, 2.0 / 19, 2.0 / 21};
    static const double ln2_high = 0x1.62e42fefap-1; /* 37 bits: k ln2_high is exact */
    static const double ln2_low = 0x1.cf79abc9e3b3ap-40;
    double m;
    const double k = split(x, &m);
    const double f = m - 1;
    const double s = f / (2 + f);
    const double s2 = s * s;
    const double r = s2 * polynomial(s2, series, 10);
    return k * ln2_high + (f - (s * (f - r) - k * ln2_low));
}

/* sin x and cos x for |x| <= pi/4: Taylor series, cut where the rest is below 2^-58 of the result. */
static double sin_octant(double x)
{
    static const double series[] = {
        -1.0 / 6,        1.0 / 120,        -1.0 / 5040,          1.0 / 362880,
        -1.0 / 39916800, 1.0 / 6227020800, -1.0 / 1307674368000, 1.0 / 355687428096000};
    const double x2 = x * x;
    return x + x * (x2 * polynomial(x2, series, 8));
}

static double cos_octant(double x)
{
    static const double series[] = {1.0 / 24,        -1.0 / 720,         1.0 / 40320,         -1.0 / 3628800,
                                    1.0 / 479001600, -1.0 / 87178291200, 1.0 / 20922789888000};
    const double x2 = x * x;
    return 1 - (0.5 * x2 - x2 * x2 * polynomial(x2, series, 7));
}

double mlpi_cos_turns(double turns)
{
    static const double two_pi = 6.283185307179586477;
    const int quarter = (int)(4 * turns + 0.5);
    const double x = two_pi * (turns - 0.25 * quarter);
    switch (quarter & 3) {
    case 0:
        return cos_octant(x);
    case 1:
        return -sin_octant(x);
    case 2:
        return -cos_octant(x);
    default:
        return sin_octant(x);
    }
}
