#include "mlp/io.h"

#include "api/check.h"
#include "model/model_file.h"

mlp_status mlp_model_save(const mlp_model *model, const char *path)
{
    mlp_status status = mlpi_check_pointer("model", model);
    if (status == MLP_OK)
        status = mlpi_check_path(path);
    return status == MLP_OK ? mlpi_model_save(model, path) : status;
}

mlp_status mlp_model_load(const char *path, mlp_model **model)
{
    mlp_status status = mlpi_check_pointer("model", model);
    if (status != MLP_OK)
        return status;
    *model = NULL;
    status = mlpi_check_path(path);
    return status == MLP_OK ? mlpi_model_load(path, model) : status;
}

mlp_status mlp_model_save_size(const mlp_model *model, int64_t *bytes)
{
    mlp_status status = mlpi_check_pointer("model", model);
    if (status == MLP_OK)
        status = mlpi_check_pointer("bytes", bytes);
    return status == MLP_OK ? mlpi_model_save_size(model, bytes) : status;
}

mlp_status mlp_model_save_memory(const mlp_model *model, int64_t size, void *buffer)
{
    mlp_status status = mlpi_check_pointer("model", model);
    if (status == MLP_OK)
        status = mlpi_check_size("size", size, 0, INT64_MAX);
    if (status == MLP_OK)
        status = mlpi_check_pointer("buffer", buffer);
    return status == MLP_OK ? mlpi_model_save_memory(model, size, buffer) : status;
}

mlp_status mlp_model_load_memory(int64_t size, const void *buffer, mlp_model **model)
{
    mlp_status status = mlpi_check_pointer("model", model);
    if (status != MLP_OK)
        return status;
    *model = NULL;
    status = mlpi_check_size("size", size, 0, INT64_MAX);
    if (status == MLP_OK)
        status = mlpi_check_pointer("buffer", buffer);
    return status == MLP_OK ? mlpi_model_load_memory(size, buffer, model) : status;
}
