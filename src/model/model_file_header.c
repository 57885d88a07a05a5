#include "base/error.h"
#include "base/memory.h"
#include "base/number.h"
#include "io/json.h"
#include "model/head.h"
#include "model/model_schema.h"

#include <string.h>

enum { SHOWN = 80, NAME_SIZE = 64 };

static int is_own_key(const char *key)
{
    for (int i = 0; i < MLPI_KEY_COUNT; i++)
        if (strcmp(key, mlpi_model_key(i)) == 0)
            return 1;
    return 0;
}

static int is_reserved_key(const char *key)
{
    return strncmp(key, "mlp.", 4) == 0;
}

/* Fails about a value of the file's, shown as far as it is fit for a message. */
static mlp_status refuse(mlp_status code, int key, const char *value, const char *expected)
{
    char shown[SHOWN];
    mlpi_json_show(value, shown, sizeof shown);
    return mlpi_fail(code, "model file: %s = '%s': %s", mlpi_model_key(key), shown, expected);
}

/* The same about one item of a list. */
static mlp_status refuse_item(mlp_status code, int key, int32_t index, const char *item, int64_t length,
                              const char *expected)
{
    char shown[SHOWN];
    const int64_t cut = length < SHOWN - 1 ? length : SHOWN - 1;
    memcpy(shown, item, (size_t)cut);
    shown[cut] = '\0';
    mlpi_json_show(shown, shown, sizeof shown);
    return mlpi_fail(code, "model file: item %d of %s = '%s': %s", (int)index, mlpi_model_key(key), shown,
                     expected);
}

/* ---- Keys ---- */

static mlp_status check_version(const mlpi_safetensors *file)
{
    const char *version = mlpi_safetensors_metadata(file, mlpi_model_key(MLPI_KEY_FORMAT));
    if (!version)
        return mlpi_fail(MLP_ERR_FORMAT, "model file: %s is missing: not a model of this library",
                         mlpi_model_key(MLPI_KEY_FORMAT));
    if (strcmp(version, mlpi_model_schema_version()) != 0)
        return refuse(MLP_ERR_UNSUPPORTED, MLPI_KEY_FORMAT, version, "this build reads version 1 only");
    return MLP_OK;
}

static mlp_status check_keys(const mlpi_safetensors *file)
{
    const int trained = mlpi_is_checkpoint(file);
    char shown[SHOWN];
    for (int64_t i = 0; i < mlpi_safetensors_metadata_count(file); i++) {
        const char *key = mlpi_safetensors_metadata_at(file, i)->key;
        if (!is_reserved_key(key) || is_own_key(key) || (trained && mlpi_is_trainers_key(key)))
            continue;
        mlpi_json_show(key, shown, sizeof shown);
        return mlpi_fail(MLP_ERR_UNSUPPORTED, "model file: metadata key '%s': not known to this build",
                         shown);
    }
    for (int key = 0; key < MLPI_KEY_COUNT; key++)
        if (!mlpi_safetensors_metadata(file, mlpi_model_key(key)))
            return mlpi_fail(MLP_ERR_FORMAT, "model file: %s is missing", mlpi_model_key(key));
    return MLP_OK;
}

static mlp_status read_names(const mlpi_safetensors *file, mlpi_model_header *header)
{
    const char *dtype = mlpi_safetensors_metadata(file, mlpi_model_key(MLPI_KEY_DTYPE));
    const char *name = mlpi_safetensors_metadata(file, mlpi_model_key(MLPI_KEY_HEAD));
    const mlpi_head_kind *head = mlpi_head_find(name);
    header->dtype = mlp_dtype_from_name(dtype);
    if (!header->dtype)
        return refuse(MLP_ERR_FORMAT, MLPI_KEY_DTYPE, dtype, "must be f32 or f64");
    if (!head)
        return refuse(MLP_ERR_UNSUPPORTED, MLPI_KEY_HEAD, name, "not known to this build");
    header->head = head->id;
    return MLP_OK;
}

/* ---- Lists ---- */

/* Items with commas between them; an empty text is one empty item. */
typedef struct list {
    const char *next; /* NULL behind the last item */
    const char *item;
    int64_t length;
} list;

static list list_of(const mlpi_safetensors *file, int key)
{
    return (list){.next = mlpi_safetensors_metadata(file, mlpi_model_key(key))};
}

/* The next item; empty ones behind the last. */
static void advance(list *items)
{
    items->item = items->next ? items->next : "";
    items->length = (int64_t)strcspn(items->item, ",");
    items->next = items->item[items->length] ? items->item + items->length + 1 : NULL;
}

static int64_t count_items(list items)
{
    int64_t count = 0;
    for (; items.next; count++)
        advance(&items);
    return count;
}

static mlp_status check_count(const mlpi_safetensors *file, int key, int32_t expected)
{
    const int64_t count = count_items(list_of(file, key));
    return count == expected
               ? MLP_OK
               : mlpi_fail(MLP_ERR_FORMAT, "model file: %s has %lld items: must be %d, the layers",
                           mlpi_model_key(key), (long long)count, (int)expected);
}

static mlp_status read_widths(const mlpi_safetensors *file, mlpi_model_header *header)
{
    list items = list_of(file, MLPI_KEY_WIDTHS);
    const int64_t count = count_items(items);
    if (count < 2 || count > MLPI_MAX_LAYERS + 1)
        return mlpi_fail(MLP_ERR_FORMAT, "model file: %s has %lld items: must be 2 to %d",
                         mlpi_model_key(MLPI_KEY_WIDTHS), (long long)count, MLPI_MAX_LAYERS + 1);
    header->layers = (int32_t)count - 1;
    header->widths = mlpi_calloc(count, sizeof *header->widths);
    if (!header->widths)
        return mlpi_fail_memory("widths of a model file", count * (int64_t)sizeof *header->widths);
    for (int32_t l = 0; l < count; l++) {
        int64_t *width = &header->widths[l];
        advance(&items);
        if (!mlpi_parse_i64(items.item, items.length, width) || *width < 1 || *width > INT32_MAX)
            return refuse_item(MLP_ERR_FORMAT, MLPI_KEY_WIDTHS, l, items.item, items.length,
                               "must be an integer from 1 to 2147483647");
    }
    return MLP_OK;
}

mlp_status mlpi_model_header_read(const mlpi_safetensors *file, mlpi_model_header *header)
{
    *header = (mlpi_model_header){0};
    mlp_status status = check_version(file);
    if (status == MLP_OK)
        status = check_keys(file);
    if (status == MLP_OK)
        status = read_names(file, header);
    if (status == MLP_OK)
        status = read_widths(file, header);
    if (status == MLP_OK)
        status = check_count(file, MLPI_KEY_ACTIVATIONS, header->layers);
    if (status == MLP_OK)
        status = check_count(file, MLPI_KEY_PARAMETERS, header->layers);
    if (status != MLP_OK)
        mlpi_free(header->widths);
    return status;
}

/* ---- Activations ---- */

static mlp_status set_activation(mlp_model *model, int32_t layer, const list *items)
{
    char name[NAME_SIZE];
    mlp_activation id = 0;
    if (items->length == 0)
        return refuse_item(MLP_ERR_FORMAT, MLPI_KEY_ACTIVATIONS, layer - 1, "", 0, "must not be empty");
    if (items->length < NAME_SIZE) {
        memcpy(name, items->item, (size_t)items->length);
        name[items->length] = '\0';
        id = mlpi_activation_find(name);
    }
    /* one that another thread takes back between the two calls is unknown as well */
    if (!id || mlpi_model_set_activation(model, layer, id) != MLP_OK)
        return refuse_item(MLP_ERR_UNSUPPORTED, MLPI_KEY_ACTIVATIONS, layer - 1, items->item, items->length,
                           "neither built in nor registered with mlp_activation_register()");
    return MLP_OK;
}

static mlp_status set_parameter(mlp_model *model, int32_t layer, const list *items)
{
    const mlpi_activation_kind *kind = model->architecture.activations[layer - 1].kind;
    double value;
    if (!kind || !kind->parameter)
        return items->length == 0
                   ? MLP_OK
                   : refuse_item(MLP_ERR_FORMAT, MLPI_KEY_PARAMETERS, layer - 1, items->item, items->length,
                                 "must be empty: the activation has no parameter");
    if (!mlpi_parse_f64(items->item, items->length, &value) ||
        !(value >= kind->parameter_minimum && value <= kind->parameter_maximum))
        return refuse_item(MLP_ERR_FORMAT, MLPI_KEY_PARAMETERS, layer - 1, items->item, items->length,
                           "must be a number within the bounds of the activation's parameter");
    mlpi_model_set_activation_parameter(model, layer, value);
    return MLP_OK;
}

mlp_status mlpi_model_header_read_activations(const mlpi_safetensors *file, mlp_model *model)
{
    list names = list_of(file, MLPI_KEY_ACTIVATIONS), parameters = list_of(file, MLPI_KEY_PARAMETERS);
    mlp_status status = MLP_OK;
    for (int32_t l = 1; l <= model->architecture.layers && status == MLP_OK; l++) {
        advance(&names);
        advance(&parameters);
        status = set_activation(model, l, &names);
        if (status == MLP_OK)
            status = set_parameter(model, l, &parameters);
    }
    return status;
}

/* ---- Metadata ---- */

static int is_users(const mlpi_safetensors_pair *pair)
{
    if (is_reserved_key(pair->key))
        return 0;
    return strcmp(pair->key, mlpi_model_framework_key()) != 0 ||
           strcmp(pair->value, mlpi_model_framework()) != 0;
}

mlp_status mlpi_model_header_read_metadata(const mlpi_safetensors *file, mlp_model *model)
{
    const int64_t count = mlpi_safetensors_metadata_count(file);
    mlp_status status = MLP_OK;
    for (int64_t i = 0; i < count && status == MLP_OK; i++) {
        const mlpi_safetensors_pair *pair = mlpi_safetensors_metadata_at(file, i);
        if (is_users(pair))
            status = mlpi_metadata_append(&model->metadata, pair->key, pair->value);
    }
    return status;
}
