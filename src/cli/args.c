#include "args.h"

#include "heap.h"
#include "number.h"
#include "report.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { HELP = 1, FIRST_OPTION = 256, HELP_COLUMN = 30 };

static void print_option(const struct args_option *option)
{
    char left[80];

    if (option->kind == ARGS_HEADING) {
        printf("\n%s\n", option->name);
        return;
    }
    snprintf(left, sizeof left, "  --%s%s%s%s", option->name, option->kind == ARGS_OPTIONAL ? "[=" : "",
             option->kind == ARGS_FLAG       ? ""
             : option->kind == ARGS_OPTIONAL ? option->argument
                                             : " ",
             option->kind == ARGS_OPTIONAL ? "]"
             : option->kind == ARGS_FLAG   ? ""
                                           : option->argument);
    printf("%-*s%s%s\n", HELP_COLUMN, left, strlen(left) < HELP_COLUMN ? "" : " ", option->help);
}

static void print_help(const struct args_usage *usage, const struct args_option *options, int count)
{
    printf("usage: %s\n\n%s\n", usage->synopsis, usage->description);
    for (int i = 0; i < count; i++)
        print_option(&options[i]);
    printf("  --%-*s%s\n", HELP_COLUMN - 4, "help", "print this text");
}

static int out_of_bounds(const struct args_option *option, const char *text)
{
    return report_usage("--%s %s: must be %s from %.15g to %.15g", option->name, text,
                        option->kind == ARGS_INT ? "an integer" : "a number", option->minimum,
                        option->maximum);
}

static int store_int(const struct args_option *option, const char *text)
{
    int64_t value;

    if (!number_parse_int(text, &value) || (double)value < option->minimum || (double)value > option->maximum)
        return out_of_bounds(option, text);
    *(int64_t *)option->value = value;
    return CLI_OK;
}

static int store_real(const struct args_option *option, const char *text)
{
    double value;

    if (!number_parse(text, &value) || value < option->minimum || value > option->maximum)
        return out_of_bounds(option, text);
    *(double *)option->value = value;
    return CLI_OK;
}

static int store(const struct args_option *option, const char *text)
{
    if (option->kind == ARGS_INT)
        return store_int(option, text);
    if (option->kind == ARGS_REAL)
        return store_real(option, text);
    if (option->kind == ARGS_FLAG)
        *(bool *)option->value = true;
    else
        *(const char **)option->value = text ? text : "";
    return CLI_OK;
}

static int argument_rule(enum args_kind kind)
{
    return kind == ARGS_FLAG ? no_argument : kind == ARGS_OPTIONAL ? optional_argument : required_argument;
}

/* The rows in getopt_long's form, `--help` and the terminating zeros last; to be freed. */
static struct option *long_options(const struct args_option *options, int count)
{
    struct option *rows = heap_new(count + 2, sizeof *rows);
    int n = 0;

    for (int i = 0; i < count; i++) {
        if (options[i].kind != ARGS_HEADING)
            rows[n++] =
                (struct option){options[i].name, argument_rule(options[i].kind), NULL, FIRST_OPTION + i};
    }
    rows[n] = (struct option){"help", no_argument, NULL, HELP};
    return rows;
}

static int hint(const struct args_usage *usage)
{
    return report_usage("usage: %s; more with --help", usage->synopsis);
}

int args_parse(int argc, char **argv, const struct args_usage *usage, const struct args_option *options,
               int count, int *first, bool *done)
{
    struct option *rows = long_options(options, count);
    int status = CLI_OK, code;

    optind = 1;
    *done = false;
    while (status == CLI_OK && !*done && (code = getopt_long(argc, argv, "", rows, NULL)) != -1) {
        if (code >= FIRST_OPTION)
            status = store(&options[code - FIRST_OPTION], optarg);
        else if (code == HELP)
            *done = true;
        else
            status = hint(usage); /* getopt_long has said what is wrong, beginning with argv[0] */
    }
    free(rows);
    *first = optind;
    if (*done)
        print_help(usage, options, count);
    else if (status == CLI_OK &&
             (argc - optind < usage->least_operands || argc - optind > usage->most_operands))
        return hint(usage);
    return status;
}
