/* Products with the Hessian and the Gauss-Newton matrix of a loss in theta, and Hessians in x. */
#ifndef MLPI_DIFF_HESSIAN_H
#define MLPI_DIFF_HESSIAN_H

#include "loss/loss.h"
#include "model/workspace.h"

#include "base/real32.h"
#include "diff/hessian_decl_tmpl.h"
#include "base/real64.h"
#include "diff/hessian_decl_tmpl.h"

#endif
