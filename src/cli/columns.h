/**
 * @file
 * Which column of a table is what: an input, a target, the label, or nothing.
 */
#ifndef CLI_COLUMNS_H
#define CLI_COLUMNS_H

#include "schema.h"
#include "table.h"

enum column_role { COLUMN_IGNORED, COLUMN_FEATURE, COLUMN_TARGET, COLUMN_LABEL };

/** One column: which input or target it is. */
struct column {
    enum column_role role;
    int64_t index;
};

/** What the command line says of columns; NULL where it says nothing. Lists are separated by commas. */
struct columns_request {
    const char *label;
    const char *targets;
    const char *ignored;
};

/**
 * For training: the request names the answers, every other column is an input. Writes the names to the schema.
 *
 * @param column  one per column of the table, overwritten
 * @return an exit status
 */
int columns_for_training(const struct table *table, const struct columns_request *request,
                         struct schema *schema, struct column *column);

/**
 * For a model: inputs are found by the schema's names; where these are unknown or not all there, the columns that are
 * not answers are taken in order, if they are as many as the model's inputs.
 *
 * @param inputs   inputs of the model
 * @param answers  the label or the targets must be there too
 * @param column   one per column of the table, overwritten
 * @return an exit status
 */
int columns_for_model(const struct table *table, const struct columns_request *request,
                      const struct schema *schema, int64_t inputs, bool answers, struct column *column);

#endif
