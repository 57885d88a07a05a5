#include "mlp/status.h"

#include "base/error.h"
#include "base/memory.h"

#include <string.h>

static const struct {
    mlp_status status;
    const char *name, *description;
} statuses[] = {
    {MLP_OK, "MLP_OK", "The call succeeded."},
    {MLP_STOPPED, "MLP_STOPPED",
     "A callback or mlp_trainer_cancel() ended the work early; the steps completed until then stand."},
    {MLP_CONVERGED, "MLP_CONVERGED",
     "A trainer found no better loss for as long as its patience lasts: the training is over."},
    {MLP_ERR_ARGUMENT, "MLP_ERR_ARGUMENT",
     "An argument is NULL, unknown, out of range or overlaps another; the message names it: mend the call."},
    {MLP_ERR_SIZE, "MLP_ERR_SIZE",
     "A size, leading dimension or batch does not fit or overflows; the message names it: mend the call."},
    {MLP_ERR_DTYPE, "MLP_ERR_DTYPE",
     "The function is for the other number type; call the one with the other suffix, _f32 or _f64."},
    {MLP_ERR_STATE, "MLP_ERR_STATE",
     "The call is right but comes at the wrong time; the message says what must come first."},
    {MLP_ERR_MEMORY, "MLP_ERR_MEMORY", "An allocation failed; free something and call again."},
    {MLP_ERR_IO, "MLP_ERR_IO",
     "The operating system refused a file operation; the message has its reason and the file's name."},
    {MLP_ERR_FORMAT, "MLP_ERR_FORMAT",
     "The bytes are not a valid file of the format; the message says which rule is broken."},
    {MLP_ERR_UNSUPPORTED, "MLP_ERR_UNSUPPORTED",
     "The request is valid but this build or this object cannot do it; the message says which is needed."},
    {MLP_ERR_CALLBACK, "MLP_ERR_CALLBACK",
     "A callback returned nonzero and the call was abandoned; mlp_last_callback_value() has its value."},
    {MLP_ERR_NUMERIC, "MLP_ERR_NUMERIC",
     "Data, a loss or a result is not finite, or a factorisation failed; the message says where."},
    {MLP_ERR_INTERNAL, "MLP_ERR_INTERNAL", "A defect of the library; please report the message."},
};

enum { STATUS_COUNT = sizeof statuses / sizeof *statuses };

const char *mlp_status_name(mlp_status status)
{
    for (int i = 0; i < STATUS_COUNT; i++)
        if (statuses[i].status == status)
            return statuses[i].name;
    return NULL;
}

mlp_status mlp_status_from_name(const char *name, mlp_status *status)
{
    if (!name)
        return mlpi_fail(MLP_ERR_ARGUMENT, "name = NULL: must be a status' name");
    if (!status)
        return mlpi_fail(MLP_ERR_ARGUMENT, "status = NULL: must point to an mlp_status");
    for (int i = 0; i < STATUS_COUNT; i++)
        if (strcmp(statuses[i].name, name) == 0) {
            *status = statuses[i].status;
            return MLP_OK;
        }
    return mlpi_fail(MLP_ERR_ARGUMENT, "name = \"%.64s\": must be a status' name, such as \"MLP_ERR_SIZE\"",
                     name);
}

const char *mlp_status_description(mlp_status status)
{
    for (int i = 0; i < STATUS_COUNT; i++)
        if (statuses[i].status == status)
            return statuses[i].description;
    return "unknown status";
}

const char *mlp_last_error(void)
{
    return mlpi_error_message();
}

int32_t mlp_last_callback_value(void)
{
    return mlpi_error_callback_value();
}

int32_t mlp_version(void)
{
    return 10000 * MLPI_VERSION_MAJOR + 100 * MLPI_VERSION_MINOR + MLPI_VERSION_PATCH;
}

const char *mlp_version_string(void)
{
    return MLPI_VERSION_STRING;
}

int32_t mlp_abi_version(void)
{
    return 100 * MLPI_VERSION_MAJOR + MLPI_VERSION_MINOR;
}

mlp_status mlp_set_allocator(mlp_allocate_fn allocate, mlp_deallocate_fn deallocate, void *context)
{
    return mlpi_memory_set_allocator(allocate, deallocate, context);
}
