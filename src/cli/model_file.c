#include "model_file.h"

#include "report.h"

#include <unistd.h>

int model_file_load(const char *path, struct model_file *file)
{
    int status;

    *file = (struct model_file){0};
    if (access(path, F_OK) != 0)
        return report_usage("%s: no such file", path);
    status = report_status(mlp_model_load(path, &file->model), path);
    if (status == CLI_OK)
        schema_load(&file->schema, file->model);
    return status;
}

void model_file_name_classes(struct model_file *file)
{
    if (!file->schema.classes.count)
        names_add_numbers(&file->schema.classes,
                          mlp_model_width(file->model, mlp_model_layer_count(file->model)));
}

void model_file_clear(struct model_file *file)
{
    mlp_model_destroy(file->model);
    schema_clear(&file->schema);
    *file = (struct model_file){0};
}
