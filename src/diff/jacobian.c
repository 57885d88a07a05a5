#include "diff/jacobian.h"
#include "diff/block.h"

#include <string.h>

enum { STORE = 32 }; /* multiply-adds that storing an element of a Jacobian is worth */

/* Flop per sample of a product with each of layers first .. last. */
static double chain_cost(const mlpi_architecture *architecture, int32_t first, int32_t last)
{
    double cost = 0;
    for (int32_t l = first; l <= last; l++)
        cost += 2.0 * (double)architecture->widths[l - 1] * (double)architecture->widths[l];
    return cost;
}

/* Forward mode needs no product with the layer it starts in. */
static int forward_is_cheaper(const mlpi_architecture *architecture, int32_t to, int32_t layer,
                              int64_t inputs)
{
    return (double)inputs * chain_cost(architecture, layer + 1, to) <=
           (double)architecture->widths[to] * chain_cost(architecture, layer, to);
}

#include "base/real32.h"
#include "diff/jacobian_tmpl.h"
#include "base/real64.h"
#include "diff/jacobian_tmpl.h"
