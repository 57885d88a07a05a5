/**
 * @file
 * A picture of panels, each with points along the x axis and a disc per series on a logarithmic y axis.
 */
#ifndef BENCH_DOTS_H
#define BENCH_DOTS_H

enum { DOTS_SERIES = 24, DOTS_TEXT = 96 };

/** A place on the x axis; its series' values, NaN for none. */
struct dots_point {
    char label[DOTS_TEXT]; /**< below the axis */
    char group[DOTS_TEXT]; /**< below that, where it differs from the one before */
    double value[DOTS_SERIES];
};

/** A panel. Values beyond its range are drawn at its border. */
struct dots_panel {
    char title[DOTS_TEXT];
    int low, high; /**< the range is 2^low to 2^high */
    int line;      /**< 2^line is emphasised, where it lies within */
    const struct dots_point *point;
    int points;
};

/**
 * Write the picture as PNG.
 *
 * @param names  of the series, at most DOTS_SERIES
 * @return NULL, or why it could not be written
 */
const char *dots_write(const char *path, const struct dots_panel *panel, int panels, const char *const *names,
                       int series);

#endif
