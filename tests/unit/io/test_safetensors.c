#include "base/error.h"
#include "base/memory.h"
#include "io/bytes.h"
#include "io/safetensors.h"
#include "support/failing_allocator.h"
#include "support/safetensors_bytes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <cmocka.h>

static safetensors_bytes make(const char *header, int64_t data_size)
{
    return safetensors_bytes_make(TRUE_LENGTH, header, (int64_t)strlen(header), data_size);
}

static mlpi_safetensors *parse(safetensors_bytes bytes)
{
    mlpi_safetensors *file = NULL;
    if (mlpi_safetensors_parse(bytes.bytes, bytes.size, &file) != MLP_OK)
        fail_msg("%s", mlpi_error_message());
    return file;
}

static void release(mlpi_safetensors *file, safetensors_bytes bytes)
{
    mlpi_safetensors_free(file);
    free(bytes.bytes);
    assert_int_equal(failing_allocator_live(), 0);
}

static void a_file_is_listed(void **unused)
{
    (void)unused;
    safetensors_bytes bytes = make("{\"b\" :{\"shape\":[2,3],\"data_offsets\":[4,28], \"dtype\":\"F32\"},\n"
                                   "\"__metadata__\":{\"z\":\"1\",\"a\":\"\",\"\":\"\\u00e4\\n\"},"
                                   "\"a\":{\"dtype\":\"BF16\",\"shape\":[],\"data_offsets\":[0,2]},"
                                   "\"e\":{\"dtype\":\"F64\",\"shape\":[5,0],\"data_offsets\":[4,4]},"
                                   "\"c\":{\"dtype\":\"I8\",\"shape\":[2,1],\"data_offsets\":[2,4]}}   ",
                                   28);
    mlpi_safetensors *file = parse(bytes);
    assert_int_equal(mlpi_safetensors_tensor_count(file), 4);
    const mlpi_safetensors_tensor *tensor = mlpi_safetensors_tensor_at(file, 0);
    assert_ptr_equal(tensor, mlpi_safetensors_find(file, "b"));
    assert_string_equal(tensor->name, "b");
    assert_int_equal(tensor->dtype, MLPI_ST_F32);
    assert_int_equal(tensor->rank, 2);
    assert_true(tensor->shape[0] == 2 && tensor->shape[1] == 3 && tensor->count == 6);
    assert_true(tensor->begin == 4 && tensor->end == 28);
    assert_int_equal(((const unsigned char *)tensor->data)[0], 4);
    assert_int_equal(mlpi_safetensors_find(file, "a")->rank, 0);
    assert_int_equal(mlpi_safetensors_find(file, "a")->count, 1);
    assert_int_equal(mlpi_safetensors_find(file, "e")->count, 0);
    assert_string_equal(mlpi_safetensors_tensor_at(file, 3)->name, "c");
    assert_null(mlpi_safetensors_find(file, ""));
    assert_null(mlpi_safetensors_find(file, "__metadata__"));
    assert_int_equal(mlpi_safetensors_metadata_count(file), 3);
    assert_string_equal(mlpi_safetensors_metadata_at(file, 0)->key, "z");
    assert_string_equal(mlpi_safetensors_metadata(file, "z"), "1");
    assert_string_equal(mlpi_safetensors_metadata(file, "a"), "");
    assert_string_equal(mlpi_safetensors_metadata(file, ""), "\xc3\xa4\n");
    assert_null(mlpi_safetensors_metadata(file, "b"));
    release(file, bytes);
}

static void files_without_tensors_are_files(void **unused)
{
    (void)unused;
    static const char *const headers[] = {"{}", "{ }  ", "{\"__metadata__\":{}}",
                                          "{\"__metadata__\":{\"a\":\"b\"}}"};
    for (size_t i = 0; i < sizeof headers / sizeof headers[0]; i++) {
        safetensors_bytes bytes = make(headers[i], 0);
        mlpi_safetensors *file = parse(bytes);
        assert_int_equal(mlpi_safetensors_tensor_count(file), 0);
        assert_int_equal(mlpi_safetensors_metadata_count(file), i == 3);
        assert_null(mlpi_safetensors_find(file, "a"));
        release(file, bytes);
    }
}

static void every_dtype_has_its_size(void **unused)
{
    (void)unused;
    static const char *const names[] = {"BOOL", "U8",  "I8",  "F8_E5M2", "F8_E4M3", "I16", "U16", "F16",
                                        "BF16", "I32", "U32", "F32",     "F64",     "I64", "U64"};
    static const int64_t sizes[] = {1, 1, 1, 1, 1, 2, 2, 2, 2, 4, 4, 4, 8, 8, 8};
    for (int32_t i = 0; i < 15; i++) {
        char header[128];
        snprintf(header, sizeof header, "{\"t\":{\"dtype\":\"%s\",\"shape\":[3],\"data_offsets\":[0,%d]}}",
                 names[i], (int)(3 * sizes[i]));
        safetensors_bytes bytes = make(header, 3 * sizes[i]);
        mlpi_safetensors *file = parse(bytes);
        int32_t dtype = mlpi_safetensors_tensor_at(file, 0)->dtype;
        assert_string_equal(mlpi_safetensors_dtype_name(dtype), names[i]);
        assert_int_equal(mlpi_safetensors_dtype_from_name(names[i]), dtype);
        assert_int_equal(mlpi_safetensors_dtype_size(dtype), sizes[i]);
        release(file, bytes);
    }
    assert_int_equal(mlpi_safetensors_dtype_from_name("f32"), 0);
    assert_int_equal(mlpi_safetensors_dtype_size(0) + mlpi_safetensors_dtype_size(16), 0);
    assert_null(mlpi_safetensors_dtype_name(-1));
}

/* The data lie at an odd address: copying must not care. */
static void values_are_copied_out_of_unaligned_data(void **unused)
{
    (void)unused;
    static const unsigned char one_half[8] = {0, 0, 0, 0, 0, 0, 0xf8, 0x3f}, two[4] = {0, 0, 0, 0x40};
    safetensors_bytes bytes = make("{\"p\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]},"
                                   "\"d\":{\"dtype\":\"F64\",\"shape\":[2],\"data_offsets\":[1,17]},"
                                   "\"s\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[17,29]}}",
                                   29);
    memcpy(bytes.bytes + bytes.size - 20, one_half, 8);
    memcpy(bytes.bytes + bytes.size - 8, two, 4);
    mlpi_safetensors *file = parse(bytes);
    double d[2] = {7, 7};
    float s[2] = {7, 7};
    const mlpi_safetensors_tensor *doubles = mlpi_safetensors_find(file, "d");
    const mlpi_safetensors_tensor *floats = mlpi_safetensors_find(file, "s");
    assert_int_equal(mlpi_safetensors_read_f64(doubles, 1, 1, d), MLP_OK);
    assert_true(d[0] == 1.5 && d[1] == 7);
    assert_int_equal(mlpi_safetensors_read_f32(floats, 1, 1, s), MLP_OK);
    assert_true(s[0] == 2.0f && s[1] == 7);
    assert_int_equal(mlpi_safetensors_read_f32(floats, 3, 0, s), MLP_OK);
    assert_int_equal(mlpi_safetensors_read_f32(floats, 2, 2, s), MLP_ERR_SIZE);
    assert_int_equal(mlpi_safetensors_read_f32(floats, -1, 1, s), MLP_ERR_SIZE);
    assert_int_equal(mlpi_safetensors_read_f32(floats, 0, -1, s), MLP_ERR_SIZE);
    assert_int_equal(mlpi_safetensors_read_f32(floats, INT64_MAX, INT64_MAX, s), MLP_ERR_SIZE);
    assert_int_equal(mlpi_safetensors_read_f32(doubles, 0, 1, s), MLP_ERR_DTYPE);
    assert_int_equal(mlpi_safetensors_read_f64(floats, 0, 1, d), MLP_ERR_DTYPE);
    assert_string_equal(mlpi_error_message(), "tensor 's': dtype = F32: must be F64");
    release(file, bytes);
}

static void bytes_have_one_order(void **unused)
{
    (void)unused;
    unsigned char bytes[16], expected[16] = {2, 1, 4, 3, 8, 7, 6, 5, 16, 15, 14, 13, 12, 11, 10, 9};
    for (int i = 0; i < 16; i++)
        bytes[i] = (unsigned char)(i + 1);
    assert_true(mlpi_load_u64(bytes) == 0x0807060504030201u);
    mlpi_store_u64(0x0807060504030201u, bytes);
    assert_int_equal(bytes[0], 1);
    mlpi_swap_bytes(bytes, 2, 2);
    mlpi_swap_bytes(bytes + 4, 1, 4);
    mlpi_swap_bytes(bytes + 8, 1, 8);
    assert_memory_equal(bytes, expected, sizeof bytes);
    mlpi_swap_bytes(bytes, 16, 1);
    assert_memory_equal(bytes, expected, sizeof bytes);
}

/* A header of `count` members made by `member`, each name after a long common prefix. */
static safetensors_bytes make_many(int count, const char *opening, const char *member, const char *closing)
{
    size_t room = strlen(opening) + strlen(closing) + (size_t)count * (strlen(member) + 16) + 1;
    char *header = malloc(room);
    size_t at = (size_t)snprintf(header, room, "%s", opening);
    for (int i = 0; i < count; i++)
        at += (size_t)snprintf(header + at, room - at, member, i ? "," : "", (unsigned)i * 2654435761u);
    snprintf(header + at, room - at, "%s", closing);
    safetensors_bytes bytes = make(header, 0);
    free(header);
    return bytes;
}

/* Compared pairwise, 200,000 names would take minutes; the memory is bounded by the header's size. */
static void many_names_take_little_time_and_memory(void **unused)
{
    (void)unused;
    static const char tensor[] = "%s\"a long prefix that all the names share %08x\":"
                                 "{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]}";
    safetensors_bytes files[] = {make_many(200000, "{", tensor, "}"),
                                 make_many(200000, "{\"__metadata__\":{", "%s\"%x\":\"\"", "}}")};
    for (int i = 0; i < 2; i++) {
        int64_t calls = failing_allocator_calls(), asked = failing_allocator_bytes();
        mlpi_safetensors *file = parse(files[i]);
        assert_int_equal(failing_allocator_calls() - calls, 1);
        assert_true(failing_allocator_bytes() - asked < 7 * files[i].size + 512);
        assert_int_equal(mlpi_safetensors_tensor_count(file) + mlpi_safetensors_metadata_count(file), 200000);
        release(file, files[i]);
    }
}

/* ---- Writing ---- */

static mlp_status squares(void *context, int64_t start, int64_t count, void *elements)
{
    int64_t *next = context, size = *next < 0 ? -*next : INT64_MAX;
    if (start >= size)
        return mlpi_fail(MLP_ERR_CALLBACK, "enough");
    assert_true(*next < 0 || *next == start);
    assert_int_equal((uintptr_t)elements % 64, 0);
    *next = *next < 0 ? *next : start + count;
    for (int64_t i = 0; i < count; i++)
        ((double *)elements)[i] = (double)(start + i) * (double)(start + i);
    return MLP_OK;
}

#define MANY 5000

static mlpi_safetensors_writer *build(int64_t *state, int64_t *size)
{
    static const float ramp[6] = {0, 1, 2, 3, 4, 5};
    mlpi_safetensors_writer *writer = NULL;
    if (mlpi_safetensors_writer_create(&writer) != MLP_OK)
        return NULL;
    mlpi_safetensors_writer_metadata(writer, "format", "gr\xc3\xb6\xc3\x9ft \"1\"\n");
    mlpi_safetensors_writer_tensor(writer, "squares", MLPI_ST_F64, 2, (const int64_t[]){MANY / 5, 5}, squares,
                                   state);
    mlpi_safetensors_writer_array(writer, "ramp", MLPI_ST_F32, 2, (const int64_t[]){2, 3}, ramp);
    mlpi_safetensors_writer_metadata(writer, "", "");
    mlpi_safetensors_writer_array(writer, "none", MLPI_ST_I64, 2, (const int64_t[]){7, 0}, NULL);
    mlpi_safetensors_writer_array(writer, "scalar", MLPI_ST_U8, 0, NULL, "x");
    if (mlpi_safetensors_writer_finish(writer, size) == MLP_OK)
        return writer;
    mlpi_safetensors_writer_free(writer);
    return NULL;
}

static void check_written(safetensors_bytes bytes)
{
    double many[MANY];
    float ramp[6];
    mlpi_safetensors *file = parse(bytes);
    assert_int_equal(mlpi_safetensors_tensor_count(file), 4);
    assert_string_equal(mlpi_safetensors_metadata(file, "format"), "gr\xc3\xb6\xc3\x9ft \"1\"\n");
    assert_string_equal(mlpi_safetensors_metadata(file, ""), "");
    const mlpi_safetensors_tensor *tensor = mlpi_safetensors_tensor_at(file, 0);
    assert_string_equal(tensor->name, "squares");
    assert_int_equal(((const unsigned char *)tensor->data - bytes.bytes) % 64, 0);
    assert_int_equal(mlpi_safetensors_read_f64(tensor, 0, MANY, many), MLP_OK);
    for (int i = 0; i < MANY; i++)
        assert_true(many[i] == (double)i * i);
    assert_int_equal(mlpi_safetensors_read_f32(mlpi_safetensors_find(file, "ramp"), 0, 6, ramp), MLP_OK);
    assert_true(ramp[0] == 0 && ramp[5] == 5);
    assert_int_equal(mlpi_safetensors_find(file, "none")->shape[0], 7);
    assert_int_equal(*(const char *)mlpi_safetensors_find(file, "scalar")->data, 'x');
    mlpi_safetensors_free(file);
}

static void what_is_written_reads_back(void **unused)
{
    (void)unused;
    int64_t state = 0;
    safetensors_bytes bytes = {0};
    mlpi_safetensors_writer *writer = build(&state, &bytes.size);
    assert_non_null(writer);
    bytes.bytes = malloc((size_t)bytes.size);
    for (int twice = 0; twice < 2; twice++, state = 0) {
        assert_int_equal(mlpi_safetensors_writer_write_memory(writer, bytes.bytes, bytes.size), MLP_OK);
        check_written(bytes);
    }
    for (int64_t size = 0; size < bytes.size; size += size < 500 ? 1 : 997, state = 0)
        assert_int_equal(mlpi_safetensors_writer_write_memory(writer, bytes.bytes, size), MLP_ERR_SIZE);
    state = -2100;
    assert_int_equal(mlpi_safetensors_writer_write_memory(writer, bytes.bytes, bytes.size), MLP_ERR_CALLBACK);
    assert_int_equal(mlpi_safetensors_writer_metadata(writer, "late", ""), MLP_ERR_STATE);
    mlpi_safetensors_writer_free(writer);
    release(NULL, bytes);
}

static void an_empty_file_is_written(void **unused)
{
    (void)unused;
    mlpi_safetensors_writer *writer = NULL;
    safetensors_bytes bytes = {0};
    assert_int_equal(mlpi_safetensors_writer_create(&writer), MLP_OK);
    bytes.bytes = malloc(64);
    assert_int_equal(mlpi_safetensors_writer_write_memory(writer, bytes.bytes, 64), MLP_ERR_STATE);
    assert_int_equal(mlpi_safetensors_writer_finish(writer, &bytes.size), MLP_OK);
    assert_int_equal(bytes.size, 64);
    assert_int_equal(mlpi_safetensors_writer_write_memory(writer, bytes.bytes, 64), MLP_OK);
    mlpi_safetensors_writer_free(writer);
    release(parse(bytes), bytes);
}

/* Adds one wrong thing; the failure sticks and finish returns it. */
static void check_refused(mlp_status expected, const char *word, const char *name, int32_t dtype,
                          int64_t rows, int64_t columns)
{
    mlpi_safetensors_writer *writer = NULL;
    int64_t size = 7;
    assert_int_equal(mlpi_safetensors_writer_create(&writer), MLP_OK);
    mlpi_safetensors_writer_metadata(writer, "key", "value");
    mlpi_safetensors_writer_array(writer, "a", MLPI_ST_F32, 0, NULL, "0123");
    mlpi_safetensors_writer_array(writer, name, dtype, 2, (const int64_t[]){rows, columns}, "0123");
    mlp_status status = mlpi_safetensors_writer_finish(writer, &size);
    if (status != expected || !strstr(mlpi_error_message(), word) || size != 7)
        fail_msg("%s: status %d, '%s'", word, (int)status, mlpi_error_message());
    assert_int_equal(mlpi_safetensors_writer_finish(writer, &size), expected);
    mlpi_safetensors_writer_free(writer);
    assert_int_equal(failing_allocator_live(), 0);
}

static void what_cannot_be_read_is_not_written(void **unused)
{
    (void)unused;
    check_refused(MLP_ERR_ARGUMENT, "twice", "a", MLPI_ST_F32, 1, 1);
    check_refused(MLP_ERR_ARGUMENT, "__metadata__", "__metadata__", MLPI_ST_F32, 1, 1);
    check_refused(MLP_ERR_ARGUMENT, "UTF-8", "\xff", MLPI_ST_F32, 1, 1);
    check_refused(MLP_ERR_ARGUMENT, "dtype", "b", 16, 1, 1);
    check_refused(MLP_ERR_SIZE, "negative", "b", MLPI_ST_F32, -1, 1);
    check_refused(MLP_ERR_SIZE, "exceed", "b", MLPI_ST_F32, INT64_MAX / 8, 3);
    check_refused(MLP_ERR_SIZE, "exceed", "b", MLPI_ST_U8, INT64_MAX - 3, 1);
    check_refused(MLP_ERR_SIZE, "exceed", "b", MLPI_ST_U8, INT64_MAX - 4, 1);
    mlpi_safetensors_writer *writer = NULL;
    int64_t size;
    assert_int_equal(mlpi_safetensors_writer_create(&writer), MLP_OK);
    mlpi_safetensors_writer_metadata(writer, "a", "1");
    mlpi_safetensors_writer_metadata(writer, "a", "2");
    assert_int_equal(mlpi_safetensors_writer_finish(writer, &size), MLP_ERR_ARGUMENT);
    mlpi_safetensors_writer_free(writer);
}

/* ---- Failing allocations ---- */

static mlp_status parse_scenario(void *context)
{
    const safetensors_bytes *bytes = context;
    mlpi_safetensors *file = (mlpi_safetensors *)context;
    mlp_status status = mlpi_safetensors_parse(bytes->bytes, bytes->size, &file);
    assert_true((status == MLP_OK) == (file != NULL));
    mlpi_safetensors_free(file);
    return status;
}

static mlp_status write_scenario(void *context)
{
    (void)context;
    int64_t size, state = 0;
    mlpi_safetensors_writer *writer = build(&state, &size);
    mlpi_safetensors_writer_free(writer);
    return writer ? MLP_OK : MLP_ERR_MEMORY;
}

static void every_allocation_may_fail(void **unused)
{
    (void)unused;
    safetensors_bytes bytes = make("{\"a\":{\"dtype\":\"U8\",\"shape\":[],\"data_offsets\":[0,1]}}", 1);
    assert_int_equal(failing_allocator_sweep(parse_scenario, &bytes), 1);
    assert_true(failing_allocator_sweep(write_scenario, NULL) >= 6);
    release(NULL, bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_is_listed),
        cmocka_unit_test(files_without_tensors_are_files),
        cmocka_unit_test(every_dtype_has_its_size),
        cmocka_unit_test(values_are_copied_out_of_unaligned_data),
        cmocka_unit_test(bytes_have_one_order),
        cmocka_unit_test(many_names_take_little_time_and_memory),
        cmocka_unit_test(what_is_written_reads_back),
        cmocka_unit_test(an_empty_file_is_written),
        cmocka_unit_test(what_cannot_be_read_is_not_written),
        cmocka_unit_test(every_allocation_may_fail),
    };
    if (mlpi_memory_set_allocator(failing_allocate, failing_deallocate, NULL) != MLP_OK)
        return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
