#include "base/error.h"
#include "base/memory.h"
#include "io/file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MOST_AT_ONCE ((int64_t)1 << 30) /* the system takes no more than 2^31 bytes in one call */

mlp_status mlpi_file_fail(const char *path, const char *verb, int error)
{
    char reason[128] = "";
    if (strerror_r(error, reason, sizeof reason) != 0)
        return mlpi_fail(MLP_ERR_IO, "%.300s: cannot %s: error %d", path, verb, error);
    return mlpi_fail(MLP_ERR_IO, "%.300s: cannot %s: %s", path, verb, reason);
}

/* Reads until `size` bytes or the end of the file; returns the bytes read, or -1 with errno. */
static int64_t read_up_to(int file, char *bytes, int64_t size)
{
    int64_t done = 0;
    while (done < size) {
        int64_t want = size - done < MOST_AT_ONCE ? size - done : MOST_AT_ONCE;
        ssize_t got = read(file, bytes + done, (size_t)want);
        if (got == 0)
            break;
        if (got < 0 && errno != EINTR)
            return -1;
        done += got > 0 ? got : 0;
    }
    return done;
}

/* Reads exactly `size` bytes, after which the file must end. */
static mlp_status read_all(int file, const char *path, char *bytes, int64_t size)
{
    char beyond;
    int64_t got = read_up_to(file, bytes, size);
    int64_t more = got == size ? read_up_to(file, &beyond, 1) : 0;
    if (got < 0 || more < 0)
        return mlpi_file_fail(path, "read", errno);
    if (got < size || more > 0)
        return mlpi_fail(MLP_ERR_IO,
                         "%.300s: cannot read: the file changed its length of %lld bytes meanwhile", path,
                         (long long)size);
    return MLP_OK;
}

static mlp_status measure(int file, const char *path, int64_t *size)
{
    struct stat about;
    if (fstat(file, &about) != 0)
        return mlpi_file_fail(path, "examine", errno);
    if (S_ISDIR(about.st_mode))
        return mlpi_file_fail(path, "read", EISDIR);
    if (!S_ISREG(about.st_mode))
        return mlpi_fail(MLP_ERR_IO, "%.300s: cannot read: not a regular file", path);
    *size = about.st_size;
    return MLP_OK;
}

mlp_status mlpi_file_read(const char *path, void **bytes, int64_t *size)
{
    int64_t length = 0;
    void *contents = NULL;
    *bytes = NULL;
    *size = 0;
    /* Without waiting, so that a pipe nobody writes to does not hold the caller up. */
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (file < 0)
        return mlpi_file_fail(path, "open", errno);
    mlp_status status = measure(file, path, &length);
    if (status == MLP_OK) {
        contents = mlpi_alloc(length);
        status = contents ? read_all(file, path, contents, length) : mlpi_fail_memory(path, length);
    }
    close(file);
    if (status != MLP_OK) {
        mlpi_free(contents);
        return status;
    }
    *bytes = contents;
    *size = length;
    return MLP_OK;
}
