/* String metadata: a list of pairs in the order of first setting. */
#ifndef MLPI_MODEL_METADATA_H
#define MLPI_MODEL_METADATA_H

#include "mlp/status.h"

/* All zero is an empty list. */
typedef struct mlpi_metadata {
    int32_t count, capacity;
    char **keys, **values;
} mlpi_metadata;

/* The value under a key; NULL if there is none. */
const char *mlpi_metadata_find(const mlpi_metadata *metadata, const char *key);

/* Sets, replaces or, with value NULL, removes. MLP_ERR_MEMORY leaves all as it was. */
mlp_status mlpi_metadata_set(mlpi_metadata *metadata, const char *key, const char *value);

/* Appends a pair whose key is known to be new, in constant time. MLP_ERR_MEMORY leaves all as it was. */
mlp_status mlpi_metadata_append(mlpi_metadata *metadata, const char *key, const char *value);

/* Copies into an empty list, which is empty again after MLP_ERR_MEMORY. */
mlp_status mlpi_metadata_copy(const mlpi_metadata *source, mlpi_metadata *copy);

/* Frees everything; the list is empty again. */
void mlpi_metadata_clear(mlpi_metadata *metadata);

#endif
