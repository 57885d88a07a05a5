/*
 * The path every sweep can take: products layer by layer, with the activations applied between them.
 */
#include "engine/chain.h"
#include "engine/blas.h"
#include "engine/route.h"
#include "engine/deltas.h"
#include "engine/float_mode.h"

#include <string.h>

/*
 * What threads share in forward passes is decided by the route. Derivatives, whose chains do not depend on the width but for a
 * single column, are shared more finely: GROUP columns or a PANEL of units. BARRIER: multiply-adds that a barrier is worth.
 */
enum { SAMPLES = MLPI_ROUTE_SAMPLES, UNITS = MLPI_ROUTE_UNITS, GROUP = 8, PANEL = 64, BARRIER = 50000 };

double mlpi_chain_work(const mlpi_chain *chain, int64_t batch)
{
    double weights = 0;
    for (int32_t l = 0; l < chain->count; l++)
        weights += (double)chain->layers[l].n_in * (double)chain->layers[l].n_out;
    return weights * (double)batch;
}

int mlpi_chain_is_native(const mlpi_chain *chain)
{
    return chain->plan->kernels != NULL && !chain->plan->calls_back;
}

int32_t mlpi_chain_threads(const mlpi_chain *chain, int64_t batch, double passes)
{
    return mlpi_chain_is_native(chain)
               ? mlpi_plan_threads(chain->plan, passes * mlpi_chain_work(chain, batch))
               : 1;
}

/* mlpi_plan_share() without a call where there is nothing to share. */
static inline void share(int64_t total, int64_t unit, int32_t index, int32_t count, int64_t *from,
                         int64_t *to)
{
    *from = 0;
    *to = total;
    if (count > 1)
        mlpi_plan_share(total, unit, index, count, from, to);
}

/* The units from .. to - 1 of a layer of n for thread `index`. `single`: one column, whose chains depend on n. */
static void share_units(int64_t n, int single, int32_t index, int32_t count, int64_t *from, int64_t *to)
{
    const int whole = single && mlpi_route_unit_threads(n, count) == 1;
    mlpi_plan_share(n, single ? UNITS : PANEL, whole ? 0 : index, whole ? 1 : count, from, to);
    if (whole && index > 0)
        *to = *from;
}

/* Rows of a thread's part of a matrix of n: all of them, or by units its share. */
static inline void own_rows(int64_t n, int single, int by_units, int32_t index, int32_t count,
                            mlpi_part *part)
{
    int64_t end = n;
    part->row = 0;
    if (by_units)
        share_units(n, single, index, count, &part->row, &end);
    part->rows = end - part->row;
}

/* How a sweep is shared out: by columns, or few columns by units. */
typedef struct sharing {
    int32_t threads;
    int by_units;
} sharing;

/*
 * A sweep of `columns` columns, layers low + 1 .. high, `products` with each of them; layers of `least` units are shared.
 * By columns every thread reads all weights, and in reverse transposes them, which a share of MANY columns outweighs.
 */
static sharing share_sweep(const mlpi_chain *chain, int32_t low, int32_t high, int64_t columns, int products,
                           int reverse, int64_t least)
{
    enum { MANY = 64 };
    const mlpi_plan *plan = chain->plan;
    double work = 0, wide = 0;
    if (!plan->pool || !plan->kernels)
        return (sharing){1, 0};
    for (const mlpi_layer *layer = chain->layers + low; layer < chain->layers + high; layer++) {
        const double product =
            (double)layer->n_in * (double)layer->n_out * (double)columns * (double)products;
        work += product;
        wide += (reverse ? layer->n_in : layer->n_out) < least ? -BARRIER : product - BARRIER;
    }
    const int32_t most = mlpi_plan_threads(plan, work), by_units = mlpi_plan_threads(plan, wide);
    const int64_t groups = columns / (2 * GROUP);
    const int enough = groups >= most && (!reverse || wide < 0.9 * work || columns >= MANY * most);
    if (enough || by_units == 1)
        return (sharing){groups >= most ? most : groups > 1 ? (int32_t)groups : 1, 0};
    return (sharing){by_units, 1};
}

#include "base/real32.h"
#include "engine/native_tmpl.h"
#include "engine/affine_tmpl.h"
#include "engine/reverse_tmpl.h"
#include "engine/slope_tmpl.h"
#include "engine/sweep_tmpl.h"
#include "engine/tangent_tmpl.h"
#include "engine/deltas_tmpl.h"

#include "base/real64.h"
#include "engine/native_tmpl.h"
#include "engine/affine_tmpl.h"
#include "engine/reverse_tmpl.h"
#include "engine/slope_tmpl.h"
#include "engine/sweep_tmpl.h"
#include "engine/tangent_tmpl.h"
#include "engine/deltas_tmpl.h"
