#include "heap.h"

#include "report.h"

#include <stdlib.h>
#include <string.h>

static size_t product(int64_t count, int64_t size)
{
    int64_t bytes;

    if (count < 0 || size < 0 || __builtin_mul_overflow(count, size, &bytes))
        exit(report_failure("out of memory: %lld values of %lld bytes", (long long)count, (long long)size));
    return bytes > 0 ? (size_t)bytes : 1;
}

static void *checked(void *memory, size_t bytes)
{
    if (!memory)
        exit(report_failure("out of memory: %zu bytes", bytes));
    return memory;
}

void *heap_new(int64_t count, int64_t size)
{
    size_t bytes = product(count, size);

    return checked(calloc(1, bytes), bytes);
}

void *heap_resize(void *memory, int64_t count, int64_t size)
{
    size_t bytes = product(count, size);

    return checked(realloc(memory, bytes), bytes);
}

char *heap_string(const char *text)
{
    return text ? checked(strdup(text), strlen(text) + 1) : NULL;
}

char *heap_substring(const char *text, int64_t length)
{
    return checked(strndup(text, (size_t)length), (size_t)length + 1);
}
