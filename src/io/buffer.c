#include "io/buffer.h"
#include "base/checked.h"
#include "base/error.h"
#include "base/memory.h"

#include <stdio.h>
#include <string.h>

/* Room for `size` more bytes, or NULL. */
static char *reserve(mlpi_buffer *buffer, int64_t size)
{
    int64_t needed;
    if (buffer->failed || !mlpi_checked_add(buffer->size, size, &needed) || needed > INT64_MAX / 2) {
        buffer->failed = 1;
        return NULL;
    }
    if (needed > buffer->capacity) {
        int64_t capacity = 2 * needed < 256 ? 256 : 2 * needed;
        char *bytes = mlpi_alloc(capacity);
        if (!bytes) {
            buffer->failed = 1;
            return NULL;
        }
        if (buffer->size > 0)
            memcpy(bytes, buffer->bytes, (size_t)buffer->size);
        mlpi_free(buffer->bytes);
        buffer->bytes = bytes;
        buffer->capacity = capacity;
    }
    char *room = buffer->bytes + buffer->size;
    buffer->size = needed;
    return room;
}

void mlpi_buffer_append(mlpi_buffer *buffer, const void *bytes, int64_t size)
{
    char *room = size > 0 ? reserve(buffer, size) : NULL;
    if (room)
        memcpy(room, bytes, (size_t)size);
}

void mlpi_buffer_append_text(mlpi_buffer *buffer, const char *text)
{
    mlpi_buffer_append(buffer, text, (int64_t)strlen(text));
}

void mlpi_buffer_append_i64(mlpi_buffer *buffer, int64_t value)
{
    char text[32];
    mlpi_buffer_append(buffer, text, snprintf(text, sizeof text, "%lld", (long long)value));
}

void mlpi_buffer_fill(mlpi_buffer *buffer, char byte, int64_t count)
{
    char *room = count > 0 ? reserve(buffer, count) : NULL;
    if (room)
        memset(room, byte, (size_t)count);
}

mlp_status mlpi_buffer_status(const mlpi_buffer *buffer, const char *what)
{
    return buffer->failed ? mlpi_fail(MLP_ERR_MEMORY, "%s: cannot grow beyond %lld bytes", what,
                                      (long long)buffer->capacity)
                          : MLP_OK;
}

void mlpi_buffer_free(mlpi_buffer *buffer)
{
    mlpi_free(buffer->bytes);
    *buffer = (mlpi_buffer){0};
}
