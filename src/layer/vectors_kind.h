/* The functions of vectors.h for the activation SIGMA in both number types; meant to be included many times. */
#include "base/real32.h"
#include "layer/vectors_kind_tmpl.h"
#include "base/real64.h"
#include "layer/vectors_kind_tmpl.h"
#undef SIGMA
