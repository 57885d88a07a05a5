/**
 * @file
 * The least time a problem can take on this machine: the larger of what its arithmetic and what its data take.
 *
 *     arithmetic = FMA count / FMA rate + activation count x activation cost
 *     data       = bytes / bandwidth of the level that holds them
 *
 * The cost of a tanh-like activation is fixed at 0.20 ns (f32) and 1.0 ns (f64) on a core of 176 and 88 GFLOP/s, and scaled
 * with the measured FMA peak, so that a slow activation cannot flatter the figure; one like relu costs nothing.
 *
 * Every byte is counted once a call: parameters, inputs, outputs or targets. They come at the speed of reading; the update of
 * a training step reads and writes the parameters once more, at the speed of an update.
 */
#ifndef BENCH_LIMIT_H
#define BENCH_LIMIT_H

#include "peak.h"
#include "problem.h"

/** A limit in its parts, in seconds, and the level the data are in. */
struct limit {
    double products, activations, data, seconds;
    int level;
};

/** The limit of a problem on a machine. */
void limit_compute(const struct problem *problem, const struct peak *peak, struct limit *limit);

/** The level that holds so many bytes. */
int limit_level(const struct peak *peak, double bytes);

#endif
