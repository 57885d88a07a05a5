/**
 * @file
 * A CSV file with named columns. Columns are asked for by name, or by number from 1. A file without a header line has
 * the numbers as names.
 */
#ifndef CLI_TABLE_H
#define CLI_TABLE_H

#include "csv.h"
#include "names.h"

/** How to read a file. */
struct table_format {
    char delimiter;
    const char *header; /**< "yes", "no" or "auto": a first line without any number is one */
};

struct table {
    struct csv csv;
    struct names column;
    bool pending; /**< the reader's current row is data not handed out yet */
};

/** Open a file and name its columns. Returns an exit status; table_close() is due in either case. */
int table_open(const char *path, const struct table_format *format, struct table *table);

/** Free what the table holds. */
void table_close(struct table *table);

/** Make the next row of data the reader's current one, as csv_next(). */
int table_next(struct table *table, bool *more);

/** Index of a column; -1 if there is none. */
int64_t table_find(const struct table *table, const char *name_or_number);

#endif
