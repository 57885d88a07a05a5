/**
 * @file
 * What the points of a grid come to: geometric means of ratios, points ahead, the worst points.
 */
#ifndef BENCH_GRID_SUMMARY_H
#define BENCH_GRID_SUMMARY_H

#include "grid.h"

enum { SUMMARY_GROUPS = 8, SUMMARY_WORST = 10 };

/** One peer, or the best of a kind at every point. */
struct summary_line {
    const char *name;
    double ratio;      /**< geometric mean of its time over libmlp's */
    int points, ahead; /**< compared, and those at which libmlp takes less */
};

/** The points of one work and number of threads. */
struct summary {
    enum work work;
    int threads, points;
    double fraction; /**< geometric mean of the fractions of the limit libmlp reaches */
    int lines;
    struct summary_line line[GRID_PEERS + 2];
};

/** Make the summaries; returns how many groups there are, at most SUMMARY_GROUPS. */
int summary_make(const struct grid_point *points, int count, struct summary *summary);

/** The points with the least ratio of the best library, least first; returns how many, at most SUMMARY_WORST. */
int summary_worst(const struct grid_point *points, int count, const struct grid_point **worst);

#endif
