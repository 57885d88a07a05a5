/**
 * @file
 * Predictions against targets as a picture.
 */
#ifndef CLI_SCATTER_CHART_H
#define CLI_SCATTER_CHART_H

#include "canvas.h"
#include "dataset.h"
#include "score.h"

/** Draw the predictions of a score over the targets of its data set into a box. */
void scatter_chart_draw(struct canvas *canvas, struct box box, const struct dataset *set,
                        const struct score *score);

#endif
