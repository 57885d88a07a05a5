#include "io/safetensors_header.h"
#include "base/checked.h"

#include <stddef.h>
#include <string.h>

#define SHOWN MLPI_SAFETENSORS_SHOWN

typedef struct {
    mlpi_json json;
    const unsigned char *data;
    int64_t data_size;
    const mlpi_safetensors_storage *storage; /* NULL: count only */
    mlpi_safetensors_tally used;
    int has_metadata;
    char shown[SHOWN]; /* the current name, fit for messages */
} reader;

typedef struct {
    const char *key;
    int (*read)(reader *, mlpi_safetensors_tensor *);
} field;

/* Reads a string and keeps it, if there is storage. `shown` receives its beginning if there is none. */
static const char *keep_string(reader *r, char shown[SHOWN])
{
    char *text = r->storage ? r->storage->text + r->used.text : shown;
    int64_t capacity = r->storage ? r->storage->room.text - r->used.text : SHOWN, length = 0;
    if (mlpi_json_string(&r->json, text, capacity, &length))
        r->used.text += length + 1;
    else
        shown[0] = '\0';
    return text;
}

static int read_dtype(reader *r, mlpi_safetensors_tensor *tensor)
{
    char name[SHOWN];
    if (!mlpi_json_string(&r->json, name, sizeof name, NULL))
        return 0;
    tensor->dtype = mlpi_safetensors_dtype_from_name(name);
    mlpi_json_show(name, name, SHOWN);
    return tensor->dtype ? 1 : mlpi_json_refuse(&r->json, "tensor '%s': unknown dtype '%s'", r->shown, name);
}

static int read_shape(reader *r, mlpi_safetensors_tensor *tensor)
{
    int64_t size;
    tensor->shape = r->storage ? r->storage->sizes + r->used.sizes : NULL;
    tensor->count = 1;
    mlpi_json_open(&r->json, '[');
    for (; mlpi_json_more(&r->json, ']') && mlpi_json_integer(&r->json, &size); tensor->rank++) {
        if (!mlpi_checked_mul(tensor->count, size, &tensor->count))
            return mlpi_json_refuse(&r->json, "tensor '%s': the product of the shape overflows", r->shown);
        if (r->storage)
            r->storage->sizes[r->used.sizes] = size;
        r->used.sizes++;
    }
    return r->json.status == MLP_OK;
}

static int read_offsets(reader *r, mlpi_safetensors_tensor *tensor)
{
    int64_t offsets[3] = {0, 0, 0};
    int count = 0;
    mlpi_json_open(&r->json, '[');
    while (count < 3 && mlpi_json_more(&r->json, ']') && mlpi_json_integer(&r->json, &offsets[count]))
        count++;
    if (count != 2)
        return mlpi_json_refuse(&r->json, "tensor '%s': data_offsets must be two integers", r->shown);
    tensor->begin = offsets[0];
    tensor->end = offsets[1];
    return r->json.status == MLP_OK;
}

/* The rules that concern one tensor alone. */
static int check_extent(reader *r, mlpi_safetensors_tensor *tensor)
{
    int64_t bytes;
    if (tensor->begin > tensor->end || tensor->end > r->data_size)
        return mlpi_json_refuse(
            &r->json, "tensor '%s': data_offsets [%lld, %lld] are not within the %lld bytes of data",
            r->shown, (long long)tensor->begin, (long long)tensor->end, (long long)r->data_size);
    if (!mlpi_checked_mul(tensor->count, mlpi_safetensors_dtype_size(tensor->dtype), &bytes))
        return mlpi_json_refuse(&r->json, "tensor '%s': the size in bytes overflows", r->shown);
    if (bytes != tensor->end - tensor->begin)
        return mlpi_json_refuse(&r->json,
                                "tensor '%s': dtype and shape need %lld bytes, data_offsets give %lld",
                                r->shown, (long long)bytes, (long long)(tensor->end - tensor->begin));
    tensor->data = r->data ? r->data + tensor->begin : NULL;
    return 1;
}

/* Reads the object that describes one tensor: each of the fields once, in any order. */
static int read_tensor(reader *r, mlpi_safetensors_tensor *tensor)
{
    static const field fields[3] = {
        {"dtype", read_dtype}, {"shape", read_shape}, {"data_offsets", read_offsets}};
    unsigned seen = 0;
    char key[SHOWN];
    mlpi_json_open(&r->json, '{');
    while (mlpi_json_more(&r->json, '}') && mlpi_json_key(&r->json, key, sizeof key, NULL)) {
        unsigned i = 0;
        while (i < 3 && strcmp(key, fields[i].key) != 0)
            i++;
        mlpi_json_show(key, key, SHOWN);
        if (i == 3)
            return mlpi_json_refuse(&r->json, "tensor '%s': unknown key '%s'", r->shown, key);
        if (seen & 1u << i)
            return mlpi_json_refuse(&r->json, "tensor '%s': key '%s' appears twice", r->shown, key);
        seen |= 1u << i;
        if (!fields[i].read(r, tensor))
            return 0;
    }
    for (unsigned i = 0; i < 3; i++)
        if (!(seen & 1u << i))
            return mlpi_json_refuse(&r->json, "tensor '%s': key '%s' is missing", r->shown, fields[i].key);
    return check_extent(r, tensor);
}

/* Reads the object of metadata: strings to strings. */
static int read_metadata(reader *r)
{
    char shown[SHOWN];
    if (r->has_metadata++)
        return mlpi_json_refuse(&r->json, "the key '__metadata__' appears twice");
    mlpi_json_open(&r->json, '{');
    while (mlpi_json_more(&r->json, '}')) {
        mlpi_safetensors_pair pair;
        pair.key = keep_string(r, shown);
        mlpi_json_take(&r->json, ':');
        pair.value = keep_string(r, shown);
        if (r->storage && r->json.status == MLP_OK)
            r->storage->pairs[r->used.pairs] = pair;
        r->used.pairs++;
    }
    return r->json.status == MLP_OK;
}

/* Reads one member of the header: a name and what it stands for. */
static int read_member(reader *r)
{
    mlpi_safetensors_tensor tensor = {.name = keep_string(r, r->shown)};
    if (!mlpi_json_take(&r->json, ':'))
        return 0;
    if (strcmp(tensor.name, "__metadata__") == 0)
        return read_metadata(r);
    mlpi_json_show(r->shown, r->shown, SHOWN);
    if (!read_tensor(r, &tensor))
        return 0;
    if (r->storage)
        r->storage->tensors[r->used.tensors] = tensor;
    r->used.tensors++;
    return 1;
}

mlp_status mlpi_safetensors_read_header(const void *header, int64_t size, const void *data, int64_t data_size,
                                        const mlpi_safetensors_storage *storage,
                                        mlpi_safetensors_tally *tally)
{
    reader r = {.json = mlpi_json_start("safetensors header", header, size, 8),
                .data = data,
                .data_size = data_size,
                .storage = storage};
    if (size == 0 || r.json.bytes[0] != '{')
        mlpi_json_refuse(&r.json, "the header must start with '{'");
    mlpi_json_open(&r.json, '{');
    while (mlpi_json_more(&r.json, '}') && read_member(&r))
        ;
    for (; r.json.status == MLP_OK && r.json.at < size; r.json.at++)
        if (r.json.bytes[r.json.at] != ' ')
            mlpi_json_refuse(&r.json, "only spaces may follow the header's '}'");
    *tally = r.used;
    return r.json.status;
}
