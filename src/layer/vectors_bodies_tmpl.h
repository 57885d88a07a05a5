/* Template: every kind over one vector, in the number type and with the ranges set by the includer (vectors_set.h). */
#include "layer/vectors_exp_tmpl.h"
#include "layer/vectors_piecewise_tmpl.h"
#include "layer/vectors_logistic_tmpl.h"
#include "layer/vectors_elementary_tmpl.h"
#include "layer/vectors_gated_tmpl.h"
#include "layer/vectors_gelu_tmpl.h"
#include "layer/vectors_sine_tmpl.h"

#undef FAR
#undef FINITE
#undef LIFT
#undef UNLIFT
#undef LIFTED_FINITE
#undef EXP_IS_0
#undef EXP_IS_INFINITE
#undef TANH_IS_1
#undef GAUSSIAN_IS_0
#undef LIFTED_GAUSSIAN
#undef SOFTSIGN_IS_1
#undef SOFTSIGN_SLOPE_IS_0
#undef LIFTED_ROOM
#undef GELU_TANH_LEFT
#undef GELU_TANH_RIGHT
#undef MISH_IS_Z
#undef GELU_TAIL_IS_0
#undef SINE_RANGE
