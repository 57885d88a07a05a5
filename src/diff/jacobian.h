/* Jacobians of a layer's output: with respect to an earlier output, a bias, a weight matrix (F1 to F9). */
#ifndef MLPI_DIFF_JACOBIAN_H
#define MLPI_DIFF_JACOBIAN_H

#include "model/workspace.h"

/* What y_to is differentiated with respect to. */
typedef enum mlpi_variable {
    MLPI_BY_OUTPUT, /* y_{layer-1} */
    MLPI_BY_BIAS,   /* b_layer */
    MLPI_BY_WEIGHT  /* A_layer, its columns one after the other */
} mlpi_variable;

#include "base/real32.h"
#include "diff/jacobian_decl_tmpl.h"
#include "base/real64.h"
#include "diff/jacobian_decl_tmpl.h"

#endif
