/*
 * The path every sweep can take: products layer by layer, with the activations applied between them.
 */
#include "engine/chain.h"
#include "engine/blas.h"
#include "engine/deltas.h"
#include "engine/float_mode.h"

#include <string.h>

/*
 * What threads share: whole groups of samples, or groups of units; a part of a layer has the chains of the whole, as it
 * is wide. BANDWIDTH: multiply-adds from which a pass over few samples is worth a barrier after every layer.
 */
enum { SAMPLES = 16, UNITS = 128, BANDWIDTH = 500000 };

double mlpi_chain_work(const mlpi_chain *chain, int64_t batch)
{
    double weights = 0;
    for (int32_t l = 0; l < chain->count; l++)
        weights += (double)chain->layers[l].n_in * (double)chain->layers[l].n_out;
    return weights * (double)batch;
}

/* The native engine runs the whole chain by itself: no activation is a callback. */
static int is_native(const mlpi_chain *chain)
{
    for (int32_t l = 0; l < chain->count; l++)
        if (chain->layers[l].activation->custom)
            return 0;
    return chain->plan->kernels != NULL;
}

/* Native kernels take subnormal numbers for zero; a BLAS is left alone. */
static uint64_t enter(const mlpi_plan *plan)
{
    return plan->kernels ? mlpi_flush_subnormals() : 0;
}

static void leave(const mlpi_plan *plan, uint64_t mode)
{
    if (plan->kernels)
        mlpi_restore_mode(mode);
}

#include "base/real32.h"
#include "engine/affine_tmpl.h"
#include "engine/slope_tmpl.h"
#include "engine/sweep_tmpl.h"
#include "engine/deltas_tmpl.h"

#include "base/real64.h"
#include "engine/affine_tmpl.h"
#include "engine/slope_tmpl.h"
#include "engine/sweep_tmpl.h"
#include "engine/deltas_tmpl.h"
