/*
 * The generic path: every sweep as products by BLAS, with the activations applied between them.
 */
#include "engine/chain.h"
#include "engine/blas.h"

#include <string.h>

#include "base/real32.h"
#define REAL_KERNELS f32
#include "engine/affine_tmpl.h"
#include "engine/slope_tmpl.h"
#include "engine/sweep_tmpl.h"

#include "base/real64.h"
#undef REAL_KERNELS
#define REAL_KERNELS f64
#include "engine/affine_tmpl.h"
#include "engine/slope_tmpl.h"
#include "engine/sweep_tmpl.h"
