#include "base/checked.h"
#include "base/error.h"
#include "base/memory.h"
#include "io/bytes.h"
#include "io/safetensors_header.h"
#include "io/safetensors_writer.h"
#include "io/utf8.h"

#include <string.h>

#define DATA_ALIGNMENT 64

mlp_status mlpi_safetensors_writer_create(mlpi_safetensors_writer **out)
{
    *out = mlpi_zalloc(sizeof **out);
    return *out ? MLP_OK : mlpi_fail_memory("a safetensors writer", sizeof **out);
}

void mlpi_safetensors_writer_free(mlpi_safetensors_writer *writer)
{
    if (!writer)
        return;
    mlpi_buffer_free(&writer->metadata);
    mlpi_buffer_free(&writer->tensors);
    mlpi_buffer_free(&writer->parts);
    mlpi_buffer_free(&writer->header);
    mlpi_free(writer);
}

/* Nothing can be added after a failure, nor to a finished file. */
static mlp_status check_open(const mlpi_safetensors_writer *writer)
{
    if (writer->finished)
        return mlpi_fail(MLP_ERR_STATE, "safetensors writer: finished: nothing can be added");
    return writer->status;
}

static mlp_status check_text(const char *what, const char *text)
{
    char shown[MLPI_SAFETENSORS_SHOWN];
    if (mlpi_utf8_valid(text, (int64_t)strlen(text)))
        return MLP_OK;
    mlpi_json_show(text, shown, sizeof shown);
    return mlpi_fail(MLP_ERR_ARGUMENT, "%s = '%s': must be valid UTF-8", what, shown);
}

mlp_status mlpi_safetensors_writer_metadata(mlpi_safetensors_writer *writer, const char *key,
                                            const char *value)
{
    writer->status = check_open(writer);
    if (writer->status == MLP_OK)
        writer->status = check_text("metadata key", key);
    if (writer->status == MLP_OK)
        writer->status = check_text("metadata value", value);
    if (writer->status != MLP_OK)
        return writer->status;
    mlpi_buffer_append_text(&writer->metadata, writer->metadata.size > 0 ? "," : "");
    mlpi_json_write_string(&writer->metadata, key);
    mlpi_buffer_append(&writer->metadata, ":", 1);
    mlpi_json_write_string(&writer->metadata, value);
    return writer->status = mlpi_buffer_status(&writer->metadata, "safetensors metadata");
}

/* Counts the elements; 0 if the shape or its size in bytes cannot be. */
static int measure(int32_t dtype, int32_t rank, const int64_t *shape, int64_t *count, int64_t *bytes)
{
    *count = 1;
    for (int32_t i = 0; i < rank; i++)
        if (shape[i] < 0 || !mlpi_checked_mul(*count, shape[i], count))
            return 0;
    return mlpi_checked_mul(*count, mlpi_safetensors_dtype_size(dtype), bytes);
}

static void describe(mlpi_buffer *text, const char *name, int32_t dtype, int32_t rank, const int64_t *shape,
                     int64_t begin, int64_t end)
{
    mlpi_buffer_append_text(text, text->size > 0 ? "," : "");
    mlpi_json_write_string(text, name);
    mlpi_buffer_append_text(text, ":{\"dtype\":");
    mlpi_json_write_string(text, mlpi_safetensors_dtype_name(dtype));
    mlpi_buffer_append_text(text, ",\"shape\":[");
    for (int32_t i = 0; i < rank; i++) {
        mlpi_buffer_append_text(text, i > 0 ? "," : "");
        mlpi_buffer_append_i64(text, shape[i]);
    }
    mlpi_buffer_append_text(text, "],\"data_offsets\":[");
    mlpi_buffer_append_i64(text, begin);
    mlpi_buffer_append(text, ",", 1);
    mlpi_buffer_append_i64(text, end);
    mlpi_buffer_append_text(text, "]}");
}

static mlp_status add(mlpi_safetensors_writer *writer, const char *name, int32_t dtype, int32_t rank,
                      const int64_t *shape, mlpi_safetensors_part contents)
{
    int64_t bytes, end;
    mlp_status status = check_text("tensor name", name);
    if (status != MLP_OK)
        return status;
    if (!mlpi_safetensors_dtype_name(dtype))
        return mlpi_fail(MLP_ERR_ARGUMENT, "dtype = %d of tensor '%.64s': unknown", (int)dtype, name);
    if (!measure(dtype, rank, shape, &contents.count, &bytes) ||
        !mlpi_checked_add(writer->data_size, bytes, &end))
        return mlpi_fail(MLP_ERR_SIZE,
                         "shape of tensor '%.64s': negative, or the file would exceed 2^63 bytes", name);
    contents.element_size = mlpi_safetensors_dtype_size(dtype);
    describe(&writer->tensors, name, dtype, rank, shape, writer->data_size, end);
    mlpi_buffer_append(&writer->parts, &contents, sizeof contents);
    writer->data_size = end;
    status = mlpi_buffer_status(&writer->tensors, "safetensors header");
    return status == MLP_OK ? mlpi_buffer_status(&writer->parts, "list of tensors") : status;
}

mlp_status mlpi_safetensors_writer_tensor(mlpi_safetensors_writer *writer, const char *name, int32_t dtype,
                                          int32_t rank, const int64_t *shape,
                                          mlpi_safetensors_source_fn source, void *context)
{
    writer->status = check_open(writer);
    if (writer->status == MLP_OK)
        writer->status = add(writer, name, dtype, rank, shape,
                             (mlpi_safetensors_part){.source = source, .context = context});
    return writer->status;
}

mlp_status mlpi_safetensors_writer_array(mlpi_safetensors_writer *writer, const char *name, int32_t dtype,
                                         int32_t rank, const int64_t *shape, const void *elements)
{
    writer->status = check_open(writer);
    if (writer->status == MLP_OK)
        writer->status = add(writer, name, dtype, rank, shape, (mlpi_safetensors_part){.elements = elements});
    return writer->status;
}

/* Joins metadata and tensors, and pads with spaces until the data lie aligned. */
static mlp_status join(mlpi_safetensors_writer *writer)
{
    static const unsigned char length[8];
    mlpi_buffer *header = &writer->header;
    mlpi_buffer_append(header, length, sizeof length);
    mlpi_buffer_append(header, "{", 1);
    if (writer->metadata.size > 0) {
        mlpi_buffer_append_text(header, "\"__metadata__\":{");
        mlpi_buffer_append(header, writer->metadata.bytes, writer->metadata.size);
        mlpi_buffer_append_text(header, writer->tensors.size > 0 ? "}," : "}");
    }
    mlpi_buffer_append(header, writer->tensors.bytes, writer->tensors.size);
    mlpi_buffer_append(header, "}", 1);
    mlpi_buffer_fill(header, ' ', -header->size & (DATA_ALIGNMENT - 1));
    mlp_status status = mlpi_buffer_status(header, "safetensors header");
    if (status == MLP_OK)
        mlpi_store_u64((uint64_t)header->size - 8, (unsigned char *)header->bytes);
    return status;
}

/* What the reader would refuse is not written. */
static mlp_status check_readable(const mlpi_safetensors_writer *writer)
{
    mlpi_safetensors *file;
    int64_t length = writer->header.size - 8;
    if (length > MLPI_SAFETENSORS_MAX_HEADER)
        return mlpi_fail(MLP_ERR_ARGUMENT,
                         "safetensors: the header would have %lld bytes: at most %d are allowed",
                         (long long)length, MLPI_SAFETENSORS_MAX_HEADER);
    mlp_status status =
        mlpi_safetensors_parse_parts(writer->header.bytes + 8, length, NULL, writer->data_size, &file);
    mlpi_safetensors_free(file);
    return status == MLP_ERR_FORMAT ? MLP_ERR_ARGUMENT : status;
}

mlp_status mlpi_safetensors_writer_finish(mlpi_safetensors_writer *writer, int64_t *size)
{
    int64_t total;
    if (writer->status == MLP_OK && !writer->finished)
        writer->status = join(writer);
    if (writer->status == MLP_OK && !writer->finished)
        writer->status = check_readable(writer);
    if (writer->status == MLP_OK && !mlpi_checked_add(writer->header.size, writer->data_size, &total))
        writer->status = mlpi_fail(MLP_ERR_SIZE, "safetensors: the file would exceed 2^63 bytes");
    if (writer->status != MLP_OK)
        return writer->status;
    writer->finished = 1;
    *size = total;
    return MLP_OK;
}
