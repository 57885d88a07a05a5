#include "api/check.h"
#include "base/error.h"

#include <string.h>

mlp_status mlpi_check_pointer(const char *name, const void *pointer)
{
    return pointer ? MLP_OK : mlpi_fail(MLP_ERR_ARGUMENT, "%s = NULL: must not be NULL", name);
}

mlp_status mlpi_check_path(const char *path)
{
    mlp_status status = mlpi_check_pointer("path", path);
    if (status == MLP_OK && !path[0])
        status = mlpi_fail(MLP_ERR_ARGUMENT, "path = \"\": must not be empty");
    return status;
}

static mlp_status check_range(mlp_status code, const char *name, int64_t value, int64_t least, int64_t most)
{
    if (value < least)
        return mlpi_fail(code, "%s = %lld: must be at least %lld", name, (long long)value, (long long)least);
    if (value > most)
        return mlpi_fail(code, "%s = %lld: must be at most %lld", name, (long long)value, (long long)most);
    return MLP_OK;
}

mlp_status mlpi_check_size(const char *name, int64_t value, int64_t least, int64_t most)
{
    return check_range(MLP_ERR_SIZE, name, value, least, most);
}

mlp_status mlpi_check_argument(const char *name, int64_t value, int64_t least, int64_t most)
{
    return check_range(MLP_ERR_ARGUMENT, name, value, least, most);
}

mlp_status mlpi_check_ld(const char *name, int64_t ld, int64_t rows)
{
    return check_range(MLP_ERR_SIZE, name, ld, rows, INT32_MAX);
}

mlp_status mlpi_check_model(const mlp_model *model, mlp_dtype dtype)
{
    if (!model)
        return mlpi_check_pointer("model", model);
    if (model->architecture.dtype != dtype)
        return mlpi_fail(MLP_ERR_DTYPE, "model is %s: the function is for %s",
                         mlp_dtype_name(model->architecture.dtype), mlp_dtype_name(dtype));
    return MLP_OK;
}

mlp_status mlpi_check_workspace(const mlp_model *model, mlp_workspace *workspace, mlp_dtype dtype)
{
    mlp_status status = mlpi_check_model(model, dtype);
    if (status == MLP_OK)
        status = mlpi_check_pointer("workspace", workspace);
    return status == MLP_OK ? mlpi_workspace_check_fits(workspace, model) : status;
}

mlp_status mlpi_check_use(const mlp_workspace *workspace, int32_t use, const char *name)
{
    return workspace->uses & use ? MLP_OK
                                 : mlpi_fail(MLP_ERR_STATE, "workspace: was created without %s", name);
}

mlp_status mlpi_check_remembered(const mlp_workspace *workspace)
{
    mlp_status status = mlpi_check_use(workspace, MLP_USE_DERIVATIVES, "MLP_USE_DERIVATIVES");
    if (status == MLP_OK && workspace->batch == 0)
        status = mlpi_fail(MLP_ERR_STATE, "workspace: remembers no forward pass; call mlp_forward first");
    return status;
}

mlp_status mlpi_check_order(const mlp_model *model, int32_t order)
{
    for (int32_t l = 1; l <= model->architecture.layers; l++)
        if (mlpi_activation_max_order(&model->architecture.activations[l - 1]) < order)
            return mlpi_fail(
                MLP_ERR_UNSUPPORTED,
                "model: the activation \"%s\" of layer %d was registered without derivative of order %d",
                mlpi_activation_name(&model->architecture.activations[l - 1]), (int)l, (int)order);
    return MLP_OK;
}

mlp_status mlpi_check_point(const mlp_model *model, const mlp_workspace *workspace)
{
    mlp_status status = mlpi_check_remembered(workspace);
    if (status == MLP_OK && workspace->generation != model->generation)
        status =
            mlpi_fail(MLP_ERR_STATE, "model: has changed, or is not the one of the remembered forward pass; "
                                     "call mlp_forward again");
    return status == MLP_OK ? mlpi_check_order(model, 1) : status;
}

mlp_status mlpi_check_second_order(const mlp_model *model, mlp_workspace *workspace, mlp_dtype dtype,
                                   int32_t order)
{
    mlp_status status = mlpi_check_workspace(model, workspace, dtype);
    if (status == MLP_OK)
        status = mlpi_check_use(workspace, MLP_USE_SECOND_ORDER, "MLP_USE_SECOND_ORDER");
    if (status == MLP_OK)
        status = mlpi_check_point(model, workspace);
    return status == MLP_OK ? mlpi_check_order(model, order) : status;
}

mlp_status mlpi_workspace_note(const mlp_workspace *workspace, mlp_status status)
{
    if (status < 0 && workspace) {
        /* workspaces are never const objects: they live in allocated memory or the caller's */
        char *error = ((mlp_workspace *)workspace)->error;
        strncpy(error, mlpi_error_message(), sizeof workspace->error - 1);
        error[sizeof workspace->error - 1] = '\0';
    }
    return status;
}

int64_t mlpi_copy_text(const char *text, char *buffer, int64_t size)
{
    if (size < 0)
        return mlpi_check_size("size", size, 0, INT64_MAX);
    if (!buffer && size > 0)
        return mlpi_fail(MLP_ERR_ARGUMENT, "buffer = NULL: may be NULL only if size is 0");
    int64_t length = (int64_t)strlen(text);
    if (size > 0) {
        int64_t copied = length < size ? length : size - 1;
        memcpy(buffer, text, (size_t)copied);
        buffer[copied] = '\0';
    }
    return length + 1;
}
