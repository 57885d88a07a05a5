#include "api/check.h"
#include "base/checked.h"
#include "base/error.h"
#include "diff/sample.h"
#include "mlp/sample.h"

#include <math.h>

#include "base/real32.h"
#include "api/sample_tmpl.h"
#include "base/real64.h"
#include "api/sample_tmpl.h"
