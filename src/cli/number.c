#include "number.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* strtod() also takes hexadecimal, inf and nan: none of them is data. */
bool number_parse(const char *text, double *value)
{
    char *end;
    double parsed;

    text += strspn(text, " \t");
    size_t digits = strspn(text, "0123456789+-.eE");
    if (digits == 0 || text[digits + strspn(text + digits, " \t")] != '\0')
        return false;
    parsed = strtod(text, &end);
    if (end != text + digits || !isfinite(parsed))
        return false;
    *value = parsed;
    return true;
}

bool number_parse_int(const char *text, int64_t *value)
{
    char *end;
    long long parsed;

    errno = 0;
    parsed = strtoll(text, &end, 10);
    if (end == text || *end != '\0' || errno == ERANGE)
        return false;
    *value = parsed;
    return true;
}

const char *number_group(int64_t value, char buffer[NUMBER_GROUP_SIZE])
{
    char digits[24];
    int count = snprintf(digits, sizeof digits, "%lld", (long long)value);
    int sign = value < 0;
    char *out = buffer;

    for (int i = 0; i < count; i++) {
        if (i > sign && (count - i) % 3 == 0)
            *out++ = ',';
        *out++ = digits[i];
    }
    *out = '\0';
    return buffer;
}
