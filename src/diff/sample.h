/*
 * Derivatives of each sample by itself: with y_bar the cotangents of a batch, g_s = (dy_s/dtheta)^T y_bar_s, which is
 * delta_l y_{l-1}^T and delta_l, rank one, for every layer.
 */
#ifndef MLPI_DIFF_SAMPLE_H
#define MLPI_DIFF_SAMPLE_H

#include "model/workspace.h"

#include "base/real32.h"
#include "diff/sample_decl_tmpl.h"
#include "base/real64.h"
#include "diff/sample_decl_tmpl.h"

#endif
