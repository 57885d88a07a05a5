#include "engine/alone.h"
#include "engine/float_mode.h"

/* One layer is left to others: y may be x, and is written before all of x has been read. */
static int can_run_alone(const mlpi_chain *chain)
{
    const mlpi_plan *plan = chain->plan;
    if (!plan->kernels || plan->pool || plan->common_order || chain->count == 1)
        return 0;
    for (int32_t l = 0; l < chain->count; l++)
        if (chain->layers[l].activation->custom)
            return 0;
    return 1;
}

#include "base/real32.h"
#include "engine/alone_tmpl.h"
#include "base/real64.h"
#include "engine/alone_tmpl.h"
