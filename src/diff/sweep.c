#include "diff/sweep.h"

#include <string.h>

#include "base/real32.h"
#include "diff/sweep_tmpl.h"
#include "base/real64.h"
#include "diff/sweep_tmpl.h"
