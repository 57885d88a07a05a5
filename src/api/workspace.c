#include "api/check.h"
#include "base/error.h"

#include <string.h>

static const int32_t all_uses =
    MLP_USE_FORWARD | MLP_USE_DERIVATIVES | MLP_USE_SECOND_ORDER | MLP_USE_SAMPLES | MLP_USE_LEAST_SQUARES;

static mlp_status check_request(const mlp_model *model, int64_t max_batch, int32_t threads, int32_t uses)
{
    mlp_status status = mlpi_check_pointer("model", model);
    if (status == MLP_OK)
        status = mlpi_check_size("max_batch", max_batch, 1, INT32_MAX);
    if (status == MLP_OK)
        status = mlpi_check_size("threads", threads, 1, 1024);
    const int32_t bits = uses % MLP_USE_STREAM;
    if (status == MLP_OK && (uses <= 0 || bits == 0 || bits & ~all_uses))
        status = mlpi_fail(MLP_ERR_ARGUMENT, "uses = %d: must be a sum of MLP_USE_... values", (int)uses);
    if (status == MLP_OK && uses >= MLP_USE_STREAM && !(uses & MLP_USE_SECOND_ORDER))
        status =
            mlpi_fail(MLP_ERR_ARGUMENT, "uses = %d: MLP_USE_STREAM needs MLP_USE_SECOND_ORDER", (int)uses);
    return status;
}

mlp_status mlp_workspace_create(const mlp_model *model, int64_t max_batch, int32_t threads, int32_t uses,
                                mlp_workspace **workspace)
{
    mlp_status status = mlpi_check_pointer("workspace", workspace);
    if (status != MLP_OK)
        return status;
    *workspace = NULL;
    status = check_request(model, max_batch, threads, uses);
    return status == MLP_OK ? mlpi_workspace_create(model, max_batch, threads, uses, NULL, workspace)
                            : status;
}

mlp_status mlp_workspace_size(const mlp_model *model, int64_t max_batch, int32_t threads, int32_t uses,
                              int64_t *bytes)
{
    mlp_status status = mlpi_check_pointer("bytes", bytes);
    if (status == MLP_OK)
        status = check_request(model, max_batch, threads, uses);
    return status == MLP_OK ? mlpi_workspace_size(model, max_batch, threads, uses, bytes) : status;
}

static mlp_status check_memory(const void *memory, int64_t bytes, int64_t needed)
{
    mlp_status status = mlpi_check_pointer("memory", memory);
    if (status == MLP_OK && (uintptr_t)memory % 64 != 0)
        status = mlpi_fail(MLP_ERR_ARGUMENT, "memory = %p: must be at a multiple of 64", memory);
    return status == MLP_OK ? mlpi_check_size("bytes", bytes, needed, INT64_MAX) : status;
}

mlp_status mlp_workspace_create_in(const mlp_model *model, int64_t max_batch, int32_t threads, int32_t uses,
                                   void *memory, int64_t bytes, mlp_workspace **workspace)
{
    int64_t needed = 0;
    mlp_status status = mlpi_check_pointer("workspace", workspace);
    if (status != MLP_OK)
        return status;
    *workspace = NULL;
    status = mlp_workspace_size(model, max_batch, threads, uses, &needed);
    if (status == MLP_OK)
        status = check_memory(memory, bytes, needed);
    return status == MLP_OK ? mlpi_workspace_create(model, max_batch, threads, uses, memory, workspace)
                            : status;
}

void mlp_workspace_destroy(mlp_workspace *workspace)
{
    mlpi_workspace_destroy(workspace);
}

mlp_status mlp_workspace_prepare(mlp_workspace *workspace, const mlp_model *model)
{
    mlp_status status = mlpi_check_pointer("workspace", workspace);
    if (status == MLP_OK)
        status = mlpi_check_pointer("model", model);
    if (status == MLP_OK)
        status = mlpi_workspace_check_fits(workspace, model);
    if (status == MLP_OK)
        mlpi_workspace_prepare(workspace);
    return mlpi_workspace_note(workspace, status);
}

mlp_status mlp_workspace_tune(mlp_workspace *workspace, const mlp_model *model, int64_t batch)
{
    mlp_status status = mlpi_check_pointer("workspace", workspace);
    if (status == MLP_OK)
        status = mlpi_check_pointer("model", model);
    if (status == MLP_OK)
        status = mlpi_workspace_check_fits(workspace, model);
    if (status == MLP_OK)
        status = mlpi_check_size("batch", batch, 1, workspace->max_batch);
    if (status == MLP_OK)
        status = mlpi_workspace_tune(workspace, model, batch);
    return mlpi_workspace_note(workspace, status);
}

int64_t mlp_workspace_max_batch(const mlp_workspace *workspace)
{
    return workspace ? workspace->max_batch : 0;
}

int32_t mlp_workspace_threads(const mlp_workspace *workspace)
{
    return workspace ? workspace->threads : 0;
}

int32_t mlp_workspace_uses(const mlp_workspace *workspace)
{
    return workspace ? workspace->uses : 0;
}

/* Without MLP_USE_DERIVATIVES a pass leaves its output and is not remembered. */
static int can_remember(const mlp_workspace *workspace)
{
    return workspace && workspace->uses & MLP_USE_DERIVATIVES;
}

int64_t mlp_workspace_batch(const mlp_workspace *workspace)
{
    return can_remember(workspace) ? workspace->batch : 0;
}

uint64_t mlp_workspace_generation(const mlp_workspace *workspace)
{
    return can_remember(workspace) ? workspace->generation : 0;
}

const char *mlp_workspace_last_error(const mlp_workspace *workspace)
{
    return workspace ? workspace->error : "";
}

int64_t mlp_workspace_describe(const mlp_workspace *workspace, char *buffer, int64_t size)
{
    mlp_status status = mlpi_check_pointer("workspace", workspace);
    if (status == MLP_OK)
        status = mlpi_check_size("size", size, 0, INT64_MAX);
    if (status == MLP_OK && size > 0)
        status = mlpi_check_pointer("buffer", buffer);
    return status == MLP_OK ? mlpi_workspace_describe(workspace, buffer, size)
                            : mlpi_workspace_note(workspace, status);
}

/* The options; a constant's row is at [constant - 1]. */
static const struct {
    const char *name;
    int32_t first, last; /* its values */
} options[] = {{"engine", MLP_ENGINE_AUTO, MLP_ENGINE_BLAS},
               {"cpu", MLP_CPU_AUTO, MLP_CPU_AVX512},
               {"common_order", 0, 1}};

enum { OPTIONS = sizeof options / sizeof *options };

static mlp_status check_option(const mlp_workspace *workspace, mlp_workspace_option option)
{
    mlp_status status = mlpi_check_pointer("workspace", workspace);
    if (status == MLP_OK && (option < 1 || option > OPTIONS))
        status = mlpi_fail(MLP_ERR_ARGUMENT, "option = %d: must be one of the MLP_WORKSPACE_... constants",
                           (int)option);
    return status;
}

const char *mlp_workspace_option_name(mlp_workspace_option option)
{
    return option >= 1 && option <= OPTIONS ? options[option - 1].name : NULL;
}

mlp_workspace_option mlp_workspace_option_from_name(const char *name)
{
    for (int32_t i = 0; name && i < OPTIONS; i++)
        if (strcmp(options[i].name, name) == 0)
            return i + 1;
    return 0;
}

mlp_status mlp_workspace_set_int(mlp_workspace *workspace, mlp_workspace_option option, int64_t value)
{
    mlp_status status = check_option(workspace, option);
    if (status == MLP_OK)
        status = mlpi_check_argument("value", value, options[option - 1].first, options[option - 1].last);
    if (status == MLP_OK)
        status = mlpi_workspace_set(workspace, option, (int32_t)value);
    return mlpi_workspace_note(workspace, status);
}

mlp_status mlp_workspace_get_int(const mlp_workspace *workspace, mlp_workspace_option option, int64_t *value)
{
    mlp_status status = check_option(workspace, option);
    if (status == MLP_OK)
        status = mlpi_check_pointer("value", value);
    if (status == MLP_OK)
        *value = mlpi_workspace_get(workspace, option);
    return status;
}
