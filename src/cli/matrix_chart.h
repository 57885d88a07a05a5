/**
 * @file
 * The confusion matrix as a picture.
 */
#ifndef CLI_MATRIX_CHART_H
#define CLI_MATRIX_CHART_H

#include "canvas.h"
#include "names.h"
#include "score.h"

/** Draw the confusion matrix of a score into a box. */
void matrix_chart_draw(struct canvas *canvas, struct box box, const struct score *score,
                       const struct names *classes);

#endif
