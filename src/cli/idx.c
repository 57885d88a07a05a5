#include "idx.h"

#include "report.h"
#include "stream.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

enum { UNSIGNED_BYTE = 8, MOST_DIMENSIONS = 8 };

static int64_t big_endian(const unsigned char *b)
{
    return (int64_t)b[0] << 24 | (int64_t)b[1] << 16 | (int64_t)b[2] << 8 | b[3];
}

/* Read exactly `count` bytes of the header. */
static int header_bytes(struct stream *stream, const char *path, int64_t count, unsigned char *out)
{
    unsigned char *bytes;
    int64_t got;

    if (stream_read(stream, count, &bytes, &got) != CLI_OK)
        return CLI_FAILED;
    memcpy(out, bytes, (size_t)got);
    free(bytes);
    return got == count ? CLI_OK : report_failure("%s: not an IDX file: it ends in its header", path);
}

static int read_magic(struct stream *stream, const char *path, int32_t *dimensions)
{
    unsigned char magic[4] = {0};

    if (header_bytes(stream, path, 4, magic) != CLI_OK)
        return CLI_FAILED;
    *dimensions = magic[3];
    if (magic[0] != 0 || magic[1] != 0)
        return report_failure("%s: not an IDX file: it begins with the bytes %u %u, not 0 0", path, magic[0],
                              magic[1]);
    if (magic[2] != UNSIGNED_BYTE)
        return report_failure("%s: IDX values of type 0x%02x: only unsigned bytes (0x08) are supported", path,
                              magic[2]);
    if (*dimensions < 1 || *dimensions > MOST_DIMENSIONS)
        return report_failure("%s: %d IDX dimensions: must be 1 to %d", path, *dimensions, MOST_DIMENSIONS);
    return CLI_OK;
}

static int read_sizes(struct stream *stream, const char *path, struct idx *idx)
{
    unsigned char sizes[4 * MOST_DIMENSIONS] = {0};
    int64_t total;

    if (header_bytes(stream, path, 4 * (int64_t)idx->dimensions, sizes) != CLI_OK)
        return CLI_FAILED;
    idx->samples = big_endian(sizes);
    idx->width = 1;
    for (int32_t i = 1; i < idx->dimensions; i++) {
        if (__builtin_mul_overflow(idx->width, big_endian(sizes + (ptrdiff_t)4 * i), &idx->width))
            return report_failure("%s: IDX dimensions that overflow", path);
    }
    if (__builtin_mul_overflow(idx->width, idx->samples, &total) || total > INT64_MAX / 2)
        return report_failure("%s: IDX dimensions that overflow", path);
    return total > 0 ? CLI_OK : report_failure("%s: an IDX array without values", path);
}

/* One byte more is asked for, to see that the file ends where its header says. */
static int read_values(struct stream *stream, const char *path, struct idx *idx)
{
    int64_t total = idx->samples * idx->width, got;
    int status = stream_read(stream, total + 1, &idx->value, &got);

    if (status == CLI_OK && got < total)
        return report_failure("%s: %lld values: its header promises %lld", path, (long long)got,
                              (long long)total);
    if (status == CLI_OK && got > total)
        return report_failure("%s: more than the %lld values its header promises", path, (long long)total);
    return status;
}

int idx_read(const char *path, struct idx *idx)
{
    struct stream *stream;
    int status = stream_open(path, &stream);

    *idx = (struct idx){0};
    if (status == CLI_OK)
        status = read_magic(stream, path, &idx->dimensions);
    if (status == CLI_OK)
        status = read_sizes(stream, path, idx);
    if (status == CLI_OK)
        status = read_values(stream, path, idx);
    if (status != CLI_OK)
        idx_clear(idx);
    stream_close(stream);
    return status;
}

void idx_clear(struct idx *idx)
{
    free(idx->value);
    *idx = (struct idx){0};
}
