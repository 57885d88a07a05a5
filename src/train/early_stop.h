/*
 * Early stopping: the best epoch so far by the watched loss, its parameters, and patience (L. Prechelt, "Early stopping - but
 * when?", 1998, class UP with epochs for strips).
 */
#ifndef MLPI_TRAIN_EARLY_STOP_H
#define MLPI_TRAIN_EARLY_STOP_H

#include "train/trainer.h"

/* Makes room for the best parameters, where they are to be kept: before an epoch. */
mlp_status mlpi_early_stop_reserve(mlp_trainer *trainer);

/* The last epoch ended with this loss. Returns whether patience has come to its end: the waiting begins anew. */
int mlpi_early_stop_watch(mlp_trainer *trainer, double loss);

/* Back to the best parameters, if they are kept. */
void mlpi_early_stop_restore(mlp_trainer *trainer);

#endif
