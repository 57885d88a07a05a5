/* Stretches of samples and directions that fit the scratch matrices together. */
#ifndef MLPI_DIFF_BLOCK_H
#define MLPI_DIFF_BLOCK_H

#include <stdint.h>

/* Directions are columns or rows of a Jacobian, of every one of the samples. */
typedef struct mlpi_block {
    int64_t sample, samples;
    int64_t direction, directions;
} mlpi_block;

/* The block after `last` among batch x total, at most `columns` at a time: all directions of some samples, or some of one. */
static inline mlpi_block mlpi_next_block(mlpi_block last, int64_t batch, int64_t total, int64_t columns)
{
    mlpi_block next = {last.sample, 1, last.direction + last.directions, 0};
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

#endif
