#include "scratch.h"

#include "report.h"

#include <dirent.h>
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>
#include <cmocka.h>

static char directory[64];
static FILE *stream;
static char *heard;
static size_t heard_size;

static void stop_listening(void)
{
    report_set_stream(NULL);
    if (stream)
        fclose(stream);
    free(heard);
    stream = NULL;
    heard = NULL;
}

int scratch_setup(void **state)
{
    (void)state;
    snprintf(directory, sizeof directory, "/tmp/mlp-cli-XXXXXX");
    return mkdtemp(directory) ? 0 : -1;
}

int scratch_teardown(void **state)
{
    DIR *dir = opendir(directory);
    struct dirent *entry;

    (void)state;
    stop_listening();
    while (dir && (entry = readdir(dir)) != NULL) {
        if (entry->d_name[0] != '.')
            unlink(scratch_path(entry->d_name));
    }
    if (dir)
        closedir(dir);
    return rmdir(directory);
}

const char *scratch_path(const char *name)
{
    static char path[8][384];
    static unsigned next;
    char *out = path[next++ % 8];

    snprintf(out, sizeof path[0], "%s/%s", directory, name);
    return out;
}

const char *scratch_write(const char *name, const void *bytes, int64_t count, bool compressed)
{
    const char *path = scratch_path(name);

    if (compressed) {
        gzFile file = gzopen(path, "wb");
        assert_non_null(file);
        if (count)
            assert_int_equal(gzwrite(file, bytes, (unsigned)count), count);
        assert_int_equal(gzclose(file), Z_OK);
    } else {
        FILE *file = fopen(path, "wb");
        assert_non_null(file);
        assert_int_equal(fwrite(bytes, 1, (size_t)count, file), count);
        assert_int_equal(fclose(file), 0);
    }
    return path;
}

const char *scratch_text(const char *name, const char *text)
{
    return scratch_write(name, text, (int64_t)strlen(text), false);
}

char *scratch_read(const char *path, int64_t *count)
{
    FILE *file = fopen(path, "rb");
    char *bytes = NULL;
    size_t size = 0, got;

    assert_non_null(file);
    do {
        bytes = realloc(bytes, size + 4097);
        assert_non_null(bytes);
        got = fread(bytes + size, 1, 4096, file);
        size += got;
    } while (got > 0);
    bytes[size] = '\0';
    fclose(file);
    if (count)
        *count = (int64_t)size;
    return bytes;
}

void scratch_listen(void)
{
    stop_listening();
    stream = open_memstream(&heard, &heard_size);
    assert_non_null(stream);
    report_set_stream(stream);
}

const char *scratch_heard(void)
{
    fflush(stream);
    return heard ? heard : "";
}
