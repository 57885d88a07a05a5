/*
 * The back end in C loops: for builds without a BLAS, for sanitizers, which see every access, and as the
 * oracle of the tree. Every sum starts at beta C and adds in ascending order, one rounding an operation.
 */
#include "engine/blas.h"
#include "engine/blas_backend.h"
#include "engine/blas_info.h"

#include <math.h>

#include "base/real32.h"
#include "engine/blas_plain_tmpl.h"
#include "base/real64.h"
#include "engine/blas_plain_tmpl.h"

void mlpi_blas_info(struct mlpi_blas_info *info)
{
    *info = (struct mlpi_blas_info){
        .implementation = "plain", .threading = "serial", .file = "inside libmlp", .threads = 1};
}

/* Loops need no preparation. */
void mlpi_blas_prepare(void) {}
