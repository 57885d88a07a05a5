#include "io/json.h"
#include "base/checked.h"
#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>

mlpi_json mlpi_json_start(const char *what, const void *bytes, int64_t size, int64_t origin)
{
    return (mlpi_json){.what = what, .bytes = bytes, .size = size, .origin = origin};
}

int mlpi_json_refuse(mlpi_json *json, const char *format, ...)
{
    if (json->status != MLP_OK)
        return 0;
    char reason[256];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(reason, sizeof reason, format, arguments);
    va_end(arguments);
    long long byte = json->origin + json->at;
    json->status = mlpi_fail(MLP_ERR_FORMAT, "%s, byte %lld: %s", json->what, byte, reason);
    return 0;
}

/* The next byte that is no white space, without reading it; -1 at the end or after a failure. */
static int peek(mlpi_json *json)
{
    if (json->status != MLP_OK)
        return -1;
    while (json->at < json->size) {
        int byte = json->bytes[json->at];
        if (byte != ' ' && byte != '\t' && byte != '\n' && byte != '\r')
            return byte;
        json->at++;
    }
    return -1;
}

static int refuse_next(mlpi_json *json, const char *expected)
{
    int byte = peek(json);
    if (byte < 0)
        return mlpi_json_refuse(json, "the text ends where %s is expected", expected);
    if (byte > ' ' && byte < 0x7f)
        return mlpi_json_refuse(json, "expected %s, found '%c'", expected, byte);
    return mlpi_json_refuse(json, "expected %s, found byte 0x%02x", expected, (unsigned)byte);
}

int mlpi_json_take(mlpi_json *json, char mark)
{
    if (peek(json) != mark)
        return refuse_next(json, (const char[]){'\'', mark, '\'', '\0'});
    json->at++;
    return 1;
}

int mlpi_json_open(mlpi_json *json, char bracket)
{
    if (!mlpi_json_take(json, bracket))
        return 0;
    json->opened = 1;
    return 1;
}

int mlpi_json_more(mlpi_json *json, char bracket)
{
    int byte = peek(json), opened = json->opened;
    json->opened = 0;
    if (byte == bracket) {
        json->at++;
        return 0;
    }
    if (opened && byte >= 0)
        return 1;
    if (byte != ',')
        return refuse_next(json, bracket == '}' ? "',' or '}'" : "',' or ']'");
    json->at++;
    return 1;
}

int mlpi_json_key(mlpi_json *json, char *text, int64_t capacity, int64_t *length)
{
    return mlpi_json_string(json, text, capacity, length) && mlpi_json_take(json, ':');
}

int mlpi_json_integer(mlpi_json *json, int64_t *value)
{
    int first = peek(json);
    if (first < '0' || first > '9')
        return refuse_next(json, "a non-negative integer");
    int64_t number = 0, start = json->at;
    for (; json->at < json->size; json->at++) {
        int digit = json->bytes[json->at] - '0';
        if (digit < 0 || digit > 9)
            break;
        if (!mlpi_checked_mul_add(number, 10, digit, &number))
            return mlpi_json_refuse(json, "the integer is larger than 2^63 - 1");
    }
    if (first == '0' && json->at > start + 1)
        return mlpi_json_refuse(json, "the integer has a leading zero");
    int next = json->at < json->size ? json->bytes[json->at] : ' ';
    if (next == '.' || next == 'e' || next == 'E')
        return mlpi_json_refuse(json, "expected an integer, found a fraction or an exponent");
    *value = number;
    return 1;
}
