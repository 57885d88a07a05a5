#include "engine/route.h"
#include "engine/columns.h"

/* Multiply-adds from which a pass over few samples is worth a barrier after every layer. */
enum { BANDWIDTH = 500000 };

int32_t mlpi_route_unit_threads(int64_t n_out, int32_t threads)
{
    return n_out < 2 * MLPI_ROUTE_UNITS * (int64_t)threads ? 1 : threads;
}

#include "base/real32.h"
#include "engine/route_tmpl.h"
#include "base/real64.h"
#include "engine/route_tmpl.h"
