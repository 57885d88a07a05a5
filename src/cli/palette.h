/**
 * @file
 * The colours of curves. They are here, and not with the charts, as the program without Cairo names them too.
 */
#ifndef CLI_PALETTE_H
#define CLI_PALETTE_H

#include "canvas.h"

/** The colours of first and second curves. */
extern const struct colour chart_blue, chart_orange;

/** The colour of curve 0, 1, ...; they recur. */
struct colour chart_colour(int curve);

#endif
