#include "stream.h"

#include "heap.h"
#include "report.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <zlib.h>

enum { FIRST_CHUNK = 1 << 16, LARGEST_READ = 1 << 30 };

struct stream {
    gzFile file;
    char *path;
};

int stream_open(const char *path, struct stream **stream)
{
    struct stat about;
    gzFile file;

    *stream = NULL;
    if (stat(path, &about) == 0 && S_ISDIR(about.st_mode))
        return report_usage("%s: is a directory", path);
    errno = 0;
    file = gzopen(path, "rb");
    if (!file && (errno == ENOENT || errno == ENOTDIR))
        return report_usage("%s: no such file", path);
    if (!file)
        return report_failure("%s: %s", path, errno ? strerror(errno) : "out of memory");
    gzbuffer(file, 1 << 17);
    *stream = heap_new(1, sizeof **stream);
    **stream = (struct stream){file, heap_string(path)};
    return CLI_OK;
}

void stream_close(struct stream *stream)
{
    if (!stream)
        return;
    gzclose(stream->file);
    free(stream->path);
    free(stream);
}

/* zlib's message repeats the path and a colon. */
static const char *reason(const struct stream *stream)
{
    int code;
    const char *text = gzerror(stream->file, &code);
    size_t length = strlen(stream->path);

    if (code == Z_ERRNO)
        return strerror(errno);
    return strncmp(text, stream->path, length) == 0 && text[length] == ':' ? text + length + 2 : text;
}

static bool at_error(const struct stream *stream)
{
    int code;

    gzerror(stream->file, &code);
    return code != Z_OK && code != Z_STREAM_END;
}

int stream_read(struct stream *stream, int64_t limit, unsigned char **bytes, int64_t *count)
{
    int64_t capacity = limit < FIRST_CHUNK ? limit : FIRST_CHUNK, filled = 0;
    unsigned char *memory = heap_new(capacity + 1, 1);
    int got = 1;

    while (got > 0 && filled < limit) {
        int64_t room;

        if (filled == capacity) {
            capacity = capacity > limit / 2 ? limit : 2 * capacity;
            memory = heap_resize(memory, capacity + 1, 1);
        }
        room = capacity - filled;
        got = gzread(stream->file, memory + filled, (unsigned)(room < LARGEST_READ ? room : LARGEST_READ));
        filled += got > 0 ? got : 0;
    }
    memory[filled] = '\0';
    if (got < 0 || at_error(stream)) {
        free(memory);
        *bytes = NULL;
        return report_failure("%s: %s", stream->path, reason(stream));
    }
    *bytes = memory;
    *count = filled;
    return CLI_OK;
}
