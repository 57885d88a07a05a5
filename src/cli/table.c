#include "table.h"

#include "number.h"
#include "report.h"

#include <stdio.h>
#include <string.h>

static bool looks_like_header(const struct csv *csv)
{
    double value;

    for (int64_t i = 0; i < csv->columns; i++) {
        if (number_parse(csv->field[i], &value))
            return false;
    }
    return true;
}

static int check_name(const struct table *table, int64_t column)
{
    const char *name = table->csv.field[column];

    if (strpbrk(name, "\r\n"))
        return csv_complain(&table->csv, column, "a column name with a line break");
    if (names_find(&table->column, name) >= 0)
        return csv_complain(&table->csv, column, "a column name that is there twice");
    return CLI_OK;
}

static int name_columns(struct table *table, bool header)
{
    int status = CLI_OK;

    for (int64_t i = 0; i < table->csv.columns && status == CLI_OK; i++) {
        char number[24];
        bool named = header && table->csv.field[i][0];

        snprintf(number, sizeof number, "%lld", (long long)i + 1);
        status = named ? check_name(table, i) : CLI_OK;
        names_add(&table->column, named ? table->csv.field[i] : number);
    }
    return status;
}

int table_open(const char *path, const struct table_format *format, struct table *table)
{
    bool header, more;
    int status = csv_open(path, format->delimiter, &table->csv);

    table->column = (struct names){0};
    table->pending = false;
    if (status == CLI_OK)
        status = csv_next(&table->csv, &more);
    if (status != CLI_OK)
        return status;
    if (!more)
        return report_failure("%s: an empty file", path);
    header = strcmp(format->header, "auto") == 0 ? looks_like_header(&table->csv)
                                                 : strcmp(format->header, "yes") == 0;
    table->pending = !header;
    return name_columns(table, header);
}

void table_close(struct table *table)
{
    csv_close(&table->csv);
    names_clear(&table->column);
}

int table_next(struct table *table, bool *more)
{
    if (!table->pending)
        return csv_next(&table->csv, more);
    table->pending = false;
    *more = true;
    return CLI_OK;
}

int64_t table_find(const struct table *table, const char *name_or_number)
{
    int64_t column = names_find(&table->column, name_or_number);

    if (column < 0 && number_parse_int(name_or_number, &column))
        column = column >= 1 && column <= table->csv.columns ? column - 1 : -1;
    return column;
}
