/**
 * @file
 * From options and data to an initialised model.
 */
#ifndef CLI_BUILD_MODEL_H
#define CLI_BUILD_MODEL_H

#include "train_options.h"

/**
 * Make the model: widths, activations, scaling, head, metadata, initial parameters.
 *
 * @param model  to be freed by mlp_model_destroy(); NULL on failure
 * @return an exit status
 */
int build_model(const struct train_options *options, const struct task *task, mlp_model **model);

/** The loss to train with: the one asked for, else the one that suits the data. */
mlp_loss build_model_loss(const struct train_options *options, const struct task *task);

#endif
