#include "io/utf8.h"

/*
 * First bytes, and the range of the second byte that keeps out overlong forms, surrogates and what is too
 * large.
 */
static const struct {
    unsigned char first, last, second_low, second_high, length;
} forms[] = {
    {0x00, 0x7f, 0x00, 0x00, 1}, {0xc2, 0xdf, 0x80, 0xbf, 2}, {0xe0, 0xe0, 0xa0, 0xbf, 3},
    {0xe1, 0xec, 0x80, 0xbf, 3}, {0xed, 0xed, 0x80, 0x9f, 3}, {0xee, 0xef, 0x80, 0xbf, 3},
    {0xf0, 0xf0, 0x90, 0xbf, 4}, {0xf1, 0xf3, 0x80, 0xbf, 4}, {0xf4, 0xf4, 0x80, 0x8f, 4},
};

int mlpi_utf8_length(const unsigned char *bytes, int64_t size)
{
    unsigned form = 0, count = sizeof forms / sizeof forms[0];
    while (size > 0 && form < count && (bytes[0] < forms[form].first || bytes[0] > forms[form].last))
        form++;
    if (size <= 0 || form == count || size < forms[form].length)
        return 0;
    int length = forms[form].length;
    if (length > 1 && (bytes[1] < forms[form].second_low || bytes[1] > forms[form].second_high))
        return 0;
    for (int i = 2; i < length; i++)
        if ((bytes[i] & 0xc0) != 0x80)
            return 0;
    return length;
}

int mlpi_utf8_valid(const char *text, int64_t length)
{
    const unsigned char *bytes = (const unsigned char *)text;
    int step = 1;
    for (int64_t at = 0; at < length && step; at += step)
        step = mlpi_utf8_length(bytes + at, length - at);
    return step != 0;
}

int mlpi_utf8_encode(uint32_t character, char out[4])
{
    static const unsigned char lead[5] = {0, 0x00, 0xc0, 0xe0, 0xf0};
    int length = character < 0x80 ? 1 : character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
    for (int i = length - 1; i > 0; i--, character >>= 6)
        out[i] = (char)(0x80 | (character & 0x3f));
    out[0] = (char)(lead[length] | character);
    return length;
}
