/*
 * The reverse sweep that shows every Delta_l on its way, and the pieces a gradient is made of: what derivatives per
 * sample and Jacobians by parameters are built from. All run on the caller's thread.
 */
#ifndef MLPI_ENGINE_DELTAS_H
#define MLPI_ENGINE_DELTAS_H

#include "engine/chain.h"

#include "base/real32.h"
#include "engine/deltas_decl_tmpl.h"
#include "base/real64.h"
#include "engine/deltas_decl_tmpl.h"

#endif
