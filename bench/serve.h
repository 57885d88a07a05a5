/**
 * @file
 * The other side of child.h: a program that answers a driver, line by line.
 *
 *     (at the start)     peer NAME AND VERSION
 *     problem TEXT       ready RESIDUAL | wrong RESIDUAL | skip REASON
 *     run N              seconds S          of N runs of the problem that is ready
 *     quit               (ends)
 */
#ifndef BENCH_SERVE_H
#define BENCH_SERVE_H

#include <stdio.h>

/** Answer until the input ends. Returns an exit status. */
int serve(FILE *input, FILE *output);

#endif
