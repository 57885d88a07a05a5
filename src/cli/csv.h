/**
 * @file
 * Comma-separated values (RFC 4180) row by row: quoted fields with doubled quotes and line breaks, LF or CRLF, a UTF-8
 * byte order mark, any delimiter. Spaces around unquoted fields are dropped, lines with nothing in them skipped.
 */
#ifndef CLI_CSV_H
#define CLI_CSV_H

#include <stdbool.h>
#include <stdint.h>

/** A reader and its current row. */
struct csv {
    int64_t line;    /**< where the current row begins, from 1 */
    int64_t columns; /**< fields in every row */
    char **field;    /**< the current row's; valid until the next one is read */
    /* private */
    const char *path;
    unsigned char *text;
    char *next, *end;
    int64_t next_line, capacity;
    char delimiter;
};

/**
 * Open a file, plain or .gz; the path is kept, not copied.
 *
 * @return CLI_OK, or another exit status after saying why; csv_close() is due in either case
 */
int csv_open(const char *path, char delimiter, struct csv *csv);

/** Free what the reader holds. */
void csv_close(struct csv *csv);

/**
 * Read the next row.
 *
 * @param more  receives false at the end of the file
 * @return CLI_OK, or CLI_FAILED after saying file, line and column of what is wrong
 */
int csv_next(struct csv *csv, bool *more);

/** Say what is wrong with a field of the current row; returns CLI_FAILED. */
int csv_complain(const struct csv *csv, int64_t column, const char *what);

#endif
