#include "io/json.h"
#include "io/utf8.h"

#include <stdio.h>
#include <string.h>

/* Where decoded text goes: what does not fit is counted, not kept, and no character is split. */
typedef struct {
    char *text;
    int64_t capacity, kept, length;
} output;

static void put(output *out, const char *bytes, int count)
{
    if (out->kept == out->length && out->kept + count < out->capacity) {
        memcpy(out->text + out->kept, bytes, (size_t)count);
        out->kept += count;
    }
    out->length += count;
}

static int hex_digit(int byte)
{
    if (byte >= '0' && byte <= '9')
        return byte - '0';
    int letter = byte | 0x20;
    return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
}

/* Reads the four digits of a \u escape. */
static int take_hex(mlpi_json *json, uint32_t *unit)
{
    *unit = 0;
    for (int i = 0; i < 4; i++, json->at++) {
        int digit = json->at < json->size ? hex_digit(json->bytes[json->at]) : -1;
        if (digit < 0)
            return mlpi_json_refuse(json, "a \\u escape needs four hexadecimal digits");
        *unit = *unit << 4 | (uint32_t)digit;
    }
    return 1;
}

/* Reads what follows \u: one unit, or a surrogate pair. */
static int take_unicode(mlpi_json *json, output *out)
{
    uint32_t unit, low;
    if (!take_hex(json, &unit))
        return 0;
    if (unit >= 0xd800 && unit < 0xe000) {
        int paired =
            unit < 0xdc00 && json->size - json->at >= 2 && memcmp(json->bytes + json->at, "\\u", 2) == 0;
        json->at += paired ? 2 : 0;
        if (!paired || !take_hex(json, &low) || low < 0xdc00 || low >= 0xe000)
            return mlpi_json_refuse(json, "a surrogate stands alone");
        unit = 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
    }
    if (unit == 0)
        return mlpi_json_refuse(json, "a NUL character in a string");
    char bytes[4];
    put(out, bytes, mlpi_utf8_encode(unit, bytes));
    return 1;
}

/* Reads what follows a backslash. */
static int take_escape(mlpi_json *json, output *out)
{
    static const char letters[] = "\"\\/bfnrt", meanings[] = "\"\\/\b\f\n\r\t";
    int byte = json->at < json->size ? json->bytes[json->at] : 0;
    const char *letter = byte ? strchr(letters, byte) : NULL;
    if (!letter && byte != 'u')
        return mlpi_json_refuse(json, "an unknown escape in a string");
    json->at++;
    if (byte == 'u')
        return take_unicode(json, out);
    put(out, meanings + (letter - letters), 1);
    return 1;
}

/* Reads one character of a string, which is not its closing quote. */
static int take_character(mlpi_json *json, output *out)
{
    const unsigned char *bytes = json->bytes + json->at;
    if (bytes[0] == '\\') {
        json->at++;
        return take_escape(json, out);
    }
    if (bytes[0] < 0x20)
        return mlpi_json_refuse(json, "a control character 0x%02x in a string", bytes[0]);
    int length = mlpi_utf8_length(bytes, json->size - json->at);
    if (length == 0)
        return mlpi_json_refuse(json, "a string is not valid UTF-8");
    put(out, (const char *)bytes, length);
    json->at += length;
    return 1;
}

int mlpi_json_string(mlpi_json *json, char *text, int64_t capacity, int64_t *length)
{
    output out = {.text = text, .capacity = capacity};
    if (!mlpi_json_take(json, '"'))
        return 0;
    while (json->at < json->size && json->bytes[json->at] != '"')
        if (!take_character(json, &out))
            return 0;
    if (json->at == json->size)
        return mlpi_json_refuse(json, "the text ends within a string");
    json->at++;
    text[out.kept] = '\0';
    if (length)
        *length = out.length;
    return 1;
}

void mlpi_json_show(const char *text, char *shown, int64_t capacity)
{
    int64_t i = 0;
    for (; text[i] && i < capacity - 1; i++)
        shown[i] = (char)(text[i] < 0x20 || text[i] > 0x7e ? '?' : text[i]);
    shown[i] = '\0';
}

void mlpi_json_write_string(mlpi_buffer *buffer, const char *text)
{
    mlpi_buffer_append(buffer, "\"", 1);
    for (; *text; text++) {
        unsigned char byte = (unsigned char)*text;
        char escape[8];
        if (byte == '"' || byte == '\\')
            mlpi_buffer_append(buffer, (const char[]){'\\', *text}, 2);
        else if (byte < 0x20)
            mlpi_buffer_append(buffer, escape, snprintf(escape, sizeof escape, "\\u%04x", (unsigned)byte));
        else
            mlpi_buffer_append(buffer, text, 1);
    }
    mlpi_buffer_append(buffer, "\"", 1);
}
