#include "diff/jvp.h"

#include "base/real32.h"
#include "diff/jvp_tmpl.h"
#include "base/real64.h"
#include "diff/jvp_tmpl.h"
