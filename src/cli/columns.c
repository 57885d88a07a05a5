#include "columns.h"

#include "report.h"

#include <string.h>

static int assign(const struct table *table, struct column *column, const char *name, enum column_role role,
                  int64_t index)
{
    int64_t i = table_find(table, name);

    if (i < 0)
        return report_usage("%s: no column '%s'", table->csv.path, name);
    if (column[i].role != COLUMN_IGNORED)
        return report_usage("%s: column '%s' is asked for twice", table->csv.path, name);
    column[i] = (struct column){role, index};
    return CLI_OK;
}

static int assign_all(const struct table *table, struct column *column, const struct names *names,
                      enum column_role role)
{
    int status = CLI_OK;

    for (int64_t i = 0; i < names->count && status == CLI_OK; i++)
        status = assign(table, column, names->item[i], role, i);
    return status;
}

/* The label or the targets: as the request says, else by the schema's names. */
static int assign_answers(const struct table *table, const struct columns_request *request,
                          const struct schema *schema, struct column *column)
{
    struct names targets = {0};
    int status;

    if (request->label)
        return assign(table, column, request->label, COLUMN_LABEL, 0);
    if (!request->targets && schema->label.count)
        return assign_all(table, column, &schema->label, COLUMN_LABEL);
    if (!request->targets)
        return assign_all(table, column, &schema->targets, COLUMN_TARGET);
    names_split(&targets, request->targets, ',');
    status = assign_all(table, column, &targets, COLUMN_TARGET);
    names_clear(&targets);
    return status;
}

/* Mark the ignored columns as such for the time being by an index no other column has. */
enum { LEFT_OUT = -1 };

static int leave_out(const struct table *table, const char *ignored, struct column *column)
{
    struct names names = {0};
    int status = CLI_OK;

    memset(column, 0, (size_t)table->csv.columns * sizeof *column);
    if (ignored)
        names_split(&names, ignored, ',');
    for (int64_t i = 0; i < names.count && status == CLI_OK; i++) {
        int64_t found = table_find(table, names.item[i]);

        if (found >= 0)
            column[found].index = LEFT_OUT;
        else
            status = report_usage("%s: no column '%s'", table->csv.path, names.item[i]);
    }
    names_clear(&names);
    return status;
}

/* Every column that is neither an answer nor left out becomes an input; returns how many there are. */
static int64_t take_the_rest(const struct table *table, struct column *column)
{
    int64_t features = 0;

    for (int64_t i = 0; i < table->csv.columns; i++) {
        if (column[i].role == COLUMN_IGNORED && column[i].index != LEFT_OUT)
            column[i] = (struct column){COLUMN_FEATURE, features++};
    }
    return features;
}

static void name_all(const struct table *table, const struct column *column, struct schema *schema)
{
    for (int64_t i = 0; i < table->csv.columns; i++) {
        if (column[i].role == COLUMN_FEATURE)
            names_add(&schema->features, table->column.item[i]);
        if (column[i].role == COLUMN_LABEL)
            names_add(&schema->label, table->column.item[i]);
    }
}

/* Targets keep the order of the request, which need not be the table's. */
static void name_targets(const struct table *table, const struct column *column, struct schema *schema)
{
    for (int64_t k = 0, found = 1; found; k++) {
        found = 0;
        for (int64_t i = 0; i < table->csv.columns; i++) {
            if (column[i].role == COLUMN_TARGET && column[i].index == k) {
                names_add(&schema->targets, table->column.item[i]);
                found = 1;
            }
        }
    }
}

int columns_for_training(const struct table *table, const struct columns_request *request,
                         struct schema *schema, struct column *column)
{
    int status = leave_out(table, request->ignored, column);

    if (status == CLI_OK)
        status = assign_answers(table, request, schema, column);
    if (status != CLI_OK)
        return status;
    if (take_the_rest(table, column) == 0)
        return report_usage("%s: no column is left as an input", table->csv.path);
    name_all(table, column, schema);
    name_targets(table, column, schema);
    return CLI_OK;
}

static bool all_there(const struct table *table, const struct names *names)
{
    for (int64_t i = 0; i < names->count; i++) {
        if (names_find(&table->column, names->item[i]) < 0)
            return false;
    }
    return names->count > 0;
}

/* Answers that nobody asks for are no inputs either, where they can be recognised. */
static int recognise_answers(const struct table *table, const struct columns_request *request,
                             const struct schema *schema, struct column *column)
{
    if (request->label || request->targets || all_there(table, &schema->label) ||
        all_there(table, &schema->targets))
        return assign_answers(table, request, schema, column);
    return CLI_OK;
}

static int find_answers(const struct table *table, const struct columns_request *request,
                        const struct schema *schema, struct column *column)
{
    if (!request->label && !request->targets && !schema->label.count && !schema->targets.count)
        return report_usage("%s: name the column of the answers with --label or --target", table->csv.path);
    return assign_answers(table, request, schema, column);
}

int columns_for_model(const struct table *table, const struct columns_request *request,
                      const struct schema *schema, int64_t inputs, bool answers, struct column *column)
{
    bool named = all_there(table, &schema->features);
    int64_t rest;
    int status = leave_out(table, request->ignored, column);

    if (status == CLI_OK && answers)
        status = find_answers(table, request, schema, column);
    else if (status == CLI_OK && !named && table->csv.columns != inputs)
        status = recognise_answers(table, request, schema, column);
    if (status != CLI_OK)
        return status;
    if (named)
        return assign_all(table, column, &schema->features, COLUMN_FEATURE);
    rest = take_the_rest(table, column);
    if (rest != inputs)
        return report_usage("%s: %lld columns of inputs: the model has %lld inputs", table->csv.path,
                            (long long)rest, (long long)inputs);
    return CLI_OK;
}
