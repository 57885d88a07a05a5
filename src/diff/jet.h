/* Jets of a model at the remembered pass, and their reverse; see engine/jet.h for the recursions. */
#ifndef MLPI_DIFF_JET_H
#define MLPI_DIFF_JET_H

#include "model/workspace.h"

#include "base/real32.h"
#include "diff/jet_decl_tmpl.h"
#include "base/real64.h"
#include "diff/jet_decl_tmpl.h"

#endif
