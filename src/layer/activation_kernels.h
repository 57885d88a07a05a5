/*
 * The eight loops of the activation SIGMA. Meant to be included many times, each after defining
 *
 *     SIGMA      the name the scalar functions SIGMA_0 to SIGMA_3 begin with
 *     STRAIGHT   if it is piecewise linear and has only SIGMA_0 and SIGMA_1
 *     ARGUMENTS  what they are called with, if that is not just `t`, the element; `p` is the parameter
 *
 * t and p have the number type of the loop; the scalar functions take and return double.
 */
#ifndef ARGUMENTS
#define ARGUMENTS t
#endif

#include "base/real32.h"
#include "layer/activation_kernels_tmpl.h"
#include "base/real64.h"
#include "layer/activation_kernels_tmpl.h"

#undef SIGMA
#undef STRAIGHT
#undef ARGUMENTS
