/**
 * @file
 * The training run: epochs, learning rate, progress, Ctrl-C, history.
 */
#ifndef CLI_TRAINING_H
#define CLI_TRAINING_H

#include "train_options.h"

/** What happened, epoch by epoch. */
struct history {
    int64_t epochs; /**< finished */
    double *
        loss; /**< mean over the epoch's samples, each before its step; NaN for those of a run before this one */
    double *test_loss; /**< NaN where there is no test set, or for epochs of a run before this one */
    double *quality;   /**< test accuracy, root mean squared error or loss; NaN where there is no test set */
    bool classification; /**< quality is accuracy */
    bool squared;        /**< else it is the root mean squared error, else the loss */
    bool interrupted;    /**< ended by Ctrl-C or a polite kill */
};

/**
 * Train the model in place.
 *
 * @param history  to be released by history_clear() in either case
 * @return an exit status; an interrupted run is CLI_OK
 */
int training_run(const struct train_options *options, const struct task *task, mlp_model *model,
                 struct history *history);

/** Free the history. */
void history_clear(struct history *history);

#endif
