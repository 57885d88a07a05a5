/*
 * Files of strangers: every rule of the format broken once, truncated at every byte, with every bit
 * turned.
 */
#include "base/error.h"
#include "base/memory.h"
#include "io/safetensors.h"
#include "support/failing_allocator.h"
#include "support/safetensors_bytes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <cmocka.h>

#define SEED 20240229u

typedef struct {
    const char *header;
    const char *word; /* must be in the message */
    int64_t data;     /* bytes after the header */
    uint64_t length;  /* claimed for the header; 0: the true one */
    int64_t size;     /* of the header, where it contains a NUL; 0: up to its NUL */
} attack;

#define TENSOR(fields)        "{\"t\":{" fields "}}"
#define SHAPED(dtype, shape)  "\"dtype\":" dtype ",\"shape\":" shape ","
#define U8(name, shape, span) "\"" name "\":{" SHAPED("\"U8\"", "[" shape "]") "\"data_offsets\":[" span "]}"
#define OFFSETS(offsets)      TENSOR(SHAPED("\"U8\"", "[4]") "\"data_offsets\":" offsets)
#define SHAPE(shape)          TENSOR(SHAPED("\"U8\"", shape) "\"data_offsets\":[0,4]")
#define DTYPE(dtype)          TENSOR(SHAPED(dtype, "[4]") "\"data_offsets\":[0,4]")
#define META(members)         "{\"__metadata__\":" members "}"

static const attack attacks[] = {
    /* the length of the header */
    {.header = "{}", .word = "exceeds", .length = 3},
    {.header = "{}", .word = "exceeds", .length = 100000000},
    {.header = "{}", .word = "at most 100000000", .length = 100000001},
    {.header = "{}", .word = "at most", .length = UINT64_C(1) << 63},
    {.header = "{}", .word = "at most", .length = UINT64_MAX - 7},
    {.header = "{" U8("t", "4", "0,4") "}", .word = "ends", .length = 20, .data = 4},
    {.header = "{}", .word = "ends", .length = 1},
    /* its frame */
    {.header = "", .word = "start with '{'"},
    {.header = " {}", .word = "start with '{'"},
    {.header = "\xef\xbb\xbf{}", .word = "start with '{'"},
    {.header = "[]", .word = "start with '{'"},
    {.header = "null", .word = "start with '{'"},
    {.header = "{", .word = "ends"},
    {.header = "{}\n", .word = "only spaces"},
    {.header = "{}  {}", .word = "only spaces"},
    {.header = "{}}", .word = "only spaces"},
    {.header = "{}\0", .word = "only spaces", .size = 3},
    {.header = "{,}", .word = "expected"},
    {.header = "{" U8("t", "4", "0,4") ",}", .word = "expected", .data = 4},
    {.header = "{" U8("t", "4", "0,4") " " U8("s", "0", "4,4") "}", .word = "',' or '}'", .data = 4},
    {.header = "{//\n}", .word = "expected"},
    {.header = "{\v}", .word = "expected"},
    /* names */
    {.header = "{t:{}}", .word = "expected '\"'"},
    {.header = "{'t':{}}", .word = "expected '\"'"},
    {.header = "{\"t", .word = "within a string"},
    {.header = "{\"t\"}", .word = "expected ':'"},
    {.header = "{" U8("a\\u0000b", "4", "0,4") "}", .word = "NUL", .data = 4},
    {.header = "{\"a\0b\":{}}", .word = "control character", .size = 10},
    {.header = "{\"a\nb\":{}}", .word = "control character"},
    {.header = "{" U8("\xc0\xaf", "4", "0,4") "}", .word = "UTF-8", .data = 4},
    {.header = "{" U8("\xed\xa0\x80", "4", "0,4") "}", .word = "UTF-8", .data = 4},
    {.header = "{\"\xe2\x82", .word = "UTF-8"},
    {.header = "{" U8("\\ud800", "4", "0,4") "}", .word = "surrogate", .data = 4},
    {.header = "{" U8("\\udc00\\ud800", "4", "0,4") "}", .word = "surrogate", .data = 4},
    {.header = "{" U8("\\x41", "4", "0,4") "}", .word = "escape", .data = 4},
    {.header = "{" U8("\\u00g0", "4", "0,4") "}", .word = "hexadecimal", .data = 4},
    {.header = "{" U8("t", "0", "0,0") "," U8("t", "4", "0,4") "}",
     .word = "'t': the name appears twice",
     .data = 4},
    {.header = "{" U8("t", "0", "0,0") "," U8("\\u0074", "4", "0,4") "}", .word = "twice", .data = 4},
    {.header = "{" U8("\x7f"
                      "32m",
                      "", "0,2") "}",
     .word = "'?32m'",
     .data = 2},
    /* a tensor's entry */
    {.header = "{\"t\":[]}", .word = "expected '{'"},
    {.header = "{\"t\":null}", .word = "expected '{'"},
    {.header = "{\"t\":{}}", .word = "'dtype' is missing"},
    {.header = TENSOR("\"shape\":[4],\"data_offsets\":[0,4]"), .word = "'dtype' is missing", .data = 4},
    {.header = TENSOR("\"dtype\":\"U8\",\"data_offsets\":[0,4]"), .word = "'shape' is missing", .data = 4},
    {.header = TENSOR("\"dtype\":\"U8\",\"shape\":[4]"), .word = "'data_offsets' is missing", .data = 4},
    {.header = TENSOR(SHAPED("\"U8\"", "[4]") "\"data_offsets\":[0,4],\"file\":\"/etc/passwd\""),
     .word = "unknown key 'file'",
     .data = 4},
    {.header = TENSOR(SHAPED("\"U8\"", "[4]") "\"data_offsets\":[0,4],\"Shape\":[4]"),
     .word = "unknown key",
     .data = 4},
    {.header = TENSOR(SHAPED("\"U8\"", "[4]") "\"dtype\":\"U8\",\"data_offsets\":[0,4]"),
     .word = "'dtype' appears twice",
     .data = 4},
    {.header = TENSOR(SHAPED("\"U8\"", "[4]") "\"shape\":[4],\"data_offsets\":[0,4]"),
     .word = "'shape' appears twice",
     .data = 4},
    {.header = TENSOR(SHAPED("\"U8\"", "[4]") "\"data_offsets\":[0,4],\"data_offsets\":[0,4]"),
     .word = "'data_offsets' appears twice",
     .data = 4},
    {.header = TENSOR(SHAPED("\"U8\"", "[4]") "\"data_offsets\":[0,4],\"d\\u0074ype\":\"U8\""),
     .word = "appears twice",
     .data = 4},
    {.header = TENSOR(SHAPED("\"U8\"", "[4]") "\"data_offsets\":[0,4],"), .word = "expected", .data = 4},
    /* dtype */
    {.header = DTYPE("\"F33\""), .word = "unknown dtype 'F33'", .data = 4},
    {.header = DTYPE("\"u8\""), .word = "unknown dtype", .data = 4},
    {.header = DTYPE("\"\""), .word = "unknown dtype", .data = 4},
    {.header = DTYPE("\"U8 \""), .word = "unknown dtype", .data = 4},
    {.header = DTYPE("2"), .word = "expected '\"'", .data = 4},
    {.header = DTYPE("null"), .word = "expected '\"'", .data = 4},
    {.header = DTYPE("\"F32\""), .word = "need 16 bytes", .data = 4},
    /* shape */
    {.header = SHAPE("4"), .word = "expected '['", .data = 4},
    {.header = SHAPE("[-4]"), .word = "non-negative", .data = 4},
    {.header = SHAPE("[4.0]"), .word = "integer", .data = 4},
    {.header = SHAPE("[4e0]"), .word = "integer", .data = 4},
    {.header = SHAPE("[04]"), .word = "leading zero", .data = 4},
    {.header = SHAPE("[\"4\"]"), .word = "integer", .data = 4},
    {.header = SHAPE("[4,]"), .word = "integer", .data = 4},
    {.header = SHAPE("[[4]]"), .word = "integer", .data = 4},
    {.header = SHAPE("[[[[[[[[[[[[[[[["), .word = "integer", .data = 4},
    {.header = SHAPE("[4 1]"), .word = "',' or ']'", .data = 4},
    {.header = SHAPE("[true]"), .word = "integer", .data = 4},
    {.header = SHAPE("[9223372036854775808]"), .word = "larger than 2^63", .data = 4},
    {.header = SHAPE("[18446744073709551620]"), .word = "larger than 2^63", .data = 4},
    {.header = SHAPE("[4294967296,4294967296]"), .word = "overflows", .data = 4},
    {.header = SHAPE("[4294967297,4294967297,0]"), .word = "overflows", .data = 4},
    {.header = TENSOR(SHAPED("\"F64\"", "[2305843009213693952]") "\"data_offsets\":[0,0]"),
     .word = "overflows"},
    {.header = SHAPE("[3]"), .word = "need 3 bytes", .data = 4},
    {.header = SHAPE("[5]"), .word = "need 5 bytes", .data = 4},
    {.header = SHAPE("[]"), .word = "need 1 bytes", .data = 4},
    {.header = SHAPE("[0]"), .word = "need 0 bytes", .data = 4},
    /* data_offsets */
    {.header = OFFSETS("[]"), .word = "two integers", .data = 4},
    {.header = OFFSETS("[4]"), .word = "two integers", .data = 4},
    {.header = OFFSETS("[0,4,4]"), .word = "two integers", .data = 4},
    {.header = OFFSETS("[0,4,4,4]"), .word = "two integers", .data = 4},
    {.header = OFFSETS("{\"begin\":0,\"end\":4}"), .word = "expected '['", .data = 4},
    {.header = OFFSETS("[-4,0]"), .word = "non-negative", .data = 4},
    {.header = OFFSETS("[0,4.0]"), .word = "integer", .data = 4},
    {.header = OFFSETS("[0,18446744073709551615]"), .word = "larger than 2^63", .data = 4},
    {.header = OFFSETS("[0,9223372036854775807]"), .word = "not within", .data = 4},
    {.header = OFFSETS("[4,0]"), .word = "not within", .data = 4},
    {.header = OFFSETS("[4,8]"), .word = "not within", .data = 4},
    {.header = OFFSETS("[1,5]"), .word = "hole", .data = 5},
    {.header = OFFSETS("[0,4]"), .word = "the tensors end at byte 4", .data = 5},
    {.header = OFFSETS("[0,4]"), .word = "not within", .data = 3},
    /* the tensors together */
    {.header = "{}", .word = "the tensors end at byte 0", .data = 1},
    {.header = META("{}"), .word = "the tensors end at byte 0", .data = 1},
    {.header = "{" U8("a", "2", "0,2") "," U8("b", "2", "3,5") "}",
     .word = "'b': its data_offsets leave a hole",
     .data = 5},
    {.header = "{" U8("a", "2", "0,2") "," U8("b", "2", "1,3") "}", .word = "overlap", .data = 3},
    {.header = "{" U8("a", "2", "0,2") "," U8("b", "2", "0,2") "}", .word = "overlap", .data = 2},
    {.header = "{" U8("a", "4", "0,4") "," U8("b", "2", "1,3") "}", .word = "overlap", .data = 4},
    {.header = "{" U8("a", "4", "0,4") "," U8("b", "0", "2,2") "}", .word = "overlap", .data = 4},
    {.header = "{" U8("a", "0", "1,1") "}", .word = "hole", .data = 1},
    {.header = "{" U8("a", "4", "0,4") "," U8("b", "0", "5,5") "}", .word = "not within", .data = 4},
    /* metadata */
    {.header = META("[]"), .word = "expected '{'"},
    {.header = META("\"x\""), .word = "expected '{'"},
    {.header = META("null"), .word = "expected '{'"},
    {.header = META("{\"a\":1}"), .word = "expected '\"'"},
    {.header = META("{\"a\":null}"), .word = "expected '\"'"},
    {.header = META("{\"a\":[\"b\"]}"), .word = "expected '\"'"},
    {.header = META("{\"a\":{\"b\":\"c\"}}"), .word = "expected '\"'"},
    {.header = META("{\"a\"}"), .word = "expected ':'"},
    {.header = META("{\"a\":\"b\",}"), .word = "expected"},
    {.header = META("{\"a\":\"b\",\"a\":\"b\"}"), .word = "'a': the key appears twice"},
    {.header = META("{\"a\":\"b\",\"\\u0061\":\"c\"}"), .word = "twice"},
    {.header = META("{\"a\":\"\\u0000\"}"), .word = "NUL"},
    {.header = META("{\"a\":\"\xff\"}"), .word = "UTF-8"},
    {.header = META("{\"a\":\"b"), .word = "ends"},
    {.header = "{\"__metadata__\":{},\"__metadata__\":{}}", .word = "appears twice"},
    {.header = "{\"__metadata__\":{},\"__met\\u0061data__\":{}}", .word = "appears twice"},
    {.header = "{" U8("__metadata__", "4", "0,4") "}", .word = "expected '\"'", .data = 4},
};

#define ATTACKS ((int)(sizeof attacks / sizeof attacks[0]))

/* The status of parsing; nothing may be left and the file may not be half open. */
static mlp_status parse(const unsigned char *bytes, int64_t size)
{
    mlpi_safetensors *file = NULL;
    mlp_status status = mlpi_safetensors_parse(bytes, size, &file);
    assert_true((status == MLP_OK) == (file != NULL));
    mlpi_safetensors_free(file);
    assert_int_equal(failing_allocator_live(), 0);
    return status;
}

static void every_broken_rule_is_named(void **unused)
{
    (void)unused;
    for (int i = 0; i < ATTACKS; i++) {
        const attack *a = &attacks[i];
        safetensors_bytes file =
            safetensors_bytes_make(a->length ? a->length : TRUE_LENGTH, a->header,
                                   a->size ? a->size : (int64_t)strlen(a->header), a->data);
        int64_t asked = failing_allocator_bytes();
        mlp_status status = parse(file.bytes, file.size);
        const char *message = mlpi_error_message();
        if (status != MLP_ERR_FORMAT || !strstr(message, a->word))
            fail_msg("%s\nstatus %d, '%s', expected '%s'", a->header, (int)status, message, a->word);
        assert_true(failing_allocator_bytes() - asked < 7 * file.size + 512);
        free(file.bytes);
    }
    print_message("%d attack files refused\n", ATTACKS);
}

static safetensors_bytes valid_file(void)
{
    static const char header[] = "{\"__metadata__\":{\"k\":\"v\\u00e9\",\"\":\"\"},"
                                 "\"w\":{\"dtype\":\"F32\",\"shape\":[2,3],\"data_offsets\":[0,24]},"
                                 "\"e\":{\"dtype\":\"I64\",\"shape\":[0],\"data_offsets\":[24,24]},"
                                 "\"b\\\"\":{\"data_offsets\":[24,26],\"shape\":[],\"dtype\":\"F16\"}}   ";
    return safetensors_bytes_make(TRUE_LENGTH, header, (int64_t)strlen(header), 26);
}

/* Parses an exact copy of the first bytes. */
static mlp_status parse_copy(const unsigned char *bytes, int64_t size)
{
    unsigned char *copy = malloc(size > 0 ? (size_t)size : 1);
    memcpy(copy, bytes, (size_t)size);
    mlp_status status = parse(copy, size);
    free(copy);
    return status;
}

static void a_truncated_file_is_refused_at_every_byte(void **unused)
{
    (void)unused;
    safetensors_bytes file = valid_file();
    assert_int_equal(parse_copy(file.bytes, file.size), MLP_OK);
    for (int64_t size = 0; size < file.size; size++)
        assert_int_equal(parse_copy(file.bytes, size), MLP_ERR_FORMAT);
    file.bytes = realloc(file.bytes, (size_t)file.size + 1);
    file.bytes[file.size] = 0;
    assert_int_equal(parse_copy(file.bytes, file.size + 1), MLP_ERR_FORMAT);
    free(file.bytes);
}

/* A header cut short whose length is true: no read beyond it, whatever follows. */
static void a_truncated_header_is_refused_at_every_byte(void **unused)
{
    (void)unused;
    safetensors_bytes file = valid_file();
    int64_t whole = file.bytes[0] + 256 * file.bytes[1];
    for (int64_t size = 0; size < whole - 3; size++) {
        safetensors_bytes cut = safetensors_bytes_make(TRUE_LENGTH, file.bytes + 8, size, 26);
        assert_int_equal(parse(cut.bytes, cut.size), MLP_ERR_FORMAT);
        assert_int_equal(parse_copy(cut.bytes, cut.size - 26), MLP_ERR_FORMAT);
        free(cut.bytes);
    }
    free(file.bytes);
}

static void check_survives(const unsigned char *bytes, int64_t size, const char *what, uint64_t which)
{
    mlp_status status = parse(bytes, size);
    if (status != MLP_OK && status != MLP_ERR_FORMAT)
        fail_msg("%s %llu: status %d", what, (unsigned long long)which, (int)status);
}

static void turned_bits_are_survived(void **unused)
{
    (void)unused;
    safetensors_bytes file = valid_file();
    for (int64_t bit = 0; bit < 8 * file.size; bit++) {
        file.bytes[bit / 8] ^= (unsigned char)(1 << bit % 8);
        check_survives(file.bytes, file.size, "bit", (uint64_t)bit);
        file.bytes[bit / 8] ^= (unsigned char)(1 << bit % 8);
    }
    assert_int_equal(parse(file.bytes, file.size), MLP_OK);
    uint64_t state = SEED;
    for (uint64_t round = 0; round < 20000; round++) {
        safetensors_bytes copy = valid_file();
        for (uint64_t flips = 1 + round % 5; flips > 0; flips--) {
            state = state * 6364136223846793005u + 1442695040888963407u;
            uint64_t bit = (state >> 20) % (8 * (uint64_t)copy.size);
            copy.bytes[bit / 8] ^= (unsigned char)(1 << bit % 8);
        }
        check_survives(copy.bytes, copy.size, "seed 20240229, round", round);
        free(copy.bytes);
    }
    free(file.bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_broken_rule_is_named),
        cmocka_unit_test(a_truncated_file_is_refused_at_every_byte),
        cmocka_unit_test(a_truncated_header_is_refused_at_every_byte),
        cmocka_unit_test(turned_bits_are_survived),
    };
    if (mlpi_memory_set_allocator(failing_allocate, failing_deallocate, NULL) != MLP_OK)
        return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
