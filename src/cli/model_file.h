/**
 * @file
 * A model from a file, with the names of what goes in and comes out.
 */
#ifndef CLI_MODEL_FILE_H
#define CLI_MODEL_FILE_H

#include "schema.h"

/** A loaded model. Zero it to make it empty. */
struct model_file {
    mlp_model *model;
    struct schema schema;
};

/** Load a model. Returns an exit status; model_file_clear() is due in either case. */
int model_file_load(const char *path, struct model_file *file);

/** Give the classes the names 0, 1, ... where the file has none. */
void model_file_name_classes(struct model_file *file);

/** Free the model and the names. */
void model_file_clear(struct model_file *file);

#endif
