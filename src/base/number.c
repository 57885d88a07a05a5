#include "base/number.h"
#include "base/checked.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_LENGTH   1000
#define MAX_EXPONENT 100000 /* far beyond any double, even after MAX_LENGTH digits of fraction */

static int is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static int equals(const char *text, int64_t length, const char *word)
{
    return length == (int64_t)strlen(word) && memcmp(text, word, (size_t)length) == 0;
}

/* Copies a printed number, writing a point for the locale's decimal sign, which may have several bytes. */
static int32_t copy_with_point(const char *printed, char *text)
{
    int32_t length = 0;
    int in_mark = 0;
    for (; *printed; printed++) {
        int was_in_mark = in_mark;
        in_mark = !strchr("0123456789+-e", *printed);
        if (!in_mark)
            text[length++] = *printed;
        else if (!was_in_mark)
            text[length++] = '.';
    }
    text[length] = '\0';
    return length;
}

int32_t mlpi_format_f64(double value, char text[MLPI_NUMBER_SIZE])
{
    if (!isfinite(value))
        return (int32_t)snprintf(text, MLPI_NUMBER_SIZE, "%s",
                                 isnan(value) ? "nan"
                                 : value > 0  ? "inf"
                                              : "-inf");
    int32_t length = 0;
    for (int digits = 15; digits <= 17; digits++) {
        char printed[64];
        double back;
        snprintf(printed, sizeof printed, "%.*g", digits, value);
        length = copy_with_point(printed, text);
        if (mlpi_parse_f64(text, length, &back) && back == value)
            break;
    }
    return length;
}

/* Copies the digits at *at; returns how many there were. */
static int64_t take_digits(const char *text, int64_t length, int64_t *at, char *digits)
{
    int64_t start = *at;
    while (*at < length && is_digit(text[*at]))
        *digits++ = text[(*at)++];
    return *at - start;
}

/* Reads the digits of an exponent, saturated. Returns 0 if there are none. */
static int read_exponent(const char *text, int64_t length, int64_t *at, int64_t *exponent)
{
    int negative = *at < length && text[*at] == '-';
    if (negative || (*at < length && text[*at] == '+'))
        ++*at;
    int64_t start = *at, value = 0;
    for (; *at < length && is_digit(text[*at]); ++*at)
        if (value < MAX_EXPONENT)
            value = 10 * value + (text[*at] - '0');
    *exponent = negative ? -value : value;
    return *at > start;
}

/*
 * Rewrites a JSON number without its decimal point, -12.5e3 as -125e2: strtod reads that alike in every
 * locale. Returns 0 if the text is not such a number.
 */
static int remove_point(const char *text, int64_t length, char *plain)
{
    int64_t at = 0, fraction = 0, exponent = 0;
    if (at < length && text[at] == '-') {
        at++;
        *plain++ = '-';
    }
    int64_t whole = take_digits(text, length, &at, plain);
    if (whole == 0 || (whole > 1 && plain[0] == '0'))
        return 0;
    plain += whole;
    if (at < length && text[at] == '.') {
        at++;
        fraction = take_digits(text, length, &at, plain);
        if (fraction == 0)
            return 0;
        plain += fraction;
    }
    if (at < length && (text[at] == 'e' || text[at] == 'E')) {
        at++;
        if (!read_exponent(text, length, &at, &exponent))
            return 0;
    }
    snprintf(plain, MLPI_NUMBER_SIZE, "e%lld", (long long)(exponent - fraction));
    return at == length;
}

int mlpi_parse_f64(const char *text, int64_t length, double *value)
{
    int infinite = equals(text, length, "inf") ? 1 : equals(text, length, "-inf") ? -1 : 0;
    if (infinite || equals(text, length, "nan")) {
        *value = infinite ? infinite * (double)INFINITY : (double)NAN;
        return 1;
    }
    char plain[MAX_LENGTH + MLPI_NUMBER_SIZE];
    if (length > MAX_LENGTH || !remove_point(text, length, plain))
        return 0;
    double number = strtod(plain, NULL);
    if (!isfinite(number))
        return 0;
    *value = number;
    return 1;
}

int mlpi_parse_i64(const char *text, int64_t length, int64_t *value)
{
    int negative = length > 0 && text[0] == '-';
    int64_t at = negative, number = 0;
    if (at == length || (text[at] == '0' && at + 1 < length))
        return 0;
    for (; at < length; at++) {
        int digit = text[at] - '0';
        if (!is_digit(text[at]) || !mlpi_checked_mul_add(number, 10, negative ? -digit : digit, &number))
            return 0;
    }
    *value = number;
    return 1;
}
