/* The two ways into the reverse sweep over every Delta_l: a cotangent for each sample, or each output of each sample. */
#ifndef MLPI_DIFF_SWEEP_H
#define MLPI_DIFF_SWEEP_H

#include "diff/block.h"
#include "engine/deltas.h"
#include "model/workspace.h"

#include "base/real32.h"
#include "diff/sweep_decl_tmpl.h"
#include "base/real64.h"
#include "diff/sweep_decl_tmpl.h"

#endif
