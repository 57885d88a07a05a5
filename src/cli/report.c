#include "report.h"

#include <stdarg.h>

static const char *prefix = "mlp";
static FILE *destination;

static void say(const char *format, va_list arguments)
{
    FILE *stream = destination ? destination : stderr;

    fprintf(stream, "%s: ", prefix);
    vfprintf(stream, format, arguments);
    fputc('\n', stream);
    fflush(stream);
}

void report_set_prefix(const char *name)
{
    prefix = name;
}

const char *report_prefix(void)
{
    return prefix;
}

void report_set_stream(FILE *stream)
{
    destination = stream;
}

int report_failure(const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    say(format, arguments);
    va_end(arguments);
    return CLI_FAILED;
}

int report_usage(const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    say(format, arguments);
    va_end(arguments);
    return CLI_USAGE;
}

void report_note(const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    say(format, arguments);
    va_end(arguments);
}

int report_status(mlp_status status, const char *what)
{
    return status >= 0 ? CLI_OK : report_failure("%s: %s", what, mlp_last_error());
}
