/* Random problem specs that mix everything: depth, widths, an activation and parameter per layer, batch, scaling. */
#ifndef TESTS_SUPPORT_RANDOM_SPEC_H
#define TESTS_SUPPORT_RANDOM_SPEC_H

#include "support/problem.h"

/* Widths are mostly small; now and then one is up to `widest`. Batches are up to `most_samples`. */
problem_spec random_spec(draw *draw, uint64_t seed, int64_t widest, int64_t most_samples);

#endif
