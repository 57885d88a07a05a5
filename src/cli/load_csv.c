#include "load_csv.h"

#include "heap.h"
#include "number.h"
#include "report.h"
#include "typed.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_CLASSES = 4096 };

/* A file being read into a data set. */
struct reading {
    struct table table;
    struct column *column;
    struct dataset *set;
    struct names *grow;          /* classes that may still get new members, NULL where they are given */
    const struct names *classes; /* the same or the given ones */
};

static int read_number(const struct reading *r, int64_t column, void *row, int64_t index)
{
    const char *text = r->table.csv.field[column];
    double value;

    if (!*text)
        return csv_complain(&r->table.csv, column, "an empty field where a number should be");
    if (!number_parse(text, &value))
        return csv_complain(&r->table.csv, column, "not a finite decimal number");
    if (r->set->dtype == MLP_F32 && !isfinite((float)value))
        return csv_complain(&r->table.csv, column, "too large for f32; --dtype f64 holds it");
    typed_put(r->set->dtype, row, index, value);
    return CLI_OK;
}

static int read_label(const struct reading *r, int64_t column, int32_t *label)
{
    const char *text = r->table.csv.field[column];
    int64_t found = names_find(r->classes, text);

    if (found < 0 && !r->grow)
        return csv_complain(&r->table.csv, column, "a class the model does not know");
    if (!*text || strpbrk(text, "\r\n"))
        return csv_complain(&r->table.csv, column,
                            *text ? "a class name with a line break" : "no class name");
    if (found < 0 && r->grow->count == MOST_CLASSES)
        return csv_complain(&r->table.csv, column, "more than 4096 classes; for numbers use --target");
    *label = (int32_t)(found < 0 ? names_add(r->grow, text) : found);
    return CLI_OK;
}

static int read_row(struct reading *r)
{
    struct dataset *set = r->set;
    int64_t sample = dataset_add(set);
    int status = CLI_OK;

    for (int64_t i = 0; i < r->table.csv.columns && status == CLI_OK; i++) {
        const struct column *column = &r->column[i];

        if (column->role == COLUMN_FEATURE)
            status = read_number(r, i, set->x, column->index + sample * set->features);
        else if (column->role == COLUMN_TARGET && set->targets)
            status = read_number(r, i, set->t, column->index + sample * set->targets);
        else if (column->role == COLUMN_LABEL && set->labelled)
            status = read_label(r, i, &set->label[sample]);
    }
    return status;
}

static int64_t count_role(const struct reading *r, enum column_role role)
{
    int64_t count = 0;

    for (int64_t i = 0; i < r->table.csv.columns; i++)
        count += r->column[i].role == role;
    return count;
}

/* The rows, into a data set whose shape the columns give. */
static int read_rows(struct reading *r, mlp_dtype dtype, bool answers)
{
    bool more = true;
    int status = CLI_OK;

    dataset_begin(r->set, dtype, count_role(r, COLUMN_FEATURE), answers ? count_role(r, COLUMN_TARGET) : 0,
                  answers && count_role(r, COLUMN_LABEL) > 0);
    while (status == CLI_OK && more) {
        status = table_next(&r->table, &more);
        if (status == CLI_OK && more)
            status = read_row(r);
    }
    if (status == CLI_OK && r->set->samples == 0)
        return report_failure("%s: no row of data", r->table.csv.path);
    return status;
}

static int open_table(const struct csv_source *source, struct reading *r)
{
    int status = table_open(source->path, &source->format, &r->table);

    r->column = status == CLI_OK ? heap_new(r->table.csv.columns, sizeof *r->column) : NULL;
    return status;
}

static void close_table(struct reading *r)
{
    table_close(&r->table);
    free(r->column);
}

/* A class and the index it had in the order of appearance. */
struct ranked {
    char *name;
    int64_t seen;
    int64_t number;
};

static int by_number(const void *a, const void *b)
{
    int64_t p = ((const struct ranked *)a)->number, q = ((const struct ranked *)b)->number;

    return (p > q) - (p < q);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct ranked *)a)->name, ((const struct ranked *)b)->name);
}

/* Bring the classes from the order of appearance, which is an accident, to one of their own. */
static void sort_classes(struct names *classes, struct dataset *set)
{
    struct ranked *ranked = heap_new(classes->count, sizeof *ranked);
    int32_t *rank = heap_new(classes->count, sizeof *rank);
    bool numbers = true;

    for (int64_t i = 0; i < classes->count; i++) {
        ranked[i] = (struct ranked){.name = classes->item[i], .seen = i};
        numbers = number_parse_int(classes->item[i], &ranked[i].number) && numbers;
    }
    qsort(ranked, (size_t)classes->count, sizeof *ranked, numbers ? by_number : by_name);
    for (int64_t i = 0; i < classes->count; i++) {
        classes->item[i] = ranked[i].name;
        rank[ranked[i].seen] = (int32_t)i;
    }
    for (int64_t i = 0; i < set->samples; i++)
        set->label[i] = rank[set->label[i]];
    free(ranked);
    free(rank);
}

int load_csv_training(const struct csv_source *source, mlp_dtype dtype, struct schema *schema,
                      struct dataset *set)
{
    struct reading r = {.set = set, .grow = &schema->classes, .classes = &schema->classes};
    int status = open_table(source, &r);

    if (status == CLI_OK)
        status = columns_for_training(&r.table, &source->columns, schema, r.column);
    if (status == CLI_OK)
        status = read_rows(&r, dtype, true);
    if (status == CLI_OK && set->labelled)
        sort_classes(&schema->classes, set);
    close_table(&r);
    return status;
}

int load_csv_for_model(const struct csv_source *source, mlp_dtype dtype, int64_t inputs, int64_t outputs,
                       const struct schema *schema, bool answers, struct dataset *set)
{
    struct names numbers = {0};
    struct reading r = {.set = set, .classes = schema->classes.count ? &schema->classes : &numbers};
    int status = open_table(source, &r);

    if (status == CLI_OK)
        status = columns_for_model(&r.table, &source->columns, schema, inputs, answers, r.column);
    if (!schema->classes.count)
        names_add_numbers(&numbers, outputs);
    if (status == CLI_OK)
        status = read_rows(&r, dtype, answers);
    if (status == CLI_OK && set->targets && set->targets != outputs)
        status = report_usage("%s: %lld target columns: the model has %lld outputs", source->path,
                              (long long)set->targets, (long long)outputs);
    names_clear(&numbers);
    close_table(&r);
    return status;
}
