/**
 * @file
 * Activations for the reference loops: plain double, from the C library. Parameters have their defaults.
 */
#ifndef BENCH_SIGMA_H
#define BENCH_SIGMA_H

#include <stdbool.h>

/** An activation. */
struct sigma {
    const char *name;
    double (*value)(double z);
    double (*slope)(double z); /**< of the left piece at a kink */
    bool kinked;               /**< its slope jumps: rounding may change a gradient by more than rounding */
    bool curved;               /**< costs like a tanh, not like a relu */
};

/** The activation of a name; NULL if there is none. */
const struct sigma *sigma_find(const char *name);

#endif
