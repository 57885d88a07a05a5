#include "command.h"

#include "args.h"
#include "heap.h"
#include "number.h"
#include "picture.h"
#include "report.h"
#include "table.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const struct args_usage usage = {
    "mlp plot FILE.csv PICTURE.png [OPTION]...",
    "Draw columns of a table over another one. Empty fields are left out, and on a logarithmic\naxis values "
    "that are not above 0.",
    2,
    2,
};

/* What the command line says. */
struct request {
    const char *x, *y, *points, *log;
    const char *title, *x_label, *y_label, *delimiter;
};

/* All numbers of a table, column by column. */
struct numbers {
    struct table table;
    int64_t rows, capacity;
    double **column;
};

static int read_row(struct numbers *numbers)
{
    const struct csv *csv = &numbers->table.csv;

    if (numbers->rows == numbers->capacity) {
        numbers->capacity = numbers->capacity ? 2 * numbers->capacity : 64;
        for (int64_t c = 0; c < csv->columns; c++)
            numbers->column[c] = heap_resize(numbers->column[c], numbers->capacity, sizeof(double));
    }
    for (int64_t c = 0; c < csv->columns; c++) {
        double *value = &numbers->column[c][numbers->rows];

        *value = NAN;
        if (csv->field[c][0] && !number_parse(csv->field[c], value))
            return csv_complain(csv, c, "not a number");
    }
    numbers->rows++;
    return CLI_OK;
}

/* The numbers are to be released by clear() in either case. */
static int read_table(const char *path, const struct table_format *format, struct numbers *numbers)
{
    bool more = true;
    int status = table_open(path, format, &numbers->table);

    if (status == CLI_OK)
        numbers->column = heap_new(numbers->table.csv.columns, sizeof *numbers->column);
    while (status == CLI_OK && more) {
        status = table_next(&numbers->table, &more);
        if (status == CLI_OK && more)
            status = read_row(numbers);
    }
    return status == CLI_OK && numbers->rows == 0 ? report_failure("%s: no rows", path) : status;
}

static void clear(struct numbers *numbers)
{
    for (int64_t c = 0; numbers->column && c < numbers->table.csv.columns; c++)
        free(numbers->column[c]);
    free(numbers->column);
    table_close(&numbers->table);
}

/* Append the columns of a list as curves. */
static int add_curves(const struct numbers *numbers, const char *list, bool points, struct chart *chart,
                      struct curve *curve)
{
    struct names wanted = {0};
    int status = CLI_OK;

    names_split(&wanted, list, ',');
    for (int64_t i = 0; i < wanted.count && status == CLI_OK; i++) {
        int64_t c = table_find(&numbers->table, wanted.item[i]);

        if (c < 0)
            status = report_usage("no column '%s'", wanted.item[i]);
        else if (chart->curves == numbers->table.csv.columns)
            status = report_usage("--y and --points: more columns than the file has");
        else {
            curve[chart->curves] = (struct curve){numbers->table.column.item[c], numbers->column[c],
                                                  chart_colour(chart->curves), points};
            chart->curves++;
        }
    }
    names_clear(&wanted);
    return status;
}

/* Where neither --y nor --points names any, all columns but that of x are curves. */
static void add_all(const struct numbers *numbers, int64_t x, struct chart *chart, struct curve *curve)
{
    for (int64_t c = 0; c < numbers->table.csv.columns; c++) {
        if (c == x)
            continue;
        curve[chart->curves] = (struct curve){numbers->table.column.item[c], numbers->column[c],
                                              chart_colour(chart->curves), false};
        chart->curves++;
    }
}

static int draw(const struct numbers *numbers, const struct request *request, const char *picture)
{
    int64_t x = request->x ? table_find(&numbers->table, request->x) : 0;
    struct curve *curve = heap_new(numbers->table.csv.columns, sizeof *curve);
    struct chart chart = {.title = request->title,
                          .y_label = request->y_label,
                          .count = (long)numbers->rows,
                          .curve = curve,
                          .log_x = strchr(request->log, 'x') != NULL,
                          .log_y = strchr(request->log, 'y') != NULL};
    int status = x < 0 ? report_usage("--x %s: no such column", request->x) : CLI_OK;

    if (status == CLI_OK) {
        chart.x = numbers->column[x];
        chart.x_label = request->x_label ? request->x_label : numbers->table.column.item[x];
    }
    if (status == CLI_OK && request->y)
        status = add_curves(numbers, request->y, false, &chart, curve);
    if (status == CLI_OK && request->points)
        status = add_curves(numbers, request->points, true, &chart, curve);
    if (status == CLI_OK && !request->y && !request->points)
        add_all(numbers, x, &chart, curve);
    if (status == CLI_OK && chart.curves == 0)
        status = report_usage("no column to draw");
    if (status == CLI_OK)
        status = picture_write_chart(picture, &chart);
    free(curve);
    return status;
}

static int plot(const char *path, const char *picture, const struct request *request)
{
    struct table_format format = {request->delimiter[0], "auto"};
    struct numbers numbers = {0};
    int status = read_table(path, &format, &numbers);

    if (status == CLI_OK)
        status = draw(&numbers, request, picture);
    clear(&numbers);
    return status;
}

static int check(const struct request *request)
{
    if (strlen(request->delimiter) != 1)
        return report_usage("--delimiter '%s': must be one character", request->delimiter);
    if (strspn(request->log, "xy") != strlen(request->log))
        return report_usage("--log %s: must be x, y or xy", request->log);
    return CLI_OK;
}

int command_plot(int argc, char **argv)
{
    struct request request = {.log = "", .title = "", .y_label = "", .delimiter = ","};
    const struct args_option options[] = {
        {"chart", ARGS_HEADING, NULL, NULL, NULL, 0, 0},
        {"x", ARGS_TEXT, &request.x, "COLUMN", "what to draw over, by name or number; default the first", 0,
         0},
        {"y", ARGS_TEXT, &request.y, "COLUMNS",
         "columns drawn as lines, with commas between; default all others", 0, 0},
        {"points", ARGS_TEXT, &request.points, "COLUMNS", "columns drawn as points", 0, 0},
        {"log", ARGS_TEXT, &request.log, "AXES", "logarithmic axes: x, y or xy", 0, 0},
        {"delimiter", ARGS_TEXT, &request.delimiter, "CHAR", "what separates fields, by default a comma", 0,
         0},
        {"text", ARGS_HEADING, NULL, NULL, NULL, 0, 0},
        {"title", ARGS_TEXT, &request.title, "TEXT", "above the chart", 0, 0},
        {"x-label", ARGS_TEXT, &request.x_label, "TEXT", "below it; default the name of the column", 0, 0},
        {"y-label", ARGS_TEXT, &request.y_label, "TEXT", "on its left", 0, 0},
    };
    int first;
    bool done;
    int status = args_parse(argc, argv, &usage, options, sizeof options / sizeof *options, &first, &done);

    if (status == CLI_OK && !done)
        status = check(&request);
    return status != CLI_OK || done ? status : plot(argv[first], argv[first + 1], &request);
}
