/**
 * @file
 * What the program says on stderr, each line beginning with the command: `mlp train: ...`. The functions return the
 * exit status that goes with the message, so that a caller can write `return report_failure(...)`.
 */
#ifndef CLI_REPORT_H
#define CLI_REPORT_H

#include <stdio.h>
#include <mlp/mlp.h>

#define CLI_OK     0 /**< done */
#define CLI_FAILED 1 /**< it did not work */
#define CLI_USAGE  2 /**< a wrong command line, or data that is not there */

/** Name the command messages begin with; kept, not copied. */
void report_set_prefix(const char *prefix);

/** The command messages begin with. */
const char *report_prefix(void);

/** Where messages go instead of stderr; NULL for stderr. */
void report_set_stream(FILE *stream);

/** Say why it did not work; returns CLI_FAILED. */
int report_failure(const char *format, ...) __attribute__((format(printf, 1, 2)));

/** Say what is wrong with the command line or which data is missing; returns CLI_USAGE. */
int report_usage(const char *format, ...) __attribute__((format(printf, 1, 2)));

/** Say something the user should know although the work goes on. */
void report_note(const char *format, ...) __attribute__((format(printf, 1, 2)));

/** CLI_OK for a status that is not a failure, else say @p what and the library's message; returns CLI_FAILED. */
int report_status(mlp_status status, const char *what);

#endif
