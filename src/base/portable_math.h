/*
 * Logarithm and cosine whose bits are the same on every machine: additions, multiplications, divisions and
 * square roots of IEEE doubles in a fixed order, never a call whose result depends on the C library. The
 * tree is compiled with -ffp-contract=off; contraction into fused multiply-adds would change the bits.
 */
#ifndef MLPI_BASE_PORTABLE_MATH_H
#define MLPI_BASE_PORTABLE_MATH_H

#include <float.h>

_Static_assert(FLT_EVAL_METHOD == 0, "double arithmetic must round to double: compile for SSE2, not x87");

/* log x for a positive, normal, finite x; error below 1 unit in the last place. */
double mlpi_log(double x);

/*
 * cos(2 pi turns) for 0 <= turns <= 1, a multiple of 2^-53: the argument is reduced without rounding, so the
 * relative error stays below 2 units in the last place even beside the zeros.
 */
double mlpi_cos_turns(double turns);

#endif
