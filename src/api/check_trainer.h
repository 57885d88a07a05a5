/* Validation of trainers, and of data sets for them. */
#ifndef MLPI_API_CHECK_TRAINER_H
#define MLPI_API_CHECK_TRAINER_H

#include "train/trainer.h"

/* Records the failure `status` with the trainer, if there is one, also where the call takes it const; returns `status`. */
mlp_status mlpi_trainer_note(const mlp_trainer *trainer, mlp_status status);

/* The trainer is there and its callback is not what calls. */
mlp_status mlpi_check_idle(const mlp_trainer *trainer);

/* The same, and it is prepared. */
mlp_status mlpi_check_ready(const mlp_trainer *trainer);

/* A data set by the name of its argument: the trainer's number type and widths, inputs, and targets or labels of so many classes. */
mlp_status mlpi_check_data(const mlp_trainer *trainer, const char *name, const mlp_data *data,
                           int64_t classes);

/* A model to copy parameters into: it has the trainer's architecture. */
mlp_status mlpi_check_receiver(const mlp_trainer *trainer, const mlp_model *model);

#endif
