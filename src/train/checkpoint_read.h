/* What a checkpoint says, read into a trainer that nobody else sees. */
#ifndef MLPI_TRAIN_CHECKPOINT_READ_H
#define MLPI_TRAIN_CHECKPOINT_READ_H

#include "io/safetensors.h"
#include "train/trainer.h"

/* The file is a checkpoint, in a version of the schema and with keys that this build knows. */
mlp_status mlpi_checkpoint_check_keys(const mlpi_safetensors *file);

/*
 * The options, those the file lacks at their defaults, since they came later; and for a trainer that is not settled the loss.
 * Where `trainer` is settled, or prepared, what was fixed then stays, and the file must agree with what decides the state.
 */
mlp_status mlpi_checkpoint_read_options(const mlpi_safetensors *file, const mlp_trainer *trainer,
                                        mlp_trainer *next);

/* What the optimizer's method keeps is in the file, before room is made for it: options alone can ask for any amount. */
mlp_status mlpi_checkpoint_check_kept(const mlpi_safetensors *file, const mlp_trainer *next);

/* Numbers, vectors and arrays, into a trainer whose state is there; no tensor is a trainer's besides. */
mlp_status mlpi_checkpoint_read_parts(const mlpi_safetensors *file, mlp_trainer *next);

#endif
