/* A directory for the files of a test program, and what the program's code says on stderr. */
#ifndef TESTS_CLI_SCRATCH_H
#define TESTS_CLI_SCRATCH_H

#include <stdbool.h>
#include <stdint.h>

/* Group setup and teardown of CMocka: make the directory, remove it with its files. */
int scratch_setup(void **state);
int scratch_teardown(void **state);

/* The path of a file in the directory. One of a few static buffers. */
const char *scratch_path(const char *name);

/* Write a file in the directory, compressed by gzip if asked; its path. */
const char *scratch_write(const char *name, const void *bytes, int64_t count, bool compressed);
const char *scratch_text(const char *name, const char *text);

/* The whole of a file with a NUL behind it, to be freed; fails the test if it cannot be read. */
char *scratch_read(const char *path, int64_t *count);

/* Collect what is reported from now on; the text so far, "" if nothing. */
void scratch_listen(void);
const char *scratch_heard(void);

#endif
