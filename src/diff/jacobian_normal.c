#include "diff/jacobian.h"
#include "diff/sweep.h"
#include "engine/blas.h"

#include "base/real32.h"
#include "diff/jacobian_normal_tmpl.h"
#include "base/real64.h"
#include "diff/jacobian_normal_tmpl.h"
