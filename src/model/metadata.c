#include "model/metadata.h"
#include "base/error.h"
#include "base/memory.h"

#include <stdint.h>
#include <string.h>

static int32_t index_of(const mlpi_metadata *metadata, const char *key)
{
    for (int32_t i = 0; i < metadata->count; i++)
        if (strcmp(metadata->keys[i], key) == 0)
            return i;
    return -1;
}

const char *mlpi_metadata_find(const mlpi_metadata *metadata, const char *key)
{
    const int32_t i = index_of(metadata, key);
    return i < 0 ? NULL : metadata->values[i];
}

/* Room for `capacity` pairs: keys and values share a block. */
static mlp_status reserve(mlpi_metadata *metadata, int64_t capacity)
{
    if (capacity <= metadata->capacity)
        return MLP_OK;
    const int64_t pair = 2 * (int64_t)sizeof(char *);
    char **keys = capacity <= INT32_MAX ? mlpi_alloc(capacity * pair) : NULL;
    if (!keys)
        return mlpi_fail_memory("metadata", capacity * pair);
    char **values = keys + capacity;
    if (metadata->count > 0) {
        memcpy(keys, metadata->keys, (size_t)metadata->count * sizeof *keys);
        memcpy(values, metadata->values, (size_t)metadata->count * sizeof *values);
    }
    mlpi_free(metadata->keys);
    metadata->keys = keys;
    metadata->values = values;
    metadata->capacity = (int32_t)capacity;
    return MLP_OK;
}

static mlp_status copy_text(const char *text, char **copy)
{
    *copy = mlpi_strdup(text);
    return *copy ? MLP_OK : mlpi_fail_memory("metadata", (int64_t)strlen(text) + 1);
}

mlp_status mlpi_metadata_append(mlpi_metadata *metadata, const char *key, const char *value)
{
    char *new_key = NULL, *new_value = NULL;
    mlp_status status = MLP_OK;
    if (metadata->count == metadata->capacity)
        status = reserve(metadata, metadata->capacity > 0 ? 2 * (int64_t)metadata->capacity : 4);
    if (status == MLP_OK)
        status = copy_text(key, &new_key);
    if (status == MLP_OK)
        status = copy_text(value, &new_value);
    if (status != MLP_OK) {
        mlpi_free(new_key);
        return status;
    }
    metadata->keys[metadata->count] = new_key;
    metadata->values[metadata->count++] = new_value;
    return MLP_OK;
}

static void remove_at(mlpi_metadata *metadata, int32_t index)
{
    mlpi_free(metadata->keys[index]);
    mlpi_free(metadata->values[index]);
    metadata->count--;
    const size_t behind = (size_t)(metadata->count - index) * sizeof(char *);
    memmove(&metadata->keys[index], &metadata->keys[index + 1], behind);
    memmove(&metadata->values[index], &metadata->values[index + 1], behind);
}

static mlp_status replace_at(mlpi_metadata *metadata, int32_t index, const char *value)
{
    char *copy;
    const mlp_status status = copy_text(value, &copy);
    if (status == MLP_OK) {
        mlpi_free(metadata->values[index]);
        metadata->values[index] = copy;
    }
    return status;
}

mlp_status mlpi_metadata_set(mlpi_metadata *metadata, const char *key, const char *value)
{
    const int32_t i = index_of(metadata, key);
    if (i >= 0 && value)
        return replace_at(metadata, i, value);
    if (i >= 0)
        remove_at(metadata, i);
    return value ? mlpi_metadata_append(metadata, key, value) : MLP_OK;
}

mlp_status mlpi_metadata_copy(const mlpi_metadata *source, mlpi_metadata *copy)
{
    mlp_status status = reserve(copy, source->count);
    for (int32_t i = 0; i < source->count && status == MLP_OK; i++)
        status = mlpi_metadata_append(copy, source->keys[i], source->values[i]);
    if (status != MLP_OK)
        mlpi_metadata_clear(copy);
    return status;
}

void mlpi_metadata_clear(mlpi_metadata *metadata)
{
    for (int32_t i = 0; i < metadata->count; i++) {
        mlpi_free(metadata->keys[i]);
        mlpi_free(metadata->values[i]);
    }
    mlpi_free(metadata->keys);
    *metadata = (mlpi_metadata){0};
}
