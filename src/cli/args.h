/**
 * @file
 * Command lines as tables: every option of a command is a row, from which the parser (getopt_long) and the help text
 * are made.
 */
#ifndef CLI_ARGS_H
#define CLI_ARGS_H

#include <stdbool.h>
#include <stdint.h>

/** What follows an option, and what `value` points to. */
enum args_kind {
    ARGS_HEADING,  /**< no option: a line in the help text */
    ARGS_FLAG,     /**< nothing; bool, set to true */
    ARGS_TEXT,     /**< text; const char *, pointing into argv */
    ARGS_OPTIONAL, /**< maybe `=text`; const char *, "" where there is none */
    ARGS_INT,      /**< an integer within the bounds; int64_t */
    ARGS_REAL,     /**< a number within the bounds; double */
};

struct args_option {
    const char *name; /**< long name, or the heading */
    enum args_kind kind;
    void *value;
    const char *argument; /**< what the help text calls the value */
    const char *help;
    double minimum, maximum; /**< of ARGS_INT and ARGS_REAL, inclusive */
};

struct args_usage {
    const char *synopsis;    /**< such as "mlp train [OPTION]..." */
    const char *description; /**< lines for the help text */
    int least_operands, most_operands;
};

/**
 * Parse a command line into the options' values. `--help` prints the help text.
 *
 * @param first  receives the index in argv of the first operand; getopt_long moves them to the end
 * @param done   receives true where there is nothing left to do: help was asked for
 * @return CLI_OK, or CLI_USAGE after saying what is wrong
 */
int args_parse(int argc, char **argv, const struct args_usage *usage, const struct args_option *options,
               int count, int *first, bool *done);

#endif
