/*
 * Numbers of about 106 bits: the unevaluated sum hi + lo of two doubles with |lo| <= ulp(hi) / 2. They carry
 * an intermediate result past the places where 53 bits lose digits: the argument of an exponential far out,
 * the difference beside a zero. Needs strict IEEE arithmetic: the tree is compiled with -ffp-contract=off.
 */
#ifndef MLPI_LAYER_PAIR_H
#define MLPI_LAYER_PAIR_H

#include <math.h>

typedef struct pair {
    double hi, lo;
} pair;

/* a + b, exactly, for |a| >= |b|. */
static inline pair pair_fast_sum(double a, double b)
{
    const double hi = a + b;
    return (pair){hi, b - (hi - a)};
}

/* a + b, exactly. */
static inline pair pair_sum(double a, double b)
{
    const double hi = a + b;
    const double b_part = hi - a;
    return (pair){hi, (a - (hi - b_part)) + (b - b_part)};
}

/* a b, exactly unless the product comes near the subnormals. */
static inline pair pair_product(double a, double b)
{
    const double hi = a * b;
    return (pair){hi, fma(a, b, -hi)};
}

static inline pair pair_add(pair a, pair b)
{
    const pair s = pair_sum(a.hi, b.hi);
    return pair_fast_sum(s.hi, s.lo + (a.lo + b.lo));
}

static inline pair pair_multiply(pair a, pair b)
{
    const pair p = pair_product(a.hi, b.hi);
    return pair_fast_sum(p.hi, p.lo + (a.hi * b.lo + a.lo * b.hi));
}

/* a times a power of two. */
static inline pair pair_scale(pair a, double power)
{
    return (pair){a.hi * power, a.lo * power};
}

static inline pair pair_divide(pair a, pair b)
{
    const double q = a.hi / b.hi;
    const pair remainder = pair_add(a, pair_multiply((pair){-q, 0}, b));
    return pair_fast_sum(q, remainder.hi / b.hi);
}

/* a / b, rounded to a double almost correctly. */
static inline double pair_quotient(pair a, pair b)
{
    const double q = a.hi / b.hi;
    const double remainder = fma(-q, b.hi, a.hi) + (a.lo - q * b.lo);
    return q + remainder / b.hi;
}

/* coefficients[0] + coefficients[1] x + ..., `count` terms, by Horner's rule. */
static inline pair pair_polynomial(const double *coefficients, int count, pair x)
{
    pair sum = {coefficients[count - 1], 0};
    for (int i = count - 2; i >= 0; i--)
        sum = pair_add(pair_multiply(sum, x), (pair){coefficients[i], 0});
    return sum;
}

#endif
