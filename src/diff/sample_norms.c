#include "diff/sample.h"
#include "diff/sweep.h"

#include <math.h>
#include <string.h>

#include "base/real32.h"
#include "diff/sample_norms_tmpl.h"
#include "base/real64.h"
#include "diff/sample_norms_tmpl.h"
