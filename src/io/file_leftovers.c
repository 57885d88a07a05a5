#include "io/file_leftovers.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define PATTERN ".%.200s.tmp-" /* what all temporaries for one file begin with */

void mlpi_temporary_name(const char *file, unsigned number, char name[MLPI_TEMPORARY_SIZE])
{
    snprintf(name, MLPI_TEMPORARY_SIZE, PATTERN "%ld-%u", file, (long)getpid(), number);
}

/* A file system without locks has no leftovers removed, and needs none. */
int mlpi_temporary_lock(int file)
{
    struct stat about;
    while (flock(file, LOCK_EX) != 0 && errno == EINTR)
        continue;
    return fstat(file, &about) != 0 || about.st_nlink > 0;
}

/* Two numbers with a dash between them, and no more. */
static int are_numbers(const char *text)
{
    static const char digits[] = "0123456789";
    const size_t first = strspn(text, digits),
                 second = text[first] == '-' ? strspn(text + first + 1, digits) : 0;
    return first > 0 && second > 0 && text[first + 1 + second] == '\0';
}

/* Open for writing, which locks over a network ask for; where its permissions forbid that, for reading. */
static int open_for_lock(int directory, const char *name)
{
    const int flags = O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY;
    const int file = openat(directory, name, O_RDWR | flags);
    return file < 0 && errno == EACCES ? openat(directory, name, O_RDONLY | flags) : file;
}

/* Whether a name still is that of an open regular file. */
static int is_named(int file, int directory, const char *name)
{
    struct stat opened, named;
    return fstat(file, &opened) == 0 && S_ISREG(opened.st_mode) &&
           fstatat(directory, name, &named, AT_SYMLINK_NOFOLLOW) == 0 && opened.st_dev == named.st_dev &&
           opened.st_ino == named.st_ino;
}

/* The name is looked at under the lock: before it the writer may have finished, and another begun under the same name. */
static void remove_if_left(int directory, const char *name)
{
    const int file = open_for_lock(directory, name);
    if (file < 0)
        return;
    if (flock(file, LOCK_EX | LOCK_NB) == 0 && is_named(file, directory, name))
        unlinkat(directory, name, 0);
    close(file);
}

void mlpi_leftovers_remove(int directory, const char *file)
{
    char prefix[MLPI_TEMPORARY_SIZE];
    snprintf(prefix, sizeof prefix, PATTERN, file);
    const size_t length = strlen(prefix);
    const int own = openat(directory, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *listing = own < 0 ? NULL : fdopendir(own);
    if (!listing) {
        if (own >= 0)
            close(own);
        return;
    }
    for (const struct dirent *entry; (entry = readdir(listing)) != NULL;)
        if (strncmp(entry->d_name, prefix, length) == 0 && are_numbers(entry->d_name + length))
            remove_if_left(directory, entry->d_name);
    closedir(listing);
}
