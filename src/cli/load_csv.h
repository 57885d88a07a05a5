/**
 * @file
 * Data sets from CSV files.
 */
#ifndef CLI_LOAD_CSV_H
#define CLI_LOAD_CSV_H

#include "columns.h"
#include "dataset.h"

/** A file and how to read it. */
struct csv_source {
    const char *path;
    struct table_format format;
    struct columns_request columns;
};

/**
 * Read a file for training. The columns' and classes' names go to the schema; classes are sorted, as numbers if they
 * all are.
 *
 * @return an exit status; dataset_clear() is due in either case
 */
int load_csv_training(const struct csv_source *source, mlp_dtype dtype, struct schema *schema,
                      struct dataset *set);

/**
 * Read a file for a model: one to evaluate (@p answers) or to predict.
 *
 * @return an exit status; dataset_clear() is due in either case
 */
int load_csv_for_model(const struct csv_source *source, mlp_dtype dtype, int64_t inputs, int64_t outputs,
                       const struct schema *schema, bool answers, struct dataset *set);

#endif
