/*
 * Which way a forward pass goes. Passes ask before they run and descriptions ask what passes would be told: nothing else
 * decides it. The answer is a function of the plan, the chain's shape and the batch; no parameter is read.
 */
#ifndef MLPI_ENGINE_ROUTE_H
#define MLPI_ENGINE_ROUTE_H

#include "engine/chain.h"

/*
 * What threads share: whole groups of samples, or groups of units; a part of a layer has the chains of the whole, as it
 * is wide.
 */
enum { MLPI_ROUTE_SAMPLES = 16, MLPI_ROUTE_UNITS = 128 };

/* At most so many candidates: three paths with 1, 2, 4, ... threads and all there are. */
enum { MLPI_ROUTE_CANDIDATES = 3 * 11 };

/* How many of `threads` threads share a layer of n_out units. */
int32_t mlpi_route_unit_threads(int64_t n_out, int32_t threads);

#include "base/real32.h"
#include "engine/route_decl_tmpl.h"
#include "base/real64.h"
#include "engine/route_decl_tmpl.h"

#endif
