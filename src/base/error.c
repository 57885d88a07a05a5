#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>

static _Thread_local char message[512];
static _Thread_local int32_t callback_value;

mlp_status mlpi_fail(mlp_status code, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    return code;
}

mlp_status mlpi_fail_callback(const char *what, int32_t value)
{
    callback_value = value;
    return mlpi_fail(MLP_ERR_CALLBACK, "%s returned %d: the call was abandoned", what, (int)value);
}

mlp_status mlpi_fail_memory(const char *what, int64_t bytes)
{
    return mlpi_fail(MLP_ERR_MEMORY, "%s: cannot allocate %lld bytes", what, (long long)bytes);
}

const char *mlpi_error_message(void)
{
    return message;
}

int32_t mlpi_error_callback_value(void)
{
    return callback_value;
}
