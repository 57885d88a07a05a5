/*
 * The path every sweep can take: products layer by layer, with the activations applied between them.
 */
#include "engine/chain.h"
#include "engine/blas.h"
#include "engine/float_mode.h"

#include <string.h>

#include "base/real32.h"
#define REAL_KERNELS f32
#define REAL_KIND    f32
#include "engine/affine_tmpl.h"
#include "engine/slope_tmpl.h"
#include "engine/sweep_tmpl.h"

#include "base/real64.h"
#undef REAL_KERNELS
#undef REAL_KIND
#define REAL_KERNELS f64
#define REAL_KIND    f64
#include "engine/affine_tmpl.h"
#include "engine/slope_tmpl.h"
#include "engine/sweep_tmpl.h"
