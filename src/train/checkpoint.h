/*
 * Checkpoints: all that the future of a trainer depends on, in one file (docs/formats.md). What that is besides the model, the
 * options and the loss is in train/checkpoint_parts.h.
 */
#ifndef MLPI_TRAIN_CHECKPOINT_H
#define MLPI_TRAIN_CHECKPOINT_H

#include "train/trainer.h"

/* Of a settled trainer, at any step. They allocate what a header needs; the rest is streamed. */
mlp_status mlpi_checkpoint_save(const mlp_trainer *trainer, const char *path);
mlp_status mlpi_checkpoint_save_size(const mlp_trainer *trainer, int64_t *bytes);
/* MLP_ERR_SIZE, with nothing written, if `size` is less than the above. */
mlp_status mlpi_checkpoint_save_memory(const mlp_trainer *trainer, int64_t size, void *buffer);

/*
 * Into a trainer of the same architecture; one that is not settled is then. All of it is read and checked beside the
 * trainer before any of it changes.
 */
mlp_status mlpi_checkpoint_restore(mlp_trainer *trainer, const char *path);
mlp_status mlpi_checkpoint_restore_memory(mlp_trainer *trainer, int64_t size, const void *buffer);

#endif
