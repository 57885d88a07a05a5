#include "io/safetensors_header.h"
#include "base/error.h"
#include "base/memory.h"
#include "io/bytes.h"
#include "io/sort.h"

#include <string.h>

/* One allocation: the arrays and the strings follow the structure. */
struct mlpi_safetensors {
    mlpi_safetensors_tally count;
    mlpi_safetensors_tensor *tensors;
    mlpi_safetensors_pair *pairs;
    const void **by_name; /* the tensors, sorted */
    const void **by_key;  /* the pairs, sorted */
};

static int compare_names(const void *a, const void *b)
{
    return strcmp(((const mlpi_safetensors_tensor *)a)->name, ((const mlpi_safetensors_tensor *)b)->name);
}

static int compare_keys(const void *a, const void *b)
{
    return strcmp(((const mlpi_safetensors_pair *)a)->key, ((const mlpi_safetensors_pair *)b)->key);
}

/* By begin, then by end: an empty tensor comes before the one that begins at its place. */
static int compare_offsets(const void *a, const void *b)
{
    const mlpi_safetensors_tensor *s = a, *t = b;
    return s->begin != t->begin ? (s->begin > t->begin) - (s->begin < t->begin)
                                : (s->end > t->end) - (s->end < t->end);
}

/* Records the failure `rule` for a tensor or a metadata key; returns the code. */
static mlp_status refuse(const char *rule, const char *what, const char *name)
{
    char shown[MLPI_SAFETENSORS_SHOWN];
    mlpi_json_show(name, shown, sizeof shown);
    return mlpi_fail(MLP_ERR_FORMAT, "safetensors header: %s '%s': %s", what, shown, rule);
}

/* The tensors, in some order, cover the data without hole or overlap. */
static mlp_status check_cover(mlpi_safetensors *file, int64_t data_size)
{
    int64_t covered = 0;
    mlpi_sort(file->by_name, file->count.tensors, compare_offsets);
    for (int64_t i = 0; i < file->count.tensors; i++) {
        const mlpi_safetensors_tensor *tensor = file->by_name[i];
        if (tensor->begin > covered)
            return refuse("its data_offsets leave a hole before its data", "tensor", tensor->name);
        if (tensor->begin < covered)
            return refuse("its data_offsets overlap those of another tensor", "tensor", tensor->name);
        covered = tensor->end;
    }
    if (covered != data_size)
        return mlpi_fail(MLP_ERR_FORMAT,
                         "safetensors: the tensors end at byte %lld of the data, the file at %lld",
                         (long long)covered, (long long)data_size);
    return MLP_OK;
}

/* Sorts tensors and metadata for lookup; no name and no key may appear twice. */
static mlp_status check_names(mlpi_safetensors *file)
{
    mlpi_sort(file->by_name, file->count.tensors, compare_names);
    mlpi_sort(file->by_key, file->count.pairs, compare_keys);
    int64_t twice = mlpi_find_equal(file->by_name, file->count.tensors, compare_names);
    if (twice >= 0)
        return refuse("the name appears twice", "tensor",
                      ((const mlpi_safetensors_tensor *)file->by_name[twice])->name);
    twice = mlpi_find_equal(file->by_key, file->count.pairs, compare_keys);
    if (twice >= 0)
        return refuse("the key appears twice", "metadata",
                      ((const mlpi_safetensors_pair *)file->by_key[twice])->key);
    return MLP_OK;
}

/* Takes `bytes` from the front of what is left of a block. */
static void *carve(char **left, int64_t bytes)
{
    void *part = *left;
    *left += bytes;
    return part;
}

/* Allocates everything a header of this tally needs, the strictest alignment first. NULL on failure. */
static mlpi_safetensors *allocate(const mlpi_safetensors_tally *count, mlpi_safetensors_storage *storage)
{
    int64_t tensors = count->tensors * (int64_t)sizeof(mlpi_safetensors_tensor);
    int64_t pairs = count->pairs * (int64_t)sizeof(mlpi_safetensors_pair);
    int64_t sizes = count->sizes * (int64_t)sizeof(int64_t);
    int64_t by_name = count->tensors * (int64_t)sizeof(void *),
            by_key = count->pairs * (int64_t)sizeof(void *);
    int64_t bytes =
        (int64_t)sizeof(mlpi_safetensors) + tensors + pairs + sizes + by_name + by_key + count->text;
    char *left = mlpi_alloc(bytes);
    if (!left) {
        mlpi_fail_memory("the table of a safetensors file", bytes);
        return NULL;
    }
    mlpi_safetensors *file = carve(&left, sizeof *file);
    storage->tensors = carve(&left, tensors);
    storage->pairs = carve(&left, pairs);
    storage->sizes = carve(&left, sizes);
    file->count = storage->room = *count;
    file->tensors = storage->tensors;
    file->pairs = storage->pairs;
    file->by_name = carve(&left, by_name);
    file->by_key = carve(&left, by_key);
    storage->text = carve(&left, count->text);
    return file;
}

mlp_status mlpi_safetensors_parse_parts(const void *header, int64_t size, const void *data, int64_t data_size,
                                        mlpi_safetensors **out)
{
    mlpi_safetensors_tally count;
    mlpi_safetensors_storage storage;
    *out = NULL;
    mlp_status status = mlpi_safetensors_read_header(header, size, data, data_size, NULL, &count);
    if (status != MLP_OK)
        return status;
    mlpi_safetensors *file = allocate(&count, &storage);
    if (!file)
        return MLP_ERR_MEMORY;
    status = mlpi_safetensors_read_header(header, size, data, data_size, &storage, &count);
    for (int64_t i = 0; i < file->count.tensors; i++)
        file->by_name[i] = &file->tensors[i];
    for (int64_t i = 0; i < file->count.pairs; i++)
        file->by_key[i] = &file->pairs[i];
    if (status == MLP_OK)
        status = check_cover(file, data_size);
    if (status == MLP_OK)
        status = check_names(file);
    if (status == MLP_OK)
        *out = file;
    else
        mlpi_free(file);
    return status;
}

mlp_status mlpi_safetensors_parse(const void *bytes, int64_t size, mlpi_safetensors **out)
{
    const unsigned char *file = bytes;
    *out = NULL;
    if (size < 8)
        return mlpi_fail(MLP_ERR_FORMAT,
                         "safetensors: the file has %lld bytes: too short for the 8 of the header's length",
                         (long long)size);
    uint64_t header = mlpi_load_u64(file);
    if (header > MLPI_SAFETENSORS_MAX_HEADER)
        return mlpi_fail(MLP_ERR_FORMAT, "safetensors: the header's length is %llu: must be at most %d",
                         (unsigned long long)header, MLPI_SAFETENSORS_MAX_HEADER);
    if ((int64_t)header > size - 8)
        return mlpi_fail(MLP_ERR_FORMAT,
                         "safetensors: the header's length is %llu: exceeds the %lld bytes that follow it",
                         (unsigned long long)header, (long long)size - 8);
    int64_t length = (int64_t)header;
    return mlpi_safetensors_parse_parts(file + 8, length, file + 8 + length, size - 8 - length, out);
}

void mlpi_safetensors_free(mlpi_safetensors *file)
{
    mlpi_free(file);
}

int64_t mlpi_safetensors_tensor_count(const mlpi_safetensors *file)
{
    return file->count.tensors;
}

const mlpi_safetensors_tensor *mlpi_safetensors_tensor_at(const mlpi_safetensors *file, int64_t index)
{
    return &file->tensors[index];
}

int64_t mlpi_safetensors_metadata_count(const mlpi_safetensors *file)
{
    return file->count.pairs;
}

const mlpi_safetensors_pair *mlpi_safetensors_metadata_at(const mlpi_safetensors *file, int64_t index)
{
    return &file->pairs[index];
}

const mlpi_safetensors_tensor *mlpi_safetensors_find(const mlpi_safetensors *file, const char *name)
{
    const mlpi_safetensors_tensor wanted = {.name = name};
    return mlpi_search(file->by_name, file->count.tensors, &wanted, compare_names);
}

const char *mlpi_safetensors_metadata(const mlpi_safetensors *file, const char *key)
{
    const mlpi_safetensors_pair wanted = {.key = key};
    const mlpi_safetensors_pair *pair = mlpi_search(file->by_key, file->count.pairs, &wanted, compare_keys);
    return pair ? pair->value : NULL;
}
