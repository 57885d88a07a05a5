/* The records of finished epochs: a table of numbers that grows before an epoch begins. */
#ifndef MLPI_TRAIN_HISTORY_H
#define MLPI_TRAIN_HISTORY_H

#include "mlp/loop.h"

enum {
    MLPI_HISTORY_COUNT = 7,
    MLPI_HISTORY_FIRST = 256
}; /* numbers of an epoch; epochs there is room for at first */

typedef struct mlpi_epoch_record {
    double values[MLPI_HISTORY_COUNT]; /* by constant, that of 1 at [0] */
} mlpi_epoch_record;

typedef struct mlpi_history {
    int64_t count, capacity;
    mlpi_epoch_record *records;
} mlpi_history;

/* Room for one more epoch than there are, and for `least` in all; on failure the history is as it was. */
mlp_status mlpi_history_reserve(mlpi_history *history, int64_t least);
void mlpi_history_release(mlpi_history *history);

/* The room is there. */
void mlpi_history_append(mlpi_history *history, const mlpi_epoch_record *record);

/* The name of a number, by constant; NULL if there is none. */
const char *mlpi_history_name(int32_t what);
int32_t mlpi_history_find(const char *name);

#endif
