#include "base/error.h"
#include "base/memory.h"
#include "io/file.h"
#include "io/file_leftovers.h"

#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MOST_AT_ONCE ((size_t)1 << 30)
#define TRIES        1000

/* A file on its way to its place. */
typedef struct {
    const char *path; /* as the caller wrote it, for messages */
    const char *name; /* its last component */
    int directory;    /* open; every name is relative to it, so that it may be moved meanwhile */
    int file;
    char temporary[MLPI_TEMPORARY_SIZE];
} replacement;

static mlp_status fail(const replacement *r, const char *verb)
{
    return mlpi_file_fail(r->path, verb, errno);
}

/* Opens the directory of the path. */
static mlp_status open_directory(replacement *r)
{
    const char *slash = strrchr(r->path, '/');
    r->name = slash ? slash + 1 : r->path;
    if (*r->name == '\0' || strcmp(r->name, ".") == 0 || strcmp(r->name, "..") == 0)
        return mlpi_fail(MLP_ERR_IO, "%.300s: cannot write: the path names no file", r->path);
    int64_t length = slash ? slash - r->path + 1 : 1;
    char *directory = mlpi_strndup(slash ? r->path : ".", length);
    if (!directory)
        return mlpi_fail_memory(r->path, length + 1);
    r->directory = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    mlp_status status = r->directory < 0 ? fail(r, "open the directory of this file") : MLP_OK;
    mlpi_free(directory);
    return status;
}

/* The permissions of the file that is replaced; -1 if there is none. Anything but a file or a link stays. */
static mlp_status examine_old(const replacement *r, int *permissions)
{
    struct stat old;
    *permissions = -1;
    if (fstatat(r->directory, r->name, &old, AT_SYMLINK_NOFOLLOW) != 0)
        return errno == ENOENT ? MLP_OK : fail(r, "examine");
    if (S_ISLNK(old.st_mode) && fstatat(r->directory, r->name, &old, 0) != 0)
        return MLP_OK;
    if (S_ISDIR(old.st_mode)) {
        errno = EISDIR;
        return fail(r, "replace");
    }
    if (!S_ISREG(old.st_mode))
        return mlpi_fail(MLP_ERR_IO, "%.300s: cannot replace: not a regular file", r->path);
    *permissions = (int)(old.st_mode & 0777);
    return MLP_OK;
}

/* Creates the temporary under a name that nobody has, and locks it. */
static mlp_status create_temporary(replacement *r, int permissions)
{
    static atomic_uint counter;
    int tries = 0;
    do {
        mlpi_temporary_name(r->name, atomic_fetch_add(&counter, 1), r->temporary);
        r->file = openat(r->directory, r->temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW,
                         permissions < 0 ? 0666 : 0600);
        if (r->file >= 0 && !mlpi_temporary_lock(r->file)) {
            close(r->file);
            r->file = -1;
            errno = EEXIST;
        }
    } while (r->file < 0 && (errno == EINTR || (errno == EEXIST && ++tries < TRIES)));
    if (r->file < 0) {
        r->temporary[0] = '\0'; /* not ours to remove */
        return fail(r, "create a temporary file beside it");
    }
    return permissions >= 0 && fchmod(r->file, (mode_t)permissions) != 0 ? fail(r, "set the permissions")
                                                                         : MLP_OK;
}

static mlp_status write_fully(void *context, const void *bytes, int64_t size)
{
    const replacement *r = context;
    const char *next = bytes;
    for (size_t left = (size_t)size; left > 0;) {
        ssize_t written = write(r->file, next, left < MOST_AT_ONCE ? left : MOST_AT_ONCE);
        if (written < 0 && errno != EINTR)
            return fail(r, "write");
        next += written > 0 ? written : 0;
        left -= written > 0 ? (size_t)written : 0;
    }
    return MLP_OK;
}

/* Waits until the contents are on the disk. */
static int synchronize(int file)
{
    int result;
    do
        result = fsync(file);
    while (result != 0 && errno == EINTR);
    return result;
}

/*
 * Makes the contents durable, renames, and makes the new name durable, which some file systems cannot and say so with
 * EINVAL. The file stays open, and with it locked, until it has its name.
 */
static mlp_status put_in_place(replacement *r)
{
    if (synchronize(r->file) != 0)
        return fail(r, "synchronize");
    if (renameat(r->directory, r->temporary, r->directory, r->name) != 0)
        return fail(r, "rename the temporary file");
    r->temporary[0] = '\0';
    if (synchronize(r->directory) != 0 && errno != EINVAL && errno != ENOTSUP)
        return fail(r, "synchronize the directory, though the file is in place,");
    return MLP_OK;
}

/* Closes what is open and removes the temporary, if there still is one. */
static void clean_up(const replacement *r)
{
    if (r->file >= 0)
        close(r->file);
    if (r->temporary[0])
        unlinkat(r->directory, r->temporary, 0);
    if (r->directory >= 0)
        close(r->directory);
}

mlp_status mlpi_file_replace(const char *path, mlpi_produce_fn produce, void *context)
{
    replacement r = {.path = path, .directory = -1, .file = -1};
    int permissions;
    mlp_status status = open_directory(&r);
    if (status == MLP_OK)
        status = examine_old(&r, &permissions);
    if (status == MLP_OK)
        mlpi_leftovers_remove(r.directory, r.name);
    if (status == MLP_OK)
        status = create_temporary(&r, permissions);
    if (status == MLP_OK)
        status = produce(context, &(mlpi_sink){write_fully, &r});
    if (status == MLP_OK)
        status = put_in_place(&r);
    clean_up(&r);
    return status;
}
