/* Floating-point numbers as a discrete set: bit patterns, units in the last place, draws over all magnitudes. */
#ifndef TESTS_SUPPORT_NUMBERS_H
#define TESTS_SUPPORT_NUMBERS_H

#include "support/draw.h"

#include <float.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

static inline float f32_of_bits(uint32_t bits)
{
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static inline uint32_t bits_of_f32(float value)
{
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

static inline double f64_of_bits(uint64_t bits)
{
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static inline uint64_t bits_of_f64(double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

/* The distance of neighbouring numbers at |x|, normal or 0 (where it is the smallest normal number's). */
static inline double ulp_f32(double x)
{
    int exponent;
    frexp(fmax(fabs(x), FLT_MIN), &exponent);
    return ldexp(1, exponent - FLT_MANT_DIG);
}

static inline double ulp_f64(double x)
{
    int exponent;
    frexp(fmax(fabs(x), DBL_MIN), &exponent);
    return ldexp(1, exponent - DBL_MANT_DIG);
}

/* A double of either sign with |x| in [lo, hi), every binade of it as likely as the others. */
static inline double draw_magnitude(draw *d, double lo, double hi)
{
    return draw_sign(d) * exp2(draw_real(d, log2(lo), log2(hi)));
}

#endif
