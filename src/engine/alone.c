#include "engine/alone.h"
#include "engine/float_mode.h"

/* One layer is left to others: y may be x, and is written before all of x has been read. */
static int can_run_alone(const mlpi_chain *chain)
{
    const mlpi_plan *plan = chain->plan;
    return mlpi_chain_is_native(chain) && !plan->pool && !plan->common_order && chain->count > 1;
}

#include "base/real32.h"
#include "engine/alone_tmpl.h"
#include "base/real64.h"
#include "engine/alone_tmpl.h"
