/**
 * @file
 * Memory for a program that has nothing better to do without it: running out ends the program with a message and
 * status 1.
 */
#ifndef CLI_HEAP_H
#define CLI_HEAP_H

#include <stdint.h>

/** count x size bytes, zeroed; count >= 0. Never NULL; released by free(). */
void *heap_new(int64_t count, int64_t size);

/** Change the size of what heap_new() or heap_resize() gave (or NULL) to count x size bytes. */
void *heap_resize(void *memory, int64_t count, int64_t size);

/** A copy of a string; NULL for NULL. */
char *heap_string(const char *text);

/** A copy of the first @p length bytes of a string. */
char *heap_substring(const char *text, int64_t length);

#endif
