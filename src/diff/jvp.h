/* Jacobian-vector products (math: forward mode). */
#ifndef MLPI_DIFF_JVP_H
#define MLPI_DIFF_JVP_H

#include "model/workspace.h"

#include "base/real32.h"
#include "diff/jvp_decl_tmpl.h"
#include "base/real64.h"
#include "diff/jvp_decl_tmpl.h"

#endif
