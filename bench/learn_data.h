/**
 * @file
 * Data sets of Debian packages, in memory.
 */
#ifndef BENCH_LEARN_DATA_H
#define BENCH_LEARN_DATA_H

#include "dataset.h"

/** Where a package has its data, and its name. */
struct learn_package {
    const char *name, *directory;
};

extern const struct learn_package learn_fann, learn_sklearn, learn_fashion_mnist;

enum { LEARN_PATH = 512 };

/** The path of a package's file. Returns CLI_OK, or CLI_USAGE after saying which package to install. */
int learn_find(const struct learn_package *package, const char *file, char path[LEARN_PATH]);

/**
 * Append a file of FANN's text format: the numbers of samples, inputs and outputs, then the values of each sample.
 *
 * @param set  begun where it is zero, else of the same widths
 * @return an exit status
 */
int learn_read_fann(const char *path, mlp_dtype dtype, struct dataset *set);

/**
 * Read a file of comma-separated numbers, the last of them a class.
 *
 * @param heading  the first line is not a sample
 * @param first    column of the first input
 * @param count    of inputs
 * @param set      labelled, and with a target of 1 for the class and 0 for the others; dataset_clear() is due
 * @return an exit status
 */
int learn_read_classes(const char *path, mlp_dtype dtype, bool heading, int64_t first, int64_t count,
                       int64_t classes, struct dataset *set);

/** Scale and shift that bring every row of the inputs to -1 .. 1, set in the model. */
mlp_status learn_scale_inputs(mlp_model *model, const struct dataset *set);

/** Scale and shift that bring every row of the inputs to mean 0 and deviation 1, set in the model. */
mlp_status learn_standardize_inputs(mlp_model *model, const struct dataset *set);

/** y = (1 + y_L) / 2: the targets 0 and 1 are where tanh ends. */
mlp_status learn_halve_outputs(mlp_model *model);

#endif
