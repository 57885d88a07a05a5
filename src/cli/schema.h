/**
 * @file
 * What the columns going in and out of a model are called. Kept in the model's metadata, one name per line, so that
 * `mlp predict` finds the columns and names the classes.
 */
#ifndef CLI_SCHEMA_H
#define CLI_SCHEMA_H

#include "names.h"

#include <mlp/mlp.h>

/** Zero it to make it empty. Lists are empty where nothing is known. */
struct schema {
    struct names features; /**< columns of the inputs */
    struct names targets;  /**< columns of the targets, for regression */
    struct names classes;  /**< for classification */
    struct names label;    /**< the column of the labels: none or one */
};

/** Free the names. */
void schema_clear(struct schema *schema);

/** Write the names to the model's metadata. Returns CLI_OK, or CLI_FAILED after saying why. */
int schema_store(const struct schema *schema, mlp_model *model);

/** Read the names from the model's metadata; the lists hold what is there and matches the model's widths. */
void schema_load(struct schema *schema, const mlp_model *model);

/** A metadata value; NULL if there is no such key; to be freed. */
char *schema_metadata(const mlp_model *model, const char *key);

#endif
