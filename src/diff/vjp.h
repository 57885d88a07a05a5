/* Vector-Jacobian products (math: reverse mode). */
#ifndef MLPI_DIFF_VJP_H
#define MLPI_DIFF_VJP_H

#include "model/workspace.h"

#include "base/real32.h"
#include "diff/vjp_decl_tmpl.h"
#include "base/real64.h"
#include "diff/vjp_decl_tmpl.h"

#endif
