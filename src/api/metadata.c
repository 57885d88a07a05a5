/* Metadata of mlp/model.h. */
#include "mlp/model.h"

#include "api/check.h"
#include "base/error.h"
#include "io/utf8.h"

#include <string.h>

static mlp_status check_utf8(const char *name, const char *text)
{
    return mlpi_utf8_valid(text, (int64_t)strlen(text))
               ? MLP_OK
               : mlpi_fail(MLP_ERR_ARGUMENT, "%s: must be valid UTF-8", name);
}

static mlp_status check_key(const char *key)
{
    mlp_status status = mlpi_check_pointer("key", key);
    if (status != MLP_OK)
        return status;
    if (!key[0])
        return mlpi_fail(MLP_ERR_ARGUMENT, "key = \"\": must not be empty");
    if (strncmp(key, "mlp.", 4) == 0)
        return mlpi_fail(MLP_ERR_ARGUMENT,
                         "key = \"%.64s\": keys that begin with \"mlp.\" are the library's own", key);
    return check_utf8("key", key);
}

mlp_status mlp_model_set_metadata(mlp_model *model, const char *key, const char *value)
{
    mlp_status status = mlpi_check_pointer("model", model);
    if (status == MLP_OK)
        status = check_key(key);
    if (status == MLP_OK && value)
        status = check_utf8("value", value);
    return status == MLP_OK ? mlpi_metadata_set(&model->metadata, key, value) : status;
}

/* What mlpi_copy_text() asks of its buffer, where there may be nothing to copy. */
static mlp_status check_buffer(const char *buffer, int64_t size)
{
    const mlp_status status = mlpi_check_size("size", size, 0, INT64_MAX);
    return status == MLP_OK && size > 0 ? mlpi_check_pointer("buffer", buffer) : status;
}

int64_t mlp_model_metadata(const mlp_model *model, const char *key, char *buffer, int64_t size)
{
    mlp_status status = mlpi_check_pointer("model", model);
    if (status == MLP_OK)
        status = mlpi_check_pointer("key", key);
    if (status == MLP_OK)
        status = check_buffer(buffer, size);
    if (status != MLP_OK)
        return status;
    const char *value = mlpi_metadata_find(&model->metadata, key);
    return value ? mlpi_copy_text(value, buffer, size) : 0;
}

int32_t mlp_model_metadata_count(const mlp_model *model)
{
    return model ? model->metadata.count : 0;
}

int64_t mlp_model_metadata_key(const mlp_model *model, int32_t index, char *buffer, int64_t size)
{
    mlp_status status = mlpi_check_pointer("model", model);
    if (status == MLP_OK && (index < 0 || index >= model->metadata.count))
        status =
            mlpi_fail(MLP_ERR_ARGUMENT, "index = %d: must be at least 0 and below %d, the number of keys",
                      (int)index, (int)model->metadata.count);
    if (status == MLP_OK)
        status = check_buffer(buffer, size);
    return status == MLP_OK ? mlpi_copy_text(model->metadata.keys[index], buffer, size) : status;
}
