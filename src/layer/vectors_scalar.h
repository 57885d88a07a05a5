/* The functions of vectors.h for the activation SIGMA of id SIGMA_ID in both number types, from its scalar kernels. */
#include "base/real32.h"
#include "layer/vectors_scalar_tmpl.h"
#include "base/real64.h"
#include "layer/vectors_scalar_tmpl.h"
#undef SIGMA
#undef SIGMA_ID
