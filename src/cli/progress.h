/**
 * @file
 * How training goes, on stdout: one line that is drawn again and again on a terminal, a line per epoch elsewhere.
 */
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

/** A training run being watched. */
struct progress {
    bool quiet, terminal;
    const char *quality_name; /**< such as "test accuracy" */
    bool percent;             /**< the quality is a share to be shown in percent */
    int64_t epochs, samples;  /**< in all; samples of an epoch */
    int64_t before;           /**< of the epochs, finished by a run before this one */
    /* private */
    double began, epoch_began, drawn;
    double loss, quality, speed;
    bool has_quality, line_open;
};

/** Begin to watch: the public members are set. */
void progress_begin(struct progress *progress);

/** @p seen samples of the epoch after @p finished ones are done, the last step's loss was @p loss. */
void progress_step(struct progress *progress, int64_t finished, int64_t seen, double loss);

/** The pass over the data is done: what follows is not counted in samples per second. */
void progress_pass(struct progress *progress, double loss);

/** An epoch is done; @p quality is NaN where nothing was measured. */
void progress_epoch(struct progress *progress, int64_t finished, double quality);

/** End the line on a terminal, so that other output can follow. Harmless at any time. */
void progress_end(struct progress *progress);

/** Seconds since some moment; never goes back. */
double progress_clock(void);

#endif
