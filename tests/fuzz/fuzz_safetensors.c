/* The safetensors reader never crashes, and what it accepts keeps the promises of its header. */
#include "fuzz/fuzz.h"
#include "io/safetensors.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int64_t fuzz_accepted;

static void require(int condition, const char *what)
{
    if (!condition) {
        fprintf(stderr, "broken: %s\n", what);
        abort();
    }
}

/* Every byte of data is touched: no tensor reaches outside. Returns its bytes. */
static int64_t check_tensor(const mlpi_safetensors *file, const mlpi_safetensors_tensor *tensor)
{
    int64_t bytes = tensor->end - tensor->begin, count = 1, sum = 0;
    for (int32_t i = 0; i < tensor->rank; i++)
        count *= tensor->shape[i];
    require(count == tensor->count, "count is the product of the shape");
    require(bytes == count * mlpi_safetensors_dtype_size(tensor->dtype), "bytes are count times size");
    require(mlpi_safetensors_find(file, tensor->name) == tensor, "a tensor is found by its name");
    for (int64_t i = 0; i < bytes; i++)
        sum += ((const unsigned char *)tensor->data)[i];
    require(sum <= 255 * bytes, "bytes are bytes");
    float value;
    require((mlpi_safetensors_read_f32(tensor, 0, 1, &value) == MLP_OK) ==
                (tensor->dtype == MLPI_ST_F32 && count > 0),
            "the first float can be read");
    return bytes;
}

static void check_metadata(const mlpi_safetensors *file)
{
    for (int64_t i = 0; i < mlpi_safetensors_metadata_count(file); i++) {
        const mlpi_safetensors_pair *pair = mlpi_safetensors_metadata_at(file, i);
        require(mlpi_safetensors_metadata(file, pair->key) == pair->value, "a value is found by its key");
    }
}

/* What was read can be written, and read again. */
static void check_rewrite(const mlpi_safetensors *file)
{
    mlpi_safetensors_writer *writer;
    mlpi_safetensors *again;
    int64_t size;
    require(mlpi_safetensors_writer_create(&writer) == MLP_OK, "memory");
    for (int64_t i = 0; i < mlpi_safetensors_metadata_count(file); i++) {
        const mlpi_safetensors_pair *pair = mlpi_safetensors_metadata_at(file, i);
        mlpi_safetensors_writer_metadata(writer, pair->key, pair->value);
    }
    for (int64_t i = 0; i < mlpi_safetensors_tensor_count(file); i++) {
        const mlpi_safetensors_tensor *t = mlpi_safetensors_tensor_at(file, i);
        mlpi_safetensors_writer_array(writer, t->name, t->dtype, t->rank, t->shape, t->data);
    }
    require(mlpi_safetensors_writer_finish(writer, &size) == MLP_OK, "what was read can be written");
    void *bytes = malloc((size_t)size);
    require(bytes && mlpi_safetensors_writer_write_memory(writer, bytes, size) == MLP_OK, "it is written");
    require(mlpi_safetensors_parse(bytes, size, &again) == MLP_OK, "and read again");
    mlpi_safetensors_free(again);
    mlpi_safetensors_writer_free(writer);
    free(bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    mlpi_safetensors *file;
    int64_t total = 0;
    mlp_status status = mlpi_safetensors_parse(data, (int64_t)size, &file);
    require(status == MLP_OK || status == MLP_ERR_FORMAT, "accepted, or refused for its format");
    require((file != NULL) == (status == MLP_OK), "a file or none");
    if (!file)
        return 0;
    fuzz_accepted++;
    for (int64_t i = 0; i < mlpi_safetensors_tensor_count(file); i++)
        total += check_tensor(file, mlpi_safetensors_tensor_at(file, i));
    require(total < (int64_t)size, "the data fit the file");
    check_metadata(file);
    check_rewrite(file);
    mlpi_safetensors_free(file);
    return 0;
}

size_t fuzz_seed(int index, uint8_t *out, size_t capacity)
{
    static const struct {
        const char *header;
        size_t data;
    } seeds[] = {{"{}      ", 0},
                 {"{\"__metadata__\":{\"k\":\"v\\ud83d\\ude00\",\"l\":\"\"}}", 0},
                 {"{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
                  "\"b\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[8,8]},"
                  "\"c\":{\"dtype\":\"F64\",\"shape\":[1,1],\"data_offsets\":[8,16]}}",
                  16},
                 {"{\"x\":{\"data_offsets\":[2,4],\"dtype\":\"BF16\",\"shape\":[]},\n"
                  "\"y\":{\"shape\":[1],\"dtype\":\"F16\",\"data_offsets\":[0,2]}} ",
                  4}};
    if (index >= (int)(sizeof seeds / sizeof seeds[0]))
        return 0;
    size_t length = strlen(seeds[index].header), size = 8 + length + seeds[index].data;
    require(size <= capacity, "a seed fits");
    memset(out, 0, size);
    out[0] = (uint8_t)length;
    memcpy(out + 8, seeds[index].header, length);
    return size;
}

/* The header ends with the last brace. */
void fuzz_mend(uint8_t *bytes, size_t size)
{
    size_t end = size;
    while (end > 8 && bytes[end - 1] != '}')
        end--;
    for (size_t i = 0; i < 8 && size >= 8; i++)
        bytes[i] = (uint8_t)((end - 8) >> 8 * i);
}

const char *const fuzz_words[] = {"\"dtype\":\"U8\"",
                                  "\"shape\":[0]",
                                  "\"data_offsets\":[0,0]",
                                  "\"__metadata__\":{}",
                                  "\"F32\"",
                                  "[",
                                  "],",
                                  "{\"a\":",
                                  "},",
                                  "\\u0000",
                                  "\\ud800",
                                  "9223372036854775807",
                                  "4294967296,",
                                  "\"a\":\"b\",",
                                  "0,",
                                  NULL};
