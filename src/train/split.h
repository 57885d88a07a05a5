/* Parts of a data set, drawn at random and, where there are labels, with every class in proportion. */
#ifndef MLPI_TRAIN_SPLIT_H
#define MLPI_TRAIN_SPLIT_H

#include "train/data.h"

/*
 * Two new data sets of copies: `count` samples in the second, the others in the first. Of a class each gets its share
 * rounded down or up. Outputs are written on success alone.
 */
mlp_status mlpi_data_split(const mlp_data *data, int64_t count, uint64_t seed, mlp_data **first,
                           mlp_data **second);

/* The same where the second is part number `fold` of `folds` parts as equal as can be. */
mlp_status mlpi_data_fold(const mlp_data *data, int64_t folds, int64_t fold, uint64_t seed, mlp_data **first,
                          mlp_data **second);

#endif
