#include "base/error.h"
#include "io/bytes.h"
#include "io/file.h"
#include "io/safetensors_writer.h"

#include <stdalign.h>
#include <string.h>

#define CHUNK 16384 /* bytes asked of a source at a time: a multiple of every element size */

/* Hands one tensor on, a chunk at a time. */
static mlp_status write_part(const mlpi_safetensors_part *part, const mlpi_sink *sink)
{
    alignas(64) unsigned char chunk[CHUNK];
    int64_t most = CHUNK / part->element_size;
    mlp_status status = MLP_OK;
    for (int64_t start = 0; start < part->count && status == MLP_OK; start += most) {
        int64_t count = part->count - start < most ? part->count - start : most;
        int64_t bytes = count * part->element_size;
        if (part->elements)
            memcpy(chunk, (const char *)part->elements + start * part->element_size, (size_t)bytes);
        else
            status = part->source(part->context, start, count, chunk);
        if (status != MLP_OK)
            break;
        mlpi_little_endian(chunk, count, part->element_size);
        status = sink->write(sink->context, chunk, bytes);
    }
    return status;
}

mlp_status mlpi_safetensors_writer_write(const mlpi_safetensors_writer *writer, const mlpi_sink *sink)
{
    if (!writer->finished)
        return mlpi_fail(MLP_ERR_STATE, "safetensors writer: must be finished before it can write");
    const mlpi_safetensors_part *parts = (const mlpi_safetensors_part *)(const void *)writer->parts.bytes;
    int64_t count = writer->parts.size / (int64_t)sizeof *parts;
    mlp_status status = sink->write(sink->context, writer->header.bytes, writer->header.size);
    for (int64_t i = 0; i < count && status == MLP_OK; i++)
        status = write_part(&parts[i], sink);
    return status;
}

typedef struct {
    unsigned char *bytes;
    int64_t left;
} memory;

static mlp_status write_memory(void *context, const void *bytes, int64_t size)
{
    memory *m = context;
    if (size > m->left)
        return mlpi_fail(MLP_ERR_SIZE, "buffer: too small for the safetensors file by at least %lld bytes",
                         (long long)(size - m->left));
    memcpy(m->bytes, bytes, (size_t)size);
    m->bytes += size;
    m->left -= size;
    return MLP_OK;
}

mlp_status mlpi_safetensors_writer_write_memory(const mlpi_safetensors_writer *writer, void *bytes,
                                                int64_t size)
{
    memory m = {bytes, size};
    return mlpi_safetensors_writer_write(writer, &(mlpi_sink){write_memory, &m});
}

static mlp_status produce(void *context, const mlpi_sink *sink)
{
    const mlpi_safetensors_writer *const *writer = context;
    return mlpi_safetensors_writer_write(*writer, sink);
}

mlp_status mlpi_safetensors_writer_save(const mlpi_safetensors_writer *writer, const char *path)
{
    return mlpi_file_replace(path, produce, &writer);
}
