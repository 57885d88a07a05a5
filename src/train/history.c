#include "train/history.h"
#include "base/checked.h"
#include "base/error.h"
#include "base/memory.h"

#include <string.h>

static const char *const names[MLPI_HISTORY_COUNT] = {
    "loss", "validation_loss", "validation_accuracy", "gradient_norm", "learning_rate", "seconds", "steps",
};

const char *mlpi_history_name(int32_t what)
{
    return what >= 1 && what <= MLPI_HISTORY_COUNT ? names[what - 1] : NULL;
}

int32_t mlpi_history_find(const char *name)
{
    for (int32_t i = 0; i < MLPI_HISTORY_COUNT; i++)
        if (strcmp(names[i], name) == 0)
            return i + 1;
    return 0;
}

mlp_status mlpi_history_reserve(mlpi_history *history, int64_t least)
{
    int64_t bytes, capacity = 2 * history->capacity;
    if (history->capacity > history->count && history->capacity >= least)
        return MLP_OK;
    if (capacity < least)
        capacity = least;
    if (!mlpi_checked_mul(capacity, sizeof *history->records, &bytes))
        return mlpi_fail(MLP_ERR_SIZE, "history: %lld epochs would not fit the address space",
                         (long long)capacity);
    mlpi_epoch_record *records = mlpi_alloc(bytes);
    if (!records)
        return mlpi_fail_memory("history", bytes);
    if (history->count > 0)
        memcpy(records, history->records, (size_t)history->count * sizeof *records);
    mlpi_free(history->records);
    history->records = records;
    history->capacity = capacity;
    return MLP_OK;
}

void mlpi_history_release(mlpi_history *history)
{
    mlpi_free(history->records);
    *history = (mlpi_history){0};
}

void mlpi_history_append(mlpi_history *history, const mlpi_epoch_record *record)
{
    history->records[history->count++] = *record;
}
