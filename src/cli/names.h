/**
 * @file
 * A list of strings: column names, class names.
 */
#ifndef CLI_NAMES_H
#define CLI_NAMES_H

#include <stdint.h>

/** Zero it to make it empty. */
struct names {
    int64_t count, capacity;
    char **item;
};

/** Free the strings; the list is empty afterwards. */
void names_clear(struct names *names);

/** Append a copy of @p name; returns its index. */
int64_t names_add(struct names *names, const char *name);

/** Index of @p name, -1 if it is not there. */
int64_t names_find(const struct names *names, const char *name);

/** Append the parts of @p text between separators; an empty text has none. */
void names_split(struct names *names, const char *text, char separator);

/** The strings with a separator between; to be freed. */
char *names_join(const struct names *names, const char *separator);

/** Append "0" .. "count - 1". */
void names_add_numbers(struct names *names, int64_t count);

#endif
