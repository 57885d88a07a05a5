/**
 * @file
 * Pictures: of a training run, learning curves on the left, what came out on the right; of a chart alone.
 */
#ifndef CLI_PICTURE_H
#define CLI_PICTURE_H

#include "chart.h"
#include "dataset.h"
#include "names.h"
#include "score.h"
#include "training.h"

/** Whether this program can make pictures. */
bool picture_available(void);

/**
 * Write the picture as PNG.
 *
 * @param history  at least one epoch
 * @param set      what the score is of
 * @return an exit status
 */
int picture_write(const char *path, const struct history *history, const struct dataset *set,
                  const struct score *score, const struct names *classes);

/** Write one chart as PNG. Returns an exit status. */
int picture_write_chart(const char *path, const struct chart *chart);

#endif
