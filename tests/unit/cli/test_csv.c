/* The CSV reader, as a table of texts and what they mean. */
#include "scratch.h"

#include "csv.h"
#include "report.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

/* Rows as text: [field][field] with the line number before, or the complaint. */
static void read_all(const char *path, char delimiter, char *out, size_t size)
{
    struct csv csv;
    bool more = true;
    size_t used = 0;
    int status = csv_open(path, delimiter, &csv);

    *out = '\0';
    while (status == CLI_OK && (status = csv_next(&csv, &more)) == CLI_OK && more) {
        used += (size_t)snprintf(out + used, size - used, "%lld:", (long long)csv.line);
        for (int64_t i = 0; i < csv.columns; i++)
            used += (size_t)snprintf(out + used, size - used, "[%s]", csv.field[i]);
    }
    csv_close(&csv);
    if (status != CLI_OK)
        snprintf(out, size, "%s", strchr(scratch_heard() + 5, ':') + 2);
}

static void reads_what_the_table_says(void **state)
{
    static const struct {
        const char *text, *rows;
    } cases[] = {
        {"a,b\n1,2\n", "1:[a][b]2:[1][2]"},
        {"a,b\r\n1,2\r\n", "1:[a][b]2:[1][2]"},
        {"a,b\n1,2", "1:[a][b]2:[1][2]"},
        {"\xef\xbb\xbf"
         "a,b\n",
         "1:[a][b]"},
        {"", ""},
        {"\n\n\r\n", ""},
        {"\n\na\n\nb\n", "3:[a]5:[b]"},
        {"a\r", "1:[a]"},
        {" a , b\t\n", "1:[a][b]"},
        {"a b,c  d\n", "1:[a b][c  d]"},
        {",\n,\n", "1:[][]2:[][]"},
        {"a,", "1:[a][]"},
        {"\"a,b\",c\n", "1:[a,b][c]"},
        {"\"a\"\"b\"\n", "1:[a\"b]"},
        {"\"\"\n", "1:[]"},
        {"\"\"\"\"\n", "1:[\"]"},
        {" \"a\" ,\"b\"\n", "1:[a][b]"},
        {"\" a \"\n", "1:[ a ]"},
        {"\"a\nb\",c\nd,e\n", "1:[a\nb][c]3:[d][e]"},
        {"a\"b,c\n", "1:[a\"b][c]"},
        {"gr\xc3\xbc\xc3\x9f"
         "e,1\n",
         "1:[gr\xc3\xbc\xc3\x9f"
         "e][1]"},
        {"\"a\n", "line 1, column 1: a quote that is never closed\n"},
        {"x,\"a\"\"\n", "line 1, column 2: a quote that is never closed\n"},
        {"\"", "line 1, column 1: a quote that is never closed\n"},
        {"a\n\"b\"c\n", "line 2, column 1: text after the closing quote\n"},
        {"a,b\n1,2\n3\n", "line 3: 1 fields, where the first row has 2\n"},
        {"a,b\n\"1\n2\",3,4\n", "line 2: 3 fields, where the first row has 2\n"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char rows[256];

        scratch_listen();
        read_all(scratch_text("t.csv", cases[i].text), ',', rows, sizeof rows);
        if (strcmp(rows, cases[i].rows) != 0)
            fail_msg("case %zu: \"%s\", expected \"%s\"", i, rows, cases[i].rows);
    }
}

static void other_delimiters_and_compression(void **state)
{
    char rows[256];

    (void)state;
    read_all(scratch_text("t.csv", "1,5;\"a;b\"; c\n"), ';', rows, sizeof rows);
    assert_string_equal(rows, "1:[1,5][a;b][c]");
    read_all(scratch_text("t.csv", "a\t\tb c\n"), '\t', rows, sizeof rows);
    assert_string_equal(rows, "1:[a][][b c]");
    read_all(scratch_write("t.csv.gz", "a,b\n", 4, true), ',', rows, sizeof rows);
    assert_string_equal(rows, "1:[a][b]");
}

static void a_zero_byte_is_no_text(void **state)
{
    char rows[256];

    (void)state;
    scratch_listen();
    read_all(scratch_write("t.csv", "a,b\n\0,1\n", 8, false), ',', rows, sizeof rows);
    assert_non_null(strstr(rows, "not a text file"));
}

/* No text whatever may crash the reader or make it loop: cut and garbled at every byte. */
static void survives_every_cut_and_change(void **state)
{
    static const char text[] = "a,\"b\"\"c\",d\r\n1,\"x\ny\" ,2\n\n \"q\",,\t3\r\n";
    static const char poison[] = "\",\n\r \t;\xff";
    char copy[sizeof text], rows[1024];

    (void)state;
    for (size_t at = 0; at < sizeof text - 1; at++) {
        scratch_listen();
        read_all(scratch_write("t.csv", text, (int64_t)at, false), ',', rows, sizeof rows);
        for (size_t k = 0; k < sizeof poison - 1; k++) {
            memcpy(copy, text, sizeof text);
            copy[at] = poison[k];
            scratch_listen();
            read_all(scratch_write("t.csv", copy, sizeof text - 1, false), ',', rows, sizeof rows);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_what_the_table_says),
        cmocka_unit_test(other_delimiters_and_compression),
        cmocka_unit_test(a_zero_byte_is_no_text),
        cmocka_unit_test(survives_every_cut_and_change),
    };

    return cmocka_run_group_tests(tests, scratch_setup, scratch_teardown);
}
