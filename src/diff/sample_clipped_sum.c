#include "diff/sample.h"
#include "diff/sweep.h"

#include <math.h>

#include "base/real32.h"
#include "diff/sample_clipped_sum_tmpl.h"
#include "base/real64.h"
#include "diff/sample_clipped_sum_tmpl.h"
