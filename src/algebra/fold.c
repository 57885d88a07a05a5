/*
 * With y_0 = S u + t for what the model reads, u = W (x - m),
 *
 *     A_1 y_0 + b_1 = (A_1 G) x + (b_1 + A_1 c),    G = S W,   c = t - G m
 *
 * in double, rounded once.
 */
#include "algebra/fold.h"
#include "algebra/matrix.h"
#include "algebra/rebuild.h"
#include "base/error.h"
#include "engine/blas.h"

#include <math.h>

/* G and c. */
typedef struct affine {
    mlpi_matrix G, c;
} affine;

static void affine_release(affine *map)
{
    mlpi_matrix_release(&map->G);
    mlpi_matrix_release(&map->c);
}

#include "base/real32.h"
#include "algebra/fold_tmpl.h"
#include "base/real64.h"
#include "algebra/fold_tmpl.h"
