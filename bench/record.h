/**
 * @file
 * A measured problem as a line of JSON.
 */
#ifndef BENCH_RECORD_H
#define BENCH_RECORD_H

#include "limit.h"

#include <stdio.h>

/** A measurement. Texts that are NULL and numbers that are NaN are left out of the line. */
struct record {
    const struct problem *problem;
    const char *net, *peer, *kind; /**< of the grid; kind is "own", "library" or "composite" */
    double us, gflops, limit_us, residual;
    double spread;     /**< of the samples: the middle half's width over the median */
    double ratio;      /**< of the time to libmlp's, or to that of its gradient, beside it */
    double fma_gflops; /**< the measured peak of the same number type and threads */
};

/** A record with the figures that follow from a time and the machine's limits. */
struct record record_make(const struct problem *problem, const struct peak *peak, double seconds,
                          double residual, double spread);

/** Write the line. */
void record_write(FILE *stream, const struct record *record);

/** Write a text as a JSON string. */
void record_write_string(FILE *stream, const char *text);

#endif
