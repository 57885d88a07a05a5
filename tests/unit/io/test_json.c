#include "base/error.h"
#include "io/json.h"
#include "io/utf8.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

/* A reader of an exact copy of the text, which the caller frees. */
static mlpi_json start(const char *text, int64_t size, void **copy)
{
    *copy = malloc(size > 0 ? (size_t)size : 1);
    memcpy(*copy, text, (size_t)size);
    return mlpi_json_start("text", *copy, size, 0);
}

static void check_string(const char *text, int64_t size, const char *expected)
{
    void *copy;
    char decoded[64];
    int64_t length = -1;
    mlpi_json json = start(text, size, &copy);
    int read = mlpi_json_string(&json, decoded, sizeof decoded, &length);
    free(copy);
    if (expected && (!read || length != (int64_t)strlen(expected) || strcmp(decoded, expected) != 0))
        fail_msg("%s: %s", text, read ? decoded : mlpi_error_message());
    if (!expected && (read || json.status != MLP_ERR_FORMAT))
        fail_msg("%s: accepted", text);
}

static void strings_are_decoded(void **unused)
{
    (void)unused;
    static const struct {
        const char *text, *decoded;
    } cases[] = {{"\"\"", ""},
                 {" \t\n\r\"a b\"", "a b"},
                 {"\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\/\b\f\n\r\t"},
                 {"\"\\u0041\\u00e9\\u20AC\"", "A\xc3\xa9\xe2\x82\xac"},
                 {"\"\\ud83d\\uDE00\"", "\xf0\x9f\x98\x80"},
                 {"\"\\ud800\\udc00\\udbff\\udfff\"", "\xf0\x90\x80\x80\xf4\x8f\xbf\xbf"},
                 {"\"\\ud7ff\\ue000\\uffff\"", "\xed\x9f\xbf\xee\x80\x80\xef\xbf\xbf"},
                 {"\"gr\xc3\xb6\xc3\x9ft \x7f\"", "gr\xc3\xb6\xc3\x9ft \x7f"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        check_string(cases[i].text, (int64_t)strlen(cases[i].text), cases[i].decoded);
}

static void bad_strings_are_refused(void **unused)
{
    (void)unused;
    static const char *const texts[] = {"",
                                        "x",
                                        "\"",
                                        "\"a",
                                        "\"\\",
                                        "\"\\\"",
                                        "\"\\x\"",
                                        "\"\\U0041\"",
                                        "\"\\u\"",
                                        "\"\\u12",
                                        "\"\\u12g4\"",
                                        "\"\\u0000\"",
                                        "\"\\ud800\"",
                                        "\"\\udc00\"",
                                        "\"\\ud800x\"",
                                        "\"\\ud800\\n\"",
                                        "\"\\ud800\\u0041\"",
                                        "\"\\ud800\\ud800\"",
                                        "\"a\nb\"",
                                        "\"\x01\"",
                                        "\"\x1f\"",
                                        "\"\x80\"",
                                        "\"\xc0\x80\"",
                                        "\"\xc1\xbf\"",
                                        "\"\xc3\"",
                                        "\"\xe0\x9f\xbf\"",
                                        "\"\xed\xa0\x80\"",
                                        "\"\xf0\x8f\xbf\xbf\"",
                                        "\"\xf4\x90\x80\x80\"",
                                        "\"\xf5\x80\x80\x80\"",
                                        "\"\xff\"",
                                        "\"\xe2\x82\"",
                                        "'a'"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        check_string(texts[i], (int64_t)strlen(texts[i]), NULL);
    check_string("\"a\0b\"", 5, NULL);
    check_string("\"\xe2\x82\xac\"", 3, NULL);
}

static void long_strings_are_cut_between_characters(void **unused)
{
    (void)unused;
    char text[5];
    int64_t length;
    mlpi_json json = mlpi_json_start("text",
                                     "\"ab\xe2\x82\xac"
                                     "cd\"",
                                     9, 0);
    assert_true(mlpi_json_string(&json, text, sizeof text, &length));
    assert_string_equal(text, "ab");
    assert_int_equal(length, 7);
    assert_int_equal(json.at, 9);
}

static void integers_are_strict(void **unused)
{
    (void)unused;
    static const struct {
        const char *text;
        int64_t value; /* -1: refused */
    } cases[] = {{"0", 0},
                 {" 17 ", 17},
                 {"9223372036854775807", INT64_MAX},
                 {"9223372036854775808", -1},
                 {"-1", -1},
                 {"-0", -1},
                 {"+1", -1},
                 {"007", -1},
                 {"00", -1},
                 {"1.0", -1},
                 {"1.", -1},
                 {"1e3", -1},
                 {"1E3", -1},
                 {"", -1},
                 {".5", -1},
                 {"\"1\"", -1},
                 {"null", -1},
                 {"18446744073709551616", -1},
                 {"99999999999999999999999999", -1}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int64_t value = -1;
        mlpi_json json = mlpi_json_start("text", cases[i].text, (int64_t)strlen(cases[i].text), 0);
        int read = mlpi_json_integer(&json, &value);
        if (read != (cases[i].value >= 0) || value != cases[i].value ||
            json.status != (read ? MLP_OK : MLP_ERR_FORMAT))
            fail_msg("'%s': %d, %lld", cases[i].text, read, (long long)value);
    }
}

/* Reads {"key": [integers], ...}; returns their sum, -1 on failure. */
static int64_t sum_up(const char *text)
{
    char key[8];
    int64_t value, sum = 0;
    mlpi_json json = mlpi_json_start("text", text, (int64_t)strlen(text), 100);
    mlpi_json_open(&json, '{');
    while (mlpi_json_more(&json, '}')) {
        mlpi_json_key(&json, key, sizeof key, NULL);
        mlpi_json_open(&json, '[');
        while (mlpi_json_more(&json, ']'))
            sum += mlpi_json_integer(&json, &value) ? value : 0;
    }
    return json.status == MLP_OK ? sum : -1;
}

static void containers_nest(void **unused)
{
    (void)unused;
    assert_int_equal(sum_up("{}"), 0);
    assert_int_equal(sum_up(" { } "), 0);
    assert_int_equal(sum_up("{\"a\":[]}"), 0);
    assert_int_equal(sum_up("{\"a\":[],\"b\":[1,2 , 3]\n,\"c\" : [ 4 ]}"), 10);
}

static void broken_containers_are_refused(void **unused)
{
    (void)unused;
    static const char *const texts[] = {"",
                                        "{",
                                        "[",
                                        "}",
                                        "{,}",
                                        "{\"a\"}",
                                        "{\"a\":}",
                                        "{\"a\":[}",
                                        "{\"a\":[,]}",
                                        "{\"a\":[1,]}",
                                        "{\"a\":[1 2]}",
                                        "{\"a\":[1]",
                                        "{\"a\":[1],}",
                                        "{\"a\":[1]]",
                                        "{\"a\":[1)}",
                                        "{\"a\" [1]}",
                                        "{a:[1]}",
                                        "{\"a\":[1] \"b\":[]}",
                                        "{\"a\":[[1]]}",
                                        "{\"a\":{}}",
                                        "{\"a\":[1];\"b\":[2]}"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        if (sum_up(texts[i]) != -1)
            fail_msg("'%s': accepted", texts[i]);
}

static void messages_name_the_place_and_what_was_expected(void **unused)
{
    (void)unused;
    sum_up("{\"a\":[1;2]}");
    assert_string_equal(mlpi_error_message(), "text, byte 107: expected ',' or ']', found ';'");
    sum_up("{\"a\":");
    assert_string_equal(mlpi_error_message(), "text, byte 105: the text ends where '[' is expected");
    sum_up("{\"a\":\x1b");
    assert_string_equal(mlpi_error_message(), "text, byte 105: expected '[', found byte 0x1b");
    char shown[8];
    mlpi_json_show("a\x1b[2J\xc3\xa4z", shown, sizeof shown);
    assert_string_equal(shown, "a?[2J??");
}

static void written_strings_read_back(void **unused)
{
    (void)unused;
    static const char *const texts[] = {"", "plain", "\"\\/\b\f\n\r\t\x01\x1f\x7f", "gr\xc3\xb6\xc3\x9ft",
                                        "\xf0\x9f\x98\x80 \\u0041"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        mlpi_buffer buffer = {0};
        mlpi_json_write_string(&buffer, texts[i]);
        check_string(buffer.bytes, buffer.size, texts[i]);
        mlpi_buffer_free(&buffer);
    }
}

static int is_character(uint32_t c)
{
    return c < 0xd800 || (c > 0xdfff && c < 0x110000);
}

/* All characters encode to themselves, and no other sequence of up to three bytes passes. */
static void utf8_is_exactly_unicode(void **unused)
{
    (void)unused;
    char bytes[4];
    for (uint32_t c = 0; c < 0x110000; c++)
        if (is_character(c)) {
            int length = mlpi_utf8_encode(c, bytes);
            if (mlpi_utf8_length((unsigned char *)bytes, length) != length ||
                !mlpi_utf8_valid(bytes, length) || mlpi_utf8_length((unsigned char *)bytes, length - 1) != 0)
                fail_msg("U+%04X", c);
        }
    int64_t valid = 0;
    for (uint32_t i = 0; i < 1u << 24; i++) {
        unsigned char sequence[3] = {(unsigned char)(i >> 16), (unsigned char)(i >> 8), (unsigned char)i};
        valid += mlpi_utf8_length(sequence, 3) == 3;
    }
    assert_int_equal(valid, 0x10000 - 0x800 - 0x800);
    assert_int_equal(mlpi_utf8_length((unsigned char *)"", 0), 0);
    assert_true(mlpi_utf8_valid("", 0));
    assert_false(mlpi_utf8_valid("ab\xff", 3));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(strings_are_decoded),
        cmocka_unit_test(bad_strings_are_refused),
        cmocka_unit_test(long_strings_are_cut_between_characters),
        cmocka_unit_test(integers_are_strict),
        cmocka_unit_test(containers_nest),
        cmocka_unit_test(broken_containers_are_refused),
        cmocka_unit_test(messages_name_the_place_and_what_was_expected),
        cmocka_unit_test(written_strings_read_back),
        cmocka_unit_test(utf8_is_exactly_unicode),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
