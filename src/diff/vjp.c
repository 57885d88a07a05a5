#include "diff/vjp.h"

#include "base/real32.h"
#include "diff/vjp_tmpl.h"
#include "base/real64.h"
#include "diff/vjp_tmpl.h"
