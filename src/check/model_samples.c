/* Derivatives of each sample: gradients against the reference; what is told without them, against what they say. */
#include "check/model.h"
#include "base/error.h"
#include "base/memory.h"
#include "diff/sample.h"

#include <math.h>

static mlp_status out_of_memory(void)
{
    return mlpi_fail(MLP_ERR_MEMORY, "a check: cannot allocate its arrays");
}

/* Gradients of all samples are not formed where they are more values than that. */
static const int64_t most_elements = (int64_t)1 << 24;

/* Bounds of what is compared with formed gradients. */
static const double told = 16;

#include "base/real32.h"
#include "check/model_tools_tmpl.h"
#include "check/model_samples_tmpl.h"
#include "base/real64.h"
#include "check/model_tools_tmpl.h"
#include "check/model_samples_tmpl.h"
