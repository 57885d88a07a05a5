/**
 * @file
 * `mlp train --checkpoint` and `--resume`: a run that can be interrupted and goes on.
 */
#ifndef CLI_CHECKPOINT_H
#define CLI_CHECKPOINT_H

#include "train_options.h"

/**
 * Go on from the file of --resume, if there is one. The options that were given must be those of the run it was saved in, but for
 * more epochs and another learning rate.
 *
 * @param trainer  prepared as the options say
 * @return an exit status
 */
int checkpoint_resume(const struct train_options *options, mlp_trainer *trainer);

/**
 * Save to the file of --checkpoint, if there is one.
 *
 * @param trainer  where it is
 * @param last     nothing follows; else only every so many epochs are saved as --checkpoint-every says
 */
mlp_status checkpoint_save(const struct train_options *options, const mlp_trainer *trainer, bool last);

#endif
