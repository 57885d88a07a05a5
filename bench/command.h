/**
 * @file
 * The commands of the program. Each takes its own argc and argv, argv[0] being "mlp-bench <name>", and returns an exit
 * status of report.h.
 */
#ifndef BENCH_COMMAND_H
#define BENCH_COMMAND_H

#include "peak.h"

#include <stdio.h>

/** One problem; argv[0] ends in the work. */
int command_problem(int argc, char **argv);

/** One call of the menu of derivatives, or all of them; argv[0] ends in its name. */
int command_derivative(int argc, char **argv);
int command_grid(int argc, char **argv);
int command_blas(int argc, char **argv);
int command_learn(int argc, char **argv);

/** Steps of Levenberg-Marquardt beside dsyrk. */
int command_marquardt(int argc, char **argv);

/** Answer a driver on stdin and stdout: libmlp on problems, this process's BLAS on products. */
int command_serve(int argc, char **argv);
int command_serve_products(int argc, char **argv);

/** Print the limits, two lines. */
void command_print_peak(FILE *stream, const struct peak *peak);

#endif
