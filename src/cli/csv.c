#include "csv.h"

#include "heap.h"
#include "report.h"
#include "stream.h"

#include <stdlib.h>
#include <string.h>

int csv_open(const char *path, char delimiter, struct csv *csv)
{
    struct stream *stream;
    int64_t count = 0;
    int status = stream_open(path, &stream);

    *csv = (struct csv){.path = path, .delimiter = delimiter, .next_line = 1};
    if (status == CLI_OK)
        status = stream_read(stream, INT64_MAX / 4, &csv->text, &count);
    stream_close(stream);
    if (status != CLI_OK)
        return status;
    csv->next = (char *)csv->text;
    csv->end = csv->next + count;
    if (memchr(csv->text, '\0', (size_t)count))
        return report_failure("%s: not a text file: it holds a zero byte", path);
    if (count >= 3 && memcmp(csv->text, "\xef\xbb\xbf", 3) == 0)
        csv->next += 3;
    return CLI_OK;
}

void csv_close(struct csv *csv)
{
    free(csv->text);
    free(csv->field);
    *csv = (struct csv){0};
}

int csv_complain(const struct csv *csv, int64_t column, const char *what)
{
    return report_failure("%s: line %lld, column %lld: %s", csv->path, (long long)csv->line,
                          (long long)column + 1, what);
}

static void new_field(struct csv *csv, int64_t column)
{
    if (column == csv->capacity) {
        csv->capacity = 2 * csv->capacity + 16;
        csv->field = heap_resize(csv->field, csv->capacity, (int64_t)sizeof *csv->field);
    }
    csv->field[column] = csv->next;
}

static bool at_row_end(const struct csv *csv)
{
    const char *p = csv->next;

    return p == csv->end || *p == '\n' || (*p == '\r' && (p + 1 == csv->end || p[1] == '\n'));
}

static char *skip_spaces(char *p, char delimiter)
{
    while ((*p == ' ' || *p == '\t') && *p != delimiter)
        p++;
    return p;
}

/* The end of an unquoted field; `next` is left at what follows the spaces behind it. */
static char *plain_field(struct csv *csv)
{
    char *begin = csv->next, *end;

    while (*csv->next != csv->delimiter && !at_row_end(csv))
        csv->next++;
    for (end = csv->next; end > begin && (end[-1] == ' ' || end[-1] == '\t'); end--)
        ;
    return end;
}

/* Undo the quotes of a field in place, which only makes it shorter; `next` as above. */
static int quoted_field(struct csv *csv, int64_t column, char **end)
{
    char *out = csv->next, *in = csv->next + 1;

    while (in < csv->end && (*in != '"' || in[1] == '"')) {
        csv->next_line += *in == '\n';
        in += *in == '"';
        *out++ = *in++;
    }
    if (in >= csv->end)
        return csv_complain(csv, column, "a quote that is never closed");
    csv->next = skip_spaces(in + 1, csv->delimiter);
    *end = out;
    if (*csv->next != csv->delimiter && !at_row_end(csv))
        return csv_complain(csv, column, "text after the closing quote");
    return CLI_OK;
}

static void skip_line_end(struct csv *csv)
{
    csv->next += *csv->next == '\r';
    csv->next_line += *csv->next == '\n';
    csv->next += *csv->next == '\n';
}

/* The field is cut off with a NUL only when the delimiter, which may be overwritten, has been seen. */
static int read_field(struct csv *csv, int64_t column, bool *last)
{
    char *end = csv->next;

    csv->next = skip_spaces(csv->next, csv->delimiter);
    new_field(csv, column);
    if (*csv->next != '"')
        end = plain_field(csv);
    else if (quoted_field(csv, column, &end) != CLI_OK)
        return CLI_FAILED;
    *last = at_row_end(csv);
    if (*last)
        skip_line_end(csv);
    else
        csv->next++;
    *end = '\0';
    return CLI_OK;
}

int csv_next(struct csv *csv, bool *more)
{
    int64_t count = 0;
    bool last = false;

    while (csv->next < csv->end && at_row_end(csv))
        skip_line_end(csv);
    csv->line = csv->next_line;
    *more = csv->next < csv->end;
    if (!*more)
        return CLI_OK;
    while (!last) {
        if (read_field(csv, count++, &last) != CLI_OK)
            return CLI_FAILED;
    }
    if (csv->columns && count != csv->columns)
        return report_failure("%s: line %lld: %lld fields, where the first row has %lld", csv->path,
                              (long long)csv->line, (long long)count, (long long)csv->columns);
    csv->columns = count;
    return CLI_OK;
}
