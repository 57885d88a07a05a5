#include "schema.h"

#include "heap.h"
#include "report.h"

#include <stddef.h>
#include <stdlib.h>

/* The lists and their metadata keys. */
static const struct {
    const char *key;
    size_t offset;
} lists[] = {
    {"features", offsetof(struct schema, features)},
    {"targets", offsetof(struct schema, targets)},
    {"classes", offsetof(struct schema, classes)},
    {"label", offsetof(struct schema, label)},
};

enum { LISTS = sizeof lists / sizeof *lists };

static struct names *list_of(struct schema *schema, int i)
{
    return (struct names *)((char *)schema + lists[i].offset);
}

static const struct names *const_list_of(const struct schema *schema, int i)
{
    return (const struct names *)((const char *)schema + lists[i].offset);
}

void schema_clear(struct schema *schema)
{
    for (int i = 0; i < LISTS; i++)
        names_clear(list_of(schema, i));
}

int schema_store(const struct schema *schema, mlp_model *model)
{
    int status = CLI_OK;

    for (int i = 0; i < LISTS && status == CLI_OK; i++) {
        const struct names *names = const_list_of(schema, i);
        char *text = names_join(names, "\n");

        if (names->count)
            status = report_status(mlp_model_set_metadata(model, lists[i].key, text), lists[i].key);
        free(text);
    }
    return status;
}

char *schema_metadata(const mlp_model *model, const char *key)
{
    int64_t size = mlp_model_metadata(model, key, NULL, 0);
    char *text;

    if (size <= 0)
        return NULL;
    text = heap_new(size, 1);
    mlp_model_metadata(model, key, text, size);
    return text;
}

void schema_load(struct schema *schema, const mlp_model *model)
{
    int64_t inputs = mlp_model_width(model, 0);
    int64_t outputs = mlp_model_width(model, mlp_model_layer_count(model));

    for (int i = 0; i < LISTS; i++) {
        char *text = schema_metadata(model, lists[i].key);

        if (text)
            names_split(list_of(schema, i), text, '\n');
        free(text);
    }
    if (schema->features.count != inputs)
        names_clear(&schema->features);
    if (schema->targets.count != outputs)
        names_clear(&schema->targets);
    if (schema->classes.count != outputs)
        names_clear(&schema->classes);
    if (schema->label.count != 1)
        names_clear(&schema->label);
}
