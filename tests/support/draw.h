/* Random numbers for tests: splitmix64, so that a seed names a case on every machine. */
#ifndef TESTS_SUPPORT_DRAW_H
#define TESTS_SUPPORT_DRAW_H

#include <stdint.h>

typedef struct draw {
    uint64_t state;
} draw;

static inline uint64_t draw_bits(draw *d)
{
    uint64_t z = d->state += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

/* Uniform in [lo, hi). */
static inline double draw_real(draw *d, double lo, double hi)
{
    return lo + (hi - lo) * (double)(draw_bits(d) >> 11) * 0x1p-53;
}

/* Uniform in lo .. hi. */
static inline int64_t draw_int(draw *d, int64_t lo, int64_t hi)
{
    return lo + (int64_t)(draw_bits(d) % (uint64_t)(hi - lo + 1));
}

static inline int draw_chance(draw *d, double probability)
{
    return draw_real(d, 0, 1) < probability;
}

static inline double draw_sign(draw *d)
{
    return draw_chance(d, 0.5) ? 1 : -1;
}

#endif
