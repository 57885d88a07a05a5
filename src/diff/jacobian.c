#include "diff/jacobian.h"

#include <string.h>

enum { STORE = 32 }; /* multiply-adds that storing an element of a Jacobian is worth */

/* A stretch of samples and of directions (columns or rows of J) that fits the scratch matrices together. */
typedef struct block {
    int64_t sample, samples;
    int64_t direction, directions;
} block;

/* The block after `last` among batch x total, at most `columns` at a time: all directions of some samples, or some of one. */
static block next_block(block last, int64_t batch, int64_t total, int64_t columns)
{
    block next = {last.sample, 1, last.direction + last.directions, 0};
    if (next.direction >= total) {
        next.direction = 0;
        next.sample += last.samples;
    }
    int64_t left = total - next.direction, samples = columns / total;
    next.directions = left < columns ? left : columns;
    if (samples > 1)
        next.samples = samples < batch - next.sample ? samples : batch - next.sample;
    return next;
}

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
