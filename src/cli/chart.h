/**
 * @file
 * Charts of curves or points over an x axis: axes, grid, legend.
 */
#ifndef CLI_CHART_H
#define CLI_CHART_H

#include "axis.h"
#include "canvas.h"
#include "palette.h"

/** One curve. */
struct curve {
    const char *name; /**< for the legend; NULL for none */
    const double *y;  /**< one per x; values that are not finite are left out */
    struct colour colour;
    bool points; /**< no line between them */
};

/** A chart. */
struct chart {
    const char *title, *x_label, *y_label;
    const double *x;
    long count;
    const struct curve *curve;
    int curves;
    bool integer_x;
    bool log_x, log_y; /**< logarithmic axes, which leave out values that are not > 0 */
};

/** Draw a chart into a box, title and labels included. */
void chart_draw(struct canvas *canvas, struct box box, const struct chart *chart);

/** Draw title, axes, ticks, labels and grid; returns the box of the plot itself. */
struct box chart_draw_axes(struct canvas *canvas, struct box box, const struct chart *chart,
                           const struct axis *x, const struct axis *y);

#endif
