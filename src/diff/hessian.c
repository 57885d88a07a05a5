#include "diff/hessian.h"
#include "diff/jet.h"
#include "diff/jvp.h"
#include "diff/vjp.h"

#include <string.h>

_Static_assert((int)MLPI_LOSS_POINT_SCRATCH == (int)MLPI_LOSS_SCRATCH,
               "what a loss that calls back is given");

#include "base/real32.h"
#include "diff/hessian_tmpl.h"
#include "base/real64.h"
#include "diff/hessian_tmpl.h"
