#include "diff/hessian.h"
#include "diff/jet.h"
#include "diff/jvp.h"
#include "diff/vjp.h"

#include <string.h>

#include "base/real32.h"
#include "diff/hessian_tmpl.h"
#include "base/real64.h"
#include "diff/hessian_tmpl.h"
