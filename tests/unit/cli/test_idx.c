/* The IDX reader: what it accepts, and that every broken file is refused with a reason. */
#include "scratch.h"

#include "idx.h"
#include "load_idx.h"
#include "report.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <cmocka.h>

#define BYTES(...) (const unsigned char[]){__VA_ARGS__}, sizeof((const unsigned char[]){__VA_ARGS__})

struct attack {
    const unsigned char *bytes;
    int64_t count;
    const char *reason;
};

static const unsigned char two_by_three[] = {0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 254, 255, 0};

static void expect_values(const char *path)
{
    struct idx idx;

    assert_int_equal(idx_read(path, &idx), CLI_OK);
    assert_int_equal(idx.samples, 2);
    assert_int_equal(idx.width, 3);
    assert_int_equal(idx.dimensions, 2);
    assert_memory_equal(idx.value, two_by_three + 12, 6);
    idx_clear(&idx);
}

static void reads_plain_and_compressed(void **state)
{
    (void)state;
    expect_values(scratch_write("a.idx", two_by_three, sizeof two_by_three, false));
    expect_values(scratch_write("a.idx.gz", two_by_three, sizeof two_by_three, true));
}

static void images_have_rows_times_columns_values(void **state)
{
    const unsigned char bytes[12 + 4 + 8] = {0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 4, 9};
    struct idx idx;

    (void)state;
    assert_int_equal(idx_read(scratch_write("i.idx", bytes, sizeof bytes, false), &idx), CLI_OK);
    assert_int_equal(idx.width, 8);
    idx_clear(&idx);
}

static void refuses_every_broken_file(void **state)
{
    const struct attack attacks[] = {
        {(const unsigned char *)"", 0, "ends in its header"},
        {BYTES(0, 0), "ends in its header"},
        {BYTES(0, 0, 8, 1), "ends in its header"},
        {BYTES(0, 0, 8, 1, 0, 0, 0), "ends in its header"},
        {BYTES(0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1), "ends in its header"},
        {BYTES(1, 0, 8, 1, 0, 0, 0, 1, 7), "not an IDX file"},
        {BYTES(0, 9, 8, 1, 0, 0, 0, 1, 7), "not an IDX file"},
        {BYTES('P', 'K', 3, 4, 0, 0, 0, 1, 7), "not an IDX file"},
        {BYTES(0, 0, 0, 1, 0, 0, 0, 1, 7), "type 0x00"},
        {BYTES(0, 0, 13, 1, 0, 0, 0, 1, 0, 0, 0, 0), "type 0x0d"},
        {BYTES(0, 0, 255, 1, 0, 0, 0, 1, 7), "type 0xff"},
        {BYTES(0, 0, 8, 0, 0, 0, 0, 1, 7), "dimensions"},
        {BYTES(0, 0, 8, 9, 0, 0, 0, 1, 7), "dimensions"},
        {BYTES(0, 0, 8, 255, 0, 0, 0, 1, 7), "dimensions"},
        {BYTES(0, 0, 8, 1, 0, 0, 0, 0), "without values"},
        {BYTES(0, 0, 8, 2, 0, 0, 0, 4, 0, 0, 0, 0), "without values"},
        {BYTES(0, 0, 8, 1, 0, 0, 0, 2, 7), "promises 2"},
        {BYTES(0, 0, 8, 1, 0, 0, 0, 2), "promises 2"},
        {BYTES(0, 0, 8, 1, 0, 0, 0, 2, 7, 7, 7), "more than the 2"},
        {BYTES(0, 0, 8, 1, 255, 255, 255, 255, 7), "promises 4294967295"},
        {BYTES(0, 0, 8, 2, 127, 255, 255, 255, 127, 255, 255, 255, 7), "promises 4611686014132420609"},
        {BYTES(0, 0, 8, 2, 255, 255, 255, 255, 255, 255, 255, 255, 7), "overflow"},
        {BYTES(0, 0, 8, 3, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255), "overflow"},
        {BYTES(0, 0, 8, 4, 0, 0, 0, 0, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255),
         "overflow"},
    };

    (void)state;
    for (size_t i = 0; i < 2 * sizeof attacks / sizeof *attacks; i++) {
        const struct attack *attack = &attacks[i / 2];
        struct idx idx;

        scratch_listen();
        assert_int_equal(idx_read(scratch_write("attack", attack->bytes, attack->count, i % 2 == 1), &idx),
                         CLI_FAILED);
        assert_null(idx.value);
        if (!strstr(scratch_heard(), attack->reason))
            fail_msg("attack %zu: \"%s\" does not say \"%s\"", i / 2, scratch_heard(), attack->reason);
    }
}

static void refuses_broken_compression(void **state)
{
    int64_t count;
    char *bytes;
    struct idx idx;

    (void)state;
    bytes = scratch_read(scratch_write("whole.gz", two_by_three, sizeof two_by_three, true), &count);
    for (int64_t cut = 3; cut < count; cut++) {
        scratch_listen();
        assert_int_equal(idx_read(scratch_write("cut.gz", bytes, cut, false), &idx), CLI_FAILED);
        assert_string_not_equal(scratch_heard(), "");
    }
    for (int64_t at = 10; at < count; at++) {
        bytes[at] ^= 0x55;
        scratch_listen();
        assert_int_equal(idx_read(scratch_write("garbled.gz", bytes, count, false), &idx), CLI_FAILED);
        bytes[at] ^= 0x55;
    }
    free(bytes);
}

/* A header that promises 4 EiB must cost no more than the file holds. */
static void memory_follows_the_file_not_its_header(void **state)
{
    unsigned char bytes[4096] = {0, 0, 8, 2, 127, 255, 255, 255, 127, 255, 255, 255};
    struct rusage before, after;
    struct idx idx;

    (void)state;
    scratch_listen();
    getrusage(RUSAGE_SELF, &before);
    assert_int_equal(idx_read(scratch_write("bomb", bytes, sizeof bytes, false), &idx), CLI_FAILED);
    getrusage(RUSAGE_SELF, &after);
    assert_true(after.ru_maxrss - before.ru_maxrss < 4096);
}

static void a_missing_file_is_missing_data(void **state)
{
    struct idx idx;

    (void)state;
    scratch_listen();
    assert_int_equal(idx_read(scratch_path("nowhere"), &idx), CLI_USAGE);
    assert_non_null(strstr(scratch_heard(), "no such file"));
    assert_int_equal(idx_read("/tmp", &idx), CLI_USAGE);
    assert_non_null(strstr(scratch_heard(), "directory"));
}

static void labels_must_fit_the_images(void **state)
{
    const unsigned char right[] = {0, 0, 8, 1, 0, 0, 0, 2, 3, 1}, three[] = {0, 0, 8, 1, 0, 0, 0, 3, 3, 1, 1};
    struct dataset set;

    (void)state;
    scratch_write("images", two_by_three, sizeof two_by_three, false);
    scratch_write("labels", right, sizeof right, false);
    scratch_write("three", three, sizeof three, false);
    assert_int_equal(load_idx(scratch_path("images"), scratch_path("labels"), MLP_F64, &set), CLI_OK);
    assert_int_equal(set.samples, 2);
    assert_int_equal(set.label[0], 3);
    assert_true(((double *)set.x)[4] == 255);
    dataset_clear(&set);
    scratch_listen();
    assert_int_equal(load_idx(scratch_path("images"), scratch_path("three"), MLP_F32, &set), CLI_FAILED);
    assert_non_null(strstr(scratch_heard(), "3 labels for 2 images"));
    dataset_clear(&set);
    assert_int_equal(load_idx(scratch_path("images"), scratch_path("images"), MLP_F32, &set), CLI_FAILED);
    dataset_clear(&set);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_plain_and_compressed),
        cmocka_unit_test(images_have_rows_times_columns_values),
        cmocka_unit_test(refuses_every_broken_file),
        cmocka_unit_test(refuses_broken_compression),
        cmocka_unit_test(memory_follows_the_file_not_its_header),
        cmocka_unit_test(a_missing_file_is_missing_data),
        cmocka_unit_test(labels_must_fit_the_images),
    };

    return cmocka_run_group_tests(tests, scratch_setup, scratch_teardown);
}
