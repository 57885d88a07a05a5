/**
 * @file
 * Activations of the peers that have none of their own. Two files implement them: activate_libm.c as one writes them with
 * <math.h>, activate_mlp.c with libmlp.
 */
#ifndef PEERS_ACTIVATE_H
#define PEERS_ACTIVATE_H

#include <stdbool.h>
#include <stdint.h>

struct activate;

/** The activation of a name; NULL if there is none. */
const struct activate *activate_find(const char *name);

/** y = sigma(z) for n values; in place is fine. */
void activate_value(const struct activate *activate, int64_t n, const float *z, float *y);

/** delta *= sigma'(z), which may be computed from y = sigma(z). */
void activate_pull(const struct activate *activate, int64_t n, const float *z, const float *y, float *delta);

/** Whether the derivative needs z. */
bool activate_needs_z(const struct activate *activate);

#endif
