#include "diff/jacobian.h"
#include "diff/sweep.h"
#include "engine/blas.h"

#include <math.h>

enum { STORE = 32 }; /* multiply-adds that storing an element of a Jacobian is worth */

#include "base/real32.h"
#include "diff/jacobian_normal_tmpl.h"
#include "base/real64.h"
#include "diff/jacobian_normal_tmpl.h"
