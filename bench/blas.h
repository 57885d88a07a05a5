/**
 * @file
 * The BLAS libraries of the machine on the products of a network's layers, and libmlp's passes on each of them.
 */
#ifndef BENCH_BLAS_H
#define BENCH_BLAS_H

#include "blas_place.h"
#include "child.h"
#include "dots.h"

enum { BLAS_MOST = DOTS_SERIES, BLAS_LABEL = 48, BLAS_SETTING = 640 };

/** A library with one choice of kernels: as shipped, or those that suit the processor. */
struct blas_variant {
    char label[BLAS_LABEL];
    char place[BLAS_SETTING]; /**< LD_LIBRARY_PATH=... */
    const char *core;         /**< a setting, or NULL for what the library takes of its own */
};

/** All of them, with their processes. */
struct blas_team {
    int count;
    struct blas_variant variant[BLAS_MOST];
    struct child products[BLAS_MOST], passes[BLAS_MOST];
};

/** One problem: a product or a pass. */
struct blas_row {
    char problem[PROBLEM_TEXT_SIZE];
    char section[DOTS_TEXT]; /**< such as "gemm" or "train" */
    char group[DOTS_TEXT], label[DOTS_TEXT];
    bool pass;
    double flop;
    double gflops[BLAS_MOST]; /**< NaN where there is none or the answer is wrong */
    double residual[BLAS_MOST], spread[BLAS_MOST];
};

/** Find and start all there are. Returns how many. */
int blas_team_start(struct blas_team *team, int threads);

/** End them. */
void blas_team_stop(struct blas_team *team);

/** Measure a row, the libraries in turns. */
void blas_measure(struct blas_team *team, bool quick, struct blas_row *row);

/** Draw the rows, a panel a section. Returns NULL, or why it could not be written. */
const char *blas_plot(const char *path, const struct blas_team *team, const struct blas_row *rows, int count);

#endif
