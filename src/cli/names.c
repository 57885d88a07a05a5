#include "names.h"

#include "heap.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void names_clear(struct names *names)
{
    for (int64_t i = 0; i < names->count; i++)
        free(names->item[i]);
    free(names->item);
    *names = (struct names){0};
}

static int64_t adopt(struct names *names, char *name)
{
    if (names->count == names->capacity) {
        names->capacity = 2 * names->capacity + 8;
        names->item = heap_resize(names->item, names->capacity, (int64_t)sizeof *names->item);
    }
    names->item[names->count] = name;
    return names->count++;
}

int64_t names_add(struct names *names, const char *name)
{
    return adopt(names, heap_string(name));
}

int64_t names_find(const struct names *names, const char *name)
{
    for (int64_t i = 0; i < names->count; i++) {
        if (strcmp(names->item[i], name) == 0)
            return i;
    }
    return -1;
}

void names_split(struct names *names, const char *text, char separator)
{
    while (*text) {
        const char *end = strchr(text, separator);
        int64_t length = end ? end - text : (int64_t)strlen(text);

        adopt(names, heap_substring(text, length));
        text += length + (end != NULL);
    }
}

char *names_join(const struct names *names, const char *separator)
{
    size_t length = 1;
    char *text, *end;

    for (int64_t i = 0; i < names->count; i++)
        length += strlen(names->item[i]) + strlen(separator);
    text = end = heap_new((int64_t)length, 1);
    for (int64_t i = 0; i < names->count; i++)
        end += sprintf(end, "%s%s", i ? separator : "", names->item[i]);
    return text;
}

void names_add_numbers(struct names *names, int64_t count)
{
    for (int64_t i = 0; i < count; i++) {
        char text[24];

        snprintf(text, sizeof text, "%lld", (long long)i);
        names_add(names, text);
    }
}
