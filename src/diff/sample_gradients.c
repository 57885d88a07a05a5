#include "diff/sample.h"
#include "diff/sweep.h"

#include "base/real32.h"
#include "diff/sample_gradients_tmpl.h"
#include "base/real64.h"
#include "diff/sample_gradients_tmpl.h"
